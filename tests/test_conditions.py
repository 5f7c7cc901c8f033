"""What `check` says of all that the bot needs to run: OK, or what to do; and never the token."""

from __future__ import annotations

import dataclasses
import datetime as dt
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bot_api.server import serve
from bot_api.telegram import TOKEN, Telegram
from canned import CannedLibrary, refused

from bot import conditions as room
from bot.conditions import Condition, State, conditions
from bot.reaching import reach_telegram
from bot.settings import Secret, Settings
from retrieval import Problem


def _check(place: Path, library: CannedLibrary | None = None, **settings: Any) -> dict[str, Condition]:
    """What is said about each thing; the token, in no line."""
    library = library or CannedLibrary(lambda *_: refused())
    every = list(conditions(Settings(data_dir=place, **settings), library, Path("knowledge")))  # type: ignore[arg-type]
    for token in (TOKEN, TOKEN.partition(":")[2]):
        assert token not in "".join(map(str, every))
    return {condition.about: condition for condition in every}


@contextmanager
def _answering(status: int = 200, body: bytes = b"{}", seconds_off: float = 0, date: str = "") -> Iterator[str]:
    """A server that gives one answer, whatever it is asked, and tells the time as it likes."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response_only(status)
            at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds_off)
            self.send_header("Date", date or format_datetime(at, usegmt=True))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_where_all_is_well_every_line_is_ok(tmp_path: Path) -> None:
    with serve(Telegram()) as url:
        found = _check(tmp_path, telegram_bot_token=Secret(TOKEN), telegram_api_url=url)
    assert list(found) == ["Settings", "Token", "Clock", "Folder", "Data", "Python", "Packages"]
    assert {condition.state for condition in found.values()} == {State.GOOD}
    assert str(found["Token"]) == f"OK Token: that of @chapter_test_bot at {url} (not shown)"
    assert str(found["Clock"]) == "OK Clock: within 60 seconds of the server's"
    assert str(found["Folder"]) == "OK Folder: knowledge has documents to answer from (2)"


def test_the_test_environment_is_asked_where_it_is_set(tmp_path: Path) -> None:
    telegram = Telegram()
    with serve(telegram) as url:
        settings = {"telegram_bot_token": Secret(TOKEN), "telegram_api_url": url, "telegram_test_environment": True}
        assert _check(tmp_path, **settings)["Token"].state is State.GOOD


def test_without_a_token_nobody_is_asked(tmp_path: Path) -> None:
    found = _check(tmp_path)
    assert found["Token"].state is State.KNOWN
    assert found["Token"].says.endswith("get one from @BotFather to run the bot, ask and chat work without")
    assert "Clock" not in found


def test_a_token_that_is_refused_is_to_be_copied_again_and_the_clock_is_known_all_the_same(tmp_path: Path) -> None:
    with serve(Telegram(token="1:another")) as url:
        found = _check(tmp_path, telegram_bot_token=Secret(TOKEN), telegram_api_url=url)
    assert str(found["Token"]) == (
        f"MEND Token: refused by {url} (HTTP 401; it is not shown); copy it again from @BotFather"
    )
    assert found["Clock"].state is State.GOOD


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (200, b"<html>a portal of the hotel</html>", "what answers there is no Bot API"),
        (200, b"\xff{", "what answers there is no Bot API"),
        (200, b'{"ok": true, "result": [1]}', "what answers there is no Bot API"),
        (200, b"[" * 200_000, "what answers there is no Bot API"),
        (502, b"", "HTTP 502"),
    ],
)
def test_what_is_no_bot_api_is_named_with_what_to_do(tmp_path: Path, status: int, body: bytes, failure: str) -> None:
    with _answering(status, body) as url:
        found = _check(tmp_path, telegram_bot_token=Secret(TOKEN), telegram_api_url=url)
    assert str(found["Token"]) == (
        f"MEND Token: {url} cannot be asked ({failure}); look at the network, or set TELEGRAM_API_URL"
    )


def test_where_nobody_listens_the_reason_is_told_and_the_clock_is_not_compared(tmp_path: Path) -> None:
    with _answering() as url:
        pass
    found = _check(tmp_path, telegram_bot_token=Secret(TOKEN), telegram_api_url=url)
    assert "Connection refused" in found["Token"].says
    assert found["Token"].state is State.BAD
    assert found["Clock"] == Condition(State.KNOWN, "Clock", "not compared, for nobody told the time")


def test_a_server_that_never_answers_is_not_waited_for() -> None:
    with _silent() as url:
        settings = Settings(telegram_bot_token=Secret(TOKEN), telegram_api_url=url)
        assert reach_telegram(settings, timeout_seconds=0.05).failure == "timed out"


@contextmanager
def _silent() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (-50, "within 60 seconds of the server's"),
        (-4000, "4,000 seconds ahead of the server's; let a time service set it"),
        (90, "90 seconds behind the server's; let a time service set it"),
    ],
)
def test_a_clock_that_is_a_minute_off_is_to_be_set(tmp_path: Path, seconds: int, says: str) -> None:
    with _answering(seconds_off=seconds) as url:
        clock = _check(tmp_path, telegram_bot_token=Secret(TOKEN), telegram_api_url=url)["Clock"]
    off_by_one = {says, says.replace("4,000", "4,001").replace("90", "89")}  # a second may pass meanwhile
    assert clock.says in off_by_one
    assert clock.state is (State.GOOD if says.startswith("within") else State.BAD)


@pytest.mark.parametrize("date", ["soon", "Mon, 99 Nov 2026 01:00:00 GMT", " "])
def test_a_date_that_is_none_is_not_compared(tmp_path: Path, date: str) -> None:
    with _answering(date=date) as url:
        found = _check(tmp_path, telegram_bot_token=Secret(TOKEN), telegram_api_url=url)
    assert found["Clock"].state is State.KNOWN


def test_who_may_ask_is_told(tmp_path: Path) -> None:
    assert _check(tmp_path)["Settings"].says == "all can be used; everybody may ask"
    private = _check(tmp_path, allowed_chats=frozenset({7, -5}), owners=frozenset({9}))
    assert private["Settings"].says == "all can be used; -5, 7, 9 may ask"


def test_problems_of_the_folder_are_known_and_an_empty_one_is_to_be_filled(tmp_path: Path) -> None:
    library = CannedLibrary(lambda *_: refused())
    library.problems = (Problem("song.txt", "is no text."),)
    assert _check(tmp_path, library)["Folder"] == Condition(
        State.KNOWN, "Folder", "knowledge has documents to answer from (2), and problems (1); mend what is named above"
    )
    library.documents = ()
    assert str(_check(tmp_path, library)["Folder"]) == (
        "MEND Folder: knowledge holds no document that can be read; put some into it"
    )


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(42_000_000))
    data = _check(tmp_path / "not" / "yet")["Data"]
    assert str(data) == f"MEND Data: {tmp_path}/not/yet can be written, but 42 MB are free; make room"


def test_a_place_that_takes_no_file_is_told_with_the_systems_own_reason(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, no directory")
    data = _check(tmp_path / "data")["Data"]
    assert data.state is State.BAD
    assert "data cannot be written (Not a directory); make it writable" in data.says


def test_versions_that_do_not_fit_are_named_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tmp_path / "pyproject.toml"
    asked.write_text(
        '[project]\nrequires-python = ">=4"\ndependencies = ["pyyaml>=99", "a-package-of-nobody", "numpy>=1"]\n'
    )
    monkeypatch.setattr(room, "PYPROJECT", asked)
    python, *packages = room._versions()
    assert python.says.endswith(" is here, >=4 is needed; make the environment anew with one")
    assert [each.state for each in (python, *packages)] == [State.BAD] * 3
    assert packages[0].says.startswith("pyyaml 6")
    assert packages[0].says.endswith(" is here, >=99 is needed; `pip install -e .` mends it")
    assert packages[1].says == "a-package-of-nobody is missing; `pip install -e .` mends it"


def test_where_there_is_no_checkout_what_was_installed_says_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PYPROJECT", tmp_path / "none.toml")
    assert {each.state for each in room._versions()} == {State.GOOD}


def test_a_condition_is_one_line() -> None:
    assert dataclasses.astuple(Condition(State.GOOD, "Disk", "there")) == ("OK", "Disk", "there")
    assert str(Condition(State.GOOD, "Disk", "there")) == "OK Disk: there"
