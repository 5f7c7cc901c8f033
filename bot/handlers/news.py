"""News of the folder for its owners: what changed, told once; what follows at once is told together."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.handlers.languages import Languages
from bot.handlers.replies import NO_PREVIEW
from bot.owner_pages import render_changes
from retrieval import Changes, Problem

log = logging.getLogger(__name__)

GATHERED_SECONDS = 1.0
"""What changes within a moment is one message."""
RESTING_SECONDS = 5.0
"""A file that is written over and over is no news every second."""


@dataclass(frozen=True, slots=True)
class _Note:
    """Some changes, and the owner who knows of them already."""

    changes: Changes
    known_to: int | None = None


class FolderNews:
    """Takes note of changes from any thread, and tells every owner of them while it runs."""

    def __init__(self, gathered_seconds: float = GATHERED_SECONDS, resting_seconds: float = RESTING_SECONDS) -> None:
        self._gathered_seconds, self._resting_seconds = gathered_seconds, resting_seconds
        self._notes: list[_Note] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._noted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.changed_at = 0.0

    def report(self, changes: Changes) -> None:
        """Take note of changes; before `start` nobody is told."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._note, changes)

    def _note(self, changes: Changes) -> None:
        self.changed_at = time.time()
        self._notes.append(_Note(changes))
        self._noted.set()

    def told(self, changes: Changes, owner: int) -> None:
        """Take note that `changes`, which were reported, are known to an owner."""
        self._notes = [replace(note, known_to=owner) if note.changes is changes else note for note in self._notes]

    def start(self, bot: ExtBot[None], owners: Iterable[int], languages: Languages) -> None:
        """Tell owners from now on, in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run(bot, sorted(owners), languages))

    async def stop(self) -> None:
        """Tell no more."""
        self._loop = None
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, bot: ExtBot[None], owners: list[int], languages: Languages) -> None:
        while True:
            await self._noted.wait()
            await asyncio.sleep(self._gathered_seconds)
            self._noted.clear()
            notes, self._notes = self._notes, []
            try:
                for owner in owners:
                    news = [note.changes for note in notes if note.known_to != owner]
                    if whole := _together(news):
                        await _tell(bot, owner, whole, languages)
            except Exception:
                log.exception("Owners are not told of changes in the folder; of the next ones they are.")
            await asyncio.sleep(self._resting_seconds)


async def _tell(bot: ExtBot[None], owner: int, changes: Changes, languages: Languages) -> None:
    wording = await languages.of_reader(owner)
    try:
        for part in render_changes(changes, wording):
            await bot.send_message(owner, part, parse_mode="HTML", link_preview_options=NO_PREVIEW)
    except TelegramError as error:
        log.warning("An owner could not be told of changes in the folder: %s", error)


def _together(news: Iterable[Changes]) -> Changes:
    """What changed, all in all: what came and went again did not change at all."""
    was_there: dict[str, bool] = {}
    is_there: dict[str, bool] = {}
    problems: dict[Problem, None] = {}
    for changes in news:
        for paths, before, after in (
            (changes.added, False, True),
            (changes.changed, True, True),
            (changes.removed, True, False),
        ):
            for path in paths:
                was_there.setdefault(path, before)
                is_there[path] = after
        problems |= dict.fromkeys(changes.problems)
    return Changes(
        added=tuple(path for path in is_there if is_there[path] and not was_there[path]),
        changed=tuple(path for path in is_there if is_there[path] and was_there[path]),
        removed=tuple(path for path in is_there if was_there[path] and not is_there[path]),
        problems=tuple(problems),
    )
