"""Processes that are killed at random moments, and what must hold of the files that they leave behind."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from bot.journal import Journal
from bot.journal.troubles import Trouble
from retrieval import Library

HERE = Path(__file__).parent
QUESTIONS = ("what did Ann Lee say about tolls", "who said the harbour will open", "who is Bo Ek", "what is the fee")
OPEN_LIBRARY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from retrieval import Library
print("started", flush=True)
library = Library.open(Path(sys.argv[1]), data_dir=Path(sys.argv[2]))
library.close()
print("read", flush=True)
"""


def kill_writer(path: Path, chance: random.Random, longest_seconds: float) -> list[tuple[int, str]]:
    """Kill a process while it writes to the journal at `path`: the turns that it said were kept, by chat and key."""
    command = [sys.executable, str(HERE / "journal_writer.py"), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline() if chance.random() < 0.9 else ""  # else it may not even have begun
        time.sleep(chance.uniform(0, longest_seconds))
        process.kill()
        lines = [first, *process.stdout]
    return [(int(chat), key) for chat, key in (line.split() for line in lines if line.endswith("\n"))]


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
    command = [sys.executable, "-c", OPEN_LIBRARY, str(folder), str(data_dir), str(HERE.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, longest_seconds))
        process.kill()
        return process.stdout.read() == ""


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
