"""Errands: what an owner has asked for and has yet to confirm by a button."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.journal.file import JournalFile

LASTING_SECONDS = 86_400
"""After a day nobody remembers what was to be confirmed."""


@dataclass(frozen=True, slots=True)
class Errand:
    """`what` is to be done once `person` says so; `kind` tells who understands it."""

    kind: str
    person: int
    what: str


class Errands(JournalFile):
    """Kept by keys that nobody can guess; each can be done once, within a day."""

    async def add_errand(self, errand: Errand) -> str:
        """Keep the errand, and let go of those that are too old; returns its key."""
        key = secrets.token_urlsafe(9)
        async with self._writing() as connection:
            await connection.execute("DELETE FROM errands WHERE at < ?", (self._now - LASTING_SECONDS,))
            await connection.execute(
                "INSERT INTO errands (key, kind, person, at, what) VALUES (?, ?, ?, ?, ?)",
                (key, errand.kind, errand.person, self._now, errand.what),
            )
        return key

    async def errand(self, key: str) -> Errand | None:
        """The errand of that key; None where there is none, or none any more."""
        found = "SELECT kind, person, what FROM errands WHERE key = ? AND at >= ?"
        rows = await self._rows(found, key, self._now - LASTING_SECONDS)
        return Errand(*rows[0]) if rows else None

    async def take_errand(self, key: str) -> bool:
        """Let go of the errand; False where somebody else was faster."""
        async with self._writing() as connection:
            return (await connection.execute("DELETE FROM errands WHERE key = ?", (key,))).rowcount > 0

    def _oldest_kept(self) -> dict[str, int]:
        return super()._oldest_kept() | {"errands": self._now - LASTING_SECONDS}
