"""Presses: a button that asks a question, and one that nobody knows any more."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.answers import Answers, Asker
from bot.handlers.keyboards import ASK
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_press, conversation_of, message_of
from bot.journal import Conversation, Journal

log = logging.getLogger(__name__)


class Buttons:
    """Asks what a button stands for; every press is answered at once, before the question is."""

    def __init__(self, answers: Answers, journal: Journal, languages: Languages) -> None:
        self._answers = answers
        self._journal = journal
        self._languages = languages

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask the button's question, unless its answer is the last thing that the conversation saw."""
        query, message = update.callback_query, message_of(update)
        if query is None:
            return
        wording = await self._languages.of_update(update)
        pressed = ASK.fullmatch(query.data or "")
        if message is None or pressed is None:
            await self.explain_unknown(update, context)
            return
        try:
            question = await self._journal.kept_question(message.chat.id, pressed[1], int(pressed[2]))
            conversation = await self._conversation(message)
        except JournalError:
            log.exception("A button cannot be looked up.")
            await answer_press(query, wording.say("failed"))
            return
        if question is None:
            await answer_press(query, wording.say("button_expired"))
        elif any(turn.question == question for turn in conversation.turns[-1:]):
            await answer_press(query, wording.say("button_answered"))
        else:
            await answer_press(query)
            await self._answers.ask(message, question, conversation, Asker(query.from_user.id))

    async def explain_unknown(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that the button is too old."""
        if update.callback_query is not None:
            wording = await self._languages.of_update(update)
            await answer_press(update.callback_query, wording.say("button_expired"))

    async def _conversation(self, message: Message) -> Conversation:
        """What a choice goes on from: the chat's last turns, but in a thread of replies the answer that offers it."""
        offered = await self._journal.answer_in(message.chat.id, message.message_id)
        after = await self._journal.conversation_after(message.chat.id, offered.key) if offered else None
        return after if after and after.aside else await self._journal.conversation(*conversation_of(message))
