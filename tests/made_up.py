"""An index of made-up documents: each a title and its paragraphs."""

from __future__ import annotations

from retrieval.analysis import analysed
from retrieval.catalogue import Catalogue
from retrieval.index import Index
from retrieval.ingestion import Ingested
from retrieval.pressing import pressed
from retrieval.records import Block, BlockKind, Document, Metadata


def document(path: str, title: str, paragraphs: tuple[str, ...]) -> Document:
    """A document whose paragraphs stand a blank line apart."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), BlockKind.PARAGRAPH))
        text += paragraph + "\n\n"
    return Document(path, text, tuple(blocks), Metadata(title=title))


def indexed(*documents: Document) -> Index:
    """The index of documents, taken apart."""
    found = (Ingested(each.path, each, each.metadata, analysed(each)) for each in documents)
    return Index(Catalogue().with_changes(new=[pressed(found)]))


def index_of(**documents: tuple[str, ...]) -> Index:
    """The index of documents named by their keywords, whose first paragraph is their title."""
    return indexed(*(document(f"{name}.txt", title, paragraphs) for name, (title, *paragraphs) in documents.items()))
