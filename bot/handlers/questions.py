"""Questions: /ask, a free question, and what is no text at all."""

from __future__ import annotations

import asyncio
import logging

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.choices import Choice, choices_of
from bot.errors import JournalError
from bot.handlers.addressing import question_to_bot
from bot.handlers.keyboards import choice_keyboard
from bot.handlers.replies import conversation_of, reply, wording_for
from bot.journal import Conversation, Journal, SentAnswer, new_key
from bot.rendering import render_answer, render_sentence
from bot.wording import wording_in
from retrieval import Library

log = logging.getLogger(__name__)


class Questions:
    """Asks the library, with the chat's last turns before the question, and keeps the turn."""

    def __init__(self, library: Library, journal: Journal, limit: int) -> None:
        self._library = library
        self._journal = journal
        self._limit = limit

    async def answer_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer what follows /ask."""
        message = update.message
        if message is None:
            return
        words = (message.text or "").split(maxsplit=1)[1:]
        if words:
            await self.answer(message, words[0])
        else:
            await reply(message, [render_sentence(wording_for(update).phrases("ask_what"))])

    async def answer_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that is meant for the bot."""
        message = update.message
        question = question_to_bot(message, context.bot) if message else None
        if message is not None and question is not None:
            await self.answer(message, question)

    async def explain_text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only text can be read."""
        if update.message is not None:
            await reply(update.message, [render_sentence(wording_for(update).phrases("no_text"))])

    async def answer(self, message: Message, question: str) -> None:
        """Ask `question` in the conversation that `message` stands in, and reply to it."""
        chat, thread = conversation_of(message)
        before = await self._conversation(chat, thread)
        answer = await asyncio.to_thread(self._library.ask, question, before.turns, limit=self._limit)
        wording = wording_in(answer.language)
        keyboard = await self._keyboard(chat, choices_of(answer, wording))
        await reply(message, render_answer(answer, wording), keyboard)
        try:
            await self._journal.add_answer(SentAnswer(chat, thread, new_key(), answer), before)
        except JournalError:
            log.exception("A turn is lost; the answer was sent, but a follow-up will not know of it.")

    async def _keyboard(self, chat: int, choices: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
        """Buttons for the choices; none where the journal fails, for the names stand in the answer too."""
        if not choices:
            return None
        try:
            key = await self._journal.keep_questions(chat, tuple(choice.question for choice in choices))
        except JournalError:
            log.exception("Buttons are left out; the names stand in the answer.")
            return None
        return choice_keyboard(choices, key)

    async def _conversation(self, chat: int, thread: int) -> Conversation:
        """The chat's last turns; none where the journal fails, for an answer without them is better than none."""
        try:
            return await self._journal.conversation(chat, thread)
        except JournalError:
            log.exception("The conversation so far cannot be read; answering without it.")
            return Conversation()
