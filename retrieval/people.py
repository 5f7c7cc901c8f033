"""The people of a folder: whom a name in a question may mean, and what each of them said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, permutations, product

from rapidfuzz import fuzz, process

from retrieval import names, romanisation
from retrieval.names import Fit
from retrieval.offices import holds
from retrieval.records import Person, PersonEntry, Statement

FEWEST_LETTERS_FOUND = 2
MOST_TRANSCRIBED = 2_000
"""People, who say most first, whose names in the other script a name that fits nobody is held against: three ms."""
MOST_COMPARED = 20_000
"""Names that a look for near ones compares: about five milliseconds."""
NEAR_ENOUGH = 70
"""Of a hundred; "Han Bo-ram" has 95 with "Han Bo-ra", "Kim Min-su" 53 with "Kim Bo-ra"."""

MOST_PAIRS = 50_000
"""Pairs of people that a look for namesakes compares: about a second where a folder has thousands of like names."""
MOST_NAMESAKES = 3
"""A bare last name is paired with so many of those who bear it, who say most first."""
_MOST_KEYS = 64
_ALIKE = frozenset({Fit.SOUND, Fit.PART, Fit.TYPO})


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a name may mean, and how well the spellings fit."""

    person: Person
    fit: Fit


class People:
    """Everyone who says something in the folder or whom the owner names.

    A look-up costs the names that share a word or sound.
    """

    def __init__(self, statements: Iterable[Statement] = (), entries: Iterable[PersonEntry] = ()) -> None:
        self._by_letters: dict[str, str] = {}  # any rotation of the letters of a spelling → the person's name
        self._statements: dict[str, list[Statement]] = defaultdict(list)
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._roles: dict[str, Counter[str]] = defaultdict(Counter)
        self._entries: dict[str, PersonEntry] = {}
        for entry in entries:
            self._entries[entry.name] = entry
            for spelling in (entry.name, *entry.also):
                self._spellings[entry.name][spelling] += 1
                for key in _keys(spelling):
                    self._by_letters.setdefault(key, entry.name)
        for statement in statements:
            self._take(statement)
        self._persons = {name: self._person(name) for name in self._spellings}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[tuple[int, str], list[str]] = defaultdict(list)
        for name, spellings in self._spellings.items():
            for spelling in spellings:
                self._look_up_by(name, spelling)

    def _take(self, statement: Statement) -> None:
        keys = _keys(statement.speaker)
        name = self._spelt(statement.speaker) or statement.speaker
        for key in keys:
            self._by_letters.setdefault(key, name)
        self._statements[name].append(statement)
        self._spellings[name][statement.speaker] += 1
        if statement.role:
            self._roles[name][statement.role] += 1

    def _person(self, name: str) -> Person:
        spellings = [spelling for spelling, _ in self._spellings[name].most_common()]
        spellings.sort(key=_is_shouted)
        entry = self._entries.get(name)
        shown = name if entry else spellings[0]
        said = self._statements.get(name, [])
        role = entry.role if entry and entry.role else None
        if role is None and self._roles[name]:
            role = max(self._roles[name].items(), key=lambda item: (item[1], len(item[0])))[0]
        documents = tuple(sorted({statement.document for statement in said}))
        return Person(shown, tuple(s for s in spellings if s != shown), role, len(said), documents)

    def _look_up_by(self, name: str, spelling: str) -> None:
        for word in names.key_words(spelling):
            if name not in self._by_word[word][-1:]:
                self._by_word[word].append(name)
        for key in _sounds(spelling):
            if name not in self._by_sound[key][-1:]:
                self._by_sound[key].append(name)

    @property
    def all(self) -> tuple[Person, ...]:
        """Everyone, who says most first."""
        return tuple(sorted(self._persons.values(), key=_says_most))

    def has_word(self, word: str) -> bool:
        """Whether somebody's name has this word in it."""
        return any(key in self._by_word for key in names.key_words(names.without_possessive(word)))

    def exactly(self, asked: str) -> Person | None:
        """The person of that very name, whatever its order, case, hyphens and titles."""
        name = self._spelt(asked)
        return self._persons[name] if name is not None else None

    def _spelt(self, asked: str) -> str | None:
        return next((self._by_letters[key] for key in _keys(asked) if key in self._by_letters), None)

    def find(self, asked: str) -> tuple[Found, ...]:
        """Everyone whom `asked` may mean, best fit first, among equals who says most first; exact spelling leads."""
        found: dict[str, Fit] = {}
        if (exact := self._spelt(asked)) is not None:
            found[exact] = Fit.EXACT
        for name in self._candidates(asked):
            if name not in found and (best := max(names.fit(asked, s) for s in self._spellings[name])):
                found[name] = best
        for person in () if found else self.all[:MOST_TRANSCRIBED]:
            if best := max(names.transcribed(asked, s) for s in (person.name, *person.also)):
                found[self._spelt(person.name) or person.name] = best
        ranked = sorted(found.items(), key=lambda item: (-item[1], -self._persons[item[0]].statements, item[0]))
        return tuple(Found(self._persons[name], best) for name, best in ranked)

    def in_office(self, asked: str, document: str = "") -> tuple[Person, ...]:
        """Whoever speaks in that office ("the mayor", "시장", "오 원장"); where some do in `document`, only they."""
        found = [person for person in self.all if holds(person, asked)]
        return tuple(person for person in found if document in person.documents) or tuple(found)

    def near(self, asked: str) -> tuple[str, ...]:
        """Up to five names that look like `asked`, the likest first, for a name that nobody has."""
        known = {person.name: person.name.casefold() for person in self.all[:MOST_COMPARED]}
        found = process.extract(asked.casefold(), known, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=5)
        return tuple(name for _, _, name in found)

    def alike(self) -> tuple[tuple[Person, Person], ...]:
        """Pairs that may be one person or two, who say most first; people whom the owner names apart are two.

        Compared are the names that share a word and an initial or sound alike, at most MOST_PAIRS of them, and bare
        last names with the names that they end.
        """
        seen: set[tuple[str, str]] = set()
        found: list[tuple[Person, Person]] = []
        for pair in islice(self._namesakes(), MOST_PAIRS):
            if self._may_be_one(*pair, seen):
                one, other = sorted((self._persons[name] for name in pair), key=_says_most)
                found.append((one, other))
        found.sort(key=lambda pair: (-pair[0].statements - pair[1].statements, pair[0].name, pair[1].name))
        return tuple(found)

    def _namesakes(self) -> Iterable[tuple[str, str]]:
        """Pairs worth comparing: bare names first, then those of the rarest keys."""
        alike: dict[object, dict[str, None]] = defaultdict(dict)
        ranked = sorted(self._persons, key=lambda name: _says_most(self._persons[name]))
        for name in ranked:
            for spelling in self._spellings[name]:
                words = names.key_words(spelling)
                if len(words) == 1:
                    bearers = (other for other in self._by_word.get(words[0], ()) if other != name)
                    most = sorted(bearers, key=lambda other: _says_most(self._persons[other]))[:MOST_NAMESAKES]
                    yield from ((name, other) for other in most)
                for key in _likeness(spelling):
                    alike[key][name] = None
        for bucket in sorted(alike.values(), key=len):
            yield from combinations(bucket, 2)

    def _may_be_one(self, one: str, other: str, seen: set[tuple[str, str]]) -> bool:
        pair = (min(one, other), max(one, other))
        if pair in seen or (one in self._entries and other in self._entries):
            return False
        seen.add(pair)
        best = max(names.fit(a, b) for a, b in product(self._spellings[one], self._spellings[other]))
        return best in _ALIKE or (best is Fit.SINGLE and self._is_last_name(one, other))

    def _is_last_name(self, one: str, other: str) -> bool:
        """Whether one of them is called by the other's last name alone."""
        return any(
            names.key_words(a) == (names.surname(b),) or names.key_words(b) == (names.surname(a),)
            for a, b in product(self._spellings[one], self._spellings[other])
        )

    def _candidates(self, asked: str) -> Iterable[str]:
        found: dict[str, None] = {}
        for word in names.key_words(asked):
            found.update(dict.fromkeys(self._by_word.get(word, ())))
        for key in _sounds(asked):
            found.update(dict.fromkeys(self._by_sound.get(key, ())))
        return found

    def statements_of(self, person: Person) -> tuple[Statement, ...]:
        """What `person` says, in order of documents."""
        name = next((n for n in (person.name, *person.also) if n in self._statements), None)
        if name is None:
            name = next((n for n, p in self._persons.items() if p is person), person.name)
        return tuple(self._statements.get(name, ()))


