"""Whether a message is meant for the bot, and what it asks without the bot's name."""

from __future__ import annotations

from telegram import Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext import ExtBot


def question_to_bot(message: Message, bot: ExtBot[None]) -> str | None:
    """The message's words without a mention of the bot; None where a group's message is not meant for it."""
    text = message.text or ""
    mentions = _mentions_of(message, bot)
    if message.chat.type != ChatType.PRIVATE and not mentions and not _replies_to(message, bot):
        return None
    for mention in mentions:
        text = text.replace(mention, " ")
    return " ".join(text.split())


def names_bot(command: str, bot: ExtBot[None]) -> bool:
    """Whether a command like /help@some_bot names this bot."""
    return command.partition("@")[2].casefold() == bot.username.casefold()


def _mentions_of(message: Message, bot: ExtBot[None]) -> list[str]:
    found = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    handle = f"@{bot.username}".casefold()
    return [
        text
        for entity, text in found.items()
        if text.casefold() == handle or (entity.user is not None and entity.user.id == bot.id)
    ]


def _replies_to(message: Message, bot: ExtBot[None]) -> bool:
    original = message.reply_to_message
    return original is not None and original.from_user is not None and original.from_user.id == bot.id
