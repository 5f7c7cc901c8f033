"""A document's card: only what is known, and whoever speaks in it."""

from __future__ import annotations

import dataclasses

from canned import LETTER, MINUTES

from bot.cards import MOST_SPEAKERS, card_of
from bot.citation import Citation
from bot.wording import wording_in
from retrieval import Block, BlockKind, Metadata, Person

EN, KO = wording_in("en"), wording_in("ko")
PEOPLE = [
    Person("Ada Ferry", statements=2, documents=("minutes.md", "letter.txt")),
    Person("Bo Ek", statements=1, documents=("minutes.md",)),
    Person("Silent Owner", documents=("minutes.md",)),
]


def test_a_card_tells_what_is_known() -> None:
    about = dataclasses.replace(MINUTES.metadata, author="Bo  Ek")
    pages = tuple(Block(n, n + 1, BlockKind.PARAGRAPH, page=n + 1) for n in range(3))
    document = dataclasses.replace(MINUTES, metadata=about, blocks=pages, path="board/minutes.pdf")
    people = [dataclasses.replace(PEOPLE[0], documents=("board/minutes.pdf",))]
    assert card_of(document, people, EN, "https://harbour.example/m#:~:text=lamp") == Citation(
        "Minutes of the Harbour Board",
        "https://harbour.example/m#:~:text=lamp",
        (
            "Author: Bo Ek",
            "Publisher: Harbour Board",
            "Date: 3 May 2021",
            "File: minutes.pdf",
            "Pages: 3 · Paragraphs: 3",
            "Speaking in it: Ada Ferry",
        ),
    )


def test_a_card_says_nothing_of_what_nobody_knows() -> None:
    assert card_of(LETTER, PEOPLE[1:], EN) == Citation("letter.txt", None, ("File: letter.txt", "Paragraphs: 1"))


def test_a_card_in_korean() -> None:
    assert card_of(MINUTES, PEOPLE, KO).details == (
        "펴낸 곳: Harbour Board",
        "날짜: 2021년 5월 3일",
        "파일: minutes.md",
        "문단 수: 3개",
        "발언한 사람: Ada Ferry, Bo Ek",
    )


def test_many_speakers_are_counted() -> None:
    people = [Person(f"P{number}", statements=1, documents=("letter.txt",)) for number in range(MOST_SPEAKERS + 3)]
    assert card_of(LETTER, people, EN).details[-1] == "Speaking in it: P0, P1, P2, P3, P4, P5, … +3"


def test_an_address_that_leads_nowhere_gives_way_to_the_documents_own() -> None:
    document = dataclasses.replace(LETTER, metadata=Metadata(url="https://x.example/l"))
    assert card_of(document, (), EN, "javascript:alert(1)").address == "https://x.example/l"
