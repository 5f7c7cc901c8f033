"""Wires settings, library, journal and handlers into one Application; opens, runs and closes them."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import signal
import sys
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import Application, ApplicationBuilder, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from bot.errors import CannotRunError, SettingsError, StoppedError
from bot.events import Event
from bot.handlers.guests import Guests
from bot.handlers.interruptions import Interruptions
from bot.handlers.journal_news import JournalNews
from bot.handlers.languages import Languages
from bot.handlers.menus import set_menus
from bot.handlers.news import FolderNews
from bot.handlers.profile import present_itself
from bot.inbox import Inbox
from bot.journal import Journal
from bot.journal.errands import LASTING_SECONDS
from bot.journal.file import FILE_NAME
from bot.log import start_logging
from bot.polling import PollingRequest
from bot.routes import House, add_routes
from bot.sending import Patience
from bot.settings import Secret, Settings
from bot.shelf import Shelf
from bot.update_order import ChatByChat, OrderedApplication
from bot.watching import Watcher, log_changes
from bot.webhook import run_by_webhook, webhook_of, webhook_secrets
from retrieval import Changes, Library

log = logging.getLogger(__name__)

Bot = Application[Any, Any, Any, Any, Any, Any]

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MESSAGE_REACTION,
]
BOOTSTRAP_RETRIES = -1
"""At the start Telegram is tried for as long as it takes: after a power cut the bot is up before the network is."""

CONNECTIONS = 64
READ_TIMEOUT_SECONDS = 15.0
"""A message whose receipt comes later is sent again, and then stands there twice."""
POOL_TIMEOUT_SECONDS = 60.0
"""Where all connections are taken, a message waits for its turn."""

READ_FIRST_SECONDS = 1.0
"""A folder that is read within this is read before the bot connects; a larger one meanwhile."""

INTRODUCED_FIRST_SECONDS = 0.5
"""Menus are set before the first update is handled where that takes no longer, else meanwhile."""

HOW_TO_BEGIN = (
    "There is no TELEGRAM_BOT_TOKEN: get one from @BotFather in Telegram (/newbot) and write it into a file .env as "
    "TELEGRAM_BOT_TOKEN=...; without a token `python -m bot ask`, `chat` and `check` work in the terminal."
)


def run_bot(settings: Settings, limit: int) -> int:
    """Serve Telegram until SIGTERM or SIGINT, then return 0.

    Raises CannotRunError or RetrievalError where it cannot start.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the event loop takes signals over
    start_logging(settings.log_level, _token(settings), *webhook_secrets(settings))
    _make_data_dir(settings.data_dir)
    news = FolderNews()

    def report(changes: Changes) -> None:
        log_changes(changes)
        news.report(changes)

    library = Library(settings.knowledge_dir, data_dir=settings.data_dir, look_every_seconds=math.inf, report=report)
    watcher = Watcher(library, settings.knowledge_dir, ignored=settings.data_dir)
    try:
        watcher.wait(READ_FIRST_SECONDS)
        return _serve(settings, library, watcher, news, limit)
    finally:
        watcher.close()


def _serve(settings: Settings, library: Library, watcher: Watcher, news: FolderNews, limit: int) -> int:
    journal = Journal(settings.data_dir / FILE_NAME, settings.retention_days, settings.conversation_minutes)
    polls = PollingRequest(HTTPXRequest(connection_pool_size=1))
    application = build_application(settings, library, journal, limit=limit, polls=polls, watcher=watcher, news=news)
    log.info("Connecting to %s.", settings.telegram_api_url)
    try:
        if settings.webhook_url:
            run_by_webhook(application, webhook_of(settings), ALLOWED_UPDATES, BOOTSTRAP_RETRIES)
        else:
            application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=BOOTSTRAP_RETRIES)
    except CannotRunError:
        raise
    except InvalidToken as error:
        raise _refused_token(settings) from error
    except Exception as error:
        log.exception("The bot stops.")
        raise StoppedError("The bot had to stop; the log says why.") from error
    finally:
        asyncio.run(journal.close())  # where the bot could not end in order, its thread would keep the process alive
    if watcher.failure:
        raise watcher.failure
    if polls.refused:
        raise _refused_token(settings)
    return 0


