"""BM25 over terms: which passages share words with a question; the only room that knows rank_bm25."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.bags import number_of
from retrieval.columns import Array
from retrieval.postings import GONE, Numbers, Postings
from retrieval.pruning import Clause, Rows, best_rows

K1 = 0.5
"""Term saturation: 80.5 % of SQuAD first at 0.5 against 78.6 % at rank_bm25's 1.5."""
B = 0.75
"""Length normalisation, the field's usual value."""
_LOOK_UPS_A_SCORE = 16
"""To look a passage up in a term's postings costs as much as to score so many."""
_LOOKED_UP = 4_096
"""Terms whose postings are remembered."""

Scores = NDArray[np.float64]


class Ranking(Protocol):
    """What the index asks of whatever ranks its passages; the terms of a question may have weights."""

    def scores_at(self, terms: Iterable[str], passages: Sequence[int] | Numbers) -> Scores:
        """The scores of some passages; 0 for one that shares none of `terms`."""

    def holding(self, terms: Sequence[str], passages: Sequence[int] | Numbers) -> NDArray[np.bool_]:
        """For each of some passages, and each of `terms`, whether it has it."""

    def top(
        self, terms: Mapping[str, float], count: int, among: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """The passages that score most, and at all, with their scores, best first, equals in order.

        `among` says for each document whether its passages count.
        """

    def sharing(self, terms: Iterable[str], most: int) -> int:
        """How many passages share any of `terms`; `most` where there are more."""

    def idf_of(self, term: str) -> float:
        """How rare `term` is among the passages; highest where none has it."""

    def __contains__(self, term: object) -> bool:
        """Whether any passage has `term`."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the documents: their postings, where the passages of each begin there, and its number in the whole.

    That number is GONE for a document that is not there any more.
    """

    postings: Postings
    firsts: Numbers
    documents: Numbers

    def is_there(self, among: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """For each passage whether it is there, and its document is one of `among`."""
        there = self.documents != GONE
        if among is not None:
            there = there & among[self.documents]
        return np.repeat(there, np.diff(self.firsts))


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 carries no types
    """BM25Okapi with Lucene's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), and its frequencies kept by term.

    Scores equal those of the parent's formula to the bit; a question costs its terms' postings, not all passages, and
    of many passages only as much of those as may hold one of the best. An empty collection is no error.
    """

    def __init__(self, parts: Sequence[Part], firsts: Numbers, *, k1: float = K1, b: float = B) -> None:
        """The documents of `parts`, of which that of number i has the passages from `firsts[i]` to `firsts[i + 1]`."""
        self._parts, self._firsts = parts, firsts
        self._look_up = lru_cache(_LOOKED_UP)(self._looked_up)
        super().__init__(parts, k1=k1, b=b)

    def _initialize(self, corpus: Sequence[Part]) -> dict[str, int]:
        """Take the counts over; how many passages a term has is looked up when it is asked for."""
        self._there = [None if bool((part.documents != GONE).all()) else part.is_there() for part in corpus]
        self.corpus_size = int(self._firsts[-1])
        total = sum(_total(part.postings.lengths, there) for part, there in zip(corpus, self._there, strict=True))
        self.avgdl = total / self.corpus_size if self.corpus_size else 0.0
        return {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """What the parent works out for every term is worked out here for those that are asked for."""
        self.idf = nd

    @cached_property
    def _normals(self) -> list[Array]:
        """For each passage of each part its length, as the formula has it; endless for one that is gone."""
        return [self._normal(part, there) for part, there in zip(self._parts, self._there, strict=True)]

    def _normal(self, part: Part, there: NDArray[np.bool_] | None) -> Array:
        normal = self.k1 * (1 - self.b + self.b * part.postings.lengths / (self.avgdl or 1.0))
        return normal if there is None else np.where(there, normal, np.inf)

    @cached_property
    def _numbers(self) -> list[Numbers]:
        """For each passage of each part its number in the whole; 0 for one that is gone."""
        return [self._number(i, np.arange(int(part.firsts[-1]))) for i, part in enumerate(self._parts)]

    def _number(self, number: int, rows: Array) -> Numbers:
        """The numbers in the whole of some rows of a part; 0 for one that is gone."""
        part = self._parts[number]
        places = np.searchsorted(part.firsts, rows, side="right") - 1
        documents = part.documents[places]
        return np.where(documents == GONE, 0, self._firsts[documents] + rows - part.firsts[places])

    @cached_property
    def _homes(self) -> tuple[Numbers, Numbers]:
        """For each document its part, and its place there."""
        homes = np.zeros((2, len(self._firsts) - 1), dtype=np.int64)
        for number, part in enumerate(self._parts):
            there = np.flatnonzero(part.documents != GONE)
            homes[0, part.documents[there]], homes[1, part.documents[there]] = number, there
        return homes[0], homes[1]

    def get_scores(self, query: Iterable[str]) -> Scores:
        """One score a passage, in order, as the parent's formula gives; `top` and `scores_at` are held to it."""
        total = np.zeros(self.corpus_size)
        for clause in [self._clause(term, 1.0) for term in query]:
            for number, there in enumerate(self._there):
                rows, added = self._rows(number).weigh(clause, number)
                if there is not None:
                    rows, added = rows[there[rows]], added[there[rows]]
                total[self._numbers[number][rows]] += added
        return total

    def scores_at(self, terms: Iterable[str], passages: Sequence[int] | Numbers) -> Scores:
        """The scores of some passages, as `get_scores` has them."""
        if len(passages) * _LOOK_UPS_A_SCORE > self.corpus_size:  # then it is cheaper to score them all
            every: Scores = self.get_scores(terms)[np.array(passages, dtype=np.int64)]
            return every
        found = np.zeros(len(passages))
        clauses = [self._clause(term, 1.0) for term in terms]
        for number, here, rows in self._located(passages):
            for clause in clauses:
                found[here] += self._rows(number).weigh_in(rows, clause, number)
        return found

    def holding(self, terms: Sequence[str], passages: Sequence[int] | Numbers) -> NDArray[np.bool_]:
        """For each of some passages, and each of `terms`, whether it has it."""
        found = np.zeros((len(passages), len(terms)), dtype=np.bool_)
        for number, here, rows in self._located(passages):
            for column, term in enumerate(terms):
                found[here, column] = self._rows(number).weigh_in(rows, self._clause(term, 1.0), number) > 0
        return found

    def _located(self, passages: Sequence[int] | Numbers) -> Iterator[tuple[int, Numbers, Array]]:
        """For each part its number, which of `passages` lie in it, and as which rows."""
        numbers = np.array(passages, dtype=np.int64)
        documents = np.searchsorted(self._firsts, numbers, side="right") - 1
        homes, places = (home[documents] for home in self._homes)
        for number, part in enumerate(self._parts):
            here = np.flatnonzero(homes == number)
            rows = part.firsts[places[here]] + numbers[here] - self._firsts[documents[here]]
            yield number, here, rows.astype(np.int32)

    def top(
        self, terms: Mapping[str, float], count: int, among: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """The passages that score most, and at all, with their scores, best first, equals in order."""
        clauses = [self._clause(term, weight) for term, weight in terms.items()]
        rows = [self._rows(number, among) for number in range(len(self._parts))]
        found = [
            (number, score)
            for part, (held, scores) in enumerate(best_rows(rows, clauses, count))
            for number, score in zip(self._number(part, held).tolist(), scores, strict=True)
        ]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:count]

    def _rows(self, number: int, among: NDArray[np.bool_] | None = None) -> Rows:
        part = self._parts[number]
        normal = self._normals[number] if among is None else self._normal(part, part.is_there(among))
        return Rows(part.postings.rows, part.postings.frequencies, normal, self.k1)

    def _clause(self, term: str, weight: float) -> Clause:
        return Clause(self.idf_of(term) * weight, self._look_up(term)[0])

    def _looked_up(self, term: str) -> tuple[Sequence[tuple[int, int]], int]:
        """Where the postings of a term lie in each part, and how many passages have it that are there."""
        number = number_of(term)
        spans = [part.postings.spans([number])[0] for part in self._parts]
        having = 0
        for (start, end), part, there in zip(spans, self._parts, self._there, strict=True):
            having += end - start if there is None else int(np.count_nonzero(there[part.postings.rows[start:end]]))
        return spans, having

    def sharing(self, terms: Iterable[str], most: int) -> int:
        """How many passages share any of `terms`; `most` where there are more."""
        looked_up = [self._look_up(term) for term in terms]
        if max((having for _, having in looked_up), default=0) >= most:
            return most
        found = 0
        for number, (part, there) in enumerate(zip(self._parts, self._there, strict=True)):
            rows = [part.postings.rows[slice(*spans[number])] for spans, _ in looked_up]
            held = np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *rows]))
            found += len(held) if there is None else int(np.count_nonzero(there[held]))
        return min(found, most)

    def count(self, term: str) -> int:
        """How many passages have `term`."""
        return self._look_up(term)[1]

    def idf_of(self, term: str) -> float:
        """How rare `term` is among the passages: Lucene's idf, never negative; highest where none has it."""
        having = self.count(term)
        return math.log(1 + (self.corpus_size - having + 0.5) / (having + 0.5))

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self.count(term) > 0


def _total(lengths: Array, there: NDArray[np.bool_] | None) -> int:
    return int(lengths.sum() if there is None else lengths[there].sum())
