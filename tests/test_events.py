"""What the log tells of a day of the bot: each event by its name, and nothing that anybody wrote, nor who did."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import OWNER, STRANGER, open_house
from test_log import parsed

from bot.events import Event
from bot.log import RedactingFormatter
from bot.settings import Secret
from bot.watching import log_changes
from retrieval import Changes, Problem

WRITTEN = ("zanzibar", "what did", "lamp must burn", "Min", "chapter_test_bot", "Ada Ferry")
NAME = "a bad\nlevel=error name.hwp"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, str]]]:
    """All that goes to the log, as a program reads it; filled when the test asks for it."""
    caplog.set_level(logging.INFO)
    read: list[dict[str, str]] = []
    formatter = RedactingFormatter(Secret("123456:made-up"))

    class Reading(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            read.append(parsed(formatter.format(record)))

    handler = Reading()
    logging.getLogger("bot").addHandler(handler)
    yield read
    logging.getLogger("bot").removeHandler(handler)


async def test_every_event_is_named_and_no_words_no_names_no_ids_are_told(
    tmp_path: Path, lines: list[dict[str, str]]
) -> None:
    async with open_house(tmp_path, allowed_chats=frozenset({7})) as house:
        del lines[:]
        await house.say("what did Ada Ferry say", 7)
        await house.say("zanzibar", 7)
        await house.hear(house.telegram.inquire("Ada Ferry zanzibar", by=7))
        await house.say("zanzibar?", STRANGER)
        await house.hear(house.telegram.inquire("zanzibar", by=STRANGER))
        await house.say("/status@chapter_test_bot zanzibar", OWNER)
        await house.say("/status", 7)
        told = [{key: line[key] for key in line if key not in {"time", "milliseconds"}} for line in lines]
    assert told == [
        _info(event="answered", kind="answer", quotes="1", language="en", chat="private"),
        _info(event="answered", kind="nothing", quotes="0", language="en", chat="private"),
        _info(event="answered", kind="answer", quotes="1", language="en", chat="inline"),
        _info(event="refused", what="message", why="not_allowed", chat="private"),
        _info(event="refused", what="inline_query", why="not_allowed"),
        _info(event="owner_command", what="/status"),
        _info(event="refused", what="/status", why="owner_only"),
    ]
    assert all(float(line["milliseconds"]) >= 0 for line in lines[:3])
    whole = str([[value for key, value in line.items() if key not in {"time", "milliseconds"}] for line in lines])
    assert not [words for words in WRITTEN if words in whole]
    assert not [number for number in (STRANGER, OWNER, 7) if f"'{number}'" in whole]


def test_a_file_whose_name_forges_a_line_is_a_problem_like_any_other(lines: list[dict[str, str]]) -> None:
    log_changes(Changes(added=("a.txt", "b.txt"), problems=(Problem(NAME, "is no text."),)))
    changed, problem = lines
    assert {key: changed[key] for key in ("event", "added", "changed", "removed")} == {
        "event": "folder_changed", "added": "2", "changed": "0", "removed": "0",
    }  # fmt: skip
    assert (problem["event"], problem["level"], problem["where"]) == ("problem", "warning", NAME)


def test_an_event_reads_well_in_any_log() -> None:
    assert str(Event("answered", kind="answer", quotes=3)) == "answered kind=answer quotes=3"
    assert str(Event("problem", where='a "b" c', what="")) == 'problem where="a \\"b\\" c" what=""'
    assert str(Event("started")) == "started"


def _info(**pairs: str) -> dict[str, str]:
    return {"level": "info"} | pairs
