"""Sending: each chat waits for itself, what fails in passing is sent again, what is refused for good is not."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.sending import Patience, is_passing

Send = Callable[..., Awaitable[Any]]


def told_to_wait(seconds: float) -> RetryAfter:
    return RetryAfter(dt.timedelta(seconds=seconds))


class Wire:
    """Answers each request with what comes next for its chat: an error, or the time at which it came through."""

    def __init__(self, **answers: list[Exception]) -> None:
        self.patience = Patience(pauses_seconds=(0.01, 0.01))
        self.answers = answers
        self.requests: list[object] = []

    async def send(self, chat: object, endpoint: str = "sendMessage") -> Any:
        data = {"chat_id": chat} if chat is not None else {}
        return await self.patience.process_request(self._answer, (endpoint, data), {}, endpoint, data, None)

    async def _answer(self, endpoint: str, data: dict[str, Any]) -> Any:
        chat = data.get("chat_id")
        self.requests.append(chat)
        if errors := self.answers.get(f"chat{chat}" if chat is not None else endpoint):
            raise errors.pop(0)
        return {"at": time.monotonic()}


async def test_a_chat_that_has_to_wait_holds_up_no_other() -> None:
    wire, began = Wire(chat1=[told_to_wait(0.2)]), time.monotonic()
    first = asyncio.create_task(wire.send(1))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(wire.send(1))
    others = [(await wire.send(chat))["at"] - began for chat in (2, None)]
    assert max(others) < 0.15
    assert min((await first)["at"] - began, (await second)["at"] - began) >= 0.2
    assert sorted(map(str, wire.requests)) == ["1", "1", "1", "2", "None"]


@pytest.mark.parametrize("error", [NetworkError("Bad Gateway"), TimedOut(), NetworkError("httpx.ReadError: ")])
async def test_what_fails_in_passing_is_sent_again_a_few_times(error: Exception) -> None:
    wire = Wire(chat1=[error] * 2, chat2=[error] * 3)
    assert await wire.send(1)
    with pytest.raises(type(error)):
        await wire.send(2)
    assert wire.requests == [1] * 3 + [2] * 3


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("Message is not modified"),
        Forbidden("bot was blocked by the user"),
        Conflict("other getUpdates"),
        NetworkError("Request Entity Too Large"),
    ],
)
async def test_what_is_refused_for_good_is_sent_once(error: Exception) -> None:
    wire = Wire(chat1=[error] * 2)
    with pytest.raises(type(error)):
        await wire.send(1)
    assert wire.requests == [1]
    assert not is_passing(error)


async def test_a_long_wait_is_no_request_until_it_is_over() -> None:
    wire = Wire(chat1=[told_to_wait(3600)])
    for _ in range(3):
        with pytest.raises(NetworkError, match="wait for 3600 more seconds"):
            await wire.send(1)
    assert wire.requests == [1]
    assert await wire.send(2)


async def test_a_sign_that_the_bot_types_neither_waits_nor_comes_late() -> None:
    wire = Wire(chat1=[told_to_wait(0.2)], chat2=[NetworkError("Bad Gateway")])
    for chat in (1, 1, 2):
        with pytest.raises(NetworkError):
            await wire.send(chat, "sendChatAction")
    assert wire.requests == [1, 2]


async def test_telegram_that_says_to_wait_over_and_over_is_an_end() -> None:
    wire = Wire(chat1=[told_to_wait(0.01) for _ in range(9)])
    with pytest.raises(NetworkError, match="again and again"):
        await wire.send(1)
    assert wire.requests == [1] * 3


async def test_a_group_that_became_a_supergroup_is_followed_once() -> None:
    wire = Wire(**{"chat-1": [ChatMigrated(-100)], "chat-2": [ChatMigrated(-2)]})
    assert await wire.send(-1)
    assert wire.requests == [-1, -100]
    with pytest.raises(ChatMigrated):
        await wire.send(-2)


async def test_an_outage_is_told_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.sending")
    wire = Wire(getMe=[NetworkError("httpx.ConnectError: ")] * 7)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await wire.send(None, "getMe")
    assert await wire.send(None, "getMe")
    down, up = (record.getMessage() for record in caplog.records)
    assert down == (
        "Telegram cannot be reached (httpx.ConnectError: ); trying until it answers. If it lasts, look at the network "
        "and at TELEGRAM_API_URL."
    )
    assert up == "Telegram answers again."
