"""Who may ask: the chats and the owners that the settings name."""

from __future__ import annotations

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.ext import ApplicationHandlerStop, ContextTypes, ExtBot

from bot.handlers.addressing import names_bot, question_to_bot
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_press, reply
from bot.rendering import render_sentence


class Admission:
    """Lets a message or a press through, or answers it with one sentence that tells the chat's id."""

    def __init__(self, allowed_chats: frozenset[int], owners: frozenset[int], languages: Languages) -> None:
        self._allowed_chats = allowed_chats
        self._owners = owners
        self._languages = languages

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop what comes from a chat that may not ask; an owner may, wherever."""
        if update.callback_query is not None:
            await self._check_press(update, update.callback_query)
            return
        message = update.effective_message
        if message is None or self._may_ask(message.chat, message.from_user):
            return
        is_meant = question_to_bot(message, context.bot) is not None or _is_command_to(message, context.bot)
        if is_meant and update.edited_message is None:
            wording = await self._languages.of_update(update)
            await reply(message, [render_sentence(wording.phrases("not_allowed", chat=str(message.chat.id)))])
        raise ApplicationHandlerStop

    async def _check_press(self, update: Update, query: CallbackQuery) -> None:
        chat = query.message.chat if query.message else None
        if not self._may_ask(chat, query.from_user):
            wording = await self._languages.of_update(update)
            await answer_press(query, wording.say("not_allowed", chat=str(chat.id) if chat else "?"))
            raise ApplicationHandlerStop

    def _may_ask(self, chat: Chat | None, user: User | None) -> bool:
        allowed = chat is not None and chat.id in self._allowed_chats
        return not self._allowed_chats or allowed or (user is not None and user.id in self._owners)


def _is_command_to(message: Message, bot: ExtBot[None]) -> bool:
    words = (message.text or "").split(maxsplit=1)
    return bool(words) and words[0].startswith("/") and names_bot(words[0], bot)
