"""Polling: updates are kept before they are confirmed; what stands in its way is told once, and it goes on."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from bot_api.faults import Fault, Faults
from bot_api.memory import MemoryRequest
from bot_api.telegram import Telegram
from house import STRANGER, open_house
from telegram import Update
from telegram.error import NetworkError, TimedOut

from bot.polling import PollingRequest, with_readable_updates

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


async def test_a_poll_waits_until_what_came_before_is_kept() -> None:
    telegram, kept = Telegram(), asyncio.Event()
    polls = PollingRequest(MemoryRequest(telegram))

    async def wait() -> None:
        await kept.wait()

    polls.before_poll = wait
    poll = asyncio.create_task(polls.do_request(URL.format(telegram.token), "POST"))
    await asyncio.sleep(0.02)
    assert telegram.calls == []
    kept.set()
    assert (await poll)[0] == 200


async def test_a_poll_that_hangs_is_a_time_out() -> None:
    class Hanging(MemoryRequest):
        async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
            await asyncio.sleep(60)
            raise AssertionError

    polls = PollingRequest(Hanging(Telegram()), longest_poll_seconds=0.02)
    with pytest.raises(TimedOut):
        await polls.do_request(URL.format("1:token"), "POST")


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.DROPPED, Fault.HANGING, Fault.TOO_MANY])
async def test_an_outage_is_two_lines_of_log(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.polling")
    telegram = Telegram(faults=Faults({fault: 1}))
    polls = PollingRequest(MemoryRequest(telegram))
    for _ in range(20):
        try:
            code, _body = await polls.do_request(URL.format(telegram.token), "POST")
        except NetworkError:
            code = 0
        assert code != 200
    telegram.faults.rates.clear()
    for _ in range(2):
        assert (await polls.do_request(URL.format(telegram.token), "POST"))[0] == 200
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert told[0].startswith("poll_failed why=")
    assert told[1] == "polls_again after_seconds=0"


async def test_another_poller_is_told_once_an_hour(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    telegram = Telegram(faults=Faults({Fault.CONFLICT: 1}))
    polls = PollingRequest(MemoryRequest(telegram))
    polls.on_conflict = lambda: told.append("conflict")
    for _ in range(20):
        assert (await polls.do_request(URL.format(telegram.token), "POST"))[0] == 409
    assert told == ["conflict"]
    assert [record.getMessage() for record in caplog.records] == [
        (
            "Another program asks Telegram for this bot's updates (409), so that some never arrive here. End it, or "
            "give one of the two a token of its own; polling goes on."
        )
    ]
    monkeypatch.setattr("bot.polling.TOLD_AGAIN_SECONDS", 0)
    await polls.do_request(URL.format(telegram.token), "POST")
    assert told == ["conflict"] * 2


UNREADABLE = [
    {"message": {"message_id": "x", "text": "words of somebody"}},
    {"message": ["words of somebody"]},
    {"callback_query": {"id": "1", "from": {"words of somebody": 1}}},
    {"message_reaction": {"chat": {"id": 1, "type": "private"}, "date": "words of somebody"}},
]


@pytest.mark.parametrize("content", UNREADABLE)
async def test_an_update_that_cannot_be_read_is_skipped_and_the_others_of_its_poll_are_not(
    content: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Telegram()
    bad = telegram.write("to be spoilt")
    before, number = telegram.write("before"), bad["update_id"]
    after = telegram.write("after")
    spoilt = {"update_id": number, **content}
    payload = json.dumps({"ok": True, "result": [before, spoilt, after]}).encode()
    answer = json.loads(with_readable_updates(payload))
    assert answer == {"ok": True, "result": [before, {"update_id": number}, after]}
    assert Update.de_list(answer["result"], None)[1].to_dict() == {"update_id": number}
    (told,) = caplog.records
    assert told.getMessage().startswith(f"update_skipped number={number} why=")
    assert "somebody" not in caplog.text


@pytest.mark.parametrize(
    "payload",
    [
        *(b"", b"{", b"\xff", b"[]", b"1", b'{"ok": true}', b'{"ok": true, "result": 5}', b"[" * 100_000),
        *(b'{"result": [1]}', b'{"result": [{}]}', b'{"ok": true, "result": [{"update_id": 5}]}'),
    ],
)
def test_what_is_no_list_of_updates_is_the_librarys_to_refuse(payload: bytes) -> None:
    assert with_readable_updates(payload) == payload


async def test_the_bot_goes_on_past_an_update_that_cannot_be_read(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.telegram.write("what did Ada Ferry say", STRANGER)["message"]["date"] = "never"
        house.telegram.write("what did Ada Ferry say", STRANGER)
        await house.application.updater.start_polling(allowed_updates=[])
        (answer,) = await house.wait_for(1)
        await house.application.updater.stop()
        assert answer.text.startswith("Ada Ferry")
        assert not house.telegram.updates
