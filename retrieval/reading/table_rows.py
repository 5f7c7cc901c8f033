"""Tables as rows of words; tables that only lay a page out, as the paragraphs that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.reading.assembly import Piece
from retrieval.records import BlockKind

BETWEEN_CELLS = " | "
_LONGEST_ROW = 1_000
"""A longer row with several paragraphs in a cell is a page laid out in columns, not a row that anybody would quote."""
_LONGEST_LONE_CELL = 200

Cell = Sequence[Piece]


def row_pieces(rows: Sequence[Sequence[Cell]]) -> list[Piece]:
    """The pieces of a table: a TABLE_ROW for each row, its cells joined by " | ", an empty cell between others kept.

    Where no row has more than one cell with words the table is a box drawn around text: its pieces stay what they
    are. So do those of a row that holds a table itself, or whole pages.
    """
    is_box = all(sum(map(_has_words, cells)) <= 1 for cells in rows)
    pieces: list[Piece] = []
    for cells in rows:
        if is_box or _is_layout(cells):
            pieces += (piece for cell in cells for piece in cell)
        else:
            pieces += _row(cells)
    return pieces


def _row(cells: Sequence[Cell]) -> list[Piece]:
    words = [" ".join(" ".join(piece.words for piece in cell).split()) for cell in cells]
    first = next((piece for cell in cells for piece in cell), None)
    row = BETWEEN_CELLS.join(words).strip(BETWEEN_CELLS)
    return [replace(first, words=row, kind=BlockKind.TABLE_ROW)] if first and row else []


def _is_layout(cells: Sequence[Cell]) -> bool:
    if any(piece.kind is BlockKind.TABLE_ROW for cell in cells for piece in cell):
        return True
    length = sum(len(piece.words) for cell in cells for piece in cell)
    is_alone = sum(map(_has_words, cells)) == 1
    has_paragraphs = any(sum(bool(piece.words.strip()) for piece in cell) > 1 for cell in cells)
    return (has_paragraphs and (is_alone or length > _LONGEST_ROW)) or (is_alone and length > _LONGEST_LONE_CELL)


def _has_words(cell: Cell) -> bool:
    return any(piece.words.strip() for piece in cell)
