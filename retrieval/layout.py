"""A passage's text → its sentences, and in which of them each term stands; kept for the passages last looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from retrieval.sentences import sentence_spans
from retrieval.words import folded, words

KEPT = 2_048
"""Passages whose layout is kept: some 20 kB each."""
_SENTENCE = 1 << 12


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of a text as spans of it, and the places of every term and every whole word, in order.

    A place is one number: words that follow each other in a sentence have places that do, and
    `sentence_of(place)` tells the sentence. Words of two sentences are never near each other.
    """

    sentences: tuple[tuple[int, int], ...]
    places: Mapping[str, tuple[int, ...]]


def sentence_of(place: int) -> int:
    """Which sentence of the layout, from 0, a place stands in."""
    return place // _SENTENCE


@lru_cache(maxsize=KEPT)
def layout(text: str) -> Layout:
    """Lay `text` out; about 0.1 ms for a paragraph, nothing where it was looked at lately."""
    spans = sentence_spans(text, 0, len(text))
    places: dict[str, list[int]] = {}
    for number, (start, end) in enumerate(spans):
        for place, word in enumerate(words(text[start:end]), number * _SENTENCE):
            for term in {folded(word.text), *word.terms}:
                places.setdefault(term, []).append(place)
    return Layout(spans, {term: tuple(found) for term, found in places.items()})
