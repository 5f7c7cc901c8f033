"""An owner's day with the bot as a process: a file sent and confirmed, news, inline quotes, an address, a removal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bot_api.server import serve
from bot_api.telegram import Telegram
from bot_api.webhook import post_update
from house import LETTER, MINUTES, OWNER, STRANGER
from test_process import PATIENCE_SECONDS, _running, environment  # noqa: F401 (a fixture)
from test_webhook import _free_port

REPORT = b"# Crane report\n\nBo Ek, master of the port, said that the crane will be repaired in June.\n"


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_an_owners_day(environment: dict[str, str], tmp_path: Path, mode: str) -> None:  # noqa: F811
    folder, log, telegram, port = tmp_path / "knowledge", tmp_path / "log", Telegram(), _free_port()
    folder.mkdir()
    (folder / "minutes.md").write_text(MINUTES, encoding="utf-8")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    environment |= {"KNOWLEDGE_DIR": str(folder), "OWNERS": str(OWNER), "LOG_LEVEL": "INFO"}
    with serve(telegram) as url:
        environment["TELEGRAM_API_URL"] = url
        if mode == "webhook":
            environment |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
        with _running(environment, log, tmp_path):
            _tend(telegram, folder)
            _take_elsewhere(telegram)
            if mode == "webhook":
                assert post_update(telegram.webhook["url"], b"{}", "wrong") == 403
    assert "Traceback" not in log.read_text("utf-8")


def _tend(telegram: Telegram, folder: Path) -> None:
    """The owner adds a file, reads of it, and takes another out."""
    telegram.write("/status", OWNER)
    assert "• Documents: 2" in telegram.wait_for(1, PATIENCE_SECONDS)[0].text
    telegram.send_file("../report.md", REPORT, OWNER)
    question = telegram.wait_for(2, PATIENCE_SECONDS)[-1]
    assert question.text.endswith("\n\nShall report.md go into the folder?")
    telegram.press(question, "Add it", by=OWNER)
    telegram.wait_until(lambda: question.text.startswith("report.md is in the folder now"), PATIENCE_SECONDS)
    assert (folder / "report.md").read_bytes() == REPORT
    news = telegram.wait_for(3, PATIENCE_SECONDS)[-1]
    assert news.text.startswith("The folder has changed: added 1, changed 0, removed 0, problems 0.")
    telegram.write("/remove letter.txt", OWNER)
    question = telegram.wait_for(4, PATIENCE_SECONDS)[-1]
    telegram.press(question, "Take it out", by=OWNER)
    telegram.wait_until(lambda: question.text.startswith("letter.txt is no longer in the folder"), PATIENCE_SECONDS)
    assert not (folder / "letter.txt").exists()


def _take_elsewhere(telegram: Telegram) -> None:
    """Somebody finds the new quote inline, asks for it, and passes its address on; a reaction is a vote."""
    update = telegram.inquire("what did Bo Ek say", STRANGER)
    offers = telegram.inquiries[update["inline_query"]["id"]]
    telegram.wait_until(lambda: bool(offers), PATIENCE_SECONDS)
    assert [result.title for result in offers[0].results] == ["Bo Ek"]
    telegram.write("what did Bo Ek say", STRANGER)
    telegram.wait_until(lambda: telegram.sent[-1].chat == STRANGER, PATIENCE_SECONDS)
    answer = telegram.sent[-1]
    (payload,) = re.findall(r"start=(q_[\w-]+)", answer.links["Share"])
    telegram.write(f"/start {payload}", 77)
    telegram.wait_until(lambda: telegram.sent[-1].chat == 77, PATIENCE_SECONDS)
    assert telegram.sent[-1].text == answer.text
    telegram.react(answer, "👎", by=STRANGER)
    telegram.wait_until(lambda: "👎 ✓" in answer.buttons, PATIENCE_SECONDS)
