"""What owners ask about: the folder and its problems; how much was asked, not answered, voted down."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.errors import JournalError
from bot.handlers.news import FolderNews
from bot.handlers.replies import reply
from bot.journal import Journal
from bot.owner_pages import render_changes, render_days, render_disliked, render_status, render_unanswered
from bot.rendering import render_sentence
from bot.shelf import Shelf
from bot.wording import Wording
from retrieval import Library

OWNER_MENU = ("status", "reload", "remove", "stats", "unanswered", "feedback")
"""The commands that Telegram's menu offers owners, in their order, behind everybody's."""

log = logging.getLogger(__name__)

MOST_DAYS = 14
MOST_QUESTIONS = 20
MOST_DISLIKED = 5
MOST_ADMITTED = 20


class Owners:
    """One short coroutine for each command of an owner."""

    def __init__(self, library: Library, shelf: Shelf, journal: Journal, news: FolderNews) -> None:
        self._library = library
        self._shelf = shelf
        self._journal = journal
        self._news = news

    async def status(self, message: Message, wording: Wording) -> None:
        """Say what the folder holds, when it changed, what is wrong with it and the journal, and who was let in."""
        paths = [cover.path for cover in self._library.covers()]
        changed_at = max(self._news.changed_at, await asyncio.to_thread(self._shelf.changed_at, paths))
        changed = dt.datetime.fromtimestamp(changed_at).astimezone() if changed_at else None
        parts = list(render_status(self._library, changed, wording))
        admitted = await self._admitted()
        if reason := self._journal.troubles.reason:
            parts.append(render_sentence(wording.phrases("journal_unusable", reason=reason)))
        if admitted:
            parts.append(render_sentence(wording.phrases("status_admitted", count=len(admitted))))
        await reply(message, parts, _admitted_keyboard(admitted[:MOST_ADMITTED], wording))

    async def _admitted(self) -> tuple[int, ...]:
        """Who was let in; nobody where the journal fails, for the folder can be told of without it."""
        try:
            return await self._journal.admitted()
        except JournalError:
            log.exception("Who was let in cannot be read.")
            return ()

    async def reload(self, message: Message, wording: Wording) -> None:
        """Look at the folder now, and say what changed."""
        changes = await asyncio.to_thread(self._library.refresh)
        if changes:
            self._news.told(changes, message.chat.id)
            await reply(message, render_changes(changes, wording))
        else:
            await reply(message, [render_sentence(wording.phrases("folder_unchanged"))])

    async def stats(self, message: Message, wording: Wording) -> None:
        """Say how much was asked and answered on the latest days."""
        await reply(message, render_days(await self._journal.days(MOST_DAYS), wording))

    async def unanswered(self, message: Message, wording: Wording) -> None:
        """Say what the folder could not answer."""
        await reply(message, render_unanswered(await self._journal.unanswered(MOST_QUESTIONS), wording))

    async def feedback(self, message: Message, wording: Wording) -> None:
        """Show the answers that were voted down."""
        await reply(message, render_disliked(await self._journal.disliked(MOST_DISLIKED), wording))


def _admitted_keyboard(chats: Sequence[int], wording: Wording) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(wording.say("button_revoke", chat=str(chat)), callback_data=f"admit:revoke:{chat}")]
        for chat in chats
    ]
    return InlineKeyboardMarkup(rows) if rows else None
