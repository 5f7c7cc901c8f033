"""/remove: a document taken out of the folder once that is confirmed, and kept beside it."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from pathlib import PurePosixPath

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.handlers.addressing import words_after_command
from bot.handlers.errands import REMOVAL, Confirmation, errand_keyboard, say_instead
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_press, reply
from bot.journal import Errand, Journal
from bot.rendering import render_sentence
from bot.shelf import REMOVED, Shelf
from bot.telegram_html import plain
from bot.wording import Wording
from retrieval import Library
from retrieval.sources import SOURCES

log = logging.getLogger(__name__)

KIND = "remove"
MOST_NAMED = 10
LONGEST_NAMED = 200


class Removing:
    """A document is named by its path, or by its file's name where that is clear."""

    def __init__(
        self, library: Library, shelf: Shelf, journal: Journal, languages: Languages, confirmation: Confirmation
    ) -> None:
        self._library = library
        self._shelf = shelf
        self._journal = journal
        self._languages = languages
        self._confirmation = confirmation

    async def ask(self, message: Message, wording: Wording) -> None:
        """Ask whether the document shall go."""
        asked = " ".join(words_after_command(message).split())
        if not asked:
            await reply(message, [render_sentence(wording.phrases("remove_what"))])
            return
        await asyncio.to_thread(self._library.refresh)
        found = await asyncio.to_thread(self._named, asked)
        shown = asked[:LONGEST_NAMED]
        if not found:
            await reply(message, [render_sentence(wording.phrases("remove_unknown", name=shown))])
        elif len(found) > 1:
            lines = [plain(f"• {path[:LONGEST_NAMED]}").code for path in found[:MOST_NAMED]]
            heading = render_sentence(wording.phrases("remove_many", name=shown))
            await reply(message, ["\n".join([heading, *lines])])
        else:
            key = await self._journal.add_errand(Errand(KIND, message.chat.id, found[0]))
            sentence = wording.phrases("remove_ask", name=found[0], place=f"{REMOVED}/")
            await reply(message, [render_sentence(sentence)], errand_keyboard(KIND, "out", key, wording))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take the document out, or leave it."""
        query = update.callback_query
        pressed = REMOVAL.match((query.data or "") if query else "")
        if query is None or pressed is None:
            return
        wording = await self._languages.of_update(update)
        errand = await self._confirmation.errand(query, pressed, wording)
        if errand is None:
            return
        await answer_press(query)
        is_due = await self._journal.take_errand(pressed["key"])
        if not is_due:
            await say_instead(query, wording, "errand_expired")
        elif pressed["choice"] == "no":
            await say_instead(query, wording, "forget_kept")
        else:
            try:
                place = await asyncio.to_thread(self._shelf.set_aside, errand.what)
            except FileNotFoundError:
                await say_instead(query, wording, "source_gone")
            except OSError as error:
                log.exception("A document cannot be taken out of the folder.")
                await say_instead(query, wording, "upload_failed", reason=error.strerror or str(error))
            else:
                await asyncio.to_thread(self._library.refresh)
                await say_instead(query, wording, "remove_done", name=errand.what, place=str(place))

    def _named(self, asked: str) -> list[str]:
        """The paths that `asked` may mean: of documents, and of files that are none because something is wrong."""
        wanted = _comparable(asked)
        broken = (problem.where for problem in self._library.problems if problem.where != SOURCES)
        paths = [cover.path for cover in self._library.covers()]
        paths += [path for path in broken if path not in paths and self._shelf.holds(path)]
        whole = [path for path in paths if _comparable(path) == wanted]
        return whole or [path for path in paths if _comparable(PurePosixPath(path).name) == wanted]


def _comparable(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
