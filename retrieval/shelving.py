"""The volumes of a folder on disk: the next start maps them instead of reading what they hold."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from retrieval.catalogue import Catalogue
from retrieval.volumes import Volume

SHARE_AT_HAND = 0.05
FEWEST_SHELVED = 2_000
"""So many passages, or this share of all, may be missing on disk, where what was read of each file lies anyway."""
_ORPHANS_KEPT_SECONDS = 24 * 3600
"""A volume that the list does not name may be one that another process is about to name."""


class _List(msgspec.Struct, frozen=True, array_like=True):
    """Which volumes there are, where each document lies, and of which content, in order of their paths."""

    volumes: tuple[str, ...]
    volume_of: bytes
    place_in: bytes
    digests: tuple[str, ...]
    sources: str


@dataclass(frozen=True)
class Shelf:
    """A catalogue as it was written: of files with these contents, and of a sources.yaml with this one."""

    catalogue: Catalogue
    digests: tuple[str, ...]
    sources: str

    @cached_property
    def _by_path(self) -> dict[str, tuple[str, int, int]]:
        identities = self.catalogue.column([volume.identities for volume in self.catalogue.volumes]).tolist()
        each = zip(self.catalogue, self.digests, identities, strict=True)
        return {path: (digest, identity, number) for number, (path, digest, identity) in enumerate(each)}

    def find(self, path: str, digest: str) -> tuple[int, int] | None:
        """The number and the identity of the document at `path`, if it came of that content."""
        held, identity, number = self._by_path.get(path, ("", 0, 0))
        return (number, identity) if held == digest else None


NOTHING_SHELVED = Shelf(Catalogue(), (), "")


class Shelving:
    """Keeps a catalogue's volumes in a directory; methods raise OSError where it cannot be written.

    A volume is never written over: whoever has mapped one goes on reading it, whatever another process does.
    """

    def __init__(self, directory: Path, key: bytes) -> None:
        self._directory, self._key = directory, key
        self._listed: frozenset[str] = frozenset()
        self._made: frozenset[str] = frozenset()  # since the list was written

    def read(self, content: bytes) -> Shelf:
        """The shelf that a list tells of; raises ValueError or OSError where a volume is not as it was written."""
        try:
            told = msgspec.msgpack.decode(content, type=_List)
        except msgspec.MsgspecError as error:
            raise ValueError(f"no list of volumes: {error}") from error
        self._listed = frozenset(told.volumes)
        volumes = tuple(Volume.open(self._directory / name, self._key) for name in told.volumes)
        homes = (np.frombuffer(held, dtype=np.int64) for held in (told.volume_of, told.place_in))
        return Shelf(Catalogue(volumes, *homes), told.digests, told.sources)

    def housed(self, volume: Volume) -> Volume:
        """The volume, on disk."""
        if volume.place and volume.place.exists():
            return volume
        self._directory.mkdir(parents=True, exist_ok=True)
        place = self._directory / uuid.uuid4().hex
        volume.save(place, self._key)
        self._made |= {place.name}
        return Volume.open(place, self._key)

    def is_due(self, catalogue: Catalogue) -> bool:
        """Whether the list tells of so little of a catalogue that it is time to write another."""
        sizes = [int(volume.firsts[-1]) for volume in catalogue.volumes]
        untold = sum(
            size
            for size, volume in zip(sizes, catalogue.volumes, strict=True)
            if volume.place is None or volume.place.name not in self._listed
        )
        return untold > max(FEWEST_SHELVED, SHARE_AT_HAND * sum(sizes))

    def list_of(self, catalogue: Catalogue, digests: Sequence[str], sources: str) -> bytes:
        """What tells of a catalogue whose volumes are all on disk."""
        names = tuple(volume.place.name for volume in catalogue.volumes if volume.place)
        homes = (catalogue.volume_of.tobytes(), catalogue.place_in.tobytes())
        return msgspec.msgpack.encode(_List(names, *homes, tuple(digests), sources))

    def tidy(self, catalogue: Catalogue) -> None:
        """Once a catalogue is listed, delete the volumes that only the list before named, or that went into others."""
        kept = frozenset(volume.place.name for volume in catalogue.volumes if volume.place)
        self._delete(self._listed | self._made, kept)
        self._listed, self._made = kept, frozenset()

    def clear_out(self) -> None:
        """Delete the volumes that nobody has listed in a day."""
        self._delete(frozenset(), self._listed | self._made)

    def _delete(self, names: frozenset[str], kept: frozenset[str]) -> None:
        """Delete the volumes of these names and those that are old, but for those that are `kept`."""
        oldest = time.time() - _ORPHANS_KEPT_SECONDS
        with suppress(OSError):  # whatever cannot be deleted takes up room, and nothing else
            for place in self._directory.iterdir():
                if place.name not in kept and (place.name in names or place.stat().st_mtime < oldest):
                    place.unlink()
