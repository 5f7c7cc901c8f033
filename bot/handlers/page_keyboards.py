"""The buttons below the pages about the bot: leafing through documents, a language, forgetting."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.listing import SourcesPage
from bot.wording import LANGUAGES, Wording, wording_in

LIST = re.compile(r"list:([0-9]{1,6})(?::([0-9a-f]{1,32}))?")
LANGUAGE = re.compile(r"language:([a-z]{2})")
FORGET = re.compile(r"forget:(yes|no):([0-9]{1,20})")


def sources_keyboard(sources: SourcesPage, key: str | None) -> InlineKeyboardMarkup | None:
    """What turns the page of a list of documents; `key` leads to the words that narrow it."""
    turning = [
        InlineKeyboardButton(sign, callback_data=f"list:{page}" + (f":{key}" if key else ""))
        for sign, page in (("‹", sources.page - 1), ("›", sources.page + 1))
        if 1 <= page <= sources.pages
    ]
    return InlineKeyboardMarkup([turning]) if turning else None


def language_keyboard(chosen: str | None) -> InlineKeyboardMarkup:
    """One button for each language, in its own name; the chosen one is marked."""
    named = ((language, wording_in(language).say("language_name")) for language in LANGUAGES)
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(f"✓ {name}" if language == chosen else name, callback_data=f"language:{language}")
                for language, name in named
            ]
        ]
    )


def forget_keyboard(person: int, wording: Wording) -> InlineKeyboardMarkup:
    """Delete or keep, for that person alone."""
    buttons = (("button_forget", f"forget:yes:{person}"), ("button_keep", f"forget:no:{person}"))
    return InlineKeyboardMarkup([[InlineKeyboardButton(wording.say(key), callback_data=data) for key, data in buttons]])
