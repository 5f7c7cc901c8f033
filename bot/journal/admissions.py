"""Chats that an owner let in by a button, and strangers that owners have been told of."""

from __future__ import annotations

from bot.journal.file import SECONDS_A_DAY, JournalFile

TOLD_AGAIN_DAYS = 7
MOST_AN_HOUR = 10
"""Of so many strangers owners are told within an hour, whoever knocks."""


class Admissions(JournalFile):
    """Chats by their ids; the private chat with a person has the person's id."""

    async def is_admitted(self, chat: int) -> bool:
        """Whether an owner let the chat in."""
        return bool(await self._rows("SELECT 1 FROM admitted WHERE chat = ?", chat))

    async def admitted(self) -> tuple[int, ...]:
        """Every chat that an owner let in, the latest first."""
        return tuple(chat for (chat,) in await self._rows("SELECT chat FROM admitted ORDER BY at DESC, chat"))

    async def admit(self, chat: int) -> None:
        """Let the chat in."""
        async with self._writing() as connection:
            await connection.execute("INSERT OR IGNORE INTO admitted (chat, at) VALUES (?, ?)", (chat, self._now))

    async def revoke(self, chat: int) -> bool:
        """Let the chat in no longer; False where it was not."""
        async with self._writing() as connection:
            return (await connection.execute("DELETE FROM admitted WHERE chat = ?", (chat,))).rowcount > 0

    async def is_news(self, stranger: int) -> bool:
        """Whether owners are to be told of a stranger: once a week, and not of too many at once."""
        async with self._writing() as connection:
            oldest = self._now - TOLD_AGAIN_DAYS * SECONDS_A_DAY
            await connection.execute("DELETE FROM strangers WHERE at < ?", (oldest,))
            ((lately,),) = await connection.execute_fetchall(
                "SELECT count(*) FROM strangers WHERE at > ?", (self._now - 3600,)
            )
            if lately >= MOST_AN_HOUR:
                return False
            added = await connection.execute(
                "INSERT OR IGNORE INTO strangers (chat, at) VALUES (?, ?)", (stranger, self._now)
            )
            return added.rowcount > 0

    async def is_known(self, stranger: int) -> bool:
        """Whether owners were told of the stranger."""
        return bool(await self._rows("SELECT 1 FROM strangers WHERE chat = ?", stranger))

    async def not_told(self, stranger: int) -> None:
        """No owner could be told of the stranger: it will be news again."""
        async with self._writing() as connection:
            await connection.execute("DELETE FROM strangers WHERE chat = ?", (stranger,))

    def _oldest_kept(self) -> dict[str, int]:
        return super()._oldest_kept() | {"strangers": self._now - TOLD_AGAIN_DAYS * SECONDS_A_DAY}
