"""The buttons below a message; what a press sends back is a short key into the journal, or a page's number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.choices import Choice, PeoplePage, number_mark
from bot.journal import SentAnswer, Vote
from bot.remarks import was_written_out
from bot.telegram_html import shortened
from bot.wording import Wording

ASK = re.compile(r"ask:([0-9a-f]{1,32}):([0-9]{1,3})")
PEOPLE = re.compile(r"people:([0-9]{1,6})")
ANSWER = re.compile(r"(?P<button>[a-z]{1,12}):(?P<key>[\w-]{8,24})(?::(?P<number>[0-9]{1,3}))?", re.ASCII)

CONTEXT, BACK, SOURCES, FILE, PAGE = "context", "back", "sources", "file", "page"
MORE, MORE_BY, ALONE, UP, DOWN = "more", "by", "alone", "up", "down"
"""The buttons of an answer, as ANSWER reads them."""

LONGEST_LABEL_UNITS = 60
LONGEST_NAME_UNITS = 30
MOST_IN_A_ROW = 3


def choice_keyboard(choices: Sequence[Choice], key: str) -> InlineKeyboardMarkup:
    """One button for each choice."""
    return InlineKeyboardMarkup(_choice_rows(choices, key))


def people_keyboard(people: PeoplePage, key: str) -> InlineKeyboardMarkup:
    """One button for each person of the page, and below them those that turn it."""
    turning = [
        InlineKeyboardButton(sign, callback_data=f"people:{page}")
        for sign, page in (("‹", people.page - 1), ("›", people.page + 1))
        if 1 <= page <= people.pages
    ]
    return InlineKeyboardMarkup(
        [*_choice_rows(people.choices, key), turning] if turning else _choice_rows(people.choices, key)
    )


def answer_keyboard(
    sent: SentAnswer, wording: Wording, vote: Vote | None = None, share: InlineKeyboardButton | None = None
) -> InlineKeyboardMarkup | None:
    """What can be done with an answer; None where there is nothing. `vote` is marked as the reader's own."""
    answer = sent.answer
    quotes = answer.quotes or answer.closest
    rows: list[list[InlineKeyboardButton]] = []
    last = [*([share] if share else []), *_vote_buttons(sent, vote)]
    if was_written_out(answer) and ALONE not in sent.pressed:
        rows.append([_button(wording.say("button_alone"), ALONE, sent)])
    if len(quotes) == 1:
        context = _button(wording.say("button_context"), CONTEXT, sent, 1)
        rows.append([context, _button(wording.say("button_source"), SOURCES, sent), *last])
    elif quotes:
        numbered = [
            (number, f"{wording.say('button_context')} {number_mark(number)}") for number, _ in enumerate(quotes, 1)
        ]
        rows += _in_rows([_button(label, CONTEXT, sent, number) for number, label in numbered])
        rows.append([_button(wording.say("button_sources"), SOURCES, sent), *last])
    rows.append(_more_buttons(sent, wording))
    return _keyboard(rows)


def context_keyboard(
    sent: SentAnswer,
    wording: Wording,
    share: InlineKeyboardButton | None = None,
    page: InlineKeyboardButton | None = None,
) -> InlineKeyboardMarkup:
    """What leads from a quote's context back to the answer, or on to its source."""
    sources = _button(wording.say("button_source"), SOURCES, sent)
    back = _button(wording.say("button_back"), BACK, sent)
    return InlineKeyboardMarkup([[back, sources, *([page] if page else []), *([share] if share else [])]])


def page_button(sent: SentAnswer, number: int, page: int, wording: Wording) -> InlineKeyboardButton:
    """The button for the picture of the page that the quote of that number is on."""
    return _button(wording.say("button_page", page=str(page)), PAGE, sent, number)


def page_mark(number: int) -> str:
    """By which an answer keeps that the page of the quote of that number has been shown."""
    return f"{PAGE}:{number}"


def sources_keyboard(sent: SentAnswer, files: Sequence[tuple[int, str]], wording: Wording) -> InlineKeyboardMarkup:
    """What leads from the cards back to the answer, and a button for each of `files`: a quote's number, a name."""
    rows = [[_button(wording.say("button_file", name=name), FILE, sent, number)] for number, name in files]
    return InlineKeyboardMarkup([*rows, [_button(wording.say("button_back"), BACK, sent)]])


def _more_buttons(sent: SentAnswer, wording: Wording) -> list[InlineKeyboardButton]:
    found = []
    if sent.answer.more and MORE not in sent.pressed:
        found.append(_button(wording.say("button_more", count=sent.answer.more), MORE, sent))
    if sent.speaker and MORE_BY not in sent.pressed:
        name = shortened(sent.speaker, LONGEST_NAME_UNITS)
        found.append(_button(wording.say("button_more_by", name=name), MORE_BY, sent))
    return found


def _vote_buttons(sent: SentAnswer, vote: Vote | None) -> list[InlineKeyboardButton]:
    return [
        _button(f"{sign} ✓" if vote is meaning else sign, button, sent)
        for sign, button, meaning in (("👍", UP, Vote.UP), ("👎", DOWN, Vote.DOWN))
    ]


def _button(label: str, button: str, sent: SentAnswer, number: int | None = None) -> InlineKeyboardButton:
    data = f"{button}:{sent.key}" if number is None else f"{button}:{sent.key}:{number}"
    return InlineKeyboardButton(shortened(label, LONGEST_LABEL_UNITS), callback_data=data)


def _in_rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """The buttons in rows as even as can be."""
    rows = -(-len(buttons) // MOST_IN_A_ROW)
    return [list(buttons[len(buttons) * n // rows : len(buttons) * (n + 1) // rows]) for n in range(rows)]


def _keyboard(rows: Iterable[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None


def _choice_rows(choices: Sequence[Choice], key: str) -> list[list[InlineKeyboardButton]]:
    return [
        [InlineKeyboardButton(shortened(choice.label, LONGEST_LABEL_UNITS), callback_data=f"ask:{key}:{number}")]
        for number, choice in enumerate(choices)
    ]
