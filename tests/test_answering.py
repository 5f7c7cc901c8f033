"""Turning the page: the next answers to the same question, each once, as many as were announced."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from retrieval import Answer, AnswerKind, Library, Place, Turn

SAYINGS = [f"Ann Lee said that boat number {number} needs paint." for number in range(8)]
OTHER = "The museum keeps old anchors. The museum of anchors opens at nine. A bakery stands beside it.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for number, saying in enumerate(SAYINGS):
        (tmp_path / f"{number}.txt").write_text(f"{saying}\n\nThe weather was fine on day {number}.\n", "utf-8")
    (tmp_path / "museum.txt").write_text(OTHER, "utf-8")
    return Library.open(tmp_path)


def _places(answers: list[Answer]) -> tuple[Place, ...]:
    return tuple(place for answer in answers for place in answer.as_turn().shown)


def _pages(library: Library, question: str, limit: int = 3, conversation: tuple[Turn, ...] = ()) -> list[Answer]:
    pages = [library.ask(question, conversation, limit=limit)]
    while pages[-1].more:
        pages.append(library.more(pages[0].understood, _places(pages), limit=limit))
    return pages


@pytest.mark.parametrize("limit", [1, 3, 5, 20])
def test_every_statement_comes_once_and_the_count_is_kept(library: Library, limit: int) -> None:
    pages = _pages(library, "what did Ann Lee say", limit)
    quoted = [quote.text for page in pages for quote in page.quotes]
    assert sorted(quoted) == SAYINGS
    left = [len(SAYINGS) - sum(len(page.quotes) for page in pages[: n + 1]) for n in range(len(pages))]
    assert [page.more for page in pages] == left
    assert all(page.answered for page in pages)


def test_after_the_last_page_there_is_no_more(library: Library) -> None:
    places = _places(_pages(library, "what did Ann Lee say"))
    answer = library.more("what did Ann Lee say", places)
    assert (answer.kind, answer.exhausted, answer.quotes, answer.more) == (AnswerKind.NOTHING, True, (), 0)
    assert answer.people == ("Ann Lee",)


def test_only_what_answers_by_itself_is_worth_a_page(library: Library) -> None:
    (page,) = _pages(library, "When does the museum of anchors open?", limit=1)
    assert "opens at nine" in page.quotes[0].text


def test_a_follow_up_goes_on_where_its_answer_ended(library: Library) -> None:
    first = library.ask("what did Ann Lee say", limit=2)
    pages = _pages(library, "what did she say about paint", 2, (first.as_turn(),))
    assert pages[0].understood == "what did Ann Lee say about paint"
    assert [resolution.meant for resolution in pages[0].read_as] == ["Ann Lee"]
    assert pages[1].read_as == ()
    assert len({quote.document for page in pages for quote in page.quotes}) == len(SAYINGS)


def test_another_question_is_answered_without_what_is_past(library: Library) -> None:
    first = library.ask("what did Ann Lee say about boat number 3", limit=1)
    answer = library.more("what did Ann Lee say", _places([first]), limit=20)
    assert len(answer.quotes) == len(SAYINGS) - 1
    assert not {quote.text for quote in answer.quotes} & {quote.text for quote in first.quotes}


def test_a_place_that_is_gone_does_no_harm(library: Library) -> None:
    answer = library.more("what did Ann Lee say", (Place("gone.txt", 0, 9), Place("0.txt", 10**9, 10**9)), limit=20)
    assert len(answer.quotes) == len(SAYINGS)


def test_a_refusal_has_no_next_page(library: Library) -> None:
    assert library.ask("What is the capital of France?").more == 0
    assert library.more("What is the capital of France?", ()).exhausted


def test_what_lies_outside_a_limit_has_no_next_page(library: Library) -> None:
    answer = library.ask("what did Ann Lee say in 2019")
    assert dataclasses.replace(answer, more=0) == answer
    assert not answer.answered


def test_a_question_about_the_document_at_hand_announces_no_page_of_others(tmp_path: Path) -> None:
    for name in ("a", "b"):
        text = "".join(f"Ann Lee said that {name}{n} is old.\n\nIt rained on day {n}.\n\n" for n in range(3))
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    library = Library.open(tmp_path)
    first = library.ask("what did Ann Lee say", limit=1)
    answer = library.ask("what did she say in it?", (first.as_turn(),), limit=1)
    assert answer.quotes[0].document == first.quotes[0].document
    assert answer.more == 0
