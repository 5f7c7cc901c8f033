"""A quote, and the file as read that it is from → the picture of its page, if the file is still that one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from retrieval.contents import File
from retrieval.drawing import Drawing, drawn
from retrieval.errors import ChangedError, ReadingError
from retrieval.highlights import Quoted
from retrieval.opening import content_of
from retrieval.records import Document, PagePicture, Quote

_BESIDE_CHARS = 300
"""So much of what stands before and behind a quote tells one of two places with the same words from the other."""


def quoted_page(quote: Quote, file: File | None, document: Document | None, root: Path) -> PagePicture:
    """The page of `quote`, its words highlighted; `file`, below `root`, and `document` are what the quote is from.

    The file is read anew, and has to have the very content that its document was read from: whatever has taken its
    place is not shown. Raises ChangedError where it has not, or is gone; ReadingError where it cannot be drawn.
    """
    if file is None or document is None:
        raise ChangedError("is no longer in the folder.", where=quote.document)
    if document.text[quote.start : quote.end] != quote.text:
        raise ChangedError("no longer has these words at their place.", where=file.path)
    page = _page_of(document, quote)
    if page is None:
        raise ReadingError("has no pages.", where=file.path)
    try:
        content, _ = content_of(root / file.path, file.stamp)
    except FileNotFoundError as error:
        raise ChangedError("is gone.", where=file.path) from error
    except OSError as error:
        raise ReadingError(f"cannot be read: {error.strerror or error}.", where=file.path) from error
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise ChangedError("has changed since it was read.", where=file.path)
    return drawn(Drawing(file.path, content, page, _quoted(document, quote)))


def _page_of(document: Document, quote: Quote) -> int | None:
    """The page as the document has it now, on which the block begins that the quote is in."""
    return next((block.page for block in document.blocks if block.start < quote.end and quote.start < block.end), None)


def _quoted(document: Document, quote: Quote) -> Quoted:
    text = document.text
    before = text[max(0, quote.start - _BESIDE_CHARS) : quote.start]
    return Quoted(quote.text, before, text[quote.end : quote.end + _BESIDE_CHARS])
