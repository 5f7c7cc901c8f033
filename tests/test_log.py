"""The log: each record is one line that parses, whatever is in it; people at a terminal read another form of it."""

from __future__ import annotations

import io
import json
import logging
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError

from bot.events import Event
from bot.log import RedactingFormatter, start_logging
from bot.settings import Secret

TOKEN = Secret("123456:made-up-token_0123456789")
PAIR = re.compile(r'([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"=\\]+))(?: |\Z)')


def parsed(line: str) -> dict[str, str]:
    """The pairs of a line, read by the rules of logfmt; fails where anything else stands in it."""
    pairs, at = {}, 0
    while at < len(line):
        found = PAIR.match(line, at)
        assert found, line[at:]
        pairs[found[1]] = found[3] or json.loads(f'"{found[2]}"')
        at = found.end()
    return pairs


def _record(message: object, *arguments: object, **changes: object) -> logging.LogRecord:
    record = logging.LogRecord("bot.room", logging.WARNING, "room.py", 1, message, arguments, None)
    record.created, record.msecs = 1700000000.0625, 62.5
    for name, value in changes.items():
        setattr(record, name, value)
    return record


def _written(message: object, *arguments: object, **changes: object) -> str:
    return RedactingFormatter(TOKEN).format(_record(message, *arguments, **changes))


def test_an_event_is_time_level_name_and_what_is_known_of_it() -> None:
    assert _written(Event("answered", kind="answer", milliseconds=1.5, quotes=3, was_slow=False)) == (
        "time=2023-11-14T22:13:20.062Z level=warning event=answered kind=answer milliseconds=1.5 quotes=3 was_slow=no"
    )


def test_any_other_message_is_an_event_too_with_who_it_is_by() -> None:
    assert _written("%s: %d files", "a folder", 2).endswith(
        ' level=warning event=message by=bot.room text="a folder: 2 files"'
    )


@given(st.text(), st.text())
def test_whatever_is_in_it_a_record_is_one_printable_line_that_parses(one: str, other: str) -> None:
    event, message = _written(Event("problem", where=one, name=other)), _written("%s %s", one, other)
    assert event.isprintable()
    assert message.isprintable()
    assert (parsed(event)["where"], parsed(event)["name"]) == (one, other)
    assert parsed(message)["text"] == f"{one} {other}"


def test_the_name_of_a_file_begins_no_line_of_its_own() -> None:
    name = "a.txt\ntime=2023-11-14T22:13:20Z level=error event=stopped\x1b[2J\u2028.txt"
    line = _written(Event("problem", where=name))
    assert "\n" not in line
    assert parsed(line)["where"] == name
    assert parsed(line)["event"] == "problem"


def test_a_traceback_is_a_pair_of_its_line() -> None:
    line = _written("It failed.", exc_info=_raised())
    assert line.isprintable()
    assert parsed(line)["trace"].splitlines()[-1] == "ValueError: the lamp went out"


def test_for_a_terminal_the_time_of_day_comes_first_and_a_traceback_has_its_lines() -> None:
    formatter = RedactingFormatter(TOKEN, for_terminal=True)
    assert re.fullmatch(
        r"\d\d:\d\d:\d\d WARNING answered quotes=3", formatter.format(_record(Event("answered", quotes=3)))
    )
    first, *rest = formatter.format(_record("%s", "a\n\x1b[2Jb", exc_info=_raised())).splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d WARNING bot\.room: a\\n\\u001b\[2Jb", first)
    assert rest[0] == "Traceback (most recent call last):"
    assert rest[-1] == "ValueError: the lamp went out"


@pytest.mark.parametrize("for_terminal", [False, True])
def test_no_secret_stands_in_a_line_whichever_way_it_came(*, for_terminal: bool) -> None:
    other = Secret("made-up webhook secret")
    formatter = RedactingFormatter(TOKEN, other, for_terminal=for_terminal)
    token = TOKEN.reveal()
    error = ValueError(f"https://api/bot{token}/getMe")
    text = formatter.format(_record("%s %s", token, other.reveal(), exc_info=(ValueError, error, None)))
    text += formatter.format(_record(Event("poll_failed", address=f"/bot{token.partition(':')[2]}", by=other.reveal())))
    assert text.count("********") == 5
    assert "made-up" not in text


def test_an_empty_secret_replaces_nothing() -> None:
    assert RedactingFormatter(Secret("")).format(_record("a")).endswith("text=a")


def test_what_is_logged_goes_to_standard_error_without_the_networks_own_tracebacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    before = (root.handlers[:], root.level)
    monkeypatch.setattr(sys, "stderr", stream)
    try:
        start_logging("INFO", TOKEN)
        logging.getLogger("telegram.ext.Updater").error("No updates.", exc_info=NetworkError("no route"))
        logging.getLogger("httpx").info("https://api/bot%s/getMe", TOKEN.reveal())
        logging.getLogger("bot.room").info(Event("started"))
    finally:
        root.handlers[:], root.level = before
        logging.captureWarnings(capture=False)
    one, other = map(parsed, stream.getvalue().splitlines())
    assert (one["by"], one["text"], "trace" in one) == ("telegram.ext.Updater", "No updates. (no route)", False)
    assert other["event"] == "started"


def _raised() -> tuple[type[BaseException], BaseException, object]:
    def fail() -> None:
        raise ValueError("the lamp went out")

    try:
        fail()
    except ValueError as error:
        return type(error), error, error.__traceback__
