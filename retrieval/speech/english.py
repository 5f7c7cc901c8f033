"""Who says what in a paragraph of English prose, sentence by sentence."""

from __future__ import annotations

from itertools import pairwise

from retrieval.quotations import MASK, Quotation, masked, quotations
from retrieval.records import How
from retrieval.sentences import sentence_spans
from retrieval.speech.cast import Cast
from retrieval.speech.cues import CUES
from retrieval.speech.memory import Memory, Said
from retrieval.speech.references import References
from retrieval.speech.reports import sentence_statements
from retrieval.speech.sentence import Sentence
from retrieval.speech.subjects import before_verb
from retrieval.speech.tokens import tokenised
from retrieval.speech.word_classes import ADVERBIALS

OPEN_CONFIDENCE = 0.9
"""Of a paragraph that goes on with a quotation which the one before left open."""
NEXT_CONFIDENCE = 0.7
"""Of a paragraph in quotation marks after one that closed on a quotation."""
FEW_CHARS_OUTSIDE = 4
"""Beside quotations that run on there is no more than white space and a full stop."""
LONGEST_ATTRIBUTION = 120
"""Characters of a sentence that only says whose the quotation before it is; its verb is among the first ten tokens."""
_NEXT_PARAGRAPH = 8
_OPENERS = frozenset("“\"'‘„«")
_DASHES = "—–―-"
_ENDS_BEFORE_ATTRIBUTION = "?!,…"


def paragraph_statements(text: str, start: int, end: int, cast: Cast, memory: Memory) -> list[Said]:
    """The statements of the paragraph `text[start:end]`, in order; `memory` keeps what the next one needs."""
    quotes = quotations(text, start, end)
    if quotes and not quotes[-1].closed and text[end : end + _NEXT_PARAGRAPH].lstrip()[:1] not in _OPENERS:
        quotes = quotes[:-1]  # left open by mistake: nothing goes on in the next paragraph
    hidden = masked(text, start, end, quotes)
    references = References(cast, memory)
    found: list[Said] = []
    for left, right in _sentences(text, start, end, hidden):
        sentence = Sentence(text, left, right, hidden[left - start : right - start], quotes)
        if sentence.may_report():
            found += sentence_statements(sentence, references, found)
        else:
            references.pass_over(sentence)
    if not found and quotes and quotes[0].start == start:
        found += _wholly_quoted(quotes, start, end, memory)
    _remember(memory, found, quotes, end)
    return found


def _remember(memory: Memory, found: list[Said], quotes: tuple[Quotation, ...], end: int) -> None:
    """Keep in mind whose quotation the next paragraph may go on with."""
    last, quote = (found[-1], quotes[-1]) if found and quotes else (None, None)
    memory.quoting = quote is not None and not quote.closed and quote.end == end
    memory.ended_quoted = (
        last is not None and quote is not None and last.sentence[1] == end and last.start <= quote.inner_end <= last.end
    )
    memory.speaker = found[-1].speaker if found else None
    memory.next_paragraph()


def _wholly_quoted(quotes: tuple[Quotation, ...], start: int, end: int, memory: Memory) -> list[Said]:
    """A paragraph that is a quotation and names nobody goes on with the one before, where that ended in one."""
    outside = sum(after.start - before.end for before, after in pairwise(quotes)) + end - quotes[-1].end
    if memory.speaker is None or outside > FEW_CHARS_OUTSIDE * len(quotes):
        return []
    if not (memory.quoting or memory.ended_quoted):
        return []
    sure = OPEN_CONFIDENCE if memory.quoting else NEXT_CONFIDENCE
    return [Said(memory.speaker, quotes[0].inner_start, quotes[0].inner_end, How.INFERRED, sure, (start, end))]


def _sentences(text: str, start: int, end: int, hidden: str) -> list[tuple[int, int]]:
    """Sentence spans; what belongs to the quotation before it ("Smith asked." after “… ?”) is one sentence with it."""
    spans: list[tuple[int, int]] = []
    for left, right in sentence_spans(text, start, end):
        if spans and _goes_on(text, hidden, start, spans[-1], (left, right)):
            spans[-1] = (spans[-1][0], right)
        else:
            spans.append((left, right))
    return spans


def _goes_on(text: str, hidden: str, start: int, before: tuple[int, int], here: tuple[int, int]) -> bool:
    left, right = here
    if hidden[left - start - 1 : left - start + 1] == MASK * 2:
        return True  # a cut inside a quotation
    if hidden[before[1] - start - 1] != MASK:
        return False
    if text[left] in _DASHES:
        return True  # “…” — Ann Lee
    return text[before[1] - 2] in _ENDS_BEFORE_ATTRIBUTION and _attributes_only(hidden[left - start : right - start])


def _attributes_only(hidden: str) -> bool:
    """Whether a sentence only says whose the quotation before it is: "Smith asked.", "said Ann Lee on Monday."."""
    tokens = tokenised(hidden[:LONGEST_ATTRIBUTION], 0)
    verb = next((i for i, token in enumerate(tokens[:10]) if token.lower in CUES), None)
    if verb is None or (MASK in hidden and tokens[0].kind == "quote"):
        return False
    if verb == 0:
        return True
    subject = before_verb(tokens, verb)
    rest = [token for token in tokens[verb + 1 :] if token.is_word]
    return subject is not None and subject.first == 0 and (not rest or rest[0].lower in ADVERBIALS or len(rest) <= 3)
