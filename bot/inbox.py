"""The queue of updates: each is in the journal before Telegram is told that it arrived, until it has been handled."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import dataclass, field

from telegram import Bot, Update

from bot.errors import JournalError
from bot.journal import Arrival, Journal, LeftOver

log = logging.getLogger(__name__)

MOST_TRIES = 5
"""How often the bot begins anew with an update that it does not outlive."""

MOST_REMEMBERED = 10_000
"""Numbers of the latest updates; of those that it delivers again Telegram has a hundred in one poll at most."""

FIRST_PAUSE_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 60.0
GIVEN_UP_SECONDS = 86_400.0
"""What cannot be sent is tried again for as long as Telegram itself keeps what it cannot deliver."""


@dataclass(slots=True)
class _Notes:
    """What is yet to be written: updates that arrived, and the numbers of others that are handled or outlived."""

    arrived: dict[int, Update] = field(default_factory=dict)
    handled: set[int] = field(default_factory=set)
    outlived: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.arrived or self.handled or self.outlived)


@dataclass(slots=True)
class _Delay:
    """Since when an update is put off, and how long it waits the next time."""

    since: float
    pause_seconds: float = FIRST_PAUSE_SECONDS
    is_due: bool = False


class Inbox(asyncio.Queue[object]):
    """An update queue (`put` is where polling and webhook hand over) that loses nothing when the process ends.

    Every update put in is noted, and `written` awaits that all notes are in the journal: a poll awaits it before it
    confirms them, `put` itself if `is_webhook`. One that was put in before is dropped. Where the journal fails,
    updates are handled all the same.
    """

    def __init__(self, journal: Journal, *, is_webhook: bool = False) -> None:
        super().__init__()
        self._journal = journal
        self._is_webhook = is_webhook
        self._bot = 0
        self._notes = _Notes()
        self._one_writer = asyncio.Lock()
        self._is_failing = False
        self._remembered: dict[int, None] = {}
        self._left_over: set[int] = set()
        self._delays: dict[int, _Delay] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}

    async def open(self, bot: Bot) -> None:
        """Take up what an earlier process left over, before anything new; the journal is open."""
        self._bot = bot.id
        try:
            for number in await self._journal.handled(self._bot, MOST_REMEMBERED):
                self._remember(number)
            left_over = await self._journal.left_over(self._bot)
        except JournalError:
            log.exception("What an earlier run left over is not known.")
            return
        for one in left_over:
            self._take_up(one, bot)
        await self.written()
        if left_over:
            log.info("%d update(s) were left over by an earlier run.", len(left_over))

    def close(self) -> None:
        """What is put off waits for the next start."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    async def put(self, item: object) -> None:
        """Let the update be handled, unless it was put in before."""
        if isinstance(item, Update):
            if item.update_id in self._remembered:
                log.info("Update %d was delivered again.", item.update_id)
                return
            self._remember(item.update_id)
            self._notes.arrived[item.update_id] = item
        await super().put(item)
        if self._is_webhook:
            await self.written()

    async def written(self) -> None:
        """Return once all that was noted so far is in the journal, or cannot be written."""
        async with self._one_writer:  # whoever waited here finds the own notes written by the one before
            if not self._notes:
                return
            notes, self._notes = self._notes, _Notes()
            arrived = [_arrival(update) for update in notes.arrived.values()]
            try:
                await self._journal.write_inbox(self._bot, arrived, notes.handled, notes.outlived)
            except JournalError as error:
                if not self._is_failing:
                    log.error("Updates are handled without being kept: %s", error)  # noqa: TRY400 (its text says all)
                self._is_failing = True
            else:
                self._is_failing = False

    async def begin_again(self, update: Update) -> None:
        """Count the attempt at an update that an earlier process left over."""
        try:
            await self._journal.try_again(self._bot, update.update_id)
        except JournalError as error:
            log.warning("An attempt at an update is not counted: %s", error)

    def is_left_over(self, update: Update) -> bool:
        """Whether an earlier process had the update, and perhaps did not outlive it."""
        return update.update_id in self._left_over

    def put_off(self, update: Update, why: object) -> None:
        """Telegram did not let the update be handled to its end: it is handled again after a while, for a day."""
        number, now = update.update_id, time.monotonic()
        delay = self._delays.setdefault(number, _Delay(now))
        if now - delay.since > GIVEN_UP_SECONDS:
            log.warning("Update %d could not be answered for a day, and no more is tried: %s", number, why)
            return
        tell = log.warning if delay.since == now else log.debug
        tell("Update %d is handled again in %d seconds: %s", number, delay.pause_seconds, why)
        delay.is_due = True

    async def end(self, update: Update, *, is_handled: bool) -> None:
        """The update is handled, unless it was put off or interrupted; what is interrupted waits for the next start."""
        number, delay = update.update_id, self._delays.get(update.update_id)
        self._left_over.discard(number)
        if is_handled and not (delay and delay.is_due):
            self._delays.pop(number, None)
            self._notes.arrived.pop(number, None)
            self._notes.handled.add(number)
        else:
            self._notes.outlived.add(number)
            if delay and delay.is_due:
                self._wait(update, delay)
        await self.written()

    def _wait(self, update: Update, delay: _Delay) -> None:
        delay.is_due = False
        pause, delay.pause_seconds = delay.pause_seconds, min(2 * delay.pause_seconds, LONGEST_PAUSE_SECONDS)

        def again() -> None:
            del self._timers[update.update_id]
            self.put_nowait(update)

        self._timers[update.update_id] = asyncio.get_running_loop().call_later(pause, again)

    def _take_up(self, one: LeftOver, bot: Bot) -> None:
        self._remember(one.number)
        try:
            update = Update.de_json(json.loads(one.content), bot)
        except Exception:  # noqa: BLE001 (whatever it is, it will not be read the next time either)
            log.warning("Update %d was left over and cannot be read.", one.number)
            self._notes.handled.add(one.number)
            return
        if one.tries >= MOST_TRIES:
            log.error("Update %d ended the bot %d times; it is dropped.", one.number, one.tries)
            self._notes.handled.add(one.number)
            return
        self._left_over.add(one.number)
        self.put_nowait(update)

    def _remember(self, number: int) -> None:
        self._remembered[number] = None
        if len(self._remembered) > MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]


def _arrival(update: Update) -> Arrival:
    chat, person = update.effective_chat, update.effective_user
    return Arrival(update.update_id, chat.id if chat else None, person.id if person else None, update.to_json())
