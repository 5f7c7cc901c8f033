"""Which language the bot speaks to whom."""

from __future__ import annotations

import logging

from telegram import Update

from bot.errors import JournalError
from bot.handlers.addressing import writer_of
from bot.journal import Journal
from bot.wording import Wording, wording_in

log = logging.getLogger(__name__)

MOST_HEARD = 1000
"""Of so many people it is remembered, until the bot ends, what their Telegram speaks."""


class Languages:
    """A person's own choice comes first; without one, what they write in, or what their Telegram speaks."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._heard: dict[int, str] = {}

    async def of_update(self, update: Update) -> Wording:
        """The wording for whoever wrote or pressed."""
        message = update.message or update.edited_message
        user = writer_of(message) if message else update.effective_user
        if user and user.language_code:
            self._heard.pop(user.id, None)
            self._heard[user.id] = user.language_code
            if len(self._heard) > MOST_HEARD:
                del self._heard[next(iter(self._heard))]
        return await self.of_person(user.id if user else None, user.language_code if user else None)

    async def of_reader(self, person: int) -> Wording:
        """The wording for somebody who is written to unasked: what they chose, or what their Telegram spoke lately."""
        return await self.of_person(person, self._heard.get(person))

    async def of_person(self, person: int | None, otherwise: str | None) -> Wording:
        """The wording in the language that the person chose; without a choice, or a journal to know it, `otherwise`."""
        if person is None:
            return wording_in(otherwise)
        try:
            return wording_in(await self._journal.language_of(person) or otherwise)
        except JournalError:
            log.exception("The language chosen is not known; another one stands in.")
            return wording_in(otherwise)
