"""What a person can read about the bot, its folder and what it keeps → Telegram messages in HTML; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.about import about
from bot.choices import Choice, PeoplePage
from bot.journal import Forgotten
from bot.listing import SourcesPage, cite_listed, listed_as
from bot.rendering import LONGEST_TITLE_UNITS, render_source
from bot.telegram_html import GAP, LINE, Html, code, packed, plain, said, shortened
from bot.wording import Sentence, Wording
from retrieval import Cover, Library, Problem

LONGEST_LISTED_UNITS = 160
LONGEST_DETAIL_UNITS = 60
MOST_PROBLEMS = 5
"""Of problems that an owner sees beside a list; `check` names them all."""


def render_sources(sources: SourcesPage, wording: Wording, problems: Sequence[Problem] = ()) -> str:
    """What stands above the buttons of a page of documents; `problems` are for the eyes of an owner."""
    blocks = [said(listed_as(sources, wording))]
    blocks += [_listed(document, wording) for document in sources.documents]
    if sources.pages > 1:
        turned = said(wording.phrases("page_of", page=sources.page, pages=sources.pages))
        hint = [] if sources.words else [said(wording.phrases("sources_search"))]
        blocks.append(LINE.joined([turned, *hint]))
    if problems:
        shown = [_problem(problem) for problem in problems[:MOST_PROBLEMS]]
        blocks.append(LINE.joined([said(wording.phrases("problems", count=len(problems))), *shown]))
    return packed(blocks)[0].code


def _listed(document: Cover, wording: Wording) -> Html:
    """A document in so few words that a page of them fits a message."""
    cited = cite_listed(document, wording)
    details = tuple(shortened(detail, LONGEST_DETAIL_UNITS) for detail in cited.details)
    return render_source(replace(cited, title=shortened(cited.title, LONGEST_LISTED_UNITS), details=details))


def _problem(problem: Problem) -> Html:
    return plain(shortened(f"• {problem.where}: {problem.what} {problem.remedy}".strip(), LONGEST_LISTED_UNITS))


def render_people(people: PeoplePage, wording: Wording) -> str:
    """What stands above the buttons of a page of people."""
    if not people.people:
        return said(wording.phrases("people_none")).code
    lines = [said(wording.phrases("people", count=people.people))]
    if people.pages > 1:
        lines.append(said(wording.phrases("page_of", page=people.page, pages=people.pages)))
    return LINE.joined(lines).code


def render_welcome(examples: Sequence[Choice], wording: Wording, *, pressable: bool) -> tuple[str, ...]:
    """What the bot is for; below it stand the examples as buttons, unless they are not `pressable`."""
    opening = said(wording.phrases("start"))
    return _messages([opening, *_examples(examples, wording, pressable=pressable)])


def render_help(
    examples: Sequence[Choice],
    commands: Iterable[str],
    wording: Wording,
    *,
    pressable: bool,
    notes: Sequence[Sentence] = (),
) -> tuple[str, ...]:
    """All that can be asked and commanded, and `notes` that are not for all.

    Below it stand the examples as buttons, unless they are not `pressable`.
    """
    lines = [plain(f"/{command}: {wording.say(f'command_{command}')}") for command in commands]
    blocks = [said(wording.phrases("help")), LINE.joined(lines), said(wording.phrases("help_groups"))]
    return _messages([*blocks, *map(said, notes), *_examples(examples, wording, pressable=pressable)])


def _examples(examples: Sequence[Choice], wording: Wording, *, pressable: bool) -> list[Html]:
    if not examples:
        return []
    if pressable:
        return [said(wording.phrases("try_buttons"))]
    tries = [plain("• ") + code(shortened(example.label, LONGEST_TITLE_UNITS)) for example in examples]
    return [LINE.joined([said(wording.phrases("try")), *tries])]


def render_about(library: Library, wording: Wording) -> str:
    """What is promised and what not, and what the folder holds now."""
    return GAP.joined(map(said, about(library, wording))).code


def render_privacy(retention_days: int, wording: Wording) -> str:
    """What is kept of those who ask, for how long and where, and what is not."""
    days = wording.phrases("privacy_days", count=retention_days) if retention_days else None
    how_long = said(days or wording.phrases("privacy_for_good"))
    ending = LINE.joined([how_long, said(wording.phrases("privacy_forget"))])
    kept, not_kept, where = (said(wording.phrases(f"privacy_{key}")) for key in ("kept", "not_kept", "where"))
    return GAP.joined([kept, not_kept, where, ending]).code


def render_forgotten(forgotten: Forgotten, wording: Wording) -> str:
    """What was deleted, and how much of it."""
    counts = {
        "forgotten_answers": forgotten.answers,
        "forgotten_votes": forgotten.votes,
        "forgotten_buttons": forgotten.buttons,
        "forgotten_languages": forgotten.languages,
    }
    things = [wording.say(key, count=count) for key, count in counts.items() if count]
    sentence = wording.phrases("forgotten", things=", ".join(things)) if things else None
    return said(sentence or wording.phrases("forgotten_nothing")).code


def render_language(wording: Wording, *, chosen: bool) -> str:
    """Which language is spoken, and why."""
    spoken = wording.phrases("language_now", language=wording.say("language_name"))
    sentence = spoken if chosen else wording.phrases("language_unchosen")
    return LINE.joined([said(sentence), said(wording.phrases("language_quotes"))]).code


def _messages(blocks: Iterable[Html]) -> tuple[str, ...]:
    return tuple(message.code for message in packed(blocks))
