"""What goes wrong in a handler: the person reads a sentence, the log gets the traceback."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.handlers.languages import Languages
from bot.handlers.replies import message_of, reply
from bot.rendering import render_sentence
from bot.wording import Sentence, Wording
from retrieval import StillReadingError

log = logging.getLogger(__name__)


class Failures:
    """Tells of failures in the language of whoever met them."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages

    async def report(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log the error; tell the person, if there is one and the chat is still open to the bot."""
        error = context.error
        if not isinstance(update, Update):
            log.warning("Telegram cannot be reached or refuses: %s", error)
            return
        if isinstance(error, Forbidden):
            log.info("A chat is closed to the bot: %s", error)
            return
        if not isinstance(error, StillReadingError):
            log.error("An update could not be handled.", exc_info=error)
        message = message_of(update)
        if message is None or (isinstance(error, NetworkError) and not isinstance(error, BadRequest)):
            return  # a network that is down carries no excuse either
        try:
            wording = await self._languages.of_update(update)
            await reply(message, [render_sentence(_excuse(error, wording))])
        except TelegramError as second:
            log.warning("The person could not be told either: %s", second)


def _excuse(error: Exception | None, wording: Wording) -> Sentence:
    if isinstance(error, StillReadingError):
        return wording.phrases("reading", done=f"{error.done:,}", total=f"{error.total:,}")
    return wording.phrases("failed")
