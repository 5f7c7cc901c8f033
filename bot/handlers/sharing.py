"""Quotes on their way elsewhere: the address that opens one again, and /cite."""

from __future__ import annotations

import asyncio
import re

from telegram import Update
from telegram.ext import ContextTypes

from bot.citation import fold_space
from bot.citing import as_markdown, as_plain_text
from bot.excerpts import is_as_quoted
from bot.handlers.addressing import words_after_command, writer_of
from bot.handlers.answers import Answers, Asker
from bot.handlers.languages import Languages
from bot.handlers.replies import reply
from bot.journal import Journal
from bot.rendering import render_sentence
from bot.telegram_html import LINE, MOST_UNITS, Html, code, cut, packed, said
from bot.wording import Wording
from retrieval import Answer, AnswerKind, Library, Quote

OPENING = re.compile(r"/start(?:@\w+)?\s+q_(?P<key>[\w-]{0,62})\s*\Z", re.ASCII)
"""/start with the key of a quote; Telegram takes 64 characters (https://core.telegram.org/bots/features#deep-linking)."""


class Sharing:
    """Opens quotes by their address, which leads to nothing else of the chat that they come from."""

    def __init__(self, library: Library, journal: Journal, languages: Languages, answers: Answers) -> None:
        self._library = library
        self._journal = journal
        self._languages = languages
        self._answers = answers

    async def open(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the quote of an address as its document has it now, or say that it no longer does."""
        message = update.message
        asked = OPENING.match(message.text or "") if message else None
        if message is None or asked is None:
            return
        wording = await self._languages.of_update(update)
        quote = await self._journal.linked_quote(asked["key"])
        await asyncio.to_thread(self._library.refresh)
        document = self._library.document(quote.document) if quote else None
        if quote is None or document is None or not is_as_quoted(document, quote):
            key = "link_unknown" if quote is None else "source_gone" if document is None else "source_changed"
            await reply(message, [render_sentence(wording.phrases(key))])
            return
        writer = writer_of(message)
        await self._answers.show(message, self._opened(quote, wording), Asker(writer.id if writer else None))

    async def cite(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Give the quotes of the answer that /cite replies to, or that one of them whose number follows."""
        message = update.message
        if message is None:
            return
        wording = await self._languages.of_update(update)
        original = message.reply_to_message
        sent = await self._journal.answer_in(message.chat.id, original.message_id) if original else None
        quotes = (sent.answer.quotes or sent.answer.closest) if sent else ()
        number = words_after_command(message).strip()
        if re.fullmatch(r"[0-9]{1,2}", number):
            quotes = quotes[int(number) - 1 : int(number)] if int(number) else ()
        if quotes:
            await reply(message, _cited(quotes, wording))
        else:
            await reply(message, [render_sentence(wording.phrases("cite_what"))])

    def _opened(self, quote: Quote, wording: Wording) -> Answer:
        """The quote as the answer to the question that it answers first of all."""
        if quote.speaker:
            question = wording.say("example_said", name=fold_space(quote.speaker))
        else:
            question = wording.say("example_about", title=fold_space(quote.title or "") or quote.document)
        return Answer(
            question,
            question,
            AnswerKind.ANSWER,
            language=wording.language,
            quotes=(quote,),
            people=(quote.speaker,) if quote.speaker else (),
            folder=self._library.version,
        )


def _cited(quotes: tuple[Quote, ...], wording: Wording) -> list[str]:
    """Each quote as plain text, then each as Markdown, to be copied by a tap."""
    blocks: list[Html] = []
    for heading, cited in (("cite_plain", as_plain_text), ("cite_markdown", as_markdown)):
        title = said(wording.phrases(heading)) + LINE
        for quote in quotes:
            for stretch in cut(cited(quote, wording), MOST_UNITS - title.units):
                blocks.append(title + code(stretch))
                title = Html("", 0)
    return [message.code for message in packed(blocks)]
