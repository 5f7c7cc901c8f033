"""What interrupts the talk with Telegram is told without saying whom it befell."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from house import House, open_house

from bot.handlers.interruptions import Interruptions
from bot.handlers.languages import Languages
from bot.inbox import Inbox
from bot.journal import Journal

UNKNOWN = 471147


async def test_an_owner_that_cannot_be_told_is_nobody_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_house(tmp_path) as house, Journal(tmp_path / "own.sqlite3") as journal:
        interruptions = Interruptions(Inbox(journal), {UNKNOWN}, Languages(journal))
        interruptions.tell_of_conflict(house.application.bot)
        await asyncio.gather(*interruptions._telling)
        await interruptions.stop()
    assert [record.getMessage() for record in caplog.records] == ["An owner could not be told: Chat not found"]


async def test_no_line_of_a_talk_says_who_talks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    person, group = 88442211, -10055443322
    async with open_house(tmp_path, allowed_chats=frozenset({person, group}), questions_a_minute=2) as house:
        await _talk(house, person, group)
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    assert "answered" in told
    assert "refused" in told
    assert not [number for number in (person, group, -10055443399, UNKNOWN) if str(number) in told]


async def _talk(house: House, person: int, group: int) -> None:
    """A question answered, one too many, one of a stranger, a group that moves, words typed inline."""
    for _ in range(3):
        await house.say("what did Ada Ferry say", person)
    await house.say("what did Ada Ferry say", UNKNOWN)
    await house.say(None, -10055443399, migrate_from_chat_id=group)
    await house.hear(house.telegram.inquire("lamp", UNKNOWN))
