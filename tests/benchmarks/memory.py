"""Whether memory grows with what is asked: `python -m tests.benchmarks.memory [--questions 100000]`; some ten minutes.

Ever new questions go to a library, then a tenth as many through the whole bot with a journal, each by another person.
Prints the memory held after 1,000 of them and after all, and fails where it grew by more than MOST_GROWTH_MIB: caches
of names and words, which have a bound, may fill; nothing else may stay.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.app import build_application
from bot.journal import Journal
from bot.settings import Secret, Settings
from retrieval import Library
from tests.benchmarks.load_bots import lift_sending_limit
from tests.benchmarks.made_words import Words
from tests.benchmarks.soak import held_mib
from tests.bot_api.messages import person_message
from tests.bot_api.telegram import BOT, TOKEN

DOCUMENTS, PARAGRAPHS = 100, 20
EARLY = 1_000
THROUGH_THE_BOT = 0.1
"""The share of the questions that goes through the bot, too."""
MOST_GROWTH_MIB = 128.0
"""What the caches of names and words hold when they are full: some 350,000 entries of 120 to 600 bytes."""


def new_questions(seed: int) -> Iterator[str]:
    """Questions without end: most in words of the folder, one in four of somebody and in a word that nobody knows."""
    chance, words = random.Random(seed), Words(seed=seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    while True:
        typed = words.document("", 1).split()
        given, family, new = ("".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(3))
        yield f"what did {words.person()} say about {typed[2]}"
        yield f"what did {given.title()} {family.title()} say about {typed[3]} and {new}"
        yield f"who said that {' '.join(typed[4:8])}"
        yield f"{typed[5]} {typed[6]} {typed[8]}?"


class ForgetfulTelegram(BaseRequest):
    """Takes whatever is sent, and keeps nothing of it but how much it was."""

    def __init__(self) -> None:
        self.sent = 0

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return 5

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        """Telegram's answer, as short as can be."""
        assert method == "POST"
        result: object = True
        if url.endswith("/getMe"):
            result = BOT
        elif url.endswith("/sendMessage") and request_data:
            self.sent += 1
            chat = {"id": int(request_data.json_parameters["chat_id"]), "type": "private"}
            result = {"message_id": self.sent, "date": 1, "chat": chat, "from": BOT, "text": "sent"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


class Growth:
    """The memory held early and late, and whether more came than may."""

    def __init__(self, what: str) -> None:
        self._what, self._began, self._early_mib = what, time.monotonic(), 0.0

    def note(self, asked: int, questions: int) -> float:
        """Look at the memory where it is time to; how much it has grown, in MiB."""
        if asked not in {EARLY, questions}:
            return 0.0
        mib = held_mib()
        grown = mib - self._early_mib if self._early_mib else 0.0
        self._early_mib = self._early_mib or mib
        seconds = time.monotonic() - self._began
        print(f"{self._what:12} {asked:9,} questions {seconds:6.0f} s {mib:8.1f} MiB {grown:+8.1f}", flush=True)
        return grown


def through_the_library(library: Library, questions: int) -> float:
    """Ask the library so many questions; how much memory grew since the first thousand, in MiB."""
    growth, grown = Growth("library"), 0.0
    for asked, question in enumerate(new_questions(seed=1), start=1):
        library.ask(question)
        grown = growth.note(asked, questions)
        if asked == questions:
            break
    return grown


async def through_the_bot(library: Library, place: Path, questions: int) -> float:
    """The same through the bot, every question by another person."""
    telegram = ForgetfulTelegram()
    settings = Settings(telegram_bot_token=Secret(TOKEN), data_dir=place, knowledge_dir=place / "knowledge")
    journal = Journal(place / "journal.sqlite3", settings.retention_days, settings.conversation_minutes)
    bot = build_application(settings, library, journal, limit=3, request=telegram)
    growth, grown = Growth("bot"), 0.0
    async with journal, bot:
        for asked, question in enumerate(new_questions(seed=2), start=1):
            message = person_message(question, 1_000 + asked, asked)
            await bot.process_update(Update.de_json({"update_id": asked, "message": message}, bot.bot))
            grown = growth.note(asked, questions)
            if asked == questions:
                break
    assert telegram.sent >= questions, "somebody was not answered"
    return grown


def main() -> int:
    """Print what is held; 1 where it grew by too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=100_000)
    questions = parser.parse_args().questions
    lift_sending_limit()
    words = Words(seed=0)
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory) / "knowledge"
        folder.mkdir()
        for number in range(DOCUMENTS):
            (folder / f"{number:04}.txt").write_text(words.document(f"Report {number}", PARAGRAPHS), encoding="utf-8")
        library = Library(folder, look_every_seconds=math.inf)
        library.refresh()
        grown = [through_the_library(library, questions)]
        grown.append(asyncio.run(through_the_bot(library, Path(directory), int(questions * THROUGH_THE_BOT))))
    print(f"At most {max(grown):.1f} MiB more than after {EARLY:,}; {MOST_GROWTH_MIB:.0f} may be.")
    return 1 if max(grown) > MOST_GROWTH_MIB else 0


if __name__ == "__main__":
    sys.exit(main())
