"""Presses on the buttons of an answer; each is answered once, and shows nothing of another chat."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.answers import Answers, Asker
from bot.handlers.keyboards import ALONE, ANSWER, BACK, CONTEXT, DOWN, FILE, MORE, MORE_BY, PAGE, SOURCES, UP
from bot.handlers.languages import Languages
from bot.handlers.press import Press
from bot.handlers.quoted_pages import QuotedPages
from bot.handlers.replies import answer_press, edit_buttons
from bot.handlers.views import Views
from bot.journal import Journal, SentAnswer, Vote
from bot.wording import wording_in

log = logging.getLogger(__name__)


class AnswerButtons:
    """Shows other views of the answer, turns its pages, asks it on its own, counts votes."""

    def __init__(
        self, answers: Answers, journal: Journal, languages: Languages, views: Views, pages: QuotedPages
    ) -> None:
        self._answers = answers
        self._journal = journal
        self._languages = languages
        self._views = views
        self._deeds: dict[str, Callable[[Press], Awaitable[None]]] = {
            CONTEXT: views.show_context,
            SOURCES: views.show_sources,
            BACK: views.show_answer,
            FILE: views.send_file,
            PAGE: pages.send,
            MORE: self._turn_page,
            MORE_BY: self._turn_to_speaker,
            ALONE: self._ask_alone,
            UP: self._vote,
            DOWN: self._vote,
        }

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the button stands for, or say why that cannot be done."""
        query = update.callback_query
        pressed = ANSWER.fullmatch((query.data or "") if query else "")
        if query is None:
            return
        wording = await self._languages.of_update(update)
        message = query.message
        if message is not None and not message.is_accessible:
            await answer_press(query, wording.say("out_of_reach"))
            return
        if not isinstance(message, Message) or pressed is None:
            await answer_press(query, wording.say("button_expired"))
            return
        try:
            sent = await self._journal.answer(message.chat.id, pressed["key"])
        except JournalError:
            log.exception("A press is lost.")
            await answer_press(query, wording.say("failed"))
            return
        deed = self._deeds.get(pressed["button"])
        if sent is None or deed is None or message.message_id not in sent.messages:
            await answer_press(query, wording.say("button_expired"))
        else:
            press = Press(query, message, sent, int(pressed["number"] or 0), wording)
            try:
                await deed(press)
            finally:
                await press.answer()

    async def _turn_page(self, press: Press) -> None:
        if await self._is_first(press, MORE):
            page = await self._answers.next_page(press.message, press.sent, Asker(press.query.from_user.id))
            await self._send_page(press, MORE, page, "no_more")

    async def _turn_to_speaker(self, press: Press) -> None:
        if await self._is_first(press, MORE_BY):
            speaker, asker = press.sent.speaker, Asker(press.query.from_user.id)
            question = wording_in(press.sent.answer.language).say("example_said", name=speaker)
            page = await self._answers.next_page(press.message, press.sent, asker, question)
            await self._send_page(press, MORE_BY, page, "no_more_of_person", people=speaker)

    async def _send_page(self, press: Press, button: str, page: SentAnswer | None, nothing: str, **values: str) -> None:
        """Send the page, or say that there is `nothing`; either way the button has done its work."""
        await press.answer(nothing if page is None else None, **values)
        if page is not None:
            await self._answers.send_page(press.message, page, press.sent)
        await self._retire(press, button)

    async def _ask_alone(self, press: Press) -> None:
        if await self._is_first(press, ALONE):
            await press.answer()
            await self._answers.ask_alone(press.message, press.sent, Asker(press.query.from_user.id))
            await self._retire(press, ALONE)

    async def _is_first(self, press: Press, button: str) -> bool:
        """Whether the button has not done its work already; if it has, the press is told so."""
        if button in press.sent.pressed:
            await press.answer("button_answered")
        return button not in press.sent.pressed

    async def _retire(self, press: Press, button: str) -> None:
        """Take away a button that has done its work."""
        try:
            await self._journal.add_press(press.sent.chat, press.sent.key, button)
        except JournalError:
            log.exception("A button will do its work again.")
        done = replace(press.sent, pressed=press.sent.pressed | {button})
        await edit_buttons(press.message, await self._views.buttons(press, done))

    async def _vote(self, press: Press) -> None:
        vote = Vote.UP if (press.query.data or "").startswith(UP) else Vote.DOWN
        chat, key, person = press.sent.chat, press.sent.key, press.query.from_user.id
        try:
            before = await self._journal.vote_of(chat, key, person)
            await self._journal.vote(chat, key, person, vote)
        except JournalError:
            log.exception("A vote is lost.")
            await press.answer("failed")
            return
        await press.answer("vote_thanks" if before in {None, vote} else "vote_changed")
        if vote is not before:
            await edit_buttons(press.message, await self._views.buttons(press, press.sent))
