"""Sending with patience: what Telegram forbids for a while waits, what does not arrive is sent again, chat by chat."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter
from telegram.ext import AIORateLimiter

from bot.events import Event

log = logging.getLogger(__name__)

Result = bool | dict[str, Any] | list[dict[str, Any]]
Send = Callable[[], Coroutine[Any, Any, Result]]

PAUSES_SECONDS = (0.5, 1.0, 2.0, 4.0)
"""How long each further attempt waits, at least: a server that stumbles is up again, a longer outage outlasts them."""

LONGEST_WAIT_SECONDS = 60.0
"""A chat that is told to wait longer holds nobody's place for it: its update is put off."""

MOST_CHATS = 10_000
"""Of so many it is remembered until when they have to wait."""

FLEETING = frozenset({"sendChatAction"})
"""What is out of date when it comes late is sent once, or not at all."""


def is_passing(error: object) -> bool:
    """Whether Telegram, or the way to it, failed in a manner that may be over soon; what it refuses for good is not."""
    if isinstance(error, RetryAfter):
        return True
    if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
        return False
    return "too large" not in error.message.lower()  # 413, which the library takes for a failure of the network


class Patience(AIORateLimiter):
    """Keeps to Telegram's limits for each chat alone: one that has to wait (429) holds up no other.

    A request that fails in passing is sent up to five times, so that a message may arrive twice where Telegram took it
    and its answer was lost; one for a group that became a supergroup goes there. What fails for good is raised, and so
    is what has to wait for long, as NetworkError.
    """

    def __init__(self, pauses_seconds: Sequence[float] = PAUSES_SECONDS) -> None:
        super().__init__()
        self._pauses_seconds = pauses_seconds
        self._closed_until: dict[object, float] = {}
        self._is_down = False

    async def process_request(  # noqa: PLR0913 (the library's own signature)
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Sequence[Any],
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Send the request, within the library's own limits of how much is sent in a second and to a group."""

        async def send() -> Result:
            return await callback(*args, **kwargs)

        async def send_patiently() -> Result:
            return await self._send(send, endpoint, data)

        return await super().process_request(send_patiently, (), {}, endpoint, data, rate_limit_args)

    async def _send(self, send: Send, endpoint: str, data: dict[str, Any]) -> Result:
        place = data.get("chat_id", endpoint)
        pauses = iter(() if endpoint in FLEETING else self._pauses_seconds)
        while True:
            await self._wait(place, 0.0 if endpoint in FLEETING else LONGEST_WAIT_SECONDS)
            try:
                result = await send()
            except ChatMigrated as moved:
                if data["chat_id"] == moved.new_chat_id:
                    raise
                log.info(Event("group_moved", method=endpoint))
                place = data["chat_id"] = moved.new_chat_id
            except RetryAfter as told:
                self._close(place, told)
                if next(pauses, None) is None:
                    raise NetworkError(f"Telegram says to wait, again and again: {told}") from told
            except NetworkError as error:
                pause = next(pauses, None) if is_passing(error) else None
                if pause is None:
                    self._tell_if_down(error, data)
                    raise
                log.debug(Event("retry", method=endpoint, seconds=pause, why=error))
                await asyncio.sleep(pause * random.uniform(1, 1.5))  # noqa: S311 (so that not all come back at once)
            else:
                self._tell_if_up()
                return result

    def _tell_if_down(self, error: NetworkError, data: dict[str, Any]) -> None:
        if not self._is_down and is_passing(error) and "chat_id" not in data:
            self._is_down = True
            log.warning(
                "Telegram cannot be reached (%s); trying until it answers. If it lasts, look at the network and at "
                "TELEGRAM_API_URL.",
                error,
            )

    def _tell_if_up(self) -> None:
        if self._is_down:
            self._is_down = False
            log.warning("Telegram answers again.")

    async def _wait(self, place: object, longest_seconds: float) -> None:
        """Wait until Telegram may be asked for that chat; raises NetworkError where that is too long."""
        while (seconds := self._closed_until.get(place, 0.0) - time.monotonic()) > 0:
            if seconds > longest_seconds:
                raise NetworkError(f"Telegram says to wait for {seconds:.0f} more seconds")
            await asyncio.sleep(seconds)

    def _close(self, place: object, told: RetryAfter) -> None:
        seconds = told._retry_after.total_seconds()  # noqa: SLF001 (as the library does; its property warns)
        log.info(Event("told_to_wait", seconds=round(seconds)))
        self._closed_until.pop(place, None)
        self._closed_until[place] = time.monotonic() + seconds
        if len(self._closed_until) > MOST_CHATS:
            del self._closed_until[next(iter(self._closed_until))]
