"""The buttons below a message; what a press sends back is a short key into the journal, or a page's number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.choices import Choice, PeoplePage
from bot.telegram_html import shortened

ASK = re.compile(r"ask:([0-9a-f]{1,32}):([0-9]{1,3})")
PEOPLE = re.compile(r"people:([0-9]{1,6})")
LONGEST_LABEL_UNITS = 60


def choice_keyboard(choices: Sequence[Choice], key: str) -> InlineKeyboardMarkup:
    """One button for each choice."""
    return InlineKeyboardMarkup(_choice_rows(choices, key))


def people_keyboard(people: PeoplePage, key: str) -> InlineKeyboardMarkup:
    """One button for each person of the page, and below them those that turn it."""
    turning = [
        InlineKeyboardButton(sign, callback_data=f"people:{page}")
        for sign, page in (("‹", people.page - 1), ("›", people.page + 1))
        if 1 <= page <= people.pages
    ]
    return InlineKeyboardMarkup(
        [*_choice_rows(people.choices, key), turning] if turning else _choice_rows(people.choices, key)
    )


def _choice_rows(choices: Sequence[Choice], key: str) -> list[list[InlineKeyboardButton]]:
    return [
        [InlineKeyboardButton(shortened(choice.label, LONGEST_LABEL_UNITS), callback_data=f"ask:{key}:{number}")]
        for number, choice in enumerate(choices)
    ]
