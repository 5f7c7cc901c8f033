"""A running bot is current within a second, tells of problems once, and outlives whatever befalls its folder."""

from __future__ import annotations

import asyncio
import logging
import math
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from folders import write

from bot import watching
from bot.watching import Watcher, log_changes
from retrieval import FolderError, Library

HARBOUR = "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.\n"
TARIFFS = "Kim Min-su, a fisherman, said that tariffs were too high. The market opens at six.\n"
NEW = "Bo Ek, a teacher, said that the school was full.\n"
PATIENCE_SECONDS = 10


@asynccontextmanager
async def watched(folder: Path) -> AsyncIterator[Library]:
    library = Library(folder, look_every_seconds=math.inf, report=log_changes)
    watcher = Watcher(library, folder)
    watcher.wait(PATIENCE_SECONDS)
    watcher.start()
    await asyncio.sleep(0.2)
    try:
        yield library
    finally:
        await watcher.stop()


async def seconds_until(condition: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < PATIENCE_SECONDS
        await asyncio.sleep(0.01)
    return time.monotonic() - began


def paths(library: Library) -> list[str]:
    return [document.path for document in library.documents]


def _create(folder: Path) -> None:
    (folder / "b.txt").write_text(TARIFFS, encoding="utf-8")


def _create_in_new_folders(folder: Path) -> None:
    (folder / "deep" / "deeper").mkdir(parents=True)
    (folder / "deep" / "deeper" / "b.txt").write_text(TARIFFS, encoding="utf-8")


def _save_by_rename(folder: Path) -> None:
    (folder / ".a.txt.swp").write_text(NEW, encoding="utf-8")
    (folder / "a.txt").rename(folder / "a.txt~")
    (folder / ".a.txt.swp").rename(folder / "a.txt")


def _move(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "a.txt")


def _copy_as_rsync_does(folder: Path) -> None:
    (folder / ".b.txt.Xa81kQ").write_text(TARIFFS, encoding="utf-8")
    (folder / ".b.txt.Xa81kQ").rename(folder / "b.txt")


def _delete(folder: Path) -> None:
    (folder / "a.txt").unlink()


CHANGES: list[tuple[Callable[[Path], None], list[str]]] = [
    (_create, ["a.txt", "b.txt"]),
    (_create_in_new_folders, ["a.txt", "deep/deeper/b.txt"]),
    (_save_by_rename, ["a.txt"]),
    (_move, ["sub/a.txt"]),
    (_copy_as_rsync_does, ["a.txt", "b.txt"]),
    (_delete, []),
]


@pytest.mark.parametrize(("change", "then"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
async def test_a_change_is_live_within_a_second(
    tmp_path: Path, change: Callable[[Path], None], then: list[str]
) -> None:
    write(tmp_path, a_txt=HARBOUR)
    async with watched(tmp_path) as library:
        before = library.version
        change(tmp_path)
        took = await seconds_until(lambda: library.version != before and paths(library) == then)
    assert took < 1


async def test_without_notifications_a_change_is_live_soon_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching, "awatch", refuse)
    caplog.set_level(logging.INFO)
    write(tmp_path, a_txt=HARBOUR)
    async with watched(tmp_path) as library:
        _create(tmp_path)
        took = await seconds_until(lambda: paths(library) == ["a.txt", "b.txt"])
    assert took < 2
    assert "tells of no changes" in caplog.text


async def test_a_folder_that_goes_and_comes_back_is_watched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watching, "CHECKED_EVERY_MS", 100)
    monkeypatch.setattr(watching, "NOTIFIED_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 0.1)
    folder = tmp_path / "knowledge"
    write(folder, a_txt=HARBOUR)
    async with watched(folder) as library:
        folder.rename(tmp_path / "away")
        await seconds_until(lambda: bool(library.problems))
        assert paths(library) == ["a.txt"]
        (tmp_path / "away").rename(folder)
        await seconds_until(lambda: not library.problems)
        await asyncio.sleep(0.5)
        monkeypatch.setattr(watching, "LOOK_EVERY_SECONDS", 60)
        _create(folder)
        await seconds_until(lambda: paths(library) == ["a.txt", "b.txt"])
    assert caplog.text.count("is not there") == 1


async def test_a_burst_of_files_is_read_together(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    write(tmp_path, a_txt=HARBOUR)
    async with watched(tmp_path) as library:
        for number in range(300):
            (tmp_path / f"n{number}.txt").write_text(NEW.replace("school", f"school {number}"), encoding="utf-8")
        took = await seconds_until(lambda: len(library.documents) == 301)
    assert took < 5
    assert sum("added" in message for message in caplog.messages) <= 4


async def test_a_problem_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, a_txt=HARBOUR, bad_txt=" ")
    async with watched(tmp_path) as library:
        write(tmp_path, worse_txt=" ")
        await seconds_until(lambda: len(library.problems) == 2)
        _create(tmp_path)
        await seconds_until(lambda: len(library.documents) == 2)
    assert [message.split()[1] for message in caplog.messages] == ["where=bad.txt", "where=worse.txt"]


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    watcher = Watcher(Library(tmp_path / "nowhere"), tmp_path / "nowhere")
    with pytest.raises(FolderError):
        watcher.wait(PATIENCE_SECONDS)
    watcher.close()


async def test_a_folder_that_fails_later_is_told_to_whoever_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, failed = Library(tmp_path), asyncio.Event()

    def slow(*_: object) -> None:
        time.sleep(0.2)
        raise FolderError("is not there.")

    monkeypatch.setattr(library, "refresh", slow)
    watcher = Watcher(library, tmp_path)
    watcher.wait(0.01)
    watcher.on_failure = failed.set
    watcher.start()
    await asyncio.wait_for(failed.wait(), PATIENCE_SECONDS)
    assert isinstance(watcher.failure, FolderError)
    await watcher.stop()


async def test_a_look_that_fails_is_logged_and_not_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, a_txt=HARBOUR)
    async with watched(tmp_path) as library:
        with monkeypatch.context() as patched:
            patched.setattr(library, "refresh", lambda **_: 1 / 0)
            _create(tmp_path)
            await seconds_until(lambda: "could not be looked at" in caplog.text)
        shutil.move(tmp_path / "b.txt", tmp_path / "c.txt")
        await seconds_until(lambda: paths(library) == ["a.txt", "c.txt"])
