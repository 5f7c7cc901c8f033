"""A library with canned answers, and made-up quotes to put into them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from retrieval import (
    Answer,
    AnswerKind,
    Block,
    BlockKind,
    Changes,
    Cover,
    Document,
    FolderError,
    Giver,
    How,
    Metadata,
    Origin,
    Person,
    Place,
    Problem,
    Quote,
    QuoteKind,
    Turn,
)

MINUTES = Document(
    "minutes.md",
    "It was a windy day.\n\n"
    "Ada Ferry, keeper of the lighthouse, said that\nthe lamp must burn all night. Nobody objected.\n\n"
    "The meeting closed at nine.\n",
    (
        Block(0, 19, BlockKind.PARAGRAPH),
        Block(21, 114, BlockKind.PARAGRAPH),
        Block(116, 143, BlockKind.PARAGRAPH),
    ),
    Metadata(
        title="Minutes of the Harbour Board",
        publisher="Harbour Board",
        date=dt.date(2021, 5, 3),
        url="https://harbour.example/m",
    ),
)
ORIGINS = (
    Origin("title", "Minutes of the Harbour Board", Giver.FRONT_MATTER),
    Origin("publisher", "Harbour Board", Giver.PATTERN, "*.md"),
    Origin("date", "2021-05-03", Giver.ENTRY),
    Origin("url", "https://harbour.example/m", Giver.FILE),
)
LETTER = Document("letter.txt", "The pier is closed.\n", (Block(0, 19, BlockKind.PARAGRAPH),), Metadata())

LAMP = Quote(
    text="Ada Ferry, keeper of the lighthouse, said that\nthe lamp must burn all night.",
    document="minutes.md",
    start=21,
    end=97,
    kind=QuoteKind.STATEMENT,
    passage_start=21,
    passage_end=114,
    speaker="Ada Ferry",
    role="keeper of the lighthouse",
    how=How.REPORTED,
    title="Minutes of the Harbour Board",
    publisher="Harbour Board",
    date=dt.date(2021, 5, 3),
    url="https://harbour.example/m",
    link="https://harbour.example/m#:~:text=Ada%20Ferry",
    section="Lamps",
    paragraph=4,
)
PIER = Quote(
    text="The pier is closed.",
    document="letter.txt",
    start=0,
    end=19,
    kind=QuoteKind.PASSAGE,
    passage_start=0,
    passage_end=19,
    paragraph=1,
)


def answered(*quotes: Quote, **changes: object) -> Answer:
    """An answer with these quotes."""
    answer = Answer("what burns", "what burns", AnswerKind.ANSWER, quotes=quotes, folder="v1", elapsed_ms=0.25)
    return dataclasses.replace(answer, **changes)


def refused(**changes: object) -> Answer:
    """An answer without a quote, of the kind "nothing" unless told otherwise."""
    return dataclasses.replace(Answer("who sings", "who sings", AnswerKind.NOTHING, folder="v1"), **changes)


class CannedLibrary:
    """Stands where retrieval.Library stands; `answer` makes each answer from the question and what came before.

    `rest` makes the next pages; `reading` is how a question is understood that leans on a conversation.
    """

    def __init__(self, answer: Callable[[str, tuple[Turn, ...]], Answer]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, tuple[Turn, ...], int]] = []
        self.reading: dict[str, str] = {}
        self.rest: Callable[[str, tuple[Place, ...]], Answer] = lambda *_: refused(exhausted=True)
        self.documents: tuple[Document, ...] = (LETTER, MINUTES)
        self.people: tuple[Person, ...] = (
            Person("Ada Ferry", role="keeper of the lighthouse", statements=2, documents=("minutes.md",)),
        )
        self.problems: tuple[Problem, ...] = ()
        self.pairs: tuple[tuple[Person, Person], ...] = ()
        self.passage_count = 2
        self.version = "v1"
        self.notice = ""

    def open(self, folder: Path, **_: object) -> Self:
        """Open any folder that is there."""
        if not folder.is_dir():
            raise FolderError("no such folder.", where=str(folder), remedy="Name one that exists.")
        return self

    def ask(self, question: str, conversation: tuple[Turn, ...] = (), *, limit: int = 3) -> Answer:
        """The canned answer, with the question in it."""
        self.asked.append((question, conversation, limit))
        answer = self.answer(question, conversation)
        understood = self.reading.get(question, question) if conversation else question
        return dataclasses.replace(answer, question=question, understood=understood)

    def more(self, question: str, past: tuple[Place, ...], *, limit: int = 3) -> Answer:
        """The canned next page, which there is not unless told otherwise."""
        assert limit > 0
        return dataclasses.replace(self.rest(question, past), question=question, understood=question)

    @property
    def speaker_count(self) -> int:
        """How many of the people say something."""
        return sum(person.statements > 0 for person in self.people)

    def speakers_in(self, path: str) -> tuple[Person, ...]:
        """Who says something in the document at that path."""
        return tuple(person for person in self.people if path in person.documents)

    def covers(self) -> Iterator[Cover]:
        """The documents without their texts."""
        return (Cover(document.path, document.metadata) for document in self.documents)

    def document(self, path: str) -> Document | None:
        """The document at that path."""
        return next((document for document in self.documents if document.path == path), None)

    def origins(self, path: str) -> tuple[Origin, ...]:
        """The canned origins."""
        return ORIGINS if path == MINUTES.path else ()

    def same_words(self, _path: str) -> tuple[str, ...]:
        """No words stand twice here."""
        return ()

    def alike(self) -> tuple[tuple[Person, Person], ...]:
        """The canned pairs."""
        return self.pairs

    def refresh(self, *, patience_seconds: float = 1) -> Changes:
        """Nothing ever changes here."""
        assert patience_seconds >= 0
        return Changes()
