"""Typing in a terminal: lines with editing, and a history for the next time that only its owner can read."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.line_editing import MOST_KEPT, Lines

readline = pytest.importorskip("readline")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed next; it ends as with Ctrl-D."""
    lines: list[str] = []

    def type_line(prompt: str) -> str:
        assert prompt == "› "
        if not lines:
            raise EOFError
        readline.add_history(lines[0])
        return lines.pop(0)

    monkeypatch.setattr("builtins.input", type_line)
    monkeypatch.setattr(sys, "stdin", Terminal())
    readline.clear_history()
    yield lines
    readline.clear_history()


def test_lines_come_bare_until_control_d(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["", "  what burns ", "   ", "why"]
    lines = Lines()
    assert [lines.next(), lines.next(), lines.next()] == ["what burns", "why", None]
    assert capsys.readouterr().out == "\n"


def test_the_history_is_there_the_next_time_and_for_nobody_else(typed: list[str], tmp_path: Path) -> None:
    path = tmp_path / "data" / "history"
    typed.append("등대는 언제 세워졌어?")
    lines = Lines(path)
    lines.next()
    lines.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    readline.clear_history()
    Lines(path)
    assert readline.get_history_item(1) == "등대는 언제 세워졌어?"


def test_a_history_has_an_end(typed: list[str], tmp_path: Path) -> None:
    typed += [f"question {number}" for number in range(MOST_KEPT + 9)]
    lines = Lines(tmp_path / "history")
    while lines.next():
        pass
    lines.close()
    kept = (tmp_path / "history").read_text("utf-8").splitlines()
    assert (len(kept), kept[-1]) == (MOST_KEPT, f"question {MOST_KEPT + 8}")


def test_what_is_forgotten_is_deleted(typed: list[str], tmp_path: Path) -> None:
    typed.append("what burns")
    path = tmp_path / "history"
    lines = Lines(path)
    lines.next()
    lines.close()
    lines.forget()
    lines.close()
    assert not path.exists()
    assert readline.get_current_history_length() == 0


def test_a_history_that_cannot_be_used_costs_nobody_an_answer(typed: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    typed.append("what burns")
    for path in (tmp_path, tmp_path / "file" / "history"):
        lines = Lines(path)
        lines.next()
        lines.close()
