"""The journal: conversations, what was answered, what was pressed and chosen, kept in SQLite; the only SQL."""

from __future__ import annotations

from bot.journal.admissions import Admissions
from bot.journal.errands import Errand, Errands
from bot.journal.inbox import Arrival, Inbox, InboxChanges, LeftOver
from bot.journal.links import Links
from bot.journal.migration import Migration
from bot.journal.people import Forgotten, People
from bot.journal.presses import Presses, Vote
from bot.journal.statistics import Day, Disliked, Statistics, Unanswered
from bot.journal.turns import Conversation, SentAnswer, Turns, new_key

__all__ = [
    "Arrival",
    "Conversation",
    "Day",
    "Disliked",
    "Errand",
    "Forgotten",
    "InboxChanges",
    "Journal",
    "LeftOver",
    "SentAnswer",
    "Unanswered",
    "Vote",
    "new_key",
]


class Journal(Turns, Presses, People, Links, Errands, Admissions, Inbox, Statistics, Migration):
    """One file of all that the bot keeps of those who ask."""
