"""The journal's file: opened and closed, tended while it is open, and free of what is outdated."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiosqlite

from bot.errors import JournalError, UnusableJournalError
from bot.journal.access import Access, runs_here
from bot.journal.troubles import Troubles

log = logging.getLogger(__name__)

FILE_NAME = "journal.sqlite3"
"""The journal's name in DATA_DIR."""

SECONDS_A_DAY = 86_400

TENDING_SECONDS = 600.0
"""How often what is outdated is looked for, whether or not anybody asks."""


class JournalFile:
    """One SQLite file; `async with` opens and closes it, and every method raises JournalError.

    Where the file cannot be used, that is an UnusableJournalError within a few seconds, and later uses try again; a
    damaged file is moved aside and a new one begun, at opening and whenever it is noticed. `troubles` tells of both.

    What is older than `retention_days` is deleted when it opens, whenever a turn is added, and every ten minutes;
    0 keeps it for good. A conversation ends when nobody asks for `conversation_minutes`; 0 lets it go on.
    """

    def __init__(
        self,
        path: Path,
        retention_days: int = 0,
        conversation_minutes: int = 0,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._access = Access(path)
        self._retention_days = retention_days
        self._conversation_minutes = conversation_minutes
        self._clock = clock
        self._tending: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def troubles(self) -> Troubles:
        """What befalls the file; give it a listener to be told."""
        return self._access.troubles

    async def open(self) -> None:
        """Open the file, making it and its directory where there is none; what cannot be opened now is tried again.

        Raises JournalError where the file comes from a newer version of the bot.
        """
        await self._access.open()
        await self._tend_once()
        self._tending = asyncio.create_task(self._tend())

    async def close(self) -> None:
        """Close the file; a closed journal stays closed."""
        if self._tending is not None and runs_here(self._tending):
            self._tending.cancel()
            await asyncio.gather(self._tending, return_exceptions=True)
        await self._access.close()

    async def delete_outdated(self) -> None:
        """Delete what is outdated, and all that the log beside the file still holds of what was deleted."""
        async with self._writing() as connection:
            await self._delete_outdated(connection)
        await self._empty_log()

    async def _rows(self, query: str, *values: object) -> list[Any]:
        return await self._access.rows(query, values)

    def _writing(self) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        """The connection for some statements that are written all or not at all."""
        return self._access.writing()

    @property
    def _now(self) -> int:
        return int(self._clock())

    def _oldest_kept(self) -> dict[str, int]:
        """The tables whose rows grow old, and since when they are kept; each room adds its own."""
        oldest = self._now - self._retention_days * SECONDS_A_DAY
        return {"turns": oldest, "buttons": oldest} if self._retention_days else {}

    async def _delete_outdated(self, connection: aiosqlite.Connection) -> None:
        for table, oldest in self._oldest_kept().items():
            await connection.execute(f"DELETE FROM {table} WHERE at < ?", (oldest,))  # noqa: S608 (our own words)

    async def _empty_log(self) -> None:
        """Empty the log beside the file, which holds words that were deleted; every ten minutes it is done anyway."""
        try:
            await self._access.empty_log()
        except UnusableJournalError:
            return  # troubles has told of it

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(TENDING_SECONDS)
            await self._tend_once()

    async def _tend_once(self) -> None:
        try:
            await self.delete_outdated()
        except UnusableJournalError:
            return  # troubles has told of it
        except JournalError:
            log.exception("What is outdated cannot be deleted from the journal.")
