"""Headings that nobody marked as such: bold or larger lines, in documents whose writers used no heading styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.dates import first_date
from retrieval.reading.assembly import Piece
from retrieval.reading.bylines import affiliated_author, byline_author
from retrieval.reading.captions import is_marked_caption, is_noun_phrase
from retrieval.reading.imprint import fields_of
from retrieval.reading.turns import is_turn
from retrieval.reading.writers import is_person
from retrieval.records import BlockKind

_LONGEST = 90
_MOST_WORDS = 14
_LARGER = 1.08
_FEWEST_LETTERS = 3
_FEW = 0.3
"""Where more of the characters are bold, bold tells nothing."""
_ITEM = re.compile(r"[○◦ㅇ●•·∙*※☞→⇒▸►✓✔-]|[–—―]\s|[a-z]")
_BROKEN_OFF = re.compile(r"(?:[은는를와며]|(?<!마)을|\s및)$")


@dataclass(frozen=True, slots=True)
class Look:
    """How words are set: their size in points, 0 where nobody says, and whether all of them are bold."""

    points: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class LookedPiece(Piece):
    """A piece with its look."""

    look: Look = Look()


def look_of_all(looks: Counter[Look]) -> Look:
    """How a paragraph looks: the size of most of its characters, and whether all are bold; `looks` counts them."""
    sizes: Counter[float] = Counter()
    for look, count in looks.items():
        sizes[look.points] += count
    is_bold = all(look.is_bold for look, count in looks.items() if count)
    return Look(max(sizes, key=sizes.__getitem__, default=0.0), is_bold and sizes.total() > 0)


def with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces`; where at most its title is marked as a heading, lines that look like headings are taken for some.

    What may as well be prose stays a paragraph: a heading is short, no sentence, set apart from what most of the
    text looks like, and has text below it.
    """
    marked = [piece for piece in pieces if piece.kind is BlockKind.HEADING]
    if len(marked) > 1:
        return list(pieces)
    usual, bold_share = _usual(pieces)
    found = list(pieces)
    for index, piece in enumerate(pieces):
        is_apart = isinstance(piece, LookedPiece) and (
            piece.look.points > usual * _LARGER > 0 or (piece.look.is_bold and bold_share < _FEW)
        )
        if is_apart and piece.kind is BlockKind.PARAGRAPH and _can_be_heading(piece.words):
            below = next((other for other in pieces[index + 1 : index + 4] if other.words.strip()), None)
            if below is not None and below.kind is not BlockKind.FURNITURE:
                found[index] = replace(piece, words=" ".join(piece.words.split()), kind=BlockKind.HEADING)
    return found


def _usual(pieces: Sequence[Piece]) -> tuple[float, float]:
    """The size that most of the paragraphs' characters have, and the share of characters in bold paragraphs."""
    sizes: Counter[float] = Counter()
    bold = 0
    for piece in pieces:
        if isinstance(piece, LookedPiece) and piece.kind is BlockKind.PARAGRAPH:
            sizes[piece.look.points] += len(piece.words)
            bold += len(piece.words) if piece.look.is_bold else 0
    return max(sizes, key=lambda points: (sizes[points], points), default=0.0), bold / max(1, sizes.total())


def _can_be_heading(words: str) -> bool:
    line = " ".join(words.split())
    if len(line) > _LONGEST or len(line.split()) > _MOST_WORDS or sum(map(str.isalpha, line)) < _FEWEST_LETTERS:
        return False
    if _ITEM.match(line) or _BROKEN_OFF.search(line) or not is_noun_phrase(line):
        return False
    if fields_of(line) or first_date(line) or byline_author(line) or affiliated_author(line):
        return False
    return not (is_turn(line) or is_person(line) or is_marked_caption(line))
