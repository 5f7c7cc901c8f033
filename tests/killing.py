"""Processes that are killed at random moments, and what must hold of the files that they leave behind."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import signal
import sqlite3
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from canned import LAMP, PIER, answered

from bot.journal import Errand, Journal, SentAnswer, Vote, new_key
from bot.journal.troubles import Trouble
from retrieval import Library

QUESTIONS = ("what did Ann Lee say about tolls", "who said the harbour will open", "who is Bo Ek", "what is the fee")
CHATS = (7, 8, -100)


def kill(work: Callable[[int], None], chance: random.Random, longest_seconds: float) -> str:
    """Kill a process at some moment of its `work`, or before that; what it wrote to the descriptor that `work` got."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # from Python 3.12 on, where threads of other tests linger
        child = os.fork()
    if child == 0:
        try:
            work(write)
            os._exit(0)
        finally:  # a failure is printed by nobody else
            traceback.print_exc()
            os._exit(1)
    os.close(write)
    time.sleep(chance.uniform(0, longest_seconds))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in {signal.SIGKILL, 0}, "the process failed before it was killed"
    with os.fdopen(read, encoding="utf-8") as pipe:
        return pipe.read()


def kill_writer(path: Path, chance: random.Random, longest_seconds: float) -> list[tuple[int, str]]:
    """Kill a process while it writes to the journal at `path`: the turns that it said were kept, by chat and key."""

    def work(told: int) -> None:
        asyncio.run(_write(path, told))

    said = kill(work, chance, longest_seconds)
    return [
        (int(chat), key) for chat, key in (line.split() for line in said.splitlines(keepends=True) if line[-1] == "\n")
    ]


async def _write(path: Path, told: int) -> None:
    """Write all kinds of things to the journal, for ever, and tell each turn once it is kept."""
    chance = random.Random()  # noqa: S311 (no secret)
    async with Journal(path, retention_days=30) as journal:
        for number in itertools.count():
            chat, key = chance.choice(CHATS), new_key()
            sent = SentAnswer(chat, 0, key, answered(LAMP, PIER), messages=(number,), person=7)
            await journal.add_answer(sent, await journal.conversation(chat, 0))
            os.write(told, f"{chat} {key}\n".encode())
            await journal.vote(chat, key, 7, chance.choice(list(Vote)))
            match number % 8:
                case 0:
                    await journal.keep_links([LAMP, PIER])
                case 1:
                    await journal.take_errand(await journal.add_errand(Errand("upload", 9, "report.txt")))
                case 2:
                    await journal.set_language(7, chance.choice(["en", "ko"]))
                case 3:
                    await journal.keep_questions(chat, (f"who said {number}",))
                case 4:
                    await journal.replace_answer(sent)
                case 5:
                    await journal.admit(number)
                case 6:
                    await journal.delete_outdated()


def check_journal(path: Path, kept: list[tuple[int, str]]) -> None:
    """The journal is whole, opens without a word, has every turn that was kept, and goes on."""
    if path.exists():
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    asyncio.run(_check_turns(path, kept))


async def _check_turns(path: Path, kept: list[tuple[int, str]]) -> None:
    told: list[Trouble] = []
    journal = Journal(path)
    journal.troubles.listener = told.append
    async with journal:
        lost = [place for place in kept if await journal.answer(*place) is None]
        await journal.set_language(7, "en")
    assert not lost, f"{len(lost)} of {len(kept)} turns are lost"
    assert not told


def kill_reader(folder: Path, data_dir: Path, chance: random.Random, longest_seconds: float) -> bool:
    """Kill a process while it reads the folder for the first time or anew; False where it was through already."""

    def work(told: int) -> None:
        Library.open(folder, data_dir=data_dir).close()
        os.write(told, b"read")

    return kill(work, chance, longest_seconds) == ""


def write_folder(folder: Path, chance: random.Random, count: int) -> None:
    """Let `folder` hold `count` documents; every call changes some, adds some and takes some away."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = folder / f"minutes{number}.md"
        if path.exists() and chance.random() < 0.1:
            path.unlink()
        elif not path.exists() or chance.random() < 0.2:
            path.write_text(_minutes(number, chance), encoding="utf-8")


def _minutes(number: int, chance: random.Random) -> str:
    paragraphs = [
        f"{chance.choice(['Ann Lee', 'Bo Ek'])}, member of board {number}, said that the {what} {chance.choice(WILL)}."
        for what in chance.choices(["harbour", "ferry", "fee", "tolls", "crane"], k=20)
    ]
    return f"# Minutes {number}\n\n" + "\n\n".join(paragraphs) + "\n"


WILL = ("will open in May", "must rise", "should fall", "was repaired", "is safe for everybody")


def answers_of(folder: Path, data_dir: Path | None) -> list[str]:
    """Everything that can be seen of the folder from outside: passages, people, answers."""
    with closing(Library.open(folder, data_dir=data_dir)) as library:
        answers = [library.ask(question) for question in QUESTIONS]
        seen = [f"{library.passage_count} {library.problems}", *(document.text for document in library.documents)]
        people = sorted(f"{person.name} {person.statements}" for person in library.people)
        return [*seen, *people, *(json.dumps([repr(q) for q in (*one.quotes, *one.closest)]) for one in answers)]
