"""The paragraphs of a Hangul document → Document."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.reading.assembly import Piece, assembled
from retrieval.reading.hangul import Paragraph, parts_of
from retrieval.reading.hangul_headings import with_headings
from retrieval.reading.hangul_metadata import Summary, described
from retrieval.records import Document


def hangul_document(name: str, paragraphs: Iterable[Paragraph], summary: Summary) -> Document:
    """The Document of the file `name` with `paragraphs`; pages are not stored in such files."""
    parts, metadata = described(with_headings(list(parts_of(paragraphs))), summary)
    return assembled(name, (Piece(part.words, part.kind) for part in parts), metadata)
