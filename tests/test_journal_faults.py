"""The journal on a disk that fails: damaged, locked, full, slow, out of reach; and whole again afterwards."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from canned import LAMP, answered
from full_disk import no_file_longer_than
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import JournalError, UnusableJournalError
from bot.journal import Conversation, Journal, SentAnswer, access, new_key, wholeness
from bot.journal.schema import SCHEMAS
from bot.journal.troubles import Damaged, Failing, Trouble
from bot.journal.wholeness import LIKELY_VERSIONS

WORDS = "what burns all night"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholeness, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(access, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(access, "RESTING_SECONDS", 0.1)


def _listening(path: Path) -> tuple[Journal, list[Trouble]]:
    journal, told = Journal(path), []
    journal.troubles.listener = told.append
    return journal, told


async def _ask(journal: Journal, words: str = WORDS, chat: int = 7) -> SentAnswer:
    sent = SentAnswer(chat, 0, new_key(), answered(LAMP, question=words))
    await journal.add_answer(sent, await journal.conversation(chat, 0))
    return sent


async def _questions(journal: Journal, chat: int = 7) -> list[str]:
    return [turn.question for turn in (await journal.conversation(chat, 0)).turns]


async def _fill(path: Path, count: int = 3) -> None:
    async with Journal(path) as journal:
        for _ in range(count):
            await _ask(journal)
        await journal.keep_links([LAMP])


@contextmanager
def _locking(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


def _asides(path: Path) -> list[Path]:
    return sorted(each for each in path.parent.glob("journal.damaged-*.sqlite3*") if not each.name.endswith("-shm"))


@pytest.mark.parametrize("kind", ["no database", "empty", "directory", "another database", "log alone", "cut short"])
async def test_a_damaged_journal_is_moved_aside_and_a_new_one_begun(
    path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    if kind == "directory":
        (path / "inside").mkdir(parents=True)
    elif kind == "another database":
        with closing(sqlite3.connect(path)) as database:
            database.executescript("CREATE TABLE recipes (name); PRAGMA user_version = 2;")
    elif kind == "log alone":
        path.with_name(path.name + "-wal").write_bytes(b"left behind")
    elif kind == "cut short":
        await _fill(path)
        path.write_bytes(path.read_bytes()[:5000])
    else:
        path.write_bytes(b"no database at all" * 99 if kind == "no database" else b"")
    held = [each.read_bytes() for each in path.parent.iterdir() if each.is_file()]
    journal, told = _listening(path)
    async with journal:
        await _ask(journal)
        assert await _questions(journal) == [WORDS]
    (aside,) = _asides(path)
    assert told == [Damaged(path.with_name(aside.name.removesuffix("-wal")))]
    assert (aside / "inside").is_dir() if kind == "directory" else [aside.read_bytes()] == held
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    async with Journal(path) as journal:
        assert await _questions(journal) == [WORDS]


async def test_no_damaged_journal_takes_the_place_of_another(path: Path) -> None:
    path.parent.mkdir()
    for number in range(3):
        path.write_bytes(b"%d" % number)
        async with Journal(path):
            pass
    assert [aside.read_bytes() for aside in _asides(path)] == [b"1", b"2", b"0"]


async def test_a_journal_can_be_read_by_its_owner_alone(path: Path) -> None:
    async with Journal(path) as journal:
        await _ask(journal)
        assert {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {
            "journal.sqlite3": 0o600,
            "journal.sqlite3-wal": 0o600,
            "journal.sqlite3-shm": 0o600,
        }


@cache
def _whole() -> bytes:
    """A journal with something in it."""
    with TemporaryDirectory() as place:
        path = Path(place) / "journal.sqlite3"
        asyncio.run(_fill(path))
        return path.read_bytes()


async def _survives(path: Path, content: bytes) -> None:
    """Whatever stands at `path`: the journal opens, keeps a turn, gives it back, and nothing is deleted."""
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    path.write_bytes(content)
    journal, told = _listening(path)
    try:
        async with journal:
            for _ in range(2):
                with_memory = await _answered_anyway(journal)
            assert with_memory
            assert await journal.days(9)
            await journal.unanswered(9)
            assert not [one for one in told if isinstance(one, Failing)]
    except JournalError:  # it says to come from a newer version, and is left alone
        assert len(SCHEMAS) < int.from_bytes(content[60:64], "big") <= LIKELY_VERSIONS
        assert path.read_bytes() == content
        return
    if told:
        assert _asides(path)[0].read_bytes() == content
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def _answered_anyway(journal: Journal) -> bool:
    """Whether a turn was kept; damage that only a use brings to light may cost that one use."""
    try:
        sent = await _ask(journal, "anew", chat=8)
        return await journal.answer(8, sent.key) is not None
    except UnusableJournalError:
        return False


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 200_000))
def test_a_journal_cut_short_at_any_byte_is_no_end(path: Path, cut: int) -> None:
    asyncio.run(_survives(path, _whole()[: cut % len(_whole())]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), count=st.sampled_from([1, 3, 30, 300]), start=st.integers(0, 200_000))
def test_a_journal_with_bytes_overwritten_is_no_end(path: Path, seed: int, count: int, start: int) -> None:
    content, chance = bytearray(_whole()), random.Random(seed)  # noqa: S311 (no secret)
    first = start % len(content)
    for place in range(first, min(first + count, len(content))):
        content[place] = chance.randrange(256)
    asyncio.run(_survives(path, bytes(content)))


async def test_damage_that_comes_to_light_while_the_bot_runs_is_mended_without_a_restart(path: Path) -> None:
    await _fill(path, 200)
    journal, told = _listening(path)
    async with journal:
        with path.open("r+b") as file:
            file.truncate(20_000)
        path.with_name(path.name + "-wal").write_bytes(b"")
        with pytest.raises(UnusableJournalError):
            await journal.days(9)
        await _ask(journal, "anew")
        assert await _questions(journal) == ["anew"]
    (trouble,) = told
    assert isinstance(trouble, Damaged)
    assert trouble.aside.exists()


async def test_a_locked_journal_is_waited_for_a_moment_told_once_and_used_again(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "RESTING_SECONDS", 0.5)
    journal, told = _listening(path)
    async with journal:
        await _ask(journal)
        with closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                with pytest.raises(UnusableJournalError):
                    await _ask(journal)
            assert await _questions(journal) == [WORDS]
            for _ in range(9):
                with pytest.raises(UnusableJournalError, match="a moment ago"):
                    await journal.set_language(7, "ko")
        await asyncio.sleep(0.5)
        await _ask(journal)
        assert await _questions(journal) == [WORDS, WORDS]
    assert told == [Failing("database is locked")]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


async def test_a_journal_that_is_locked_at_the_start_is_opened_later(path: Path) -> None:
    await _fill(path)
    journal, told = _listening(path)
    with _locking(path):
        await journal.open()
        for _ in range(3):
            with pytest.raises(UnusableJournalError):
                await journal.conversation(7, 0)
    await asyncio.sleep(0.15)
    assert await _questions(journal) == [WORDS] * 3
    await journal.close()
    assert told == [Failing("database is locked")]
    assert not _asides(path)


async def test_a_full_disk_costs_no_answer_and_is_over_when_there_is_room(path: Path) -> None:
    await _fill(path)
    journal, told = _listening(path)
    async with journal:
        pages = "PRAGMA max_page_count = "
        await journal._rows(f"{pages}1")  # at least as many as there are
        for _ in range(9):
            with pytest.raises(UnusableJournalError, match="database or disk is full"):
                await _ask(journal, "long" * 9999)
        before = await _questions(journal)
        assert set(before) == {WORDS}
        await journal._rows(f"{pages}{2**30}")
        await _ask(journal, "there is room")
        assert (await _questions(journal))[-1] == "there is room"
    assert told == [Failing("database or disk is full")]


async def test_a_slow_disk_keeps_nobody_waiting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "RESTING_SECONDS", 1.0)
    journal, told = _listening(path)
    async with journal:
        async with journal._writing() as connection:
            await connection.create_function("sleep", 1, time.sleep)
            await connection.execute("CREATE TEMP TRIGGER slow AFTER INSERT ON turns BEGIN SELECT sleep(1); END")
        before = time.monotonic()
        monkeypatch.setattr(access, "SLOWEST_SECONDS", 0.1)
        for _ in range(5):
            with pytest.raises(UnusableJournalError):
                await journal.add_answer(SentAnswer(7, 0, new_key(), answered(LAMP)))
        assert time.monotonic() - before < 0.9  # not even one of them was waited for
        monkeypatch.setattr(access, "SLOWEST_SECONDS", 3)
        await asyncio.sleep(1.1)
        async with journal._writing() as connection:
            await connection.execute("DROP TRIGGER slow")
        await _ask(journal)
        assert await _questions(journal) == ["what burns all night"]
    assert told == [Failing("it takes too long")]


async def test_a_place_that_cannot_be_used_is_tried_again(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.write_text("a file, no directory")
    journal, told = _listening(place / "journal.sqlite3")
    async with journal:
        with pytest.raises(UnusableJournalError):
            await journal.conversation(7, 0)
        place.unlink()
        await asyncio.sleep(0.15)
        assert await journal.conversation(7, 0) == Conversation()
        await _ask(journal)
    (trouble,) = told
    assert isinstance(trouble, Failing)
    assert [each.name for each in place.iterdir()] == ["journal.sqlite3"]


async def test_what_the_journal_does_not_take_is_no_failure_of_the_disk(path: Path) -> None:
    journal, told = _listening(path)
    async with journal:
        with pytest.raises(JournalError, match="does not take that") as refused:
            await journal.add_answer(SentAnswer(None, 0, new_key(), answered(LAMP)))  # type: ignore[arg-type]
        assert not isinstance(refused.value, UnusableJournalError)
        sent = SentAnswer(7, 0, new_key(), answered(LAMP))
        await journal.add_answer(sent)  # at once, before anything else has its turn
        assert await journal.answer(7, sent.key) is not None
    assert not told
    async with Journal(path) as journal:
        assert await journal.answer(7, sent.key) is not None


async def test_a_disk_that_takes_no_more_is_tried_again(path: Path) -> None:
    await _fill(path)
    journal, told = _listening(path)
    async with journal:
        with no_file_longer_than(path.stat().st_size):
            for _ in range(3):
                with pytest.raises(UnusableJournalError):
                    await _ask(journal, "long" * 99_999)
        await asyncio.sleep(0.15)
        await _ask(journal, "there is room")
        assert (await _questions(journal))[-1] == "there is room"
    (trouble,) = told
    assert isinstance(trouble, Failing)
    assert not _asides(path)


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of root, who may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


async def test_a_directory_that_cannot_be_written_is_tried_again_and_nothing_is_moved() -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "journal.sqlite3"
        await _fill(path)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        journal, told = _listening(path)
        with _as_nobody():
            await journal.open()
            for _ in range(3):
                with pytest.raises(UnusableJournalError):
                    await _ask(journal)
        path.parent.chmod(0o777)
        path.chmod(0o666)
        await asyncio.sleep(0.15)
        with _as_nobody():
            await _ask(journal, "anew")
            assert await _questions(journal) == [WORDS] * 3 + ["anew"]
            await journal.close()
        (trouble,) = told
        assert isinstance(trouble, Failing)
        assert [each.name for each in path.parent.iterdir()] == ["journal.sqlite3"]


def test_a_journal_whose_event_loop_ended_before_it_is_closed_in_another(path: Path) -> None:
    journal, loop = Journal(path), asyncio.new_event_loop()
    loop.run_until_complete(journal.open())
    for task in asyncio.all_tasks(loop):
        task._log_destroy_pending = False  # type: ignore[attr-defined]
    loop.close()
    asyncio.run(journal.close())
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN IMMEDIATE")
