"""Asking Telegram for updates: nothing is confirmed before it is kept, and what keeps polls from succeeding is told."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.events import Event

log = logging.getLogger(__name__)

Timeout = Any
"""Seconds, None, or the library's own mark that nothing was given."""

NO_UPDATES = b'{"ok": true, "result": []}'

LONGEST_POLL_SECONDS = 60.0
"""Four times what a poll may take: one whose answer trickles in for longer hangs."""

TOLD_AGAIN_SECONDS = 3600.0
"""Two programs that poll for one bot push each other out over and over."""


class PollingRequest(BaseRequest):
    """Hands polls on to `request`, each after `before_poll`, as a poll confirms all that the polls before it brought.

    The library's own polling ends at an answer of 401 and leaves the bot running, deaf. Here `refused` is true from
    then on, `on_refusal` is called, as often as the answer comes, and the poll brings no updates, so that everything
    can be closed in order. `on_conflict` is called where another program polls for the same bot (409), once an hour.
    """

    def __init__(self, request: BaseRequest, longest_poll_seconds: float = LONGEST_POLL_SECONDS) -> None:
        self._request = request
        self._longest_poll_seconds = longest_poll_seconds
        self._failing_since: float | None = None
        self._conflict_at: float | None = None
        self.refused = False
        self.before_poll: Callable[[], Awaitable[None]] | None = None
        self.on_refusal: Callable[[], None] | None = None
        self.on_conflict: Callable[[], None] | None = None

    @property
    def read_timeout(self) -> float | None:
        """The time-out of `request`, in seconds."""
        return self._request.read_timeout

    async def initialize(self) -> None:
        """Open `request`."""
        await self._request.initialize()

    async def shutdown(self) -> None:
        """Close `request`."""
        await self._request.shutdown()

    async def do_request(  # noqa: PLR0913 (the library's own signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The answer to a poll: its status and its body."""
        if self.before_poll:
            await self.before_poll()
        try:
            async with asyncio.timeout(self._longest_poll_seconds):
                code, payload = await self._request.do_request(
                    url,
                    method,
                    request_data,
                    read_timeout=read_timeout,
                    write_timeout=write_timeout,
                    connect_timeout=connect_timeout,
                    pool_timeout=pool_timeout,
                )
        except TimeoutError as error:
            self._tell_of_failure("the answer takes too long")
            raise TimedOut from error
        except TelegramError as error:
            self._tell_of_failure(error)
            raise
        self._look_at(code)
        if code == HTTPStatus.OK:
            return code, with_readable_updates(payload)
        if code != HTTPStatus.UNAUTHORIZED or self.on_refusal is None:
            return code, payload
        self.refused = True
        self.on_refusal()
        return HTTPStatus.OK, NO_UPDATES

    def _look_at(self, code: int) -> None:
        if code == HTTPStatus.CONFLICT:
            self._tell_of_conflict()
        elif code >= HTTPStatus.INTERNAL_SERVER_ERROR or code == HTTPStatus.TOO_MANY_REQUESTS:
            self._tell_of_failure(f"status {code}")
        elif code == HTTPStatus.OK and self._failing_since is not None:
            log.warning(Event("polls_again", after_seconds=round(time.monotonic() - self._failing_since)))
            self._failing_since = None

    def _tell_of_failure(self, why: object) -> None:
        if self._failing_since is None:
            self._failing_since = time.monotonic()
            log.warning(Event("poll_failed", why=why, then="trying until Telegram answers"))

    def _tell_of_conflict(self) -> None:
        now = time.monotonic()
        if self._conflict_at is not None and now - self._conflict_at < TOLD_AGAIN_SECONDS:
            return
        self._conflict_at = now
        log.error(
            "Another program asks Telegram for this bot's updates (409), so that some never arrive here. End it, or "
            "give one of the two a token of its own; polling goes on."
        )
        if self.on_conflict:
            self.on_conflict()


def with_readable_updates(payload: bytes) -> bytes:
    """The answer to a poll, of which each update that the library cannot read is left with its number alone.

    One of those would make the library throw all away and ask for the same again, for ever; a number without anything
    else confirms it, and is handled by nobody.
    """
    try:
        answer = json.loads(payload)
        updates = answer["result"]
        numbers = [update["update_id"] for update in updates]
    except (ValueError, RecursionError, LookupError, TypeError):
        return payload  # no answer of Telegram's: the library says so, and tries again
    unreadable = [place for place, update in enumerate(updates) if not _is_readable(update)]
    for place in unreadable:
        updates[place] = {"update_id": numbers[place]}
    return json.dumps(answer).encode() if unreadable else payload


def _is_readable(update: dict[str, object]) -> bool:
    """Whether the library can read the update; logged without what is in it where it cannot."""
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 (whatever it is, it would come again with every poll)
        log.error(Event("update_skipped", number=update["update_id"], why=type(error).__name__))  # noqa: TRY400 (words)
        return False
    return True
