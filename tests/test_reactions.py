"""Reactions: thumbs on an answer are votes, like the buttons below it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api.telegram import Sent
from house import GROUP, OWNER, STRANGER, House, open_house

MEMBER = 7
ASKED = "what did Ada Ferry say"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


async def _ask(house: House, chat: int = MEMBER) -> Sent:
    (answer,) = await house.say(f"/ask {ASKED}", chat)
    return answer


async def _votes(house: House) -> str:
    return "\n".join(one.text for one in await house.say("/feedback", OWNER))


async def test_a_thumb_is_a_vote_until_it_is_taken_away(house: House) -> None:
    answer = await _ask(house)
    assert await house.hear(house.telegram.react(answer, "👎")) == []
    assert "👎 1, last on" in await _votes(house)
    assert "👎 ✓" in answer.buttons
    await house.hear(house.telegram.react(answer, "👍", before=("👎",)))
    assert await _votes(house) == "No answer was voted down."
    assert "👍 ✓" in answer.buttons
    await house.hear(house.telegram.react(answer, before=("👍",)))
    assert {"👍", "👎"} <= set(answer.buttons)


async def test_in_a_group_each_has_a_vote_that_nobody_sees(house: House) -> None:
    answer = await _ask(house, GROUP)
    for person in (MEMBER, STRANGER):
        await house.hear(house.telegram.react(answer, "👎", by=person))
    assert "👎 2, last on" in await _votes(house)
    assert {"👍", "👎"} <= set(answer.buttons)


async def test_a_button_and_a_reaction_are_one_vote(house: House) -> None:
    answer = await _ask(house)
    await house.press(answer, "👎", by=MEMBER)
    await house.hear(house.telegram.react(answer, "👎"))
    assert "👎 1, last on" in await _votes(house)


@pytest.mark.parametrize("signs", [("❤",), ("👍", "👎"), ()])
async def test_other_signs_mean_nothing(house: House, signs: tuple[str, ...]) -> None:
    answer = await _ask(house)
    await house.hear(house.telegram.react(answer, *signs))
    assert await _votes(house) == "No answer was voted down."


async def test_signs_on_what_is_no_answer_and_of_nobody_mean_nothing(house: House) -> None:
    answer, (greeting,) = await _ask(house), await house.say("/about", MEMBER)
    await house.hear(house.telegram.react(greeting, "👎"))
    update = house.telegram.react(answer, "👎")
    user = update["message_reaction"].pop("user")
    update["message_reaction"]["actor_chat"] = {"id": GROUP, "type": "supergroup", "title": "Group"}
    assert user["id"] == MEMBER
    await house.hear(update)
    assert await _votes(house) == "No answer was voted down."


async def test_a_strangers_reaction_to_a_private_bot_is_not_counted(tmp_path: Path) -> None:
    async with open_house(tmp_path, allowed_chats=frozenset({MEMBER, OWNER})) as house:
        answer = await _ask(house)
        update = house.telegram.react(answer, "👎", by=STRANGER)
        update["message_reaction"]["chat"] = {"id": GROUP, "type": "supergroup"}
        assert await house.hear(update) == []
        assert await _votes(house) == "No answer was voted down."
