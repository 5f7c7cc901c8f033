"""Typing errors in a question's words → the words of the folder that were meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from retrieval.index import Index
from retrieval.records import Resolution
from retrieval.vocabulary import is_everyday
from retrieval.words import Word, has_hangul, terms, without_particle, words

SHORTEST = 5
"""Letters; in a shorter word one letter more or less makes another word."""
LONG = 9
"""Letters from which a word may hold two errors."""
SHORTEST_KOREAN, LONG_KOREAN = 3, 5
"""The same in syllables."""
MOST_MENDED = 8
"""Words of a question that are looked at."""
LOOKED_AT = 15
"""Passages that share most of a Korean word, whose words may be the one meant."""
_SPELLINGS = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("ence", "ense"), ("ogue", "og"), ("lled", "led"),
    ("lling", "ling"), ("ller", "ler"), ("mme", "m"), ("ae", "e"), ("grey", "gray"), ("cheque", "check"),
    ("tyre", "tire"), ("plough", "plow"), ("lment", "llment"),
)  # fmt: skip
"""How British and American English spell one word."""
_PLAIN = re.compile(r"[a-z]+")


def mended(asked: Iterable[Word], index: Index) -> tuple[Resolution, ...]:
    """The words of `asked` that nothing in the folder holds and no dictionary knows, each with the folder's nearest.

    Names are left alone: a name that is nearly another's is another's.
    """
    unknown = [word for word in asked if not any(term in index.ranking for term in word.terms) or has_hangul(word.text)]
    found = ((word.text, _meant(word, index)) for word in unknown[:MOST_MENDED])
    return tuple(dict.fromkeys(Resolution(text, meant) for text, meant in found if meant))


def _meant(word: Word, index: Index) -> str | None:
    if has_hangul(word.text):
        return _meant_in_korean(without_particle(word.text), word.terms, index)
    if other := _spelt_elsewhere(word.text.lower(), index):
        return other
    if not _PLAIN.fullmatch(word.text) or len(word.text) < SHORTEST or is_everyday(word.text):
        return None
    errors = 2 if len(word.text) >= LONG else 1
    lengths = range(len(word.text) - errors, len(word.text) + errors + 1)
    near = [
        (distance, -index.ranking.idf_of(term), term)
        for length in lengths
        for term, distance, _ in process.extract(
            word.text, index.words_of_length(length), scorer=OSA.distance, score_cutoff=errors, limit=None
        )
        if (term[0] == word.text[0] or term[1:2] == word.text[:1]) and term in index.ranking
    ]
    if not near or _is_english(word.text):
        return None
    real = [one for one in near if _is_english(one[2])] or near
    return min(real, key=lambda one: (one[0], -one[1], one[2]))[2]


def _spelt_elsewhere(word: str, index: Index) -> str | None:
    """The British spelling of an American word, or the other way round, where the folder has that one: "colour"."""
    for one, other in _SPELLINGS:
        for here, there in ((one, other), (other, one)):
            for at in re.finditer(here, word):
                spelt = word[: at.start()] + there + word[at.end() :]
                if len(spelt) >= SHORTEST and any(term in index.ranking for term in terms(spelt)):
                    return spelt
    return None


def _meant_in_korean(word: str, terms: tuple[str, ...], index: Index) -> str | None:
    """Among the words of the passages that share most of its bigrams, the one that differs by a letter (jamo)."""
    if (
        len(word) < SHORTEST_KOREAN
        or is_everyday(word)
        or all(term in index.ranking for term in terms)
        or index.people.has_word(word)
    ):
        return None
    best = index.ranking.top(dict.fromkeys(terms, 1.0), LOOKED_AT)
    there = {without_particle(other.text) for number, _ in best for other in words(index.text_of(number))}
    letters = {unicodedata.normalize("NFD", one): one for one in there if has_hangul(one)}
    errors = 2 if len(word) >= LONG_KOREAN else 1
    near = process.extract(
        unicodedata.normalize("NFD", word), sorted(letters), scorer=OSA.distance, score_cutoff=errors, limit=None
    )
    found = min(((distance, letters[one]) for one, distance, _ in near), default=None)
    return found[1] if found and not index.people.has_word(found[1]) else None


@cache
def _dictionary() -> SpellChecker:
    """English as it is written (SpellChecker's list of 160,000 words); loaded with the first word that needs it."""
    return SpellChecker(distance=1)


def _is_english(word: str) -> bool:
    return word in _dictionary()
