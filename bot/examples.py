"""Questions to try, made from what the folder holds; each of them has been asked and is answered."""

from __future__ import annotations

from collections.abc import Iterator

from bot.wording import Wording
from retrieval import Library

MOST_TRIED = 12
"""How many questions are asked at most to find examples among them."""


def find_examples(library: Library, wording: Wording, most: int = 3) -> tuple[str, ...]:
    """At most `most` questions that the library answers, on as many people and documents as there are."""
    found: list[str] = []
    for number, question in enumerate(_candidates(library, wording)):
        if len(found) == most or number == MOST_TRIED:
            break
        if library.ask(question, limit=1).answered:
            found.append(question)
    return tuple(found)


def _candidates(library: Library, wording: Wording) -> Iterator[str]:
    """What the most quoted people said, who they are, and the titles of documents, in turns."""
    people = sorted(library.people, key=lambda person: -person.statements)
    titles = [document.metadata.title for document in library.documents if document.metadata.title]
    for number in range(max(len(people), len(titles))):
        if number < len(people):
            key = "example_who" if number % 2 else "example_said"
            yield wording.say(key, name=people[number].name)
        if number < len(titles):
            yield wording.say("example_about", title=titles[number])
