"""What only groups know: they become supergroups, and posts of a channel are forwarded into its discussion."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.errors import JournalError
from bot.handlers.guests import Guests
from bot.journal import Journal

log = logging.getLogger(__name__)


class Groups:
    """Looks at every message of a group before anybody else does."""

    def __init__(self, journal: Journal, guests: Guests, allowed_chats: frozenset[int]) -> None:
        self._journal = journal
        self._guests = guests
        self._allowed_chats = allowed_chats

    async def check(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let a group keep its conversation under its new id; pass over what a channel says to its readers."""
        message = update.effective_message
        if message is None:
            return
        if message.is_automatic_forward:
            raise ApplicationHandlerStop
        moved = _migration_of(message)
        if moved is not None:
            await self._move(*moved)
            raise ApplicationHandlerStop

    async def _move(self, old: int, new: int) -> None:
        """Telegram tells of it in both chats; what has been moved already is not there to be moved again."""
        try:
            await self._journal.move_chat(old, new)
            if old in self._allowed_chats and new not in self._allowed_chats:
                await self._guests.let_in(new)
                log.warning(
                    "A group of ALLOWED_CHATS has become a supergroup and has another id now. It is still let in: "
                    "/status shows the id to owners; write it into ALLOWED_CHATS."
                )
        except JournalError:
            log.exception("A group has a new id, and its conversation is lost.")


def _migration_of(message: Message) -> tuple[int, int] | None:
    """The old and the new id, where the message tells of them."""
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None
