"""A file's bytes → Document; one module for each kind of file."""

from __future__ import annotations

from dataclasses import replace

from retrieval.errors import ReadingError
from retrieval.reading.kinds import ENDINGS, is_readable, kind_of
from retrieval.records import BODY, BlockKind, Document

__all__ = ["ENDINGS", "LARGEST_BYTES", "is_readable", "read"]

LARGEST_BYTES = 64 * 1024 * 1024
"""A larger file is refused: nobody wrote it to be read."""
_SAVE_ANEW = "Open it, save it anew, or save it as .txt or .pdf."


def read(content: bytes, name: str) -> Document:
    """The Document of a file with `content`; `name` is its path below the folder.

    Raises ReadingError, with the reason and what to do, where the content cannot be read or there is nothing in it,
    and nothing else whatever the content is.
    """
    if len(content) > LARGEST_BYTES:
        raise ReadingError(f"is larger than {LARGEST_BYTES // 1024**2} MiB.", where=name, remedy="Split it.")
    kind = kind_of(content, name)
    if not content:
        raise ReadingError("is empty.", where=name, remedy="Put text into it or delete it.")
    try:
        document = kind.reader()(content, name)
    except ReadingError:
        raise
    except RecursionError as error:
        raise ReadingError("is nested too deeply to be read.", where=name, remedy=_SAVE_ANEW) from error
    except MemoryError as error:
        raise ReadingError("takes more memory to read than there is.", where=name, remedy="Split it.") from error
    except Exception as error:
        reason = f"made its reader fail ({type(error).__name__})."
        raise ReadingError(reason, where=name, remedy=_SAVE_ANEW) from error
    if not document.blocks:
        what = "is empty below its front matter." if kind.is_text else "has no words in it."
        raise ReadingError(what, where=name, remedy="Put text into it or delete it.")
    return _with_body(_checked(document, name))


def _checked(document: Document, name: str) -> Document:
    """`document`, whose blocks follow each other within its text, without white space at their ends."""
    end = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        if not end <= block.start < block.end <= len(document.text) or words[0].isspace() or words[-1].isspace():
            what = f"was read wrongly: a block at {block.start} to {block.end} does not hold words alone."
            raise ReadingError(what, where=name, remedy=_SAVE_ANEW)
        end = block.end
    return document


def _with_body(document: Document) -> Document:
    """`document`; where it has no body, its headings and captions are, else all of it: three words are a page too."""
    if any(block.kind in BODY for block in document.blocks):
        return document
    named = {block.kind for block in document.blocks} - {BlockKind.FURNITURE} or {BlockKind.FURNITURE}
    blocks = (replace(block, kind=BlockKind.PARAGRAPH) if block.kind in named else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))
