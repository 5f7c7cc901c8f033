"""The whole bot under load, beside a bot that echoes: `python -m tests.benchmarks.load [--seconds 110]`.

Both are processes of their own and talk to a Bot API on this machine. A time is that from the update to the first
message that answers it, waiting in line included; where many ask at once, the line is most of it. What is lost was
asked and not answered before the time was up. Exit code 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.benchmarks.load_bots import BotProcess, running
from tests.benchmarks.made_words import Words
from tests.bot_api.server import serve
from tests.bot_api.telegram import TOKEN, Telegram

DOCUMENTS, PARAGRAPHS = 100, 20
AT_ONCE, BURST = 1_000, 5_000
OTHERS, FLOOD = 100, 1_000
OTHERS_EVERY_SECONDS = 0.03
INQUIRIES, INQUIRIES_A_SECOND = 150, 50
WARM_UP = 50
START_SECONDS = 20.0
RESTING_SECONDS, RESTING_SHARE = 0.5, 0.2
TOTAL_SECONDS = 110.0
ECHO_SHARE = 0.4
"""Of the time, which is ample on a machine that does nothing else."""


class TimedTelegram(Telegram):
    """Remembers when each update was asked, and when its first answer came."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.asked_at: dict[object, float] = {}
        self.came_at: dict[object, float] = {}
        self._all_came = threading.Event()
        self._awaited: set[object] = set()

    def ask(self, question: str, chat: int) -> None:
        """Somebody asks in a chat of their own."""
        self.asked_at.setdefault(chat, time.perf_counter())
        self.write(question, chat)

    def type_inline(self, words: str, person: int) -> None:
        """Somebody types words behind the bot's name."""
        self.asked_at[("inline", person)] = time.perf_counter()
        self.inquire(words, person, id=f"inline {person}")
        self.inquiries[f"inline {person}"] = []

    def wait_for_all(self, askers: set[object], seconds: float) -> None:
        """Return once all of them were answered, or nobody waits any longer."""
        with self._changed:
            self._awaited = askers - self.came_at.keys()
            self._all_came.clear()
        if self._awaited:
            self._all_came.wait(seconds)

    def _note(self, asker: object) -> None:
        self.came_at.setdefault(asker, time.perf_counter())
        self._awaited.discard(asker)
        if not self._awaited:
            self._all_came.set()

    def _send(self, parameters: Mapping[str, Any], *others: Any, **changes: Any) -> dict[str, Any]:
        message = super()._send(parameters, *others, **changes)
        self._note(message["chat"]["id"])
        return message

    def _answer_inquiry(self, parameters: Mapping[str, Any]) -> bool:
        is_answered = super()._answer_inquiry(parameters)
        self._note(("inline", int(parameters["inline_query_id"].split()[1])))
        return is_answered


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one kind of load on one bot; times in milliseconds, ordered."""

    load: str
    bot: str
    asked: int
    times: tuple[float, ...]
    a_second: float
    worked_ms: float
    before_mib: float
    after_mib: float

    @property
    def lost(self) -> int:
        """How many were never answered."""
        return self.asked - len(self.times)

    def __str__(self) -> str:
        p50, p95, p99 = (self._quantile(share) for share in (0.5, 0.95, 0.99))
        return (
            f"{self.load:36} {self.bot:4} {self.asked:6,} {self.lost:5} {p50:8,.0f} {p95:8,.0f} {p99:8,.0f} "
            f"{self.a_second:8,.0f} {self.worked_ms:8.1f} {self.before_mib:6.0f} {self.after_mib:6.0f}"
        )

    def _quantile(self, share: float) -> float:
        return self.times[int(share * (len(self.times) - 1))] if self.times else float("nan")


HEAD = (
    f"{'':36} {'':4} {'':>6} {'':>5} {'update to reply, ms':^26} {'updates':>8} {'worked':>8} {'memory, MiB':>13}\n"
    f"{'load':36} {'bot':4} {'asked':>6} {'lost':>5} {'p50':>8} {'p95':>8} {'p99':>8} {'/second':>8} {'ms each':>8} "
    f"{'before':>6} {'after':>6}"
)


class Loads:
    """Every kind of load on one bot; each asker asks once and has a chat of their own, but for the one who floods."""

    def __init__(self, name: str, bot: BotProcess, telegram: TimedTelegram, questions: list[str], until: float) -> None:
        self._name, self._bot, self._telegram = name, bot, telegram
        self._questions, self._chance, self._until = questions, random.Random(3), until
        self._chats = count(1_000)

    def run(self) -> Iterator[Row]:
        """Print-worthy rows, one after another."""
        yield self._measured("1,000 chats ask at once", lambda: self._at_once(AT_ONCE))
        yield self._measured("100 chats in 3 s", self._others)
        yield self._measured("the same beside one that sends 1,000", self._others_beside_a_flood, flood=FLOOD)
        yield self._measured("50 inline queries a second", self._inline)
        yield self._measured("5,000 updates in a burst", lambda: self._at_once(BURST))

    def warm_up(self) -> None:
        """Wait until the bot is there, and let it have answered some."""
        telegram = self._telegram
        askers = self._at_once(WARM_UP)
        telegram.wait_for_all(askers, START_SECONDS)
        if not askers <= telegram.came_at.keys():
            raise SystemExit(f"The bot that is {self._name} does not answer; its log:\n{self._bot.log}")

    def _measured(self, load: str, begin: Callable[[], set[object]], *, flood: int = 0) -> Row:
        """What came of a load; `flood` counts updates whose answers nobody waits for."""
        before_mib, worked, began = self._bot.resident_mib, self._bot.worked_seconds, time.perf_counter()
        askers = begin()
        telegram = self._telegram
        telegram.wait_for_all(askers, max(self._until - time.monotonic(), 0))
        answered = sorted(askers & telegram.came_at.keys(), key=str)
        ended = max((telegram.came_at[asker] for asker in answered), default=time.perf_counter())
        self._settle()
        worked = self._bot.worked_seconds - worked
        return Row(
            load,
            self._name,
            len(askers),
            tuple(sorted((telegram.came_at[asker] - telegram.asked_at[asker]) * 1000 for asker in answered)),
            len(answered) / (ended - began),
            worked * 1000 / max(len(answered) + flood, 1),
            before_mib,
            self._bot.resident_mib,
        )

    def _settle(self) -> None:
        """Wait until the bot rests: nothing of one load shall weigh on the next."""
        worked = -1.0
        while self._bot.worked_seconds - worked > RESTING_SHARE * RESTING_SECONDS and time.monotonic() < self._until:
            worked = self._bot.worked_seconds
            time.sleep(RESTING_SECONDS)

    def _at_once(self, number: int) -> set[object]:
        chats = [next(self._chats) for _ in range(number)]
        for chat in chats:
            self._telegram.ask(self._question(), chat)
        return set(chats)

    def _others(self) -> set[object]:
        chats: set[object] = set()
        for _ in range(OTHERS):
            chats |= self._at_once(1)
            time.sleep(OTHERS_EVERY_SECONDS)
        return chats

    def _others_beside_a_flood(self) -> set[object]:
        flooder = next(self._chats)
        for _ in range(FLOOD):
            self._telegram.ask(self._question(), flooder)
        return self._others()

    def _inline(self) -> set[object]:
        people = [next(self._chats) for _ in range(INQUIRIES)]
        for person in people:
            self._telegram.type_inline(self._question(), person)
            time.sleep(1 / INQUIRIES_A_SECOND)
        return {("inline", person) for person in people}

    def _question(self) -> str:
        return self._chance.choice(self._questions)


def made_questions(words: Words, number: int = 500) -> list[str]:
    """What people ask: of persons, of persons and words, of words alone, of what is not there."""
    made = []
    for _ in range(number // 4):
        person = words.person()
        typed = words.document("", 1).split()
        made += [
            f"what did {person} say",
            f"what did {person} say about {typed[3]}",
            f"who said that {' '.join(typed[5:9])}",
            f"what is the capital of {typed[2]} in Atlantis",
        ]
    return made


def main() -> int:
    """Print one table; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=TOTAL_SECONDS, help="how long it may take; more if busy")
    seconds, began = parser.parse_args().seconds, time.monotonic()
    words, lost = Words(seed=1), 0
    print(HEAD)
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        (place / "knowledge").mkdir()
        for number in range(DOCUMENTS):
            text = words.document(f"Report {number}", PARAGRAPHS)
            (place / "knowledge" / f"{number:04}.txt").write_text(text, encoding="utf-8")
        settings = {"KNOWLEDGE_DIR": str(place / "knowledge"), "DATA_DIR": str(place / "data")}
        settings |= {"TELEGRAM_BOT_TOKEN": TOKEN}
        questions = made_questions(words)
        for name, share in (("echo", ECHO_SHARE), ("ours", 1.0)):
            telegram = TimedTelegram()
            with serve(telegram) as url, running(name, place, settings | {"TELEGRAM_API_URL": url}) as bot:
                loads = Loads(name, bot, telegram, questions, began + share * seconds)
                loads.warm_up()
                for row in loads.run():
                    print(row, flush=True)
                    lost += row.lost
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
