"""What a message shows of an answer: the answer itself, a quote in its context, the cards of its sources."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path, PurePosixPath

from telegram import InlineKeyboardMarkup

from bot.cards import card_of
from bot.errors import JournalError
from bot.excerpts import excerpt_of, is_as_quoted
from bot.files import read_file
from bot.handlers.answers import Answers
from bot.handlers.keyboards import answer_keyboard, context_keyboard, page_button, page_mark, sources_keyboard
from bot.handlers.press import Press
from bot.handlers.replies import edit
from bot.journal import Journal, SentAnswer
from bot.rendering import render_answer, render_cards, render_context
from retrieval import Library, Quote

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.5
"""So long a press waits until the library has looked at its folder; then what is known is shown."""


class Views:
    """Lets a view stand in the place of another, and hands out files.

    `files` is the folder from which files may be sent; None where they may not.
    """

    def __init__(self, answers: Answers, library: Library, journal: Journal, files: Path | None) -> None:
        self._answers = answers
        self._library = library
        self._journal = journal
        self._files = files

    async def show_context(self, press: Press) -> None:
        """The quote among the words around it, as its document has them now; or why that cannot be shown."""
        await self.look()
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
            text = render_context(quote, excerpt_of(document, quote), await self._answers.wording_of(press.sent))
            keyboard = await self.context_buttons(press, quote, press.sent)
            await edit(press.message, press.message.message_id, text, keyboard)

    async def show_sources(self, press: Press) -> None:
        """The cards of the documents quoted, as far as they are still there."""
        await self.look()
        wording = await self._answers.wording_of(press.sent)
        quoted: dict[str, tuple[int, Quote]] = {}
        for number, quote in enumerate(press.sent.answer.quotes or press.sent.answer.closest, start=1):
            quoted.setdefault(quote.document, (number, quote))
        cards, files = [], []
        for path, (number, quote) in quoted.items():
            if (document := self._library.document(path)) is not None:
                address = quote.link if is_as_quoted(document, quote) else None
                cards.append(card_of(document, self._library.speakers_in(path), wording, address))
                files.append((number, PurePosixPath(path).name))
        if not cards:
            await press.answer("source_gone")
            return
        await press.answer()
        keyboard = sources_keyboard(press.sent, files if self._files else [], wording)
        await edit(press.message, press.message.message_id, render_cards(cards), keyboard)

    async def show_answer(self, press: Press) -> None:
        """The answer, as it was sent."""
        await press.answer()
        parts = render_answer(press.sent.answer, await self._answers.wording_of(press.sent))
        part = parts[min(press.sent.messages.index(press.message.message_id), len(parts) - 1)]
        await edit(press.message, press.message.message_id, part, await self.buttons(press, press.sent))

    async def send_file(self, press: Press) -> None:
        """The file of the document quoted, where it may be sent."""
        path = press.quote.document if press.quote else ""
        known = self._files is not None and self._library.document(path) is not None
        content = await asyncio.to_thread(read_file, self._files, path) if self._files and known else None
        if content is None:
            await press.answer("file_unavailable")
            return
        await press.answer()
        await press.message.reply_document(content, filename=PurePosixPath(path).name)

    async def context_buttons(self, press: Press, quote: Quote, sent: SentAnswer) -> InlineKeyboardMarkup:
        """The buttons below the context of `quote`; that of its page where files may be shown, once."""
        wording = await self._answers.wording_of(sent)
        share = await self._answers.share_button(sent, press.number, wording, press.message.get_bot())
        has_page = self._files is not None and page_mark(press.number) not in sent.pressed
        page = page_button(sent, press.number, quote.page, wording) if has_page and quote.page else None
        return context_keyboard(sent, wording, share, page)

    async def buttons(self, press: Press, sent: SentAnswer) -> InlineKeyboardMarkup | None:
        """The answer's buttons; in a private chat with the vote of the one who reads it."""
        vote = None
        if press.is_private:
            try:
                vote = await self._journal.vote_of(sent.chat, sent.key, press.query.from_user.id)
            except JournalError:
                log.exception("A vote is not shown.")
        wording = await self._answers.wording_of(sent)
        share = await self._answers.share_button(sent, 1, wording, press.message.get_bot())
        return answer_keyboard(sent, wording, vote, share)

    async def look(self) -> None:
        """Let the library look at its folder, as long as a press can wait for it."""
        looking = asyncio.create_task(asyncio.to_thread(self._library.refresh, patience_seconds=0))
        done, _ = await asyncio.wait({looking}, timeout=PATIENCE_SECONDS)
        for look in done:
            look.result()
