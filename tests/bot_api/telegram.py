"""What stands where Telegram stands: it hands out updates, takes messages, and refuses what Telegram refuses."""

from __future__ import annotations

import itertools
import json
import re
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from .faults import NO_FAULTS, REFUSALS, Fault, Faults, UnansweredError
from .files import Files
from .inline import InlineAnswer, read_inline_answer
from .markup import Parsed, count_units
from .messages import RefusalError, Sent, entities_of, person_message, read_rows, read_text

__all__ = ["BOT", "TOKEN", "RefusalError", "Sent", "Telegram"]

TOKEN = "123456:AAF-made_up-token-for-tests-0123456789"
BOT = {"id": 123456, "is_bot": True, "first_name": "Chapter", "username": "chapter_test_bot"}
KNOWN = {
    "sendMessage": {
        "chat_id", "text", "parse_mode", "link_preview_options", "reply_parameters", "message_thread_id",
        "reply_markup", "disable_notification", "protect_content",
    },
    "editMessageText": {"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"},
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "deleteMessage": {"chat_id", "message_id"},
    "sendChatAction": {"chat_id", "action", "message_thread_id"},
    "sendDocument": {"chat_id", "document", "reply_parameters", "message_thread_id", "disable_content_type_detection"},
    "sendPhoto": {"chat_id", "photo", "caption", "reply_parameters", "message_thread_id"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
    "answerInlineQuery": {"inline_query_id", "results", "cache_time", "is_personal", "next_offset", "button"},
    "getFile": {"file_id"},
    "setMyCommands": {"commands", "scope", "language_code"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
}  # fmt: skip
"""The parameters of each method that the bot may use."""
LONGEST_TOAST = 200
LONGEST_INQUIRY = 256
LARGEST_FILE_BYTES = 50 * 1024 * 1024
LARGEST_PHOTO_BYTES = 10 * 1024 * 1024
LONGEST_CAPTION = 1024

UPDATE_NUMBERS = itertools.count(1)
"""They go on for as long as there is the bot, whatever stands where Telegram stands."""

Parameters = Mapping[str, Any]


@dataclass
class Telegram:
    """The state of the far side; safe to use from several threads."""

    token: str = TOKEN
    sent: list[Sent] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    refusals: deque[RefusalError] = field(default_factory=deque)
    menus: dict[str, list[str]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    presses: dict[str, list[str | None]] = field(default_factory=dict)
    inquiries: dict[str, list[InlineAnswer]] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    webhook: Parameters = field(default_factory=dict)
    allowed_updates: list[str] | None = None
    updates: list[dict[str, Any]] = field(default_factory=list)
    faults: Faults = NO_FAULTS
    slowness_seconds: float = 0.0
    """How long a request takes over HTTP, at most; polls aside."""
    repeats: bool = False
    """Whether a press or an inline query may be answered again, by a bot that was ended before it knew."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._chats: dict[int, dict[str, Any]] = {}
        self._written: set[tuple[int, int]] = set()
        self._changed = threading.Condition()

    def write(self, text: str | None, chat: int = 7, *, kind: str = "message", **changes: Any) -> dict[str, Any]:
        """A person writes `text`; the update waits to be fetched, and is returned."""
        message = person_message(text, chat, next(self._numbers), **changes)
        with self._changed:
            self._chats[chat] = message["chat"]
            self._written.add((chat, message["message_id"]))
            return self._wait(kind, message)

    def edit(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """The person gives the message of an earlier update another text."""
        message = update["message"] | {"text": text, "entities": entities_of(text), "edit_date": 2}
        with self._changed:
            return self._wait("edited_message", message)

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
            return self._wait("callback_query", query | changes)

    def greet(self, chat: int) -> None:
        """A person has opened the chat with the bot some time ago, so the bot may write there."""
        self._chats[chat] = person_message(None, chat, 0)["chat"]

    def send_file(self, name: str | None, content: bytes, chat: int = 7, **changes: Any) -> dict[str, Any]:
        """A person sends a file."""
        return self.write(None, chat, document=self.files.add(name, content), **changes)

    def inquire(self, words: str, by: int = 7, **changes: Any) -> dict[str, Any]:
        """A person types `words` behind the bot's name; `inquiries` tells what each was answered."""
        assert len(words) <= LONGEST_INQUIRY
        number = str(next(self._numbers))
        who = {"id": by, "is_bot": False, "first_name": "Min", "language_code": "en"}
        with self._changed:
            self.inquiries[number] = []
            return self._wait("inline_query", {"id": number, "from": who, "query": words, "offset": ""} | changes)

    def react(self, message: Sent, *signs: str, by: int = 7, before: tuple[str, ...] = ()) -> dict[str, Any]:
        """A person's reactions to `message` are `signs` now."""
        old, new = ([{"type": "emoji", "emoji": sign} for sign in each] for each in (before, signs))
        who = {"id": by, "is_bot": False, "first_name": "Min", "language_code": "en"}
        place = {"chat": message.message["chat"], "message_id": message.number, "date": 2, "user": who}
        with self._changed:
            return self._wait("message_reaction", place | {"old_reaction": old, "new_reaction": new})

    def download(self, path: str) -> tuple[int, bytes]:
        """Status and content for a request of the file at `path`."""
        match = re.fullmatch(r"/file/bot([^/]+)(?:/test)?/(.+)", unquote(path))
        if not match or match[1] != self.token:
            return 404, b'{"ok": false, "error_code": 404, "description": "Not Found"}'
        return self.files.download(match[2])

    def next_update(self, timeout_seconds: float) -> dict[str, Any] | None:
        """The oldest update that waits for the webhook, once there is one; `delivered` takes it away."""
        with self._changed:
            self._changed.wait_for(lambda: self.webhook and self.updates, timeout_seconds)
            return self.updates[0] if self.webhook and self.updates else None

    def delivered(self, update: dict[str, Any]) -> None:
        """The webhook has taken the update."""
        with self._changed:
            self.updates.remove(update)

    def wait_for(self, count: int, timeout_seconds: float = 10) -> list[Sent]:
        """The messages sent, as soon as there are `count` of them."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.sent) >= count, timeout_seconds), [m.text for m in self.sent]
            return list(self.sent)

    def wait_until(self, condition: Callable[[], bool], timeout_seconds: float = 10) -> None:
        """Return as soon as something that the bot does makes `condition` true."""
        with self._changed:
            assert self._changed.wait_for(condition, timeout_seconds), [m.text for m in self.sent]

    def answer(self, path: str, parameters: Parameters, *, patience_seconds: float = 0) -> tuple[int, dict[str, Any]]:
        """Status and body for a request; `patience_seconds` bounds how long getUpdates waits for one.

        A file among the parameters is its name and content. Raises UnansweredError where a fault leaves it at that.
        """
        fault = self.faults.next_for(path.rpartition("/")[2])
        if fault in {Fault.DROPPED, Fault.HANGING}:
            raise UnansweredError(hangs=fault is Fault.HANGING)
        try:
            if fault in REFUSALS:
                raise REFUSALS[fault]
            result = self._call(path, parameters, patience_seconds)
        except RefusalError as refusal:
            return refusal.status, refusal.body
        if fault is Fault.LOST:
            raise UnansweredError
        return 200, {"ok": True, "result": result}

    def _call(self, path: str, parameters: Parameters, patience_seconds: float) -> Any:
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
        unknown = set(parameters) - KNOWN.get(match[2], set(parameters))
        assert not unknown, f"{match[2]} does not know {unknown}"
        with self._changed:
            result = method(parameters)
            self._changed.notify_all()
        return result

    @property
    def _methods(self) -> dict[str, Callable[[Parameters], Any]]:
        return {
            "getMe": lambda _: BOT,
            "deleteWebhook": lambda _: self._set_webhook({}),
            "setWebhook": self._set_webhook,
            "getFile": lambda parameters: self.files.described(parameters["file_id"]),
            "answerInlineQuery": self._answer_inquiry,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._send_action,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_rows,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_press,
            "setMyCommands": self._set_commands,
            "getMyDescription": lambda parameters: {"description": self._described("", parameters)},
            "getMyShortDescription": lambda parameters: {"short_description": self._described("short ", parameters)},
            "setMyDescription": lambda parameters: self._describe("", parameters["description"], 512, parameters),
            "setMyShortDescription": lambda parameters: self._describe(
                "short ", parameters["short_description"], 120, parameters
            ),
        }

    def _wait(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": next(UPDATE_NUMBERS), kind: content}
        if self.allowed_updates is None or kind in self.allowed_updates:
            self.updates.append(update)
        self._changed.notify_all()
        return update

    def _get_updates(self, parameters: Parameters, patience_seconds: float) -> list[dict[str, Any]]:
        if self.webhook:
            raise RefusalError(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(parameters.get("offset", 0))
        if "allowed_updates" in parameters:
            self.allowed_updates = json.loads(parameters["allowed_updates"])
        until = time.monotonic() + min(patience_seconds, float(parameters.get("timeout", 0)))
        with self._changed:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            while not self.updates and time.monotonic() < until:
                self._changed.wait(until - time.monotonic())
            return self.updates[:100]

    def _send_message(self, parameters: Parameters) -> dict[str, Any]:
        return self._send(parameters, read_text(parameters))

    def _send_document(self, parameters: Parameters) -> dict[str, Any]:
        name, content = parameters["document"]
        assert name, "a document without a name"
        if not content:
            raise RefusalError(400, "Bad Request: file must be non-empty")
        if len(content) > LARGEST_FILE_BYTES:
            raise RefusalError(413, "Request Entity Too Large")
        document = {"file_id": "f", "file_unique_id": "u", "file_name": name}
        message = self._send(parameters, Parsed("", ()), document=document)
        self.sent[-1].file = (name, content)
        return message

    def _send_photo(self, parameters: Parameters) -> dict[str, Any]:
        """A picture, which has to be a PNG here, with its caption (https://core.telegram.org/bots/api#sendphoto)."""
        name, content = parameters["photo"]
        caption = parameters.get("caption", "")
        assert content.startswith(b"\x89PNG\r\n\x1a\n"), content[:16]
        wide, high = struct.unpack_from(">II", content, 16)
        if len(content) > LARGEST_PHOTO_BYTES:
            raise RefusalError(413, "Request Entity Too Large")
        if wide + high > 10_000 or max(wide, high) > 20 * min(wide, high):
            raise RefusalError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        if count_units(caption) > LONGEST_CAPTION:
            raise RefusalError(400, "Bad Request: message caption is too long")
        size = {"file_id": "p", "file_unique_id": "u", "width": wide, "height": high}
        message = self._send(parameters, Parsed("", ()), photo=[size], caption=caption)
        self.sent[-1].parsed, self.sent[-1].file = Parsed(caption, ()), (name, content)
        return message

    def _send(self, parameters: Parameters, parsed: Parsed, **changes: Any) -> dict[str, Any]:
        if self.refusals:
            raise self.refusals.popleft()
        chat = self._chats.get(int(parameters["chat_id"]))
        if chat is None:
            raise RefusalError(400, "Bad Request: chat not found")
        reply = json.loads(parameters.get("reply_parameters", "{}"))
        replies_to = reply.get("message_id")
        if replies_to is not None and not self._stands(chat["id"], replies_to):
            if not reply.get("allow_sending_without_reply"):
                raise RefusalError(400, "Bad Request: message to be replied not found")
            replies_to = None
        thread = int(parameters["message_thread_id"]) if "message_thread_id" in parameters else None
        message = {"message_id": next(self._numbers), "date": 1, "chat": chat, "from": BOT} | changes
        if parsed.text:
            message["text"] = parsed.text
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        rows = read_rows(parameters)
        self.sent.append(Sent(chat["id"], parameters.get("text", ""), parsed, thread, replies_to, rows, message))
        return message

    def _send_action(self, parameters: Parameters) -> bool:
        assert parameters["action"] == "typing", parameters["action"]
        if int(parameters["chat_id"]) not in self._chats:
            raise RefusalError(400, "Bad Request: chat not found")
        return True

    def _edit_text(self, parameters: Parameters) -> dict[str, Any]:
        sent = self._own(parameters, "edit")
        parsed, rows = read_text(parameters), read_rows(parameters)
        if (sent.parsed, sent.rows) == (parsed, rows):
            raise _NOT_MODIFIED
        sent.code, sent.parsed, sent.rows = parameters["text"], parsed, rows
        return sent.message | {"text": sent.text, "edit_date": 2}

    def _edit_rows(self, parameters: Parameters) -> dict[str, Any]:
        sent = self._own(parameters, "edit")
        rows = read_rows(parameters)
        if sent.rows == rows:
            raise _NOT_MODIFIED
        sent.rows = rows
        return sent.message | {"edit_date": 2}

    def _delete(self, parameters: Parameters) -> bool:
        self.deleted.append(self._own(parameters, "delete").number)
        return True

    def _own(self, parameters: Parameters, what: str) -> Sent:
        """The message of the bot's own that is to be changed."""
        place = int(parameters["chat_id"]), int(parameters["message_id"])
        if place in self._written:
            raise RefusalError(400, f"Bad Request: message can't be {what}ed")
        found = next((one for one in self.sent if (one.chat, one.number) == place), None)
        if found is None or not self._stands(*place):
            raise RefusalError(400, f"Bad Request: message to {what} not found")
        return found

    def _stands(self, chat: int, number: int) -> bool:
        """Whether the message is in the chat, and was not deleted."""
        is_sent = any((one.chat, one.number) == (chat, number) for one in self.sent)
        return (is_sent and number not in self.deleted) or (chat, number) in self._written

    def _answer_press(self, parameters: Parameters) -> bool:
        answers = self.presses.get(parameters["callback_query_id"])
        if answers is None:
            raise _TOO_OLD
        text = parameters.get("text")
        assert text is None or 0 < len(text) <= LONGEST_TOAST, text
        if answers and self.repeats:
            raise _TOO_OLD
        assert not answers, "a press is answered twice"
        answers.append(text)
        return True

    def _answer_inquiry(self, parameters: Parameters) -> bool:
        answers = self.inquiries.get(parameters["inline_query_id"])
        if answers is None:
            raise _TOO_OLD
        if answers and self.repeats:
            raise _TOO_OLD
        assert not answers, "an inline query is answered twice"
        answers.append(read_inline_answer(parameters))
        return True

    def _set_webhook(self, parameters: Parameters) -> bool:
        if parameters and not re.fullmatch(r"[\w-]{1,256}", parameters.get("secret_token", "-"), re.ASCII):
            raise RefusalError(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = parameters
        if "allowed_updates" in parameters:
            self.allowed_updates = json.loads(parameters["allowed_updates"])
        return True

    def _described(self, which: str, parameters: Parameters) -> str:
        """The description in a language, or the one that stands in for all."""
        own = self.descriptions.get(which + parameters.get("language_code", ""), "")
        return own or self.descriptions.get(which, "")

    def _describe(self, which: str, text: str, longest: int, parameters: Parameters) -> bool:
        assert len(text) <= longest
        self.descriptions[which + parameters.get("language_code", "")] = text
        return True

    def _set_commands(self, parameters: Parameters) -> bool:
        commands = json.loads(parameters["commands"])
        assert all(
            re.fullmatch(r"[a-z0-9_]{1,32}", c["command"]) and 0 < len(c["description"]) <= 256 for c in commands
        )
        scope = json.loads(parameters.get("scope", "{}"))
        if "chat_id" in scope and scope["chat_id"] not in self._chats:
            raise RefusalError(400, "Bad Request: chat not found")
        of_scope = "".join(f"{scope[key]} " for key in ("type", "chat_id") if key in scope)
        self.menus[of_scope + parameters.get("language_code", "")] = [c["command"] for c in commands]
        return True


_TOO_OLD = RefusalError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
_NOT_MODIFIED = RefusalError(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message",
)
