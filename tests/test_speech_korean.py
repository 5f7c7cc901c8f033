"""Korean reported speech: written cases, and the laws that hold whatever the text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_cases import Case, cases_of, faults

from retrieval.records import Block, BlockKind, Document, Metadata
from retrieval.speech import statements

CASES = [*cases_of("speech_korean.yaml"), *cases_of("speech_korean_fresh.yaml")]
NOT_YET = {"kf-041": "a novelist meant by “the author”, who is named only in another's phrase"}
HARD = ("MISSED", "WRONG", "EXTRA")


def paragraphs(*texts: str) -> Document:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(at, at + len(text), BlockKind.PARAGRAPH))
        at += len(text) + 2
    return Document("made-up.txt", "\n\n".join(texts), tuple(blocks), Metadata())


def said(*texts: str) -> list[tuple[str, str]]:
    document = paragraphs(*texts)
    return [(s.speaker, document.text[s.start : s.end]) for s in statements(document) if s.confidence >= 0.6]


def test_there_are_cases() -> None:
    assert len(CASES) >= 100


def _param(case: Case) -> object:
    reason = NOT_YET.get(case["id"])
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_each_case_has_its_statements_in_the_right_mouths(case: Case) -> None:
    assert [fault for fault in faults(case) if fault.startswith(HARD)] == []


def test_how_we_know_is_nearly_always_as_written() -> None:
    soft = [fault for case in CASES for fault in faults(case) if fault.startswith("how")]
    assert len(soft) <= 5, soft


def test_a_particle_that_does_not_fit_its_syllable_makes_no_speaker() -> None:
    assert said("임선받는 사람이 늘었다며 “제도를 고치자”고 말했다.") == []


def test_two_of_one_surname_and_title_leave_the_speaker_open() -> None:
    first = "도은서 교수와 도하람 교수가 나섰다. 도은서 교수는 “늦었다”고 말했다. 도하람 교수는 “이르다”고 말했다."
    assert said(first, "도 교수는 “다시 만나자”고 했다.")[2:] == []


def test_he_is_nobody_after_somebody_without_a_name() -> None:
    text = "양서후 의원은 “서두르자”고 말했다. 한 관계자는 “어렵다”고 말했다. 그는 “내년에나 가능하다”고 덧붙였다."
    assert said(text) == [("양서후", "서두르자")]


def test_a_surname_of_another_office_is_not_taken_for_the_one_named() -> None:
    text = "피도훈 의원은 “막겠다”고 말했다. 이를 들은 피 장관은 “열겠다”고 말했다."
    assert said(text) == [("피도훈", "막겠다")]


def test_the_words_stand_within_their_sentence() -> None:
    for case in CASES:
        document = paragraphs(*case["text"].strip().split("\n\n"))
        for statement in statements(document):
            assert statement.sentence_start <= statement.start < statement.end <= statement.sentence_end


PIECES = st.sampled_from(
    """
    “ ” " ‘ ’ ( ) . , … 김 교수는 말했다 고 라며 다고 다는 입장이다
    에_따르면 그는 도하람 이어 것으로 전망했다 A 12일 의 는_게
    설명이다 「 」 씨 측은 _ _
    """.replace(" ", "\n")
    .replace("_", " ")
    .split("\n")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_read_to_statements_within_it(text: str) -> None:
    document = paragraphs(text) if text else paragraphs("빈 글")
    for statement in statements(document):
        assert 0 <= statement.start < statement.end <= len(document.text)
        assert 0 <= statement.confidence <= 1


HOSTILE: dict[str, Callable[[int], str]] = {
    "unclosed quotations": lambda n: "김도은 교수는 “" * n + "고 말했다.",
    "unclosed brackets": lambda n: "김도은(" * n + " 교수는 “좋다”고 말했다.",
    "one name without end": lambda n: "김" * (20 * n) + " 교수는 “좋다”고 말했다.",
    "endings without end": lambda n: "간다고 " * (8 * n) + "말했다.",
    "spaces": lambda n: "교수는" + " " * (20 * n) + "“좋다”고 말했다.",
    "a quotation in each sentence": lambda n: "김도은 교수는 “좋다”고 말했다. 그는 “옳다”고 했다. " * n,
    "as many people as sentences": lambda n: " ".join(
        f"김{chr(0xAC00 + i % 9000)}{chr(0xAC00 + i * 7 % 9000)} 의원은 “좋다”고 말했다." for i in range(n)
    ),
    "quotations that wait": lambda n: "“좋다고들 합니다.” " * (4 * n),
    "offices without names": lambda n: "노조는 “좋다”고 말했다. 위원장은 “옳다”고 했다. " * n,
    "labels": lambda n: "\n".join(f"이름{i}: 말했다" for i in range(3 * n)),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_of_the_text_and_no_faster(hostile: Callable[[int], str]) -> None:
    def seconds(n: int) -> float:
        document = paragraphs(hostile(n))
        began = time.process_time()
        statements(document)
        return time.process_time() - began

    seconds(50)
    short, long = min(seconds(100) for _ in range(3)), min(seconds(800) for _ in range(3))
    assert long < 0.05 or long < 8 * short * 3, (short, long)
