"""The button that passes a quote on to another chat, by the address that opens it again."""

from __future__ import annotations

import logging
from urllib.parse import quote as percent_encoded

from telegram import InlineKeyboardButton

from bot.choices import number_mark
from bot.errors import JournalError
from bot.journal import Journal
from bot.wording import Wording
from retrieval import Quote

log = logging.getLogger(__name__)


async def share_button(
    quote: Quote, number: int | None, wording: Wording, journal: Journal, bot_name: str
) -> InlineKeyboardButton | None:
    """The button for `quote`, which is `number` among several; None where the journal cannot keep its address.

    A press lets Telegram ask for the chat (https://core.telegram.org/widgets/share).
    """
    try:
        (key,) = await journal.keep_links([quote])
    except JournalError:
        log.exception("A quote cannot be shared.")
        return None
    label = wording.say("button_share")
    address = percent_encoded(f"https://t.me/{bot_name}?start=q_{key}", safe=":/?=")
    return InlineKeyboardButton(
        f"{label} {number_mark(number)}" if number else label, url=f"https://t.me/share/url?url={address}"
    )
