"""The journal's file: opening it, bringing it to the newest version, and one write after another."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiosqlite

from bot.errors import JournalError
from bot.journal.schema import SCHEMAS

SECONDS_A_DAY = 86_400


class JournalFile:
    """One SQLite file; `async with` opens and closes it, and every method raises JournalError.

    What is older than `retention_days` is deleted when it opens and whenever a turn is added; 0 keeps it for good.
    A conversation ends when nobody asks for `conversation_minutes`; 0 lets it go on.
    """

    def __init__(
        self,
        path: Path,
        retention_days: int = 0,
        conversation_minutes: int = 0,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path = path
        self._retention_days = retention_days
        self._conversation_minutes = conversation_minutes
        self._clock = clock
        self._connection: aiosqlite.Connection | None = None
        self._one_writer = asyncio.Lock()

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

    async def _rows(self, query: str, *values: object) -> list[Any]:
        with self._named_errors():
            return list(await self._open_connection.execute_fetchall(query, values))

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """The connection for some statements that are written all or not at all."""
        async with self._one_writer:
            with self._named_errors():
                connection = self._open_connection
                try:
                    yield connection
                    await connection.commit()
                except BaseException:
                    await connection.rollback()
                    raise

    @property
    def _now(self) -> int:
        return int(self._clock())

    @property
    def _open_connection(self) -> aiosqlite.Connection:
        if self._connection is None:
            raise JournalError(f"{self._path}: the journal is not open.")
        return self._connection

    async def _prepare(self, connection: aiosqlite.Connection) -> None:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("PRAGMA synchronous = NORMAL")  # with WAL whole at any time, if not up to the second
        await connection.execute("PRAGMA secure_delete = ON")
        ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
        if version > len(SCHEMAS):
            raise JournalError(
                f"{self._path}: the journal comes from a newer version of the bot (its schema is {version}). "
                "Install that version, or let DATA_DIR name another directory."
            )
        for number, script in enumerate(SCHEMAS[version:], start=version + 1):
            await connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number:d}; COMMIT;")
        await connection.execute("PRAGMA foreign_keys = ON")
        await self._delete_outdated(connection)
        await connection.commit()

    async def _delete_outdated(self, connection: aiosqlite.Connection) -> None:
        if self._retention_days:
            oldest = self._now - self._retention_days * SECONDS_A_DAY
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
