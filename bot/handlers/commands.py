"""The commands /start, /help, /about and /privacy, and those that there are not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.choices import Choice
from bot.errors import JournalError
from bot.examples import find_examples
from bot.handlers.addressing import names_bot
from bot.handlers.keyboards import choice_keyboard
from bot.handlers.languages import Languages
from bot.handlers.owners import OWNER_MENU
from bot.handlers.replies import reply
from bot.journal import Journal
from bot.pages import render_about, render_help, render_privacy, render_welcome
from bot.rendering import render_sentence
from retrieval import Library

log = logging.getLogger(__name__)

MENU = ("ask", "people", "sources", "cite", "help", "language", "about", "privacy", "forget")
"""The commands that Telegram's menu and /help offer, in their order."""

FIRST_EXAMPLES = 3
"""How many examples greet somebody; /help shows more."""


class Commands:
    """Tells what the bot is for, what can be asked, and what becomes of it."""

    def __init__(
        self,
        library: Library,
        journal: Journal,
        languages: Languages,
        retention_days: int,
        owners: frozenset[int] = frozenset(),
    ) -> None:
        self._library = library
        self._journal = journal
        self._languages = languages
        self._retention_days = retention_days
        self._owners = owners

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what the bot is for, with questions to try."""
        if update.message is not None:
            wording = await self._languages.of_update(update)
            examples = (await asyncio.to_thread(find_examples, self._library, wording))[:FIRST_EXAMPLES]
            keyboard = await self._buttons(update.message, examples)
            await reply(update.message, render_welcome(examples, wording, pressable=keyboard is not None), keyboard)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say all that the bot can do, with questions to try; to an owner in private, what owners can do too."""
        if update.message is not None:
            wording = await self._languages.of_update(update)
            examples = await asyncio.to_thread(find_examples, self._library, wording)
            keyboard = await self._buttons(update.message, examples)
            is_owner = update.message.chat.id in self._owners
            notes = [wording.phrases("help_owner")] if is_owner else []
            if context.bot.supports_inline_queries:
                notes.insert(0, wording.phrases("help_inline", bot=context.bot.name))
            menu = (*MENU, *OWNER_MENU) if is_owner else MENU
            text = render_help(examples, menu, wording, pressable=keyboard is not None, notes=notes)
            await reply(update.message, text, keyboard)

    async def about(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what is promised and what not, and what the folder holds now."""
        if update.message is not None:
            await asyncio.to_thread(self._library.refresh)
            await reply(update.message, [render_about(self._library, await self._languages.of_update(update))])

    async def privacy(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what is kept of those who ask."""
        if update.message is not None:
            wording = await self._languages.of_update(update)
            await reply(update.message, [render_privacy(self._retention_days, wording)])

    async def explain_unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Point to /help; in a group only where the command names this bot, for it may be another one's."""
        message = update.message
        if message is None:
            return
        command = (message.text or "").split(maxsplit=1)[0]
        if message.chat.type == ChatType.PRIVATE or names_bot(command, context.bot):
            wording = await self._languages.of_update(update)
            await reply(message, [render_sentence(wording.phrases("unknown_command"))])

    async def _buttons(self, message: Message, examples: Sequence[Choice]) -> InlineKeyboardMarkup | None:
        """A button for each example; none where the journal fails, for the questions can be read too."""
        if not examples:
            return None
        try:
            key = await self._journal.keep_questions(message.chat.id, tuple(example.question for example in examples))
        except JournalError:
            log.exception("Examples are shown without buttons.")
            return None
        return choice_keyboard(examples, key)
