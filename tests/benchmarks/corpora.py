"""Made-up corpora of any size, the same for the same seed, with the laws of real text: a stream, never held whole.

- Terms follow Zipf and Mandelbrot: the term of rank r has a share of C / (r + 0.5) up to the knee at rank 9,000, and
  beyond it of C × 9,000 / r², as two-regime fits of large corpora have it (Ferrer i Cancho and Solé, 2001). The most
  frequent term is one in eighteen. The ranks are drawn by the inverse of the distribution, in closed form.
- The tail's square makes the vocabulary grow with the root of the text (Heaps): n tokens have about 42 √n terms;
  Reuters RCV1 has 44 n^0.49 (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, 5.1.1).
- A passage has 50 terms in the mean, log-normally distributed, as a paragraph of news has; a document has ten passages
  in the mean.
- Documents have topics: half of the content words of a document (those beyond the commonest 150) are from thirty
  words of its own, some of them far more often than others, so that words come in bursts and the passages of one
  document share rare words. Fifteen of the thirty are words of its topic, which other documents have too; topics
  follow Zipf's law as well, and the rarer a topic, the rarer its words may be: the law of the whole stays as it is.

Blocks of 400 documents are made independently of each other, so that a smaller corpus is the beginning of a larger
one, and the queries, drawn from its first passages, are the same at every size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SEED = 8
KNEE, SHIFT, LAST_RANK = 9_000, 0.5, 2**31 - 2
MEAN_LENGTH, LENGTH_SIGMA, SHORTEST, LONGEST = 50.0, 0.55, 4, 400
BLOCK_DOCUMENTS, MEAN_PASSAGES = 400, 10
OWN_WORDS, OWN_SHARE = 30, 0.5
TOPICS, TOPIC_WORDS, TOPIC_SHARE, TOPIC_RANKS = 100_000, 30, 0.5, 300
QUERIES = 200
_FROM_FIRST, _FROM_PASSAGE = 300, 0.8
_QUERY_STREAM, _TOPIC_STREAM = 2**31, 2**32

# fmt: off
_BY_RANK = (
    "the of and to in a that is for on was with as it by at be from his are an this had he have but not which were or "
    "their has been its they will who would one more also about her all there when she him out up we into so than if "
    "no can what other some could only first new two after time most over last such our between because these you any "
    "then may now under them where through years before should well those while made both many much being year still "
    "must since three very did even against until during without another less per each however does us next here just "
    "my used how back within around too several though since became again same own yet above among ever near upon off "
    "whose along away across once behind nor below every toward often always never almost"
).split()
# fmt: on
COMMON = tuple(dict.fromkeys(_BY_RANK))[:150]
"""The commonest terms, by rank; they are real, so that text made of them has function words."""
_SYLLABLES = tuple(c + v for c in "b d f g h j k l m n p r s t v w z ch sh th".split() for v in "aiou")

Terms = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document: its number, the number of its first passage, and the terms of each of its passages."""

    number: int
    first: int
    passages: tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """So many whole documents as numbers: passages a document, terms a passage, and the terms themselves."""

    documents: NDArray[np.int64]
    lengths: NDArray[np.int64]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Corpus:
    """The first `size` passages of the endless text of a seed."""

    size: int
    seed: int = SEED

    def documents(self) -> Iterator[MadeDocument]:
        """The documents in order, made as they are asked for; the last may be cut short."""
        first, number = 0, 0
        while first < self.size:
            for document in _worded(block(number, self.seed), number * BLOCK_DOCUMENTS, first):
                if document.first >= self.size:
                    return
                yield MadeDocument(document.number, document.first, document.passages[: self.size - document.first])
            first = document.first + len(document.passages)
            number += 1

    def blocks(self) -> Iterator[Block]:
        """The blocks that the documents are made of, the last of them whole."""
        first, number = 0, 0
        while first < self.size:
            made = block(number, self.seed)
            yield made
            first, number = first + len(made.lengths), number + 1

    def spread(self, count: int) -> list[MadeDocument]:
        """So many whole documents from all over the corpus."""
        firsts = [0]
        while firsts[-1] < self.size:
            firsts.append(firsts[-1] + int(_passage_counts(_chance(self.seed, len(firsts) - 1)).sum()))
        whole = max(1, len(firsts) - 2)
        found = []
        for place in range(count):
            number = place * whole // count
            documents = list(_worded(block(number, self.seed), number * BLOCK_DOCUMENTS, firsts[number]))
            inside = [made for made in documents if made.first + len(made.passages) <= self.size]
            found.append(inside[(place * 7 + 3) % len(inside)])
        return found

    def queries(self, count: int = QUERIES) -> list[tuple[str, ...]]:
        """So many queries of 3 to 8 different terms, up to a third of them common words.

        The others are content words of one of the first passages, rare ones rather than frequent ones, as people
        ask; but one in five is from anywhere.
        """
        chance = _chance(self.seed, _QUERY_STREAM)
        made = block(0, self.seed)
        ends = np.cumsum(made.lengths)
        found = []
        for _ in range(count):
            passage = int(chance.integers(min(_FROM_FIRST, self.size)))
            terms = made.terms[ends[passage] - made.lengths[passage] : ends[passage]]
            found.append(_query(chance, np.unique(terms[terms >= len(COMMON)])))
        return found


