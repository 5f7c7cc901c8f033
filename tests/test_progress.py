"""A bar shows a person how far the reading is, and nobody else anything."""

from __future__ import annotations

import io
import sys

import pytest

from bot import progress
from bot.progress import ReadingBar


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def _read(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, patient_seconds: float = 0.0) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENT_SECONDS", patient_seconds)
    monkeypatch.setenv("TERM", "xterm")
    with ReadingBar() as bar:
        bar(0, 1200)
        bar(412, 1200)
    return stream.getvalue()


def test_a_person_sees_how_many_documents_are_read_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _read(Terminal(), monkeypatch)
    assert "Reading documents: 412 of 1,200" in shown
    assert shown.rstrip("\r").endswith("\x1b[2K"), "the bar goes away"


def test_a_short_reading_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(Terminal(), monkeypatch, patient_seconds=60) == ""


def test_a_program_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(io.StringIO(), monkeypatch) == ""
