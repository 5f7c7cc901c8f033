"""Errands of owners: asked for, and done once they are confirmed by a button."""

from __future__ import annotations

import logging
import re

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.errors import JournalError
from bot.handlers.ownership import Ownership
from bot.handlers.replies import answer_press, show_instead
from bot.journal import Errand, Journal
from bot.rendering import render_sentence
from bot.wording import Wording

log = logging.getLogger(__name__)

UPLOAD = re.compile(r"(?P<kind>upload):(?P<choice>add|replace|no):(?P<key>[\w-]{8,24})\Z", re.ASCII)
REMOVAL = re.compile(r"(?P<kind>remove):(?P<choice>out|no):(?P<key>[\w-]{8,24})\Z", re.ASCII)


class Confirmation:
    """Finds the errand behind a press, and refuses a press that is no owner's, no longer due, or another one's."""

    def __init__(self, journal: Journal, ownership: Ownership) -> None:
        self._journal = journal
        self._ownership = ownership

    async def errand(self, query: CallbackQuery, pressed: re.Match[str], wording: Wording) -> Errand | None:
        """The errand that may be done now; where it is None, the press has been answered."""
        try:
            errand = await self._journal.errand(pressed["key"])
        except JournalError:
            log.exception("An errand cannot be looked up.")
            await answer_press(query, wording.say("failed"))
            return None
        if not self._ownership.is_owner(query.from_user):
            await answer_press(query, wording.say("owner_only"))
        elif errand is None or errand.kind != pressed["kind"]:
            await answer_press(query, wording.say("errand_expired"))
        elif errand.person != query.from_user.id:
            await answer_press(query, wording.say("forget_not_yours"))
        else:
            return errand
        return None


def errand_keyboard(kind: str, choice: str, key: str, wording: Wording) -> InlineKeyboardMarkup:
    """The button that does the errand, and the one that does not."""
    labels = {"add": "button_add", "replace": "button_replace", "out": "button_remove", "no": "button_cancel"}
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(wording.say(labels[one]), callback_data=f"{kind}:{one}:{key}")
                for one in (choice, "no")
            ]
        ]
    )


async def say_instead(
    query: CallbackQuery, wording: Wording, key: str, keyboard: InlineKeyboardMarkup | None = None, **values: str
) -> None:
    """Let the sentence of that key stand where the button was; one that is gone has told all it could."""
    await show_instead(query, render_sentence(wording.phrases(key, **values)), keyboard)
