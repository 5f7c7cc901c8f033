"""A folder that never rests: `python -m tests.benchmarks.soak [--operations 5000] [--seed 1]`; about two minutes.

Random operations on files, as people and programs do them, while questions are asked without a pause and the bot's
watcher keeps the library current. At the end the library must equal one that is read from nothing, no question may
have failed, and no more memory may be held than early on. Exit code 1 where any of that does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import math
import random
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from bot.watching import Watcher
from retrieval import Answer, Library
from tests.benchmarks.file_operations import Operations

ASKERS = 2
QUESTIONS = (
    "what did Ada Ferry say",
    "who said that the balmant is closed",
    "what did Bo Quay say about the ferry",
    "김바다는 무엇을 말했나요?",
    "what is said of the harbour in 2023",
    "who is Finn Bell",
)
WARMED_UP = 0.4
"""The share of the operations after which memory is looked at for the first time."""
MOST_GROWTH = 1.15
SETTLING_SECONDS = 15.0


class Asker(threading.Thread):
    """Asks one question after another until it is told to stop; keeps what went wrong."""

    def __init__(self, library: Library, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self._library, self._stop_asking, self._random = library, stop, random.Random(seed)
        self.asked, self.failures = 0, list[str]()

    def run(self) -> None:
        """Ask, and check that what is quoted is what was asked of one snapshot."""
        while not self._stop_asking.is_set():
            question = self._random.choice(QUESTIONS)
            try:
                answer = self._library.ask(question)
                if any(not quote.text.strip() for quote in (*answer.quotes, *answer.closest)):
                    self.failures.append(f"{question}: an empty quote")
            except Exception as error:  # noqa: BLE001 (whatever fails is what is looked for)
                self.failures.append(f"{question}: {error!r}")
            self.asked += 1
            time.sleep(0.002)


async def soak(folder: Path, operations: int, seed: int) -> list[str]:
    """What is wrong after so many operations; nothing, it is hoped."""
    made = Operations(folder, random.Random(seed))
    library = Library(folder, data_dir=folder.parent / "data", look_every_seconds=math.inf)
    watcher = Watcher(library, folder)
    await asyncio.to_thread(watcher.wait, 60.0)
    watcher.start()
    stop = threading.Event()
    askers = [Asker(library, stop, seed + number) for number in range(ASKERS)]
    for asker in askers:
        asker.start()
    early_mib, versions = 0.0, set[str]()
    for number in range(operations):
        made.one()
        await asyncio.sleep(0.01)
        versions.add(library.version)
        if number == int(operations * WARMED_UP):
            early_mib = held_mib()
        if number % 500 == 499:
            print(f"{number + 1:>6} operations, {len(library.documents)} documents, {held_mib():.0f} MiB", flush=True)
    made.settle()
    faults = await _difference(library, folder)
    stop.set()
    for asker in askers:
        asker.join()
    late_mib = held_mib()
    faults += [failure for asker in askers for failure in asker.failures[:5]]
    if late_mib > early_mib * MOST_GROWTH:
        faults.append(f"memory grew from {early_mib:.0f} to {late_mib:.0f} MiB")
    asked = sum(asker.asked for asker in askers)
    print(f"{operations} operations, {len(versions)} versions of the folder, {asked} questions")
    print(f"memory: {early_mib:.0f} MiB after {WARMED_UP:.0%} of it, {late_mib:.0f} MiB at the end")
    await watcher.stop()
    return faults


async def _difference(library: Library, folder: Path) -> list[str]:
    """In what the library differs from one that is read from nothing, once it has had time to catch up."""
    until = time.monotonic() + SETTLING_SECONDS
    while True:
        faults = await asyncio.to_thread(_differences, library, folder)
        if not faults or time.monotonic() > until:
            return faults
        await asyncio.sleep(1)


def _differences(library: Library, folder: Path) -> list[str]:
    anew = Library.open(folder)
    pairs = {
        "version": (library.version, anew.version),
        "documents": (tuple(library.documents), tuple(anew.documents)),
        "passages": (library.passage_count, anew.passage_count),
        "people": (library.people, anew.people),
        "problems": (library.problems, anew.problems),
        **{question: (_asked(library, question), _asked(anew, question)) for question in QUESTIONS},
    }
    return [f"{name} differ from those read from nothing" for name, (one, other) in pairs.items() if one != other]


def _asked(library: Library, question: str) -> Answer:
    return replace(library.ask(question, limit=5), elapsed_ms=0.0)


def held_mib() -> float:
    """The memory that this process holds, in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def main() -> int:
    """Soak, and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    place = Path(tempfile.mkdtemp())
    try:
        (place / "knowledge").mkdir()
        faults = asyncio.run(soak(place / "knowledge", options.operations, options.seed))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print("\n".join(faults) or "Equal to a library read from nothing; no question failed; memory flat.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
