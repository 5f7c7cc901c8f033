"""The Bot API that tests talk to refuses what Telegram refuses, so that a test fails where a chat would."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bot_api.markup import MarkupError, parse_markup
from bot_api.telegram import TOKEN, Telegram


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.write("hello")
    return telegram


def _call(telegram: Telegram, method: str, **parameters: Any) -> tuple[int, Any]:
    written = {key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()}
    status, body = telegram.answer(f"/bot{TOKEN}/{method}", written)
    return status, body.get("description") or body.get("result")


def _keyboard(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


@pytest.mark.parametrize(
    "source",
    [
        "a < b",
        "a & b",
        "&nbsp;",
        "<b>open",
        "</b>",
        "<b><i>crossed</b></i>",
        "<b></b>",
        "<p>no tag</p>",
        "<b><b>twice</b></b>",
        "<blockquote>one <blockquote>in another</blockquote></blockquote>",
        '<a href="javascript:x">link</a>',
        "<a>link</a>",
        '<blockquote class="x">a</blockquote>',
    ],
)
def test_markup_that_telegram_cannot_read_is_refused(telegram: Telegram, source: str) -> None:
    with pytest.raises(MarkupError):
        parse_markup(source)
    status, why = _call(telegram, "sendMessage", chat_id=7, text=source, parse_mode="HTML")
    assert status == 400
    assert why.startswith("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" \n", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>x</b>" * 101, "too many entities (Telegram would drop the last ones)"),
    ],
)
def test_lengths_are_counted_as_telegram_counts_them(telegram: Telegram, text: str, why: str) -> None:
    assert _call(telegram, "sendMessage", chat_id=7, text=text, parse_mode="HTML") == (400, f"Bad Request: {why}")


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "&lt;" * 4096, "<b>x</b>" * 100])
def test_what_just_fits_is_taken(telegram: Telegram, text: str) -> None:
    assert _call(telegram, "sendMessage", chat_id=7, text=text, parse_mode="HTML")[0] == 200


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (_keyboard([("x", "d" * 65)]), "BUTTON_DATA_INVALID"),
        (_keyboard([("x", "정" * 22)]), "BUTTON_DATA_INVALID"),
        (_keyboard([("x", "")]), "BUTTON_DATA_INVALID"),
        (_keyboard([(" ", "d")]), "text buttons must be non-empty"),
        (_keyboard([("x", "d")] * 9), "reply markup is too long"),
        (_keyboard(*[[("x", "d")]] * 101), "reply markup is too long"),
    ],
)
def test_buttons_that_telegram_refuses_are_refused(telegram: Telegram, markup: dict[str, Any], why: str) -> None:
    status = _call(telegram, "sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert status == (400, f"Bad Request: {why}")


def test_what_is_not_there_cannot_be_changed_or_answered(telegram: Telegram) -> None:
    written = telegram.updates[0]["message"]["message_id"]
    _, sent = _call(telegram, "sendMessage", chat_id=7, text="x")
    number = sent["message_id"]
    assert _call(telegram, "sendMessage", chat_id=8, text="x") == (400, "Bad Request: chat not found")
    edit = {"chat_id": 7, "text": "y"}
    assert _call(telegram, "editMessageText", message_id=999, **edit)[1] == "Bad Request: message to edit not found"
    assert _call(telegram, "editMessageText", message_id=written, **edit)[1] == "Bad Request: message can't be edited"
    same = _call(telegram, "editMessageText", chat_id=7, message_id=number, text="x")
    assert same[1].startswith("Bad Request: message is not modified")
    rows = _call(telegram, "editMessageReplyMarkup", chat_id=7, message_id=number)
    assert rows[1].startswith("Bad Request: message is not modified")
    reply = {"message_id": 999}
    lost = _call(telegram, "sendMessage", chat_id=7, text="x", reply_parameters=reply)
    assert lost == (400, "Bad Request: message to be replied not found")
    anyway = reply | {"allow_sending_without_reply": True}
    assert _call(telegram, "sendMessage", chat_id=7, text="x", reply_parameters=anyway)[0] == 200
    assert _call(telegram, "deleteMessage", chat_id=7, message_id=number) == (200, True)
    assert (
        _call(telegram, "deleteMessage", chat_id=7, message_id=number)[1] == "Bad Request: message to delete not found"
    )
    assert _call(telegram, "editMessageText", message_id=number, **edit)[1] == "Bad Request: message to edit not found"
    assert _call(telegram, "answerCallbackQuery", callback_query_id="9")[1].startswith("Bad Request: query is too old")


def test_a_press_is_answered_once_and_a_parameter_is_known(telegram: Telegram) -> None:
    _, sent = _call(telegram, "sendMessage", chat_id=7, text="x", reply_markup=_keyboard([("x", "d")]))
    number = telegram.press_data(sent, "d")["callback_query"]["id"]
    assert _call(telegram, "answerCallbackQuery", callback_query_id=number) == (200, True)
    with pytest.raises(AssertionError, match="a press is answered twice"):
        _call(telegram, "answerCallbackQuery", callback_query_id=number)
    with pytest.raises(AssertionError, match="sendMessage does not know"):
        _call(telegram, "sendMessage", chat_id=7, text="x", reply_to_message_id=3)
