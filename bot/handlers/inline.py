"""Inline mode: the bot's name and some words in any chat offer quotes with their sources, ready to send."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Iterator

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, Update
from telegram.ext import ContextTypes

from bot.citation import fold_space
from bot.events import Event
from bot.handlers.languages import Languages
from bot.handlers.replies import NO_PREVIEW, answer_inquiry
from bot.listing import cite_listed, sources_page
from bot.rendering import quote_blocks, render_source
from bot.telegram_html import shortened
from bot.wording import Wording, wording_in
from retrieval import Answer, Library, Quote, StillReadingError

log = logging.getLogger(__name__)

MOST_QUOTES = 20
MOST_DOCUMENTS = 20
"""Of the 50 that Telegram takes (https://core.telegram.org/bots/api#answerinlinequery): more is more to scroll."""

CACHED_SECONDS = 30
"""So long Telegram may offer the same again; then a changed folder shows."""

LONGEST_TITLE_UNITS = 100
LONGEST_DESCRIPTION_UNITS = 200
START_TO_ASK = "ask"
"""What the bot is started with by whoever found nothing in another chat."""


class InlineQuotes:
    """Offers quotes for words, and recent documents for none.

    Where everybody may ask, what is offered for words is the same for all who type them, and kept by Telegram for all.
    """

    def __init__(self, library: Library, languages: Languages, *, is_open: bool) -> None:
        self._library = library
        self._languages = languages
        self._is_open = is_open

    async def answer(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer what the words find; where that is nothing, a way to ask the bot itself."""
        query = update.inline_query
        if query is None:
            return
        words = fold_space(query.query.encode("utf-8", "replace").decode())
        wording = await self._languages.of_update(update)
        try:
            if words:
                quotes, answer = await asyncio.to_thread(self._quotes, words)
                button = None if quotes else _way_in(wording_in(answer.language).say("nothing"))
                personal = not self._is_open
                await answer_inquiry(query, quotes, cache_seconds=CACHED_SECONDS, is_personal=personal, button=button)
                fields = {"milliseconds": answer.elapsed_ms, "quotes": len(quotes), "language": answer.language}
                log.info(Event("answered", kind=answer.kind, **fields, chat="inline"))
            else:
                documents = await asyncio.to_thread(self._documents, wording)
                await answer_inquiry(query, documents, cache_seconds=CACHED_SECONDS, is_personal=True)
        except StillReadingError as error:
            button = _way_in(wording.say("reading", done=error.done, total=error.total))
            await answer_inquiry(query, [], cache_seconds=0, is_personal=True, button=button)

    def _quotes(self, words: str) -> tuple[list[InlineQueryResultArticle], Answer]:
        """What the words find, as it is offered, and the answer that it is from."""
        answer = self._library.ask(words, limit=MOST_QUOTES)
        return list(_offered(answer.quotes or answer.closest, wording_in(answer.language))), answer

    def _documents(self, wording: Wording) -> list[InlineQueryResultArticle]:
        if self._library.reading:
            raise StillReadingError(*self._library.reading)
        recent = sources_page(self._library.covers(), "", 1, MOST_DOCUMENTS).documents
        offers = []
        for document in recent:
            cited = cite_listed(document, wording)
            offers.append(
                _article(document.path, cited.title, " · ".join(cited.details), render_source(cited).code),
            )
        return offers


def _way_in(sentence: str) -> InlineQueryResultsButton:
    """A sentence in the place of offers, which opens the chat with the bot."""
    return InlineQueryResultsButton(sentence, start_parameter=START_TO_ASK)


def _offered(quotes: Iterable[Quote], wording: Wording) -> Iterator[InlineQueryResultArticle]:
    """The quotes that one message can hold whole."""
    for quote in quotes:
        blocks = quote_blocks(quote, wording)
        if len(blocks) == 1:
            title = fold_space(quote.speaker or quote.title or "") or quote.document
            place = f"{quote.document}:{quote.start}:{quote.end}"
            yield _article(place, title, fold_space(quote.text), blocks[0].code)


def _article(place: str, title: str, description: str, text: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=hashlib.sha256(place.encode()).hexdigest()[:32],
        title=shortened(title, LONGEST_TITLE_UNITS),
        description=shortened(description, LONGEST_DESCRIPTION_UNITS),
        input_message_content=InputTextMessageContent(text, parse_mode="HTML", link_preview_options=NO_PREVIEW),
    )
