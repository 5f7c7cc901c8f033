"""Where each thing that is known of a document comes from, in the order in which one wins over another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from retrieval.errors import ReadingError
from retrieval.reading.front_matter import front_matter
from retrieval.reading.kinds import MARKDOWN, TEXT
from retrieval.records import Document, Metadata
from retrieval.sources import Given


class Giver(StrEnum):
    """Who says so, the one that wins first."""

    ENTRY = "entry"
    PATTERN = "pattern"
    FRONT_MATTER = "front matter"
    FILE = "file"
    DEFAULTS = "defaults"


@dataclass(frozen=True, slots=True)
class Origin:
    """One field of a document's Metadata, its value as text, who gives it, and by which pattern of sources.yaml."""

    field: str
    value: str
    giver: Giver
    pattern: str = ""


def origins_of(given: Given, own: Document) -> tuple[Origin, ...]:
    """Where each known field comes from of a document of which the file says its `own`, in the order of Metadata."""
    return tuple(_origins(given, own, given.merged(own.metadata)))


def _origins(given: Given, own: Document, known: Metadata) -> Iterator[Origin]:
    above = _front_matter(own)
    for name in (field.name for field in fields(Metadata)):
        value, entry = getattr(known, name), given.origin(name)
        if value is None:
            continue
        if entry is not None:
            is_exact = entry.fits_exactly(own.path)
            yield Origin(name, str(value), Giver.ENTRY if is_exact else Giver.PATTERN, "" if is_exact else entry.name)
        elif getattr(above, name) is not None:
            yield Origin(name, str(value), Giver.FRONT_MATTER)
        else:
            yield Origin(name, str(value), Giver.FILE if getattr(own.metadata, name) is not None else Giver.DEFAULTS)


def _front_matter(document: Document) -> Metadata:
    """What the front matter says; nothing in a kind of file that has none."""
    if not document.path.lower().endswith((*TEXT.endings, *MARKDOWN.endings)):
        return Metadata()
    try:
        return front_matter(document.text, document.path)[0]
    except ReadingError:
        return Metadata()  # so it was read as something else, under a name that says text
