"""Conversations that anyone can add to: each turn of each is asked of the library after the turns before it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.citation import fold_space
from bot.conversations import Conversations
from retrieval import Answer, Library, Place, Quote

CASES = Path(__file__).parent / "cases" / "conversations"
FOLDER = CASES / "folder"
TURNS_EACH = range(3, 6)
CAN_BE_SAID = {
    "ask", "kind", "refused", "speaker", "not_speaker", "quotes", "one_of", "among", "document", "cites", "new",
    "read_as", "missing", "choices", "fails",
}  # fmt: skip


def _conversations() -> dict[str, list[dict[str, Any]]]:
    every = [case for path in sorted(CASES.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    named = {case["id"]: case["turns"] for case in every}
    assert len(named) == len(every), "two conversations have one name"
    return named


CONVERSATIONS = _conversations()


def _turns() -> list[Any]:
    return [
        pytest.param(
            name,
            number,
            id=f"{name}: {turn['ask']}",
            marks=[pytest.mark.xfail(strict=True, reason=turn["fails"])] if "fails" in turn else [],
        )
        for name, turns in CONVERSATIONS.items()
        for number, turn in enumerate(turns)
    ]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(FOLDER, clock=lambda: 0.0)


@functools.cache
def _asked(library: Library, name: str, number: int) -> tuple[Answer, ...]:
    """The answers to the conversation's turns up to the one of that number."""
    before = _asked(library, name, number - 1) if number else ()
    memory = Conversations()
    for answer in before:
        memory.add(name, answer.as_turn())
    return (*before, library.ask(CONVERSATIONS[name][number]["ask"], memory.turns(name)))


@pytest.mark.parametrize(("name", "number"), _turns())
def test_the_conversation_goes_as_its_asker_expects(library: Library, name: str, number: int) -> None:
    turn, answers = CONVERSATIONS[name][number], _asked(library, name, number)
    answer = answers[-1]
    _check_kind(turn, answer)
    _check_who(turn, answer.quotes)
    _check_words(turn, answer.quotes)
    for key, value in {"document": turn.get("document"), **turn.get("cites", {})}.items():
        assert value is None or str(getattr(answer.quotes[0], key)) == value, answer.quotes[0]
    for asked, meant in turn.get("read_as", {}).items():
        assert any(asked in one.asked and meant.casefold() in one.meant.casefold() for one in answer.read_as), answer
    assert set(turn.get("missing", ())) <= set(answer.missing)
    assert _folded(turn.get("choices", [])) <= _folded(list(answer.choices))
    if turn.get("new") and not answer.exhausted:
        shown = [place for before in answers[:number] for place in before.as_turn().shown]
        assert not [quote for quote in answer.quotes if _is_among(quote, shown)]


def _check_kind(turn: dict[str, Any], answer: Answer) -> None:
    if turn.get("refused"):
        assert answer.kind in {"closest", "nothing"}, answer.quotes
    else:
        assert answer.kind in _several(turn.get("kind", "answer")), answer


def _check_who(turn: dict[str, Any], quotes: tuple[Quote, ...]) -> None:
    if "speaker" in turn:
        assert (quotes[0].speaker or "").casefold() in _folded(turn["speaker"]), quotes[0]
    assert not {(quote.speaker or "").casefold() for quote in quotes} & _folded(turn.get("not_speaker", []))


def _check_words(turn: dict[str, Any], quotes: tuple[Quote, ...]) -> None:
    texts = [fold_space(quote.text) for quote in quotes]
    for words in turn.get("quotes", ()):
        assert words in texts[0]
    assert "one_of" not in turn or any(words in texts[0] for words in turn["one_of"]), texts[0]
    for words in turn.get("among", ()):
        assert any(words in text for text in texts), texts


def _is_among(quote: Quote, shown: list[Place]) -> bool:
    return any(
        place.document == quote.document and place.start < quote.end and quote.start < place.end for place in shown
    )


def _folded(names: str | list[str]) -> set[str]:
    """Names as compared: a transcript may write them in capitals."""
    return {name.casefold() for name in _several(names)}


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_there_are_a_hundred_half_of_them_korean() -> None:
    assert len(CONVERSATIONS) == 100
    korean = [name for name in CONVERSATIONS if any("가" <= character <= "힣" for character in name)]
    assert len(korean) == 50
    assert all(len(turns) in TURNS_EACH for turns in CONVERSATIONS.values())


def test_what_is_expected_can_be_said_and_stands_in_the_folder() -> None:
    texts = [fold_space(document.text) for document in Library.open(FOLDER).documents]
    for name, turns in CONVERSATIONS.items():
        for turn in turns:
            assert set(turn) <= CAN_BE_SAID, name
            for words in (*turn.get("quotes", ()), *turn.get("one_of", ()), *turn.get("among", ())):
                assert any(words in text for text in texts), (name, words)
