"""A file of expectations: read whole with its lines, or refused with the line that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import QuestionFileError
from bot.expectations import Expectation, read_expectations


def _read(path: Path, text: str) -> tuple[Expectation, ...]:
    file = path / "questions.yaml"
    file.write_text(text, encoding="utf-8")
    return read_expectations(file)


def test_every_key_is_read(tmp_path: Path) -> None:
    every, least, refused = _read(
        tmp_path,
        """\
# a comment
- id: 7
  conversation: c1
  ask: what burns
  expect: [the lamp, "all night: long"]
  speaker: Ada Ferry
  names: Bo
  document: minutes.md
  source: {title: "Minutes", date: 2021-05-03, page: 3}
- {ask: what else, expect: one}
- ask: who sings
  answered: false
  missing: sings
""",
    )
    assert every == Expectation(
        "what burns",
        2,
        "7",
        "c1",
        ("the lamp", "all night: long"),
        "Ada Ferry",
        "Bo",
        "minutes.md",
        (("title", "Minutes"), ("date", "2021-05-03"), ("page", "3")),
    )
    assert least == Expectation("what else", 10, expect=("one",))
    assert refused == Expectation("who sings", 11, missing=("sings",), refused=True)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("- ask: x\n- asks: y", 2, "unknown key `asks`; known are ask, id, "),
        ("- id: x", 1, "no `ask`"),
        ("- ask: x\n  expect: [a,\n    {b: c}]", 3, "`expect` must be text"),
        ("- ask:", 1, "`ask` must be text"),
        ("- ask: x\n  answered: no", 2, "`answered` must be true or false"),
        ("- ask: x\n  source: {colour: red}", 2, "`source` has an unknown key `colour`; known are title, "),
        ("- ask: x\n  source: title", 2, "`source` must be lines of `key: value`"),
        ("- ask: x\n  ask: y", 2, "`ask` comes twice"),
        ("- what burns", 1, "a question must be lines of `key: value`"),
        ("- ? [a]\n  : b", 1, "a question has a key that is no plain word"),
        ("- ask: x\n  answered: false\n  speaker: Ada", 1, "`answered: false` leaves nothing else"),
        ("- ask: !!python/object/apply:os.getcwd []", 1, "`ask` must be text"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, fault: str) -> None:
    expected = re.escape(f"questions.yaml, line {line}: {fault}") + r"(.|\n)*Nothing was asked; mend"
    with pytest.raises(QuestionFileError, match=expected):
        _read(tmp_path, text)


def test_every_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError) as refusal:
        _read(tmp_path, "- id: x\n- ask: x\n- asks: y\n")
    assert [line.partition(":")[0].rpartition(", ")[2] for line in str(refusal.value).splitlines()[:2]] == [
        "line 1",
        "line 3",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- ask: [", r"questions.yaml, line \d: no YAML \("),
        ("[" * 5000, r"questions.yaml.*: no YAML \("),
        ("- ask: \x07", r"questions.yaml: no YAML \("),
        ("", "questions.yaml: holds no list of questions"),
        ("[]", "questions.yaml: holds no list of questions"),
        ("ask: x", "questions.yaml: holds no list of questions"),
    ],
)
def test_what_is_no_list_of_questions_is_one_sentence(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(QuestionFileError, match=fault):
        _read(tmp_path, text)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"none.yaml: cannot be read \(No such file or directory\)"):
        read_expectations(tmp_path / "none.yaml")
    (tmp_path / "korean.yaml").write_bytes("- ask: 등대".encode("cp949"))
    with pytest.raises(QuestionFileError, match=r"korean.yaml: is not UTF-8 \(byte 8\)"):
        read_expectations(tmp_path / "korean.yaml")
