"""BM25 over terms: which passages share words with a question; the only room that knows rank_bm25."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

K1 = 0.5
"""Term saturation: 80.5 % of SQuAD first at 0.5 against 78.6 % at rank_bm25's 1.5."""
B = 0.75
"""Length normalisation, the field's usual value."""

Scores = NDArray[np.float64]


class Ranking(Protocol):
    """What the index asks of whatever ranks its passages."""

    def scores(self, terms: Iterable[str]) -> Scores:
        """One score a passage, in order; 0 where it shares none of `terms`."""

    def idf_of(self, term: str) -> float:
        """How rare `term` is among the passages; highest where none has it."""

    def __contains__(self, term: object) -> bool:
        """Whether any passage has `term`."""


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 carries no types
    """BM25Okapi with Lucene's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), and its frequencies kept by term.

    Scores equal those of the parent's formula to the bit; a question costs its terms' postings, not all passages.
    An empty collection is no error.
    """

    corpus_size: int
    avgdl: float
    doc_len: list[int]
    idf: dict[str, float]

    def __init__(self, passages: Sequence[Sequence[str]], *, k1: float = K1, b: float = B) -> None:
        self.postings: dict[str, tuple[NDArray[np.int32], NDArray[np.float64]]] = {}
        if passages:
            super().__init__(passages, k1=k1, b=b)
            lengths = np.array(self.doc_len, dtype=np.float64)
            self._normal = self.k1 * (1 - self.b + self.b * lengths / (self.avgdl or 1.0))
        else:
            self.corpus_size, self.idf, self._normal = 0, {}, np.zeros(0)

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        """Count the terms of every passage; keeps (passages, frequencies) for each term, returns its passage counts."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        for number, passage in enumerate(corpus):
            self.doc_len.append(len(passage))
            for term, frequency in Counter(passage).items():
                if (entry := found.get(term)) is None:
                    entry = found[term] = ([], [])
                entry[0].append(number)
                entry[1].append(frequency)
        self.corpus_size = len(corpus)
        self.avgdl = sum(self.doc_len) / self.corpus_size
        self.postings = {
            term: (np.array(numbers, dtype=np.int32), np.array(frequencies, dtype=np.float64))
            for term, (numbers, frequencies) in found.items()
        }
        return {term: len(numbers) for term, (numbers, _) in found.items()}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Lucene's idf: never negative, and not zero for a term that half the passages have."""
        self.idf = {term: _idf(self.corpus_size, count) for term, count in nd.items()}

    def get_scores(self, query: Iterable[str]) -> Scores:
        """One score a passage, in order, as the parent's formula gives."""
        total = np.zeros(self.corpus_size)
        for term in query:
            if term in self.postings:
                numbers, frequency = self.postings[term]
                weight = frequency * (self.k1 + 1) / (frequency + self._normal[numbers])
                total[numbers] += self.idf[term] * weight
        return total

    scores = get_scores

    def idf_of(self, term: str) -> float:
        """How rare `term` is among the passages; highest where none has it."""
        return self.idf.get(term) or _idf(self.corpus_size, 0)

    def __contains__(self, term: object) -> bool:
        return term in self.postings


def _idf(passages: int, having: int) -> float:
    return math.log(1 + (passages - having + 0.5) / (having + 0.5))
