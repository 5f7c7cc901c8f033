"""Polling: a refused token ends the bot in order, whatever else is answered goes through."""

from __future__ import annotations

from bot_api.memory import MemoryRequest
from bot_api.telegram import Telegram

from bot.polling import PollingRequest

URL = "https://api.example/bot{}/getUpdates"


async def test_a_refused_token_is_told_and_brings_no_updates() -> None:
    telegram, told = Telegram(), []
    polls = PollingRequest(MemoryRequest(telegram))
    polls.on_refusal = lambda: told.append("refused")
    telegram.write("what burns")
    code, body = await polls.do_request(URL.format(telegram.token), "POST")
    assert (code, b"what burns" in body, polls.refused, told) == (200, True, False, [])
    assert await polls.do_request(URL.format("1:other"), "POST") == (200, b'{"ok": true, "result": []}')
    assert (polls.refused, told) == (True, ["refused"])


async def test_every_other_refusal_goes_through() -> None:
    polls = PollingRequest(MemoryRequest(Telegram()))
    polls.on_refusal = lambda: (_ for _ in ()).throw(AssertionError)
    code, _ = await polls.do_request(URL.format("nonsense"), "POST")
    assert (code, polls.refused) == (404, False)


async def test_a_poll_that_nobody_watches_goes_through() -> None:
    code, _ = await PollingRequest(MemoryRequest(Telegram())).do_request(URL.format("1:other"), "POST")
    assert code == 401
