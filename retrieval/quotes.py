"""Matches → Quotes: the sentences worth quoting, with who, where, when; every text is checked to be its source's slice."""

from __future__ import annotations

import re

from retrieval.errors import RetrievalError
from retrieval.index import Index
from retrieval.links import text_fragment
from retrieval.query import Match, Query, coverage
from retrieval.records import BlockKind, How, Quote, QuoteKind, Statement
from retrieval.sentences import sentence_spans
from retrieval.words import terms

LONGEST_QUOTE = 1_200
"""Characters; a longer run of one speaker's sentences is cut to the part that answers."""
LONGEST_WINDOW = 330
"""Characters that a second sentence may fill up to."""
_SURENESS_OF_HOW = (How.QUOTED, How.REPORTED, How.INFERRED)
NAMED = 0.6
_KIND = {BlockKind.CAPTION: QuoteKind.CAPTION, BlockKind.BYLINE: QuoteKind.BYLINE}
_ASKS_WHEN = re.compile(r"\b(?:when|what (?:year|date|day|month|time)|which year|since when|how long)\b|언제|몇 년|연도|날짜|며칠|해는|년도", re.IGNORECASE)
_ASKS_NUMBER = re.compile(r"\b(?:how (?:many|much|old|far|long|tall|high|large|big|often)|what (?:percent|number|percentage|amount)|number of)\b|몇|얼마", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|which (?:person|man|woman))\b|누구|누가", re.IGNORECASE)
_ASKS_WHY = re.compile(r"\b(?:why|what (?:caused|led|reason))\b|왜|이유|까닭", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:1\d{3}|20\d{2})\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\d\s?(?:년|월|일)|centur", re.IGNORECASE)
_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|half|dozen)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]+ [A-Z][a-z]+|[가-힣]{2,4} ?(?:씨|교수|장관|의원|대통령|왕|박사|감독)")
_REASON = re.compile(r"\b(?:because|since|due to|in order to|so that|therefore|reason|caused?|led to|to respond|thanks to|as a result|owing)\b|때문|위해|위하여|으로 인해|탓|따라서", re.IGNORECASE)
_BONUSES = ((_ASKS_WHEN, _WHEN), (_ASKS_NUMBER, _NUMBER), (_ASKS_WHO, _NAME), (_ASKS_WHY, _REASON))
KIND_BONUS = 0.12


def passage_quote(match: Match, query: Query, index: Index) -> Quote:
    """The one or two sentences of a passage that answer; in someone's speech, none but theirs."""
    passage = index.passages[match.passage]
    document = index.documents[passage.document]
    spans = sentence_spans(document.text, passage.start, passage.end) or ((passage.start, passage.end),)
    first, last = _window(query, document.text, spans)
    start, end = spans[first][0], spans[last][1]
    said = _said_in(index.statements_in(match.passage), start, end)
    if passage.paragraph is None:
        start, end = passage.start, passage.end
    return _quote(index, match.passage, start, end, _KIND.get(passage.kind, QuoteKind.PASSAGE), said)


def statement_quote(match: Match, query: Query, index: Index) -> Quote:
    """A run of one person's adjoining sentences; of a long one, the sentences on the topic."""
    start, end = match.start, match.end
    if end - start > LONGEST_QUOTE:
        text = index.documents[match.run[0].document].text
        start, end = _within(query, text, sentence_spans(text, start, end))
    said = _said_in(match.run, start, end) or match.run
    return _quote(index, match.passage, start, end, QuoteKind.STATEMENT, said)


def mention_quote(match: Match, query: Query, index: Index) -> Quote:
    """Words that only mention the person asked about: no statement of theirs, and labelled so."""
    passage = index.passages[match.passage]
    document = index.documents[passage.document]
    spans = sentence_spans(document.text, passage.start, passage.end) or ((passage.start, passage.end),)
    first, last = _window(query, document.text, spans)
    return _quote(index, match.passage, spans[first][0], spans[last][1], _KIND.get(passage.kind, QuoteKind.MENTION), ())


def _window(query: Query, text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """The best sentence, and the neighbour that adds most while the two stay short."""
    held = [set(terms(text[start:end])) for start, end in spans]
    worth = [coverage(query.words, held[i]) + _bonus(query.question, text[slice(*spans[i])]) for i in range(len(spans))]
    best = max(range(len(spans)), key=lambda i: (worth[i], -i))
    chosen = (best, best)
    most = 0.0
    for first, last in ((best - 1, best), (best, best + 1)):
        if first < 0 or last >= len(spans) or spans[last][1] - spans[first][0] > LONGEST_WINDOW:
            continue
        gain = coverage(query.words, held[first] | held[last]) + 0.3 * worth[first if first != best else last] + (0.01 if last > best else 0)
        if gain > most:
            chosen, most = (first, last), gain
    return chosen


def _bonus(question: str, sentence: str) -> float:
    """A small plus where the sentence holds the kind of thing asked for."""
    return KIND_BONUS * any(asks.search(question) and held.search(sentence) for asks, held in _BONUSES)


def _within(query: Query, text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Of many sentences, the stretch up to LONGEST_QUOTE characters that holds most of the topic; the beginning without one."""
    held = [set(terms(text[start:end])) for start, end in spans]
    best = max(range(len(spans)), key=lambda i: (coverage(query.topic, held[i]) if query.topic else 0, -i))
    first = last = best
    while True:
        grown = [(a, b) for a, b in ((first, last + 1), (first - 1, last)) if a >= 0 and b < len(spans) and spans[b][1] - spans[a][0] <= LONGEST_QUOTE]
        if not grown:
            return spans[first][0], spans[last][1]
        first, last = grown[0]


def _said_in(statements: tuple[Statement, ...], start: int, end: int) -> tuple[Statement, ...]:
    """The statements that make up most of `[start, end)`, if they are one person's and sure enough to name."""
    inside = tuple(s for s in statements if min(end, s.sentence_end) - max(start, s.sentence_start) > 0 and s.confidence >= NAMED)
    if len({statement.speaker for statement in inside}) != 1:
        return ()
    covered = {i for s in inside for i in range(max(start, s.sentence_start), min(end, s.sentence_end))}
    return inside if len(covered) >= 0.6 * (end - start) else ()


def _quote(index: Index, number: int, start: int, end: int, kind: QuoteKind, said: tuple[Statement, ...]) -> Quote:
    passage = index.passages[number]
    document = index.documents[passage.document]
    about = document.metadata
    text = document.text[start:end]
    if not text.strip() or not 0 <= start < end <= len(document.text):
        raise RetrievalError("a quote would be empty.", where=f"{document.path} at {start}", remedy="This is a fault of the program; please report it.")
    how = max((s.how for s in said), key=_SURENESS_OF_HOW.index) if said else None
    role = next((s.role for s in said if s.role), None)
    return Quote(
        text, document.path, start, end, QuoteKind.STATEMENT if said else kind, passage.start, passage.end,
        speaker=said[0].speaker if said else None, role=role, how=how,
        title=about.title, author=about.author, publisher=about.publisher, date=about.date, url=about.url,
        link=text_fragment(about.url, text) if about.url else None,
        page=passage.page, section=passage.section, paragraph=passage.paragraph,
    )  # fmt: skip


def exact_quote(match: Match, index: Index) -> Quote:
    """The match's own span, as it is: a sentence, a caption, a by-line."""
    kind = _KIND.get(index.passages[match.passage].kind, QuoteKind.PASSAGE)
    said = _said_in(index.statements_in(match.passage), match.start, match.end)
    return _quote(index, match.passage, match.start, match.end, kind, said)
