"""What stands in a chat: messages with their buttons, read as strictly as Telegram reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .markup import MarkupError, Parsed, count_units, parse_markup

LONGEST_UNITS = 4096
MOST_ENTITIES = 100
LONGEST_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8


class RefusalError(Exception):
    """What Telegram answers with another status than 200."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters


@dataclass(frozen=True)
class Button:
    """What stands on a button, and what a press sends back, or the address that it opens."""

    label: str
    data: str
    url: str = ""


@dataclass
class Sent:
    """One message that the bot sent, as its reader sees it; `file` is the name and content of a document or picture."""

    chat: int
    code: str
    parsed: Parsed
    thread: int | None = None
    replies_to: int | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    message: dict[str, Any] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None

    @property
    def text(self) -> str:
        return self.parsed.text

    @property
    def number(self) -> int:
        return int(self.message["message_id"])

    @property
    def labels(self) -> list[list[str]]:
        """What stands on the buttons, row by row."""
        return [[button.label for button in row] for row in self.rows]

    @property
    def buttons(self) -> dict[str, str]:
        """Each label with what a press on it sends back."""
        return {button.label: button.data for row in self.rows for button in row if not button.url}

    @property
    def links(self) -> dict[str, str]:
        """Each label with the address that a press on it opens."""
        return {button.label: button.url for row in self.rows for button in row if button.url}


def read_text(parameters: Mapping[str, Any]) -> Parsed:
    """The text as a reader sees it; refuses what Telegram refuses."""
    if parameters.get("parse_mode") != "HTML":
        parsed = Parsed(parameters["text"], ())
    else:
        try:
            parsed = parse_markup(parameters["text"])
        except MarkupError as error:
            raise RefusalError(400, f"Bad Request: can't parse entities: {error}") from error
    if not parsed.text.strip():
        raise RefusalError(400, "Bad Request: message text is empty")
    if parsed.units > LONGEST_UNITS:
        raise RefusalError(400, "Bad Request: message is too long")
    if len(parsed.entities) > MOST_ENTITIES:
        raise RefusalError(400, "Bad Request: too many entities (Telegram would drop the last ones)")
    return parsed


def read_rows(parameters: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    """The buttons below a message; refuses what Telegram refuses."""
    if "reply_markup" not in parameters:
        return ()
    markup = json.loads(parameters["reply_markup"])
    assert set(markup) == {"inline_keyboard"}, markup
    rows = tuple(tuple(map(_read_button, row)) for row in markup["inline_keyboard"])
    assert all(rows), "an empty row of buttons"
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise RefusalError(400, "Bad Request: reply markup is too long")
    return rows


def _read_button(button: Mapping[str, Any]) -> Button:
    assert set(button) in ({"text", "callback_data"}, {"text", "url"}), button
    if not button["text"].strip():
        raise RefusalError(400, "Bad Request: text buttons must be non-empty")
    if "url" in button:
        if not re.fullmatch(r"https?://[!-~]+", button["url"]):
            raise RefusalError(400, "Bad Request: BUTTON_URL_INVALID")
        return Button(button["text"], "", button["url"])
    if not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA_BYTES:
        raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
    return Button(button["text"], button["callback_data"])


def person_message(text: str | None, chat: int, number: int, **changes: Any) -> dict[str, Any]:
    """A message as Telegram hands it over; a chat below 0 is a group."""
    place = {"id": chat, "type": "private" if chat > 0 else "supergroup"}
    message: dict[str, Any] = {
        "message_id": number,
        "date": 1,
        "chat": place,
        "from": {"id": 7 if chat < 0 else chat, "is_bot": False, "first_name": "Min", "language_code": "en"},
    }
    if text is not None:
        message |= {"text": text, "entities": entities_of(text)}
    return message | changes


def entities_of(text: str) -> list[dict[str, Any]]:
    """The command and the mentions that Telegram finds in a text."""
    return [
        {"type": kind, "offset": count_units(text[: found.start()]), "length": count_units(found[0])}
        for kind, pattern in (("bot_command", r"^/\w+(@\w+)?"), ("mention", r"(?<![\w/])@\w{5,}"))
        for found in re.finditer(pattern, text)
    ]
