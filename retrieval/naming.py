"""Whom a question names: people of the folder, by name or by office."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval import names
from retrieval.index import Index
from retrieval.names import Fit
from retrieval.people import Found
from retrieval.query import Query
from retrieval.records import Person, Resolution
from retrieval.words import words

DOMINANT = 0.8
"""Of several people one bare last name may mean, the one who says at least this share of their statements is meant."""
MOST_WORDS_FOR_NAMES = 100
"""Words of a question among which names are looked for."""
_LONGEST_NAME_WORDS = 5
_MOST_CHOICES = 8
_BETWEEN_NAMES = re.compile(r",? and |, |(?<=[가-힣])(?:와|과|하고|랑) ")
_LEADS_TO_NAME = re.compile(
    r"^(?:(?:what|who|which|how|the|both|either|is|are|was|were|exactly|does|did)\s+)+", re.IGNORECASE
)
_OPENS_WITH_NAME = re.compile(r"(?P<who>[가-힣]{2,4}?)(?:씨)?(?:은|는|이|가)?[?.! ]*$")
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
_KOREAN_SURNAME = re.compile(r"[가-힣](?: ?씨)?")
_MARKS = '?,.!"“”'
_PRONOUNS = frozenset("he she they him her them his their it".split())


def participants(question: str, index: Index) -> tuple[tuple[Person, ...], str]:
    """Whoever is named first and speaks in a transcript ("A and B": both): their turns answer, whatever is asked."""
    tokens = question.split()[:MOST_WORDS_FOR_NAMES]
    for start in range(len(tokens)):
        if not index.people.has_word(tokens[start].strip(_MARKS)):
            continue
        for length in range(min(2 * _LONGEST_NAME_WORDS, len(tokens) - start), 0, -1):
            run = names.without_possessive(" ".join(tokens[start : start + length]).strip(_MARKS))
            if several := each_named(run, index):
                found = several
            else:
                person = index.people.exactly(run) if len(run) > 2 and length <= _LONGEST_NAME_WORDS else None
                found = (person,) if person else ()
            if found and all(_takes_turns(person, index) for person in found):
                return found, run
    return (), ""


def people_named(stretch: str, index: Index) -> tuple[tuple[Found, ...], str]:
    """Whom a stretch of the question names: the whole of it, else the longest run of its words that is somebody's name.

    One word of several must be the very name, in capitals, at the end ("the mayor Lee"): many words are names.
    """
    stretch = _LEADS_TO_NAME.sub("", stretch.strip())
    tokens = stretch.split()
    if len(tokens) > 1 and _HANGUL_NAME.fullmatch(tokens[0]) and (found := _at_least(tokens[0], Fit.SOUND, index)):
        return found, tokens[0]  # 김철수 과장: what follows is a title
    for length in range(min(len(tokens), _LONGEST_NAME_WORDS), 0, -1):
        for start in range(len(tokens) - length + 1):
            bare = names.without_possessive(" ".join(tokens[start : start + length]).strip(_MARKS))
            if len(bare) < 2 or bare.lower() in _PRONOUNS:
                continue
            least = Fit.NONE if length == len(tokens) else Fit.SOUND if length > 1 else Fit.EXACT
            if length == 1 < len(tokens) and (bare[0].islower() or start + 1 < len(tokens)):
                continue
            if found := _at_least(bare, least, index):
                return found, bare
    return (), ""


def surnamed(stretch: str, index: Index) -> tuple[Person, ...]:
    """Everyone with that Korean surname: "곽 씨"."""
    if not _KOREAN_SURNAME.fullmatch(stretch):
        return ()
    return tuple(person for person in index.people.beginning(stretch[0]) if _HANGUL_NAME.fullmatch(person.name))


def hangul_opening(question: str, index: Index) -> tuple[tuple[Found, ...], str] | None:
    """A question that is a Hangul name and nothing else, or opens with one and a topic particle."""
    match = _OPENS_WITH_NAME.match(question)
    found = _at_least(match["who"], Fit.SOUND, index) if match else ()
    return (found, match["who"]) if match and found else None


def each_named(stretch: str, index: Index) -> tuple[Person, ...]:
    """ "Ann Lee and Bo Ek", "이영희와 김철수": both, where each part is somebody's very name; empty otherwise."""
    parts = [part.strip() for part in _BETWEEN_NAMES.split(stretch) if part.strip()]
    people = [index.people.exactly(re.sub(r"^the\s+", "", part, flags=re.IGNORECASE)) for part in parts]
    return tuple(person for person in people if person) if len(parts) > 1 and all(people) else ()


def with_people(query: Query, found: tuple[Found, ...], topic: str) -> Query:
    """Exact spelling wins; of several who fit alike, who says nearly everything, or speaks on the topic, is meant."""
    best = found[0].fit
    equal = [one for one in found if one.fit == best]
    others = tuple(one for one in found if one.fit != best)
    total = sum(one.person.statements for one in equal) or 1
    if len(equal) > 1 and equal[0].person.statements < DOMINANT * total:
        if any(word.is_content for word in words(topic)):  # what is said on it tells which of them is meant
            return replace(query, people=(equal[0].person,), also_fit=tuple(equal[1:]) + others)
        return replace(query, choices=tuple(one.person.name for one in equal[:_MOST_CHOICES]))
    person = equal[0].person
    read_as = query.read_as
    if best < Fit.LETTERS and names.fit(query.who, person.name) != Fit.EXACT:
        read_as = (*read_as, Resolution(query.who, person.name))
    return replace(query, people=(person,), also_fit=others, read_as=read_as)


def with_office(query: Query, office: tuple[Person, ...], topic: str) -> Query:
    """Whoever alone has that office; of several, whoever speaks on the topic, or the asker chooses."""
    if len(office) > 1 and any(word.is_content for word in words(topic)):
        others = tuple(Found(person, Fit.EXACT) for person in office[1:])
        return replace(query, people=office[:1], also_fit=others)
    if len(office) > 1:
        return replace(query, choices=tuple(person.name for person in office[:_MOST_CHOICES]))
    read_as = (*query.read_as, Resolution(query.who, office[0].name))
    return replace(query, people=office, read_as=read_as)


def _takes_turns(person: Person, index: Index) -> bool:
    runs = index.runs_of(person)
    return bool(runs) and runs[0].is_turn


def _at_least(name: str, least: Fit, index: Index) -> tuple[Found, ...]:
    return tuple(one for one in index.people.find(name) if one.fit >= least)
