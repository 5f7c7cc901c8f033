"""/forget: what is kept of a person, deleted once they confirm it."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.addressing import writer_of
from bot.handlers.languages import Languages
from bot.handlers.page_keyboards import FORGET, forget_keyboard
from bot.handlers.replies import answer_press, message_of, reply, show_instead
from bot.inbox import Inbox
from bot.journal import Journal
from bot.pages import render_forgotten
from bot.rendering import render_sentence

log = logging.getLogger(__name__)


class Forgetting:
    """Asks before it deletes, and says how much it deleted; nobody else can press for the person who asked."""

    def __init__(self, journal: Journal, languages: Languages, inbox: Inbox) -> None:
        self._journal = journal
        self._languages = languages
        self._inbox = inbox

    async def ask(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask whether to delete, in a group what the person asked and voted there."""
        message = update.message
        user = writer_of(message) if message else None
        if message is None:
            return
        wording = await self._languages.of_update(update)
        if user is None:
            await reply(message, [render_sentence(wording.phrases("forget_anonymous"))])
            return
        key = "forget_ask" if message.chat.type == ChatType.PRIVATE else "forget_ask_group"
        await reply(message, [render_sentence(wording.phrases(key))], forget_keyboard(user.id, wording))

    async def confirm(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete, or leave everything as it is."""
        query, message = update.callback_query, message_of(update)
        pressed = FORGET.fullmatch((query.data or "") if query else "")
        if query is None:
            return
        wording = await self._languages.of_update(update)
        if message is None or pressed is None:
            await answer_press(query, wording.say("button_expired"))
        elif int(pressed[2]) != query.from_user.id:
            await answer_press(query, wording.say("forget_not_yours"))
        elif pressed[1] == "no":
            await answer_press(query)
            await show_instead(query, render_sentence(wording.phrases("forget_kept")))
        else:
            try:
                forgotten = await self._journal.forget(message.chat.id, query.from_user.id)
            except JournalError:
                log.exception("Somebody cannot be forgotten.")
                await answer_press(query, wording.say("failed"))
                return
            self._inbox.forget(message.chat.id, query.from_user.id)
            await answer_press(query)
            await show_instead(query, render_forgotten(forgotten, wording))
