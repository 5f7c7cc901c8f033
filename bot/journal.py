"""The journal: each chat's turns, and the questions behind its buttons, kept in SQLite; the only SQL."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import aiosqlite

from bot.conversations import KEPT_TURNS
from bot.errors import JournalError
from retrieval import Place, Turn

SCHEMAS = (
    """
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    at INTEGER NOT NULL,
    turn TEXT NOT NULL
);
CREATE INDEX turns_by_chat ON turns (chat, thread, id);
CREATE INDEX turns_by_time ON turns (at);
PRAGMA user_version = 1;
""",
    """
CREATE TABLE buttons (
    chat INTEGER NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    questions TEXT NOT NULL,
    PRIMARY KEY (chat, key)
);
CREATE INDEX buttons_by_time ON buttons (at);
PRAGMA user_version = 2;
""",
)
"""What makes a journal of each version from the one before."""
SECONDS_A_DAY = 86_400
KEY_LENGTH = 16
"""Characters of a key: short enough for a button, long enough that no two messages share one."""


class Journal:
    """One file of turns and buttons; `async with` opens and closes it, and every method raises JournalError.

    What is older than `retention_days` is deleted when it opens and whenever a turn is added; 0 keeps it for good.
    """

    def __init__(self, path: Path, retention_days: int = 0) -> None:
        self._path = path
        self._retention_days = retention_days
        self._connection: aiosqlite.Connection | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Open the file, making it and its directory where there is none."""
        with self._named_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = await aiosqlite.connect(self._path, timeout=10)
            try:
                await self._prepare(self._connection)
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        """Close the file; a closed journal stays closed."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def add_turn(self, chat: int, thread: int, turn: Turn) -> None:
        """Let `turn` be the latest of the chat's thread (0 where the chat has none)."""
        with self._named_errors():
            await self._open_connection.execute(
                "INSERT INTO turns (chat, thread, at, turn) VALUES (?, ?, ?, ?)",
                (chat, thread, int(time.time()), _write_turn(turn)),
            )
            await self._delete_outdated(self._open_connection)
            await self._open_connection.commit()

    async def last_turns(self, chat: int, thread: int) -> tuple[Turn, ...]:
        """The last turns of the chat's thread, oldest first."""
        with self._named_errors():
            rows = await self._open_connection.execute_fetchall(
                "SELECT turn FROM turns WHERE chat = ? AND thread = ? ORDER BY id DESC LIMIT ?",
                (chat, thread, KEPT_TURNS),
            )
        return tuple(_read_turn(turn) for (turn,) in reversed(list(rows)))

    async def keep_questions(self, chat: int, questions: tuple[str, ...]) -> str:
        """Keep the questions behind the buttons of one message; the same questions always get the same key."""
        text = json.dumps(questions, ensure_ascii=False)
        key = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]
        with self._named_errors():
            await self._open_connection.execute(
                "INSERT OR REPLACE INTO buttons (chat, key, at, questions) VALUES (?, ?, ?, ?)",
                (chat, key, int(time.time()), text),
            )
            await self._open_connection.commit()
        return key

    async def kept_question(self, chat: int, key: str, number: int) -> str | None:
        """The question behind a button of the chat, counted from 0; None where there is no such button any more."""
        with self._named_errors():
            rows = await self._open_connection.execute_fetchall(
                "SELECT questions FROM buttons WHERE chat = ? AND key = ?", (chat, key)
            )
        questions = [question for (text,) in rows for question in json.loads(text)]
        return questions[number] if 0 <= number < len(questions) else None

    @property
    def _open_connection(self) -> aiosqlite.Connection:
        if self._connection is None:
            raise JournalError(f"{self._path}: the journal is not open.")
        return self._connection

    async def _prepare(self, connection: aiosqlite.Connection) -> None:
        await connection.execute("PRAGMA journal_mode = WAL")
        ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
        if version > len(SCHEMAS):
            raise JournalError(
                f"{self._path}: the journal comes from a newer version of the bot (its schema is {version}). "
                "Install that version, or let DATA_DIR name another directory."
            )
        for script in SCHEMAS[version:]:
            await connection.executescript(script)
        await self._delete_outdated(connection)
        await connection.commit()

    async def _delete_outdated(self, connection: aiosqlite.Connection) -> None:
        if self._retention_days:
            oldest = int(time.time()) - self._retention_days * SECONDS_A_DAY
            await connection.execute("DELETE FROM turns WHERE at < ?", (oldest,))
            await connection.execute("DELETE FROM buttons WHERE at < ?", (oldest,))

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise JournalError(
                f"{self._path}: the journal cannot be used ({error}). "
                "Make the directory writable, mend or move the file, or set DATA_DIR to another directory."
            ) from error


def _write_turn(turn: Turn) -> str:
    return json.dumps(dataclasses.asdict(turn), ensure_ascii=False)


def _read_turn(text: str) -> Turn:
    fields = json.loads(text)
    return Turn(
        question=fields["question"],
        understood=fields["understood"],
        kind=fields["kind"],
        people=tuple(fields["people"]),
        shown=tuple(Place(**place) for place in fields["shown"]),
    )
