"""A file's bytes → Document; one module for each kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from retrieval.errors import ReadingError
from retrieval.reading.decoding import decoded
from retrieval.reading.markdown import read_markdown
from retrieval.reading.web_text import read_web_text
from retrieval.records import BODY, BlockKind, Document

__all__ = ["ENDINGS", "LARGEST_BYTES", "is_readable", "read"]

LARGEST_BYTES = 64 * 1024 * 1024
"""A larger file is refused: nobody wrote it to be read."""


def _text(content: bytes, name: str) -> Document:
    return read_web_text(decoded(content, name), name)


def _markdown(content: bytes, name: str) -> Document:
    return read_markdown(decoded(content, name), name)


_READERS: dict[str, Callable[[bytes, str], Document]] = {
    ".txt": _text,
    ".md": _markdown,
    ".markdown": _markdown,
}


ENDINGS = tuple(_READERS)
"""How the names of files end that can be read."""


def is_readable(name: str) -> bool:
    """Whether there is a reader for files that end as `name` does."""
    return PurePosixPath(name).suffix.lower() in _READERS


def read(content: bytes, name: str) -> Document:
    """The Document of a file with `content`; `name` is its path below the folder, whose ending chooses the reader.

    Raises ReadingError, with the reason and what to do, where the content cannot be read or there is nothing in it.
    """
    reader = _READERS.get(PurePosixPath(name).suffix.lower())
    if reader is None:
        raise ReadingError("is not a kind of file that is read.", where=name, remedy=f"Read are {', '.join(_READERS)}.")
    if len(content) > LARGEST_BYTES:
        raise ReadingError(f"is larger than {LARGEST_BYTES // 1024**2} MiB.", where=name, remedy="Split it.")
    document = reader(content, name)
    if not document.blocks:
        raise ReadingError("is empty below its front matter.", where=name, remedy="Put text into it or delete it.")
    return _with_body(document)


def _with_body(document: Document) -> Document:
    """`document`; where it has no body, its headings and captions are, else all of it: three words are a page too."""
    if any(block.kind in BODY for block in document.blocks):
        return document
    named = {block.kind for block in document.blocks} - {BlockKind.FURNITURE} or {BlockKind.FURNITURE}
    blocks = (replace(block, kind=BlockKind.PARAGRAPH) if block.kind in named else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))
