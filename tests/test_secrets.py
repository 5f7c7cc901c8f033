"""Token and webhook secret stay secret: nothing that a noisy run of the bot leaves behind holds them."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from bot_api.messages import RefusalError
from bot_api.server import serve
from bot_api.telegram import TOKEN, Telegram
from bot_api.webhook import post_update
from house import LETTER, MINUTES, OWNER, STRANGER
from test_process import PATIENCE_SECONDS, _run, _running, environment  # noqa: F401 (a fixture)
from test_webhook import _free_port

SECRET = "given-S3cret_of_the_webhook"
QUESTION = "what did Ada Ferry say"


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_a_noisy_run_leaves_no_secret_behind(environment: dict[str, str], tmp_path: Path, mode: str) -> None:  # noqa: F811
    place, log, telegram, port = tmp_path / "home", tmp_path / "log", Telegram(), _free_port()
    folder = place / "knowledge"
    folder.mkdir(parents=True)
    (folder / "minutes.md").write_text(MINUTES, encoding="utf-8")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 no more than that")
    environment |= {"KNOWLEDGE_DIR": str(folder), "DATA_DIR": str(place / "data"), "OWNERS": str(OWNER)}
    environment |= {"WEBHOOK_SECRET": SECRET, "WEBHOOK_LISTEN": f"127.0.0.1:{port}", "LOG_LEVEL": "DEBUG"}
    if mode == "webhook":
        environment["WEBHOOK_URL"] = f"http://127.0.0.1:{port}/bots"
    telegram.greet(OWNER)
    seen: dict[str, bytes] = {}
    with serve(telegram) as url:
        environment["TELEGRAM_API_URL"] = url
        with _running(environment, log, place) as process:
            _be_noisy(telegram, place / "data" / "journal.sqlite3")
            if mode == "webhook":
                path = telegram.webhook["url"]
                for body, secret in ((b"{", SECRET), (b"{}", None), (b"[1]", SECRET), (b"\xff", SECRET)):
                    post_update(path, body, secret)
            seen["command line"] = _command_line(process)
            seen["check while it runs"] = _output(environment, place, "check")
            telegram.refusals.append(RefusalError(500, "Internal Server Error"))
            telegram.write(QUESTION, 500)
            _wait_for_refusals(telegram)
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_SECONDS)
        telegram.token = "123456:another"
        seen["refused"] = _output(environment, place)
    seen["backup"] = _output(environment, place, "backup", str(tmp_path / "copy"))
    seen["log"] = log.read_bytes()
    seen["replies"] = repr([(one.code, one.message) for one in telegram.sent]).encode()
    seen |= {str(each): each.read_bytes() for each in (*place.rglob("*"), tmp_path / "copy") if each.is_file()}
    assert b"Traceback" in seen["log"]
    assert b"Ada Ferry" in seen["replies"]
    assert len(seen) > 10
    found = [(where, secret) for where, held in seen.items() for secret in _spellings() if secret.encode() in held]
    assert not found


def _spellings() -> Iterator[str]:
    half = TOKEN.partition(":")[2]
    for secret in (TOKEN, half, SECRET):
        yield from {secret, quote(secret, safe=""), quote_plus(secret), secret.replace(":", "%3a"), secret[::-1]}


def _be_noisy(telegram: Telegram, journal: Path) -> None:
    """Everything goes wrong that can: refusals, a file that is not there, a journal that is locked, nonsense."""
    telegram.write("/start", STRANGER)
    telegram.wait_for(1, PATIENCE_SECONDS)
    for number in (400, 403):
        telegram.refusals.append(RefusalError(number, f"Refused: {number}"))
        telegram.write(QUESTION, number)
        _wait_for_refusals(telegram)
    telegram.write("/status", OWNER)
    telegram.wait_until(lambda: "broken.pdf" in telegram.sent[-1].text, PATIENCE_SECONDS)
    telegram.files.gone.add("file0")
    telegram.send_file("report.md", b"# Report\n\nThe crane is new.\n", OWNER)
    telegram.wait_until(lambda: "arrive whole" in telegram.sent[-1].text, PATIENCE_SECONDS)
    telegram.press_data(telegram.sent[0].message, "nonsense:\x00", by=STRANGER)
    with closing(sqlite3.connect(journal)) as other:
        other.execute("BEGIN IMMEDIATE")
        before = len(telegram.sent)
        telegram.write(QUESTION, STRANGER + 1)
        telegram.wait_until(
            lambda: any("the lamp must burn" in one.text for one in telegram.sent[before:]), PATIENCE_SECONDS
        )


def _wait_for_refusals(telegram: Telegram) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while telegram.refusals:
        assert time.monotonic() < until
        time.sleep(0.01)


def _command_line(process: subprocess.Popen[bytes]) -> bytes:
    """What others on this machine can see of the process, where there is /proc."""
    held = [Path(f"/proc/{process.pid}/{name}") for name in ("cmdline", "comm", "status")]
    return b"".join(each.read_bytes() for each in held if each.exists())


def _output(environment: dict[str, str], place: Path, *arguments: str) -> bytes:  # noqa: F811
    ended = _run(environment, place, *arguments)
    return ended.stdout + ended.stderr
