"""Who may ask: the chats and the owners that the settings name, and the chats that an owner let in."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Chat, InlineQuery, InlineQueryResultsButton, Message, Update, User
from telegram.ext import ApplicationHandlerStop, ContextTypes, ExtBot

from bot.events import Event
from bot.handlers.addressing import names_bot, question_to_bot, writer_of
from bot.handlers.admitting import Admitting
from bot.handlers.guests import Guests
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_inquiry, answer_press, reply
from bot.rendering import render_sentence

log = logging.getLogger(__name__)

START_AT_THE_DOOR = "private"
"""What the bot is started with by whoever was refused in another chat."""


class Admission:
    """Lets what people do through, or answers it with one sentence that tells the id to let in."""

    def __init__(
        self,
        allowed_chats: frozenset[int],
        owners: frozenset[int],
        languages: Languages,
        guests: Guests,
        admitting: Admitting,
    ) -> None:
        self._allowed_chats = allowed_chats
        self._owners = owners
        self._languages = languages
        self._guests = guests
        self._admitting = admitting

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop what comes from a chat that may not ask; an owner may, wherever."""
        if update.callback_query is not None:
            await self._check_press(update, update.callback_query)
        elif update.inline_query is not None:
            await self._check_inquiry(update, update.inline_query)
        elif update.message_reaction is not None:
            if not await self._may_ask(update.message_reaction.chat.id, update.message_reaction.user):
                raise ApplicationHandlerStop
        else:
            await self._check_message(update, context)

    @property
    def is_open(self) -> bool:
        """Whether everybody may ask."""
        return not self._allowed_chats

    async def _check_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None or await self._may_ask(message.chat.id, writer_of(message)):
            return
        is_meant = question_to_bot(message, context.bot) is not None or _is_command_to(message, context.bot)
        if is_meant and update.edited_message is None:
            log.info(Event("refused", what="message", why="not_allowed", chat=message.chat.type))
            is_told = await self._admitting.tell_owners(message, context.bot)
            wording = await self._languages.of_update(update)
            key = "not_allowed_asked" if is_told else "not_allowed"
            await reply(message, [render_sentence(wording.phrases(key, chat=str(message.chat.id)))])
        raise ApplicationHandlerStop

    async def _check_press(self, update: Update, query: CallbackQuery) -> None:
        chat: Chat | None = query.message.chat if query.message else None
        if not await self._may_ask(chat.id if chat else None, query.from_user):
            log.info(Event("refused", what="press", why="not_allowed"))
            wording = await self._languages.of_update(update)
            await answer_press(query, wording.say("not_allowed", chat=str(chat.id) if chat else "?"))
            raise ApplicationHandlerStop

    async def _check_inquiry(self, update: Update, query: InlineQuery) -> None:
        if not await self._may_ask(query.from_user.id, query.from_user):
            log.info(Event("refused", what="inline_query", why="not_allowed"))
            wording = await self._languages.of_update(update)
            button = InlineQueryResultsButton(wording.say("inline_private"), start_parameter=START_AT_THE_DOOR)
            await answer_inquiry(query, [], cache_seconds=0, is_personal=True, button=button)
            raise ApplicationHandlerStop

    async def _may_ask(self, chat: int | None, user: User | None) -> bool:
        if self.is_open or chat in self._allowed_chats or (user is not None and user.id in self._owners):
            return True
        return chat is not None and await self._guests.is_let_in(chat)


def _is_command_to(message: Message, bot: ExtBot[None]) -> bool:
    words = (message.text or "").split(maxsplit=1)
    return bool(words) and words[0].startswith("/") and names_bot(words[0], bot)
