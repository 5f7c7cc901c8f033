"""Draws chats with the bot as a phone shows them: `python -m tests.browser.chat_pictures OUT_DIR`; needs Chromium."""

from __future__ import annotations

import asyncio
import copy
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from telegram import Update

from bot.app import build_application
from bot.journal import Journal
from bot.settings import Secret, Settings
from retrieval import Library
from tests.bot_api.memory import MemoryRequest
from tests.bot_api.telegram import Sent, Telegram
from tests.browser.chat_page import WIDTH, Entry, draw

HERE = Path(__file__).parent
FOLDER = HERE / "chat_folder"
TALKS = HERE / "chat_talks.yaml"
FLAGS = """
--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=2
""".split()
HEIGHT = re.compile(r'data-height="(\d+)"')

Talk = list[dict[str, str]]
"""What a person does, one after another: `say` something, `press` a button."""


class Phone:
    """A person's phone: the chat so far, and a bot that answers."""

    def __init__(self, application: Any, telegram: Telegram, chat: int, language: str) -> None:
        self._application, self._telegram, self._chat = application, telegram, chat
        self._who = {"id": chat, "is_bot": False, "first_name": "Min", "language_code": language}
        self.entries: list[Entry] = []

    async def do(self, what: str, words: str) -> None:
        """Say or press something, and see what comes of it."""
        if what == "say":
            self.entries.append(words)
            await self._take(self._telegram.write(words, self._chat, **{"from": self._who}))
            return
        last = next(entry for entry in reversed(self.entries) if isinstance(entry, Sent) and entry.rows)
        label = next(label for label in last.buttons if label.startswith(words))
        update = self._telegram.press(last, label, **{"from": self._who})
        await self._take(update)
        self.entries += [f"!{toast}" for toast in self._telegram.presses[update["callback_query"]["id"]] if toast]

    async def _take(self, update: dict[str, Any]) -> None:
        before = len(self._telegram.sent)
        await self._application.process_update(Update.de_json(update, self._application.bot))
        self.entries += self._telegram.sent[before:]


async def hold(talk: Talk, library: Library, data: Path, language: str, **settings: Any) -> list[Entry]:
    """The chat that comes of `talk`."""
    telegram = Telegram()
    application = build_application(
        Settings(telegram_bot_token=Secret(telegram.token), **settings),
        library,
        Journal(data / "journal.sqlite3"),
        limit=3,
        request=MemoryRequest(telegram),
    )
    async with application:
        assert application.post_init is not None
        assert application.post_shutdown is not None
        await application.post_init(application)
        phone = Phone(application, telegram, 7, language)
        for step in talk:
            for what, words in step.items():
                await phone.do(what, words)
        await application.post_shutdown(application)
        return copy.deepcopy(phone.entries)


def photograph(page: Path, picture: Path) -> None:
    """Draw a page into a picture just as high as it is."""
    chromium = shutil.which("chromium") or sys.exit("Chromium is needed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as profile:
        command = [chromium, *FLAGS, f"--user-data-dir={profile}", f"--window-size={WIDTH},400"]
        dumped = subprocess.run([*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True)
        height = HEIGHT.search(dumped.stdout)
        assert height, dumped.stdout[-400:]
        command[-1] = f"--window-size={WIDTH},{height[1]}"
        subprocess.run([*command, f"--screenshot={picture}", page.as_uri()], capture_output=True, check=True)


def main(out: Path, names: list[str]) -> None:
    """Draw the talks of those names, all of them without names."""
    out.mkdir(parents=True, exist_ok=True)
    talks = yaml.safe_load(TALKS.read_text("utf-8"))
    library = Library.open(FOLDER)
    for name in names or talks:
        with tempfile.TemporaryDirectory() as data:
            settings = {"knowledge_dir": FOLDER, "send_files": True}
            talk = asyncio.run(hold(talks[name], library, Path(data), name.rpartition("_")[2], **settings))
        page = out / f"{name}.html"
        page.write_text(draw(talk), encoding="utf-8")
        photograph(page, out / f"{name}.png")
        sys.stdout.write(f"{out / name}.png\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("python -m tests.browser.chat_pictures OUT_DIR [NAME ...]")
    main(Path(sys.argv[1]), sys.argv[2:])
