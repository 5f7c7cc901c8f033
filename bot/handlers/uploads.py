"""A file that an owner sends: shown as the document that it would be, and put into the folder once confirmed."""

from __future__ import annotations

import asyncio
import logging

from telegram import Document as SentFile
from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.errors import JournalError
from bot.handlers.errands import UPLOAD, Confirmation, errand_keyboard, say_instead
from bot.handlers.languages import Languages
from bot.handlers.replies import answer_press, reply, with_typing
from bot.journal import Errand, Journal
from bot.journal.errands import LASTING_SECONDS
from bot.owner_pages import refused_file, render_preview
from bot.rendering import render_sentence
from bot.shelf import Shelf
from bot.uploads import LARGEST_BYTES, safe_name
from bot.wording import Wording
from retrieval import Library, RetrievalError
from retrieval.reading import ENDINGS, is_readable

log = logging.getLogger(__name__)

KIND = "upload"
LONGEST_SHOWN_NAME = 100


class Uploads:
    """Nothing is part of the folder before its owner has seen what it is and said yes."""

    def __init__(
        self, library: Library, shelf: Shelf, journal: Journal, languages: Languages, confirmation: Confirmation
    ) -> None:
        self._library = library
        self._shelf = shelf
        self._journal = journal
        self._languages = languages
        self._confirmation = confirmation
        self._one_at_a_time = asyncio.Lock()

    async def preview(self, message: Message, wording: Wording) -> None:
        """Show what the file would be as a document, and ask whether it shall be one."""
        sent = message.document
        if sent is None or message.from_user is None:
            return
        name = safe_name(sent.file_name or "")
        if not is_readable(name):
            await _say(message, wording, "upload_kinds", name=_shown(name or "?"), kinds=", ".join(ENDINGS))
            return
        if (sent.file_size or 0) > LARGEST_BYTES:
            await _say(message, wording, "upload_large", count=LARGEST_BYTES // 1024**2)
            return
        content = await _fetched(sent)
        if content is None:
            await _say(message, wording, "upload_lost")
        elif twin := await asyncio.to_thread(self._twin, name, content):
            await _say(message, wording, "upload_same", name=_shown(twin))
        else:
            await self._offer(message, name, content, wording)

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Put the file into the folder, or throw it away."""
        query = update.callback_query
        pressed = UPLOAD.match((query.data or "") if query else "")
        if query is None or pressed is None:
            return
        wording = await self._languages.of_update(update)
        errand = await self._confirmation.errand(query, pressed, wording)
        if errand is None:
            return
        await answer_press(query)
        name, key = errand.what, pressed["key"]
        async with self._one_at_a_time:
            try:
                if pressed["choice"] == "no":
                    outcome = "upload_dropped" if await self._journal.take_errand(key) else "errand_expired"
                else:
                    outcome = await self._place(key, name, replace=pressed["choice"] == "replace")
            except FileExistsError:
                keyboard = errand_keyboard(KIND, "replace", key, wording)
                await say_instead(query, wording, "upload_ask_replace", keyboard, name=_shown(name))
                return
            except OSError as error:
                log.exception("A file cannot be put into the folder.")
                await say_instead(query, wording, "upload_failed", reason=error.strerror or str(error))
                return
            await self._drop(key)
        await say_instead(query, wording, outcome, name=_shown(name))

    async def _offer(self, message: Message, name: str, content: bytes, wording: Wording) -> None:
        preview = await with_typing(message, asyncio.to_thread(self._library.preview, name, content))
        if preview.document is None:
            reason = refused_file(preview.problem) if preview.problem else _shown(name)
            await _say(message, wording, "upload_problem", problem=reason)
            return
        person = message.chat.id  # a private chat has the id of the person in it
        key = await self._journal.add_errand(Errand(KIND, person, name))
        try:
            is_new = await asyncio.to_thread(self._keep, key, name, content)
        except OSError as error:
            log.exception("A file cannot be kept.")
            await _say(message, wording, "upload_failed", reason=error.strerror or str(error))
            return
        ask = wording.phrases("upload_ask" if is_new else "upload_ask_replace", name=_shown(name))
        parts = render_preview(preview.document, preview, ask, wording)
        await reply(message, parts, errand_keyboard(KIND, "add" if is_new else "replace", key, wording))

    def _keep(self, key: str, name: str, content: bytes) -> bool:
        """Keep the file until it is confirmed; whether the folder has none of that name."""
        self._shelf.drop_older(LASTING_SECONDS)
        self._shelf.keep(key, content)
        return self._shelf.standing(name) is None

    def _twin(self, name: str, content: bytes) -> str | None:
        """The file of the folder with that content, first of all the one of that name."""
        paths = [cover.path for cover in self._library.covers()]
        return self._shelf.twin(content, sorted(paths, key=lambda path: path != name))

    async def _place(self, key: str, name: str, *, replace: bool) -> str:
        """Put the file into the folder; returns the key of what there is to say."""
        content = await asyncio.to_thread(self._shelf.kept, key)
        if content is None:
            await self._journal.take_errand(key)
            return "errand_expired"
        await asyncio.to_thread(self._shelf.place, name, content, replace=replace)
        try:
            await self._journal.take_errand(key)
        except JournalError:
            log.exception("A file is in the folder, and the journal does not know of it.")
        try:
            await asyncio.to_thread(self._library.refresh)
        except RetrievalError as error:
            log.info("A file is in the folder and is yet to be read: %s", error)
            return "upload_placed"
        return "upload_done"

    async def _drop(self, key: str) -> None:
        """Keep the file no longer, which says nothing about what became of it; what stays is deleted in time."""
        try:
            await asyncio.to_thread(self._shelf.drop, key)
        except OSError:
            log.exception("A file that is waited for no more is kept for longer.")


async def _fetched(sent: SentFile) -> bytes | None:
    """The whole content of the file; None where it did not arrive."""
    try:
        file = await sent.get_file()
        content = bytes(await file.download_as_bytearray())
    except TelegramError as error:  # of a file that is gone, the library says that the token is wrong
        log.info("A file could not be fetched: %s", error)
        return None
    is_whole = sent.file_size is None or len(content) == sent.file_size
    return content if is_whole and len(content) <= LARGEST_BYTES else None


def _shown(name: str) -> str:
    return name if len(name) <= LONGEST_SHOWN_NAME else f"{name[: LONGEST_SHOWN_NAME - 1]}…"


async def _say(message: Message, wording: Wording, key: str, **values: str | int) -> None:
    await reply(message, [render_sentence(wording.phrases(key, **values))])
