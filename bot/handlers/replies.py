"""Sending replies: HTML, in order, each in the thread of the message that it answers."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import LinkPreviewOptions, Message
from telegram.constants import ChatType

from bot.wording import Wording, wording_in

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def reply(message: Message, parts: Iterable[str]) -> None:
    """Send `parts`, each one HTML message; in a group the first one points at what it answers."""
    point = message.chat.type != ChatType.PRIVATE
    for part in parts:
        await message.reply_html(
            part, do_quote=point, link_preview_options=NO_PREVIEW, allow_sending_without_reply=True
        )
        point = False


def wording_for(message: Message) -> Wording:
    """The wording in the language that the sender's Telegram speaks."""
    return wording_in(message.from_user.language_code if message.from_user else None)
