"""How current a folder is: `python -m tests.benchmarks.currency [--documents 10 1000 10000] [--changes 100]`.

For made-up folders of so many documents of ten paragraphs: the first reading; the start from the cache, as a process
of its own that answers a question; and the time from the end of a save until an answer quotes what was saved, with the
watcher that the bot has. About six minutes with the default, most of it the first reading of 10,000 documents.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.watching import Watcher
from retrieval import Library
from tests.benchmarks.made_words import Words

ROOT = Path(__file__).parents[2]
STARTS = 5
LONGEST_SECONDS = 60.0
QUESTION = "what did Wilma Waterford say"


def write_folder(folder: Path, documents: int) -> None:
    """Fill `folder` with so many made-up documents."""
    words = Words()
    for number in range(documents):
        path = folder / f"part{number % 40}" / f"document{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words.document(f"Report {number}"), encoding="utf-8")


def seconds_to_start(folder: Path, data: Path) -> float:
    """How long `python -m bot ask` takes, from nothing to an answer."""
    command = [sys.executable, "-m", "bot", "ask", "--json", "--knowledge", str(folder), "what is there to say"]
    began = time.perf_counter()
    environment = {"DATA_DIR": str(data), "PYTHONPATH": str(ROOT), "PATH": ""}
    subprocess.run(command, cwd=folder.parent, env=environment, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


async def seconds_to_answers(folder: Path, data: Path, changes: int) -> list[float]:
    """For each of so many changes how long it takes until an answer quotes it."""
    library = Library(folder, data_dir=data, look_every_seconds=math.inf)
    watcher = Watcher(library, folder)
    await asyncio.to_thread(watcher.wait, 3600.0)
    watcher.start()
    await asyncio.sleep(1)
    words, found = Words(seed=2), []
    paths = sorted(folder.rglob("*.txt"))
    try:
        for number in range(changes):
            path = paths[number * 7919 % len(paths)] if number % 2 else folder / f"new{number}.txt"
            said = f"number {number} is {words.choice(('open', 'closed', 'new', 'old'))}."
            path.write_text(f"{words.document('Report')}\n\nWilma Waterford said that {said}\n", encoding="utf-8")
            found.append(await _seconds_until_quoted(library, said))
    finally:
        await watcher.stop()
    return found


async def _seconds_until_quoted(library: Library, said: str) -> float:
    saved = time.perf_counter()
    version = library.version
    while (took := time.perf_counter() - saved) < LONGEST_SECONDS:
        if library.version != version:
            version = library.version
            answer = library.ask(f"{QUESTION} about {said[:-1]}", limit=5)
            if any(said in quote.text for quote in (*answer.quotes, *answer.closest)):
                return took
        await asyncio.sleep(0.005)
    raise SystemExit(f"“{said}” is not quoted after {LONGEST_SECONDS} seconds")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 1_000, 10_000])
    parser.add_argument("--changes", type=int, default=100)
    options = parser.parse_args()
    print("documents  first reading  start from cache  save to answer: median     p95     longest (seconds)")
    for documents in options.documents:
        with tempfile.TemporaryDirectory() as place:
            folder, data = Path(place, "knowledge"), Path(place, "data")
            write_folder(folder, documents)
            first = seconds_to_start(folder, data)
            start = statistics.median(seconds_to_start(folder, data) for _ in range(STARTS))
            found = sorted(asyncio.run(seconds_to_answers(folder, data, options.changes)))
            p95 = found[math.ceil(len(found) * 0.95) - 1]
            print(
                f"{documents:>9,}  {first:>13.2f}  {start:>16.2f}  {statistics.median(found):>22.3f}"
                f"  {p95:>6.3f}  {found[-1]:>10.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
