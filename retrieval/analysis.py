"""Document → Analysis: its passages, their terms and its statements; the costly part, and the document's alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from retrieval.bags import Bag, counted
from retrieval.passages import passages
from retrieval.records import BODY, Document, Metadata, Passage, Statement
from retrieval.speech import statements
from retrieval.words import terms


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document taken apart; the bag counts the terms of each passage, title and section included.

    Documents with the same words in their bodies, however they are broken into lines, have the same fingerprint.
    """

    passages: tuple[Passage, ...]
    bag: Bag
    statements: tuple[Statement, ...]
    fingerprint: str


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
    return Analysis(found, counted(rows), statements(document), _fingerprint(document))


def is_analysed_alike(one: Metadata, other: Metadata) -> bool:
    """Whether a document has the same Analysis with either."""
    return (one.title, one.section, one.speaker) == (other.title, other.section, other.speaker)


def moved(analysis: Analysis, path: str) -> Analysis:
    """The Analysis of the same document at `path`."""
    return replace(
        analysis,
        passages=tuple(replace(passage, document=path) for passage in analysis.passages),
        statements=tuple(replace(statement, document=path) for statement in analysis.statements),
    )


def _fingerprint(document: Document) -> str:
    words = hashlib.blake2b(digest_size=16)
    for block in document.blocks:
        if block.kind in BODY:
            words.update((" ".join(document.text[block.start : block.end].split()) + " ").encode())
    return words.hexdigest()
