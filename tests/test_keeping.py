"""Backup and restore over the command line: whole copies while the bot writes, and never anything overwritten."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from canned import LAMP, answered

from bot.__main__ import main
from bot.journal import Journal, SentAnswer, Vote, new_key, wholeness
from bot.journal.schema import SCHEMAS


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(wholeness, "PATIENCE_SECONDS", 0.1)
    return tmp_path / "data" / "journal.sqlite3"


async def _fill(path: Path, *words: str) -> None:
    async with Journal(path, clock=lambda: 1_714_737_600) as journal:  # 3 May 2024
        for each in words:
            sent = SentAnswer(7, 0, new_key(), answered(LAMP, question=each))
            await journal.add_answer(sent, await journal.conversation(7, 0))
            await journal.vote(7, sent.key, 7, Vote.UP)
        await journal.set_language(7, "ko")
        await journal.admit(-5)
        await journal.keep_links([LAMP])


async def _questions(path: Path) -> list[str]:
    async with Journal(path) as journal:
        return [turn.question for turn in (await journal.conversation(7, 0)).turns]


def test_a_backup_says_what_it_holds_and_comes_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_fill(path, "one", "two"))
    assert main(["backup", "copy.sqlite3"]) == 0
    held = (
        "  answers: 2, from 2024-05-03 to 2024-05-03\n"
        "  votes: 2, languages chosen: 1, chats let in: 1\n"
        "  addresses of quotes: 1, size: 0.1 MB\n"
    )
    assert capsys.readouterr().out == (
        f"copy.sqlite3 is a whole copy of {path}.\n{held}"
        "It keeps what /forget and RETENTION_DAYS take out of the journal: delete it once you need it no more.\n"
    )
    copy = Path("copy.sqlite3")
    assert copy.stat().st_mode & 0o777 == 0o600
    asyncio.run(_fill(path, "three"))
    assert main(["restore", "copy.sqlite3"]) == 0
    (aside,) = path.parent.glob("journal.replaced-*")
    assert capsys.readouterr().out == (
        f"{path} is the journal of copy.sqlite3 now.\n{held}"
        f"The one before is kept as {aside}: delete it once you need it no more.\n"
        "What was deleted by /forget since the backup is in it again; outdated answers go when the bot starts.\n"
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert asyncio.run(_questions(path)) == ["one", "two"]
    assert asyncio.run(_questions(aside)) == ["one", "two", "three"]
    assert sorted(each.name for each in Path().iterdir()) == ["copy.sqlite3", "data"]


def test_a_backup_while_the_bot_writes_is_whole(path: Path) -> None:
    ended = threading.Event()

    async def write() -> None:
        async with Journal(path) as journal:
            count = 0
            while not ended.is_set():
                await journal.add_answer(SentAnswer(7, 0, new_key(), answered(LAMP)))
                count += 1
            assert (await journal.days(1))[0].asked == count

    asyncio.run(_fill(path, "one"))
    thread = threading.Thread(target=asyncio.run, args=(write(),))
    thread.start()
    try:
        codes = [main(["backup", f"{number}.sqlite3"]) for number in range(5)]
    finally:
        ended.set()
        thread.join()
    assert codes == [0] * 5
    counts = []
    for number in range(5):
        with closing(sqlite3.connect(f"{number}.sqlite3")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            counts.append(copy.execute("SELECT count(*) FROM turns").fetchone()[0])
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] > 0


def _refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.rstrip("\n")


def test_what_cannot_be_backed_up_is_said_and_leaves_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refusal(capsys, "backup", "copy") == (
        f"{path}: there is no journal yet. Run the bot first, or set DATA_DIR to where it is."
    )
    asyncio.run(_fill(path, "one"))
    Path("taken").write_text("dear to somebody")
    assert _refusal(capsys, "backup", "taken") == "taken is there already, and is not overwritten. Name another file."
    assert Path("taken").read_text() == "dear to somebody"
    assert _refusal(capsys, "backup", "no/where") == (
        "no/where: this cannot be done (No such file or directory). "
        "Make room and the directory writable, or name another file."
    )
    path.write_bytes(path.read_bytes()[:9000])
    assert _refusal(capsys, "backup", "copy").startswith(f"{path}: this is no whole journal (")
    assert sorted(each.name for each in Path().iterdir()) == ["data", "taken"]


def test_what_is_no_whole_journal_is_not_restored(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_fill(path, "one"))
    before = path.read_bytes()
    whole = Path("whole")
    assert main(["backup", str(whole)]) == 0
    capsys.readouterr()
    Path("cut").write_bytes(whole.read_bytes()[:-5000])
    Path("prose").write_bytes(b"no database at all" * 99)
    Path("empty").write_bytes(b"")
    with closing(sqlite3.connect("recipes")) as other:
        other.execute("CREATE TABLE recipes (name)")
    for name in ("cut", "prose", "empty", "recipes"):
        assert _refusal(capsys, "restore", name).startswith(f"{name}: this is no whole journal (")
    with closing(sqlite3.connect(whole)) as newer:
        newer.execute(f"PRAGMA user_version = {len(SCHEMAS) + 1}")
    assert _refusal(capsys, "restore", "whole").startswith("whole: the journal comes from a newer version of the bot")
    assert _refusal(capsys, "restore", "gone") == (
        "gone: there is no such file. Name one that `python -m bot backup` made."
    )
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["journal.sqlite3"]


def test_nothing_is_restored_below_a_running_bot(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def try_it() -> str:
        async with Journal(path):
            return await asyncio.to_thread(_refusal, capsys, "restore", "copy")

    asyncio.run(_fill(path, "one"))
    main(["backup", "copy"])
    capsys.readouterr()
    assert asyncio.run(try_it()) == (f"{path}: a bot is running on this journal. End it, restore, start it again.")
    assert [each.name for each in path.parent.iterdir()] == ["journal.sqlite3"]
    assert asyncio.run(_questions(path)) == ["one"]


@pytest.mark.parametrize("present", ["none", "damaged", "directory", "newer"])
def test_a_backup_takes_the_place_of_whatever_there_is(path: Path, present: str) -> None:
    asyncio.run(_fill(path, "one"))
    main(["backup", "copy"])
    path.unlink()
    if present == "damaged":
        path.write_bytes(b"no database" * 99)
    elif present == "directory":
        path.mkdir()
    elif present == "newer":
        with closing(sqlite3.connect(path)) as newer:
            newer.execute("PRAGMA user_version = 99")
    assert main(["restore", "copy"]) == 0
    assert len(list(path.parent.iterdir())) == (1 if present == "none" else 2)
    assert asyncio.run(_questions(path)) == ["one"]


def test_a_backup_of_an_earlier_version_comes_back(path: Path) -> None:
    with closing(sqlite3.connect("early")) as early:
        early.executescript(f"{SCHEMAS[0]} PRAGMA user_version = 1;")
    assert main(["restore", "early"]) == 0
    asyncio.run(_fill(path, "one"))
    assert asyncio.run(_questions(path)) == ["one"]
