"""A press on a button of an answer, which is answered once."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message
from telegram.constants import ChatType

from bot.handlers.replies import answer_press
from bot.journal import SentAnswer
from bot.wording import Wording
from retrieval import Quote


@dataclass(slots=True)
class Press:
    """A press on a button of the answer `sent`: below which message, on which quote; `wording` is the presser's."""

    query: CallbackQuery
    message: Message
    sent: SentAnswer
    number: int
    wording: Wording
    is_answered: bool = False

    @property
    def quote(self) -> Quote | None:
        """The quote that the button is about, counted from 1."""
        quotes = self.sent.answer.quotes or self.sent.answer.closest
        return quotes[self.number - 1] if 1 <= self.number <= len(quotes) else None

    @property
    def is_private(self) -> bool:
        """Whether whoever presses is alone with the bot."""
        return self.message.chat.type == ChatType.PRIVATE

    async def answer(self, key: str | None = None, **values: str) -> None:
        """End the button's waiting, once; with the sentence of that key over the chat, if there is one."""
        if not self.is_answered:
            self.is_answered = True
            await answer_press(self.query, self.wording.say(key, **values) if key else None)
