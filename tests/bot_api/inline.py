"""Answers to inline queries, read as strictly as Telegram reads them (https://core.telegram.org/bots/api#inline-mode)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .markup import Parsed
from .messages import Button, RefusalError, read_rows, read_text

MOST_RESULTS = 50
LONGEST_ID_BYTES = 64


@dataclass(frozen=True)
class InlineResult:
    """One article to choose, and the message that choosing it sends."""

    id: str
    title: str
    description: str
    code: str
    parsed: Parsed
    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class InlineAnswer:
    """What is offered; `button` is its text and the parameter that it starts the bot with."""

    results: tuple[InlineResult, ...]
    cache_seconds: int
    is_personal: bool
    button: tuple[str, str] | None


def read_inline_answer(parameters: Mapping[str, Any]) -> InlineAnswer:
    """The answer; refuses what Telegram refuses."""
    results = tuple(map(_read_result, json.loads(parameters["results"])))
    if len(results) > MOST_RESULTS:
        raise RefusalError(400, "Bad Request: RESULTS_TOO_MUCH")
    if len({result.id for result in results}) < len(results):
        raise RefusalError(400, "Bad Request: RESULT_ID_DUPLICATE")
    cache_seconds = int(parameters.get("cache_time", 300))
    is_personal = json.loads(parameters.get("is_personal", "false"))
    return InlineAnswer(results, cache_seconds, is_personal, _read_start(parameters.get("button")))


def _read_result(result: Mapping[str, Any]) -> InlineResult:
    assert result["type"] == "article", result
    assert set(result) <= {"type", "id", "title", "description", "input_message_content", "reply_markup"}, result
    if not 1 <= len(result["id"].encode()) <= LONGEST_ID_BYTES:
        raise RefusalError(400, "Bad Request: RESULT_ID_INVALID")
    if not result["title"].strip():
        raise RefusalError(400, "Bad Request: can't parse inline query result: title is empty")
    content = result["input_message_content"]
    assert set(content) <= {"message_text", "parse_mode", "link_preview_options"}, content
    parsed = read_text({"text": content["message_text"], "parse_mode": content.get("parse_mode")})
    markup = {"reply_markup": json.dumps(result["reply_markup"])} if "reply_markup" in result else {}
    return InlineResult(
        result["id"],
        result["title"],
        result.get("description", ""),
        content["message_text"],
        parsed,
        read_rows(markup),
    )


def _read_start(button: str | None) -> tuple[str, str] | None:
    if button is None:
        return None
    read = json.loads(button)
    assert set(read) == {"text", "start_parameter"}, read
    if not re.fullmatch(r"[\w-]{1,64}", read["start_parameter"], re.ASCII):
        raise RefusalError(400, "Bad Request: START_PARAM_INVALID")
    assert read["text"].strip()
    return read["text"], read["start_parameter"]