def block(number: int, seed: int = SEED) -> Block:
    """The block of that number, whatever the size of the corpus."""
    chance = _chance(seed, number)
    documents = _passage_counts(chance)
    mean = np.log(MEAN_LENGTH) - LENGTH_SIGMA**2 / 2
    drawn = chance.lognormal(mean, LENGTH_SIGMA, int(documents.sum()))
    lengths = np.clip(np.rint(drawn), SHORTEST, LONGEST).astype(np.int64)
    terms = _drawn(chance, int(lengths.sum()))
    own = _own_words(chance, seed)
    owners = np.repeat(np.repeat(np.arange(BLOCK_DOCUMENTS), documents), lengths)
    is_own = (terms >= len(COMMON)) & (chance.random(len(terms)) < OWN_SHARE)
    place = (chance.random(len(terms)) ** 2 * OWN_WORDS).astype(np.int64)
    return Block(documents, lengths, np.where(is_own, own[owners, place], terms))


def word(number: int) -> str:
    """The term of that number: numbers are ranks from 0; the rarer, the more syllables."""
    if number < len(COMMON):
        return COMMON[number]
    number -= len(COMMON)
    count, syllables = len(_SYLLABLES) ** 2, 2
    while number >= count:
        number -= count
        count, syllables = count * len(_SYLLABLES), syllables + 1
    parts = []
    for _ in range(syllables):
        number, place = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[place])
    return "".join(parts)


def _chance(seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, number])


def _passage_counts(chance: np.random.Generator) -> NDArray[np.int64]:
    """How many passages each document of a block has; always the first that is drawn of a block."""
    return 1 + chance.poisson(MEAN_PASSAGES - 1, BLOCK_DOCUMENTS)


def _own_words(chance: np.random.Generator, seed: int) -> Terms:
    """For each document of a block its own words, of which those of its topic come first or last by chance."""
    own = _drawn(chance, BLOCK_DOCUMENTS * OWN_WORDS, is_content=True).reshape(BLOCK_DOCUMENTS, OWN_WORDS)
    topics = (TOPICS ** chance.random(BLOCK_DOCUMENTS)).astype(np.int64)
    words = np.array([_topic_words(topic, seed) for topic in topics.tolist()])
    words = chance.permuted(words, axis=1)[:, : int(OWN_WORDS * TOPIC_SHARE)]
    return chance.permuted(np.hstack([words, own[:, words.shape[1] :]]), axis=1)


def _topic_words(topic: int, seed: int) -> Terms:
    """The words of the topic of that rank: from the first ranks of content words on, as far as it is rare."""
    chance = _chance(seed, _TOPIC_STREAM + topic)
    return _drawn(chance, TOPIC_WORDS, is_content=True, most=len(COMMON) + TOPIC_RANKS * topic)


def _drawn(chance: np.random.Generator, count: int, *, is_content: bool = False, most: int = LAST_RANK) -> Terms:
    """So many terms by the law, up to the rank `most`; content words are those beyond the common ones."""
    head = _weight(KNEE)
    weights = chance.uniform(_weight(1 + len(COMMON)) if is_content else 0.0, _weight(most), count)
    beyond = 1 - np.maximum(weights - head, 0.0)
    ranks = np.where(weights < head, (1 + SHIFT) * np.exp(np.minimum(weights, head)), (KNEE + SHIFT) / beyond) - SHIFT
    return ranks.astype(np.int32) - np.int32(1)


def _weight(rank: int) -> float:
    """What all ranks below `rank` weigh together, in units of C."""
    head = math.log((min(rank, KNEE) + SHIFT) / (1 + SHIFT))
    return head + max(0.0, 1 - (KNEE + SHIFT) / (rank + SHIFT))


def _query(chance: np.random.Generator, content: Terms) -> tuple[str, ...]:
    length = int(chance.integers(3, 9))
    common = [term for term in _drawn(chance, 8 * length).tolist() if term < len(COMMON)]
    numbers = list(dict.fromkeys(common))[: int(chance.integers(length // 3 + 1))]
    near = sorted(content.tolist(), reverse=True)  # the rarest first
    for anywhere in _drawn(chance, length - len(numbers), is_content=True).tolist():
        place = int(len(near) * chance.random() ** 2)
        numbers.append(near.pop(place) if near and chance.random() < _FROM_PASSAGE else anywhere)
    return tuple(word(number) for number in chance.permutation(list(dict.fromkeys(numbers))).tolist())


def _worded(made: Block, number: int, first: int) -> Iterator[MadeDocument]:
    """The documents of a block as words, the first of them with these numbers."""
    different, places = np.unique(made.terms, return_inverse=True)
    words = np.array([word(term) for term in different.tolist()], dtype=object)[places]
    ends = np.concatenate([[0], np.cumsum(made.lengths)]).tolist()
    passages = [words[start:end].tolist() for start, end in pairwise(ends)]
    start = 0
    for count in made.documents.tolist():
        yield MadeDocument(number, first + start, tuple(passages[start : start + count]))
        start, number = start + count, number + 1
