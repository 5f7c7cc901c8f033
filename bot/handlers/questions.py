"""Questions: /ask, a free question, an edited one, and what holds no words at all."""

from __future__ import annotations

import logging
import time
from collections import deque
from dataclasses import replace

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.addressing import question_to_bot, words_after_command, writer_of
from bot.handlers.answers import Answers, Asker
from bot.handlers.languages import Languages
from bot.handlers.replies import conversation_of, reply
from bot.journal import Conversation, Journal, SentAnswer
from bot.rendering import render_sentence

log = logging.getLogger(__name__)

EDITABLE_SECONDS = 3600
"""An answer older than this is out of sight: an edited question gets a new one."""

MOST_ALBUMS = 256
"""Albums are remembered while their pictures arrive, each as a message of its own."""


class Questions:
    """Takes what people write to the bot, and has it answered in the conversation that it stands in."""

    def __init__(self, answers: Answers, journal: Journal, languages: Languages) -> None:
        self._answers = answers
        self._journal = journal
        self._languages = languages
        self._albums: deque[str] = deque(maxlen=MOST_ALBUMS)

    async def answer_command(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer what follows /ask."""
        message = update.message
        if message is None:
            return
        if question := words_after_command(message):
            await self._answer(message, question)
        else:
            await reply(message, [render_sentence((await self._languages.of_update(update)).phrases("ask_what"))])

    async def answer_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message, or the words below a picture or a file, if it is meant for the bot."""
        message = update.message
        question = question_to_bot(message, context.bot) if message else None
        if message is not None and question is not None:
            await self._answer(message, question)

    async def answer_edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let the answer follow its question where that now says something else."""
        message = update.edited_message
        if message is None:
            return
        is_command = (message.text or "").startswith("/")
        question = words_after_command(message) if is_command else question_to_bot(message, context.bot)
        if not question:
            return
        old = await self._answer_to(message)
        if old is None or time.time() - old.at > EDITABLE_SECONDS:
            await self._answer(message, question)
        elif question != old.answer.question:
            await self._answers.ask_again(message, question, old)

    async def explain_text(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that only text can be read; of an album once."""
        message = update.message
        if message is None or message.media_group_id in self._albums:
            return
        if message.media_group_id is not None:
            self._albums.append(message.media_group_id)
        await reply(message, [render_sentence((await self._languages.of_update(update)).phrases("no_text"))])

    async def _answer(self, message: Message, question: str) -> None:
        writer = writer_of(message)
        asker = Asker(writer.id if writer else None, message.message_id)
        await self._answers.ask(message, question, await self._conversation(message), asker)

    async def _conversation(self, message: Message) -> Conversation:
        """What the message goes on from: the answer that it replies to, in a group aside, else the chat's last turns.

        None of it where the journal fails, for an answer without it is better than none.
        """
        chat, thread = conversation_of(message)
        try:
            if message.reply_to_message is not None:
                replied = await self._journal.answer_in(chat, message.reply_to_message.message_id)
                if replied is not None:
                    before = await self._journal.conversation_after(chat, replied.key)
                    return replace(before, aside=message.chat.type != ChatType.PRIVATE)
            return await self._journal.conversation(chat, thread)
        except JournalError:
            log.exception("The conversation so far cannot be read; answering without it.")
            return Conversation()

    async def _answer_to(self, message: Message) -> SentAnswer | None:
        try:
            return await self._journal.answer_to(message.chat.id, message.message_id)
        except JournalError:
            log.exception("The answer to an edited question cannot be looked up; answering anew.")
            return None
