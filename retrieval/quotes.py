"""Matches → Quotes: the sentences worth quoting, with who, where, when; each a slice of its source."""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat
from operator import mul

from retrieval.errors import RetrievalError
from retrieval.index import CONFIDENT, Index
from retrieval.layout import layout
from retrieval.links import link_to
from retrieval.query import Match, Query, coverage
from retrieval.records import BlockKind, How, Quote, QuoteKind, Statement
from retrieval.sentences import sentence_spans
from retrieval.signs import asking, by_sentence
from retrieval.wanted import wanted_by
from retrieval.words import terms

LONGEST_QUOTE = 1_200
"""Characters; a longer run of one speaker's sentences is cut to the part that answers."""
LONGEST_WINDOW = 410
MOST_SENTENCES = 3
"""A quote grows around its best sentence to this many characters and sentences. Of the first passages' quotes 83.2 and
93.4 % hold the answer at a mean of 340 and 250 characters (SQuAD, KorQuAD); with 330 and two sentences 81.0 and 91.1 %,
at 262 and 172."""
NEIGHBOUR = 0.3
"""What a neighbour's own worth counts beside what it adds."""
_SURENESS_OF_HOW = (How.QUOTED, How.REPORTED, How.INFERRED)
_KIND = {BlockKind.CAPTION: QuoteKind.CAPTION, BlockKind.BYLINE: QuoteKind.BYLINE}
KIND_BONUS = 0.06
"""A small plus where a sentence holds the kind of thing asked for."""


def passage_quote(match: Match, query: Query, index: Index) -> Quote:
    """The few sentences of a passage that answer; a speaker is named where nearly all of them are theirs."""
    kind = _KIND.get(index.passages[match.passage].kind, QuoteKind.PASSAGE)
    start, end = _window(query, index, match.passage)
    return _quote(index, match.passage, (start, end), kind, _said_in(index.statements_in(match.passage), start, end))


def statement_quote(match: Match, query: Query, index: Index) -> Quote:
    """A run of one person's adjoining sentences; of a long one, the sentences on the topic."""
    start, end = match.start, match.end
    if end - start > LONGEST_QUOTE:
        text = index.text(match.run[0].document)
        start, end = _within(query, text, sentence_spans(text, start, end))
    said = _said_in(match.run, start, end) or match.run
    return _quote(index, match.passage, (start, end), QuoteKind.STATEMENT, said)


def mention_quote(match: Match, query: Query, index: Index) -> Quote:
    """Words that only mention the person asked about: no statement of theirs, and labelled so."""
    kind = _KIND.get(index.passages[match.passage].kind, QuoteKind.MENTION)
    start, end = _window(query, index, match.passage)
    return _quote(index, match.passage, (start, end), kind, ())


def _spans(index: Index, number: int) -> tuple[tuple[int, int], ...]:
    """The sentences of a passage, as spans of its document's text."""
    passage = index.passages[number]
    found = layout(index.text_of(number)).sentences
    return tuple((passage.start + start, passage.start + end) for start, end in found) or (
        (passage.start, passage.end),
    )


def _window(query: Query, index: Index, number: int) -> tuple[int, int]:
    """The span of a passage's best sentence, with the neighbours that add most while all stay within LONGEST_WINDOW."""
    spans, question = _spans(index, number), asking(query)
    held = by_sentence(question, layout(index.text_of(number))) or [[0.0] * len(question.words)]
    text = index.text(index.passages[number].document)
    total = sum(question.weights) or 1.0

    def covered(first: int, last: int) -> float:
        best = map(max, *held[first : last + 1], repeat(0.0))
        return float(sum(map(mul, question.weights, best)) / total)

    wanted = wanted_by(query.understood)
    worth = [covered(i, i) + KIND_BONUS * wanted.is_in(text[slice(*span)]) for i, span in enumerate(spans)]
    first = last = max(range(len(spans)), key=lambda i: (worth[i], -i))
    while last - first + 1 < MOST_SENTENCES:
        grown = [
            (covered(a, b) + NEIGHBOUR * worth[a if a < first else b], b, a)
            for a, b in ((first - 1, last), (first, last + 1))
            if a >= 0 and b < len(spans) and spans[b][1] - spans[a][0] <= LONGEST_WINDOW
        ]
        if not grown:
            break
        _, last, first = max(grown)
    return spans[first][0], spans[last][1]


def _within(query: Query, text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Of many sentences, the stretch up to LONGEST_QUOTE that holds most of the topic; the beginning without one."""
    held = [set(terms(text[start:end])) for start, end in spans]
    best = max(range(len(spans)), key=lambda i: (coverage(query.topic, held[i]) if query.topic else 0, -i))
    first = last = best
    while True:
        grown = [
            (a, b)
            for a, b in ((first, last + 1), (first - 1, last))
            if a >= 0 and b < len(spans) and spans[b][1] - spans[a][0] <= LONGEST_QUOTE
        ]
        if not grown:
            return spans[first][0], spans[last][1]
        first, last = grown[0]


def _said_in(statements: tuple[Statement, ...], start: int, end: int) -> tuple[Statement, ...]:
    """The statements that make up most of `[start, end)`, if they are one person's and sure enough to name."""
    inside = tuple(
        s
        for s in statements
        if min(end, s.sentence_end) - max(start, s.sentence_start) > 0 and s.confidence >= CONFIDENT
    )
    if len({statement.speaker for statement in inside}) != 1:
        return ()
    covered = {i for s in inside for i in range(max(start, s.sentence_start), min(end, s.sentence_end))}
    return inside if len(covered) >= 0.6 * (end - start) else ()


def _quote(index: Index, number: int, span: tuple[int, int], kind: QuoteKind, said: tuple[Statement, ...]) -> Quote:
    start, end = span
    passage = index.passages[number]
    document = index.documents[passage.document]
    about = document.metadata
    text = document.text[start:end]
    if not text.strip() or not 0 <= start < end <= len(document.text):
        raise RetrievalError(
            "a quote would be empty.",
            where=f"{document.path} at {start}",
            remedy="This is a fault of the program; please report it.",
        )
    how = max((s.how for s in said), key=_SURENESS_OF_HOW.index) if said else None
    role = next((s.role for s in said if s.role), None)
    return Quote(
        text, document.path, start, end, QuoteKind.STATEMENT if said else kind, passage.start, passage.end,
        speaker=said[0].speaker if said else None, role=role, how=how,
        title=about.title, author=about.author, publisher=about.publisher, date=about.date, url=about.url,
        link=link_to(document, start, end, passage.page),
        page=passage.page, section=passage.section, paragraph=passage.paragraph,
    )  # fmt: skip


def exact_quote(match: Match, index: Index) -> Quote:
    """The match's own span, as it is: a sentence, a caption, a by-line."""
    kind = _KIND.get(index.passages[match.passage].kind, QuoteKind.PASSAGE)
    said = _said_in(index.statements_in(match.passage), match.start, match.end)
    return _quote(index, match.passage, (match.start, match.end), kind, said)


def line_quote(match: Match, index: Index) -> Quote:
    """A line outside the body, such as the one that gives the date: a by-line, with no paragraph's number."""
    quote = _quote(index, match.passage, (match.start, match.end), QuoteKind.BYLINE, ())
    return replace(quote, passage_start=match.start, passage_end=match.end, paragraph=None, section=None)
