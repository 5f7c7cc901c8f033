"""What a person can choose among, each with the question that the choice asks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.citation import fold_space
from bot.wording import Wording
from retrieval import Answer, Person
from retrieval.particles import refitted

PEOPLE_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands on the button, and what is asked when it is pressed."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of the people, who say most first; pages count from 1, and an empty list has none."""

    choices: tuple[Choice, ...]
    people: int
    page: int
    pages: int


def choices_of(answer: Answer, wording: Wording) -> tuple[Choice, ...]:
    """The question again for each person whom its name may mean, with that person's name in its place."""
    if answer.quotes or answer.closest:
        return ()
    return tuple(Choice(fold_space(name), _asked_of(name, answer, wording)) for name in answer.choices)


def number_mark(number: int) -> str:
    """The number of a quote among several, as the quote and its buttons show it: ❶, and past the tenth (11)."""
    return chr(0x2775 + number) if number <= 10 else f"({number})"


def people_page(people: Iterable[Person], page: int, wording: Wording, per_page: int = PEOPLE_A_PAGE) -> PeoplePage:
    """The page of those who say something, each with what they said; the nearest page that there is."""
    speaking = [person for person in people if person.statements]
    pages = -(-len(speaking) // per_page)
    page = max(1, min(page, pages))
    shown = speaking[(page - 1) * per_page : page * per_page]
    choices = (
        Choice(f"{fold_space(person.name)} · {person.statements}", wording.say("example_said", name=person.name))
        for person in shown
    )
    return PeoplePage(tuple(choices), len(speaking), page, pages)


def _asked_of(name: str, answer: Answer, wording: Wording) -> str:
    """The question with `name` for the name asked; where that is not to be found, what the person said."""
    asked = rf"(?<!\w){re.escape(answer.who)}(?![A-Za-z])"  # a Korean particle may follow
    found = re.search(asked, answer.understood, re.IGNORECASE) if answer.who else None
    if found is None:
        return wording.say("example_said", name=name)
    return answer.understood[: found.start()] + name + refitted(name, answer.understood[found.end() :])
