"""Webhook mode: a path and a secret that nobody can guess, the same after a restart; and the bot itself behind them."""

from __future__ import annotations

import json
import logging
import re
import signal
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from bot_api.server import serve
from bot_api.telegram import TOKEN, Telegram
from bot_api.webhook import post_update
from test_process import PATIENCE_SECONDS, QUESTIONS, _running, environment  # noqa: F401 (a fixture)

from bot.app import run_bot
from bot.errors import SettingsError
from bot.log import RedactingFormatter
from bot.settings import Secret, Settings
from bot.webhook import Webhook, run_by_webhook, webhook_of, webhook_secrets

SETTINGS = Settings(telegram_bot_token=Secret(TOKEN), webhook_url="https://bot.example/h.k", webhook_listen="[::1]:81")


def test_path_and_secret_are_the_same_after_a_restart_and_tell_no_token() -> None:
    webhook = webhook_of(SETTINGS)
    assert webhook == webhook_of(SETTINGS)
    assert re.fullmatch(r"https://bot\.example/h\.k/[0-9a-f]{40}", webhook.url)
    assert re.fullmatch(r"[0-9a-f]{40}", webhook.secret)
    last = webhook.url.rpartition("/")[2]
    assert last != webhook.secret
    assert not any(part in webhook.url + webhook.secret for part in TOKEN.split(":"))
    assert webhook == Webhook(webhook.url, "::1", 81, rf"(?:h\.k/)?{last}", webhook.secret)


@pytest.mark.parametrize("changes", [{"webhook_secret": Secret("s3cret")}, {"telegram_bot_token": Secret("1:other")}])
def test_another_secret_or_token_is_another_path(changes: dict[str, Secret]) -> None:
    fields = {name: getattr(SETTINGS, name) for name in ("telegram_bot_token", "webhook_url", "webhook_listen")}
    other = webhook_of(Settings(**(fields | changes)))
    assert other.url != webhook_of(SETTINGS).url
    assert other.secret == (changes["webhook_secret"].reveal() if "webhook_secret" in changes else other.secret)


@pytest.mark.parametrize("given", [None, Secret("s3cret-that-was-given")])
def test_the_log_tells_neither_secret_nor_path(given: Secret | None, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets: list[Secret] = []

    def start(_level: str, *given: Secret) -> None:
        secrets.extend(given)
        raise InterruptedError

    monkeypatch.setattr("bot.app.start_logging", start)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    settings = replace(SETTINGS, webhook_secret=given)
    with pytest.raises(InterruptedError):
        run_bot(settings, limit=3)
    webhook = webhook_of(settings)
    told = f"403 POST {webhook.url}, X-Telegram-Bot-Api-Secret-Token: {webhook.secret}, {TOKEN}"
    written = RedactingFormatter(*secrets).format(logging.LogRecord("tornado", 30, "web.py", 1, told, (), None))
    expected = "403 POST https://bot.example/h.k/********, X-Telegram-Bot-Api-Secret-Token: ********, ********"
    assert written.endswith(f'text="{expected}"')


def test_without_a_webhook_a_secret_that_is_set_is_still_one() -> None:
    settings = replace(SETTINGS, webhook_url="", webhook_secret=Secret("s3cret"))
    assert [secret.reveal() for secret in webhook_secrets(settings)] == ["s3cret"]
    assert webhook_secrets(replace(settings, webhook_secret=None)) == ()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_day_of_the_bot_by_webhook_and_then_by_polling(environment: dict[str, str], tmp_path: Path) -> None:  # noqa: F811
    telegram, log, port = Telegram(), tmp_path / "log", _free_port()
    address = f"http://127.0.0.1:{port}"
    with serve(telegram) as api:
        environment |= {"TELEGRAM_API_URL": api, "WEBHOOK_SECRET": "given-S3cret_1"}
        environment |= {"WEBHOOK_URL": f"{address}/bots", "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
        with _running(environment, log, tmp_path) as process:
            telegram.write("/start", 1)
            telegram.wait_for(1, PATIENCE_SECONDS)
            for number, (question, words) in enumerate(QUESTIONS.items(), start=2):
                telegram.write(question, 1)
                assert words in telegram.wait_for(number, PATIENCE_SECONDS)[-1].text
            hook, token = telegram.webhook["url"], telegram.webhook["secret_token"]
            assert hook.startswith(f"{address}/bots/")
            assert token == "given-S3cret_1"
            forged = json.dumps({"update_id": 10**9, "message": {}}).encode()
            last = hook.rpartition("/")[2]
            statuses = {
                "no secret": post_update(hook, forged, None),
                "a wrong secret": post_update(hook, forged, token[:-1] + "!"),
                "another path": post_update(f"{address}/bots/{last[:-1]}", forged, token),
                "the root": post_update(address + "/", forged, token),
                "a proxy that cuts the path": post_update(f"{address}/{last}", b'{"update_id": 1}', token),
            }
            assert statuses == {
                "no secret": 403,
                "a wrong secret": 403,
                "another path": 404,
                "the root": 404,
                "a proxy that cuts the path": 200,
            }
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_SECONDS) == 0
        assert "getUpdates" not in telegram.calls
        del environment["WEBHOOK_URL"]
        with _running(environment, log, tmp_path):
            telegram.write("what did he say about developing countries?", 1)
            telegram.wait_until(lambda: "he = Cha Jeong-mi" in telegram.sent[-1].text, PATIENCE_SECONDS)
            assert telegram.webhook == {}
    text = log.read_text("utf-8")
    for hidden in (TOKEN, TOKEN.partition(":")[2], token, last, "Traceback"):
        assert hidden not in text
    kinds = "message edited_message callback_query inline_query message_reaction"
    assert telegram.allowed_updates == kinds.split()


def test_a_port_that_is_taken_is_one_sentence() -> None:
    class Application:
        def run_webhook(self, **_: object) -> None:
            raise OSError(98, "Address already in use")

    with pytest.raises(SettingsError) as refused:
        run_by_webhook(Application(), webhook_of(SETTINGS), [], 0)  # type: ignore[arg-type]
    assert str(refused.value) == (
        "WEBHOOK_LISTEN=::1:81: nobody can listen there (Address already in use). "
        "Name an address of this computer, and a port that is free."
    )
