"""Sending replies: HTML, in order, each in the thread of the message that it answers; and answering presses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, TypeVar

from telegram import (
    CallbackQuery,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultsButton,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, TelegramError

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

PATIENCE_SECONDS = 0.5
"""What takes no longer needs no sign that it goes on."""

TYPING_SECONDS = 4.5
"""Telegram shows "typing" for five seconds (https://core.telegram.org/bots/api#sendchataction)."""

Result = TypeVar("Result")


async def reply(
    message: Message, parts: Iterable[str], keyboard: InlineKeyboardMarkup | None = None, *, point: bool = True
) -> tuple[int, ...]:
    """Send `parts`, each one HTML message; in a group the first points at what it answers, the last has the buttons.

    Returns the messages' numbers.
    """
    point = point and message.chat.type != ChatType.PRIVATE
    every = tuple(parts)
    sent = []
    for number, part in enumerate(every, start=1):
        one = await message.reply_html(
            part,
            do_quote=point,
            link_preview_options=NO_PREVIEW,
            allow_sending_without_reply=True,
            reply_markup=keyboard if number == len(every) else None,
        )
        sent.append(one.message_id)
        point = False
    return tuple(sent)


async def reply_instead(
    message: Message, old: Sequence[int], parts: Sequence[str], keyboard: InlineKeyboardMarkup | None
) -> tuple[int, ...]:
    """Let `parts` stand in the place of the messages `old` that answered `message`; returns the numbers they have now.

    What is more is sent behind them, what is fewer deleted; where one of them is gone, all are sent anew.
    """
    edited = old[: len(parts)]
    for number, (one, part) in enumerate(zip(edited, parts, strict=False), start=1):
        markup = keyboard if number == len(parts) else None
        if not await edit(message, one, part, markup):
            await _delete(message, old)
            return await reply(message, parts, keyboard)
    await _delete(message, old[len(parts) :])
    return (*edited, *await reply(message, parts[len(edited) :], keyboard, point=False))


async def edit(message: Message, number: int, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
    """Give the message of that number in the chat of `message` another text; False where that cannot be done."""
    try:
        await message.get_bot().edit_message_text(
            text,
            message.chat.id,
            number,
            parse_mode="HTML",
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard,
        )
    except BadRequest as error:
        log.info("A message was not edited: %s", error)
        return "not modified" in error.message.lower()  # it says that already
    return True


async def edit_buttons(message: Message, keyboard: InlineKeyboardMarkup | None) -> None:
    """Give `message` other buttons, unless it has them already or is gone."""
    try:
        await message.edit_reply_markup(keyboard)
    except BadRequest as error:
        log.info("Buttons were not changed: %s", error)


async def with_typing(message: Message, work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` returns; while it takes long, the chat shows that the bot is typing."""
    task = asyncio.create_task(work)
    patience = PATIENCE_SECONDS
    while not (await asyncio.wait({task}, timeout=patience))[0]:
        patience = TYPING_SECONDS
        try:
            await message.chat.send_action(
                ChatAction.TYPING, message_thread_id=message.message_thread_id if message.is_topic_message else None
            )
        except TelegramError as error:
            log.info("The chat does not show that the bot is typing: %s", error)
    return task.result()


async def answer_press(query: CallbackQuery, sentence: str | None = None) -> None:
    """End the button's waiting, with a sentence over the chat where there is one; a press that is too old has ended."""
    try:
        await query.answer(sentence)
    except BadRequest as error:
        log.info("A press came too late to be answered: %s", error)


async def answer_inquiry(
    query: InlineQuery,
    results: Sequence[InlineQueryResult],
    *,
    cache_seconds: int,
    is_personal: bool,
    button: InlineQueryResultsButton | None = None,
) -> None:
    """Offer `results`; whoever types on asks anew, so what comes too late is wanted no more."""
    try:
        await query.answer(results, cache_time=cache_seconds, is_personal=is_personal, button=button)
    except BadRequest as error:
        log.info("An inline query came too late to be answered: %s", error)


async def show_instead(query: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Let `text` stand where the message with the pressed button was; one that is gone, or reads so already, stays."""
    try:
        await query.edit_message_text(text, parse_mode="HTML", reply_markup=keyboard, link_preview_options=NO_PREVIEW)
    except BadRequest as error:
        log.info("The message of a press stays as it is: %s", error)


def message_of(update: Update) -> Message | None:
    """The message that was sent to the bot, or the one whose button was pressed; None where Telegram tells of none."""
    if update.callback_query is not None:
        message = update.callback_query.message
        return message if isinstance(message, Message) else None
    return update.message or update.edited_message


def conversation_of(message: Message) -> tuple[int, int]:
    """The chat, and its thread where it is a forum (else 0)."""
    return message.chat.id, (message.message_thread_id or 0) if message.is_topic_message else 0


async def _delete(message: Message, numbers: Iterable[int]) -> None:
    for number in numbers:
        try:
            await message.get_bot().delete_message(message.chat.id, number)
        except BadRequest as error:
            log.info("A message was not deleted: %s", error)
