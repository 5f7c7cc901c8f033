"""Conversations that anyone can add to: each turn of each is asked of the library after the turns before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conversing import Asked, as_parameters, assert_can_be_said, check, conversations_in

from retrieval import Library

CASES = Path(__file__).parent / "cases" / "conversations"
CONVERSATIONS = conversations_in(CASES)
TURNS_EACH = range(3, 6)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(CASES / "folder", clock=lambda: 0.0)


@pytest.fixture(scope="module")
def asked(library: Library) -> Asked:
    return Asked(library, CONVERSATIONS)


@pytest.mark.parametrize(("name", "number"), as_parameters(CONVERSATIONS))
def test_the_conversation_goes_as_its_asker_expects(asked: Asked, name: str, number: int) -> None:
    check(CONVERSATIONS[name][number], asked.up_to(name, number))


def test_there_are_a_hundred_half_of_them_korean() -> None:
    assert len(CONVERSATIONS) == 100
    korean = [name for name in CONVERSATIONS if any("가" <= character <= "힣" for character in name)]
    assert len(korean) == 50
    assert all(len(turns) in TURNS_EACH for turns in CONVERSATIONS.values())


def test_what_is_expected_can_be_said_and_stands_in_the_folder(library: Library) -> None:
    assert_can_be_said(CONVERSATIONS, library)
