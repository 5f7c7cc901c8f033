"""What owners may know of what was asked: how much, what the folder could not answer, what was voted down; no names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from bot.journal.file import JournalFile
from bot.journal.presses import Vote
from retrieval import Answer


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions were asked on a day, and what became of them; a choice of people is neither."""

    date: dt.date
    asked: int
    answered: int
    refused: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the folder could not answer, how often it was asked, and on which day last."""

    question: str
    count: int
    last: dt.date


@dataclass(frozen=True, slots=True)
class Disliked:
    """An answer that was voted down, how often, and on which day last."""

    answer: Answer
    votes: int
    last: dt.date


_QUESTIONS = "json_valid(turn) AND json_extract(turn, '$.kind') != 'greeting' AND coalesce(past, '[]') = '[]'"
"""A greeting asks nothing, and a further page of an answer is no question of its own."""
_REFUSED = "json_extract(turn, '$.kind') IN ('nothing', 'closest')"


class Statistics(JournalFile):
    """Counted over what the journal keeps; days are those of this computer's clock."""

    async def days(self, most: int) -> tuple[Day, ...]:
        """The latest days on which anybody asked, the latest first."""
        rows = await self._rows(
            f"""SELECT date(at, 'unixepoch', 'localtime') AS day, count(*),
            sum(json_extract(turn, '$.kind') = 'answer'), sum({_REFUSED})
            FROM turns WHERE {_QUESTIONS} GROUP BY day ORDER BY day DESC LIMIT ?""",  # noqa: S608 (our own words)
            most,
        )
        return tuple(Day(dt.date.fromisoformat(day), *counts) for day, *counts in rows)

    async def unanswered(self, most: int) -> tuple[Unanswered, ...]:
        """Questions without an answer, the most frequent first, then the newest; a follow-up as it was understood."""
        rows = await self._rows(
            f"""SELECT json_extract(turn, '$.understood') AS asked, count(*) AS count,
            date(max(at), 'unixepoch', 'localtime')
            FROM turns WHERE {_QUESTIONS} AND {_REFUSED} AND trim(asked) != ''
            GROUP BY lower(trim(asked, ' ?!.')) ORDER BY count DESC, max(at) DESC, max(id) DESC LIMIT ?""",  # noqa: S608 (our own words)
            most,
        )
        return tuple(Unanswered(question, count, dt.date.fromisoformat(day)) for question, count, day in rows)

    async def disliked(self, most: int) -> tuple[Disliked, ...]:
        """Answers that were voted down, the latest vote first."""
        rows = await self._rows(
            """SELECT answer, count(*), date(max(votes.at), 'unixepoch', 'localtime')
            FROM votes JOIN turns ON turns.id = votes.turn WHERE vote = ? AND answer IS NOT NULL
            GROUP BY turns.id ORDER BY max(votes.at) DESC, turns.id DESC LIMIT ?""",
            Vote.DOWN,
            most,
        )
        found = []
        for text, votes, day in rows:
            try:
                found.append(Disliked(msgspec.json.decode(text, type=Answer), votes, dt.date.fromisoformat(day)))
            except msgspec.DecodeError:
                continue  # from a version whose answers had another shape
        return tuple(found)
