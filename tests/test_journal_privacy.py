"""What people asked goes when it should: forgotten, it is in no byte left; outdated, also while nobody asks."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from bot_api.telegram import RefusalError
from canned import LAMP, answered, refused
from house import GROUP, OWNER, STRANGER, open_house

from bot.journal import Day, Disliked, Errand, Journal, SentAnswer, Unanswered, Vote, file, new_key
from bot.journal.file import SECONDS_A_DAY

WORD = "zyxwoman"


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


async def _deliver(journal: Journal, chat: int, person: int, words: str) -> None:
    """An update that was delivered, and not handled yet."""
    async with journal._writing() as connection:
        await connection.execute(
            "INSERT INTO inbox (bot, number, at, chat, person, content) VALUES (1, ?, ?, ?, ?, ?)",
            (chat, int(journal._clock()), chat, person, words),
        )


def _held(place: Path) -> bytes:
    return b"".join(each.read_bytes() for each in place.rglob("*") if each.is_file())


async def test_after_forget_no_byte_of_what_was_asked_is_left(tmp_path: Path) -> None:
    async with open_house(tmp_path, owners=frozenset({OWNER})) as house:
        for number in range(4):
            await house.say(f"what did Ada Ferry say about {WORD} {number}", STRANGER)
            await house.say(f"who knows {WORD} {number}", STRANGER + 1)
        await house.say(
            f"/ask who is Ada {WORD}", GROUP, **{"from": {"id": STRANGER, "is_bot": False, "first_name": "Min"}}
        )
        await house.say(f"/sources {WORD}", STRANGER)
        assert WORD.encode() in _held(house.data_dir)
        for person in (STRANGER, STRANGER + 1):
            question = (await house.say("/forget", person))[-1]
            await house.press(question, "Delete")
        held = _held(house.data_dir)
        assert WORD.encode() not in held
        await house.say("what did Ada Ferry say", STRANGER)
        assert "ada ferry" in _held(house.data_dir).decode("utf-8", "replace").lower()


async def test_forgetting_leaves_no_trace_though_the_pages_were_filled_and_emptied_before(tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        for number in range(60):
            for chat in (7, 8):
                words = f"{WORD}{chat} " * (number * 7 % 90 + 1)
                sent = SentAnswer(chat, 0, new_key(), refused(question=words, understood=words), person=chat)
                await journal.add_answer(sent)
                if number % 3 == 0:
                    await journal.replace_answer(sent)
        await journal.keep_questions(7, (f"{WORD}7",))
        await journal.keep_questions(-5, (f"{WORD}7 in a group",))
        await journal.add_answer(SentAnswer(-5, 0, new_key(), refused(question=f"{WORD}7"), person=7))
        await _deliver(journal, -5, 7, f"{WORD}7")
        await _deliver(journal, 8, 8, f"{WORD}8")
        await journal.add_errand(Errand("upload", 7, f"{WORD}7.txt"))
        await journal.forget(7, 7)
        held = _held(tmp_path)
        assert f"{WORD}7".encode() not in held
        assert held.count(f"{WORD}8".encode()) > 60


async def test_what_is_outdated_goes_while_nobody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "TENDING_SECONDS", 0.02)
    clock = Clock()
    async with Journal(tmp_path / "journal.sqlite3", 30, clock=clock) as journal:
        sent = SentAnswer(7, 0, new_key(), answered(LAMP, question=WORD), (1,), 7, 2)
        await journal.add_answer(sent)
        await journal.vote(7, sent.key, 8, Vote.DOWN)
        await journal.add_press(7, sent.key, "more")
        await journal.keep_questions(7, (WORD,))
        await journal.add_errand(Errand("upload", 9, WORD))
        await journal.is_news(11)
        await _deliver(journal, 7, 7, WORD)
        await journal.set_language(7, "ko")
        await journal.admit(12)
        await journal.keep_links([LAMP])
        clock.now += 30 * SECONDS_A_DAY
        await asyncio.sleep(0.1)
        assert await journal.answer(7, sent.key) is not None
        clock.now += 1
        for _ in range(100):
            await asyncio.sleep(0.02)
            if WORD.encode() not in _held(tmp_path):
                break
        assert WORD.encode() not in _held(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {name for name in tables if database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]}  # noqa: S608
    assert kept == {"languages", "admitted", "links"}


def test_figures_for_owners_have_no_room_for_people() -> None:
    names = {field.name for record in (Day, Unanswered, Disliked) for field in fields(record)}
    assert names == {"date", "asked", "answered", "refused", "question", "count", "last", "answer", "votes"}


async def test_the_log_tells_nothing_of_what_is_asked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with open_house(tmp_path) as house:
        for words in (f"what did Ada Ferry say about {WORD}", f"/ask {WORD}", f"/sources {WORD}", f"/nonsense {WORD}"):
            await house.say(words, STRANGER)
        house.telegram.inquire(f"what did Ada Ferry say about {WORD}", STRANGER)
        await house.hear(house.telegram.updates[-1])
        with closing(sqlite3.connect(house.data_dir / "journal.sqlite3")) as other:
            other.execute("DROP TABLE buttons")
            other.commit()
        await house.say(f"who is {WORD} Ferry", STRANGER)
    log = logging.Formatter()
    assert caplog.records
    assert not [record for record in caplog.records if WORD in log.format(record)]


async def test_a_question_that_is_put_off_is_forgotten_too(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        inbox = house.application.update_queue
        refusals = [RefusalError(429, "Too Many Requests: retry after 1", retry_after=0) for _ in range(6)]
        house.telegram.refusals.extend(refusals)
        assert not await house.say("what did Ada Ferry say", STRANGER)
        assert len(inbox._timers) == 1
        house.telegram.refusals.clear()
        question = (await house.say("/forget", STRANGER))[-1]
        assert len(inbox._timers) == 1
        await house.press(question, "Delete")
        assert not inbox._timers
