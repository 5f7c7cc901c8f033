"""Korean sentences and their words: quotations collapsed, brackets set aside, offsets kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from retrieval.quotations import MASK, Quotation

ASIDE = "\ue001"
"""Stands for each character of a bracket."""
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_END = re.compile(rf"(?<![.!?])[.!?]+[”’\"')\]]*(?=\s)|{MASK}(?=\s)|\n")
_WORD = re.compile(rf"{MASK}+|[,;:…=|]|[^\s{MASK},;:…=|]+")
_MARKS = "‘’'“”\".!?「」『』《》〈〉<>[]□○◇◆■▲△▶▷※*#"
_ALL_MARKS = _MARKS + ",;:…=|"
_GOES_ON = re.compile(r"\s(?:이?라[고며는면던]|고\s|하고\s|며\s|면서\s|는\s|란\s|이란\s)")
_CLOSES = ".!?…"
_INITIAL = re.compile(r"(?:^|[\s(])(?:[A-Z]|\d{1,2})\.$")


class Word(NamedTuple):
    """One word: as written (with ASIDE for brackets), bare of marks and brackets, and where."""

    text: str
    bare: str
    start: int
    end: int

    @property
    def is_quotation(self) -> bool:
        """Whether the word stands for a whole quotation."""
        return self.text[0] == MASK

    @property
    def is_boundary(self) -> bool:
        """Whether a noun phrase cannot reach over it: a quotation, a comma, a colon."""
        return not self.bare

    @property
    def is_bracketed(self) -> bool:
        """Whether a bracket belongs to the word."""
        return ASIDE in self.text


def without_brackets(hidden: str) -> str:
    """`hidden` with each bracket replaced by as many ASIDE characters."""
    if "(" not in hidden and "[" not in hidden:
        return hidden
    return _BRACKET.sub(lambda match: ASIDE * len(match.group()), hidden)


def sentence_bounds(text: str, start: int, hidden: str, quotes: tuple[Quotation, ...]) -> list[tuple[int, int]]:
    """The sentences of a paragraph whose masked text is `hidden`, as absolute spans without white space around."""
    ends = {quote.end: quote for quote in quotes}
    spans: list[tuple[int, int]] = []
    left = 0
    for mark in _END.finditer(hidden):
        if mark.group() == MASK:
            quote = ends.get(start + mark.end())
            if quote is None or text[quote.inner_end - 1] not in _CLOSES or _GOES_ON.match(hidden, mark.end()):
                continue
        elif mark.group() == "." and _INITIAL.search(hidden[max(left, mark.end() - 5) : mark.end()]):
            continue
        spans.append((left, mark.end()))
        left = mark.end()
    spans.append((left, len(hidden)))
    return [span for a, b in spans if (span := _trimmed(text, start + a, start + b)) is not None]


def words_of(hidden: str, start: int) -> list[Word]:
    """The words of a masked sentence that begins at `start` of its document."""
    found = []
    for match in _WORD.finditer(hidden):
        word = match.group()
        left, right = match.span()
        found.append(Word(word, "" if word[0] == MASK else _bare(word), start + left, start + right))
    return found


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    """A word without marks and brackets; empty for a mark alone."""
    return (word.replace(ASIDE, "") if ASIDE in word else word).strip(_ALL_MARKS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
