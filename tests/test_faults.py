"""Telegram fails, and nothing is lost: in one process over an in-memory Bot API, and over the process itself."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.faults import run_faults
from bot_api.faults import Fault, Faults
from bot_api.server import serve
from bot_api.telegram import RefusalError, Telegram
from house import GROUP, OWNER, SECOND_OWNER, STRANGER, open_house
from telegram import Update
from test_process import PATIENCE_SECONDS, _running, environment  # noqa: F401 (a fixture)

SAID = "what did Ada Ferry say"
KILLS = 2


@pytest.fixture(autouse=True)
def _time_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds for minutes: what waits half a second or more waits hundredths."""
    monkeypatch.setattr("bot.sending.Patience.__init__.__defaults__", ((0.01, 0.01),))
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr("bot.inbox.LONGEST_PAUSE_SECONDS", 0.05)


async def _until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.DROPPED, Fault.HANGING])
async def test_an_outage_in_the_middle_delays_answers_and_loses_none(tmp_path: Path, fault: Fault) -> None:
    telegram = Telegram()
    async with open_house(tmp_path, telegram) as house:
        telegram.faults = Faults({fault: 1})
        updates = [telegram.write(SAID, chat) for chat in range(20, 30)]
        assert await house.hear(*updates) == []
        await asyncio.sleep(0.2)
        telegram.faults = Faults({})
        await house.wait_for(len(updates))
        assert sorted(message.chat for message in telegram.sent) == list(range(20, 30))
        assert all(message.text.startswith("Ada Ferry") for message in telegram.sent)


async def test_what_an_outage_kept_from_being_answered_is_answered_by_the_next_process(tmp_path: Path) -> None:
    telegram = Telegram()
    async with open_house(tmp_path, telegram) as house:
        telegram.faults = Faults({Fault.BROKEN: 1})
        assert await house.say(SAID, STRANGER) == []
    telegram.faults = Faults({})
    async with open_house(tmp_path, telegram) as house:
        (answer,) = await house.wait_for(1)
        assert (answer.chat, answer.text[:9]) == (STRANGER, "Ada Ferry")


async def test_a_press_and_an_inline_query_are_for_their_moment_alone(tmp_path: Path) -> None:
    telegram = Telegram(repeats=True)
    async with open_house(tmp_path, telegram) as house:
        (answer,) = await house.say(SAID, STRANGER)
        telegram.faults = Faults({Fault.BROKEN: 1})
        await house.hear(press := telegram.press(answer, "Context"), inquiry := telegram.inquire(SAID))
        telegram.faults = Faults({})
        await asyncio.sleep(0.1)
        assert telegram.presses.pop(press["callback_query"]["id"]) == []
        assert telegram.inquiries.pop(inquiry["inline_query"]["id"]) == []


async def test_a_chat_that_telegram_slows_down_holds_up_no_other(tmp_path: Path) -> None:
    telegram = Telegram()
    async with open_house(tmp_path, telegram) as house:
        telegram.refusals.append(RefusalError(429, "Too Many Requests: retry after 1", retry_after=1))
        slow = asyncio.create_task(house.say(SAID, STRANGER))
        await _until(lambda: not telegram.refusals)
        began = time.monotonic()
        for chat in range(20, 25):
            update = telegram.write(SAID, chat)
            await house.application.update_queue.put(Update.de_json(update, house.application.bot))
        await house.wait_for(5)
        assert time.monotonic() - began < 0.9
        await slow
        assert [message.chat for message in telegram.sent][-1] == STRANGER


