"""What a knowledge folder holds at one moment: its documents, what is wrong with it, and what the next look needs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from retrieval.catalogue import NO_DOCUMENTS, Catalogue
from retrieval.ingestion import NOTHING_GIVEN
from retrieval.listing import FolderId, Stamp
from retrieval.reading import ENDINGS
from retrieval.records import Changes, PersonEntry, Problem
from retrieval.sources import SOURCES, Given, Sources

_MOST_OTHER_KINDS = 20


@dataclass(frozen=True, slots=True)
class File:
    """One file as last read: the hash of its content, and what came of it or the problem with it.

    `identity` is that of the document it came to (0 where there is none), `given` what sources.yaml says of it;
    `is_settled` says that any change since would show in the stamp. Files of kinds that are not read have no digest.
    """

    path: str
    stamp: Stamp
    digest: str
    is_settled: bool = True
    identity: int = 0
    given: Given = NOTHING_GIVEN
    problem: Problem | None = None

    @property
    def ending(self) -> str:
        """How its name ends."""
        stem, dot, ending = self.path.rpartition("/")[2].rpartition(".")
        return f".{ending.lower()}" if stem and dot else ""


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
    catalogue: Catalogue = NO_DOCUMENTS
    sources_file: SourcesFile = field(default_factory=SourcesFile)
    folders: Mapping[str, FolderId] = field(default_factory=dict)
    waiting: Mapping[str, float] = field(default_factory=dict)
    listing_problems: tuple[Problem, ...] = ()

    @cached_property
    def _alike(self) -> list[list[int]]:
        """The numbers of documents with the same words, the first of them first."""
        prints = self.catalogue.fingerprints
        _, groups, counts = np.unique(prints, return_inverse=True, return_counts=True)
        found: dict[int, list[int]] = defaultdict(list)
        for number in np.flatnonzero(counts[groups] > 1).tolist():
            found[int(groups[number])].append(number)
        return list(found.values())

    @cached_property
    def twins(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of documents with the same words, the first of them first, by each of them."""
        groups = [tuple(map(self.catalogue.path, numbers)) for numbers in self._alike]
        return {path: paths for paths in groups for path in paths}

    @property
    def repeated(self) -> frozenset[int]:
        """The numbers of the documents whose words stand in one before them too."""
        return frozenset(number for numbers in self._alike for number in numbers[1:])

    @property
    def people(self) -> tuple[PersonEntry, ...]:
        """What sources.yaml says of people."""
        return self.sources_file.sources.people

    def is_indexed_like(self, other: Contents) -> bool:
        """Whether both hold the very same documents, and say the same of people."""
        return self.catalogue is other.catalogue and self.people == other.people

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
            *(() if self.catalogue else (self._nothing_to_read(),)),
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
    old, new = ({file.path: file.identity for file in each.files.values() if file.identity} for each in (before, after))
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
