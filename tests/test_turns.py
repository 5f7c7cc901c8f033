"""Transcripts, minutes and interviews: each turn in its speaker's mouth, and nothing else taken for one."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.records import Block, BlockKind
from retrieval.speech.turns import Turn, turns


def taken(*lines: str) -> list[Turn]:
    return list(turns("\n\n".join(lines), _blocks(lines)))


def _blocks(lines: tuple[str, ...]) -> list[Block]:
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(at, at + len(line), BlockKind.PARAGRAPH))
        at += len(line) + 2
    return blocks


def said(*lines: str) -> list[tuple[str, str]]:
    text = "\n\n".join(lines)
    return [(turn.speaker, text[turn.start : turn.end]) for turn in taken(*lines)]


def test_each_line_is_a_turn_of_its_own_speaker() -> None:
    lines = ("Mona Brandt: Shall we begin?", "Idris Vale: Please.", "Mona Brandt: Then item one.")
    assert said(*lines) == [
        ("Mona Brandt", "Shall we begin?"),
        ("Idris Vale", "Please."),
        ("Mona Brandt", "Then item one."),
    ]


@pytest.mark.parametrize(
    ("label", "speaker", "role"),
    [
        ("Hon. Edda Quist", "Hon. Edda Quist", None),
        ("Hon. Edda Quist (Minister of Rivers, Lakes and Everything that Flows)", "Hon. Edda Quist",
         "Minister of Rivers, Lakes and Everything that Flows"),
        ("The Acting Chair (Mr. Olaf Pym)", "Mr. Olaf Pym", "The Acting Chair"),
        ("The Chair (Hon. Olaf Pym (Upper Marsh, Ind.))", "Hon. Olaf Pym", "The Chair"),
        ("Rhoda Penn (North Fen)", "Rhoda Penn", "North Fen"),
        ("Lowri Pugh AM", "Lowri Pugh AM", None),
        ("PhD C", "PhD C", None),
        ("User Interface", "User Interface", None),
        ("위원장 도하람", "도하람", "위원장"),
        ("도하람 위원", "도하람", "위원"),
        ("도하람", "도하람", None),
    ],
)  # fmt: skip
def test_a_label_names_a_speaker_and_perhaps_a_role(label: str, speaker: str, role: str | None) -> None:
    found = taken(f"{label}: One.", "Somebody Else: Two.", f"{label}: Three.")
    assert [(turn.speaker, turn.role) for turn in found[::2]] == [(speaker, role)] * 2


@pytest.mark.parametrize("label", ["**{}:** ", "**{}**: ", "__{}:__ ", "*{}*: "])
def test_a_markdown_file_prints_its_labels_bold(label: str) -> None:
    mona, idris = label.format("Mona Brandt"), label.format("Idris Vale")
    assert said(f"{mona}Shall we begin?", f"{idris}Please.", f"{mona}Then *item* one.") == [
        ("Mona Brandt", "Shall we begin?"),
        ("Idris Vale", "Please."),
        ("Mona Brandt", "Then *item* one."),
    ]


def test_bold_letters_ask_and_answer() -> None:
    found = said("**Q:** Who runs the dry dock?", "**A.** My sister.", "**Q:** Since when?", "**A:** Since May.")
    assert found == [
        ("Q", "Who runs the dry dock?"),
        ("A", "My sister."),
        ("Q", "Since when?"),
        ("A", "Since May."),
    ]


def test_an_empty_turn_is_none_and_not_the_one_before_going_on() -> None:
    assert said("Ann Low: Yes.", "Ben High: ", "Ann Low: No.") == [("Ann Low", "Yes."), ("Ann Low", "No.")]


def test_a_paragraph_without_a_label_goes_on_but_a_stage_direction_does_not() -> None:
    found = taken("Ann Low: First.", "And more of it.", "[Laughter.]", "Ben High: Well.", "Ann Low: Quite.")
    assert [(turn.speaker, turn.goes_on) for turn in found] == [
        ("Ann Low", False), ("Ann Low", True), ("Ben High", False), ("Ann Low", False),
    ]  # fmt: skip


def test_particulars_open_no_turn() -> None:
    lines = ("일시: 3월 2일", "장소: 2층", "도하람: 시작합시다.", "표윤서: 네.", "도하람: 끝냅시다.")
    assert [speaker for speaker, _ in said(*lines)] == ["도하람", "표윤서", "도하람"]


def test_the_assembly_marks_its_speakers_with_a_circle() -> None:
    lines = ("○위원장 도하람 개의하겠습니다.", "○표윤서 위원 묻겠습니다.", "○위원장 도하람 답변하십시오.", "(웃음소리)")
    assert said(*lines) == [("도하람", "개의하겠습니다."), ("표윤서", "묻겠습니다."), ("도하람", "답변하십시오.")]


def test_bullets_of_a_press_release_are_no_turns() -> None:
    assert (
        said("□ 개요", "○ 이번 계획에는 사업 세 가지가 담겼다.", "○ 예산은 다음과 같다.", "○ 신청은 누리집에서 한다.")
        == []
    )


def test_a_list_of_values_is_no_transcript() -> None:
    assert said("Length: 20 m", "Width: 3 m", "Draught: 1 m", "Built: 1931") == []


def test_answers_go_to_the_one_whom_the_introduction_names() -> None:
    lines = ("도하람 새길연구소 소장을 만났다.", "Q. 언제 시작했나.", "A. 작년이다.", "Q. 왜인가.", "A. 필요해서다.")
    found = [turn for turn in taken(*lines) if turn.speaker == "도하람"]
    assert [turn.goes_on for turn in found] == [True, True]


def test_answers_stay_unnamed_where_the_introduction_names_two() -> None:
    lines = ("도하람 소장과 표윤서 교수가 나왔다.", "Q. 언제인가.", "A. 작년이다.", "Q. 왜인가.", "A. 필요해서다.")
    assert {speaker for speaker, _ in said(*lines)} == {"Q", "A"}


def test_dashes_ask_and_equals_signs_answer() -> None:
    lines = ("도하람 소장을 만났다.", "- 언제 시작했나.", "= 작년이다.", "- 왜인가.", "= 필요해서다.")
    assert [words for speaker, words in said(*lines) if speaker == "도하람"] == ["작년이다.", "필요해서다."]


def test_a_reporter_who_closes_the_page_is_nobody_answering() -> None:
    lines = ("도하람 소장을 만났다.", "Q. 언제.", "A. 작년.", "Q. 왜.", "A. 그냥.", "표윤서 기자 pyo@example.com")
    assert "표윤서 기자 pyo@example.com" not in [words for _, words in said(*lines)]


@settings(max_examples=100)
@given(st.lists(st.text(alphabet="Ab:：=. ()○가나다\n-▲Q", max_size=30), max_size=12))
def test_turns_lie_in_order_within_the_text(lines: list[str]) -> None:
    kept = tuple(line.strip().replace("\n\n", "\n") for line in lines if line.strip())
    found = taken(*kept)
    assert all(turn.start < turn.end for turn in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "line", ["Name {}: words", "(" * 150 + "{}: x", "A" * 140 + "{}", "○" + "가 " * 60 + "{}", ": " * 60 + "{}"]
)
def test_time_grows_with_the_number_of_lines_and_no_faster(line: str) -> None:
    def seconds(n: int) -> float:
        lines = tuple(line.format(i) for i in range(n))
        text, blocks = "\n\n".join(lines), _blocks(lines)
        began = time.process_time()
        turns(text, blocks)
        return time.process_time() - began

    seconds(100)
    short, long = min(seconds(500) for _ in range(3)), min(seconds(4000) for _ in range(3))
    assert long < 0.05 or long < 8 * short * 3, (short, long)


def test_below_a_heading_nobody_speaks_on() -> None:
    lines = [
        "Mona Brandt: Shall we begin?",
        "Idris Vale: Please.",
        "Mona Brandt: So we do.",
        "# Annex",
        "The pier is long.",
    ]
    blocks = [block for block, line in zip(_blocks(tuple(lines)), lines, strict=True) if not line.startswith("#")]
    text = "\n\n".join(lines)
    assert [text[turn.start : turn.end] for turn in turns(text, blocks)] == ["Shall we begin?", "Please.", "So we do."]
