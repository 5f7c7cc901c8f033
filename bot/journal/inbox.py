"""The inbox: updates that Telegram delivered and that are yet to be handled, and the numbers of those that were."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.journal.file import SECONDS_A_DAY, JournalFile

NUMBERS_DAYS = 1
"""Telegram delivers nothing that is older (https://core.telegram.org/bots/api#getting-updates); then the number of an
update that was handled is of no use, and one day another update may have it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it was delivered: Telegram's number of it, which chat and person it is of, and its JSON."""

    number: int
    chat: int | None
    person: int | None
    content: str


@dataclass(frozen=True, slots=True)
class LeftOver:
    """An update that was not handled to its end; `tries` counts how often the bot began with it anew since."""

    number: int
    content: str
    tries: int


@dataclass(frozen=True, slots=True)
class InboxChanges:
    """What is to be written: updates that arrived, and numbers of others.

    Left-over updates that are begun again; updates that were not handled, but did not end the bot, so that their tries
    do not count; updates that were handled.
    """

    arrived: Sequence[Arrival] = ()
    begun_again: Collection[int] = ()
    outlived: Collection[int] = ()
    handled: Collection[int] = ()


class Inbox(JournalFile):
    """Updates by the id of the bot that they are for, as each bot's are numbered on their own."""

    async def write_inbox(self, bot: int, changes: InboxChanges) -> None:
        """Keep what arrived, and of what was handled the numbers alone; all in one transaction."""
        now = self._now
        async with self._writing() as connection:
            for statement, rows in (
                (_ARRIVED, [(bot, one.number, now, one.chat, one.person, one.content) for one in changes.arrived]),
                (_BEGUN, [(bot, number) for number in changes.begun_again]),
                (_OUTLIVED, [(bot, number) for number in changes.outlived]),
                (_HANDLED, [(bot, number, now) for number in changes.handled]),
                (_GONE, [(bot, number) for number in changes.handled]),
            ):
                if rows:
                    await connection.executemany(statement, rows)

    async def left_over(self, bot: int) -> tuple[LeftOver, ...]:
        """What was delivered and not handled to its end, in the order of its numbers."""
        found = "SELECT number, content, tries FROM inbox WHERE bot = ? ORDER BY number"
        return tuple(LeftOver(*row) for row in await self._rows(found, bot))

    async def handled(self, bot: int, most: int) -> tuple[int, ...]:
        """The numbers of the updates handled last, the oldest first."""
        found = "SELECT number FROM handled WHERE bot = ? ORDER BY at DESC, number DESC LIMIT ?"
        return tuple(number for (number,) in reversed(await self._rows(found, bot, most)))

    def _oldest_kept(self) -> dict[str, int]:
        kept = super()._oldest_kept() | {"handled": self._now - NUMBERS_DAYS * SECONDS_A_DAY}
        if self._retention_days:
            kept["inbox"] = self._now - self._retention_days * SECONDS_A_DAY
        return kept


_ARRIVED = "INSERT OR IGNORE INTO inbox (bot, number, at, chat, person, content) VALUES (?, ?, ?, ?, ?, ?)"
_HANDLED = "INSERT OR REPLACE INTO handled (bot, number, at) VALUES (?, ?, ?)"
_GONE = "DELETE FROM inbox WHERE bot = ? AND number = ?"
_BEGUN = "UPDATE inbox SET tries = tries + 1 WHERE bot = ? AND number = ?"
_OUTLIVED = "UPDATE inbox SET tries = 0 WHERE bot = ? AND number = ?"
