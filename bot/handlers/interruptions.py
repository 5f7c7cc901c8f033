"""What interrupts the talk with Telegram: an update that it kept from being answered is put off; owners are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.handlers.languages import Languages
from bot.handlers.replies import NO_PREVIEW
from bot.inbox import Inbox
from bot.rendering import render_sentence
from bot.sending import is_passing

log = logging.getLogger(__name__)


class Interruptions:
    """Takes errors that pass before anybody else is told of them."""

    def __init__(self, inbox: Inbox, owners: Iterable[int], languages: Languages) -> None:
        self._inbox = inbox
        self._owners = sorted(owners)
        self._languages = languages
        self._telling: set[asyncio.Task[None]] = set()

    async def report(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Put the update off, if it is somebody's message; of polls that fail, the polling has told already.

        Whoever presses a button or types an inline query and sees nothing does it again.
        """
        error = context.error
        if update is None and (is_passing(error) or isinstance(error, Conflict)):
            raise ApplicationHandlerStop
        if isinstance(update, Update) and is_passing(error):
            if update.message or update.edited_message:
                self._inbox.put_off(update, error)
            else:
                log.warning("Update %d could not be answered: %s", update.update_id, error)
            raise ApplicationHandlerStop

    def tell_of_conflict(self, bot: Bot) -> None:
        """Tell owners that another program asks for the bot's updates."""
        task = asyncio.get_running_loop().create_task(self._tell(bot, "second_poller"))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, bot: Bot, key: str) -> None:
        for owner in self._owners:
            sentence = render_sentence((await self._languages.of_reader(owner)).phrases(key))
            try:
                await bot.send_message(owner, sentence, parse_mode="HTML", link_preview_options=NO_PREVIEW)
            except TelegramError as error:
                log.warning("An owner could not be told: %s", error)

    async def stop(self) -> None:
        """Tell no more."""
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
