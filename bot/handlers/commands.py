"""The commands /start, /help and /sources, and those that there are not."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.examples import find_examples
from bot.handlers.addressing import names_bot
from bot.handlers.replies import reply, wording_for
from bot.pages import render_sources, render_welcome
from bot.rendering import render_sentence
from retrieval import Library


class Commands:
    """Tells what the bot is for and what it knows."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what the bot is for, with questions to try."""
        await self._welcome(update, whole=False)

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say all that the bot can do, with questions to try."""
        await self._welcome(update, whole=True)

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """List the documents as they are now."""
        if update.message is not None:
            await asyncio.to_thread(self._library.refresh)
            await reply(update.message, render_sources(self._library.documents, wording_for(update)))

    async def explain_unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Point to /help; in a group only where the command names this bot, for it may be another one's."""
        message = update.message
        if message is None:
            return
        command = (message.text or "").split(maxsplit=1)[0]
        if message.chat.type == ChatType.PRIVATE or names_bot(command, context.bot):
            await reply(message, [render_sentence(wording_for(update).phrases("unknown_command"))])

    async def _welcome(self, update: Update, *, whole: bool) -> None:
        message = update.message
        if message is not None:
            wording = wording_for(update)
            found = await asyncio.to_thread(find_examples, self._library, wording)
            examples = [example.label for example in found]
            await reply(message, render_welcome(examples, wording, whole=whole))
