"""Whose word counts as an owner's: written in private, by the owner's own hand."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.events import Event
from bot.handlers.languages import Languages
from bot.handlers.replies import reply
from bot.rendering import render_sentence
from bot.wording import Wording

log = logging.getLogger(__name__)

Deed = Callable[[Message, Wording], Awaitable[None]]
Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


class Ownership:
    """Lets owners through, and tells everybody else, politely, that they are none.

    A group's anonymous admin and a channel hide who they are, so they are nobody's owner; a forwarded message is
    the word of whoever wrote it first.
    """

    def __init__(self, owners: frozenset[int], languages: Languages) -> None:
        self._owners = owners
        self._languages = languages

    def is_owner(self, user: User | None) -> bool:
        """Whether that person is an owner."""
        return user is not None and user.id in self._owners

    def guarded(self, deed: Deed) -> Handler:
        """A handler that does `deed` at an owner's command, and refuses everybody else's."""
        return self._guarded(deed, self._refusal_of_command)

    def guarded_file(self, deed: Deed) -> Handler:
        """A handler that does `deed` for a file that an owner sends, from wherever it was forwarded."""
        return self._guarded(deed, self._refusal_of_file)

    def _refusal_of_command(self, message: Message) -> str | None:
        """Why a command is not obeyed, as the key of a sentence; None where it is."""
        if message.sender_chat is not None or not self.is_owner(message.from_user):
            return "owner_only"
        if message.forward_origin is not None or message.via_bot is not None:
            return "owner_forwarded"
        return "owner_in_private" if message.chat.type != ChatType.PRIVATE else None

    def _refusal_of_file(self, message: Message) -> str | None:
        return None if self.is_owner(message.from_user) else "upload_not_yours"

    def _guarded(self, deed: Deed, refusal_of: Callable[[Message], str | None]) -> Handler:

        async def guarded(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            message = update.message
            if message is None:
                return
            wording = await self._languages.of_update(update)
            refusal = refusal_of(message)
            if refusal is None:
                log.info(Event("owner_command", what=_what(message)))
                await deed(message, wording)
            else:
                log.info(Event("refused", what=_what(message), why=refusal))
                await reply(message, [render_sentence(wording.phrases(refusal))])

        return guarded


def _what(message: Message) -> str:
    """Which of the owners' commands the message is; a file is none."""
    words = (message.text or "").split(maxsplit=1)
    return words[0].partition("@")[0].lower() if words else "file"
