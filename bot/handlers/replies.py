"""Sending replies: HTML, in order, each in the thread of the message that it answers; and answering presses."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.wording import Wording, wording_in

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def reply(message: Message, parts: Iterable[str], keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Send `parts`, each one HTML message; in a group the first points at what it answers, the last has the buttons."""
    point = message.chat.type != ChatType.PRIVATE
    every = tuple(parts)
    for number, part in enumerate(every, start=1):
        await message.reply_html(
            part,
            do_quote=point,
            link_preview_options=NO_PREVIEW,
            allow_sending_without_reply=True,
            reply_markup=keyboard if number == len(every) else None,
        )
        point = False


async def answer_press(query: CallbackQuery, sentence: str | None = None) -> None:
    """End the button's waiting, with a sentence over the chat where there is one; a press that is too old has ended."""
    try:
        await query.answer(sentence)
    except BadRequest as error:
        log.info("A press came too late to be answered: %s", error)


def message_of(update: Update) -> Message | None:
    """The message that was sent to the bot, or the one whose button was pressed; None where Telegram tells of none."""
    if update.callback_query is not None:
        message = update.callback_query.message
        return message if isinstance(message, Message) else None
    return update.message


def conversation_of(message: Message) -> tuple[int, int]:
    """The chat, and its thread where it is a forum (else 0)."""
    return message.chat.id, (message.message_thread_id or 0) if message.is_topic_message else 0


def wording_for(update: Update) -> Wording:
    """The wording in the language that the Telegram of whoever writes or presses speaks."""
    return wording_in(update.effective_user.language_code if update.effective_user else None)
