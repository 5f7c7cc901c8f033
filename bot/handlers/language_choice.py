"""/language: which language the bot speaks with a person, and the buttons that choose another."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.addressing import writer_of
from bot.handlers.languages import Languages
from bot.handlers.page_keyboards import LANGUAGE, language_keyboard
from bot.handlers.replies import answer_press, message_of, reply, show_instead
from bot.journal import Journal
from bot.pages import render_language
from bot.wording import LANGUAGES, wording_in

log = logging.getLogger(__name__)


class LanguageChoice:
    """Keeps what a person chose; whoever presses chooses for themselves, in a group too."""

    def __init__(self, journal: Journal, languages: Languages) -> None:
        self._journal = journal
        self._languages = languages

    async def show(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say which language is spoken, with a button for each."""
        message = update.message
        user = writer_of(message) if message else None
        if message is None:
            return
        chosen = await self._journal.language_of(user.id) if user else None
        wording = await self._languages.of_update(update)
        await reply(message, [render_language(wording, chosen=chosen is not None)], language_keyboard(chosen))

    async def choose(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Speak the language of the button from now on."""
        query = update.callback_query
        if query is None:
            return
        pressed = LANGUAGE.fullmatch(query.data or "")
        if pressed is None or pressed[1] not in LANGUAGES:
            await answer_press(query, (await self._languages.of_update(update)).say("button_expired"))
            return
        wording = wording_in(pressed[1])
        try:
            await self._journal.set_language(query.from_user.id, wording.language)
        except JournalError:
            log.exception("A language cannot be kept.")
            await answer_press(query, wording.say("failed"))
            return
        await answer_press(query, wording.say("language_now", language=wording.say("language_name")))
        message = message_of(update)
        if message is None or message.chat.type != ChatType.PRIVATE:
            return  # in a group the mark would be one person's and stand before all
        await show_instead(query, render_language(wording, chosen=True), language_keyboard(wording.language))
