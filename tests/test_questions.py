"""A question is understood: its form, the people it asks about, its topic, and what it leans on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from made_up import indexed

from retrieval.index import Index
from retrieval.query import Intent, Query
from retrieval.questions import understood
from retrieval.records import Block, BlockKind, Document, Metadata, Place, Turn

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "questions.yaml").read_text("utf-8"))
SAYS = (
    "Ann Lee, mayor of Port Hale, said the harbour would stay closed.",
    "Park Ji-young, director of the institute, said the harbour would open in May.",
    "Kim Min-su, a fisherman, said that tariffs were too high.",
    "Kim Bo-ra, a teacher, said that tariffs were too low.",
)


def _index(paragraphs: tuple[str, ...]) -> Index:
    text, blocks = "\n\n".join(paragraphs), []
    at = 0
    for paragraph in paragraphs:
        blocks.append(Block(at, at + len(paragraph), BlockKind.PARAGRAPH))
        at += len(paragraph) + 2
    return indexed(Document("port.txt", text, tuple(blocks), Metadata(title="Port")))


INDEX = _index(SAYS)


def _ask(question: str, *before: Turn) -> Query:
    return understood(question, before, INDEX)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_a_question_is_taken_by_its_form(case: dict[str, Any]) -> None:
    query = _ask(case["ask"])
    assert query.intent == case["intent"]
    assert [person.name for person in query.people] == case.get("people", [])
    assert query.unknown == case.get("unknown", "")
    assert sorted(query.choices) == case.get("choices", [])
    if "topic" in case:
        assert [word.text for word in query.topic] == case["topic"]


SPOKE = Turn("What did Ann Lee say?", "What did Ann Lee say?", "answer", ("Ann Lee",), (Place("port.txt", 0, 64),))


@pytest.mark.parametrize(
    ("question", "written_out", "read_as"),
    [
        ("and Park Ji-young?", "What did Park Ji-young say?", {}),
        ("what about Kim Min-su?", "What did Kim Min-su say?", {}),
        ("what did she say about tariffs?", "what did Ann Lee say about tariffs?", {"she": "Ann Lee"}),
        ("and on tariffs?", "what did Ann Lee say about tariffs?", {}),
        ("what is her view on tariffs?", "what is Ann Lee's view on tariffs?", {"her": "Ann Lee"}),
        ("what else did she say?", "what did Ann Lee say?", {"she": "Ann Lee"}),
        ("who is she?", "who is Ann Lee?", {"she": "Ann Lee"}),
        ("그럼 박지영은?", "박지영은 무엇이라고 말했나?", {}),
        ("and what did Park Ji-young say?", "and what did Park Ji-young say?", {}),
        ("i meant Park Ji-young", "What did Park Ji-young say?", {}),
        ("아니, 박지영 말이야", "박지영은 무엇이라고 말했나?", {}),
        ("why?", "why What did Ann Lee say?", {}),
        ("그는 또 무엇을 말했나?", "Ann Lee는 무엇이라고 말했나?", {"그": "Ann Lee"}),
        ("When did the harbour open?", "When did the harbour open?", {}),
    ],
)
def test_a_follow_up_is_written_out(question: str, written_out: str, read_as: dict[str, str]) -> None:
    query = _ask(question, SPOKE)
    assert query.understood == written_out
    assert {one.asked: one.meant for one in query.read_as if one.asked in {"she", "her", "he", "그"}} == read_as


def test_who_wrote_it_asks_of_the_document_last_quoted() -> None:
    for question in ("who wrote that?", "그건 누가 썼어?"):
        query = _ask(question, SPOKE)
        assert (query.intent, query.within) == (Intent.WHO_WROTE, "port.txt")


def test_of_several_sentences_the_question_is_asked_and_the_others_are_its_setting() -> None:
    query = _ask("I live near Lunde. Is the harbour open to small boats?")
    assert [word.text for word in query.words] == ["harbour", "open", "small", "boats"]
    assert {"live", "Lunde"} <= {word.text for word in query.carried}
    assert query.understood == "Is the harbour open to small boats?"


def test_sentences_that_speak_of_the_same_thing_are_asked_with_the_question() -> None:
    query = _ask("The harbour of Lunde was dredged. Who paid for the dredging of the harbour?")
    assert query.understood == "The harbour of Lunde was dredged. Who paid for the dredging of the harbour?"


def test_a_question_that_points_back_keeps_the_sentences_before_it() -> None:
    query = _ask("Ann Lee opened the harbour. When did she open it?")
    assert query.understood == "Ann Lee opened the harbour. When did she open it?"


def test_without_a_conversation_nothing_is_resolved() -> None:
    query = _ask("what did she say?")
    assert query.understood == "what did she say?"
    assert query.people == ()


@given(st.text(max_size=300))
def test_any_text_is_a_question(question: str) -> None:
    query = _ask(question, SPOKE)
    assert query.question == question
    assert len(query.terms) <= 200


def test_work_on_a_long_question_is_bounded() -> None:
    query = _ask(" ".join(f"word{number}" for number in range(5_000)))
    assert len(query.terms) <= 200
    assert len(query.words) <= 200
