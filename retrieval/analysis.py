"""Document → Analysis: its passages, their terms and its statements; the costly part, and the document's alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.bags import Bag, counted
from retrieval.passages import passages
from retrieval.records import Document, Passage, Statement
from retrieval.speech import statements
from retrieval.words import terms


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document taken apart; the bag counts the terms of each passage, title and section included."""

    passages: tuple[Passage, ...]
    bag: Bag
    statements: tuple[Statement, ...]


def analysed(document: Document) -> Analysis:
    """Take one document apart; linear in its length.

    Of its metadata title, section and speaker count, and nothing else.
    """
    found = passages(document)
    title = terms(document.metadata.title or "")
    heads: dict[str | None, list[str]] = {}
    for passage in found:
        if passage.section not in heads:
            heads[passage.section] = title + terms(passage.section or "")
    rows = (heads[passage.section] + terms(document.text[passage.start : passage.end]) for passage in found)
    return Analysis(found, counted(rows), statements(document))


def is_analysed_alike(one: Document, other: Document) -> bool:
    """Whether both have the same Analysis, but for their paths."""
    return _counting(one) == _counting(other)


def moved(analysis: Analysis, path: str) -> Analysis:
    """The Analysis of the same document at `path`."""
    return Analysis(
        tuple(replace(passage, document=path) for passage in analysis.passages),
        replace(analysis.bag),  # an object of its own: the postings tell documents apart by it
        tuple(replace(statement, document=path) for statement in analysis.statements),
    )


def _counting(document: Document) -> tuple[object, ...]:
    metadata = document.metadata
    return document.text, document.blocks, metadata.title, metadata.section, metadata.speaker
