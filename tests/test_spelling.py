from __future__ import annotations

import pytest
from made_up import indexed

from retrieval.questions import understood
from retrieval.records import Block, BlockKind, Document, Metadata, Resolution
from retrieval.spelling import mended
from retrieval.words import words

TEXT = (
    "The semiconductor industry of the harbour city grows. Ann Smith said that exports of machinery doubled. "
    "반도체 산업의 경쟁력을 높이려면 연구개발 투자가 필요하다. 김철수 원장은 수출이 늘었다고 말했다."
)
INDEX = indexed(Document("a.txt", TEXT, (Block(0, len(TEXT), BlockKind.PARAGRAPH),), Metadata(title="Harbour")))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("semicondutor", "semiconductor"),
        ("harbuor", "harbour"),
        ("machinry", "machinery"),
        ("반도채", "반도체"),
        ("harbor", "harbour"),  # as it is spelt on the other side of the ocean
        ("semiconductour", "semiconductor"),
        ("경쟁럭을", "경쟁력"),
        ("연구게발", "연구개발"),
    ],
)
def test_a_typing_error_is_mended_by_the_folders_words(asked: str, meant: str) -> None:
    assert mended(words(asked), INDEX) == (Resolution(asked, meant),)


@pytest.mark.parametrize(
    "asked",
    [
        "exploits",  # a word of its own, though near to one of the folder's
        "Smiht",  # a name in capitals may be another's
        "indus",  # two letters away
        "cat",
        "반도",  # a word of its own
        "자동차",
        "김철주",  # nearly somebody's name
    ],
)
def test_what_may_be_meant_as_it_stands_is_left_alone(asked: str) -> None:
    assert mended(words(asked), INDEX) == ()


def test_a_question_with_an_error_is_answered_and_says_how_it_was_read() -> None:
    query = understood("does the semicondutor industry grow?", (), INDEX)
    assert query.understood == "does the semiconductor industry grow?"
    assert query.read_as == (Resolution("semicondutor", "semiconductor"),)
    assert "semiconductor" in query.terms


def test_the_particle_behind_a_korean_error_stays() -> None:
    query = understood("반도채의 경쟁력은 무엇인가?", (), INDEX)
    assert query.understood == "반도체의 경쟁력은 무엇인가?"


def test_work_is_bounded_however_many_words_are_unknown() -> None:
    assert mended(words(" ".join(f"semiconduto{chr(97 + i % 26)}" for i in range(2_000))), INDEX)
