"""The inbox: whatever Telegram delivers is kept until it is handled, and nothing is handled twice for nothing."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import Telegram
from telegram import Bot, Update, User

from bot.inbox import MOST_TRIES, Inbox
from bot.journal import Arrival, InboxChanges, Journal

DAY = 86_400


def bot_of(number: int) -> Bot:
    """A bot that has asked Telegram who it is."""
    bot = Bot(f"{number}:token")
    bot._bot_user = User(number, "Chapter", is_bot=True)
    return bot


BOT = bot_of(123456)


@asynccontextmanager
async def opened(path: Path, *, is_webhook: bool = False) -> AsyncIterator[Inbox]:
    """The inbox of one process; what it holds when it leaves is what a kill -9 would leave."""
    async with Journal(path / "journal.sqlite3") as journal:
        inbox = Inbox(journal, is_webhook=is_webhook)
        await inbox.open(BOT)
        yield inbox
        inbox.close()


def asked(text: str, **changes: Any) -> Update:
    update = Update.de_json(Telegram().write(text, **changes), BOT)
    assert update is not None
    return update


def texts(inbox: Inbox) -> list[str]:
    """What is to be handled, in order; the queue is empty afterwards."""
    updates = [inbox.get_nowait() for _ in range(inbox.qsize())]
    return [update.effective_message.text for update in updates]  # type: ignore[attr-defined]


async def kept(path: Path) -> list[str]:
    async with Journal(path / "journal.sqlite3") as journal:
        return [one.content for one in await journal.left_over(BOT.id)]


async def test_what_was_written_and_not_handled_comes_first_at_the_next_start(tmp_path: Path) -> None:
    first, second, third = map(asked, ("one", "two", "three"))
    async with opened(tmp_path) as inbox:
        for update in (first, second, third):
            await inbox.put(update)
        await inbox.end(second, is_handled=True)
    async with opened(tmp_path) as inbox:
        await inbox.put(asked("four"))
        assert texts(inbox) == ["one", "three", "four"]


async def test_nothing_is_in_the_journal_once_it_is_handled(tmp_path: Path) -> None:
    early, late = asked("before it is written"), asked("after it is written")
    async with opened(tmp_path) as inbox:
        await inbox.put(early)
        await inbox.end(early, is_handled=True)
        await inbox.put(late)
        await inbox.written()
        await inbox.end(late, is_handled=True)
    assert await kept(tmp_path) == []
    assert b"it is written" not in (tmp_path / "journal.sqlite3").read_bytes()


async def test_what_telegram_delivers_again_is_handled_once(tmp_path: Path) -> None:
    handled, waiting = asked("handled"), asked("waiting")
    async with opened(tmp_path) as inbox:
        for update in (handled, waiting, handled, waiting):
            await inbox.put(update)
        assert texts(inbox) == ["handled", "waiting"]
        await inbox.end(handled, is_handled=True)
        await inbox.put(handled)
    async with opened(tmp_path) as inbox:
        await inbox.put(handled)
        await inbox.put(waiting)
        assert texts(inbox) == ["waiting"]


async def test_another_bots_updates_have_numbers_of_their_own(tmp_path: Path) -> None:
    update = asked("mine")
    async with opened(tmp_path) as inbox:
        await inbox.put(update)
        await inbox.written()
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        inbox = Inbox(journal)
        await inbox.open(bot_of(99))
        await inbox.put(update)
        assert texts(inbox) == ["mine"]


@pytest.mark.parametrize(("is_webhook", "written"), [(True, 1), (False, 0)])
async def test_a_webhook_is_answered_after_the_update_is_written(
    tmp_path: Path, is_webhook: bool, written: int
) -> None:
    async with opened(tmp_path, is_webhook=is_webhook) as inbox:
        await inbox.put(asked("one"))
        assert len(await kept(tmp_path)) == written
        await inbox.written()
        assert len(await kept(tmp_path)) == 1


async def test_one_poll_is_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written, write = [], Journal.write_inbox

    async def counted(self: Journal, bot: int, changes: InboxChanges) -> None:
        written.append(len(changes.arrived))
        await write(self, bot, changes)

    monkeypatch.setattr(Journal, "write_inbox", counted)
    async with opened(tmp_path) as inbox:
        for number in range(100):
            await inbox.put(asked(f"question {number}"))
        await asyncio.gather(*(inbox.written() for _ in range(10)))
    assert written == [100]


async def test_what_a_cancelled_poll_did_not_write_the_next_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(*_: object) -> None:
        await asyncio.sleep(60)

    async with opened(tmp_path) as inbox:
        await inbox.put(asked("one"))
        with monkeypatch.context() as patched:
            patched.setattr(Journal, "write_inbox", stuck)
            poll = asyncio.create_task(inbox.written())
            await asyncio.sleep(0.01)
            poll.cancel()
            with pytest.raises(asyncio.CancelledError):
                await poll
        await inbox.written()
        assert len(await kept(tmp_path)) == 1


async def test_what_the_bot_does_not_outlive_is_dropped_without_its_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    poison, number = asked("poison"), 0
    async with opened(tmp_path) as inbox:
        await inbox.put(poison)
        await inbox.written()
    for _ in range(MOST_TRIES):
        async with opened(tmp_path) as inbox:
            (again,) = [inbox.get_nowait()]
            assert isinstance(again, Update)
            number = again.update_id
            await inbox.begin(again)
    async with opened(tmp_path) as inbox:
        assert texts(inbox) == []
    assert f"Update {number} ended the bot {MOST_TRIES} times; it is dropped." in caplog.text
    assert "poison" not in caplog.text
    assert await kept(tmp_path) == []


async def test_what_is_interrupted_in_order_does_not_count_as_an_end(tmp_path: Path) -> None:
    async with opened(tmp_path) as inbox:
        await inbox.put(asked("slow"))
        await inbox.written()
    for _ in range(MOST_TRIES + 2):
        async with opened(tmp_path) as inbox:
            update = inbox.get_nowait()
            assert isinstance(update, Update)
            await inbox.begin(update)
            assert not inbox.is_suspect(update)
            await inbox.end(update, is_handled=False)
    assert len(await kept(tmp_path)) == 1


async def test_what_cannot_be_read_any_more_is_dropped(tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        await journal.write_inbox(BOT.id, InboxChanges([Arrival(1, 7, 7, "no JSON"), Arrival(2, 7, 7, '{"a": 1}')]))
    async with opened(tmp_path) as inbox:
        assert texts(inbox) == []
    assert await kept(tmp_path) == []


async def test_a_journal_that_fails_is_told_once_and_costs_no_update(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = asked("one"), asked("two")
    async with opened(tmp_path, is_webhook=True) as inbox:
        await inbox.put(first)
        with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
            database.execute("ALTER TABLE inbox RENAME TO elsewhere")
        await inbox.put(second)
        assert texts(inbox) == ["one", "two"]
        await inbox.end(first, is_handled=True)
        with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
            database.execute("ALTER TABLE elsewhere RENAME TO inbox")
        await inbox.written()
    (told,) = [record.getMessage() for record in caplog.records if record.name == "bot.inbox"]
    assert told.startswith("Updates are handled without being kept: ")
    async with opened(tmp_path) as inbox:
        assert texts(inbox) == ["two"]


async def test_what_telegram_keeps_from_being_answered_is_handled_again_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr("bot.inbox.LONGEST_PAUSE_SECONDS", 0.02)
    caplog.set_level(logging.INFO, "bot.inbox")
    update = asked("one")
    async with opened(tmp_path) as inbox:
        await inbox.put(update)
        for _ in range(4):
            assert await asyncio.wait_for(inbox.get(), 5) is update
            inbox.put_off(update, "Bad Gateway")
            await inbox.end(update, is_handled=True)
            assert len(await kept(tmp_path)) == 1
        assert await asyncio.wait_for(inbox.get(), 5) is update
        await inbox.end(update, is_handled=True)
        assert await kept(tmp_path) == []
    told = [record.getMessage() for record in caplog.records if record.name == "bot.inbox"]
    assert told == [f"Update {update.update_id} is handled again in 0 seconds: Bad Gateway"]


async def test_after_a_day_nobody_waits_for_the_answer_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr("bot.inbox.GIVEN_UP_SECONDS", 0.005)
    update = asked("one")
    async with opened(tmp_path) as inbox:
        await inbox.put(update)
        for _ in range(2):
            assert await asyncio.wait_for(inbox.get(), 5) is update
            inbox.put_off(update, "Bad Gateway")
            await inbox.end(update, is_handled=True)
    assert await kept(tmp_path) == []
    assert (
        f"Update {update.update_id} could not be answered for a day, and no more is tried: Bad Gateway" in caplog.text
    )


def _made(make: Callable[[Telegram], dict[str, Any]]) -> dict[str, Any]:
    telegram = Telegram()
    telegram.write("hello")
    return make(telegram)


SENT: dict[str, Any] = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "answer"}


@pytest.mark.parametrize(
    "make",
    [
        lambda telegram: telegram.write("what 불이 burns 🔥", -100, message_thread_id=3, is_topic_message=True),
        lambda telegram: telegram.edit(telegram.write("old"), "new"),
        lambda telegram: telegram.press_data(SENT, "x:1"),
        lambda telegram: telegram.inquire("harbour"),
        lambda telegram: telegram.send_file("a.md", b"# A"),
    ],
)
async def test_an_update_comes_back_as_it_was_delivered(
    tmp_path: Path, make: Callable[[Telegram], dict[str, Any]]
) -> None:
    delivered = _made(make)
    update = Update.de_json(delivered, BOT)
    async with opened(tmp_path) as inbox:
        await inbox.put(update)
        await inbox.written()
    async with opened(tmp_path) as inbox:
        again = inbox.get_nowait()
    assert isinstance(again, Update)
    assert again.to_dict() == update.to_dict()


Forget = Callable[[Journal], Awaitable[object]]


@pytest.mark.parametrize(
    ("forget", "left"),
    [
        (lambda journal: journal.forget(7, 7), ["3", "4"]),
        (lambda journal: journal.forget(-100, 7), ["1", "3", "4"]),
        (lambda journal: journal.forget(-100, 8), ["1", "2", "4"]),
    ],
)
async def test_forgetting_covers_what_waits(tmp_path: Path, forget: Forget, left: list[str]) -> None:
    places = [(7, 7), (-100, 7), (-100, 8), (8, 8)]
    arrived = [Arrival(number, *place, str(number)) for number, place in enumerate(places, start=1)]
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        await journal.write_inbox(BOT.id, InboxChanges(arrived))
        await forget(journal)
        assert [one.content for one in await journal.left_over(BOT.id)] == left


@pytest.mark.parametrize(
    ("chat", "person", "left"),
    [(7, 7, ["3", "4"]), (-100, 7, ["1", "3", "4"]), (-100, 8, ["1", "2", "4"]), (5, 5, ["1", "2", "3", "4"])],
)
async def test_what_is_put_off_is_forgotten_with_its_author(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chat: int, person: int, left: list[str]
) -> None:
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE_SECONDS", 0.02)
    telegram, places = Telegram(), [(7, 7), (-100, 7), (-100, 8), (8, 8)]
    async with opened(tmp_path) as inbox:
        for name, (where, who) in enumerate(places, start=1):
            by = {"id": who, "is_bot": False, "first_name": "Min"}
            await inbox.put(Update.de_json(telegram.write(str(name), where, **{"from": by}), BOT))
        for update in [inbox.get_nowait() for _ in places]:
            assert isinstance(update, Update)
            inbox.put_off(update, "Bad Gateway")
            await inbox.end(update, is_handled=True)
        await inbox._journal.forget(chat, person)
        inbox.forget(chat, person)
        await asyncio.sleep(0.04)
        assert texts(inbox) == left
        await inbox.written()
    async with opened(tmp_path) as inbox:
        assert texts(inbox) == left
        for update in telegram.updates:
            await inbox.put(Update.de_json(update, BOT))
        assert not texts(inbox)


async def test_what_is_forgotten_while_it_is_tried_again_is_put_off_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE_SECONDS", 0.001)
    early, late = asked("forgotten before it fails again"), asked("forgotten after it failed again")
    async with opened(tmp_path) as inbox:
        for update in (early, late):
            await inbox.put(update)
            assert await asyncio.wait_for(inbox.get(), 5) is update
            inbox.put_off(update, "Bad Gateway")
            await inbox.end(update, is_handled=True)
            assert await asyncio.wait_for(inbox.get(), 5) is update
        inbox.put_off(late, "Bad Gateway")
        inbox.forget(7, 7)
        inbox.put_off(early, "Bad Gateway")
        for update in (early, late):
            assert inbox.is_forgotten(update)
            await inbox.end(update, is_handled=True)
            assert not inbox.is_forgotten(update)
        assert not inbox._timers
    assert await kept(tmp_path) == []


@pytest.mark.parametrize(("days", "left"), [(1, 0), (0, 1)])
async def test_retention_covers_what_waits_and_numbers_go_after_a_day(tmp_path: Path, days: int, left: int) -> None:
    path, now = tmp_path / "journal.sqlite3", 1e9
    async with Journal(path, days, clock=lambda: now) as journal:
        await journal.write_inbox(BOT.id, InboxChanges([Arrival(1, 7, 7, "waits")], handled=[2]))
    async with Journal(path, days, clock=lambda: now + DAY - 1) as journal:
        assert len(await journal.left_over(BOT.id)) == 1
        assert await journal.handled(BOT.id, 10) == (2,)
    async with Journal(path, days, clock=lambda: now + DAY + 1) as journal:
        assert len(await journal.left_over(BOT.id)) == left
        assert await journal.handled(BOT.id, 10) == ()
