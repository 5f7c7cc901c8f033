"""The journal: a chat's last turns, in order, over restarts."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversations import KEPT_TURNS
from bot.errors import JournalError
from bot.journal import SECONDS_A_DAY, Journal
from retrieval import Place, Turn


def _turn(question: str) -> Turn:
    return Turn(
        question, f"{question} “in full”", "answer", ("Ada Ferry", "차정미"), (Place("a.md", 3, 9), Place("b.md", 0, 1))
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


async def test_turns_survive_a_restart_word_for_word(path: Path) -> None:
    async with Journal(path) as journal:
        await journal.add_turn(7, 0, _turn("first"))
        await journal.add_turn(7, 0, _turn("second'); DROP TABLE turns; --"))
    async with Journal(path) as journal:
        assert await journal.last_turns(7, 0) == (_turn("first"), _turn("second'); DROP TABLE turns; --"))


async def test_chats_and_threads_are_kept_apart(path: Path) -> None:
    async with Journal(path) as journal:
        await journal.add_turn(-100, 1, _turn("one"))
        await journal.add_turn(-100, 2, _turn("two"))
        await journal.add_turn(8, 1, _turn("three"))
        assert await journal.last_turns(-100, 1) == (_turn("one"),)
        assert await journal.last_turns(-100, 0) == ()


async def test_the_last_turns_come_oldest_first(path: Path) -> None:
    async with Journal(path) as journal:
        for number in range(KEPT_TURNS + 3):
            await journal.add_turn(7, 0, _turn(str(number)))
        assert [turn.question for turn in await journal.last_turns(7, 0)] == [str(n) for n in range(3, KEPT_TURNS + 3)]


async def test_outdated_turns_are_deleted_when_it_opens(path: Path) -> None:
    async with Journal(path) as journal:
        await journal.add_turn(7, 0, _turn("old"))
        await journal.add_turn(7, 0, _turn("new"))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE turns SET at = ? WHERE id = 1", (time.time() - 3 * SECONDS_A_DAY,))
    async with Journal(path) as journal:
        assert len(await journal.last_turns(7, 0)) == 2
    async with Journal(path, retention_days=2) as journal:
        assert await journal.last_turns(7, 0) == (_turn("new"),)


async def test_a_file_that_is_no_journal_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(JournalError, match=r"journal.sqlite3: the journal cannot be used \(file is not a database\)"):
        await Journal(path).open()


async def test_a_journal_of_a_newer_version_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match="comes from a newer version of the bot"):
        await Journal(path).open()


async def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, no directory")
    with pytest.raises(JournalError, match=r"data/journal.sqlite3: the journal cannot be used"):
        await Journal(tmp_path / "data" / "journal.sqlite3").open()


async def test_a_closed_journal_says_so(path: Path) -> None:
    journal = Journal(path)
    with pytest.raises(JournalError, match="the journal is not open"):
        await journal.last_turns(7, 0)


async def test_questions_behind_buttons_survive_a_restart_under_one_key(path: Path) -> None:
    questions = ("what did “Ada” say", "차정미는 뭐라고 했나")
    async with Journal(path) as journal:
        key = await journal.keep_questions(7, questions)
        assert await journal.keep_questions(7, questions) == key
        assert await journal.keep_questions(7, questions[::-1]) != key
    async with Journal(path) as journal:
        assert [await journal.kept_question(7, key, number) for number in (-1, 0, 1, 2)] == [None, *questions, None]
        assert await journal.kept_question(8, key, 0) is None
        assert await journal.kept_question(7, "nonsense", 0) is None


async def test_outdated_buttons_are_deleted(path: Path) -> None:
    async with Journal(path) as journal:
        key = await journal.keep_questions(7, ("what burns",))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE buttons SET at = ?", (time.time() - 3 * SECONDS_A_DAY,))
    async with Journal(path, retention_days=2) as journal:
        assert await journal.kept_question(7, key, 0) is None


async def test_a_journal_of_the_first_version_keeps_its_turns(path: Path) -> None:
    async with Journal(path) as journal:
        await journal.add_turn(7, 0, _turn("first"))
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript("DROP TABLE buttons; PRAGMA user_version = 1;")
    async with Journal(path) as journal:
        assert await journal.last_turns(7, 0) == (_turn("first"),)
        assert await journal.kept_question(7, await journal.keep_questions(7, ("x",)), 0) == "x"
