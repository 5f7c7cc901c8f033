"""A stranger's questions of a stranger's folder, as typed on a phone: written before the program had seen either."""

from __future__ import annotations

from pathlib import Path

import pytest
from conversing import Asked, as_parameters, assert_can_be_said, check, conversations_in

from retrieval import Library

CASES = Path(__file__).parent / "cases" / "strangers"
CONVERSATIONS = conversations_in(CASES)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(CASES / "folder", clock=lambda: 0.0)


@pytest.fixture(scope="module")
def asked(library: Library) -> Asked:
    return Asked(library, CONVERSATIONS)


@pytest.mark.parametrize(("name", "number"), as_parameters(CONVERSATIONS))
def test_the_stranger_is_answered(asked: Asked, name: str, number: int) -> None:
    check(CONVERSATIONS[name][number], asked.up_to(name, number))


def test_there_are_enough_of_them_in_both_languages() -> None:
    assert len(CONVERSATIONS) >= 190
    korean = [turns for turns in CONVERSATIONS.values() if any("가" <= letter <= "힣" for letter in turns[0]["ask"])]
    assert len(korean) >= 80
    assert sum("refused" in turn for turns in CONVERSATIONS.values() for turn in turns) >= 25


def test_what_is_expected_can_be_said_and_stands_in_the_folder(library: Library) -> None:
    assert_can_be_said(CONVERSATIONS, library)
    assert not library.problems
