"""/sources: the documents, newest first, a page at a time; with words behind it, those that have them."""

from __future__ import annotations

import asyncio
import logging

from telegram import Chat, InlineKeyboardMarkup, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.languages import Languages
from bot.handlers.page_keyboards import LIST, sources_keyboard
from bot.handlers.replies import answer_press, message_of, reply, show_instead
from bot.journal import Journal
from bot.listing import sources_page
from bot.pages import render_sources
from retrieval import Library

log = logging.getLogger(__name__)


class SourcesList:
    """Lists the documents as they are now; an owner, in private, also reads what is wrong with the folder."""

    def __init__(self, library: Library, journal: Journal, languages: Languages, owners: frozenset[int]) -> None:
        self._library = library
        self._journal = journal
        self._languages = languages
        self._owners = owners

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send the first page."""
        message = update.message
        if message is None:
            return
        await asyncio.to_thread(self._library.refresh)
        words = " ".join((message.text or "").split()[1:])
        key = await self._kept(message.chat.id, words) if words else None
        text, keyboard = await self._page(update, message.chat, words, 1, key)
        await reply(message, [text], keyboard)

    async def turn(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let another page stand in the place of the one whose button was pressed."""
        query, message = update.callback_query, message_of(update)
        pressed = LIST.fullmatch((query.data or "") if query else "")
        if query is None:
            return
        wording = await self._languages.of_update(update)
        if message is None or pressed is None:
            await answer_press(query, wording.say("button_expired"))
            return
        number, key = int(pressed[1]), pressed[2]
        try:
            words = await self._journal.kept_question(message.chat.id, key, 0) if key else ""
        except JournalError:
            log.exception("The words of a search cannot be looked up.")
            await answer_press(query, wording.say("failed"))
            return
        if words is None:
            await answer_press(query, wording.say("button_expired"))
            return
        await answer_press(query)
        text, keyboard = await self._page(update, message.chat, words, number, key)
        await show_instead(query, text, keyboard)

    async def _page(
        self, update: Update, chat: Chat, words: str, number: int, key: str | None
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        page = await asyncio.to_thread(sources_page, self._library.covers(), words, number)
        problems = self._library.problems if self._is_owner(chat, update.effective_user) else ()
        text = render_sources(page, await self._languages.of_update(update), problems)
        return text, sources_keyboard(page, key) if key or not words else None

    async def _kept(self, chat: int, words: str) -> str | None:
        """A key to the words for the buttons; None where the journal fails, for the first page is better than none."""
        try:
            return await self._journal.keep_questions(chat, (words,))
        except JournalError:
            log.exception("The pages of a search cannot be turned.")
            return None

    def _is_owner(self, chat: Chat, user: User | None) -> bool:
        return chat.type == ChatType.PRIVATE and user is not None and user.id in self._owners
