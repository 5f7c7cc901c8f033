"""A Hangul document as HWP and HWPX have it alike, and the order in which one reads its parts.

A document is a list of paragraphs. Tables, text boxes and notes are anchored in a paragraph and hold paragraphs
themselves, so a page of a press release may well be the only cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.reading.captions import ends_sentence
from retrieval.records import BlockKind

DEEPEST = 24
"""Tables in tables, boxes in boxes: what lies deeper is left out, for nobody reads it and attacks are made of it."""
_LEAST_PROSE = 150
_LONGEST_HEADING = 80
_IN_ROW = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})
_ORNAMENT = re.compile(r"^(?:[\U000f0000-\U000ffffd]\s*|[\uf000-\uf0ff]\s+)")
"""A bullet that only Hangul's own fonts can show: in Unicode it is a private sign, which means nothing elsewhere."""
_NUMBER = re.compile(r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}|\d{1,2}|[가-하]|붙임|참고|별첨|별지|부록)\s?\d{0,2}[.)]?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, the name of their style, their size in points (0 where unknown), and what is anchored in them.

    `is_below` says that what is anchored stands before the first of the words.
    """

    words: str
    style: str = ""
    points: float = 0
    anchored: tuple[Anchored, ...] = ()
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows of cells, each a list of paragraphs; a merged cell stands once, in its first row and column."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    caption: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """What a shape, a picture or a formula has to say: the words in it and those below it."""

    paragraphs: tuple[Paragraph, ...]
    caption: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or an endnote."""

    paragraphs: tuple[Paragraph, ...]


Anchored = Table | Box | Note


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document as one reads it, with the style and size of its words."""

    words: str
    kind: BlockKind = BlockKind.PARAGRAPH
    style: str = ""
    points: float = 0


def parts_of(paragraphs: Iterable[Paragraph], depth: int = 0) -> Iterator[Part]:
    """The parts of `paragraphs` in the order of reading, those without words left out.

    A row of a table is one part, its cells parted by " | ", an empty cell between others kept. A cell that holds prose
    or another table, and one that has its row to itself, is a frame around text: what it holds are parts of their own.
    A table that is nothing but a number and a few words is a heading. Notes follow the paragraph or row that they
    belong to.
    """
    if depth > DEEPEST:
        return
    for paragraph in paragraphs:
        words = _ORNAMENT.sub("", paragraph.words.strip())
        own = [Part(words, style=paragraph.style, points=paragraph.points)] if words else []
        notes = [part for each in paragraph.anchored if isinstance(each, Note) for part in _note_parts(each, depth + 1)]
        around = [part for each in paragraph.anchored for part in _object_parts(each, depth + 1)]
        yield from (*around, *own, *notes) if paragraph.is_below else (*own, *around, *notes)


def _note_parts(note: Note, depth: int) -> Iterator[Part]:
    return _as(BlockKind.FOOTNOTE, parts_of(note.paragraphs, depth))


def _object_parts(anchored: Anchored, depth: int) -> Iterator[Part]:
    if isinstance(anchored, Note):
        return
    yield from _as(BlockKind.CAPTION, parts_of(anchored.caption, depth))
    if isinstance(anchored, Box):
        yield from parts_of(anchored.paragraphs, depth)
        return
    rows = [[list(parts_of(cell, depth)) for cell in row] for row in anchored.rows]
    if len(rows) == 1:
        rows = [[cell for cell in rows[0] if cell]]
    heading = _numbered_heading(rows[0]) if len(rows) == 1 else None
    if heading:
        yield heading
        return
    for row in rows:
        yield from _row_parts(row)


def _as(kind: BlockKind, parts: Iterable[Part]) -> Iterator[Part]:
    return (replace(part, kind=kind) for part in parts)


def _numbered_heading(cells: list[list[Part]]) -> Part | None:
    """The heading that the only row of a table is: "Ⅰ | 추진 배경"."""
    if [len(cell) for cell in cells] != [1, 1]:
        return None
    (number,), (name,) = cells
    if not _NUMBER.fullmatch(number.words) or len(name.words) > _LONGEST_HEADING or ends_sentence(name.words):
        return None
    return replace(name, words=f"{number.words} {name.words}", kind=BlockKind.HEADING)


def _row_parts(cells: list[list[Part]]) -> Iterator[Part]:
    if len(cells) == 1:
        yield from cells[0]
        return
    beside: list[str] = []
    aside: list[Part] = []
    for cell in cells:
        if _is_frame(cell):
            yield from _row(beside)
            yield from cell
            beside = []
        else:
            beside.append(" ".join(part.words for part in cell if part.kind in _IN_ROW))
            aside += [part for part in cell if part.kind not in _IN_ROW]
    yield from _row(beside)
    yield from aside


def _row(cells: list[str]) -> Iterator[Part]:
    words = " | ".join(" ".join(cell.split()) for cell in cells).strip(" |")
    if words:
        yield Part(words, BlockKind.TABLE_ROW)


def _is_frame(cell: list[Part]) -> bool:
    """Whether a cell holds a table, or several paragraphs long enough to be prose."""
    if any(part.kind is BlockKind.TABLE_ROW for part in cell):
        return True
    texts = [part.words for part in cell if part.kind in _IN_ROW]
    return len(texts) > 1 and sum(map(len, texts)) >= _LEAST_PROSE
