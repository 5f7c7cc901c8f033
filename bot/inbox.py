"""The queue of updates: each is in the journal before Telegram is told that it arrived, until it has been handled."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import dataclass, field

from telegram import Bot, Update

from bot.errors import JournalError
from bot.journal import Arrival, InboxChanges, Journal, LeftOver

log = logging.getLogger(__name__)

MOST_TRIES = 5
"""How often the bot begins again with an update that it does not outlive."""

SUSPECT_TRIES = 2
"""From then on such an update runs when no other of its kind does, so that it alone is counted again."""

MOST_REMEMBERED = 10_000
"""Numbers of the latest updates; of those that it delivers again Telegram has a hundred in one poll at most."""

FIRST_PAUSE_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 60.0
GIVEN_UP_SECONDS = 86_400.0
"""What cannot be sent is tried again for as long as Telegram itself keeps what it cannot deliver."""


@dataclass(slots=True)
class _Notes:
    """What is yet to be written."""

    arrived: dict[int, Update] = field(default_factory=dict)
    begun_again: set[int] = field(default_factory=set)
    outlived: set[int] = field(default_factory=set)
    handled: set[int] = field(default_factory=set)

    def as_changes(self) -> InboxChanges:
        arrived = tuple(map(_arrival, self.arrived.values()))
        return InboxChanges(arrived, self.begun_again, self.outlived, self.handled)

    def with_later(self, later: _Notes) -> _Notes:
        handled = self.handled | later.handled
        arrived = {n: update for n, update in (self.arrived | later.arrived).items() if n not in handled}
        return _Notes(arrived, self.begun_again | later.begun_again, self.outlived | later.outlived, handled)

    def __bool__(self) -> bool:
        return bool(self.arrived or self.begun_again or self.outlived or self.handled)


@dataclass(slots=True)
class _Delay:
    """An update that is put off: since when, how long it waits the next time, and whether it is to be forgotten."""

    update: Update
    since: float
    pause_seconds: float
    is_due: bool = False
    is_forgotten: bool = False


class Inbox(asyncio.Queue[object]):
    """An update queue (`put` is where polling and webhook hand over) that loses nothing when the process ends.

    Every update put in is noted, and `written` awaits that all notes are in the journal: a poll awaits it before it
    confirms them, `put` itself if `is_webhook`. One that was put in before is dropped. Where the journal fails,
    updates are handled all the same, and what is noted is written once it works again.
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
        self._left_over: dict[int, int] = {}
        self._delays: dict[int, _Delay] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}

    async def open(self, bot: Bot) -> None:
        """Take up what an earlier process left over, before anything new; the journal is open."""
        self._bot = bot.id
        try:
            for number in await self._journal.handled(self._bot, MOST_REMEMBERED):
                self._remember(number)
            left_over = await self._journal.left_over(self._bot)
        except JournalError as error:
            log.error("What an earlier run left over is not known: %s", error)  # noqa: TRY400 (its text says all)
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
        if not isinstance(item, Update):
            await super().put(item)
            return
        if item.update_id in self._remembered:
            log.info("Update %d was delivered again.", item.update_id)
        else:
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
            try:
                await self._journal.write_inbox(self._bot, notes.as_changes())
            except JournalError as error:
                self._notes = notes.with_later(self._notes)
                if not self._is_failing:
                    log.error("Updates are handled without being kept: %s", error)  # noqa: TRY400 (its text says all)
                self._is_failing = True
            except asyncio.CancelledError:  # a poll is cancelled where the bot ends, before the last one
                self._notes = notes.with_later(self._notes)
                raise
            else:
                self._is_failing = False

    def is_suspect(self, update: Update) -> bool:
        """Whether the bot did not outlive the update, time and again."""
        return self._left_over.get(update.update_id, 0) >= SUSPECT_TRIES

    async def begin(self, update: Update) -> None:
        """Count the attempt, where an earlier process left the update over."""
        if update.update_id in self._left_over:
            self._notes.begun_again.add(update.update_id)
            await self.written()

    def put_off(self, update: Update, why: object) -> None:
        """Telegram did not let the update be handled to its end: it is handled again after a while, for a day."""
        number, now = update.update_id, time.monotonic()
        delay = self._delays.setdefault(number, _Delay(update, now, FIRST_PAUSE_SECONDS))
        if delay.is_forgotten:
            return
        if now - delay.since > GIVEN_UP_SECONDS:
            log.warning("Update %d could not be answered for a day, and no more is tried: %s", number, why)
            return
        tell = log.warning if delay.since == now else log.debug
        tell("Update %d is handled again in %d seconds: %s", number, delay.pause_seconds, why)
        delay.is_due = True

    async def end(self, update: Update, *, is_handled: bool) -> None:
        """The update is handled, unless it was put off or interrupted; what is interrupted waits for the next start."""
        number, delay = update.update_id, self._delays.get(update.update_id)
        self._left_over.pop(number, None)
        if is_handled and not (delay and delay.is_due):
            self._delays.pop(number, None)
            self._notes.arrived.pop(number, None)
            self._notes.handled.add(number)
        else:
            self._notes.outlived.add(number)
            if delay and delay.is_due:
                self._wait(update, delay)
        await self.written()

    def forget(self, chat: int, person: int) -> None:
        """Try no more what is put off of what the person wrote in the chat; in the private chat, of all they wrote.

        The journal has been told to forget it, too.
        """
        for number, delay in list(self._delays.items()):
            where, who = _origin(delay.update)
            is_theirs = chat in (where, who) if chat == person else (where, who) == (chat, person)
            if not is_theirs:
                continue
            delay.is_forgotten, delay.is_due = True, False
            self._notes.arrived.pop(number, None)
            if timer := self._timers.pop(number, None):
                timer.cancel()
                del self._delays[number]
                self._notes.handled.add(number)

    def is_forgotten(self, update: Update) -> bool:
        """Whether the update was to be forgotten on its way from being put off to being handled again."""
        delay = self._delays.get(update.update_id)
        return delay is not None and delay.is_forgotten

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
        self._left_over[one.number] = one.tries
        self.put_nowait(update)

    def _remember(self, number: int) -> None:
        self._remembered[number] = None
        if len(self._remembered) > MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]


def _arrival(update: Update) -> Arrival:
    return Arrival(update.update_id, *_origin(update), update.to_json())


def _origin(update: Update) -> tuple[int | None, int | None]:
    """The chat and the person of the update."""
    chat, person = update.effective_chat, update.effective_user
    return chat.id if chat else None, person.id if person else None
