"""The best rows for a question without scoring all that share a word with it: MaxScore over numpy postings.

Terms are taken by what they can add at most, the most first. Once those that are left cannot lift a row that has none
of the terms before into the best (Turtle and Flood, Query evaluation: strategies and optimizations, 1995), only the
rows found so far are looked up in their postings, and of them only those that can still be among the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import local

import numpy as np

from retrieval.columns import Array

_ROUNDING = 1e-9
"""Sums of the same numbers in another order differ by less than this share."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One term of a question: what it weighs, and where its postings lie in each part."""

    weight: float
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A part's postings, and for each row its length as BM25 takes it, endless for one that does not count."""

    rows: Array
    frequencies: Array
    normals: Array
    k1: float

    def weigh(self, clause: Clause, part: int) -> tuple[Array, Array]:
        """The rows that have the term, and what it adds to each."""
        start, end = clause.spans[part]
        rows = self.rows[start:end]
        return rows, self._weighed(clause.weight, rows, self.frequencies[start:end])

    def weigh_in(self, found: Array, clause: Clause, part: int) -> Array:
        """What the term adds to each of the rows `found`; 0 to one that has it not."""
        start, end = clause.spans[part]
        added = np.zeros(len(found))
        if start == end:
            return added
        places = self.rows[start : end - 1].searchsorted(found)  # so that none lies behind the last
        (held,) = (self.rows[start:end][places] == found).nonzero()
        added[held] = self._weighed(clause.weight, found[held], self.frequencies[start:end][places[held]])
        return added

    def _weighed(self, weight: float, rows: Array, frequencies: Array) -> Array:
        found: Array = weight * (frequencies * (self.k1 + 1) / (frequencies + self.normals[rows]))
        return found


class _Sums(local):
    """A thread's own place to add up scores; all of it is 0 between two questions."""

    def __init__(self) -> None:
        self.held = np.zeros(0)

    def of(self, size: int) -> Array:
        if len(self.held) < size:
            self.held = np.zeros(size)
        return self.held


_sums = _Sums()


def best_rows(parts: Sequence[Rows], clauses: Sequence[Clause], count: int) -> list[tuple[Array, list[float]]]:
    """For each part the rows that are among the `count` that score most in all parts, and their scores, above 0.

    Rows that score as much as the last of them are there too, so that whoever asks may choose among equals.
    """
    floor, found = 0.0, []
    for number, part in enumerate(parts):
        rows = np.sort(_candidates(part, number, clauses, count, floor))
        scores = np.zeros(len(rows))
        for clause in clauses:
            scores += part.weigh_in(rows, clause, number)
        found.append((rows, scores))
        floor = _kth(np.concatenate([scores for _, scores in found]), count)
    kept = [(scores >= floor) & (scores > 0) for _, scores in found]
    return [(rows[keep], scores[keep].tolist()) for (rows, scores), keep in zip(found, kept, strict=True)]


def _candidates(part: Rows, number: int, clauses: Sequence[Clause], count: int, floor: float) -> Array:
    """The rows of a part that may be among the best, `floor` being what these score at least."""
    held = [clause for clause in clauses if clause.spans[number][0] < clause.spans[number][1]]
    held.sort(key=lambda clause: -clause.weight)
    rows, scores, left, floor = _gathered(part, number, held, count, floor)
    for place, clause in enumerate(left):
        floor = max(floor, _kth(scores, count))
        may = scores + _most(left[place:], part) >= floor
        rows, scores = rows[may], scores[may]
        scores = scores + part.weigh_in(rows, clause, number)
    return rows[scores >= max(floor, _kth(scores, count))]


def _gathered(
    part: Rows, number: int, clauses: Sequence[Clause], count: int, floor: float
) -> tuple[Array, Array, Sequence[Clause], float]:
    """All rows that have one of the first clauses, and what those add to them; the clauses left; the floor by now.

    A row that has none of these is none of the best, whatever the clauses left add to it.
    """
    sums = _sums.of(len(part.normals))
    fresh: list[Array] = []
    try:
        for place, clause in enumerate(clauses):
            left = clauses[place:]
            if fresh and _most(left, part) < floor:
                break
            rows, added = part.weigh(clause, number)
            before = sums[rows]
            fresh.append(rows[before == 0] if place else rows)
            after = before + added
            sums[rows] = after
            floor = max(floor, _kth(after, count))
        else:
            left = clauses[len(clauses) :]
        found = np.concatenate([np.zeros(0, dtype=np.int32), *fresh])
        return found, sums[found], left, floor
    finally:
        for each in fresh:
            sums[each] = 0


def _most(clauses: Sequence[Clause], part: Rows) -> float:
    """More than several terms can add to a row."""
    return sum(clause.weight for clause in clauses) * (part.k1 + 1) * (1 + _ROUNDING)


def _kth(scores: Array, count: int) -> float:
    """A little less than the least of the `count` highest scores; 0 where there are fewer."""
    if len(scores) < count:
        return 0.0
    return float(np.partition(scores, len(scores) - count)[len(scores) - count]) * (1 - _ROUNDING)
