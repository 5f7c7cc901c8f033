"""Words that stand in two documents are quoted once, and both places are named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from canned import LAMP, answered
from folders import write

from bot.__main__ import main
from bot.answer_json import answer_line
from bot.citation import cite_quote
from bot.wording import wording_in

HARBOUR = "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.\n"


@pytest.mark.parametrize(
    ("also", "said"),
    [
        (("b.txt",), "also in b.txt"),
        (("b.txt", "deep/c.pdf"), "also in b.txt, c.pdf"),
        (("b.txt", "deep/c.pdf", "d.md", "e.md"), "also in b.txt, c.pdf, +2"),
    ],
)
def test_a_citation_names_the_other_places(also: tuple[str, ...], said: str) -> None:
    assert cite_quote(replace(LAMP, also=also), wording_in("en")).details[-1] == said
    assert all("also in" not in detail for detail in cite_quote(LAMP, wording_in("en")).details)


def test_json_names_the_other_places_where_there_are_any() -> None:
    (one,) = json.loads(answer_line(answered(replace(LAMP, also=("b.txt",)))))["quotes"]
    (other,) = json.loads(answer_line(answered(LAMP)))["quotes"]
    assert one == other | {"also": ["b.txt"]}
    assert "also" not in other


def test_an_answer_in_the_terminal_names_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    write(tmp_path / "knowledge", a_txt=HARBOUR, b_md=HARBOUR)
    assert main(["ask", "--knowledge", str(tmp_path / "knowledge"), "what did Ann Lee say"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("stay closed") == 1
    assert "a.txt" in shown
    assert "also in b.md" in shown
