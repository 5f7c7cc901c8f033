"""The journal: conversations, what was answered, what was pressed and chosen, kept in SQLite; the only SQL."""

from __future__ import annotations

from bot.journal.people import Forgotten, People
from bot.journal.presses import Presses, Vote
from bot.journal.turns import Conversation, SentAnswer, Turns, new_key

__all__ = ["Conversation", "Forgotten", "Journal", "SentAnswer", "Vote", "new_key"]


class Journal(Turns, Presses, People):
    """One file of all that the bot keeps of those who ask."""
