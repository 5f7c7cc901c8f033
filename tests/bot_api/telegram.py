"""What stands where Telegram stands: it hands out updates, takes messages, and refuses what Telegram refuses."""

from __future__ import annotations

import itertools
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot_api.markup import MarkupError, Parsed, count_units, parse_markup

TOKEN = "123456:AAF-made_up-token-for-tests-0123456789"
BOT = {"id": 123456, "is_bot": True, "first_name": "Chapter", "username": "chapter_test_bot"}
SENDING = {
    "chat_id",
    "text",
    "parse_mode",
    "link_preview_options",
    "reply_parameters",
    "message_thread_id",
    "reply_markup",
    "disable_notification",
    "protect_content",
}


EDITING = {"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"}
LONGEST_DATA_BYTES = 64
LONGEST_TOAST = 200


class RefusalError(Exception):
    """What Telegram answers with another status than 200."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.body["parameters"] = parameters


@dataclass
class Sent:
    """One message that the bot sent, as its reader sees it."""

    chat: int
    code: str
    parsed: Parsed
    thread: int | None = None
    replies_to: int | None = None
    buttons: dict[str, str] = field(default_factory=dict)
    message: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.parsed.text


@dataclass
class Telegram:
    """The state of the far side; safe to use from several threads."""

    token: str = TOKEN
    sent: list[Sent] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    refusals: deque[RefusalError] = field(default_factory=deque)
    menus: dict[str, list[str]] = field(default_factory=dict)
    presses: dict[str, list[str | None]] = field(default_factory=dict)
    allowed_updates: list[str] | None = None
    updates: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._chats: dict[int, dict[str, Any]] = {}
        self._changed = threading.Condition()

    def write(self, text: str | None, chat: int = 7, *, kind: str = "message", **changes: Any) -> dict[str, Any]:
        """A person writes `text`; the update waits to be fetched, and is returned."""
        message = person_message(text, chat, next(self._numbers), **changes)
        with self._changed:
            self._chats[chat] = message["chat"]
            update = {"update_id": next(self._numbers), kind: message}
            self.updates.append(update)
            self._changed.notify_all()
        return update

    def press(self, message: Sent, button: str, *, by: int | None = None, **changes: Any) -> dict[str, Any]:
        """A person presses the button of that label below `message`; `presses` tells what each press was answered."""
        return self.press_data(message.message, message.buttons[button], by=by, **changes)

    def press_data(
        self, message: dict[str, Any], data: str, *, by: int | None = None, **changes: Any
    ) -> dict[str, Any]:
        """A press with any data at all, below any message."""
        number = str(next(self._numbers))
        who = by if by is not None else max(message["chat"]["id"], 7)
        query = {"id": number, "message": message, "chat_instance": "1", "data": data}
        query["from"] = {"id": who, "is_bot": False, "first_name": "Min", "language_code": "en"}
        with self._changed:
            self.presses[number] = []
            update = {"update_id": next(self._numbers), "callback_query": query | changes}
            self.updates.append(update)
            self._changed.notify_all()
        return update

    def wait_for(self, count: int, timeout_seconds: float = 10) -> list[Sent]:
        """The messages sent, as soon as there are `count` of them."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.sent) >= count, timeout_seconds), [m.text for m in self.sent]
            return list(self.sent)

    def answer(
        self, path: str, parameters: Mapping[str, Any], *, patience_seconds: float = 0
    ) -> tuple[int, dict[str, Any]]:
        """Status and body for a request; `patience_seconds` bounds how long getUpdates waits for one."""
        try:
            return 200, {"ok": True, "result": self._call(path, parameters, patience_seconds)}
        except RefusalError as refusal:
            return refusal.status, refusal.body

    def _call(self, path: str, parameters: Mapping[str, Any], patience_seconds: float) -> Any:
        match = re.fullmatch(r"/bot([^/]+)(?:/test)?/(\w+)", path)
        if not match or not re.fullmatch(r"\d+:[\w-]+", match[1]):
            raise RefusalError(404, "Not Found")
        if match[1] != self.token:
            raise RefusalError(401, "Unauthorized")
        self.calls.append(match[2])
        if match[2] == "getUpdates":
            return self._get_updates(parameters, patience_seconds)
        method = self._methods.get(match[2])
        if method is None:
            raise RefusalError(404, "Not Found: method not found")
        return method(parameters)

    @property
    def _methods(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        return {
            "getMe": lambda _: BOT,
            "deleteWebhook": lambda _: True,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_text,
            "answerCallbackQuery": self._answer_press,
            "setMyCommands": self._set_commands,
        }

    def _get_updates(self, parameters: Mapping[str, Any], patience_seconds: float) -> list[dict[str, Any]]:
        offset = int(parameters.get("offset", 0))
        if "allowed_updates" in parameters:
            self.allowed_updates = json.loads(parameters["allowed_updates"])
        until = time.monotonic() + min(patience_seconds, float(parameters.get("timeout", 0)))
        with self._changed:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            while not self.updates and time.monotonic() < until:
                self._changed.wait(until - time.monotonic())
            return self.updates[:100]

    def _send_message(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        if self.refusals:
            raise self.refusals.popleft()
        unknown = set(parameters) - SENDING
        assert not unknown, f"sendMessage does not know {unknown}"
        chat = self._chats.get(int(parameters["chat_id"]))
        if chat is None:
            raise RefusalError(400, "Bad Request: chat not found")
        parsed = self._parse(parameters)
        reply = json.loads(parameters.get("reply_parameters", "{}"))
        thread = int(parameters["message_thread_id"]) if "message_thread_id" in parameters else None
        buttons = _read_buttons(parameters)
        message = {"message_id": next(self._numbers), "date": 1, "chat": chat, "from": BOT, "text": parsed.text}
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        sent = Sent(chat["id"], parameters["text"], parsed, thread, reply.get("message_id"), buttons, message)
        with self._changed:
            self.sent.append(sent)
            self._changed.notify_all()
        return message

    def _edit_text(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        unknown = set(parameters) - EDITING
        assert not unknown, f"editMessageText does not know {unknown}"
        place = int(parameters["chat_id"]), int(parameters["message_id"])
        sent = next((one for one in self.sent if (one.chat, one.message["message_id"]) == place), None)
        if sent is None:
            raise RefusalError(400, "Bad Request: message to edit not found")
        buttons = _read_buttons(parameters)
        if (sent.code, sent.buttons) == (parameters["text"], buttons):
            raise RefusalError(400, "Bad Request: message is not modified")
        sent.code, sent.parsed, sent.buttons = parameters["text"], self._parse(parameters), buttons
        return sent.message | {"text": sent.text, "edit_date": 2}

    def _answer_press(self, parameters: Mapping[str, Any]) -> bool:
        answers = self.presses.get(parameters["callback_query_id"])
        if answers is None:
            raise RefusalError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        text = parameters.get("text")
        assert text is None or 0 < len(text) <= LONGEST_TOAST, text
        answers.append(text)
        return True

    @staticmethod
    def _parse(parameters: Mapping[str, Any]) -> Parsed:
        if parameters.get("parse_mode") != "HTML":
            return Parsed(parameters["text"], ())
        try:
            parsed = parse_markup(parameters["text"])
        except MarkupError as error:
            raise RefusalError(400, f"Bad Request: can't parse entities: {error}") from error
        if not parsed.text.strip():
            raise RefusalError(400, "Bad Request: message text is empty")
        if parsed.units > 4096:
            raise RefusalError(400, "Bad Request: message is too long")
        if len(parsed.entities) > 100:
            raise RefusalError(400, "Bad Request: too many entities (Telegram would drop the last ones)")
        return parsed

    def _set_commands(self, parameters: Mapping[str, Any]) -> bool:
        commands = json.loads(parameters["commands"])
        assert all(
            re.fullmatch(r"[a-z0-9_]{1,32}", c["command"]) and 0 < len(c["description"]) <= 256 for c in commands
        )
        self.menus[parameters.get("language_code", "")] = [c["command"] for c in commands]
        return True


def _read_buttons(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Each button's label and data; refuses what Telegram refuses."""
    if "reply_markup" not in parameters:
        return {}
    rows = json.loads(parameters["reply_markup"])["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    assert all(rows), "an empty row of buttons"
    if len(buttons) > 100:
        raise RefusalError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button["text"].strip():
            raise RefusalError(400, "Bad Request: text buttons must be non-empty")
        if not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA_BYTES:
            raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
    return {button["text"]: button["callback_data"] for button in buttons}


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
        message["text"] = text
        message["entities"] = [
            {"type": kind, "offset": count_units(text[: found.start()]), "length": count_units(found[0])}
            for kind, pattern in (("bot_command", r"^/\w+(@\w+)?"), ("mention", r"(?<![\w/])@\w{5,}"))
            for found in re.finditer(pattern, text)
        ]
    return message | changes
