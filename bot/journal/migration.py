"""A group that became a supergroup: what was kept of it goes on under its new id."""

from __future__ import annotations

from bot.journal.file import JournalFile

_MOVING = (
    "DELETE FROM messages WHERE chat = :old",
    "UPDATE turns SET chat = :new, question = NULL WHERE chat = :old",
    "UPDATE OR REPLACE buttons SET chat = :new WHERE chat = :old",
    "UPDATE OR REPLACE admitted SET chat = :new WHERE chat = :old",
    "UPDATE OR REPLACE strangers SET chat = :new WHERE chat = :old",
    "UPDATE inbox SET chat = :new WHERE chat = :old",
)
"""A supergroup counts its messages anew: the numbers that the group's messages had mean others now."""


class Migration(JournalFile):
    """Chats by their ids."""

    async def move_chat(self, old: int, new: int) -> None:
        """Let all that is kept of the chat `old` be of the chat `new`."""
        async with self._writing() as connection:
            for statement in _MOVING:
                await connection.execute(statement, {"old": old, "new": new})
