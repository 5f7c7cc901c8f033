"""The page of a quote as a picture, its words highlighted, sent below the answer."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from telegram.error import BadRequest

from bot.citation import cite_quote
from bot.errors import JournalError
from bot.excerpts import is_as_quoted
from bot.handlers.answers import Answers
from bot.handlers.keyboards import page_mark
from bot.handlers.press import Press
from bot.handlers.replies import edit_buttons, reply, with_typing
from bot.handlers.views import Views
from bot.journal import Journal
from bot.rendering import render_sentence
from bot.telegram_html import shortened
from bot.wording import Wording
from retrieval import ChangedError, Library, PagePicture, Quote, ReadingError

log = logging.getLogger(__name__)

LONGEST_TITLE_UNITS = 200


class QuotedPages:
    """Sends the page of a quote once; only where owners allow files to be sent, for a page is a part of one."""

    def __init__(self, answers: Answers, library: Library, journal: Journal, views: Views, *, is_allowed: bool) -> None:
        self._answers = answers
        self._library = library
        self._journal = journal
        self._views = views
        self._is_allowed = is_allowed
        self._drawing = asyncio.Lock()  # a picture may take a whole processor for a while: one at a time

    async def send(self, press: Press) -> None:
        """The page's picture; or why that cannot be shown."""
        quote = press.quote
        if refusal := await self._refusal(press, quote):
            await press.answer(refusal)
        if quote is None or press.is_answered:
            return
        await press.answer()
        wording = await self._answers.wording_of(press.sent)
        try:
            picture = await with_typing(press.message, self._picture(quote))
            await press.message.reply_photo(
                picture.png, caption=_caption(quote, picture, wording), allow_sending_without_reply=True
            )
        except (ReadingError, BadRequest) as error:  # BadRequest: Telegram's own idea of a picture
            log.warning("A page is not shown: %s", error)
            key = "source_changed" if isinstance(error, ChangedError) else "page_unavailable"
            await reply(press.message, [render_sentence(wording.phrases(key))])
        else:
            await self._retire(press, quote)

    async def _refusal(self, press: Press, quote: Quote | None) -> str | None:
        """Why there is no page to show, as a key of the wording."""
        if quote is None:
            return "button_expired"
        if not self._is_allowed or quote.page is None:
            return "page_unavailable"
        if page_mark(press.number) in press.sent.pressed:
            return "page_sent"
        await self._views.look()
        document = self._library.document(quote.document)
        if document is None:
            return "source_gone"
        return None if is_as_quoted(document, quote) else "source_changed"

    async def _picture(self, quote: Quote) -> PagePicture:
        async with self._drawing:
            return await asyncio.to_thread(self._library.page_picture, quote)

    async def _retire(self, press: Press, quote: Quote) -> None:
        """Take the button away."""
        mark = page_mark(press.number)
        try:
            await self._journal.add_press(press.sent.chat, press.sent.key, mark)
        except JournalError:
            log.exception("A page will be sent again.")
        done = replace(press.sent, pressed=press.sent.pressed | {mark})
        await edit_buttons(press.message, await self._views.context_buttons(press, quote, done))


def _caption(quote: Quote, picture: PagePicture, wording: Wording) -> str:
    """The document's title and the page that is shown."""
    title = shortened(cite_quote(quote, wording).title, LONGEST_TITLE_UNITS)
    return f"{title} · {wording.say('page', page=str(picture.page))}"
