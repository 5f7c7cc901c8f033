"""A folder's documents as one, whichever volume each lies in; a change costs its documents, not the folder."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from retrieval.columns import Array
from retrieval.joining import joined_volumes
from retrieval.postings import GONE, Numbers
from retrieval.records import Cover, Document, Metadata
from retrieval.volumes import Volume

RATIO = 8
"""A volume has at least so many times the passages of all that came after it, else they are joined: of a million
passages there are at most seven volumes, and each passage is written anew that often at most."""
SMALL = 2_000
"""Passages that are not worth a volume of their own beside others."""


def _none() -> Numbers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """A snapshot, never changed: documents by path, in order; `with_changes` gives the next.

    A document has a number, its place among all; `volume_of` and `place_in` say where it lies.
    """

    volumes: tuple[Volume, ...] = ()
    volume_of: Numbers = field(default_factory=_none)
    place_in: Numbers = field(default_factory=_none)

    def __len__(self) -> int:
        return len(self.volume_of)

    def __iter__(self) -> Iterator[str]:
        return map(self.path, range(len(self)))

    def __getitem__(self, path: str) -> Document:
        return self.document(self.number(path))

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.find(path) is not None

    def find(self, path: str) -> int | None:
        """The number of the document at `path`; None where there is none."""
        number = bisect_left(range(len(self)), path, key=self.path)
        return number if number < len(self) and self.path(number) == path else None

    def number(self, path: str) -> int:
        """The number of the document at `path`; raises KeyError where there is none."""
        if (number := self.find(path)) is None:
            raise KeyError(path)
        return number

    def home(self, number: int) -> tuple[Volume, int]:
        """The volume that a document lies in, and its place there."""
        return self.volumes[self.volume_of[number]], int(self.place_in[number])

    def path(self, number: int) -> str:
        """The path of a document."""
        volume, place = self.home(number)
        return volume.path(place)

    def text(self, number: int) -> str:
        """The text of a document."""
        volume, place = self.home(number)
        return volume.text(place)

    def metadata(self, number: int) -> Metadata:
        """All that is known of a document."""
        volume, place = self.home(number)
        return volume.metadata(place)

    def own(self, number: int) -> Document:
        """A document, with what the file says of itself."""
        volume, place = self.home(number)
        return volume.own(place)

    def document(self, number: int) -> Document:
        """A document, with all that is known of it."""
        volume, place = self.home(number)
        return volume.document(place)

    @property
    def documents(self) -> Sequence[Document]:
        """Every document, with all that is known of it, in order."""
        return _Documents(self)

    def covers(self) -> Iterator[Cover]:
        """Every document without its text, in order."""
        return (Cover(self.path(number), self.metadata(number)) for number in range(len(self)))

    @cached_property
    def fingerprints(self) -> Array:
        """For each document the number that those with the same words share."""
        return self.column([volume.fingerprints for volume in self.volumes])

    @cached_property
    def passage_counts(self) -> Numbers:
        """How many passages each document has."""
        return self.column([np.diff(volume.firsts) for volume in self.volumes])

    def column(self, each: Sequence[Array]) -> Array:
        """One value a document, of one array a volume."""
        if not each:
            return np.zeros(0, dtype=np.int64)
        bases = np.cumsum([0, *map(len, each)])
        found: Array = np.concatenate(each)[bases[self.volume_of] + self.place_in]
        return found

    def documents_of(self, volume: int, hidden: Collection[int] = ()) -> Numbers:
        """The number of each document of a volume, GONE for one that is not there any more or is `hidden`."""
        found = np.full(len(self.volumes[volume]), GONE, dtype=np.int64)
        numbers = np.flatnonzero(self.volume_of == volume)
        found[self.place_in[numbers]] = numbers
        unseen = np.array(list(hidden), dtype=np.int64)
        found[self.place_in[unseen[self.volume_of[unseen] == volume]]] = GONE
        return found

    def with_changes(self, gone: Iterable[str] = (), new: Sequence[Volume] = ()) -> Catalogue:
        """The catalogue without the documents `gone`, with those of the volumes `new`, which have other paths."""
        numbers = [number for number in map(self.find, gone) if number is not None]
        staying = Catalogue(self.volumes, np.delete(self.volume_of, numbers), np.delete(self.place_in, numbers))
        return staying._with_volumes(new)._tidied()  # noqa: SLF001 (one of its own kind)

    def _with_volumes(self, new: Sequence[Volume]) -> Catalogue:
        volumes = (*self.volumes, *new)
        homes = np.repeat(np.arange(len(self.volumes), len(volumes)), list(map(len, new)))
        places = np.concatenate([_none(), *(np.arange(len(volume)) for volume in new)])
        paths = [volume.path(place) for volume in new for place in range(len(volume))]
        if len(self) > len(paths):
            order = sorted(range(len(paths)), key=paths.__getitem__)
            at = [bisect_left(range(len(self)), paths[each], key=self.path) for each in order]
            homes, places = np.insert(self.volume_of, at, homes[order]), np.insert(self.place_in, at, places[order])
            return Catalogue(volumes, homes, places)
        paths = [*self, *paths]  # as at the first reading: cheaper to put all in order
        order = sorted(range(len(paths)), key=paths.__getitem__)
        homes, places = np.concatenate([self.volume_of, homes]), np.concatenate([self.place_in, places])
        return Catalogue(volumes, homes[order], places[order])

    def _tidied(self) -> Catalogue:
        """The same documents, in no more volumes than RATIO allows, none of which holds more of the gone than not."""
        live = np.bincount(self.volume_of, weights=self.passage_counts, minlength=len(self.volumes))
        volumes, volume_of, place_in = [], np.empty_like(self.volume_of), self.place_in.copy()
        for new, group in enumerate(self._groups(live.tolist())):
            mine = np.isin(self.volume_of, group)
            volume_of[mine] = new
            if len(group) == 1 and 2 * live[group[0]] >= self.volumes[group[0]].firsts[-1]:
                volumes.append(self.volumes[group[0]])
                continue
            kept = [self.documents_of(number) != GONE for number in group]
            volumes.append(joined_volumes([self.volumes[number] for number in group], kept))
            place_in[mine] = np.arange(np.count_nonzero(mine))
        return Catalogue(tuple(volumes), volume_of, place_in)

    def _groups(self, live: Sequence[float]) -> list[list[int]]:
        """Which volumes are to be one, in order; those of which no document is there are left out."""
        held = set(np.unique(self.volume_of).tolist())
        groups: list[list[int]] = []
        after = 0.0
        for number in sorted(held, reverse=True):
            if groups and (live[number] < RATIO * after or live[number] < SMALL):
                groups[0].insert(0, number)
            else:
                groups.insert(0, [number])
            after += live[number]
        return groups


@dataclass(frozen=True, slots=True)
class _Documents(Sequence[Document]):
    catalogue: Catalogue

    def __len__(self) -> int:
        return len(self.catalogue)

    @overload
    def __getitem__(self, number: int) -> Document: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, number: int | slice) -> Document | tuple[Document, ...]:
        numbers = range(len(self))[number]
        if isinstance(numbers, range):
            return tuple(map(self.catalogue.document, numbers))
        return self.catalogue.document(numbers)


NO_DOCUMENTS = Catalogue()