def _refused_token(settings: Settings) -> SettingsError:
    return SettingsError(
        f"TELEGRAM_BOT_TOKEN was refused by {settings.telegram_api_url} (the token is not shown). "
        "Copy it again from @BotFather."
    )


def build_application(  # noqa: PLR0913 (the rooms, and what stands in for the network)
    settings: Settings,
    library: Library,
    journal: Journal,
    *,
    limit: int,
    request: BaseRequest | None = None,
    polls: PollingRequest | None = None,
    watcher: Watcher | None = None,
    news: FolderNews | None = None,
) -> Bot:
    """The bot, ready to run; it stops where `polls` are refused or the `watcher` of the library fails at first.

    `request` stands in for the network in tests.
    """
    base, suffix = settings.telegram_api_url, "/test" if settings.telegram_test_environment else ""
    news = news or FolderNews()
    languages, journal_news = Languages(journal), JournalNews(journal.troubles)
    shelf = Shelf(settings.knowledge_dir, settings.data_dir)
    guests = Guests(journal)
    inbox = Inbox(journal, is_webhook=bool(settings.webhook_url))
    interruptions = Interruptions(inbox, settings.owners, languages)
    introduction: list[asyncio.Task[None]] = []

    async def open_rooms(application: Bot) -> None:
        journal_news.start(application.bot, settings.owners, languages)
        await journal.open()
        await guests.read()
        await inbox.open(application.bot)
        if watcher:
            watcher.on_failure = stop
            watcher.start()
        introduction.append(asyncio.create_task(_introduce(application.bot, settings.owners)))
        await asyncio.wait(introduction, timeout=INTRODUCED_FIRST_SECONDS)
        await asyncio.to_thread(shelf.drop_older, LASTING_SECONDS)
        news.start(application.bot, settings.owners, languages)
        mode = "webhook" if settings.webhook_url else "polling"
        log.info(Event("started", bot=f"@{application.bot.username}", mode=mode))

    async def end_introduction(_application: Bot) -> None:
        for task in introduction:
            task.cancel()
        await asyncio.gather(*introduction, return_exceptions=True)

    async def close_rooms(application: Bot) -> None:
        await end_introduction(application)
        await news.stop()
        await interruptions.stop()
        inbox.close()
        if watcher:
            await watcher.stop()
        await journal_news.stop()
        await journal.close()
        log.info(Event("stopped"))

    polls = polls or PollingRequest(request or HTTPXRequest(connection_pool_size=1))
    application = (
        ApplicationBuilder()
        .application_class(OrderedApplication)
        .token(_token(settings).reveal())
        .base_url(f"{base}/bot{{token}}{suffix}")
        .base_file_url(f"{base}/file/bot{{token}}{suffix}")
        .request(request or _connections())
        .get_updates_request(polls)
        .rate_limiter(Patience())
        .update_queue(inbox)
        .concurrent_updates(ChatByChat(inbox))
        .post_init(open_rooms)
        .post_stop(end_introduction)
        .post_shutdown(close_rooms)
        .build()
    )

    def stop() -> None:
        if (
            application.running and application.updater and application.updater.running
        ):  # neither starting nor stopping already
            application.stop_running()

    polls.before_poll = inbox.written
    polls.on_refusal = stop
    polls.on_conflict = lambda: interruptions.tell_of_conflict(application.bot)
    application.add_error_handler(interruptions.report)
    add_routes(application, settings, House(library, journal, languages, shelf, inbox, guests), limit, news)
    return application


async def _introduce(bot: ExtBot[Any], owners: frozenset[int]) -> None:
    await present_itself(bot)
    await set_menus(bot, owners)


def _connections() -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS, read_timeout=READ_TIMEOUT_SECONDS, pool_timeout=POOL_TIMEOUT_SECONDS
    )


def _make_data_dir(data_dir: Path) -> None:
    """Make the directory before anything else is opened, so that a wrong one is known at once."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"DATA_DIR={data_dir} cannot be made ({error.strerror}). Name another directory."
        ) from error
    if not os.access(data_dir, os.W_OK):
        raise SettingsError(f"DATA_DIR={data_dir} cannot be written. Make it writable, or name another directory.")


def _token(settings: Settings) -> Secret:
    if settings.telegram_bot_token is None:
        raise SettingsError(HOW_TO_BEGIN)
    return settings.telegram_bot_token
