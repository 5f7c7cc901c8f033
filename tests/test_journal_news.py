"""Owners are told of the journal's troubles once, in their language; everybody is answered all the same."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from full_disk import no_file_longer_than
from house import OWNER, SECOND_OWNER, STRANGER, open_house

from bot.journal import Journal, access, wholeness
from bot.log import start_logging
from bot.settings import Secret

QUESTION = "what did Ada Ferry say"
QUOTE = "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night."


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholeness, "PATIENCE_SECONDS", 0.02)
    monkeypatch.setattr(access, "PATIENCE_SECONDS", 0.02)
    monkeypatch.setattr(access, "RESTING_SECONDS", 0.05)


@contextmanager
def _locking(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


async def test_a_damaged_journal_is_news_for_each_owner_and_the_bot_answers(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "journal.sqlite3").write_bytes(b"no database")
    async with open_house(tmp_path) as house:
        one, other = await house.wait_for(2)
        (aside,) = house.data_dir.glob("journal.damaged-*")
        assert one.text == other.text
        assert one.text == (
            "My journal was damaged. I have begun a new one, and remember nothing of what came before: conversations, "
            f"votes, and whom you let in. The damaged one is kept beside it as {aside.name}, with what people asked in "
            "it; delete it once you need it no more."
        )
        (answer,) = await house.say(QUESTION, STRANGER)
        assert QUOTE in answer.text
        (more,) = await house.say("what else did she say", STRANGER)
        assert more.text.startswith("she = Ada Ferry")


async def test_a_journal_that_takes_nothing_costs_no_answer_and_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    start_logging("INFO", Secret("1:made-up"))
    try:
        async with Journal(tmp_path / "data" / "journal.sqlite3") as journal:
            await journal.set_language(SECOND_OWNER, "ko")
        async with open_house(tmp_path) as house:
            with _locking(house.data_dir / "journal.sqlite3"):
                for number in range(3):
                    await house.say(QUESTION, 100 + number)
                sent = (await house.wait_for(5))[:5]
                status = await house.say("/status")
                assert status[-1].text == (
                    "I cannot use my journal: database is locked. "
                    "I go on answering, but remember nothing new until I can."
                )
            told = {one.chat: one.text for one in sent if one.chat < 100}
            assert len(sent) == len(told) + 3
            assert all(QUOTE in one.text for one in sent if one.chat >= 100)
            assert told == {
                OWNER: "I cannot use my journal: database is locked. "
                "I go on answering, but remember nothing new until I can.",
                SECOND_OWNER: "기록 파일을 쓸 수 없습니다: database is locked. "
                "답은 계속하지만, 다시 쓸 수 있을 때까지 새로운 것을 기억하지 못합니다.",
            }
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(capture=False)
    log = capsys.readouterr().err
    assert log.count("journal_unusable") == 1
    assert "Traceback" not in log


async def test_a_full_disk_costs_no_answer_and_is_over_when_there_is_room(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        (answer,) = await house.say(QUESTION, 100)
        with no_file_longer_than(4096):
            for chat in range(101, 104):
                await house.say(QUESTION, chat)
            sent = await house.wait_for(6)
        assert [one.chat for one in sent if one.text == answer.text] == [100, 101, 102, 103]
        assert [one.chat for one in sent if "I cannot use my journal" in one.text] == [OWNER, SECOND_OWNER]
        await asyncio.sleep(0.1)
        await house.say(QUESTION, 105)
        more = (await house.say("what else did she say", 105))[-1]
        assert more.text.startswith("she = Ada Ferry")
