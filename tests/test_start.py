"""Starting from the command line: with a cache, without one, and with one that is of no use."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write

from bot.__main__ import main

HARBOUR = "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.\n"


def _ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said on standard error beside the answer."""
    assert main(["ask", "--json", "--knowledge", str(folder), "what did Ann Lee say"]) == 0
    told = capsys.readouterr()
    assert '"speaker": "Ann Lee"' in told.out
    return told.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "knowledge", harbour_txt=HARBOUR)
    return tmp_path / "knowledge"


def test_a_damaged_cache_is_one_line_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ask(folder, capsys) == ""
    assert _ask(folder, capsys) == ""
    for place in (folder.parent / "data").rglob("outcomes/*/*"):
        place.write_bytes(place.read_bytes()[:-20])
    line = _ask(folder, capsys)
    assert line.endswith("is damaged in 1 place(s); what stood there is read anew.\n")
    assert line.count("\n") == 1
    assert _ask(folder, capsys) == ""


def test_data_that_cannot_be_written_keeps_nobody_from_asking(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "data").write_text("a file, no directory", encoding="utf-8")
    line = _ask(folder, capsys)
    assert line.endswith("cannot be written: Not a directory. What is read is not kept.\n")
    assert line.count("\n") == 1
