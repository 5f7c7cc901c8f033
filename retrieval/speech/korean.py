"""Who says what in a paragraph of Korean prose, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrieval.quotations import MASK, Quotation, masked, quotations
from retrieval.records import How
from retrieval.speech.korean_cast import KoreanCast
from retrieval.speech.korean_leaning import Clause, Tie
from retrieval.speech.korean_resolving import Resolver, Speaker
from retrieval.speech.korean_sentence import Sentence
from retrieval.speech.korean_sentences import sentence_bounds, without_brackets, words_of
from retrieval.speech.korean_sources import according_to, attributed
from retrieval.speech.korean_speakers import RUNNING_ON, SURE, Previous, speaker_of, stands_alone
from retrieval.speech.memory import Memory, Said

__all__ = ["KoreanCast", "paragraph_statements"]

ANNOUNCED = 0.9
AFTER_REPORTED = 0.62
"""A quotation alone, after words that were only reported."""
AFTER_BODY = 0.55
"""… of a body, which rather quotes somebody else next."""
_THUS = frozenset("이렇게 이같이 이처럼 다음과".split())
_TITLES_OF_WORKS = "「『《〈"
_CLOSING_FIRST = re.compile(r"(?:이?라)?[고며](?=[\s,])|면서\s")
_FORGOTTEN_CLOSE = re.compile(
    r"(?:다|라|자|냐|까|요)(?P<ending>고|라고|며|라며)\s[^”\"“]{0,40}?(?:했|밝혔|말했|덧붙였|전했)[^”\"“]{0,8}\."
)
_LOOKED_AT_FOR_CLOSE = 400
MOST_WORDS = 400
"""A longer sentence is none that somebody speaks or writes."""
_MAY_REPORT = re.compile(
    rf"{MASK}|[다라자냐](?:고|며|면서|는|던)|것(?:으로|을|도) |[는을할은인]지|[요각의급험]성을 |따르면|의하면"
    r"|이렇게|이같이|이처럼|다음과 같"
)
"""What a sentence that reports anybody's words holds."""


@dataclass(slots=True)
class _Paragraph:
    """What is kept while a paragraph is read: its statements, quotations not yet claimed, who is to speak."""

    found: list[Said]
    waiting: list[tuple[Clause, tuple[int, int]]]
    announced: Speaker | None = None


def paragraph_statements(text: str, start: int, end: int, cast: KoreanCast, memory: Memory) -> list[Said]:
    """The statements of one Korean paragraph, in order; linear in its length."""
    quotes = _quotations(text, start, end)
    hidden = without_brackets(masked(text, start, end, quotes))
    by_start = {quote.start: quote for quote in quotes}
    resolver = Resolver(text, start, cast, memory)
    kept = _Paragraph([], [], _announced_before(memory) if quotes and quotes[0].start == start else None)
    for left, right in sentence_bounds(text, start, hidden, quotes):
        stretch = hidden[left - start : right - start]
        words = words_of(stretch, left) if kept.waiting or _MAY_REPORT.search(stretch) else []
        if not words or len(words) > MOST_WORDS:
            resolver.plain.append((stretch, left))
            resolver.passed += 1
            continue
        _read(Sentence(text, (left, right), words, by_start, resolver), kept)
    _settle(kept, memory)
    kept.found.sort(key=lambda said: said.start)
    _remember(kept, memory, end, is_open=bool(quotes) and not quotes[-1].closed and quotes[-1].end == end)
    return kept.found


def _quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The quotations that may be somebody's words; none from where a closing mark stands without its opening one."""
    found: list[Quotation] = []
    for quote in quotations(text, start, end):
        if _CLOSING_FIRST.match(text, quote.inner_start):
            break
        if text[quote.start] not in _TITLES_OF_WORKS:
            found.append(_closed(text, quote))
    return tuple(found)


def _closed(text: str, quote: Quotation) -> Quotation:
    """A quotation whose closing mark was forgotten ends before its quotative ending, where one stands in it."""
    if quote.closed:
        return quote
    reach = min(quote.inner_end, quote.inner_start + _LOOKED_AT_FOR_CLOSE)
    match = _FORGOTTEN_CLOSE.search(text, quote.inner_start, reach)
    return replace(quote, end=match.start("ending"), inner_end=match.start("ending")) if match else quote


