"""Where quotation marks open and close: curly, straight, doubled apostrophes, single ones, corner brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE = re.compile(r"[“”„«»\"＂]|''|``|[「」『』]")
_SINGLE = re.compile(r"(?<![\w])[‘'](?=\S)|(?<=\S)[’'](?!\w)")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "``": "''"}
_CLOSERS = frozenset("”»」』")
_OPENS_AFTER = re.compile(r"[\s(\[—–\-:,/‘'…]$")
FEWEST_WORDS_IN_SINGLES = 4
"""Single marks around fewer words are a term or a title rather than somebody's words."""
MASK = "\ue000"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation `text[start:end]`, marks included; its words are `text[inner_start:inner_end]`."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The outermost quotations of one paragraph, in order; one that is not `closed` reaches the paragraph's end."""
    found = _double(text, start, end)
    return found or _single(text, start, end)


def masked(text: str, start: int, end: int, found: tuple[Quotation, ...]) -> str:
    """`text[start:end]` with every quotation replaced by as many MASK characters and line breaks by spaces."""
    parts: list[str] = []
    at = start
    for quotation in found:
        parts += [text[at : quotation.start], MASK * (quotation.end - quotation.start)]
        at = quotation.end
    return "".join([*parts, text[at:end]]).replace("\n", " ").replace("\u00a0", " ")


def _double(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    last_curly = text.rfind("”", start, end)
    for mark in _DOUBLE.finditer(text, start, end):
        if opened is None:
            if mark.group() not in _CLOSERS and _may_open(text, start, end, mark):
                opened = mark
        elif _closes(opened.group(), mark.group(), curly_ahead=mark.start() < last_curly):
            found.append(Quotation(opened.start(), mark.end(), opened.end(), mark.start(), closed=True))
            opened = None
    if opened is not None and end - opened.end() > 1:
        found.append(Quotation(opened.start(), end, opened.end(), end, closed=False))
    return tuple(found)


def _may_open(text: str, start: int, end: int, mark: re.Match[str]) -> bool:
    """A straight mark opens at a word's beginning; after a digit it may be inches."""
    if mark.group() not in {'"', "''", "＂"}:
        return True
    if mark.end() >= end or text[mark.end()].isspace():
        return False
    before = text[mark.start() - 1 : mark.start()] if mark.start() > start else ""
    return not before or bool(_OPENS_AFTER.match(before)) or "가" <= before <= "힣" or not before.isalnum()


def _closes(opener: str, mark: str, *, curly_ahead: bool) -> bool:
    """Whether `mark` closes what `opener` opened; a straight mark closes a curly one only where no curly one will."""
    if opener in _PAIRS:
        return mark in _PAIRS[opener] or (opener == "“" and mark == '"' and not curly_ahead)
    return mark == opener or (opener == '"' and mark == "”") or (opener == "''" and mark == '"')


def _single(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    for mark in _SINGLE.finditer(text, start, end):
        opens = mark.group() == "‘" or (
            mark.group() == "'" and (mark.start() == start or text[mark.start() - 1].isspace())
        )
        if opened is None:
            opened = mark if opens else None
        elif not opens and (mark.group() == "’") == (opened.group() == "‘"):
            inner = text[opened.end() : mark.start()]
            if len(inner.split()) >= FEWEST_WORDS_IN_SINGLES:
                found.append(Quotation(opened.start(), mark.end(), opened.end(), mark.start(), closed=True))
            opened = None
    return tuple(found)
