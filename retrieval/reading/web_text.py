"""A text copied from a web page → Document: its body, headings, captions and by-lines, apart from the furniture."""

from __future__ import annotations

from dataclasses import replace

from retrieval.reading.front_matter import front_matter
from retrieval.reading.labels import labelled
from retrieval.reading.lines import lines_of
from retrieval.reading.page import parts_of
from retrieval.records import Block, Document, Metadata


def read_web_text(text: str, name: str) -> Document:
    """The Document of the plain `text`; raises ReadingError where its front matter is malformed.

    Prose that was never on a web page passes unharmed: what is in doubt is a paragraph.
    """
    known, body = front_matter(text, name)
    parts, is_page = parts_of(lines_of(text, body))
    page = labelled(parts, known.title, is_page=is_page)
    blocks = tuple(Block(part.start, part.end, kind) for part, kind in page.blocks)
    return Document(path=name, text=text, blocks=blocks, metadata=_completed(known, page.metadata))


def _completed(known: Metadata, found: Metadata) -> Metadata:
    """`known`, completed with what was `found` in the text."""
    return replace(
        known,
        title=known.title or found.title,
        author=known.author or found.author,
        publisher=known.publisher or found.publisher,
        date=known.date or found.date,
        url=known.url or found.url,
    )
