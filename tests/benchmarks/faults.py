"""Everything fails, nothing is lost: `python -m tests.benchmarks.faults [--updates 800] [--kills 25] [--seed 1]`.

The real bot runs as a process against a Bot API on this machine that fails by a seeded plan: it says to wait, breaks,
drops connections before and after it has done what it was asked, hangs, tells of another poller; and the process is
killed (kill -9) at random moments. Questions go on arriving. Each holds a word of its own, which its reply names:
what is never named is lost, what is named in several messages is repeated. Below two minutes; exit code 1 where
anything was lost, left in the inbox or logged with a traceback.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bot_api.faults import Fault, Faults
from tests.bot_api.server import serve
from tests.bot_api.telegram import TOKEN, Telegram

ROOT = Path(__file__).parent.parent.parent
CHATS = 50
RATES = {
    Fault.TOO_MANY: 0.03,
    Fault.BROKEN: 0.04,
    Fault.DROPPED: 0.04,
    Fault.LOST: 0.02,
    Fault.HANGING: 0.01,
    Fault.CONFLICT: 0.06,
}
LONGEST_LIFE_SECONDS = 1.2
"""From its first poll on; before that, it is killed now and then while it starts."""
KILLED_EARLY = 0.35
LONGEST_START_SECONDS = 10.0
KILLING_SECONDS = 75.0
"""After that the process lives on, so that all is over within two minutes on a slow machine, too."""
ASKED_EVERY_SECONDS = 0.05
SLOWNESS_SECONDS = 0.1
DRAINED_SECONDS = 40.0
GOODBYE_SECONDS = 20.0
LAMP = "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n"


@dataclass(frozen=True)
class Outcome:
    """What became of the updates, and what they had to get through."""

    updates: int
    lost: int
    repeated: int
    faults: Mapping[Fault, int]
    kills: int
    left_over: int
    seconds: float
    complaints: tuple[str, ...]

    def table(self) -> str:
        """All of it, a line each."""
        rows = {
            "updates in": self.updates,
            "answered": self.updates - self.lost,
            "lost": self.lost,
            "repeated": self.repeated,
            **{f"fault: {fault}": count for fault, count in sorted(self.faults.items())},
            "fault: kill -9": self.kills,
            "faults, all": sum(self.faults.values()) + self.kills,
            "left over at a start": self.left_over,
            "seconds": round(self.seconds),
        }
        return "\n".join(f"{name:32} {count:>6}" for name, count in rows.items())


class Process:
    """The bot, started again and again over the same data."""

    def __init__(self, place: Path, url: str) -> None:
        (place / "knowledge").mkdir()
        (place / "knowledge" / "lamp.txt").write_text(LAMP, encoding="utf-8")
        self.log, self._place = place / "log", place
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        self._environment = kept | {
            "PYTHONPATH": str(ROOT),
            "KNOWLEDGE_DIR": str(place / "knowledge"),
            "DATA_DIR": str(place / "data"),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "QUESTIONS_A_MINUTE": "0",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot"]
            self._process = subprocess.Popen(command, env=self._environment, cwd=self._place, stderr=log, stdout=log)

    def end(self, how: signal.Signals) -> int:
        """Send it the signal; returns its exit code. One that does not end is killed."""
        assert self._process is not None
        self._process.send_signal(how)
        try:
            return self._process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def word_of(number: int) -> str:
    """A word that no document has and that resembles no other."""
    return "zq" + "".join("bdfghjkmprtvwx"[number // 14**place % 14] for place in range(4)) + "yx"


def run_faults(updates: int, kills: int, seed: int, rates: Mapping[Fault, float] = RATES) -> Outcome:
    """Let so many updates arrive while the process is killed so often; returns what became of them."""
    chances, began = random.Random(seed), time.monotonic()
    telegram = Telegram(faults=Faults(rates, seed), repeats=True, slowness_seconds=SLOWNESS_SECONDS)
    asked: dict[str, int] = {}
    stop, killed, calls = threading.Event(), 0, 0

    def ask() -> None:
        for number in range(updates):
            word, chat = word_of(number), 1000 + number % CHATS
            asked[word] = chat
            telegram.write(f"what is {word}", chat)
            if stop.wait(ASKED_EVERY_SECONDS):
                return

    with tempfile.TemporaryDirectory() as place, serve(telegram) as url:
        process, asker = Process(Path(place), url), threading.Thread(target=ask)
        process.start()
        asker.start()
        try:
            while killed < kills and time.monotonic() - began < KILLING_SECONDS:
                _live(telegram, chances)
                killed += 1
                process.end(signal.SIGKILL)
                calls = len(telegram.calls)
                process.start()
            asker.join()
            telegram.faults.rates.clear()
            _wait_for_all(telegram, asked)
            _wait_for_poll(telegram, calls)
            complaints = () if process.end(signal.SIGTERM) == 0 else ("SIGTERM did not end it with exit code 0",)
        finally:
            stop.set()
            process.end(signal.SIGKILL)
            asker.join()
        counts = _answers(telegram, asked)
        log = process.log.read_text("utf-8")
        return Outcome(
            updates=updates,
            lost=sum(not counts[word] for word in asked) + updates - len(asked),
            repeated=sum(count - 1 for count in counts.values() if count > 1),
            faults=dict(telegram.faults.injected),
            kills=killed,
            left_over=sum(map(int, re.findall(r"(\d+) update\(s\) were left over", log))),
            seconds=time.monotonic() - began,
            complaints=(*complaints, *_complaints(log, Path(place) / "data" / "journal.sqlite3")),
        )


def _live(telegram: Telegram, chances: random.Random) -> None:
    """Return when it is time to kill the process that was started just now."""
    if chances.random() < KILLED_EARLY:
        time.sleep(chances.uniform(0, LONGEST_LIFE_SECONDS))
        return
    _wait_for_poll(telegram, len(telegram.calls))
    time.sleep(chances.uniform(0, LONGEST_LIFE_SECONDS))


def _wait_for_poll(telegram: Telegram, calls: int) -> None:
    """Return once the process polls, after so many calls before it."""
    until = time.monotonic() + LONGEST_START_SECONDS
    while "getUpdates" not in telegram.calls[calls:] and time.monotonic() < until:
        time.sleep(0.02)


def _wait_for_all(telegram: Telegram, asked: Mapping[str, int]) -> None:
    until = time.monotonic() + DRAINED_SECONDS
    while time.monotonic() < until and len(_answers(telegram, asked)) < len(asked):
        time.sleep(0.2)


def _answers(telegram: Telegram, asked: Mapping[str, int]) -> Counter[str]:
    """How many messages answer each of the words, each in its own chat."""
    named = ((word, sent.chat) for sent in list(telegram.sent) for word in re.findall(r"zq\w{4}yx", sent.text))
    return Counter(word for word, chat in named if asked.get(word) == chat)


def _complaints(log: str, journal: Path) -> tuple[str, ...]:
    found = ["a traceback in the log"] if "Traceback" in log else []
    with closing(sqlite3.connect(journal)) as database:
        ((whole,),) = database.execute("PRAGMA integrity_check")
        ((left,),) = database.execute("SELECT count(*) FROM inbox")
    found += [f"the journal: {whole}"] if whole != "ok" else []
    return (*found, *([f"{left} update(s) left in the inbox"] if left else []))


def main() -> int:
    """Run it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--updates", type=int, default=800)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcome = run_faults(options.updates, options.kills, options.seed)
    print(outcome.table())
    print("\n".join(outcome.complaints) or "Nothing was lost; the journal is whole and its inbox empty.")
    return 1 if outcome.lost or outcome.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
