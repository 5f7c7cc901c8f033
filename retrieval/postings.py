"""Which passages of a folder have which term, how often: one sorted array, in which a change costs its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from retrieval.bags import Bag
from retrieval.errors import RetrievalError

Numbers = NDArray[np.int64]

_FREQUENCY_BITS, _PASSAGE_BITS, _TERM_BITS = 16, 23, 24
_TERM_AT = _FREQUENCY_BITS + _PASSAGE_BITS
_FREQUENCIES, _PASSAGES = (1 << _FREQUENCY_BITS) - 1, (1 << _PASSAGE_BITS) - 1
_BLOCK = 1 << 18
"""Postings that are renumbered at a time, so that what is in between stays near the processor."""
_SPARE_TERMS = 50_000
"""Beyond twice the terms there were plus these, terms that no passage has any more are forgotten."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The number of each term; snapshots that follow each other share it, for numbers are only ever added."""

    numbers: dict[str, int] = field(default_factory=dict)
    most: int = 0

    def numbers_of(self, terms: tuple[str, ...]) -> Numbers:
        known = self.numbers
        found = list(map(known.get, terms))  # nearly all of a new document's terms are known
        if None in found:
            found = [known.setdefault(term, len(known)) for term in terms]
        return np.array(found, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Postings:
    """A snapshot, never changed; `with_bags` gives the next.

    Each of `keys` is a posting: the term's number, the passage's and the frequency, from the highest bits to the
    lowest. `lengths` has the number of terms of each passage.
    """

    keys: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lengths: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    bags: tuple[Bag, ...] = ()
    firsts: tuple[int, ...] = ()
    vocabulary: _Vocabulary = field(default_factory=_Vocabulary)

    def with_bags(self, bags: tuple[Bag, ...]) -> Postings:
        """The postings of `bags`, different objects, in their order; those that are here too cost next to nothing.

        Raises RetrievalError where there are more passages or terms than can be numbered.
        """
        lengths = [np.frombuffer(bag.lengths, dtype=np.uint32) for bag in bags]
        firsts = tuple(np.cumsum([0, *map(len, lengths)]).tolist())[:-1]
        before = {id(bag): place for place, bag in enumerate(self.bags)}
        places = [before.get(id(bag)) for bag in bags]
        staying = [place for place in places if place is not None]
        if self.bags and (staying != sorted(staying) or len(self.vocabulary.numbers) > self.vocabulary.most):
            return Postings().with_bags(bags)
        leaving = sorted(set(range(len(self.bags))).difference(staying))
        gone = (self._keys_of(self.bags[place], self.firsts[place]) for place in leaving)
        new = (self._keys_of(*each) for *each, place in zip(bags, firsts, places, strict=True) if place is None)
        moves = [(self.firsts[place], to) for place, to in zip(places, firsts, strict=True) if place is not None]
        keys = _with(_renumbered(_without(self.keys, gone), moves, len(self.lengths)), new)
        whole = np.concatenate([np.zeros(0, dtype=np.int64), *lengths])
        return replace(self._fitting(len(whole)), keys=keys, lengths=whole, bags=bags, firsts=firsts)

    def of(self, term: str) -> tuple[Numbers, NDArray[np.float64]]:
        """The numbers of the passages that have `term`, in order, and how often each has it."""
        start, end = self._span(term)
        found = self.keys[start:end]
        return (found >> _FREQUENCY_BITS) & _PASSAGES, (found & _FREQUENCIES).astype(np.float64)

    def count(self, term: str) -> int:
        """How many passages have `term`."""
        start, end = self._span(term)
        return end - start

    def terms(self) -> Iterator[str]:
        """Every term that a passage has, in no order."""
        known = list(self.vocabulary.numbers)  # at once: another snapshot may be adding to them
        held = np.zeros(len(known), dtype=np.bool_)
        held[self.keys >> _TERM_AT] = True
        return compress(known, held)

    def _span(self, term: str) -> tuple[int, int]:
        number = self.vocabulary.numbers.get(term)
        if number is None:
            return 0, 0
        start, end = np.searchsorted(self.keys, [number << _TERM_AT, (number + 1) << _TERM_AT])
        return int(start), int(end)

    def _keys_of(self, bag: Bag, first: int) -> Numbers:
        """The postings of a document whose first passage has the number `first`, in no order."""
        terms = self.vocabulary.numbers_of(bag.vocabulary)[np.frombuffer(bag.numbers, dtype=np.uint32)]
        counts = np.frombuffer(bag.counts, dtype=np.uint32)
        passages = np.repeat(np.arange(first, first + len(counts)), counts)
        frequencies = np.frombuffer(bag.frequencies, dtype=np.uint16)
        return (terms << _TERM_AT) | (passages << _FREQUENCY_BITS) | frequencies

    def _fitting(self, passages: int) -> Postings:
        terms = len(self.vocabulary.numbers)
        if passages > _PASSAGES or terms >= 1 << _TERM_BITS:
            raise RetrievalError("holds more passages or words than can be numbered.", remedy="Part the folder.")
        if self.bags:
            return self
        return replace(self, vocabulary=replace(self.vocabulary, most=2 * terms + _SPARE_TERMS))


def _without(keys: Numbers, gone: Iterable[Numbers]) -> Numbers:
    found = np.concatenate([np.zeros(0, dtype=np.int64), *gone])
    return np.delete(keys, np.searchsorted(keys, found)) if len(found) else keys


def _with(keys: Numbers, new: Iterable[Numbers]) -> Numbers:
    found = np.concatenate([np.zeros(0, dtype=np.int64), *new])
    found.sort()
    if not len(keys) or not len(found):
        return found if len(found) else keys
    return np.insert(keys, np.searchsorted(keys, found), found)


def _renumbered(keys: Numbers, moves: list[tuple[int, int]], passages: int) -> Numbers:
    """`keys`, of so many passages, with those of each document that moves from one number on to another."""
    olds, news = np.array(moves, dtype=np.int64).reshape(-1, 2).T
    if np.array_equal(olds, news):
        return keys
    documents = np.searchsorted(olds, np.arange(passages), side="right") - 1
    steps = ((news - olds) << _FREQUENCY_BITS)[documents]
    keys = keys.copy()
    for block in np.split(keys, range(_BLOCK, len(keys), _BLOCK)):
        np.add(block, steps[(block >> _FREQUENCY_BITS) & _PASSAGES], out=block)
    return keys
