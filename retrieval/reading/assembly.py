"""The parts of a file that has a structure of its own → Document: its text once, and what each stretch of it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.reading.bylines import byline_author
from retrieval.reading.captions import is_marked_caption
from retrieval.records import Block, BlockKind, Document, Metadata

_HEAD = 4
"""Among so many parts at the top of a file a by-line may stand."""
_CELL_GAP = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as a reader found it: its words, what the file's structure says it is, its page where it has pages."""

    words: str
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None


def assembled(name: str, pieces: Iterable[Piece], metadata: Metadata) -> Document:
    """The Document of the file `name`: the pieces' words in order, a blank line between them, a newline between rows.

    Pieces without words are left out. A paragraph that a file marks as nothing else, but that reads as a caption or,
    at the top, as a by-line is labelled so, as in every other kind of file; a by-line gives the author where
    `metadata` has none.
    """
    labelled = list(_labelled(_with_clean_words(pieces)))
    text: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for index, piece in enumerate(labelled):
        if index:
            is_same_table = piece.kind is labelled[index - 1].kind is BlockKind.TABLE_ROW
            text.append("\n" if is_same_table else "\n\n")
            offset += len(text[-1])
        blocks.append(Block(offset, offset + len(piece.words), piece.kind, piece.page))
        text.append(piece.words)
        offset += len(piece.words)
    if not metadata.author:
        bylines = (byline_author(piece.words) for piece in labelled if piece.kind is BlockKind.BYLINE)
        metadata = replace(metadata, author=next(filter(None, bylines), None))
    return Document(path=name, text="".join(text), blocks=tuple(blocks), metadata=metadata)


def _with_clean_words(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        words = "\n".join(line.strip() for line in _CELL_GAP.sub(" ", piece.words).split("\n")).strip()
        if words:
            yield replace(piece, words=words)


def _labelled(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for index, piece in enumerate(pieces):
        if piece.kind is not BlockKind.PARAGRAPH:
            yield piece
        elif is_marked_caption(piece.words):
            yield replace(piece, kind=BlockKind.CAPTION)
        elif index < _HEAD and byline_author(piece.words):
            yield replace(piece, kind=BlockKind.BYLINE)
        else:
            yield piece
