"""From update to reply in process, beside a bot that echoes: `python -m tests.benchmarks.reply_times [FOLDER]`."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.app import build_application
from bot.journal import Journal
from bot.settings import Secret, Settings
from retrieval import Library
from tests.bot_api.memory import MemoryRequest
from tests.bot_api.telegram import TOKEN, Telegram

ROUNDS = 100
WARM_UP = 20
PAUSE_SECONDS = 0.05
"""Telegram's broadcast limit, which the bot keeps to, lets thirty messages a second go."""


class TimedTelegram(Telegram):
    """Remembers when the last message came."""

    came_at = 0.0

    def _send_message(self, parameters: Any) -> dict[str, Any]:
        self.came_at = time.perf_counter()
        return super()._send_message(parameters)


async def reply_times(application: Any, telegram: TimedTelegram, questions: list[str]) -> list[float]:
    """Milliseconds from each update to its reply."""
    times = []
    for number in range(WARM_UP + ROUNDS):
        update = Update.de_json(telegram.write(questions[number % len(questions)]), application.bot)
        began = time.perf_counter()
        await application.process_update(update)
        times.append((telegram.came_at - began) * 1000)
        await asyncio.sleep(PAUSE_SECONDS)
    return sorted(times[WARM_UP:])


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def main(folder: Path) -> None:
    """Print the median and the 95th percentile of both bots."""
    library = Library.open(folder)
    names = [person.name for person in library.people if person.statements][:3]
    questions = [f"what did {name} say" for name in names] + ["what is the capital of France", "what else?"]
    near, far = TimedTelegram(), TimedTelegram()
    builder = ApplicationBuilder().token(TOKEN).request(MemoryRequest(near)).get_updates_request(MemoryRequest(near))
    echoing: Any = builder.build()
    echoing.add_handler(MessageHandler(filters.TEXT, echo))
    with tempfile.TemporaryDirectory() as data:
        journal = Journal(Path(data) / "journal.sqlite3", 90, 60)
        settings = Settings(telegram_bot_token=Secret(TOKEN), knowledge_dir=folder, questions_a_minute=0)
        bot = build_application(settings, library, journal, limit=3, request=MemoryRequest(far))
        async with journal, echoing, bot:
            for name, application, telegram in (("echo", echoing, near), ("bot", bot, far)):
                times = await reply_times(application, telegram, questions)
                p95 = times[int(0.95 * len(times))]
                sys.stdout.write(f"{name:5} p50 {statistics.median(times):5.2f} ms   p95 {p95:5.2f} ms\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "knowledge")))
