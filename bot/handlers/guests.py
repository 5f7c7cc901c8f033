"""The chats that an owner let in, known by heart for as long as the journal cannot be asked."""

from __future__ import annotations

import logging

from bot.errors import JournalError
from bot.journal import Journal

log = logging.getLogger(__name__)


class Guests:
    """Asks the journal, and where that fails holds to what it said last; what owners decide is written at once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: set[int] = set()

    async def read(self) -> None:
        """Learn by heart who was let in before this start; nobody where the journal fails."""
        try:
            self._known = set(await self._journal.admitted())
        except JournalError:
            log.exception("Who was let in before is not known.")

    async def is_let_in(self, chat: int) -> bool:
        """Whether an owner let the chat in."""
        try:
            is_in = await self._journal.is_admitted(chat)
        except JournalError:
            log.exception("It is not known whether a chat is let in; what was known last holds.")
            return chat in self._known
        if is_in:
            self._known.add(chat)
        else:
            self._known.discard(chat)
        return is_in

    async def let_in(self, chat: int) -> None:
        """Let the chat in from now on; raises JournalError."""
        await self._journal.admit(chat)
        self._known.add(chat)

    async def let_out(self, chat: int) -> None:
        """Let the chat in no longer; raises JournalError."""
        await self._journal.revoke(chat)
        self._known.discard(chat)
