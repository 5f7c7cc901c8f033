"""What a file would come to as a document of the folder, before it is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from retrieval.ingestion import Task, unpacked
from retrieval.people import People
from retrieval.pressing import pressed
from retrieval.records import Document, Person, PersonEntry, Problem
from retrieval.voices import Voices
from retrieval.workers import Workers


@dataclass(frozen=True, slots=True)
class Preview:
    """The document with all that is known of it, how many passages it has, who says something in it.

    The document is None where there is a problem.
    """

    document: Document | None
    passage_count: int = 0
    people: tuple[Person, ...] = ()
    problem: Problem | None = None


def previewed(task: Task, workers: Workers, entries: Iterable[PersonEntry]) -> Preview:
    """Take the file in, with the limits of `workers`; `entries` are what sources.yaml says of people."""
    ((_, outcome),) = workers.outcomes([task])
    found = unpacked(outcome)
    if found.document is None or found.analysis is None:
        return Preview(None, problem=found.problem)
    people = People([Voices(pressed([found]))], entries)
    return Preview(
        replace(found.document, metadata=found.metadata),
        sum(passage.paragraph is not None for passage in found.analysis.passages),
        tuple(person for person in people.all if person.statements),
    )
