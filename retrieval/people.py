"""The people of a folder: whom a name in a question may mean, and what each of them said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from retrieval import names
from retrieval.bags import number_of
from retrieval.columns import Array
from retrieval.directory import circle, sounds
from retrieval.names import Fit
from retrieval.offices import holds, mark_of
from retrieval.records import Person, PersonEntry, Statement
from retrieval.voices import Voices

MOST_FITTED = 1_000
"""Names that share a word or sound with one asked for and are held against it, those who say most first."""
_PEOPLE_KEPT = 4_096
MOST_TRANSCRIBED = 2_000
"""People, who say most first, whose names in the other script a name that fits nobody is held against: three ms."""
MOST_COMPARED = 20_000
"""Names that a look for near ones compares: about five milliseconds."""
NEAR_ENOUGH = 70
"""Of a hundred; "Han Bo-ram" has 95 with "Han Bo-ra", "Kim Min-su" 53 with "Kim Bo-ra"."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a name may mean, and how well the spellings fit."""

    person: Person
    fit: Fit


class People:
    """Everyone who says something in the folder or whom the owner names.

    Spellings of one name that differ in order, case and hyphens are one person's, and so are those that an entry joins.
    A look-up costs the names that share a word or sound.
    """

    def __init__(self, voices: Sequence[Voices] = (), entries: Iterable[PersonEntry] = ()) -> None:
        self._voices = voices
        self._entries: dict[str, PersonEntry] = {}
        for entry in entries:
            self._entries[entry.name] = _together(self._entries.get(entry.name, entry), entry)
        self._entry_of: dict[str, str] = {}  # a name's circle → whose entry has it
        for entry in self._entries.values():
            for spelling in (entry.name, *entry.also):
                self._entry_of.setdefault(circle(spelling), entry.name)
        self._circles: dict[str, list[str]] = {name: [] for name in self._entries}
        for key, name in self._entry_of.items():
            self._circles[name].append(key)
        self._of_key = lru_cache(_PEOPLE_KEPT)(self._made)

    def _key(self, name: str) -> str:
        """What all the spellings of a person's name share."""
        key = circle(name)
        return self._entry_of.get(key, key)

    def _person(self, name: str) -> Person | None:
        return self._of_key(self._key(name))

    def _names_of(self, key: str) -> Iterator[tuple[Voices, int]]:
        for each in self._circles.get(key, [key]):
            for voices in self._voices:
                yield from ((voices, name) for name in voices.named(each, "circle"))

    def _made(self, key: str) -> Person | None:
        entry = self._entries.get(key)
        spellings: Counter[str] = Counter((entry.name, *entry.also) if entry else ())
        roles: Counter[str] = Counter()
        documents: set[str] = set()
        said = 0
        for voices, name in self._names_of(key):
            statements = voices.said_by(name)
            spellings[voices.volume.directory.spelt(name)] += len(statements)
            roles.update(voices.volume.role_counts(statements))
            owners = np.searchsorted(voices.volume.statement_firsts, statements, side="right") - 1
            documents.update(map(voices.volume.path, np.unique(owners).tolist()))
            said += len(statements)
        if not spellings:
            return None
        also = sorted(spellings, key=lambda one: (_is_shouted(one), -spellings[one], one))
        shown = entry.name if entry else also[0]
        role = entry.role if entry else None
        if role is None and roles:
            role = max(roles, key=lambda one: (roles[one], len(one), one))
        return Person(shown, tuple(one for one in also if one != shown), role, said, tuple(sorted(documents)))

    @cached_property
    def _ranked(self) -> tuple[Array, Array]:
        """Of each circle that says something its key and the number of one of its names; who says most first."""
        circles = np.concatenate([np.zeros(0, np.uint64), *(v.volume.directory.circles for v in self._voices)])
        counts = np.concatenate([np.zeros(0, np.int64), *(v.counts for v in self._voices)])
        heard = np.flatnonzero(counts)
        _, firsts, inverse = np.unique(circles[heard], return_index=True, return_inverse=True)
        totals = np.bincount(inverse, weights=counts[heard]).astype(np.int64)
        order = np.argsort(-totals, kind="stable")
        return circles[heard[firsts[order]]], heard[firsts[order]]

    def _spelt(self, number: int) -> str:
        """One of all voices' names."""
        for voices in self._voices:
            if number < len(voices.counts):
                return voices.volume.directory.spelt(number)
            number -= len(voices.counts)
        raise IndexError(number)

    def most(self, count: int | None) -> tuple[Person, ...]:
        """So many of those who say most (of several who say as much, always the same), and whom the owner names."""
        keys = (self._key(self._spelt(number)) for number in self._ranked[1][:count].tolist())
        return self._having([*keys, *self._entries])

    @cached_property
    def all(self) -> tuple[Person, ...]:
        """Everyone, who says most first."""
        return self.most(None)

    @cached_property
    def _first(self) -> tuple[Person, ...]:
        return self.most(MOST_TRANSCRIBED)

    def __len__(self) -> int:
        """How many people say something."""
        heard = self._ranked[0]
        joined = ([np.uint64(number_of(key)) for key in keys] for keys in self._circles.values())
        return len(heard) - sum(max(0, int(np.isin(keys, heard).sum()) - 1) for keys in joined)

    def called(self, spellings: Iterable[str]) -> tuple[Person, ...]:
        """Those who are called so; who says most first."""
        return self._having(map(self._key, spellings))

    def _having(self, keys: Iterable[str]) -> tuple[Person, ...]:
        """The people of some keys; who says most first."""
        found = map(self._of_key, dict.fromkeys(keys))
        return tuple(sorted((person for person in found if person), key=_says_most))

    @cached_property
    def _entry_spellings(self) -> tuple[str, ...]:
        return tuple(spelling for entry in self._entries.values() for spelling in (entry.name, *entry.also))

    @cached_property
    def _entry_words(self) -> frozenset[str]:
        return frozenset(word for spelling in self._entry_spellings for word in names.key_words(spelling))

    def has_word(self, word: str) -> bool:
        """Whether somebody's name has this word in it."""
        keys = names.key_words(names.without_possessive(word))
        spoken = any(voices.named(key, "word") for key in keys for voices in self._voices)
        return spoken or not self._entry_words.isdisjoint(keys)

    def exactly(self, asked: str) -> Person | None:
        """The person of that very name, whatever its order, case, hyphens and titles."""
        return self._person(asked)

    def find(self, asked: str) -> tuple[Found, ...]:
        """Everyone whom `asked` may mean, best fit first, among equals who says most first; exact spelling leads."""
        found: dict[str, Found] = {}
        if (exact := self._person(asked)) is not None:
            found[self._key(asked)] = Found(exact, Fit.EXACT)
        best: dict[str, Fit] = {}
        for spelling in self._candidates(asked):
            if fit := names.fit(asked, spelling):
                key = self._key(spelling)
                best[key] = max(best.get(key, fit), fit)
        for key, fit in best.items():
            if key not in found and (person := self._of_key(key)) is not None:
                found[key] = Found(person, fit)
        for person in () if found else self._first:
            if fit := max(names.transcribed(asked, s) for s in (person.name, *person.also)):
                found[person.name] = Found(person, fit)
        return tuple(sorted(found.values(), key=lambda one: (-one.fit, *_says_most(one.person))))

    def _candidates(self, asked: str) -> list[str]:
        """The spellings that share a word or a sound with a name, of those who say most first."""
        keys = [(key, "word") for key in names.key_words(asked)] + [(key, "sound") for key in sounds(asked)]
        found: Counter[str] = Counter()
        for voices in self._voices:
            for name in {name for key, by in keys for name in voices.named(key, by)}:
                found[voices.volume.directory.spelt(name)] += int(voices.counts[name])
        most = sorted(found, key=lambda spelling: (-found[spelling], spelling))[:MOST_FITTED]
        return [*self._entry_spellings, *most]

    def in_office(self, asked: str, document: str = "") -> tuple[Person, ...]:
        """Whoever speaks in that office ("the mayor", "시장", "오 원장"); where some do in `document`, only they."""
        mark = mark_of(asked)
        keys = [name for name, entry in self._entries.items() if entry.role]
        for voices in self._voices if mark else ():
            roles = [number for number, role in enumerate(voices.roles) if mark in role]
            keys += map(self._key, map(voices.volume.directory.spelt, voices.volume.names_with_roles(roles)))
        found = [person for person in self._having(keys) if holds(person, asked)]
        return tuple(person for person in found if document in person.documents) or tuple(found)

    def beginning(self, letter: str) -> tuple[Person, ...]:
        """Everyone whose name begins with `letter`, who says most first."""
        spelt = (
            voices.volume.directory.spelt(name)
            for voices in self._voices
            for name in voices.volume.directory.beginning(letter)
            if voices.counts[name]
        )
        people = self._having([*map(self._key, spelt), *self._entries])
        return tuple(person for person in people if person.name.startswith(letter))

    @cached_property
    def _compared(self) -> dict[str, str]:
        """Of those who say most the spelling each has most often, in small letters, by itself."""
        circles = self._ranked[0][:MOST_COMPARED]
        said: dict[int, dict[str, int]] = {key: {} for key in circles.tolist()}
        for voices in self._voices:
            held, counts = voices.volume.directory.circles, voices.counts
            heard = np.flatnonzero(np.isin(held, circles) & (counts > 0))
            for name, key, count in zip(heard.tolist(), held[heard].tolist(), counts[heard].tolist(), strict=True):
                spelling = voices.volume.directory.spelt(name)
                said[key][spelling] = said[key].get(spelling, 0) + count
        spelt = (min(each, key=lambda one: (-each[one], one)) for each in said.values())
        return {name: name.casefold() for name in (*self._entries, *spelt)}

    def near(self, asked: str) -> tuple[str, ...]:
        """Up to five names that look like `asked`, the likest first, for a name that nobody has."""
        found = process.extract(asked.casefold(), self._compared, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=5)
        people = (self._person(name) for _, _, name in found)
        return tuple(dict.fromkeys(person.name for person in people if person))

    def statements_of(self, person: Person) -> tuple[Statement, ...]:
        """What `person` says, in order of documents."""
        found = [
            statement
            for voices, name in self._names_of(self._key(person.name))
            for statement in voices.volume.statements(voices.said_by(name))
        ]
        return tuple(sorted(found, key=lambda one: (one.document, one.sentence_start, one.start)))


def _together(one: PersonEntry, other: PersonEntry) -> PersonEntry:
    """Two entries of the same name as one."""
    return PersonEntry(one.name, tuple(dict.fromkeys((*one.also, *other.also))), one.role or other.role)


def _is_shouted(spelling: str) -> bool:
    """Whether a name stands in capitals, as in transcripts: it is written so only where nobody writes it otherwise."""
    return spelling.isupper() and len(spelling) > 3


def _says_most(person: Person) -> tuple[int, str]:
    return -person.statements, person.name
