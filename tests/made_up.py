"""An index of made-up documents, each a title and its paragraphs; the people of made-up statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from retrieval.analysis import Analysis, analysed
from retrieval.bags import counted
from retrieval.catalogue import Catalogue
from retrieval.index import Index
from retrieval.ingestion import Ingested
from retrieval.people import People
from retrieval.pressing import pressed
from retrieval.records import Block, BlockKind, Document, Metadata, PersonEntry, Statement
from retrieval.voices import Voices


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


def people_of(statements: Iterable[Statement], entries: Iterable[PersonEntry] = ()) -> People:
    """The people of some statements alone."""
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.document].append(statement)
    found = (
        Ingested(path, Document(path, "", (), Metadata()), analysis=Analysis((), counted(()), tuple(each), ""))
        for path, each in said.items()
    )
    return People((Voices(pressed(found)),), entries)
