"""Which updates go to the rooms of owners and of sharing; they are asked before the rooms that everybody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.handlers.admitting import ADMIT, Admitting
from bot.handlers.answers import Answers
from bot.handlers.errands import REMOVAL, UPLOAD, Confirmation
from bot.handlers.inline import InlineQuotes
from bot.handlers.languages import Languages
from bot.handlers.menus import set_own_menu
from bot.handlers.news import FolderNews
from bot.handlers.owners import Owners
from bot.handlers.ownership import Ownership
from bot.handlers.reactions import Reactions
from bot.handlers.removing import Removing
from bot.handlers.sharing import OPENING, Sharing
from bot.handlers.uploads import Uploads
from bot.journal import Journal
from bot.shelf import Shelf
from retrieval import Library

Route = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, Any]


@dataclass(frozen=True, slots=True)
class House:
    """What every room needs."""

    library: Library
    journal: Journal
    languages: Languages
    shelf: Shelf


def owner_routes(house: House, owners: frozenset[int], news: FolderNews, admitting: Admitting) -> list[Route]:
    """What owners do: commands, files that they send, and the buttons that confirm."""
    ownership = Ownership(owners, house.languages)
    confirmation = Confirmation(house.journal, ownership)
    rooms = (house.library, house.shelf, house.journal)
    asked = Owners(*rooms, news)
    uploads = Uploads(*rooms, house.languages, confirmation)
    removing = Removing(*rooms, house.languages, confirmation)
    new = filters.UpdateType.MESSAGE
    commands = {
        "status": asked.status,
        "reload": asked.reload,
        "remove": removing.ask,
        "stats": asked.stats,
        "unanswered": asked.unanswered,
        "feedback": asked.feedback,
    }
    by_owner = filters.User(owners)
    file = new & filters.ChatType.PRIVATE & filters.Document.ALL & ~filters.ANIMATION & (by_owner | ~filters.CAPTION)
    return [
        *(CommandHandler(name, ownership.guarded(deed), new) for name, deed in commands.items()),
        MessageHandler(file, ownership.guarded_file(uploads.preview)),
        CallbackQueryHandler(uploads.press, UPLOAD),
        CallbackQueryHandler(removing.press, REMOVAL),
        CallbackQueryHandler(admitting.press, ADMIT),
    ]


def greeting_routes(owners: frozenset[int]) -> list[Route]:
    """What else happens when an owner greets the bot."""
    by_owner = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(owners)
    return [CommandHandler("start", set_own_menu, by_owner)] if owners else []


def sharing_routes(house: House, answers: Answers, *, is_open: bool) -> list[Route]:
    """What becomes of quotes elsewhere, and what is thought of them. `is_open` says that everybody may ask."""
    inline = InlineQuotes(house.library, house.languages, is_open=is_open)
    sharing = Sharing(house.library, house.journal, house.languages, answers)
    new = filters.UpdateType.MESSAGE
    return [
        InlineQueryHandler(inline.answer),
        MessageHandler(new & filters.Regex(OPENING), sharing.open),
        CommandHandler("cite", sharing.cite, new),
        MessageReactionHandler(Reactions(answers, house.journal).count),
    ]
