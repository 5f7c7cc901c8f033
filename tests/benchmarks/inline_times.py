"""From inline query to its answer in process, on 20,000 paragraphs: `python -m tests.benchmarks.inline_times`."""

from __future__ import annotations

import asyncio
import math
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from telegram import Update

from bot.app import build_application
from bot.journal import Journal
from bot.settings import Secret, Settings
from retrieval import Library
from tests.benchmarks.made_words import Words
from tests.bot_api.memory import MemoryRequest
from tests.bot_api.telegram import TOKEN, Telegram

DOCUMENTS, PARAGRAPHS = 1000, 20
ROUNDS = 400
WARM_UP = 20


def made_queries(library: Library) -> list[str]:
    """What people type: whole questions, and what stands there while they type; words alone; nothing."""
    chance = random.Random(5)
    names = [person.name for person in library.people if person.statements][:40]
    texts = [document.text for document in library.documents[:200]]
    queries = [f"what did {name} say" for name in names]
    for _ in range(100):
        words = chance.choice(texts).split()
        start = chance.randrange(len(words) - 8)
        typed = " ".join(words[start : start + 6])
        queries += [typed[:8], typed, f"what did {chance.choice(names)} say about {words[start]} {words[start + 2]}"]
    return [*queries, "", " ", "?" * 256, ("the harbour " * 30)[:256]]


async def inline_times(application: Any, telegram: Telegram, queries: list[str]) -> list[tuple[float, float]]:
    """Milliseconds from each query to its answer, and those of them that the processor worked on it."""
    times = []
    for number in range(WARM_UP + ROUNDS):
        update = Update.de_json(telegram.inquire(queries[number % len(queries)][:256]), application.bot)
        began, worked = time.perf_counter(), time.process_time()
        await application.process_update(update)
        times.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
    assert all(telegram.inquiries.values())
    return times[WARM_UP:]


async def main(place: Path) -> None:
    """Print the median and the 95th percentile; on a busy machine, what was worked tells more than what elapsed."""
    folder, words = place / "knowledge", Words(seed=1)
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"{number:04}.txt").write_text(words.document(f"Report {number}", PARAGRAPHS), encoding="utf-8")
    library = Library(folder, look_every_seconds=math.inf)  # the watcher looks while the bot runs
    library.refresh()
    queries = made_queries(library)
    random.Random(6).shuffle(queries)
    telegram = Telegram()
    settings = Settings(telegram_bot_token=Secret(TOKEN), knowledge_dir=folder, data_dir=place / "data")
    journal = Journal(place / "data" / "journal.sqlite3")
    bot = build_application(settings, library, journal, limit=3, request=MemoryRequest(telegram))
    async with journal, bot:
        times = await inline_times(bot, telegram, queries)
    sys.stdout.write(f"{library.passage_count:,} passages\n")
    for name, column in zip(("elapsed", "worked"), zip(*times, strict=True), strict=True):
        p50, p95 = statistics.median(column), sorted(column)[int(0.95 * len(column))]
        sys.stdout.write(f"{name:8} p50 {p50:6.2f} ms   p95 {p95:6.2f} ms   longest {max(column):6.2f} ms\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        asyncio.run(main(Path(data)))
