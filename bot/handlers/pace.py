"""A polite limit: how much one person may ask in a minute, so that nobody takes the others' turn."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, ContextTypes, ExtBot

from bot.events import Event
from bot.handlers.addressing import names_bot, question_to_bot, writer_of
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_inquiry, answer_press, reply
from bot.rendering import render_sentence

log = logging.getLogger(__name__)

WINDOW_SECONDS = 60.0
MOST_PEOPLE = 10_000
"""Of so many people it is remembered when they asked; of more, those who asked last."""
INQUIRIES_A_QUESTION = 4
"""Inline queries come with every pause in typing: so many are taken for one question."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """An update by its number, and when what it brings was sent, in seconds."""

    update: int
    sent_at: float


class Pace:
    """Lets through what a person asks, presses and types inline, as far as `most` in a minute; owners as much as ever.

    What is written counts in the minute in which it was sent, so that nobody is refused what waited while the bot or
    Telegram was down, and counts once, however often it is tried. Beyond the limit the person reads one sentence a
    minute, and every press ends with it; then there is silence. An anonymous admin or a channel counts as one person.
    No `most` (0) is no limit.
    """

    def __init__(
        self,
        most: int,
        owners: frozenset[int],
        languages: Languages,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._most, self._owners, self._languages, self._clock = most, owners, languages, clock
        self._times: OrderedDict[tuple[int, bool], deque[_Turn]] = OrderedDict()
        self._told: dict[int, float] = {}

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Stop what comes too fast, and say so."""
        message = update.message or update.edited_message
        if not self._most or (message is not None and not _is_meant(message, context.bot)):
            return
        person = _person_of(update, message)
        if person is None or person in self._owners:
            return
        turn = _Turn(update.update_id, self._sent_at(message))
        if self._has_turn(person, turn, is_typed=update.inline_query is not None):
            return
        if update.inline_query is not None:
            await answer_inquiry(update.inline_query, [], cache_seconds=0, is_personal=True)
        elif update.callback_query is not None:
            await answer_press(update.callback_query, (await self._languages.of_update(update)).say("slow_down"))
        elif message is not None and self._is_news(person):
            log.info(Event("refused", what="message", why="too_fast", chat=message.chat.type))
            await reply(message, [render_sentence((await self._languages.of_update(update)).phrases("slow_down"))])
        raise ApplicationHandlerStop

    def _sent_at(self, message: Message | None) -> float:
        """When the message was written or edited, by Telegram's clock; never later than now, and now for the rest."""
        now = self._clock()
        return min(now, (message.edit_date or message.date).timestamp()) if message else now

    def _has_turn(self, person: int, turn: _Turn, *, is_typed: bool) -> bool:
        """Whether the person may take that turn, which then counts."""
        most = self._most * (INQUIRIES_A_QUESTION if is_typed else 1)
        times = self._times.setdefault((person, is_typed), deque(maxlen=most))
        self._times.move_to_end((person, is_typed))
        if len(self._times) > MOST_PEOPLE:
            (forgotten, _), _ = self._times.popitem(last=False)
            self._told.pop(forgotten, None)
        if any(taken.update == turn.update for taken in times):
            return True
        if sum(abs(turn.sent_at - taken.sent_at) < WINDOW_SECONDS for taken in times) >= most:
            return False
        times.append(turn)
        return True

    def _is_news(self, person: int) -> bool:
        """Whether the person has not been told within this minute, which is now done."""
        now = self._clock()
        if now - self._told.get(person, -WINDOW_SECONDS) < WINDOW_SECONDS:
            return False
        self._told[person] = now
        return True


def _is_meant(message: Message, bot: ExtBot[None]) -> bool:
    """Whether the bot is asked or commanded."""
    command = (message.text or "").split(maxsplit=1)[:1]
    if command and command[0].startswith("/"):
        return "@" not in command[0] or names_bot(command[0], bot)
    return question_to_bot(message, bot) is not None


def _person_of(update: Update, message: Message | None) -> int | None:
    """The id of who asks, or of the chat that stands in for them; None where nobody does."""
    if message is not None:
        writer = writer_of(message)
        return writer.id if writer else message.sender_chat.id if message.sender_chat else None
    asked = update.callback_query or update.inline_query
    return asked.from_user.id if asked else None
