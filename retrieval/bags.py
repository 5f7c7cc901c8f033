"""Which terms each passage of a document has, and how often: what ranking needs of a document, and small on disk."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_COUNTED = 0xFFFF
"""A term that a passage has more often counts as often as this."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The terms of a document's passages, counted.

    `vocabulary` has each term once; `numbers` (places in it) and `frequencies` go through the passages in order, each
    with its own terms once. `counts` says how many of those a passage has, `lengths` how many with repeats. The four
    are machine words of 4, 2, 4 and 4 bytes.
    """

    vocabulary: tuple[str, ...]
    numbers: bytes
    frequencies: bytes
    counts: bytes
    lengths: bytes

    def terms_of(self, passage: int) -> tuple[str, ...]:
        """The terms of one passage, each once."""
        counts = array("I", self.counts)
        start = sum(counts[:passage])
        numbers = array("I", self.numbers[start * 4 : (start + counts[passage]) * 4])
        return tuple(map(self.vocabulary.__getitem__, numbers))


def counted(passages: Iterable[Sequence[str]]) -> Bag:
    """The Bag of passages, each given as its terms in any order, repeated as often as they stand there."""
    vocabulary: dict[str, int] = {}
    numbers, frequencies, counts, lengths = array("I"), array("H"), array("I"), array("I")
    for terms in passages:
        found = Counter(terms)
        numbers.extend([vocabulary.setdefault(term, len(vocabulary)) for term in found])
        frequencies.extend([min(frequency, MOST_COUNTED) for frequency in found.values()])
        counts.append(len(found))
        lengths.append(len(terms))
    words = (part.tobytes() for part in (numbers, frequencies, counts, lengths))
    return Bag(tuple(map(sys.intern, vocabulary)), *words)
