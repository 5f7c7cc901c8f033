"""Groups: silent unless spoken to, topics, anonymous admins, channels' discussions, and a group turned supergroup."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import Telegram
from house import ANONYMOUS, GROUP, House, open_house

ASKED = "what did Ada Ferry say"
SUPERGROUP = -1000000000100
CHANNEL = {"id": -1009, "type": "channel", "title": "Harbour news"}
AS_ADMIN = {"from": ANONYMOUS, "sender_chat": {"id": GROUP, "type": "supergroup", "title": "Group"}}
AS_CHANNEL = {
    "from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
    "sender_chat": CHANNEL,
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, owners=frozenset()) as house:
        yield house


async def _hear(house: House, text: str | None, chat: int = GROUP, **changes: Any) -> list[str]:
    return [one.text for one in await house.say(text, chat, **changes)]


async def test_a_group_hears_the_bot_when_it_speaks_to_it_and_never_else(house: House) -> None:
    for text in (f"/ask {ASKED}", f"@chapter_test_bot {ASKED}", f"/ask@chapter_test_bot {ASKED}"):
        (answer,) = await _hear(house, text)
        assert answer.startswith("Ada Ferry")
    bot = house.telegram.sent[-1].message
    assert len(await _hear(house, "who is she", reply_to_message=bot)) == 1
    for text in (ASKED, "/ask@other_bot " + ASKED, "hello all", "@chapter_test_bots " + ASKED, "/status@other_bot"):
        assert await _hear(house, text) == [], text


@pytest.mark.parametrize("writer", [AS_ADMIN, AS_CHANNEL])
async def test_who_writes_as_a_group_or_a_channel_is_answered_and_is_nobody_in_particular(
    house: House, writer: dict[str, Any]
) -> None:
    assert len(await _hear(house, f"/ask {ASKED}", **writer)) == 1
    (sentence,) = await _hear(house, "/forget", **writer)
    assert sentence == "You write here without your name, so I cannot tell which questions are yours."


async def test_a_language_chosen_by_one_is_not_every_anonymous_admins(house: House) -> None:
    (page,) = await house.say("/language", GROUP, **AS_ADMIN)
    await house.press(page, "한국어", by=12)
    assert (await _hear(house, "/sing@chapter_test_bot", **AS_ADMIN))[0].startswith("I do not know that command.")


async def test_a_channels_post_in_its_discussion_is_passed_over_and_its_comments_are_not(house: House) -> None:
    from_channel = {
        "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        "sender_chat": CHANNEL,
        "is_automatic_forward": True,
        "forward_origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 3},
    }
    for text in ("Read this @chapter_test_bot", f"/ask {ASKED}"):
        update = house.telegram.write(text, GROUP, **from_channel)
        assert await house.hear(update) == []
    comment = {"message_thread_id": update["message"]["message_id"], "reply_to_message": update["message"]}
    assert await _hear(house, "nice", **comment) == []
    (answer,) = await house.say(f"@chapter_test_bot {ASKED}", GROUP, **comment)
    assert answer.text.startswith("Ada Ferry")
    assert answer.replies_to == house.telegram.updates[-1]["message"]["message_id"]


async def test_a_topic_is_answered_in_itself(house: House) -> None:
    for thread in (5, 6):
        topic = {"message_thread_id": thread, "is_topic_message": True}
        (answer,) = await house.say(f"/ask {ASKED}", GROUP, **topic)
        assert answer.thread == thread
    (other,) = await house.say("/ask who is she", GROUP)
    assert "Ada Ferry" not in other.text


@pytest.mark.parametrize("order", [1, -1])
async def test_a_group_turned_supergroup_goes_on_where_it_was(house: House, order: int) -> None:
    await _hear(house, f"/ask {ASKED}")
    moved = [
        house.telegram.write(None, GROUP, migrate_to_chat_id=SUPERGROUP),
        house.telegram.write(None, SUPERGROUP, migrate_from_chat_id=GROUP),
    ][::order]
    assert await house.hear(*moved) == []
    (answer,) = await _hear(house, "/ask who is she", SUPERGROUP)
    assert answer.startswith("she = Ada Ferry")


async def test_an_allowed_group_is_still_let_in_as_a_supergroup(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    telegram, private = Telegram(), {"owners": frozenset[int](), "allowed_chats": frozenset({GROUP})}
    async with open_house(tmp_path, telegram, **private) as house:
        await house.say(None, SUPERGROUP, migrate_from_chat_id=GROUP)
        assert (await _hear(house, f"/ask {ASKED}", SUPERGROUP))[0].startswith("Ada Ferry")
        await house.say(None, -77, migrate_from_chat_id=-78)
        assert (await _hear(house, f"/ask@chapter_test_bot {ASKED}", -77))[0].startswith("Sorry,")
    (told,) = [one for one in caplog.records if one.name == "bot.handlers.groups"]
    assert told.getMessage() == (
        "A group of ALLOWED_CHATS has become a supergroup and has another id now. It is still let in: /status shows "
        "the id to owners; write it into ALLOWED_CHATS."
    )
    async with open_house(tmp_path, telegram, **private) as house:
        assert (await _hear(house, f"/ask {ASKED}", SUPERGROUP))[0].startswith("Ada Ferry")


async def test_help_tells_of_setprivacy(house: House) -> None:
    (page, *_) = await _hear(house, "/help@chapter_test_bot")
    assert "/setprivacy" in page
