"""Which language the bot speaks to whom."""

from __future__ import annotations

import logging

from telegram import Update

from bot.errors import JournalError
from bot.handlers.addressing import writer_of
from bot.journal import Journal
from bot.wording import Wording, wording_in

log = logging.getLogger(__name__)


class Languages:
    """A person's own choice comes first; without one, what they write in, or what their Telegram speaks."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def of_update(self, update: Update) -> Wording:
        """The wording for whoever wrote or pressed."""
        message = update.message or update.edited_message
        user = writer_of(message) if message else update.effective_user
        return await self.of_person(user.id if user else None, user.language_code if user else None)

    async def of_person(self, person: int | None, otherwise: str | None) -> Wording:
        """The wording in the language that the person chose; without a choice, or a journal to know it, `otherwise`."""
        if person is None:
            return wording_in(otherwise)
        try:
            return wording_in(await self._journal.language_of(person) or otherwise)
        except JournalError:
            log.exception("The language chosen is not known; another one stands in.")
            return wording_in(otherwise)
