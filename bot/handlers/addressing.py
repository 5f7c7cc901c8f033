"""Whether a message is meant for the bot, and what it asks without the bot's name."""

from __future__ import annotations

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType
from telegram.ext import ExtBot


def question_to_bot(message: Message, bot: ExtBot[None]) -> str | None:
    """The message's words, or those below its picture, without a mention of the bot.

    None where a group's message is not meant for it, or where it is a quote of its own that somebody chose inline.
    """
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None
    text = _words_of(message)
    mentions = _mentions_of(message, bot)
    if message.chat.type != ChatType.PRIVATE and not mentions and not _replies_to(message, bot):
        return None
    for mention in mentions:
        text = text.replace(mention, " ")
    return " ".join(text.split())


def writer_of(message: Message) -> User | None:
    """Who wrote the message, under their own name; None where a group or a channel stands in for them.

    Telegram gives every anonymous admin the same person's id.
    """
    return None if message.sender_chat is not None else message.from_user


def words_after_command(message: Message) -> str:
    """What follows the command that the message begins with."""
    return "".join(_words_of(message).split(maxsplit=1)[1:])


def names_bot(command: str, bot: ExtBot[None]) -> bool:
    """Whether a command like /help@some_bot names this bot."""
    return command.partition("@")[2].casefold() == bot.username.casefold()


def _words_of(message: Message) -> str:
    """What the message says, as text that can be written down: half a character alone cannot."""
    return (message.text or message.caption or "").encode("utf-8", "replace").decode()


def _mentions_of(message: Message, bot: ExtBot[None]) -> list[str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    handle = f"@{bot.username}".casefold()
    return [
        text
        for entity, text in found.items()
        if text.casefold() == handle or (entity.user is not None and entity.user.id == bot.id)
    ]


def _replies_to(message: Message, bot: ExtBot[None]) -> bool:
    original = message.reply_to_message
    return original is not None and original.from_user is not None and original.from_user.id == bot.id
