"""A bot over a real folder of made-up documents, with its data beside it, and the chats of its owners and others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot_api.memory import MemoryRequest
from bot_api.telegram import Sent, Telegram
from telegram import Update

from bot.app import build_application
from bot.handlers.news import FolderNews
from bot.journal import Journal
from bot.settings import Secret, Settings
from retrieval import Library

OWNER, SECOND_OWNER, STRANGER, GROUP = 9, 10, 8, -100
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

MINUTES = """---
title: Minutes of the Harbour Board
publisher: Harbour Board
date: 2021-05-03
url: https://harbour.example/m
---
Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.

The meeting closed at nine.
"""
LETTER = "The pier was closed in winter because of the ice.\n"


class House:
    """The running bot; `hear` gives what it sends for updates, `press` also the sentence over the chat."""

    def __init__(self, application: Any, telegram: Telegram, library: Library, folder: Path, data_dir: Path) -> None:
        self.application, self.telegram, self.library = application, telegram, library
        self.folder, self.data_dir = folder, data_dir

    async def hear(self, *updates: dict[str, Any]) -> list[Sent]:
        """What the bot sends for `updates` that arrive at once."""
        before = len(self.telegram.sent)
        for update in updates:
            await self.application.update_queue.put(Update.de_json(update, self.application.bot))
        await self.application.update_queue.join()
        until = time.monotonic() + 10
        while self.application.update_processor.current_concurrent_updates:
            assert time.monotonic() < until
            await asyncio.sleep(0.001)
        return self.telegram.sent[before:]

    async def say(self, text: str | None, chat: int = OWNER, **changes: Any) -> list[Sent]:
        """What the bot sends when somebody writes."""
        return await self.hear(self.telegram.write(text, chat, **changes))

    async def press(self, message: Sent, button: str, **changes: Any) -> str | None:
        """The sentence over the chat for a press on the button of that label."""
        return await self.press_data(message, message.buttons[button], **changes)

    async def press_data(self, message: Sent, data: str, **changes: Any) -> str | None:
        """The same for any data at all."""
        shown = message.message | {"reply_markup": _markup(message)}
        update = self.telegram.press_data(shown, data, **changes)
        await self.hear(update)
        (toast,) = self.telegram.presses[update["callback_query"]["id"]]
        return toast

    async def wait_for(self, count: int) -> list[Sent]:
        """The messages sent, as soon as there are `count` of them, whatever made the bot send them."""
        until = time.monotonic() + 10
        while len(self.telegram.sent) < count:
            assert time.monotonic() < until, [message.text for message in self.telegram.sent]
            await asyncio.sleep(0.001)
        return self.telegram.sent

    @property
    def files(self) -> dict[str, bytes]:
        """What is in the folder."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


def _markup(message: Sent) -> dict[str, Any]:
    return {
        "inline_keyboard": [
            [
                {"text": button.label} | ({"url": button.url} if button.url else {"callback_data": button.data})
                for button in row
            ]
            for row in message.rows
        ]
    }


@asynccontextmanager
async def open_house(place: Path, telegram: Telegram | None = None, **settings: Any) -> AsyncIterator[House]:
    """Run a bot whose folder and data are in `place`, made where they are not there; owners have greeted it."""
    telegram = telegram or Telegram()
    folder, data_dir = place / "knowledge", place / "data"
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / "minutes.md").write_text(MINUTES, encoding="utf-8")
        (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    owners = settings.setdefault("owners", frozenset({OWNER, SECOND_OWNER}))
    for owner in owners:
        telegram.greet(owner)
    news = FolderNews(gathered_seconds=0.01, resting_seconds=0)
    library = Library(folder, data_dir=data_dir, look_every_seconds=0, report=news.report)
    library.refresh()
    application = build_application(
        Settings(telegram_bot_token=Secret(telegram.token), knowledge_dir=folder, data_dir=data_dir, **settings),
        library,
        Journal(data_dir / "journal.sqlite3"),
        limit=3,
        request=MemoryRequest(telegram),
        news=news,
    )
    assert application.post_init is not None
    assert application.post_shutdown is not None
    async with application:
        try:
            await application.post_init(application)
            await application.start()
            yield House(application, telegram, library, folder, data_dir)
        finally:
            await application.stop()
            await application.post_shutdown(application)
            library.close()
    assert all(len(answers) == 1 for answers in telegram.presses.values()), telegram.presses
    assert all(len(answers) == 1 for answers in telegram.inquiries.values()), telegram.inquiries
