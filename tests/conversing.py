"""Conversations written in YAML, asked of a library turn by turn, and what their askers expect of each answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.citation import fold_space
from bot.conversations import Conversations
from retrieval import Answer, Library, Place, Quote

CAN_BE_SAID = {
    "ask", "kind", "refused", "speaker", "not_speaker", "quotes", "one_of", "among", "document", "cites", "new",
    "read_as", "missing", "choices", "fails",
}  # fmt: skip
_OF_THE_FIRST_QUOTE = {"speaker", "quotes", "one_of", "document", "cites"}

Turns = list[dict[str, Any]]


def conversations_in(folder: Path) -> dict[str, Turns]:
    """The conversations of a folder's YAML files by name; a question that stands alone is one of a single turn."""
    named: dict[str, Turns] = {}
    for path in sorted(folder.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            turns = case.get("turns", [case])
            name = case.get("id") or f"{path.stem}: {turns[0]['ask'][:60]}"
            assert name not in named, f"two conversations are called {name!r}"
            named[name] = turns
    return named


def as_parameters(conversations: dict[str, Turns]) -> list[Any]:
    """Each turn as (name of its conversation, number); those known to fail must."""
    return [
        pytest.param(
            name,
            number,
            id=f"{name}: {turn['ask']}",
            marks=[pytest.mark.xfail(strict=True, reason=turn["fails"])] if "fails" in turn else [],
        )
        for name, turns in conversations.items()
        for number, turn in enumerate(turns)
    ]


class Asked:
    """The answers of a library to conversations, each turn asked once, after the turns before it."""

    def __init__(self, library: Library, conversations: dict[str, Turns]) -> None:
        self._library, self._conversations = library, conversations
        self._answers: dict[str, list[Answer]] = {}
        self._memory = Conversations()

    def up_to(self, name: str, number: int) -> tuple[Answer, ...]:
        """The answers to a conversation's turns up to the one of that number."""
        answers = self._answers.setdefault(name, [])
        for turn in self._conversations[name][len(answers) : number + 1]:
            answers.append(self._library.ask(turn["ask"], self._memory.turns(name)))
            self._memory.add(name, answers[-1].as_turn())
        return tuple(answers[: number + 1])


def check(turn: dict[str, Any], answers: tuple[Answer, ...]) -> None:
    """Hold the last of `answers` against what its turn expects."""
    answer = answers[-1]
    _check_kind(turn, answer)
    if answer.quotes or "kind" not in turn:  # whoever allows for another kind expects this of an answer alone
        _check_quotes(turn, answer.quotes)
    for asked, meant in turn.get("read_as", {}).items():
        assert any(asked in one.asked and meant.casefold() in one.meant.casefold() for one in answer.read_as), answer
    assert set(turn.get("missing", ())) <= set(answer.missing)
    assert _folded(turn.get("choices", [])) <= _folded(list(answer.choices))
    if turn.get("new") and not answer.exhausted:
        shown = [place for before in answers[:-1] for place in before.as_turn().shown]
        assert not [quote for quote in answer.quotes if _is_among(quote, shown)]


def assert_can_be_said(conversations: dict[str, Turns], library: Library) -> None:
    """What is expected has a name and stands in the folder."""
    texts = [fold_space(document.text) for document in library.documents]
    for name, turns in conversations.items():
        for turn in turns:
            assert set(turn) <= CAN_BE_SAID, name
            for words in (*turn.get("quotes", ()), *turn.get("one_of", ()), *turn.get("among", ())):
                assert any(words in text for text in texts), (name, words)


def _check_kind(turn: dict[str, Any], answer: Answer) -> None:
    if turn.get("refused"):
        assert answer.kind in {"closest", "nothing"}, answer.quotes
    else:
        assert answer.kind in _several(turn.get("kind", "answer")), answer


def _check_quotes(turn: dict[str, Any], quotes: tuple[Quote, ...]) -> None:
    assert quotes or not _OF_THE_FIRST_QUOTE & set(turn)
    if "speaker" in turn:
        assert (quotes[0].speaker or "").casefold() in _folded(turn["speaker"]), quotes[0]
    assert not {(quote.speaker or "").casefold() for quote in quotes} & _folded(turn.get("not_speaker", []))
    texts = [fold_space(quote.text) for quote in quotes]
    for words in turn.get("quotes", ()):
        assert words in texts[0]
    assert "one_of" not in turn or any(words in texts[0] for words in turn["one_of"]), texts[0]
    for words in turn.get("among", ()):
        assert any(words in text for text in texts), texts
    for key, value in {"document": turn.get("document"), **turn.get("cites", {})}.items():
        assert value is None or str(getattr(quotes[0], key)) == value, quotes[0]


def _is_among(quote: Quote, shown: list[Place]) -> bool:
    return any(
        place.document == quote.document and place.start < quote.end and quote.start < place.end for place in shown
    )


def _folded(names: str | list[str]) -> set[str]:
    """Names as compared: a transcript may write them in capitals."""
    return {name.casefold() for name in _several(names)}


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
