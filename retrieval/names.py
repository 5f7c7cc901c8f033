"""One person, many spellings: Han Bo-ra, Bora Hahn, 한보라, Ms. Han."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from retrieval import romanisation, transcription
from retrieval.titles import GENERATIONS, HONORIFICS, KOREAN_TITLES, SUFFIXES

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_POSSESSIVE = re.compile(r"['’]s$")
_HYPHENS = re.compile(r"[-‐‑‒–]")
_NOT_LETTERS = re.compile(r"[^\w\s]|_")
_KOREAN_NAME = re.compile(r"[가-힣]+(?: [가-힣]+)*")
_PARENTHESIS = re.compile(r"\([^)]{0,200}\)")
LONGEST_NAME = 80
"""Characters of a name that are looked at; what is longer is no name."""


class Fit(IntEnum):
    """How well two spellings fit one person, best last."""

    NONE = 0
    TYPO = 1
    SINGLE = 2  # one of them is a last name (or a first one) alone
    SOUND = 3  # two romanisations, or Hangul and Latin
    PART = 4  # initials, or a middle name left out
    LETTERS = 5  # the same letters, whatever order, hyphens, capitals, accents, titles
    EXACT = 6


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: its words in lower case without accents (surname first where a comma says so), and suffix."""

    words: tuple[tuple[str, ...], ...]  # each word as its hyphenated pieces
    joined: tuple[str, ...]  # each word without its hyphens
    pieces: tuple[str, ...]
    generation: str
    surname_first: bool


def fit(one: str, other: str) -> Fit:
    """How well two spellings fit one person; symmetric. Linear in their lengths, which are bounded."""
    if len(one) > LONGEST_NAME or len(other) > LONGEST_NAME:
        return Fit.NONE
    if one == other:
        return Fit.EXACT if one.strip() else Fit.NONE
    a, b = _parse(one), _parse(other)
    if not a.words or not b.words or (a.generation and b.generation and a.generation != b.generation):
        return Fit.NONE
    if _rotations(a.joined) & _rotations(b.joined):
        return Fit.LETTERS
    shorter, longer = sorted((a, b), key=lambda name: len(name.pieces))
    if len(shorter.words) == 1 and len(shorter.words[0]) == 1:
        if _is_latin(shorter):
            return _single(shorter, longer)
    elif _is_part(shorter, longer) or longer.joined[-len(shorter.words) :] == shorter.joined:
        return Fit.PART
    heard = _heard(a), _heard(b)
    if all(heard):
        return Fit.SOUND if any(romanisation.agree(x, y) for x in heard[0] for y in heard[1]) else Fit.NONE
    return Fit.TYPO if _one_error_apart(a.joined, b.joined) else transcribed(one, other)


def transcribed(one: str, other: str) -> Fit:
    """How well a foreign name fits itself in Hangul, whole or its last name alone: "올센" and "Marta Olsen"."""
    if one.isascii() == other.isascii():
        return Fit.NONE
    a, b = key_words(one), key_words(other)
    if not a or not b:
        return Fit.NONE
    if transcription.agree(" ".join(a), " ".join(b)):
        return Fit.SOUND
    return Fit.SINGLE if transcription.agree(a[-1], b[-1], _FEWEST_IN_LAST_NAME) else Fit.NONE


def bare(name: str) -> str:
    """A name as written, without the titles before and after it; the name itself where nothing else would be left."""
    words = _PARENTHESIS.sub(" ", name).replace(",", " , ").split()
    while len(words) > 1 and (_title_key(words[0]) in HONORIFICS or words[0] == ","):
        words = words[1:]
    while len(words) > 1 and (words[-1] == "," or _title_key(words[-1]) in SUFFIXES):
        words = words[:-1]
    return " ".join(words).replace(" , ", ", ")


def without_possessive(name: str) -> str:
    """A name as written, without the 's that makes it somebody's."""
    return _POSSESSIVE.sub("", name)


def key_words(name: str) -> tuple[str, ...]:
    """The words by which a name is looked up: lower case, without accents, titles and hyphens."""
    return _parse(name).joined


@lru_cache(maxsize=1 << 14)
def surname(name: str) -> str:
    """The word a second mention of `name` would use, in lower case: the last, or the first of a Korean name."""
    parsed = _parse(name)
    if not parsed.words:
        return ""
    return parsed.joined[0] if parsed.surname_first or is_korean_order(name) else parsed.joined[-1]


def is_korean_order(name: str) -> bool:
    """Whether a Latin name is written surname first, as Korean names are: "Han Bo-ra", "Kim Min Su"."""
    parsed = _parse(name)
    if not 2 <= len(parsed.words) <= 3 or not _is_latin(parsed):
        return False
    first, rest = parsed.joined[0], parsed.joined[1:]
    if not romanisation.is_surname(first):
        return False
    hyphenated = any(len(word) == 2 for word in parsed.words[1:])
    return bool(romanisation.readings((first, *rest))) and (hyphenated or not romanisation.is_surname(rest[-1]))


