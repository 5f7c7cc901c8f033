"""What the journal keeps of a person: the language chosen; and how it forgets."""

from __future__ import annotations

from dataclasses import dataclass

from bot.journal.file import JournalFile


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted: questions with their answers, lists of buttons, votes, a language."""

    answers: int = 0
    buttons: int = 0
    votes: int = 0
    languages: int = 0


_FORGETTING = (
    """DELETE FROM votes WHERE person = :person
    AND (:chat = :person OR turn IN (SELECT id FROM turns WHERE chat = :chat))""",
    """DELETE FROM buttons WHERE (chat = :chat AND :chat = :person)
    OR chat IN (SELECT chat FROM turns WHERE person = :person AND :chat IN (person, chat))""",
    "DELETE FROM turns WHERE (person = :person AND :chat IN (person, chat)) OR (chat = :chat AND :chat = :person)",
    "DELETE FROM languages WHERE person = :person AND :chat = :person",
    "DELETE FROM strangers WHERE chat = :person AND :chat = :person",
    "DELETE FROM errands WHERE person = :person AND :chat = :person",
    "DELETE FROM inbox WHERE (person = :person AND :chat IN (person, chat)) OR (chat = :chat AND :chat = :person)",
)
"""What it takes to forget `:person` in `:chat`; the private chat with a person has the person's id.

Nobody knows whose question a button of a group leads to, so where the person asked, all of them go. That an owner let
a chat in stays: it is the owner's word, and the owner can take it back.
"""


class People(JournalFile):
    """People by their Telegram ids."""

    async def language_of(self, person: int) -> str | None:
        """The language that the person chose; None where nothing was chosen."""
        rows = await self._rows("SELECT language FROM languages WHERE person = ?", person)
        return str(rows[0][0]) if rows else None

    async def set_language(self, person: int, language: str) -> None:
        """Let `language` be what the person chose."""
        async with self._writing() as connection:
            await connection.execute(
                "INSERT OR REPLACE INTO languages (person, language) VALUES (?, ?)", (person, language)
            )

    async def forget(self, chat: int, person: int) -> Forgotten:
        """Delete what the person asked and voted in the chat.

        In the private chat, whose id is the person's, that is all there is of the person: everything in that chat,
        what they asked and voted elsewhere, and the language.
        """
        values = {"chat": chat, "person": person}
        async with self._writing() as connection:
            counts = [(await connection.execute(statement, values)).rowcount for statement in _FORGETTING]
        await self._empty_log()
        votes, buttons, answers, languages, *_ = counts
        return Forgotten(answers, buttons, votes, languages)
