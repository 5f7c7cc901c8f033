"""Which terms each passage of a document has, and how often: what ranking needs of a document, and small on disk."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_COUNTED = 0xFFFF
"""A term that a passage has more often counts as often as this."""
LONGEST_WORD = 30
"""Letters of a word that may be what a misspelt one was meant to be."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The terms of a document's passages, counted.

    `terms` has the number of each term once, `words` those of its terms that are words of a few letters a to z;
    `places` (in `terms`) and `frequencies` go through the passages in order, each with its own terms once. `counts`
    says how many of those a passage has, `lengths` how many with repeats. All but `words` are machine words, of 8, 4,
    2, 4 and 4 bytes.
    """

    terms: bytes
    words: tuple[str, ...]
    places: bytes
    frequencies: bytes
    counts: bytes
    lengths: bytes


def number_of(term: str | bytes) -> int:
    """The number that stands for a term wherever it is met: 64 bits of its BLAKE2b.

    Among ten million terms two share theirs in one folder of 400,000; they would count as one word. Half a character
    pair, which no file holds but a message may, has a number too.
    """
    content = term.encode(errors="surrogatepass") if isinstance(term, str) else term
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")


def counted(passages: Iterable[Sequence[str]]) -> Bag:
    """The Bag of passages, each given as its terms in any order, repeated as often as they stand there."""
    vocabulary: dict[str, int] = {}
    places, frequencies, counts, lengths = array("I"), array("H"), array("I"), array("I")
    for terms in passages:
        found = Counter(terms)
        places.extend([vocabulary.setdefault(term, len(vocabulary)) for term in found])
        frequencies.extend([min(frequency, MOST_COUNTED) for frequency in found.values()])
        counts.append(len(found))
        lengths.append(len(terms))
    terms_ = array("Q", map(number_of, vocabulary))
    words = tuple(term for term in vocabulary if len(term) <= LONGEST_WORD and term.isascii() and term.isalpha())
    return Bag(terms_.tobytes(), words, *(part.tobytes() for part in (places, frequencies, counts, lengths)))