def _announced_before(memory: Memory) -> Speaker | None:
    """Who was left speaking when the paragraph before ended."""
    return Speaker(memory.speaker, ANNOUNCED) if memory.quoting and memory.speaker else None


def _remember(kept: _Paragraph, memory: Memory, end: int, *, is_open: bool) -> None:
    """Keep in mind for the next paragraph who spoke last here, and whether that went to the paragraph's end."""
    memory.quoting = (is_open and bool(kept.found)) or kept.announced is not None
    memory.ended_quoted = bool(kept.found) and max(said.sentence[1] for said in kept.found) == end
    last = kept.found[-1].speaker if kept.found else None
    memory.speaker = kept.announced.name if kept.announced else last
    memory.next_paragraph()


def _read(sentence: Sentence, kept: _Paragraph) -> None:
    """Take up what a sentence reports, and whom it names for those to come."""
    quoted = any(clause.quoted for clause in sentence.clauses)
    according = None if quoted else according_to(sentence)
    if according is not None:
        kept.found.append(according)
    elif sentence.clauses:
        _read_clauses(sentence, kept)
    else:
        _read_attribution(sentence, kept)
    sentence.resolver.meet_all(sentence.mentions)


def _read_attribution(sentence: Sentence, kept: _Paragraph) -> None:
    """A sentence without words of its own may say whose the quotations before it are, or announce who speaks next."""
    who = attributed(sentence)
    if who is None:
        return
    speaker = sentence.resolver.resolve(who)
    if kept.waiting and speaker is not None:
        for clause, before in kept.waiting:
            said = sentence.statement(speaker, clause.start, clause.end, speaker.how or How.QUOTED, 1.0)
            kept.found.append(replace(said, sentence=(before[0], sentence.span[1])))
        sentence.memory.speaker = speaker.name
    elif speaker is not None and any(word in _THUS for word in sentence.bare):
        kept.announced = speaker
    kept.waiting.clear()


def _read_clauses(sentence: Sentence, kept: _Paragraph) -> None:
    previous: Previous | None = None
    for clause in sentence.clauses:
        begin = previous.last + 1 if previous else 0
        if clause.tie is Tie.NOBODY:
            previous = Previous(None, clause.verb)
            continue
        if clause.tie is Tie.ALONE and _is_all(sentence, clause):
            kept.waiting.append((clause, sentence.span))
            continue
        if (clause.tie is Tie.ALONE and not stands_alone(sentence, clause)) or (
            clause.tie is Tie.ON and sentence.mentions
        ):
            continue
        announced, kept.announced = (kept.announced, None) if clause.quoted else (None, kept.announced)
        speaker, phrase = speaker_of(sentence, clause, previous, announced, is_first=not kept.found)
        previous = Previous(speaker, max(clause.verb, clause.last))
        is_sure = speaker is not None and speaker.sure * clause.sure >= SURE
        sentence.memory.speaker = speaker.name if speaker is not None and is_sure else None
        sentence.resolver.passed = 0
        if speaker is not None and (said := sentence.said(clause, speaker, phrase, begin)) is not None:
            kept.found.append(said)
    if kept.waiting and any(clause.tie is not Tie.ALONE for clause in sentence.clauses):
        _settle(kept, sentence.memory)


def _is_all(sentence: Sentence, clause: Clause) -> bool:
    """Whether a quotation without a verb makes up its sentence, so that the next one may say whose it is."""
    return not any(sentence.bare[: clause.first]) and not any(sentence.bare[clause.last + 1 :])


def _settle(kept: _Paragraph, memory: Memory) -> None:
    """Quotations that were never claimed go on with who spoke last, in this paragraph or the one before."""
    last = kept.found[-1] if kept.found else None
    for clause, sentence in kept.waiting:
        who = memory.speaker if last is None else last.speaker if last.start < clause.start else None
        if who is None:
            continue
        sure = RUNNING_ON if last is not None and last.how is not How.REPORTED else AFTER_REPORTED
        sure = AFTER_BODY if who == memory.organisation else sure
        kept.found.append(Said(who, clause.start, clause.end, How.INFERRED, sure, sentence))
    kept.waiting.clear()
