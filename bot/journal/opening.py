"""Opening the journal's file: a new one is begun, an earlier one brought forward, a damaged one moved aside."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.journal.schema import SCHEMAS
from bot.journal.wholeness import connect, fault_at

LOGS = ("-wal", "-journal")
"""Beside its file SQLite keeps what is not yet in it (https://www.sqlite.org/tempfiles.html)."""
MEMORY = "-shm"


def make_ready(path: Path, today: dt.date) -> tuple[Path, str] | None:
    """Let a whole journal of the newest schema stand at `path`.

    Returns where a damaged one was moved to and what was wrong with it; None where there was no damage. Raises
    JournalError where it comes from a newer version, sqlite3.Error or OSError where nothing can be done now.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    damaged = None
    if (os.path.lexists(path) or any(_beside(path, log).exists() for log in LOGS)) and (fault := fault_at(path)):
        damaged = move_aside(path, "damaged", today), fault
    if not path.exists():
        _begin(path)
    with closing(connect(path)) as connection:
        bring_forward(connection)
    return damaged


def bring_forward(connection: sqlite3.Connection) -> None:
    """Give a journal of an earlier schema, or of none yet, the newest one, whole or not at all."""
    connection.execute("PRAGMA secure_delete = ON")
    ((version,),) = connection.execute("PRAGMA user_version").fetchall()
    if version < len(SCHEMAS):
        steps = "".join(SCHEMAS[version:])
        connection.executescript(f"BEGIN; {steps} PRAGMA user_version = {len(SCHEMAS):d}; COMMIT;")


def move_aside(path: Path, why: str, today: dt.date) -> Path:
    """Move the journal to a name of its own beside it, like journal.damaged-2024-05-03.sqlite3; returns that."""
    first = path.with_name(f"{path.stem}.{why}-{today.isoformat()}{path.suffix}")
    others = (first.with_stem(f"{first.stem}-{number}") for number in itertools.count(2))
    free = next(name for name in itertools.chain([first], others) if not _is_taken(name))
    for end in ("", *LOGS, MEMORY):
        if os.path.lexists(_beside(path, end)):
            _beside(path, end).rename(_beside(free, end))
    return free


def _begin(path: Path) -> None:
    """Make a journal under another name, readable by its owner alone, and only then give it its own name."""
    new = path.with_name(f"{path.name}.new")
    for end in ("", *LOGS):
        _beside(new, end).unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(connect(new)) as connection:
        bring_forward(connection)
    new.rename(path)


def _is_taken(name: Path) -> bool:
    return any(os.path.lexists(_beside(name, end)) for end in ("", *LOGS))


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
