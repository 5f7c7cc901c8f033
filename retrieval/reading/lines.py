"""The lines of a text with their offsets, without the white space at their ends."""

from __future__ import annotations

from dataclasses import dataclass

BLANKS = (
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u3164\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
)
"""White space and what looks like it: no-break and full-width spaces, zero-width characters, marks of direction."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: `text[start:end]` is `words`.

    `gap` counts the blank lines before it, `indent` the characters of white space at its beginning.
    """

    start: int
    end: int
    words: str
    gap: int
    indent: int


def lines_of(text: str, start: int = 0, end: int | None = None) -> tuple[Line, ...]:
    """The lines of `text[start:end]` that hold more than white space."""
    found = []
    gap, at = 0, start
    for raw in text[start:end].split("\n"):
        words = raw.strip(BLANKS)
        if words:
            indent = len(raw) - len(raw.lstrip(BLANKS))
            found.append(Line(at + indent, at + indent + len(words), words, gap, indent))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span `start:end` without white space at its ends; an empty span where there is nothing else."""
    raw = text[start:end]
    words = raw.strip(BLANKS)
    first = start + len(raw) - len(raw.lstrip(BLANKS)) if words else start
    return first, first + len(words)
