"""Which rows (passages, or documents) have which term, how often: by term, in arrays that can be mapped from disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.bags import Bag
from retrieval.columns import Array
from retrieval.errors import RetrievalError

Numbers = NDArray[np.int64]

GONE = -1
"""In place of a row's number where the row is to be left out."""
_FREQUENCY_BITS, _ROW_BITS, _TERM_BITS = 16, 24, 24
_TERM_AT = _FREQUENCY_BITS + _ROW_BITS
_FREQUENCIES, _ROWS = (1 << _FREQUENCY_BITS) - 1, (1 << _ROW_BITS) - 1
MOST_ROWS, MOST_TERMS = 1 << _ROW_BITS, 1 << _TERM_BITS
_BLOCK = 1 << 20
"""Postings that are taken apart at a time, so that no more than the whole is held twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Never changed. `terms` are the numbers of the terms (`bags.number_of`) in order.

    The postings of the term at place i lie at `starts[i]` to `starts[i + 1]` of `rows`, in order, and `frequencies`.
    `lengths` has how many terms each row has, with repeats. The types are uint64, int64, int32, uint16 and uint32.
    """

    terms: Array
    starts: Array
    rows: Array
    frequencies: Array
    lengths: Array

    def spans(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """Where the postings of each of the terms with these numbers lie; an empty span for one that no row has."""
        if not len(self.terms):
            return [(0, 0)] * len(numbers)
        asked = np.array(numbers, dtype=np.uint64)
        places = np.minimum(np.searchsorted(self.terms, asked), len(self.terms) - 1)
        held = (self.terms[places] == asked).tolist()
        starts, ends = self.starts[places].tolist(), self.starts[places + 1].tolist()
        return [(start, end) if there else (0, 0) for start, end, there in zip(starts, ends, held, strict=True)]

    def columns(self, prefix: str) -> dict[str, Array]:
        """The arrays, named for a file."""
        return {prefix + name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of_columns(cls, columns: Mapping[str, Array], prefix: str) -> Postings:
        """The Postings whose arrays were named by `columns`."""
        return cls(*(columns[prefix + name] for name in cls.__slots__))


def postings_of(bags: Iterable[Bag]) -> Postings:
    """The postings of the passages of `bags`, numbered from 0 in their order.

    Raises RetrievalError where there are more rows or terms than can be numbered.
    """
    held = list(bags)
    own = [np.frombuffer(bag.terms, dtype=np.uint64) for bag in held]
    terms = np.unique(_behind_each_other(own, np.uint64))
    lengths = _behind_each_other([np.frombuffer(bag.lengths, dtype=np.uint32) for bag in held], np.uint32)
    _check(len(lengths), len(terms))
    keys, first = [], 0
    for bag, numbers in zip(held, own, strict=True):
        places = np.searchsorted(terms, numbers)[np.frombuffer(bag.places, dtype=np.uint32)]
        counts = np.frombuffer(bag.counts, dtype=np.uint32)
        rows = np.repeat(np.arange(first, first + len(counts)), counts)
        keys.append(_keys(places, rows, np.frombuffer(bag.frequencies, dtype=np.uint16)))
        first += len(counts)
    return _of_keys(terms, _behind_each_other(keys, np.uint64), lengths)


def joined_postings(parts: Sequence[Postings], moves: Sequence[Numbers], rows: int) -> Postings:
    """The postings of several as one of so many rows; `moves` has each part's rows' new numbers, or GONE.

    Takes as much memory as the parts' postings and twelve bytes a posting beside; time is the sorting's. Raises
    RetrievalError where there are more rows or terms than can be numbered.
    """
    terms = np.unique(_behind_each_other([part.terms for part in parts], np.uint64))
    _check(rows, len(terms))
    lengths = np.zeros(rows, dtype=np.uint32)
    keys = np.empty(sum(len(part.rows) for part in parts), dtype=np.uint64)
    end = 0
    for part, move in zip(parts, moves, strict=True):
        staying = move != GONE
        lengths[move[staying]] = part.lengths[staying]
        places = np.searchsorted(terms, part.terms)
        for start in range(0, len(part.rows), _BLOCK):
            block = slice(start, min(start + _BLOCK, len(part.rows)))
            moved = move[part.rows[block]]
            kept = moved != GONE
            found = _keys(_repeated(places, part.starts, block)[kept], moved[kept], part.frequencies[block][kept])
            keys[end : end + len(found)] = found
            end += len(found)
    return _of_keys(terms, keys[:end], lengths)


def _check(rows: int, terms: int) -> None:
    if rows > MOST_ROWS or terms > MOST_TERMS:
        raise RetrievalError("holds more passages or words than can be numbered.", remedy="Part the folder.")


def _keys(terms: Array, rows: Array, frequencies: Array) -> Array:
    """A posting as one number that sorts by term, then by row."""
    high = terms.astype(np.uint64) << np.uint64(_TERM_AT)
    return high | (rows.astype(np.uint64) << np.uint64(_FREQUENCY_BITS)) | frequencies


def _repeated(places: Numbers, starts: Array, block: slice) -> Numbers:
    """Of the postings in `block`, the place of each one's term."""
    first, last = np.searchsorted(starts, block.start, side="right") - 1, np.searchsorted(starts, block.stop)
    within = np.clip(starts[first : last + 1], block.start, block.stop)
    return np.repeat(places[first:last], np.diff(within))


def _of_keys(terms: Array, keys: Array, lengths: Array) -> Postings:
    """The Postings that `keys`, in no order, stand for; terms that none of them has are left out. Sorts `keys`."""
    keys.sort()
    rows, frequencies = np.empty(len(keys), dtype=np.int32), np.empty(len(keys), dtype=np.uint16)
    for start in range(0, len(keys), _BLOCK):
        block = keys[start : start + _BLOCK]
        rows[start : start + _BLOCK] = (block >> np.uint64(_FREQUENCY_BITS)) & np.uint64(_ROWS)
        frequencies[start : start + _BLOCK] = block & np.uint64(_FREQUENCIES)
    bounds = np.arange(len(terms), dtype=np.uint64) << np.uint64(_TERM_AT)
    starts = np.append(np.searchsorted(keys, bounds), len(keys)).astype(np.int64)
    held = starts[1:] > starts[:-1]
    return Postings(terms[held], np.append(starts[:-1][held], len(keys)), rows, frequencies, lengths)


def _behind_each_other(arrays: Iterable[Array], dtype: type[np.generic]) -> Array:
    return np.concatenate([np.zeros(0, dtype=dtype), *arrays])
