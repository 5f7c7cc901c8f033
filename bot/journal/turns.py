"""Turns: each question with the answer that was sent, and the turn that it followed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import aiosqlite
import msgspec

from bot.conversations import KEPT_TURNS
from bot.journal.file import JournalFile
from retrieval import Answer, Place, Turn


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a question stands in: the last turns, oldest first, and the latest one's number.

    `aside` is a thread of replies of its own, which the chat's other questions do not follow.
    """

    turns: tuple[Turn, ...] = ()
    latest: int | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as it was sent: where, under which key, in which messages.

    `person` asked for it in the message `question`; None where nobody knows, or where a button asked. `past` are the
    places quoted on the pages before it, `speaker` is who has more to say than it quotes, `pressed` names its buttons
    that have done what they can do once. `at` is when, in seconds.
    """

    chat: int
    thread: int
    key: str
    answer: Answer
    messages: tuple[int, ...] = ()
    person: int | None = None
    question: int | None = None
    past: tuple[Place, ...] = ()
    speaker: str = ""
    pressed: frozenset[str] = frozenset()
    at: int = 0


def new_key() -> str:
    """A key for an answer: short enough for a button, and not to be guessed."""
    return secrets.token_urlsafe(9)


class Turns(JournalFile):
    """What was asked and answered in each chat and its threads (0 where the chat has none)."""

    async def add_answer(self, sent: SentAnswer, conversation: Conversation | None = None) -> None:
        """Let `sent` be the latest turn of the conversation; None begins one."""
        before = conversation or Conversation()
        async with self._writing() as connection:
            row = await connection.execute(
                """INSERT INTO turns
                (chat, thread, at, turn, parent, aside, person, question, key, answer, past, speaker)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    sent.chat,
                    sent.thread,
                    self._now,
                    _written(sent.answer.as_turn()),
                    before.latest,
                    before.aside,
                    sent.person,
                    sent.question,
                    sent.key,
                    _written(sent.answer),
                    _written(sent.past),
                    sent.speaker,
                ),
            )
            await _keep_messages(connection, sent, row.lastrowid)
            await self._delete_outdated(connection)

    async def replace_answer(self, sent: SentAnswer) -> None:
        """Let `sent` stand where the answer of its chat and key stood; presses and votes were about that one."""
        async with self._writing() as connection:
            changed = await connection.execute_fetchall(
                "UPDATE turns SET turn = ?, answer = ?, speaker = ? WHERE chat = ? AND key = ? RETURNING id",
                (_written(sent.answer.as_turn()), _written(sent.answer), sent.speaker, sent.chat, sent.key),
            )
            for (number,) in changed:
                for statement in _FRESH:
                    await connection.execute(statement, (number,))
                await _keep_messages(connection, sent, number)

    async def answer(self, chat: int, key: str) -> SentAnswer | None:
        """The answer of that key; None where the chat has none, or has it no more."""
        return await self._sent(await self._rows("SELECT id FROM turns WHERE chat = ? AND key = ?", chat, key))

    async def answer_in(self, chat: int, message: int) -> SentAnswer | None:
        """The answer that the bot's `message` is a part of."""
        found = "SELECT turn FROM messages WHERE chat = ? AND message = ?"
        return await self._sent(await self._rows(found, chat, message))

    async def answer_to(self, chat: int, question: int) -> SentAnswer | None:
        """The latest answer to the message `question`."""
        found = "SELECT id FROM turns WHERE chat = ? AND question = ? ORDER BY id DESC LIMIT 1"
        return await self._sent(await self._rows(found, chat, question))

    async def conversation(self, chat: int, thread: int) -> Conversation:
        """The conversation that a question of the chat's thread stands in, unless it is a reply or comes too late."""
        oldest = self._now - self._conversation_minutes * 60 if self._conversation_minutes else 0
        rows = await self._rows(
            "SELECT id, at FROM turns WHERE chat = ? AND thread = ? AND NOT aside ORDER BY id DESC LIMIT 1",
            chat,
            thread,
        )
        return await self._up_to(chat, next((number for number, at in rows if at >= oldest), None))

    async def conversation_after(self, chat: int, key: str) -> Conversation:
        """The conversation up to the answer of that key and with it: what a reply to it stands in."""
        rows = await self._rows("SELECT id, aside FROM turns WHERE chat = ? AND key = ?", chat, key)
        return await self._up_to(chat, *rows[0]) if rows else Conversation()

    async def conversation_before(self, chat: int, key: str) -> Conversation:
        """The conversation that the answer of that key was given in."""
        rows = await self._rows("SELECT parent, aside FROM turns WHERE chat = ? AND key = ?", chat, key)
        return await self._up_to(chat, *rows[0]) if rows else Conversation()

    async def _up_to(self, chat: int, latest: int | None, aside: int = 0) -> Conversation:
        rows = await self._rows(_LINE, chat, latest, chat, KEPT_TURNS)
        turns = tuple(_turns(text for (text,) in reversed(rows)))
        return Conversation(turns, latest if turns else None, bool(aside))

    async def _sent(self, found: list[Any]) -> SentAnswer | None:
        """The answer whose number is all that was found, if anything was."""
        rows = await self._rows(_ANSWER, found[0][0]) if found else []
        for number, chat, thread, key, person, question, at, text, past, speaker in rows:
            try:
                answer = msgspec.json.decode(text, type=Answer)
            except msgspec.DecodeError:
                return None  # from a version whose answers had another shape
            messages = await self._rows("SELECT message FROM messages WHERE turn = ? ORDER BY message", number)
            pressed = await self._rows("SELECT button FROM pressed WHERE turn = ?", number)
            return SentAnswer(
                chat=chat,
                thread=thread,
                key=key,
                answer=answer,
                messages=tuple(message for (message,) in messages),
                person=person,
                question=question,
                past=msgspec.json.decode(past, type=tuple[Place, ...]),
                speaker=speaker,
                pressed=frozenset(button for (button,) in pressed),
                at=at,
            )
        return None


_ANSWER = """
SELECT id, chat, thread, key, person, question, at, answer, past, speaker
FROM turns WHERE id = ? AND answer IS NOT NULL
"""
_FRESH = (
    "DELETE FROM messages WHERE turn = ?",
    "DELETE FROM pressed WHERE turn = ?",
    "DELETE FROM votes WHERE turn = ?",
)

_LINE = """
WITH RECURSIVE line (id, parent, turn, depth) AS (
    SELECT id, parent, turn, 1 FROM turns WHERE chat = ? AND id = ?
    UNION ALL
    SELECT turns.id, turns.parent, turns.turn, depth + 1
    FROM turns JOIN line ON turns.id = line.parent
    WHERE turns.chat = ? AND depth < ?
)
SELECT turn FROM line ORDER BY depth
"""
"""A turn and those before it, the latest first."""


def _turns(texts: Iterable[str]) -> Iterator[Turn]:
    for text in texts:
        try:
            yield msgspec.json.decode(text, type=Turn)
        except msgspec.DecodeError:
            continue  # from a version whose turns had another shape, or of words that the disk has spoilt


async def _keep_messages(connection: aiosqlite.Connection, sent: SentAnswer, turn: int | None) -> None:
    await connection.executemany(
        "INSERT OR REPLACE INTO messages (chat, message, turn) VALUES (?, ?, ?)",
        [(sent.chat, message, turn) for message in sent.messages],
    )


def _written(record: Turn | Answer | tuple[Place, ...]) -> str:
    return msgspec.json.encode(record).decode()
