"""What a knowledge folder holds at one moment: its documents, what is wrong with it, and what the next look needs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import is_

from retrieval.analysis import Analysis
from retrieval.ingestion import NOTHING_GIVEN, NOTHING_KNOWN, Ingested
from retrieval.listing import FolderId, Stamp
from retrieval.reading import ENDINGS
from retrieval.records import Changes, Document, PersonEntry, Problem
from retrieval.sources import SOURCES, Given, Sources

_MOST_OTHER_KINDS = 20


@dataclass(frozen=True, slots=True)
class File:
    """One file as last read: the hash of its content, and what came of it or the problem with it.

    `own` is the document with what the file says of itself, `document` the same with all that is known; `is_settled`
    says that any change since would show in the stamp. Files of kinds that are not read have no digest.
    """

    path: str
    stamp: Stamp
    digest: str
    is_settled: bool = True
    own: Document | None = None
    given: Given = NOTHING_GIVEN
    document: Document | None = None
    analysis: Analysis | None = None
    problem: Problem | None = None

    def with_outcome(self, found: Ingested, given: Given) -> File:
        """The file with what came of it, at this path, with all that sources.yaml says of it."""
        own = found.document
        document = replace(own, metadata=given.merged(own.metadata)) if own else None
        if document == self.document:
            document = self.document
        return replace(self, own=own, given=given, document=document, analysis=found.analysis, problem=found.problem)

    @property
    def ending(self) -> str:
        """How its name ends."""
        stem, dot, ending = self.path.rpartition("/")[2].rpartition(".")
        return f".{ending.lower()}" if stem and dot else ""

    @property
    def outcome(self) -> Ingested:
        """What came of the file."""
        metadata = self.document.metadata if self.document else NOTHING_KNOWN
        return Ingested(self.path, self.own, metadata, self.analysis, self.problem)


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """sources.yaml as last read; the Sources are those read last without a problem."""

    stamp: Stamp | None = None
    digest: str = ""
    is_settled: bool = True
    sources: Sources = field(default_factory=Sources)
    problem: Problem | None = None


@dataclass(frozen=True)
class Contents:
    """What the folder holds, by path. `waiting` are files that somebody is writing to, and since when that is known."""

    files: Mapping[str, File] = field(default_factory=dict)
    sources_file: SourcesFile = field(default_factory=SourcesFile)
    folders: Mapping[str, FolderId] = field(default_factory=dict)
    waiting: Mapping[str, float] = field(default_factory=dict)
    listing_problems: tuple[Problem, ...] = ()

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document, with all that is known of it."""
        return tuple(file.document for file in self.files.values() if file.document)

    @cached_property
    def twins(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of documents with the same words, the first of them first, by each of them."""
        groups: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for file in self.files.values():
            if file.document and file.analysis:
                groups[file.analysis.fingerprint, file.document.metadata.speaker].append(file.path)
        return {path: tuple(paths) for paths in groups.values() if len(paths) > 1 for path in paths}

    @cached_property
    def indexed(self) -> tuple[Document, ...]:
        """The documents without those whose words stand in one before them too."""
        return tuple(each for each in self.documents if self.twins.get(each.path, (each.path,))[0] == each.path)

    @cached_property
    def analyses(self) -> Mapping[str, Analysis]:
        """The Analysis of every document."""
        return {file.path: file.analysis for file in self.files.values() if file.analysis}

    @property
    def people(self) -> tuple[PersonEntry, ...]:
        """What sources.yaml says of people."""
        return self.sources_file.sources.people

    def is_indexed_like(self, other: Contents) -> bool:
        """Whether both hold the very same documents, and say the same of people."""
        if len(self.indexed) != len(other.indexed) or self.people != other.people:
            return False
        return all(map(is_, self.indexed, other.indexed))

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change exactly when a file's name or content does."""
        digests = {path: file.digest for path, file in self.files.items()} | {SOURCES: self.sources_file.digest}
        whole = hashlib.sha256()
        for path, digest in sorted(digests.items()):
            if digest:
                whole.update(f"{path}\0{digest}\n".encode())
        return whole.hexdigest()[:12]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that its owner should know of."""
        files = self.files.values()
        return (
            *(() if self.documents else (self._nothing_to_read(),)),
            *(file.problem for file in files if file.problem and file.digest),
            *_other_kinds([file.problem for file in files if file.problem and not file.digest]),
            *self.listing_problems,
            *((self.sources_file.problem,) if self.sources_file.problem else ()),
            *self.sources_file.sources.problems(tuple(self.files)),
        )

    def _nothing_to_read(self) -> Problem:
        what = "holds no file that can be read." if self.files or self.sources_file.stamp else "is empty."
        return Problem(".", what, f"Put documents into it: {', '.join(ENDINGS)}.")


def changes_between(before: Contents, after: Contents) -> Changes:
    """Which documents are new, changed or gone, and which problems are new."""
    old, new = ({document.path: document for document in each.documents} for each in (before, after))
    return Changes(
        added=tuple(path for path in new if path not in old),
        changed=tuple(path for path in new if path in old and new[path] != old[path]),
        removed=tuple(path for path in old if path not in new),
    )


def _other_kinds(problems: list[Problem]) -> Iterable[Problem]:
    """The first few of `problems`, and how many more there are: a folder of photographs is no list to read."""
    yield from problems[:_MOST_OTHER_KINDS]
    if (more := len(problems) - _MOST_OTHER_KINDS) > 0:
        yield Problem(".", f"holds {more} more files of kinds that are not read.")
