"""What a person can read about the bot and its folder → Telegram messages in HTML; pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.choices import PeoplePage
from bot.citation import cite_document
from bot.rendering import LONGEST_TITLE_UNITS, render_source
from bot.telegram_html import LINE, code, packed, plain, said, shortened
from bot.wording import Wording
from retrieval import Document

MOST_SOURCES = 60


def render_sources(documents: Sequence[Document], wording: Wording) -> tuple[str, ...]:
    """The list of documents as messages."""
    if not documents:
        return (said(wording.phrases("sources_none")).code,)
    blocks = [
        render_source(cite_document(document.path, document.metadata, wording)) for document in documents[:MOST_SOURCES]
    ]
    more = len(documents) - MOST_SOURCES
    closing = [said(wording.phrases("sources_more", count=str(more)))] if more > 0 else []
    opening = said(wording.phrases("sources", count=str(len(documents))))
    return tuple(message.code for message in packed([opening, *blocks, *closing]))


def render_people(people: PeoplePage, wording: Wording) -> str:
    """What stands above the buttons of a page of people."""
    if not people.people:
        return said(wording.phrases("people_none")).code
    lines = [said(wording.phrases("people", count=str(people.people)))]
    if people.pages > 1:
        lines.append(said(wording.phrases("people_page", page=str(people.page), pages=str(people.pages))))
    return LINE.joined(lines).code


def render_welcome(examples: Sequence[str], wording: Wording, *, whole: bool) -> tuple[str, ...]:
    """What the bot is for, with questions that it can answer; `whole` adds all that it can do."""
    blocks = [said(wording.phrases("start"))]
    if whole:
        blocks.append(said(wording.phrases("help")))
    if examples:
        tries = [plain("• ") + code(shortened(example, LONGEST_TITLE_UNITS)) for example in examples]
        blocks.append(LINE.joined([said(wording.phrases("try")), *tries]))
    if whole:
        blocks += [said(wording.phrases("help_commands")), said(wording.phrases("help_groups"))]
    return tuple(message.code for message in packed(blocks))
