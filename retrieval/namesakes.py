"""Pairs of people who may be one person or two, by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, islice, permutations, product

from retrieval import names
from retrieval.directory import readings
from retrieval.names import Fit
from retrieval.records import Person

MOST_PAIRS = 50_000
"""Pairs of people that are compared: about a second where a folder has thousands of like names."""
MOST_NAMESAKES = 3
"""A bare last name is paired with so many of those who bear it, who say most first."""
_MOST_KEYS = 64
_ALIKE = frozenset({Fit.SOUND, Fit.PART, Fit.TYPO})


def alike(people: Sequence[Person], apart: Collection[str] = ()) -> tuple[tuple[Person, Person], ...]:
    """Pairs that may be one person or two, who say most first; two whose names are both in `apart` are two.

    Compared are the names that share a word and an initial or sound alike, at most MOST_PAIRS of them, and bare last
    names with the names that they end. `people` are in order, who says most first.
    """
    pairs = dict.fromkeys(tuple(sorted(pair)) for pair in islice(_pairs(people), MOST_PAIRS))
    found = [
        (people[one], people[other])
        for one, other in pairs
        if not (people[one].name in apart and people[other].name in apart) and _may_be_one(people[one], people[other])
    ]
    found.sort(key=lambda pair: (-pair[0].statements - pair[1].statements, pair[0].name, pair[1].name))
    return tuple(found)


def _pairs(people: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: bare names first, then those of the rarest keys."""
    by_word: dict[str, dict[int, None]] = defaultdict(dict)
    by_likeness: dict[object, dict[int, None]] = defaultdict(dict)
    spelt = [(number, spelling) for number, person in enumerate(people) for spelling in (person.name, *person.also)]
    for number, spelling in spelt:
        for word in names.key_words(spelling):
            by_word[word][number] = None
        for key in _likeness(spelling):
            by_likeness[key][number] = None
    for number, spelling in spelt:
        words = names.key_words(spelling)
        if len(words) == 1:
            bearers = (other for other in by_word[words[0]] if other != number)
            yield from ((number, other) for other in islice(bearers, MOST_NAMESAKES))
    for bucket in sorted(by_likeness.values(), key=len):
        yield from combinations(bucket, 2)


def _may_be_one(one: Person, other: Person) -> bool:
    pairs = list(product((one.name, *one.also), (other.name, *other.also)))
    best = max(names.fit(a, b) for a, b in pairs)
    return best in _ALIKE or (best is Fit.SINGLE and any(_is_last_name(a, b) for a, b in pairs))


def _is_last_name(one: str, other: str) -> bool:
    """Whether one of them is the other's last name alone."""
    return names.key_words(one) == (names.surname(other),) or names.key_words(other) == (names.surname(one),)


def _likeness(name: str) -> tuple[object, ...]:
    """Keys of which two spellings of one name share one: a word with another's initial, or the sounds' initials."""
    words = names.key_words(name)
    initials = {(word, other[0]) for word, other in permutations(words, 2)}
    heard = readings(words)
    sounds = {key for reading in heard for key in islice(product(*(syllable[0] for syllable in reading)), _MOST_KEYS)}
    return (*sorted(initials), *sorted(sounds))
