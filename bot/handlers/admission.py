"""Who may ask: the chats and the owners that the settings name."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, ContextTypes, ExtBot

from bot.handlers.addressing import names_bot, question_to_bot
from bot.handlers.replies import reply, wording_for
from bot.rendering import render_sentence


class Admission:
    """Lets a message through, or answers it with one sentence that tells the chat's id."""

    def __init__(self, allowed_chats: frozenset[int], owners: frozenset[int]) -> None:
        self._allowed_chats = allowed_chats
        self._owners = owners

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop what comes from a chat that may not ask; an owner may, wherever."""
        message = update.effective_message
        if message is None or self._may_ask(message):
            return
        if question_to_bot(message, context.bot) is not None or _is_command_to(message, context.bot):
            sentence = wording_for(message).phrases("not_allowed", chat=str(message.chat.id))
            await reply(message, [render_sentence(sentence)])
        raise ApplicationHandlerStop

    def _may_ask(self, message: Message) -> bool:
        sender = message.from_user.id if message.from_user else None
        return not self._allowed_chats or message.chat.id in self._allowed_chats or sender in self._owners


def _is_command_to(message: Message, bot: ExtBot[None]) -> bool:
    words = (message.text or "").split(maxsplit=1)
    return bool(words) and words[0].startswith("/") and names_bot(words[0], bot)
