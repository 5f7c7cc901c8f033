"""The Bot API in memory: stands where python-telegram-bot's HTTP client stands."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from .faults import UnansweredError
from .telegram import Telegram


class MemoryRequest(BaseRequest):
    """Hands each request to `telegram` without a network."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        """Telegram's answer."""
        await asyncio.sleep(0)
        if method == "GET":
            return self.telegram.download(urlsplit(url).path)
        assert method == "POST"
        parameters: dict[str, Any] = {**request_data.json_parameters} if request_data else {}
        for key, (name, content, _) in ((request_data.multipart_data if request_data else None) or {}).items():
            parameters[key] = (name, content)
        try:
            status, body = self.telegram.answer(urlsplit(url).path, parameters)
        except UnansweredError as error:
            raise TimedOut if error.hangs else NetworkError("httpx.RemoteProtocolError: disconnected") from error
        return status, json.dumps(body).encode()
