"""Files to be handed out: from inside the folder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files import read_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "knowledge"
    (folder / "board").mkdir(parents=True)
    (folder / "board" / "a.txt").write_text("open", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "way").symlink_to(tmp_path)
    return folder


def test_a_file_inside_is_read(folder: Path) -> None:
    assert read_file(folder, "board/a.txt") == b"open"


@pytest.mark.parametrize("path", ["../secret.txt", "board/../../secret.txt", "link.txt", "way/secret.txt", "board", ""])
def test_what_lies_outside_or_is_no_file_is_not(folder: Path, path: str) -> None:
    assert read_file(folder, path) is None


def test_an_absolute_path_is_not(folder: Path) -> None:
    assert read_file(folder, str(folder.parent / "secret.txt")) is None


def test_what_is_gone_or_too_large_is_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_file(folder, "gone.txt") is None
    monkeypatch.setattr("bot.files.LARGEST_BYTES", 3)
    assert read_file(folder, "board/a.txt") is None
