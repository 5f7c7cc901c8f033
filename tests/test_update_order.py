"""The order of updates: chat by chat, none held up by another, and a bound on how long the end takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import Telegram
from telegram import Update
from test_inbox import BOT, asked

from bot.inbox import Inbox
from bot.journal import Journal
from bot.update_order import MOST_AT_ONCE, ChatByChat


class Desk:
    """Updates that are handled when the test says so; `begun` names them in the order in which they began."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox, self.order = inbox, ChatByChat(inbox)
        self.begun: list[str] = []
        self.finished = asyncio.Event()

    def handle(self, update: Update) -> asyncio.Task[None]:
        return asyncio.create_task(self.order.process_update(update, self._work(update)))

    async def _work(self, update: Update) -> None:
        message = update.effective_message
        self.begun.append(message.text or "" if message else "inline")
        await self.finished.wait()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        inbox = Inbox(journal)
        await inbox.open(BOT)
        yield Desk(inbox)
        inbox.close()


async def settled(*tasks: Coroutine[Any, Any, Any] | asyncio.Task[Any]) -> None:
    await asyncio.wait_for(asyncio.gather(*tasks), 5)


async def test_updates_of_a_chat_follow_each_other_and_those_of_others_do_not_wait(desk: Desk) -> None:
    tasks = [desk.handle(asked(text, chat=chat)) for text, chat in (("a1", 1), ("a2", 1), ("b1", 2), ("a3", 1))]
    await asyncio.sleep(0.01)
    assert desk.begun == ["a1", "b1"]
    desk.finished.set()
    await settled(*tasks)
    assert [text for text in desk.begun if text.startswith("a")] == ["a1", "a2", "a3"]


async def test_what_is_forgotten_while_it_waits_for_its_turn_is_not_begun(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE_SECONDS", 0.001)
    question, press = asked("question", chat=7), asked("press", chat=7)
    await desk.inbox.put(question)
    desk.inbox.put_off(question, "Bad Gateway")
    await desk.inbox.end(question, is_handled=True)
    desk.inbox.get_nowait()
    running = desk.handle(press)
    await asyncio.sleep(0.01)
    assert desk.inbox.get_nowait() is question
    waiting = desk.handle(question)
    await asyncio.sleep(0)
    desk.inbox.forget(7, 7)
    desk.finished.set()
    await settled(running)
    await asyncio.wait([waiting], timeout=5)
    assert waiting.cancelled()
    assert desk.begun == ["press"]
    assert not desk.inbox.is_forgotten(question)


async def test_a_chat_that_floods_takes_one_place(desk: Desk) -> None:
    flood = [desk.handle(asked("flood", chat=1)) for _ in range(MOST_AT_ONCE + 10)]
    other = desk.handle(asked("other", chat=2))
    await asyncio.sleep(0.05)
    assert desk.begun == ["flood", "other"]
    desk.finished.set()
    await settled(other, *flood)


async def test_what_is_of_no_chat_waits_for_nobody(desk: Desk) -> None:
    tasks = [desk.handle(Update.de_json(Telegram().inquire("harbour"), BOT)) for _ in range(3)]
    await asyncio.sleep(0.01)
    assert desk.begun == ["inline"] * 3
    desk.finished.set()
    await settled(*tasks)


async def test_what_the_bot_did_not_outlive_time_and_again_runs_alone(desk: Desk) -> None:
    suspects = [asked(text, chat=chat) for chat, text in enumerate(("s1", "s2"), start=1)]
    desk.inbox._left_over = {update.update_id: 2 for update in suspects}
    tasks = [desk.handle(update) for update in (*suspects, asked("fresh", chat=3))]
    await asyncio.sleep(0.05)
    assert sorted(desk.begun) == ["fresh", "s1"]
    desk.finished.set()
    await settled(*tasks)


async def test_the_end_lets_replies_in_flight_be_finished_and_leaves_the_rest(desk: Desk, tmp_path: Path) -> None:
    updates = [asked("in flight", chat=1), asked("waits", chat=1)]
    for update in updates:
        await desk.inbox.put(update)
    tasks = [desk.handle(update) for update in updates]
    await asyncio.sleep(0.01)
    asyncio.get_running_loop().call_later(0.05, desk.finished.set)
    await desk.order.part(within_seconds=5)
    await asyncio.gather(*tasks, return_exceptions=True)
    assert desk.begun == ["in flight"]
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        (left,) = await journal.left_over(BOT.id)
    assert '"waits"' in left.content


async def test_the_end_interrupts_what_takes_too_long_and_it_is_left(desk: Desk, tmp_path: Path) -> None:
    update = asked("takes for ever")
    await desk.inbox.put(update)
    task = desk.handle(update)
    await asyncio.sleep(0.01)
    await asyncio.wait_for(desk.order.part(within_seconds=0.05), 5)
    await asyncio.gather(task, return_exceptions=True)
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        (left,) = await journal.left_over(BOT.id)
    assert left.tries == 0
