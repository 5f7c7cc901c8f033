"""Our ranking as the benchmark asks it: the one place to change when the ranking does."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from retrieval.bags import Bag, counted
from retrieval.postings import Postings
from retrieval.ranking import LuceneBM25
from tests.benchmarks.corpora import MadeDocument

_FILE = "bags.pickle"


class Ours:
    """Terms of documents on disk, postings in memory; a change makes the next snapshot."""

    can_change = True

    def __init__(self) -> None:
        self._bags: list[Bag] = []
        self._postings = Postings()
        self._ranking = LuceneBM25(self._postings)

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        """Write into `directory` what `open` needs."""
        self._take([counted(document.passages) for document in documents])
        with (directory / _FILE).open("wb") as file:
            pickle.dump(self._bags, file)

    def open(self, directory: Path) -> None:
        """Get ready for questions."""
        self._take(pickle.loads((directory / _FILE).read_bytes()))  # noqa: S301 (written by this very run)

    def top(self, terms: Sequence[str], count: int) -> list[tuple[int, float]]:
        """The best passages with their scores, best first, the earlier one first where they tie."""
        scores = self._ranking.scores(terms)
        if count < len(scores):
            least = np.partition(scores, len(scores) - count)[len(scores) - count]
            found = np.flatnonzero(scores >= max(least, np.finfo(np.float64).tiny))
        else:
            found = np.flatnonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")][:count]
        return list(zip(best.tolist(), scores[best].tolist(), strict=True))

    def change(self, _: MadeDocument, after: MadeDocument) -> None:
        """Put `after` in the place of the document of its number."""
        bags = list(self._bags)
        bags[after.number] = counted(after.passages)
        self._take(bags)

    def _take(self, bags: list[Bag]) -> None:
        self._bags = bags
        self._postings = self._postings.with_bags(tuple(bags))
        self._ranking = LuceneBM25(self._postings)
