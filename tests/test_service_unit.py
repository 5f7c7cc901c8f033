"""The systemd unit: it starts what there is, tells apart the ends of the bot as the bot does, and systemd takes it."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __main__ as command_line
from bot import app
from bot.asking import CANNOT_RUN
from bot.errors import StoppedError
from bot.settings import Settings
from bot.update_order import PARTING_SECONDS

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "contrib" / "chapter-and-verse.service"
TEXT = UNIT.read_text("utf-8")
LINES = [line.partition("=")[::2] for line in TEXT.splitlines() if "=" in line and not line.startswith("#")]
PAIRS = dict(LINES)


def test_it_is_not_started_again_where_a_setting_is_wrong_but_where_it_had_to_stop() -> None:
    assert PAIRS["Restart"] == "on-failure"
    assert PAIRS["RestartPreventExitStatus"].split() == [str(CANNOT_RUN)]
    assert command_line.STOPPED not in {0, CANNOT_RUN}


def test_a_bot_that_has_to_stop_tells_so_by_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_bot(*_: object) -> int:
        raise StoppedError("The bot had to stop.")

    monkeypatch.setattr(app, "run_bot", run_bot)
    assert command_line.main([]) == command_line.STOPPED
    assert capsys.readouterr().err == "The bot had to stop.\n"


def test_what_it_sets_are_settings_and_lie_where_it_may_write() -> None:
    keys = {field.name.upper() for field in dataclasses.fields(Settings)}
    given = dict(pair.split("=", 1) for name, value in LINES if name == "Environment" for pair in value.split())
    assert given.keys() == {"KNOWLEDGE_DIR", "DATA_DIR"} <= keys
    assert all(place.startswith(f"/var/lib/{PAIRS['StateDirectory']}/") for place in given.values())


def test_there_is_time_to_end_in_order() -> None:
    assert float(PAIRS["TimeoutStopSec"]) > PARTING_SECONDS + 5


def test_it_installs_from_the_lock() -> None:
    assert "pip install --require-hashes -r requirements.lock" in TEXT
    assert (ROOT / "requirements.lock").is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(re.sub(r"(?m)^(ExecStart=)\S+", rf"\g<1>{sys.executable}", TEXT), encoding="utf-8")
    ended = subprocess.run(
        ["systemd-analyze", "verify", str(unit)],  # noqa: S607 (wherever it is)
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
