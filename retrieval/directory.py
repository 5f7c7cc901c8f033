"""The names under which people speak in some documents, by whole name, by word and by sound; in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from retrieval import names, romanisation
from retrieval.bags import number_of
from retrieval.columns import Array, Pieces, joined, pieces
from retrieval.postings import GONE, Numbers

FEWEST_LETTERS_FOUND = 2
LONGEST_TURNED = 200
"""Letters of a name up to which the order of its words does not matter."""


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Which names have a key: `keys` in order, each as often as it has names, and the number of each name."""

    keys: Array
    names: Array

    def having(self, key: str) -> list[int]:
        """The numbers of the names that have `key`."""
        number = np.uint64(number_of(key))
        start, end = np.searchsorted(self.keys, number), np.searchsorted(self.keys, number, side="right")
        found: list[int] = self.names[start:end].tolist()
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """Every spelling of a name in some documents, once; its number is its place in `spellings`.

    `circles` has for each the key that it shares with the same name otherwise spelt.
    """

    spellings: Pieces
    circles: Array
    by_circle: Lookup
    by_word: Lookup
    by_sound: Lookup

    def spelt(self, number: int) -> str:
        """The name of that number."""
        return self.spellings[number].decode()

    def beginning(self, letters: str) -> list[int]:
        """The names that begin with `letters`."""
        sought = np.frombuffer(letters.encode(errors="surrogatepass"), dtype=np.uint8)
        starts = np.concatenate([np.zeros(1, dtype=np.int64), self.spellings.ends[:-1]])[: len(self.spellings)]
        found = np.flatnonzero(self.spellings.ends - starts >= len(sought))
        for place, byte in enumerate(sought):
            found = found[self.spellings.content[starts[found] + place] == byte]
        begun: list[int] = found.tolist()
        return begun

    @property
    def lookups(self) -> Mapping[str, Lookup]:
        """Each Lookup by the kind of its keys."""
        return {"circle": self.by_circle, "word": self.by_word, "sound": self.by_sound}

    def columns(self) -> dict[str, Array]:
        """The arrays, named for a file."""
        return {
            "names": self.spellings.content,
            "name_ends": self.spellings.ends,
            "circles": self.circles,
            **{f"{name}_keys": lookup.keys for name, lookup in self.lookups.items()},
            **{f"{name}_names": lookup.names for name, lookup in self.lookups.items()},
        }

    @classmethod
    def of_columns(cls, columns: Mapping[str, Array]) -> Directory:
        """The Directory whose arrays were named by `columns`."""
        lookups = (Lookup(columns[f"{name}_keys"], columns[f"{name}_names"]) for name in ("circle", "word", "sound"))
        return cls(Pieces(columns["names"], columns["name_ends"]), columns["circles"], *lookups)


@lru_cache(maxsize=4_096)
def circle(name: str) -> str:
    """What a name shares with itself in other orders, other case, with and without hyphens: its letters in a ring.

    Of all places to begin reading, the one that comes first in the alphabet. A single word has no other order, or
    Ian were Nia, and 강민정 정강민.
    """
    words = names.key_words(name)
    letters = "".join(words)
    if len(letters) < FEWEST_LETTERS_FOUND:
        return name
    if len(words) == 1 or len(letters) > LONGEST_TURNED:
        return letters
    twice = letters + letters
    return min(twice[start : start + len(letters)] for start in range(len(letters)))


def sounds(name: str) -> tuple[str, ...]:
    """For a name that can be read as Korean: how many syllables, and each initial that the first may have."""
    heard = readings(names.key_words(name))
    return tuple({f"{len(reading)} {initial}" for reading in heard for initial in reading[0][0]})


def readings(words: tuple[str, ...]) -> tuple[romanisation.Reading, ...]:
    """Every way to hear a name as Korean, its surname first or last."""
    turned = romanisation.readings((words[-1], *words[:-1])) if len(words) > 1 else ()
    return romanisation.readings(words) + turned


def directory_of(spellings: Sequence[str]) -> Directory:
    """The Directory of names, each given once."""
    circles = np.fromiter((number_of(circle(name)) for name in spellings), np.uint64, len(spellings))
    by_circle = _sorted(circles, np.arange(len(spellings)))
    by_word = _lookup(enumerate(map(names.key_words, spellings)))
    by_sound = _lookup(enumerate(map(sounds, spellings)))
    return Directory(pieces(name.encode() for name in spellings), circles, by_circle, by_word, by_sound)


def joined_directory(parts: Sequence[Directory], moves: Sequence[Numbers], count: int) -> Directory:
    """The `count` names of several as one; `moves` has each part's names' new numbers, or GONE."""
    spellings = joined([part.spellings for part in parts])
    froms, circles = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.uint64)
    first = 0
    for part, move in zip(parts, moves, strict=True):
        staying = np.flatnonzero(move != GONE)
        froms[move[staying]] = first + staying
        circles[move[staying]] = part.circles[staying]
        first += len(part.spellings)
    by_word, by_sound = (
        _moved(each, moves) for each in ([part.by_word for part in parts], [part.by_sound for part in parts])
    )
    return Directory(spellings.taken(froms), circles, _sorted(circles, np.arange(count)), by_word, by_sound)


def _moved(lookups: Sequence[Lookup], moves: Sequence[Numbers]) -> Lookup:
    numbers = [move[lookup.names] for lookup, move in zip(lookups, moves, strict=True)]
    held = [number != GONE for number in numbers]
    keys = np.concatenate([np.zeros(0, np.uint64), *(one.keys[keep] for one, keep in zip(lookups, held, strict=True))])
    kept = np.concatenate([np.zeros(0, np.int64), *(one[keep] for one, keep in zip(numbers, held, strict=True))])
    order = np.lexsort((kept, keys))
    keys, kept = keys[order], kept[order]
    first = np.append(True, (np.diff(keys) != 0) | (np.diff(kept) != 0))[: len(keys)]
    return Lookup(keys[first], kept[first].astype(np.int32))


def _lookup(keyed: Iterable[tuple[int, tuple[str, ...]]]) -> Lookup:
    pairs = [(number_of(key), number) for number, keys in keyed for key in dict.fromkeys(keys)]
    keys = np.fromiter((key for key, _ in pairs), np.uint64, len(pairs))
    return _sorted(keys, np.fromiter((number for _, number in pairs), np.int64, len(pairs)))


def _sorted(keys: Array, numbers: Array) -> Lookup:
    order = np.argsort(keys, kind="stable")
    return Lookup(keys[order], numbers[order].astype(np.int32))
