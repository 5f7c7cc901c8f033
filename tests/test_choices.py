"""Choices: the question asked again with one name in the place of another."""

from __future__ import annotations

import dataclasses

import pytest
from canned import LAMP, answered, refused

from bot.choices import choices_of
from bot.wording import wording_in
from retrieval import AnswerKind


@pytest.mark.parametrize(
    ("understood", "who", "asked"),
    [
        ("what did Lee say about Leeds", "Lee", "what did Ann Lee say about Leeds"),
        ("what is said of Leeds by Lee?", "lee", "what is said of Leeds by Ann Lee?"),
        ("what is Lee's view", "Lee", "what is Ann Lee's view"),
        ("이영은 뭐라고 했나요?", "이영", "Ann Lee는 뭐라고 했나요?"),
        ("그럼 이영희 의원은?", "이영희", "그럼 Ann Lee 의원은?"),
        ("what did R. (Lee) say", "R. (Lee)", "what did Ann Lee say"),
        ("what did he say", "Lee", "what did Ann Lee say"),
        ("what did Lee say of oil", "", "what did Ann Lee say"),
    ],
)
def test_the_name_takes_the_place_of_the_one_asked(understood: str, who: str, asked: str) -> None:
    answer = refused(understood=understood, who=who, kind=AnswerKind.CHOICES, choices=("Ann Lee", "Bo  Lee"))
    first, second = choices_of(answer, wording_in("en"))
    assert (first.label, first.question, second.label) == ("Ann Lee", asked, "Bo Lee")


def test_where_something_is_quoted_there_is_nothing_to_choose() -> None:
    assert choices_of(dataclasses.replace(answered(LAMP), choices=("Ann Lee",)), wording_in("en")) == ()
