"""Which room each update goes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)

from bot.handlers.admission import Admission
from bot.handlers.admitting import ADMIT, Admitting
from bot.handlers.answer_buttons import AnswerButtons
from bot.handlers.answers import Answers
from bot.handlers.buttons import Buttons
from bot.handlers.commands import Commands
from bot.handlers.errands import REMOVAL, UPLOAD, Confirmation
from bot.handlers.failures import Failures
from bot.handlers.forgetting import Forgetting
from bot.handlers.groups import Groups
from bot.handlers.guests import Guests
from bot.handlers.inline import InlineQuotes
from bot.handlers.keyboards import ASK, PEOPLE
from bot.handlers.language_choice import LanguageChoice
from bot.handlers.languages import Languages
from bot.handlers.menus import set_own_menu
from bot.handlers.news import FolderNews
from bot.handlers.owners import Owners
from bot.handlers.ownership import Ownership
from bot.handlers.pace import Pace
from bot.handlers.page_keyboards import FORGET, LANGUAGE, LIST
from bot.handlers.people import PeopleList
from bot.handlers.questions import Questions
from bot.handlers.quoted_pages import QuotedPages
from bot.handlers.reactions import Reactions
from bot.handlers.removing import Removing
from bot.handlers.sharing import OPENING, Sharing
from bot.handlers.sources import SourcesList
from bot.handlers.uploads import Uploads
from bot.handlers.views import Views
from bot.inbox import Inbox
from bot.journal import Journal
from bot.settings import Settings
from bot.shelf import Shelf
from retrieval import Library

NEW, EDITED = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
"""What people write; posts of channels are neither."""

Route = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, Any]


@dataclass(frozen=True, slots=True)
class House:
    """What every room needs."""

    library: Library
    journal: Journal
    languages: Languages
    shelf: Shelf
    inbox: Inbox
    guests: Guests


def add_routes(
    application: Application[Any, Any, Any, Any, Any, Any],
    settings: Settings,
    house: House,
    limit: int,
    news: FolderNews,
) -> None:
    """Let each update find its room: first come those that only some of them enter."""
    owners, languages = settings.owners, house.languages
    admitting = Admitting(owners, house.journal, house.guests, languages, Ownership(owners, languages))
    admission = Admission(settings.allowed_chats, owners, languages, house.guests, admitting)
    answers = Answers(house.library, house.journal, languages, limit)
    groups = Groups(house.journal, house.guests, settings.allowed_chats)
    pace = Pace(settings.questions_a_minute, owners, languages)
    for group, first in ((-3, groups.check), (-2, admission.check), (-1, pace.check)):
        application.add_handler(TypeHandler(Update, first), group=group)
    application.add_handlers(owner_routes(house, owners, news, admitting))
    application.add_handlers(sharing_routes(house, answers, is_open=admission.is_open))
    application.add_handlers(page_routes(house, settings))
    application.add_handlers(asking_routes(house, settings, answers))
    application.add_handlers(greeting_routes(owners), group=1)
    application.add_error_handler(Failures(languages).report)


def page_routes(house: House, settings: Settings) -> list[Route]:
    """What the bot tells of itself, of its folder, and of who asks."""
    rooms = (house.library, house.journal, house.languages)
    commands = Commands(*rooms, settings.retention_days, settings.owners)
    people, sources = PeopleList(*rooms), SourcesList(*rooms, settings.owners)
    language, forgetting = LanguageChoice(*rooms[1:]), Forgetting(*rooms[1:], house.inbox)
    shown = {
        "start": commands.start,
        "help": commands.help,
        "about": commands.about,
        "privacy": commands.privacy,
        "sources": sources.show,
        "people": people.show,
        "language": language.show,
        "forget": forgetting.ask,
    }
    return [
        *(CommandHandler(name, show, NEW) for name, show in shown.items()),
        CallbackQueryHandler(people.turn, PEOPLE),
        CallbackQueryHandler(sources.turn, LIST),
        CallbackQueryHandler(language.choose, LANGUAGE),
        CallbackQueryHandler(forgetting.confirm, FORGET),
    ]


def asking_routes(house: House, settings: Settings, answers: Answers) -> list[Route]:
    """Questions, and the buttons of answers; whatever is left, a command or a press, is told that nobody knows it."""
    journal, languages = house.journal, house.languages
    questions, buttons = Questions(answers, journal, languages), Buttons(answers, journal, languages)
    views = Views(answers, house.library, journal, settings.knowledge_dir if settings.send_files else None)
    pages = QuotedPages(answers, house.library, journal, views, is_allowed=settings.send_files)
    answer_buttons = AnswerButtons(answers, journal, languages, views, pages)
    unknown = Commands(house.library, journal, languages, settings.retention_days)
    words = filters.TEXT | filters.CAPTION
    no_words = NEW & filters.ChatType.PRIVATE & ~words & ~filters.StatusUpdate.ALL
    return [
        CommandHandler("ask", questions.answer_command, NEW),
        CommandHandler("ask", questions.answer_edited, EDITED),
        MessageHandler(NEW & filters.COMMAND, unknown.explain_unknown),
        MessageHandler(NEW & words, questions.answer_text),
        MessageHandler(EDITED & words & ~filters.COMMAND, questions.answer_edited),
        MessageHandler(no_words, questions.explain_text),
        CallbackQueryHandler(buttons.ask, ASK),
        CallbackQueryHandler(answer_buttons.press),
    ]


def owner_routes(house: House, owners: frozenset[int], news: FolderNews, admitting: Admitting) -> list[Route]:
    """What owners do: commands, files that they send, and the buttons that confirm."""
    ownership = Ownership(owners, house.languages)
    confirmation = Confirmation(house.journal, ownership)
    rooms = (house.library, house.shelf, house.journal)
    asked = Owners(*rooms, news)
    uploads = Uploads(*rooms, house.languages, confirmation)
    removing = Removing(*rooms, house.languages, confirmation)
    commands = {
        "status": asked.status,
        "reload": asked.reload,
        "remove": removing.ask,
        "stats": asked.stats,
        "unanswered": asked.unanswered,
        "feedback": asked.feedback,
    }
    by_owner = filters.User(owners)
    file = NEW & filters.ChatType.PRIVATE & filters.Document.ALL & ~filters.ANIMATION & (by_owner | ~filters.CAPTION)
    return [
        *(CommandHandler(name, ownership.guarded(deed), NEW) for name, deed in commands.items()),
        MessageHandler(file, ownership.guarded_file(uploads.preview)),
        CallbackQueryHandler(uploads.press, UPLOAD),
        CallbackQueryHandler(removing.press, REMOVAL),
        CallbackQueryHandler(admitting.press, ADMIT),
    ]


def greeting_routes(owners: frozenset[int]) -> list[Route]:
    """What else happens when an owner greets the bot."""
    by_owner = NEW & filters.ChatType.PRIVATE & filters.User(owners)
    return [CommandHandler("start", set_own_menu, by_owner)] if owners else []


def sharing_routes(house: House, answers: Answers, *, is_open: bool) -> list[Route]:
    """What becomes of quotes elsewhere, and what is thought of them. `is_open` says that everybody may ask."""
    inline = InlineQuotes(house.library, house.languages, is_open=is_open)
    sharing = Sharing(house.library, house.journal, house.languages, answers)
    return [
        InlineQueryHandler(inline.answer),
        MessageHandler(NEW & filters.Regex(OPENING), sharing.open),
        CommandHandler("cite", sharing.cite, NEW),
        MessageReactionHandler(Reactions(answers, house.journal).count),
    ]
