"""Cases that anyone can add: questions on the repository's folder, asked of the library and of the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import __main__ as command_line
from bot.answer_json import answer_line
from retrieval import Library

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "answers.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(KNOWLEDGE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"] or "nothing")
def test_the_library_answers(library: Library, case: dict[str, Any]) -> None:
    _check(json.loads(answer_line(library.ask(case["ask"]))), case)


def test_the_command_line_answers_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({"id": str(number), "question": case["ask"]}) for number, case in enumerate(CASES)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    arguments = ["ask", "--json", "--knowledge", str(KNOWLEDGE), "--questions", str(tmp_path / "questions.jsonl")]
    assert command_line.main(arguments) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == [str(number) for number in range(len(CASES))]
    for answer, case in zip(answers, CASES, strict=True):
        _check(answer, case)


def test_there_are_cases_of_each_sort() -> None:
    assert all(sum(sort in case for case in CASES) for sort in ("quotes", "speaker", "cites", "missing", "refused"))


def _check(answer: dict[str, Any], case: dict[str, Any]) -> None:
    assert answer["answered"] is ("quotes" in case), answer
    if "quotes" not in case:
        assert answer["quotes"] == []
        assert set(case.get("missing", ())) <= set(answer["missing"])
        return
    first = answer["quotes"][0]
    for words in case["quotes"]:
        assert words in first["text"]
    if "speaker" in case:
        assert first["speaker"] == case["speaker"]
    for key, value in case.get("cites", {}).items():
        assert first[key] == value
