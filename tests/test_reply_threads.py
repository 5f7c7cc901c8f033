"""What a question stands in: the chat's last turns, the answer that it replies to, a thread of replies of its own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import BOT, Sent
from canned import LAMP, answered, refused
from test_handlers import GROUP, Chats, Open, open_bot  # noqa: F401 (a fixture)

from retrieval import AnswerKind


@pytest.fixture
async def chats(open_bot: Open) -> AsyncIterator[Chats]:  # noqa: F811
    async with open_bot() as chats:
        chats.library.answer = lambda *_: answered(LAMP)
        yield chats


async def _ask(chats: Chats, text: str, chat: int = 7, **changes: Any) -> Sent:
    (sent,) = await chats.hear(chats.telegram.write(text, chat, **changes))
    return sent


def _reply_to(message: Sent) -> dict[str, Any]:
    return {"reply_to_message": message.message | {"from": BOT}}


def _before(chats: Chats) -> list[str]:
    """The questions that the last one was asked after."""
    return [turn.question for turn in chats.library.asked[-1][1]]


async def test_in_private_a_reply_goes_back_and_the_next_question_goes_on_from_there(chats: Chats) -> None:
    first = await _ask(chats, "first")
    await _ask(chats, "second")
    await _ask(chats, "back to it", **_reply_to(first))
    assert _before(chats) == ["first"]
    await _ask(chats, "and on")
    assert _before(chats) == ["first", "back to it"]


async def test_in_a_group_a_thread_of_replies_is_a_conversation_of_its_own(chats: Chats) -> None:
    first = await _ask(chats, "/ask first", GROUP)
    aside = await _ask(chats, "aside", GROUP, **_reply_to(first))
    assert _before(chats) == ["first"]
    await _ask(chats, "/ask second", GROUP)
    assert _before(chats) == ["first"]
    await _ask(chats, "further aside", GROUP, **_reply_to(aside))
    assert _before(chats) == ["first", "aside"]


async def test_a_reply_to_what_is_no_answer_stands_in_the_chats_conversation(chats: Chats) -> None:
    await _ask(chats, "first")
    page = await _ask(chats, "/about")
    await _ask(chats, "second", **_reply_to(page))
    assert _before(chats) == ["first"]


async def test_a_reply_in_another_chat_finds_nothing_of_this_one(chats: Chats) -> None:
    secret = await _ask(chats, "secret", 9)
    forged = secret.message | {"chat": {"id": 8, "type": "private"}}
    await _ask(chats, "and then", 8, reply_to_message=forged | {"from": BOT})
    assert _before(chats) == []


async def test_a_press_in_a_thread_of_replies_stays_in_it(chats: Chats) -> None:
    first = await _ask(chats, "/ask first", GROUP)
    chats.library.answer = lambda *_: refused(kind=AnswerKind.CHOICES, choices=("Ada Ferry", "Bo Ferry"), who="Ferry")
    aside = await _ask(chats, "aside", GROUP, **_reply_to(first))
    await _ask(chats, "/ask second", GROUP)
    chats.library.answer = lambda *_: answered(LAMP)
    await chats.hear(chats.telegram.press(aside, "Ada Ferry"))
    assert _before(chats) == ["first", "aside"]
    await _ask(chats, "/ask third", GROUP)
    assert _before(chats) == ["first", "second"]


async def test_a_conversation_lapses_but_a_reply_takes_it_up(open_bot: Open, tmp_path: Path) -> None:  # noqa: F811
    async with open_bot(conversation_minutes=30) as chats:
        chats.library.answer = lambda *_: answered(LAMP)
        first = await _ask(chats, "first")
        with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as database, database:
            database.execute("UPDATE turns SET at = ?", (int(time.time()) - 31 * 60,))
        await _ask(chats, "second")
        assert _before(chats) == []
        await _ask(chats, "third", **_reply_to(first))
        assert _before(chats) == ["first"]
