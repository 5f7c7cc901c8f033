"""Holding answers against what an owner expects of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.citation import fold_space
from bot.conversations import Conversations
from bot.expectations import Expectation
from retrieval import Answer, Library, Quote

SHOWN_CHARACTERS = 160
"""How much of a quote or of a string is printed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one question; without `faults` it is right."""

    expectation: Expectation
    answer: Answer
    faults: tuple[str, ...]


def evaluated(library: Library, expectations: Iterable[Expectation], limit: int) -> Iterator[Verdict]:
    """Ask each question in order, those of one conversation in one, and judge its answer."""
    conversations = Conversations()
    for expectation in expectations:
        name = expectation.conversation
        answer = library.ask(expectation.ask, conversations.turns(name) if name else (), limit=limit)
        if name:
            conversations.add(name, answer.as_turn())
        yield Verdict(expectation, answer, faults_of(expectation, answer))


def faults_of(expectation: Expectation, answer: Answer) -> tuple[str, ...]:
    """What the answer lacks of what is expected of it, each a phrase; none where it is right."""
    known = {_plain(word) for word in answer.missing}
    faults = [
        f"does not say that {_shown(word)} is missing" for word in expectation.missing if _plain(word) not in known
    ]
    if expectation.refused:
        return (*faults, *(["answers what the documents do not say"] if answer.answered or answer.quotes else []))
    if answer.quotes:
        faults += _faults_of_quote(expectation, answer.quotes[0])
    elif not expectation.missing or _asks_for_a_quote(expectation):
        faults.append("quotes nothing as an answer")
    return tuple(faults)


def describe(verdict: Verdict) -> Iterator[str]:
    """A question that fell short: what it lacks, and what came in its place; line by line."""
    asked, answer = verdict.expectation, verdict.answer
    yield f"{asked.id + ', ' if asked.id else ''}line {asked.line}: {fold_space(asked.ask)}"
    yield from (f"  {fault}" for fault in verdict.faults)
    near = (*answer.quotes, *answer.closest)[:1]
    kind = answer.kind if answer.answered or not near else f"{answer.kind}, only near"
    yield f"  came: {kind}" + "".join(_summary(quote) for quote in near)


def same_name(one: str | None, other: str) -> bool:
    """Whether two names have the same words in any order, or one has all of the other's; of a single word, the last."""
    words, others = _plain(one or "").split(), _plain(other).split()
    if sorted(words) == sorted(others):
        return bool(words)
    fewer, more = (words, others) if len(words) < len(others) else (others, words)
    return fewer == more[-1:] if len(fewer) == 1 else bool(fewer) and set(fewer) <= set(more)


def _asks_for_a_quote(expectation: Expectation) -> bool:
    wanted = (expectation.expect, expectation.speaker, expectation.names, expectation.document, expectation.source)
    return any(wanted)


def _faults_of_quote(expectation: Expectation, quote: Quote) -> Iterator[str]:
    text = fold_space(quote.text)
    for part in expectation.expect:
        if fold_space(part) not in text:
            yield f"does not quote {_shown(part)}"
    if expectation.speaker and not same_name(quote.speaker, expectation.speaker):
        yield f"speaker is {_shown(quote.speaker)}, not {_shown(expectation.speaker)}"
    if expectation.names:
        places = (text, fold_space(quote.author or ""), fold_space(quote.speaker or ""))
        if not any(fold_space(expectation.names) in place for place in places):
            yield f"names {_shown(expectation.names)} neither in the quote nor as its author or speaker"
    if expectation.document and expectation.document not in {quote.document, PurePosixPath(quote.document).name}:
        yield f"document is {quote.document}, not {expectation.document}"
    for key, value in expectation.source:
        if _plain(str(getattr(quote, key))) != _plain(value):
            yield f"{key} is {_shown(str(getattr(quote, key)))}, not {_shown(value)}"


def _summary(quote: Quote) -> str:
    speaker = f", {fold_space(quote.speaker)}" if quote.speaker else ""
    return f" {_shown(quote.text)}{speaker}, {quote.document}"


def _plain(text: str) -> str:
    """`text` in one case and form, without punctuation."""
    return fold_space(re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFKC", text).casefold()))


def _shown(text: str | None) -> str:
    if text is None:
        return "nobody"
    folded = fold_space(text)
    return f"“{folded}”" if len(folded) <= SHOWN_CHARACTERS else f"“{folded[: SHOWN_CHARACTERS - 1]}…”"
