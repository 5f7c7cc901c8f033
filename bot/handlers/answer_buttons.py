"""Presses on the buttons of an answer; each is answered once, and shows nothing of another chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.cards import card_of
from bot.errors import JournalError
from bot.excerpts import excerpt_of, is_as_quoted
from bot.files import read_file
from bot.handlers.answers import Answers, Asker
from bot.handlers.keyboards import (
    ALONE,
    ANSWER,
    BACK,
    CONTEXT,
    DOWN,
    FILE,
    MORE,
    MORE_BY,
    SOURCES,
    UP,
    answer_keyboard,
    context_keyboard,
    sources_keyboard,
)
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_press, edit, edit_buttons
from bot.journal import Journal, SentAnswer, Vote
from bot.rendering import render_answer, render_cards, render_context
from bot.wording import Wording, wording_in
from retrieval import Library, Quote

log = logging.getLogger(__name__)


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

    async def answer(self, key: str | None = None, **values: str) -> None:
        """End the button's waiting, once; with the sentence of that key over the chat, if there is one."""
        if not self.is_answered:
            self.is_answered = True
            await answer_press(self.query, self.wording.say(key, **values) if key else None)


class AnswerButtons:
    """Shows context and sources in the answer's place and leads back, turns pages, counts votes, hands out files.

    `files` is the folder from which files may be sent; None where they may not.
    """

    def __init__(
        self, answers: Answers, library: Library, journal: Journal, languages: Languages, files: Path | None
    ) -> None:
        self._answers = answers
        self._library = library
        self._journal = journal
        self._languages = languages
        self._files = files
        self._deeds: dict[str, Callable[[Press], Awaitable[None]]] = {
            CONTEXT: self._show_context,
            SOURCES: self._show_sources,
            BACK: self._show_answer,
            FILE: self._send_file,
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

    async def _show_context(self, press: Press) -> None:
        await asyncio.to_thread(self._library.refresh)
        quote = press.quote
        document = self._library.document(quote.document) if quote else None
        if quote is None:
            await press.answer("button_expired")
        elif document is None:
            await press.answer("source_gone")
        elif not is_as_quoted(document, quote):
            await press.answer("source_changed")
        else:
            await press.answer()
            wording = await self._answers.wording_of(press.sent)
            text = render_context(quote, excerpt_of(document, quote), wording)
            await edit(press.message, press.message.message_id, text, context_keyboard(press.sent, wording))

    async def _show_sources(self, press: Press) -> None:
        await asyncio.to_thread(self._library.refresh)
        wording = await self._answers.wording_of(press.sent)
        quoted: dict[str, tuple[int, Quote]] = {}
        for number, quote in enumerate(press.sent.answer.quotes or press.sent.answer.closest, start=1):
            quoted.setdefault(quote.document, (number, quote))
        cards, files = [], []
        for path, (number, quote) in quoted.items():
            if (document := self._library.document(path)) is not None:
                address = quote.link if is_as_quoted(document, quote) else None
                cards.append(card_of(document, self._library.people, wording, address))
                files.append((number, PurePosixPath(path).name))
        if not cards:
            await press.answer("source_gone")
            return
        await press.answer()
        keyboard = sources_keyboard(press.sent, files if self._files else [], wording)
        await edit(press.message, press.message.message_id, render_cards(cards), keyboard)

    async def _show_answer(self, press: Press) -> None:
        await press.answer()
        parts = render_answer(press.sent.answer, await self._answers.wording_of(press.sent))
        part = parts[min(press.sent.messages.index(press.message.message_id), len(parts) - 1)]
        await edit(press.message, press.message.message_id, part, await self._buttons(press, press.sent))

    async def _send_file(self, press: Press) -> None:
        path = press.quote.document if press.quote else ""
        known = self._files is not None and self._library.document(path) is not None
        content = await asyncio.to_thread(read_file, self._files, path) if self._files and known else None
        if content is None:
            await press.answer("file_unavailable")
            return
        await press.answer()
        await press.message.reply_document(content, filename=PurePosixPath(path).name)

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
        await edit_buttons(press.message, await self._buttons(press, done))

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
            await edit_buttons(press.message, await self._buttons(press, press.sent))

    async def _buttons(self, press: Press, sent: SentAnswer) -> InlineKeyboardMarkup | None:
        """The answer's buttons; in a private chat with the vote of the one who reads it."""
        vote = None
        if press.message.chat.type == ChatType.PRIVATE:
            try:
                vote = await self._journal.vote_of(sent.chat, sent.key, press.query.from_user.id)
            except JournalError:
                log.exception("A vote is not shown.")
        return answer_keyboard(sent, await self._answers.wording_of(sent), vote)
