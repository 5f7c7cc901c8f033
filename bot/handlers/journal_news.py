"""News of the journal for the owners: that it was damaged, or cannot be used; each told once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.events import Event
from bot.handlers.languages import Languages
from bot.handlers.replies import NO_PREVIEW
from bot.journal.troubles import Damaged, Trouble, Troubles
from bot.rendering import render_sentence
from bot.wording import Sentence, Wording

log = logging.getLogger(__name__)


class JournalNews:
    """Tells every owner of the journal's troubles while it runs."""

    def __init__(self, troubles: Troubles) -> None:
        self._troubles = troubles
        self._task: asyncio.Task[None] | None = None

    def start(self, bot: ExtBot[None], owners: Iterable[int], languages: Languages) -> None:
        """Tell owners from now on, in the running event loop."""
        news: asyncio.Queue[Trouble] = asyncio.Queue()
        self._troubles.listener = news.put_nowait
        self._task = asyncio.create_task(_run(news, bot, sorted(owners), languages))

    async def stop(self) -> None:
        """Tell no more."""
        self._troubles.listener = None
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


async def _run(news: asyncio.Queue[Trouble], bot: ExtBot[None], owners: list[int], languages: Languages) -> None:
    while True:
        trouble = await news.get()
        for owner in owners:
            text = render_sentence(_sentence(trouble, await languages.of_reader(owner)))
            try:
                await bot.send_message(owner, text, parse_mode="HTML", link_preview_options=NO_PREVIEW)
            except TelegramError as error:
                log.warning(Event("owner_not_told", of="journal", reason=error))


def _sentence(trouble: Trouble, wording: Wording) -> Sentence:
    if isinstance(trouble, Damaged):
        return wording.phrases("journal_damaged", name=trouble.aside.name)
    return wording.phrases("journal_unusable", reason=trouble.reason)
