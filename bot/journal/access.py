"""The way to the journal's file while the bot runs: one write after another, within patience, again after failures."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.errors import JournalError, UnusableJournalError
from bot.events import Event
from bot.journal.opening import make_ready
from bot.journal.troubles import Troubles
from bot.journal.wholeness import PATIENCE_SECONDS, code_of, is_damage

log = logging.getLogger(__name__)

SLOWEST_SECONDS = PATIENCE_SECONDS + 1
"""Nobody waits longer for the journal: an answer without memory is better than none."""

RESTING_SECONDS = 10.0
"""After the journal kept somebody waiting in vain, it is not tried again for so long."""

_OUT_OF_REACH = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
"""What SQLite says where only another connection can help."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # whole at any time; a power cut may take the last moments, a kill nothing
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)


class Access:
    """Opens the file at `path` and keeps it open; what fails is told by `troubles`, once."""

    def __init__(self, path: Path) -> None:
        self.troubles = Troubles()
        self._path = path
        self._is_open = False
        self._connection: aiosqlite.Connection | None = None
        self._opening: asyncio.Task[aiosqlite.Connection] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._one_writer = asyncio.Lock()
        self._reads_rest_until = self._writes_rest_until = 0.0

    async def open(self) -> None:
        """Open the file; where that cannot be done now, each use tries again.

        Raises JournalError where the file comes from a newer version of the bot.
        """
        self._is_open = True
        try:
            with self._named_errors(reading=True):
                await self._opened()
        except UnusableJournalError:
            return  # troubles has told of it
        except BaseException:
            self._is_open = False
            raise

    async def close(self) -> None:
        """Close the file, whichever event loop it was opened in; it stays closed."""
        self._is_open = False
        self._end_connection()
        opening = {self._opening} if self._opening else set()
        await asyncio.gather(*filter(runs_here, opening | self._ending), return_exceptions=True)
        self._end_connection()
        await asyncio.gather(*filter(runs_here, self._ending))

    async def rows(self, query: str, values: tuple[object, ...]) -> list[Any]:
        """What `query` finds."""
        self._refuse_before(self._reads_rest_until)
        with self._named_errors(reading=True):
            async with asyncio.timeout(SLOWEST_SECONDS):
                return list(await (await self._opened()).execute_fetchall(query, values))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """The connection for some statements that are written all or not at all."""
        self._refuse_before(max(self._reads_rest_until, self._writes_rest_until))
        with self._named_errors():
            async with asyncio.timeout(SLOWEST_SECONDS), self._one_writer:
                connection = await self._opened()
                try:
                    yield connection
                    await connection.commit()
                except BaseException:
                    # Not waited for, as the disk may be what is slow; it comes before any statement of the next writer.
                    self._in_background(connection.rollback())
                    await asyncio.sleep(0)  # so that it has its place in the line of statements
                    raise
        self.troubles.works(self._path)

    async def empty_log(self) -> None:
        """Write the log beside the file into it, and empty it, unless somebody else reads it just now."""
        async with self._one_writer:
            await self.rows("PRAGMA wal_checkpoint(TRUNCATE)", ())

    async def _opened(self) -> aiosqlite.Connection:
        if not self._is_open:
            raise JournalError(f"{self._path}: the journal is not open.")
        if self._connection is not None:
            return self._connection
        return await asyncio.shield(self._opening or self._open_again())

    def _open_again(self) -> asyncio.Task[aiosqlite.Connection]:
        self._opening = asyncio.create_task(self._connected())
        self._opening.add_done_callback(self._take_connection)
        return self._opening

    def _take_connection(self, opening: asyncio.Task[aiosqlite.Connection]) -> None:
        self._opening = None
        if not opening.cancelled() and opening.exception() is None:
            self._connection = opening.result()

    async def _connected(self) -> aiosqlite.Connection:
        """A connection to a whole journal of the newest schema."""
        await asyncio.gather(*self._ending)  # as it ends, the connection before takes files of these names with it
        damaged = await asyncio.to_thread(make_ready, self._path, dt.datetime.now().astimezone().date())
        if damaged:
            self.troubles.damaged(self._path, *damaged)
        connection = await aiosqlite.connect(self._path, timeout=PATIENCE_SECONDS)
        connection.text_factory = _decoded
        try:
            for pragma in PRAGMAS:
                await connection.execute(pragma)
        except BaseException:
            await connection.close()
            raise
        return connection

    @contextmanager
    def _named_errors(self, *, reading: bool = False) -> Iterator[None]:
        connection = self._connection
        try:
            yield
        except TimeoutError as error:
            self._rest(reading=True)
            raise self._unusable("it takes too long") from error
        except (sqlite3.Error, OSError, ValueError) as error:
            code = code_of(error)
            if is_damage(error) and connection is not None:
                log.warning(Event("journal_suspect", file=self._path, reason=error))
                self._end_connection()
                self._open_again()
                raise self._refusal(str(error)) from error
            if code == sqlite3.SQLITE_BUSY:
                self._rest(reading=reading)
            elif connection is None or self._connection is None or code in _OUT_OF_REACH:
                self._end_connection()
                self._rest(reading=True)
            elif isinstance(error, ValueError):
                raise
            elif code != sqlite3.SQLITE_FULL:
                raise JournalError(f"{self._path}: the journal does not take that ({error}).") from error
            raise self._unusable(str(error)) from error

    def _unusable(self, reason: str) -> UnusableJournalError:
        self.troubles.fails(self._path, reason)
        return self._refusal(reason)

    def _refusal(self, reason: str) -> UnusableJournalError:
        return UnusableJournalError(
            f"{self._path}: the journal cannot be used ({reason}). "
            "Make room and the directory writable, end what else uses the file, or set DATA_DIR to another directory."
        )

    def _rest(self, *, reading: bool) -> None:
        self._writes_rest_until = time.monotonic() + RESTING_SECONDS
        if reading:
            self._reads_rest_until = self._writes_rest_until

    def _refuse_before(self, moment: float) -> None:
        if time.monotonic() < moment:
            raise self._refusal("it could not be used a moment ago")

    def _end_connection(self) -> None:
        if self._connection is not None:
            self._in_background(self._connection.close())
            self._connection = None

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_ended(work))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


def runs_here(task: asyncio.Task[Any]) -> bool:
    """Whether the task can be waited for: it is not done, nor left behind by an event loop that ended before it."""
    return not task.done() and task.get_loop() is asyncio.get_running_loop()


def _decoded(text: bytes) -> str:
    """Text as it stands in the file, where the disk may have spoilt a letter of it."""
    return text.decode("utf-8", "replace")


async def _ended(work: Coroutine[Any, Any, None]) -> None:
    """Do `work`, which ends what has failed already: that it fails too tells nothing new."""
    try:
        await work
    except (sqlite3.Error, ValueError) as error:
        log.debug("A journal that failed could not be ended in order either: %s", error)
