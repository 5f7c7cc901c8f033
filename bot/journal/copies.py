"""Backup and restore: a whole copy of the journal while the bot runs, and its return while no bot does."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import JournalError
from bot.journal.opening import move_aside
from bot.journal.wholeness import code_of, connect, fault_at, fault_of, is_damage


@dataclass(frozen=True, slots=True)
class Holding:
    """How much a journal holds of what people asked, voted and chose, in `size_bytes`; from the first day to the last.

    Without any answer there is no first day.
    """

    answers: int
    votes: int
    languages: int
    admitted: int
    links: int
    first: dt.date | None
    last: dt.date | None
    size_bytes: int


def back_up(journal: Path, copy: Path) -> Holding:
    """Make `copy` a whole copy of the journal, whoever writes to it meanwhile; returns what it holds.

    Raises JournalError, and leaves no copy, where there is no whole journal, or something at `copy` already.
    """
    if not os.path.lexists(journal):
        raise JournalError(f"{journal}: there is no journal yet. Run the bot first, or set DATA_DIR to where it is.")
    with _named_errors(copy):
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with _named_errors(journal):
            _copy(journal, copy)
            return _holding(copy)
    except BaseException:
        copy.unlink()
        raise


def restore(copy: Path, journal: Path, today: dt.date) -> tuple[Holding, Path | None]:
    """Put the journal at `copy` in the place of the present one, which is moved aside.

    Returns what it holds, and where the present one is now, if there was one. Raises JournalError, and changes
    nothing, where `copy` is no whole journal of a known schema, or a bot is running on the present one.
    """
    if not copy.is_file():
        raise JournalError(f"{copy}: there is no such file. Name one that `python -m bot backup` made.")
    with _named_errors(copy):
        holding = _holding(copy)
    arriving = journal.with_name(f"{journal.name}.restored")
    with _named_errors(journal):
        journal.parent.mkdir(parents=True, exist_ok=True)
        arriving.unlink(missing_ok=True)
        os.close(os.open(arriving, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _copy(copy, arriving)
            _require_nobody(journal)
            aside = move_aside(journal, "replaced", today) if os.path.lexists(journal) else None
            arriving.rename(journal)
        except BaseException:
            arriving.unlink(missing_ok=True)
            raise
    return holding, aside


def _copy(source: Path, target: Path) -> None:
    """One file, whole: SQLite's backup takes what one moment shows (https://www.sqlite.org/backup.html)."""
    with closing(connect(source)) as reading, closing(connect(target)) as writing:
        if fault := fault_of(reading, source):
            raise _broken(source, fault)
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")


def _require_nobody(journal: Path) -> None:
    """Raise JournalError where another process has the journal open; a damaged one is nobody's."""
    if not journal.is_file():
        return
    try:
        with closing(connect(journal)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.DatabaseError as error:
        if code_of(error) == sqlite3.SQLITE_BUSY:
            raise JournalError(
                f"{journal}: a bot is running on this journal. End it, restore, start it again."
            ) from error
        if not is_damage(error):
            raise


def _holding(path: Path) -> Holding:
    if fault := fault_at(path):
        raise _broken(path, fault)
    with closing(connect(path, "ro")) as connection:
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

        def count(table: str) -> int:
            """How many rows there are; a journal of an earlier schema lacks some tables."""
            found = connection.execute(f"SELECT count(*) FROM {table}") if table in known else [(0,)]  # noqa: S608 (our own words)
            return int(next(iter(found))[0])

        (first, last) = connection.execute(
            "SELECT date(min(at), 'unixepoch', 'localtime'), date(max(at), 'unixepoch', 'localtime') FROM turns"
        ).fetchone()
        return Holding(
            answers=count("turns"),
            votes=count("votes"),
            languages=count("languages"),
            admitted=count("admitted"),
            links=count("links"),
            first=dt.date.fromisoformat(first) if first else None,
            last=dt.date.fromisoformat(last) if last else None,
            size_bytes=path.stat().st_size,
        )


def _broken(path: Path, fault: str) -> JournalError:
    return JournalError(f"{path}: this is no whole journal ({fault}). Name another file.")


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise JournalError(f"{path} is there already, and is not overwritten. Name another file.") from error
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        if is_damage(error):
            raise _broken(path, str(error)) from error
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise JournalError(
            f"{path}: this cannot be done ({reason}). Make room and the directory writable, or name another file."
        ) from error
