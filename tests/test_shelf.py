"""The shelf: files come in and go out whole; nothing outside the folder is touched, nothing is lost."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from bot.shelf import Shelf

NAME = "회의록.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    (folder / "press").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"old")
    (folder / "press" / "b.txt").write_bytes(b"news")
    return folder


@pytest.fixture
def shelf(folder: Path, tmp_path: Path) -> Shelf:
    return Shelf(folder, tmp_path / "data")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_kept_is_there_until_it_is_dropped(shelf: Shelf) -> None:
    assert shelf.kept("k") is None
    shelf.keep("k", b"words")
    assert shelf.kept("k") == b"words"
    shelf.drop("k")
    shelf.drop("k")
    assert shelf.kept("k") is None


def test_what_nobody_confirms_is_dropped(shelf: Shelf, tmp_path: Path) -> None:
    shelf.drop_older(10)
    shelf.keep("old", b"1")
    shelf.keep("new", b"2")
    os.utime(tmp_path / "data" / "incoming" / "old", (1, 1))
    shelf.drop_older(10)
    assert (shelf.kept("old"), shelf.kept("new")) == (None, b"2")


def test_a_file_comes_in_whole_and_alone(shelf: Shelf, folder: Path) -> None:
    shelf.place(NAME, b"words", replace=False)
    assert _files(folder) == {"a.txt": b"old", "press/b.txt": b"news", NAME: b"words"}


def test_nothing_is_replaced_unasked(shelf: Shelf, folder: Path) -> None:
    with pytest.raises(FileExistsError):
        shelf.place("a.txt", b"new", replace=False)
    assert _files(folder)["a.txt"] == b"old"
    shelf.place("a.txt", b"new", replace=True)
    assert _files(folder) == {"a.txt": b"new", "press/b.txt": b"news"}


def test_a_name_is_the_same_however_its_letters_are_composed(shelf: Shelf, folder: Path) -> None:
    apart = unicodedata.normalize("NFD", NAME)
    (folder / apart).write_bytes(b"old")
    assert shelf.standing(NAME) == apart
    shelf.place(NAME, b"new", replace=True)
    assert _files(folder)[apart] == b"new"
    assert NAME not in _files(folder)


def test_the_same_content_is_found_under_another_name(shelf: Shelf) -> None:
    paths = ("gone.txt", "a.txt", "press/b.txt")
    assert [shelf.twin(content, paths) for content in (b"news", b"old", b"owl")] == ["press/b.txt", "a.txt", None]


def test_what_is_taken_out_is_set_aside_under_its_path_and_twice_is_no_matter(shelf: Shelf, folder: Path) -> None:
    for content in (b"news", b"newer"):
        (folder / "press" / "b.txt").write_bytes(content)
        place = shelf.set_aside("press/b.txt")
        assert place.read_bytes() == content
        assert place.match("removed/*/press/b.txt")
    assert _files(folder) == {"a.txt": b"old"}
    with pytest.raises(FileNotFoundError):
        shelf.set_aside("press/b.txt")


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/hostname", "press/../../secret.txt", "link.txt", "press", ".."]
)
def test_nothing_outside_the_folder_is_touched(shelf: Shelf, folder: Path, tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"secret")
    (folder / "link.txt").symlink_to(secret)
    with pytest.raises(PermissionError):
        shelf.set_aside(path)
    assert secret.read_bytes() == b"secret"
    assert (folder / "press" / "b.txt").exists()


def test_a_link_is_not_written_through(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"secret")
    (folder / "link.txt").symlink_to(secret)
    with pytest.raises(PermissionError):
        shelf.place("link.txt", b"new", replace=True)
    assert secret.read_bytes() == b"secret"


def test_a_write_that_fails_leaves_nothing_behind(shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shelf.place("new.txt", b"words", replace=False)
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "press"]
