"""Asking Telegram for updates: where it refuses the token while the bot runs, the bot is told, and ends."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.request import BaseRequest, RequestData

Timeout = Any
"""Seconds, None, or the library's own mark that nothing was given."""

NO_UPDATES = b'{"ok": true, "result": []}'


class PollingRequest(BaseRequest):
    """Hands polls on to `request`; from the first one that is answered with 401 on, `refused` is true.

    The library's own polling ends at such an answer and leaves the bot running, deaf. Here `on_refusal` is called, as
    often as the answer comes, and the poll brings no updates, so that everything can be closed in order.
    """

    def __init__(self, request: BaseRequest) -> None:
        self._request = request
        self.refused = False
        self.on_refusal: Callable[[], None] | None = None

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
        code, payload = await self._request.do_request(
            url,
            method,
            request_data,
            read_timeout=read_timeout,
            write_timeout=write_timeout,
            connect_timeout=connect_timeout,
            pool_timeout=pool_timeout,
        )
        if code != HTTPStatus.UNAUTHORIZED or self.on_refusal is None:
            return code, payload
        self.refused = True
        self.on_refusal()
        return HTTPStatus.OK, NO_UPDATES