@lru_cache(maxsize=1 << 14)
def _parse(name: str) -> _Name:
    text = unicodedata.normalize("NFKD", bare(unicodedata.normalize("NFC", name[:LONGEST_NAME]))).casefold()
    text = unicodedata.normalize("NFC", "".join(c for c in text if not unicodedata.combining(c))).translate(_LETTERS)
    head, comma, tail = text.partition(",")
    surname_first = bool(comma and tail.strip() and _title_key(tail.strip()) not in SUFFIXES)
    if surname_first and not romanisation.is_surname(head.strip()):
        text, surname_first = f"{tail} {head}", False  # "Smith, John" is John Smith
    words = [_pieces(word) for word in text.replace(".", " ").replace(",", " ").split()]
    words = [word for word in words if word]
    generation = next((w[0] for w in words[1:] if len(w) == 1 and w[0] in GENERATIONS), "")
    while len(words) > 1 and "".join(words[-1]) in SUFFIXES:
        words.pop()
    generation = generation or next((g for g in GENERATIONS if re.search(rf"\b{g}\b", name.casefold())), "")
    kept = _korean_bare(words)
    joined = tuple("".join(word) for word in kept)
    return _Name(kept, joined, tuple(piece for word in kept for piece in word), generation, surname_first)


def _pieces(word: str) -> tuple[str, ...]:
    return tuple(piece for part in _HYPHENS.split(word) if (piece := _NOT_LETTERS.sub("", part)))


def _korean_bare(words: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Hangul words as one, without the title that follows ("홍길동 의원", "남궁 민"); other words as they are."""
    flat = ["".join(word) for word in words]
    if not flat or not _KOREAN_NAME.fullmatch(" ".join(flat)):
        return tuple(words)
    while len(flat) > 1 and flat[-1].removesuffix("님") in {*KOREAN_TITLES, ""}:
        flat.pop()
    return (("".join(flat),),)


def _title_key(word: str) -> str:
    return word.casefold().strip(".,")


def _is_latin(name: _Name) -> bool:
    return all(not ("가" <= piece[0] <= "힣") for piece in name.pieces)


def _rotations(words: tuple[str, ...]) -> set[str]:
    return {"".join(words[i:] + words[:i]) for i in range(len(words))}


def _single(shorter: _Name, longer: _Name) -> Fit:
    word = shorter.joined[0]
    if len(word) < 2 or len(longer.words) < 2:
        return Fit.TYPO if _one_error_apart(shorter.joined, longer.joined) else Fit.NONE
    return Fit.SINGLE if word in {longer.joined[0], longer.joined[-1]} else Fit.NONE


def _is_part(shorter: _Name, longer: _Name) -> bool:
    """Initials and missing middle names: the surname equal, the rest in order, each word equal or an initial of it."""
    return any(
        one[-1] == other[-1]
        and len(one[-1]) > 1
        and _same_or_initial(one[0], other[0])
        and _in_order(one[:-1], other[:-1])
        for one in _orders(shorter)
        for other in _orders(longer)
    )


def _orders(name: _Name) -> tuple[tuple[str, ...], ...]:
    """The pieces with the surname last, for each way the name may be meant."""
    pieces = name.pieces
    turned = (*pieces[1:], pieces[0])
    return (turned,) if name.surname_first else (pieces, turned) if romanisation.is_surname(pieces[0]) else (pieces,)


def _same_or_initial(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _in_order(some: tuple[str, ...], every: tuple[str, ...]) -> bool:
    rest = iter(every)
    return all(any(_same_or_initial(word, candidate) for candidate in rest) for word in some)


@lru_cache(maxsize=4_096)
def _heard(name: _Name) -> tuple[romanisation.Reading, ...]:
    """Every Korean reading, the surname first or last."""
    words = name.joined
    found = romanisation.readings(words)
    if len(words) > 1 and not name.surname_first and _is_latin(name):
        found += romanisation.readings((words[-1], *words[:-1]))
    return found


def _one_error_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One letter wrong, missing, added or swapped, in words of at least seven letters; the other words are equal.

    Where others are, two letters may be swapped in a shorter word too: nobody is called "Tobais".
    """
    if len(one) != len(other):
        return False
    unequal = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
    others = len(unequal) < len(one)
    return len(unequal) > 0 and all(
        (min(len(x), len(y)) >= _LONG or (others and _is_swapped(x, y))) and OSA.distance(x, y, score_cutoff=1) == 1
        for x, y in unequal
    )


def _is_swapped(one: str, other: str) -> bool:
    return len(one) > 3 and sorted(one) == sorted(other)


_LONG = 7
_FEWEST_IN_LAST_NAME = 4
"""Consonants; with three of them, many a Korean word is somebody's."""
