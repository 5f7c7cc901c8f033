"""What presses lead to: the questions behind the buttons of a message, and votes on answers."""

from __future__ import annotations

import hashlib
import json
from enum import IntEnum

from bot.journal.file import JournalFile

KEY_LENGTH = 16
"""Characters of a key: short enough for a button, long enough that no two messages share one."""


class Vote(IntEnum):
    """What a person thinks of an answer."""

    UP = 1
    DOWN = -1


class Presses(JournalFile):
    """Kept by chat, so that a button pressed in one shows nothing of another."""

    async def keep_questions(self, chat: int, questions: tuple[str, ...]) -> str:
        """Keep the questions behind the buttons of one message; the same questions always get the same key."""
        text = json.dumps(questions, ensure_ascii=False)
        key = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]
        async with self._writing() as connection:
            await connection.execute(
                "INSERT OR REPLACE INTO buttons (chat, key, at, questions) VALUES (?, ?, ?, ?)",
                (chat, key, self._now, text),
            )
        return key

    async def kept_question(self, chat: int, key: str, number: int) -> str | None:
        """The question behind a button of the chat, counted from 0; None where there is no such button any more."""
        rows = await self._rows("SELECT questions FROM buttons WHERE chat = ? AND key = ?", chat, key)
        questions = [question for (text,) in rows for question in json.loads(text)]
        return questions[number] if 0 <= number < len(questions) else None

    async def add_press(self, chat: int, key: str, button: str) -> None:
        """Remember that a button of the answer has done what it can do once."""
        async with self._writing() as connection:
            await connection.execute(
                "INSERT OR IGNORE INTO pressed (turn, button) SELECT id, ? FROM turns WHERE chat = ? AND key = ?",
                (button, chat, key),
            )

    async def vote(self, chat: int, key: str, person: int, vote: Vote) -> bool:
        """Count the person's one vote on the answer of that key; False where there is no such answer any more."""
        async with self._writing() as connection:
            changed = await connection.execute(
                """INSERT OR REPLACE INTO votes (turn, person, vote, at)
                SELECT id, ?, ?, ? FROM turns WHERE chat = ? AND key = ?""",
                (person, vote, self._now, chat, key),
            )
            return changed.rowcount > 0

    async def unvote(self, chat: int, key: str, person: int) -> None:
        """Take the person's vote on the answer of that key back."""
        async with self._writing() as connection:
            await connection.execute(
                "DELETE FROM votes WHERE person = ? AND turn IN (SELECT id FROM turns WHERE chat = ? AND key = ?)",
                (person, chat, key),
            )

    async def vote_of(self, chat: int, key: str, person: int) -> Vote | None:
        """The person's vote on the answer of that key."""
        rows = await self._rows(
            """SELECT vote FROM votes JOIN turns ON turns.id = votes.turn
            WHERE chat = ? AND key = ? AND votes.person = ?""",
            chat,
            key,
            person,
        )
        return Vote(rows[0][0]) if rows else None
