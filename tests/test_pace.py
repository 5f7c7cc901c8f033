"""The polite limit: one person cannot take the others' turn, whatever they send."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from house import ANONYMOUS, GROUP, OWNER, STRANGER, House, open_house

from bot.handlers import pace
from bot.handlers.languages import Languages
from bot.handlers.pace import MOST_PEOPLE, WINDOW_SECONDS, Pace, _Turn

ASKED, OTHER = "what did Ada Ferry say", 77
SLOW = "That was a lot at once. Please wait a minute, then ask again."


class Clock:
    """A clock that stands still until it is turned."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, questions_a_minute=3) as house:
        yield house


async def test_who_asks_too_much_reads_one_sentence_and_then_nothing(house: House) -> None:
    replies = [await house.say(ASKED, STRANGER) for _ in range(6)]
    assert [len(sent) for sent in replies] == [1, 1, 1, 1, 0, 0]
    assert replies[2][0].text.startswith("Ada Ferry")
    assert replies[3][0].text == SLOW


async def test_what_waited_through_an_outage_is_all_answered_and_what_came_at_once_still_is_not(house: House) -> None:
    hour_ago = int(time.time()) - 3600
    waited = [house.telegram.write(ASKED, STRANGER, date=hour_ago + 20 * minute) for minute in range(12)]
    assert len(await house.hear(*waited)) == 12
    at_once = [house.telegram.write(ASKED, OTHER, date=hour_ago) for _ in range(12)]
    answers = [one.text for one in await house.hear(*at_once)]
    assert [text == SLOW for text in answers] == [False, False, False, True]


async def test_an_edit_counts_when_it_was_made(house: House) -> None:
    update = house.telegram.write(ASKED, STRANGER, date=int(time.time()) - 3600)
    await house.hear(update)
    for number in range(1, 4):
        edited = house.telegram.edit(update, "who is Ada Ferry")
        edited["edited_message"]["edit_date"] = int(time.time()) - 3600 + 100 * number
        await house.hear(edited)
    assert SLOW not in [one.text for one in house.telegram.sent]


async def test_a_date_that_is_yet_to_come_is_now(house: House) -> None:
    dates = [int(time.time()) + 1000 * number for number in range(4)]
    sent = [await house.say(ASKED, STRANGER, date=date) for date in dates]
    assert sent[-1][0].text == SLOW


def test_what_is_tried_again_counts_once() -> None:
    held = Pace(2, frozenset(), Languages(None), Clock())  # type: ignore[arg-type]
    tries = [held._has_turn(7, _Turn(number, 0), is_typed=False) for number in (1, 1, 1, 2, 1, 2, 3)]
    assert tries == [True, True, True, True, True, True, False]


async def test_others_are_unharmed_and_owners_ask_as_much_as_they_like(house: House) -> None:
    for _ in range(5):
        await house.say(ASKED, STRANGER)
    assert [message.text[:9] for message in await house.say(ASKED, OTHER)] == ["Ada Ferry"]
    assert all([(await house.say(ASKED, OWNER))[0].text.startswith("Ada Ferry") for _ in range(6)])


async def test_it_is_said_in_the_persons_language(house: House) -> None:
    korean = {"from": {"id": STRANGER, "is_bot": False, "first_name": "민", "language_code": "ko"}}
    sent = [await house.say(ASKED, STRANGER, **korean) for _ in range(4)][-1]
    assert [message.text for message in sent] == ["한꺼번에 많이 물으셨습니다. 1분 뒤에 다시 물어 주십시오."]


async def test_every_press_still_ends(house: House) -> None:
    (answer,) = await house.say(ASKED, STRANGER, date=int(time.time()))
    data = answer.buttons["👍"]
    toasts = [await house.press_data(answer, data) for _ in range(4)]
    assert SLOW not in toasts[:2]
    assert toasts[2:] == [SLOW, SLOW]


async def test_commands_and_edits_count_and_what_is_not_meant_for_the_bot_does_not(house: House) -> None:
    who = {"from": {"id": STRANGER, "is_bot": False, "first_name": "Min"}}
    for _ in range(9):
        assert not await house.say("what a day", GROUP, **who)
        assert not await house.say("/help@another_bot", GROUP, **who)
    update = house.telegram.write(ASKED, STRANGER)
    await house.hear(update)
    await house.hear(house.telegram.edit(update, "who is Ada Ferry"))
    await house.say("/about", STRANGER)
    assert (await house.say("/about", STRANGER))[0].text == SLOW


async def test_anonymous_admins_of_a_group_are_one_person(house: House) -> None:
    group = {"id": GROUP, "type": "supergroup", "title": "Harbour"}
    one = {"sender_chat": group, "from": ANONYMOUS}
    other = one | {"sender_chat": {"id": -200, "type": "channel", "title": "Sea"}}
    assert [len(await house.say(f"/ask {ASKED}", GROUP, **one)) for _ in range(5)] == [1, 1, 1, 1, 0]
    assert len(await house.say(f"/ask {ASKED}", GROUP, **other)) == 1


async def test_typing_inline_has_more_turns_and_ends_in_silence(house: House) -> None:
    for count in range(14):
        update = house.telegram.inquire(f"lamp {count}", STRANGER)
        await house.hear(update)
    (last,) = house.telegram.inquiries[update["inline_query"]["id"]]
    assert not last.results
    assert (await house.say(ASKED, STRANGER))[0].text.startswith("Ada Ferry")


async def test_no_limit_is_none(tmp_path: Path) -> None:
    async with open_house(tmp_path, questions_a_minute=0) as house:
        assert all([len(await house.say("/about", STRANGER)) == 1 for _ in range(30)])


def test_after_the_window_there_are_turns_again_and_the_sentence_is_said_again() -> None:
    clock = Clock()
    held = Pace(2, frozenset(), Languages(None), clock)  # type: ignore[arg-type]
    assert [held._has_turn(7, _Turn(number, 0), is_typed=False) for number in range(3)] == [True, True, False]
    assert [held._is_news(7), held._is_news(7)] == [True, False]
    clock.now += WINDOW_SECONDS
    later = [_Turn(number, WINDOW_SECONDS) for number in range(3, 6)]
    assert [held._has_turn(7, turn, is_typed=False) for turn in later] == [True, True, False]
    assert held._is_news(7)


def test_a_crowd_takes_no_more_memory_than_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_PEOPLE", 50)
    held = Pace(2, frozenset(), Languages(None), Clock())  # type: ignore[arg-type]
    for person in range(500):
        held._has_turn(person, _Turn(person, 0), is_typed=person % 2 == 0)
        held._is_news(person)
    assert len(held._times) == 50
    assert len(held._told) <= 51
    assert MOST_PEOPLE >= 1000
