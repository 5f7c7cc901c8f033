"""/people: who says something in the documents, as buttons, a page at a time."""

from __future__ import annotations

import asyncio
import logging

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import ContextTypes

from bot.choices import people_page
from bot.errors import JournalError
from bot.handlers.keyboards import PEOPLE, people_keyboard
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_press, message_of, reply, show_instead
from bot.journal import Journal
from bot.pages import render_people
from bot.wording import Wording
from retrieval import Library

log = logging.getLogger(__name__)


class PeopleList:
    """Lists the people of the folder as it is now; a press on a name asks what the person said."""

    def __init__(self, library: Library, journal: Journal, languages: Languages) -> None:
        self._library = library
        self._journal = journal
        self._languages = languages

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send the first page."""
        if update.message is not None:
            await asyncio.to_thread(self._library.refresh)
            wording = await self._languages.of_update(update)
            text, keyboard = await self._page(update.message.chat.id, 1, wording)
            await reply(update.message, [text], keyboard)

    async def turn(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let another page stand in the place of the one whose button was pressed."""
        query, message = update.callback_query, message_of(update)
        pressed = PEOPLE.fullmatch((query.data or "") if query else "")
        if query is None:
            return
        wording = await self._languages.of_update(update)
        if message is None or pressed is None:
            await answer_press(query, wording.say("button_expired"))
            return
        try:
            text, keyboard = await self._page(message.chat.id, int(pressed[1]), wording)
        except JournalError:
            log.exception("A page of people cannot be shown.")
            await answer_press(query, wording.say("failed"))
            return
        await answer_press(query)
        await show_instead(query, text, keyboard)

    async def _page(self, chat: int, page: int, wording: Wording) -> tuple[str, InlineKeyboardMarkup | None]:
        people = people_page(self._library.people, page, wording)
        if not people.choices:
            return render_people(people, wording), None
        key = await self._journal.keep_questions(chat, tuple(choice.question for choice in people.choices))
        return render_people(people, wording), people_keyboard(people, key)
