"""Which documents a few words name: by title, publisher, section, author and file name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.bags import number_of
from retrieval.postings import GONE, Numbers, Postings


class Headings:
    """Finds documents by their headings; costs the postings of the words asked for."""

    def __init__(self, parts: Sequence[tuple[Postings, Numbers]], documents: int) -> None:
        """The headings of so many documents: postings of some of them, and the number of each of those, or GONE."""
        self._parts, self._documents = parts, documents

    def shares(self, words: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """For each document the share of `words`, each given by its terms, that stand in its heading."""
        found = np.zeros(self._documents)
        for word in words:
            held = np.zeros(self._documents, dtype=np.bool_)
            for postings, numbers in self._parts:
                for start, end in postings.spans(list(map(number_of, word))):
                    documents = numbers[postings.rows[start:end]]
                    held[documents[documents != GONE]] = True
            found += held
        return found / len(words) if words else found
