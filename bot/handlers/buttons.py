"""Presses: a button that asks a question, and one that nobody knows any more."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.keyboards import ASK
from bot.handlers.questions import Questions
from bot.handlers.replies import answer_press, conversation_of, message_of, wording_for
from bot.journal import Journal

log = logging.getLogger(__name__)


class Buttons:
    """Asks what a button stands for; every press is answered at once, before the question is."""

    def __init__(self, questions: Questions, journal: Journal) -> None:
        self._questions = questions
        self._journal = journal

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask the button's question, unless its answer is the last thing that the conversation saw."""
        query, message, wording = update.callback_query, message_of(update), wording_for(update)
        if query is None:
            return
        pressed = ASK.fullmatch(query.data or "")
        if message is None or pressed is None:
            await self.explain_unknown(update, context)
            return
        chat, thread = conversation_of(message)
        try:
            question = await self._journal.kept_question(chat, pressed[1], int(pressed[2]))
            last = (await self._journal.conversation(chat, thread)).turns[-1:]
        except JournalError:
            log.exception("A button cannot be looked up.")
            await answer_press(query, wording.say("failed"))
            return
        if question is None:
            await answer_press(query, wording.say("button_expired"))
        elif any(turn.question == question for turn in last):
            await answer_press(query, wording.say("button_answered"))
        else:
            await answer_press(query)
            await self._questions.answer(message, question)

    async def explain_unknown(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that the button is too old."""
        if update.callback_query is not None:
            await answer_press(update.callback_query, wording_for(update).say("button_expired"))