@pytest.mark.parametrize(
    "refusal",
    [
        RefusalError(403, "Forbidden: bot was blocked by the user"),
        RefusalError(403, "Forbidden: bot was kicked from the supergroup chat"),
        RefusalError(400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_chat_that_is_closed_to_the_bot_is_left_in_peace(tmp_path: Path, refusal: RefusalError) -> None:
    telegram = Telegram()
    async with open_house(tmp_path, telegram) as house:
        telegram.refusals.extend([refusal] * 2)
        assert await house.say(SAID, STRANGER) == []
        await asyncio.sleep(0.1)
        assert telegram.calls.count("sendMessage") <= 2
        telegram.refusals.clear()
        assert (await house.say(SAID, OWNER))[0].text.startswith("Ada Ferry")
    async with open_house(tmp_path, telegram):
        assert len(telegram.sent) == 1


async def test_an_answer_to_a_group_that_became_a_supergroup_arrives_there(tmp_path: Path) -> None:
    telegram = Telegram()
    async with open_house(tmp_path, telegram) as house:
        telegram.write("hello", GROUP)
        moved = RefusalError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=GROUP)
        telegram.refusals.append(moved)
        (answer,) = await house.hear(telegram.write(f"/ask {SAID}", -5))
        assert (answer.chat, answer.text[:9]) == (GROUP, "Ada Ferry")


async def test_a_journal_that_cannot_be_written_keeps_nobody_from_an_answer(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with sqlite3.connect(tmp_path / "data" / "journal.sqlite3") as database:
            database.execute("DROP TABLE inbox")
        (answer,) = await house.say(SAID, STRANGER)
        assert answer.text.startswith("Ada Ferry")


async def test_owners_are_told_once_of_another_poller(tmp_path: Path) -> None:
    telegram = Telegram()
    async with open_house(tmp_path, telegram) as house:
        telegram.faults = Faults({Fault.CONFLICT: 1})
        updater: Any = house.application.updater
        await updater.start_polling(poll_interval=0.01)
        await _until(lambda: len(telegram.sent) == 2)
        telegram.faults = Faults({})
        telegram.write(SAID, STRANGER)
        await house.wait_for(3)
        await updater.stop()
        assert [message.chat for message in telegram.sent] == [OWNER, SECOND_OWNER, STRANGER]
        assert telegram.sent[0].text.startswith("Another program asks Telegram for my messages")


def _keeping(telegram: Telegram, environment: dict[str, str], url: str) -> dict[str, str]:  # noqa: F811
    telegram.greet(STRANGER)
    return environment | {"TELEGRAM_API_URL": url, "LOG_LEVEL": "INFO"}


def test_an_outage_at_the_start_is_waited_out(environment: dict[str, str], tmp_path: Path) -> None:  # noqa: F811
    telegram, log = Telegram(faults=Faults({Fault.BROKEN: 1})), tmp_path / "log"
    with serve(telegram) as url, _running(_keeping(telegram, environment, url), log, tmp_path) as process:
        telegram.write("what did Cha Jeong-mi argue", STRANGER)
        until = time.monotonic() + PATIENCE_SECONDS
        while telegram.faults.injected[Fault.BROKEN] < 2:
            assert time.monotonic() < until
            time.sleep(0.05)
        telegram.faults.rates.clear()
        telegram.wait_for(1, PATIENCE_SECONDS)
        assert process.poll() is None
    assert "Traceback" not in log.read_text("utf-8")


def test_replies_in_flight_are_finished_when_the_bot_is_told_to_end(
    environment: dict[str, str],  # noqa: F811
    tmp_path: Path,
) -> None:
    telegram, log = Telegram(), tmp_path / "log"
    with serve(telegram) as url:
        with _running(_keeping(telegram, environment, url), log, tmp_path) as process:
            telegram.write("what did Cha Jeong-mi argue", STRANGER)
            telegram.wait_for(1, PATIENCE_SECONDS)
            telegram.slowness_seconds = 1.0
            for chat in range(20, 30):
                telegram.write("what did Cha Jeong-mi argue", chat)
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_SECONDS) == 0
        telegram.slowness_seconds = 0.0
        with _running(_keeping(telegram, environment, url), log, tmp_path):
            telegram.wait_for(11, PATIENCE_SECONDS)
        assert sorted(message.chat for message in telegram.sent) == [STRANGER, *range(20, 30)]


def test_a_short_version_of_the_benchmark_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.faults.LONGEST_LIFE_SECONDS", 0.5)
    outcome = run_faults(60, KILLS, seed=2)
    assert (outcome.lost, outcome.kills, outcome.complaints) == (0, KILLS, ())
    assert sum(outcome.faults.values()) > 0
    assert outcome.repeated < outcome.updates
