"""What a passage shares with a question: the signs by which passages are ranked, quoted and trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from math import inf
from typing import NamedTuple

from retrieval.layout import Layout, sentence_of
from retrieval.query import Asked, Query, Signs
from retrieval.vocabulary import is_everyday
from retrieval.words import forms, is_bigrammed

EVERYDAY = 0.5
"""What an everyday word weighs against another equally rare."""
NAME = 2.0
"""What a name or a number weighs; 87.2 and 94.3 % first with both, 86.5 and 94.1 % without (half of the articles)."""
MOST_RIVALS = 10_000
"""Passages that share a word with the question: more were not fitted on, so they count as these."""
MOST_PAIRS = 200
"""Neighbouring words of a question that are looked for."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question made ready to be held against passages: its words by importance, and which follow each other."""

    words: tuple[Asked, ...]
    weights: tuple[float, ...]
    names: tuple[float, ...]  # the weights of names and numbers, 0 for the other words
    pairs: tuple[tuple[str, str], ...]


class Rank(NamedTuple):
    """What a passage's BM25 score amounts to, as in Signs."""

    ideal: float
    relative: float
    rivals: int


@lru_cache(maxsize=64)
def asking(query: Query) -> Asking:
    """Make the question ready: everyday words count for less, names and numbers for more than their rarity says."""
    named = tuple(_is_name(word.text, query.understood) for word in query.words)
    weighed = tuple(
        replace(word, weight=word.weight * (NAME if name else EVERYDAY if is_everyday(word.text) else 1.0))
        for word, name in zip(query.words, named, strict=True)
    )
    weights = tuple(word.weight for word in weighed)
    names = tuple(weight * name for weight, name in zip(weights, named, strict=True))
    following = pairwise(form[0] for form in islice(forms(query.understood), MOST_PAIRS + 1))
    return Asking(weighed, weights, names, tuple(dict.fromkeys(following)))


def signs(question: Asking, passage: Layout, title: frozenset[str], bm25: Rank) -> Signs:
    """Hold one passage, under its title, against the question; `bm25` is what its score amounts to."""
    weights = question.weights
    total = sum(weights) or 1.0
    in_title = [word.share_in(title) for word in question.words]
    in_passage = [max(t, word.share_in(passage.places)) for word, t in zip(question.words, in_title, strict=True)]
    sentences = [0.0] * (len(passage.sentences) or 1)
    places = [_places(word, passage) for word in question.words]
    for word, stands, held in zip(question.words, places, in_title, strict=True):
        if held < 1:
            for sentence, share in _shares(word, passage, stands).items():
                sentences[sentence] += word.weight * max(0.0, share - held)
    base = _dot(weights, in_title)
    named = sum(question.names)
    return Signs(
        sentence=(base + max(sentences)) / total,
        whole=_dot(weights, in_passage) / total,
        title=base / total,
        names=_dot(question.names, in_passage) / named if named else 1.0,
        near=_nearness(weights, places),
        phrases=sum(_follows(pair, passage) for pair in question.pairs) / max(1, len(question.pairs)),
        ideal=bm25.ideal,
        relative=bm25.relative,
        rivals=bm25.rivals,
    )


def by_sentence(question: Asking, passage: Layout) -> list[list[float]]:
    """For each sentence of the passage, how much of each of the question's words it has."""
    rows = [[0.0] * len(question.words) for _ in passage.sentences]
    for column, word in enumerate(question.words):
        for sentence, share in _shares(word, passage, _places(word, passage)).items():
            rows[sentence][column] = share
    return rows


def _is_name(word: str, question: str) -> bool:
    """Whether a word of the question is a number, or has a capital that does not just begin the sentence."""
    return word[0].isdigit() or (word[0].isupper() and not question.startswith(word))


def _places(word: Asked, passage: Layout) -> Sequence[int]:
    """Where the word stands in the passage, in order: any of its terms, or at least half of its bigrams."""
    if not is_bigrammed(word.text):
        found = [passage.places[term] for term in word.terms if term in passage.places]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})
    parts = set(word.terms)
    counts = Counter(place for term in parts for place in set(passage.places.get(term, ())))
    return sorted(place for place, count in counts.items() if 2 * count >= len(parts))


def _shares(word: Asked, passage: Layout, places: Sequence[int]) -> dict[int, float]:
    """How much of the word each sentence has that has any of it; `places` are the word's."""
    if not is_bigrammed(word.text):
        return dict.fromkeys(map(sentence_of, places), 1.0)
    found = Counter(sentence for term in word.terms for sentence in set(map(sentence_of, passage.places.get(term, ()))))
    return {sentence: count / len(word.terms) for sentence, count in found.items()}


def _nearness(weights: tuple[float, ...], places: list[Sequence[int]]) -> float:
    """One over the distance between the question's neighbouring words where they stand nearest, by weight."""
    pairs = list(pairwise(zip(weights, places, strict=True)))
    total = sum(one + other for (one, _), (other, _) in pairs)
    near = sum((one + other) / _distance(here, there) for (one, here), (other, there) in pairs if here and there)
    return near / total if total else 0.0


def _distance(here: Sequence[int], there: Sequence[int]) -> float:
    """The fewest steps between two words that are not one; endless where they share all their places."""
    least = inf
    i = j = 0
    while i < len(here) and j < len(there):
        step = there[j] - here[i]
        if step:
            least = min(least, abs(step))
        if step > 0:
            i += 1
        else:
            j += 1
    return least


def _follows(pair: tuple[str, str], passage: Layout) -> bool:
    here, there = passage.places.get(pair[0]), passage.places.get(pair[1])
    return here is not None and there is not None and any(place + 1 in there for place in here)


def _dot(weights: Iterable[float], shares: Iterable[float]) -> float:
    return sum(weight * share for weight, share in zip(weights, shares, strict=True))
