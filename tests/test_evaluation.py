"""Evaluation: what an answer lacks is named, and the questions beside the documents are all right."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from canned import LAMP, PIER, CannedLibrary, answered, refused

from bot import __main__ as command_line
from bot.evaluation import evaluated, faults_of, same_name
from bot.expectations import Expectation, read_expectations
from retrieval import Answer, AnswerKind, Library

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
RIGHT = {
    "expect": ("said that the lamp must burn",),  # the document breaks the line after "that"
    "speaker": "Ferry, Ada",
    "names": "Ada Ferry",
    "document": "minutes.md",
    "source": (("title", "minutes of the harbour board"), ("date", "2021-05-03"), ("paragraph", "4")),
}


def _faults(answer: Answer, **expected: Any) -> tuple[str, ...]:
    return faults_of(Expectation("what burns", 1, **expected), answer)


def test_an_answer_that_shows_all_that_is_expected_is_right() -> None:
    assert _faults(answered(LAMP, PIER), **RIGHT) == ()
    assert _faults(answered(LAMP, missing=("oil",)), missing=("Oil",), speaker="Ferry") == ()
    assert _faults(refused(missing=("sings",)), missing=("sings",)) == ()
    assert _faults(refused(), refused=True) == ()
    assert _faults(refused(kind=AnswerKind.CLOSEST, closest=(LAMP,)), refused=True) == ()


@pytest.mark.parametrize(
    ("expected", "fault"),
    [
        ({"expect": ("said that", "the pier")}, "does not quote “the pier”"),
        ({"speaker": "Bo Ferry"}, "speaker is “Ada Ferry”, not “Bo Ferry”"),
        ({"names": "Bo Quay"}, "names “Bo Quay” neither in the quote nor as its author or speaker"),
        ({"document": "letter.txt"}, "document is minutes.md, not letter.txt"),
        ({"source": (("date", "2021-05-04"),)}, "date is “2021-05-03”, not “2021-05-04”"),
        ({"source": (("page", "2"),)}, "page is “None”, not “2”"),
        ({"missing": ("oil",)}, "does not say that “oil” is missing"),
        ({"refused": True}, "answers what the documents do not say"),
    ],
)
def test_what_an_answer_lacks_is_named(expected: dict[str, Any], fault: str) -> None:
    assert _faults(answered(LAMP, PIER), **expected) == (fault,)


def test_only_the_first_quote_counts_and_near_ones_do_not() -> None:
    assert len(_faults(answered(PIER, LAMP), expect=("the lamp",))) == 1
    near = refused(kind=AnswerKind.CLOSEST, closest=(LAMP,), missing=("oil",))
    assert _faults(near, **RIGHT) == ("quotes nothing as an answer",)
    assert _faults(near, missing=("oil",)) == ()
    assert _faults(near, missing=("oil",), speaker="Ada Ferry") == ("quotes nothing as an answer",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kim, Seunghwan", "seunghwan kim", True),
        ("Ada B. Ferry", "Ada Ferry", True),
        ("Ferry", "Ada Ferry", True),
        ("Ada", "Ada Ferry", False),
        ("Ada Ferry", "Bo Ferry", False),
        (None, "Ada Ferry", False),
        ("", "", False),
        ("?", "Ada", False),
    ],
)
def test_names_are_the_same_whatever_the_order(one: str | None, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same


def test_questions_of_one_conversation_follow_each_other() -> None:
    library = CannedLibrary(lambda _question, _turns: answered(LAMP))
    asked = [Expectation(f"q{number}", number, conversation=name) for number, name in enumerate(["a", "b", None, "a"])]
    assert [verdict.faults for verdict in evaluated(library, asked, 5)] == [()] * 4  # type: ignore[arg-type]
    assert [(len(turns), limit) for _, turns, limit in library.asked] == [(0, 5), (0, 5), (0, 5), (1, 5)]


def _run(path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    lamp = dataclasses.replace(LAMP, text="The lamp must burn. " * 20)
    library = CannedLibrary(lambda question, _: answered(lamp) if "burn" in question else refused(missing=("sings",)))
    monkeypatch.setattr(command_line, "Library", library)
    (path / "q.yaml").write_text(text)
    return command_line.main(["evaluate", str(path / "q.yaml"), "--knowledge", str(path)])


def test_all_right_exits_with_0_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, "- ask: what burns\n- {ask: who sings, answered: false}\n", monkeypatch) == 0
    assert capsys.readouterr() == ("2 of 2 right\n", "")


def test_what_fell_short_is_printed_with_what_came_and_exits_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = "- ask: what burns\n- {id: pier, ask: who burns what, speaker: Bo, expect: pier}\n- ask: who sings\n"
    assert _run(tmp_path, questions, monkeypatch) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "pier, line 2: who burns what\n"
        "  does not quote “pier”\n"
        "  speaker is “Ada Ferry”, not “Bo”\n"
        "  came: answer “The lamp must burn. The lamp must burn. The lamp must burn. The\n"
        "    lamp must burn. The lamp must burn. The lamp must burn. The lamp must burn.\n"
        "    The lamp must burn.…”, Ada Ferry, minutes.md\n"
        "line 3: who sings\n"
        "  quotes nothing as an answer\n"
        "  came: nothing\n"
        "1 of 3 right\n"
    )


def test_a_broken_file_exits_with_2_and_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, "- ask: what burns\n- asks: y\n", monkeypatch) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{tmp_path / 'q.yaml'}, line 2: unknown key `asks`" in err


def test_the_questions_beside_the_documents_are_all_answered_as_expected() -> None:
    library = Library.open(KNOWLEDGE)
    expectations = read_expectations(KNOWLEDGE / "questions.yaml")
    assert len(expectations) >= 15
    fell_short = {v.expectation.id: v.faults for v in evaluated(library, expectations, 3) if v.faults}
    assert fell_short == {}


def test_the_questions_beside_the_documents_are_none_of_them() -> None:
    library = Library.open(KNOWLEDGE)
    assert "questions.yaml" not in {document.path for document in library.documents}
    assert "questions.yaml" not in {problem.where for problem in library.problems}