@lru_cache(maxsize=1 << 16)
def _keys(name: str) -> tuple[str, ...]:
    words = names.key_words(name)
    if sum(map(len, words)) < FEWEST_LETTERS_FOUND:
        return (name,) if name else ()
    return tuple(dict.fromkeys("".join(words[i:] + words[:i]) for i in range(len(words))))


def _sounds(name: str) -> tuple[tuple[int, str], ...]:
    """For a name that can be read as Korean: how many syllables, and each initial that the first may have."""
    heard = _readings(names.key_words(name))
    return tuple({(len(reading), initial) for reading in heard for initial in reading[0][0]})


def _readings(words: tuple[str, ...]) -> tuple[romanisation.Reading, ...]:
    """Every way to hear a name as Korean, its surname first or last."""
    turned = romanisation.readings((words[-1], *words[:-1])) if len(words) > 1 else ()
    return romanisation.readings(words) + turned


def _likeness(name: str) -> tuple[object, ...]:
    """Keys of which two spellings of one name share one: a word with another's initial, or the sounds' initials."""
    words = names.key_words(name)
    initials = {(word, other[0]) for word, other in permutations(words, 2)}
    heard = _readings(words)
    sounds = {key for reading in heard for key in islice(product(*(syllable[0] for syllable in reading)), _MOST_KEYS)}
    return (*sorted(initials), *sorted(sounds))


def _is_shouted(spelling: str) -> bool:
    """Whether a name stands in capitals, as in transcripts: it is written so only where nobody writes it otherwise."""
    return spelling.isupper() and len(spelling) > 3


def _says_most(person: Person) -> tuple[int, str]:
    return -person.statements, person.name
