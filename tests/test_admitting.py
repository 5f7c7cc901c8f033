"""A private bot: strangers are told so, owners let them in by a button, and take that back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api.telegram import RefusalError, Sent
from house import ANONYMOUS, GROUP, OWNER, SECOND_OWNER, STRANGER, House, open_house

from bot.errors import JournalError
from bot.journal import Journal
from bot.journal.admissions import MOST_AN_HOUR

TOLD = "Sorry, I am a private bot, but my owner has been told and can let you in; the id here is {}."
MEMBER = 7
PRIVATE = {"allowed_chats": frozenset({MEMBER})}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, **PRIVATE) as house:
        yield house


async def _knock(house: House, chat: int = STRANGER) -> list[Sent]:
    return await house.say("/ask@chapter_test_bot what did Ada Ferry say", chat)


async def test_a_stranger_is_told_in_one_sentence_and_every_owner_is_asked(house: House) -> None:
    *asked, told = await _knock(house)
    assert (told.chat, told.text) == (STRANGER, TOLD.format(STRANGER))
    assert sorted(one.chat for one in asked) == [OWNER, SECOND_OWNER]
    assert {one.text for one in asked} == {"Min would like to use me. The id is 8."}
    assert list(asked[0].buttons) == ["Let 8 in", "Leave 8 out"]


async def test_who_is_let_in_may_ask_also_after_a_restart_until_that_is_revoked(tmp_path: Path) -> None:
    async with open_house(tmp_path, **PRIVATE) as house:
        asked = (await _knock(house))[0]
        assert await house.press(asked, "Let 8 in") == "8 may use me now."
        assert (house.telegram.sent[-1].chat, house.telegram.sent[-1].text) == (
            STRANGER,
            "My owner has let you in. Ask me something!",
        )
        telegram = house.telegram
    async with open_house(tmp_path, telegram, **PRIVATE) as house:
        (answer,) = await _knock(house)
        assert answer.text.startswith("Ada Ferry, keeper of the lighthouse")
        assert list(asked.buttons) == ["No longer let 8 in"]
        assert await house.press(asked, "No longer let 8 in") == "8 may use me no longer."
        (told,) = await _knock(house)
        assert told.text == TOLD.format(STRANGER)


async def test_who_is_left_out_stays_out_and_can_be_let_in_later(house: House) -> None:
    asked = (await _knock(house))[0]
    assert await house.press(asked, "Leave 8 out") == "8 stays out."
    assert [one.text for one in await _knock(house)] == [TOLD.format(STRANGER)]
    assert await house.press(asked, "Let 8 in") == "8 may use me now."
    assert len(await _knock(house)) == 1


async def test_status_lists_who_was_let_in_and_takes_it_back(house: House) -> None:
    for chat in (STRANGER, GROUP):
        await house.press((await _knock(house, chat))[0], f"Let {chat} in")
    status = (await house.say("/status"))[-1]
    assert status.text == "2 chats were let in by a button."
    assert sorted(status.buttons) == ["No longer let -100 in", "No longer let 8 in"]
    await house.press(status, "No longer let 8 in")
    assert sorted(status.buttons) == ["Let 8 in", "No longer let -100 in"]
    assert (await _knock(house))[-1].text == TOLD.format(STRANGER)
    assert (await _knock(house, GROUP))[0].text.startswith("Ada Ferry")


async def test_a_group_is_named_and_let_in_as_a_whole(house: House) -> None:
    chat = {"id": GROUP, "type": "supergroup", "title": "Harbour <news>", "username": "harbour"}
    update = house.telegram.write("/ask@chapter_test_bot what burns", GROUP)
    update["message"]["chat"] = chat
    asked = (await house.hear(update))[0]
    assert asked.text == "Harbour <news> (@harbour) would like to use me. The id is -100."
    await house.press(asked, "Let -100 in")
    assert (await _knock(house, GROUP))[0].text.startswith("Ada Ferry")


@pytest.mark.parametrize("data", ["admit:in:8", "admit:revoke:7"])
async def test_a_forged_press_lets_nobody_in(house: House, data: str) -> None:
    (answer,) = await house.say("what did Ada Ferry say", MEMBER)
    assert await house.press_data(answer, data, by=MEMBER) == "Only my owners can do that."
    asked = (await _knock(house))[0]
    sorry = "Sorry, I may not answer in this chat. Its id is 8; my owner can add it to ALLOWED_CHATS."
    stranger = {"chat": {"id": STRANGER, "type": "private"}}
    update = house.telegram.press_data(asked.message | stranger, data, by=STRANGER)
    await house.hear(update)
    assert house.telegram.presses[update["callback_query"]["id"]] == [sorry]
    assert (await _knock(house))[-1].text == TOLD.format(STRANGER)


async def test_a_stranger_who_insists_is_no_flood(house: House) -> None:
    for _ in range(3):
        await _knock(house)
    assert sum(one.chat == OWNER for one in house.telegram.sent) == 1


async def test_of_a_crowd_owners_hear_no_more_than_they_can_read(house: House) -> None:
    for stranger in range(1000, 1000 + MOST_AN_HOUR + 1):
        await _knock(house, stranger)
    assert sum(one.chat == OWNER for one in house.telegram.sent) == MOST_AN_HOUR
    assert house.telegram.sent[-1].text.startswith("Sorry, I ")


async def test_where_no_owner_can_be_told_nobody_says_so(house: House) -> None:
    for _ in range(2):
        house.telegram.refusals.append(RefusalError(403, "Forbidden: bot was blocked by the user"))
    (told,) = await _knock(house)
    assert told.text.startswith("Sorry, I may not answer in this chat. Its id is 8;")
    assert len(await _knock(house)) == 3


async def test_an_anonymous_admin_is_no_owner_and_a_group_is_not_in_because_of_one(house: House) -> None:
    anonymous = {"from": ANONYMOUS, "sender_chat": {"id": GROUP, "type": "supergroup", "title": "Group"}}
    assert (await house.say("/ask@chapter_test_bot what burns", GROUP, **anonymous))[-1].text == TOLD.format(GROUP)


async def test_a_stranger_gets_no_inline_quotes_but_a_way_to_the_door(house: House) -> None:
    update = house.telegram.inquire("lamp", STRANGER)
    await house.hear(update)
    (offered,) = house.telegram.inquiries[update["inline_query"]["id"]]
    assert (offered.results, offered.is_personal, offered.button) == ((), True, ("I am a private bot", "private"))
    assert (await house.say("/start private", STRANGER))[-1].text == TOLD.format(STRANGER)


def _unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> list[tuple[int]]:
        raise JournalError("The journal cannot be read.")

    monkeypatch.setattr(Journal, "_rows", fail)


async def test_who_was_let_in_goes_on_being_answered_while_the_journal_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, **PRIVATE) as house:
        for guest in (STRANGER, 88):
            await house.press((await _knock(house, guest))[0], f"Let {guest} in")
        telegram = house.telegram
    async with open_house(tmp_path, telegram, **PRIVATE) as house:
        await house.press((await _knock(house, 89))[0], "Let 89 in")
        listed = (await house.say("/status"))[-1]
        assert await house.press(listed, "No longer let 88 in") == "88 may use me no longer."
        _unreadable(monkeypatch)
        for guest in (STRANGER, 89):
            assert (await _knock(house, guest))[-1].text.startswith("Ada Ferry, keeper of the lighthouse")
        for guest in (88, 90):
            assert (await _knock(house, guest))[-1].text.startswith("Sorry, I ")


async def test_who_was_let_in_is_nobody_where_the_journal_could_never_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, **PRIVATE) as house:
        await house.press((await _knock(house))[0], "Let 8 in")
        telegram = house.telegram
    _unreadable(monkeypatch)
    async with open_house(tmp_path, telegram, **PRIVATE) as house:
        assert (await _knock(house))[-1].text.startswith("Sorry, I ")
        monkeypatch.undo()
        assert (await _knock(house))[-1].text.startswith("Ada Ferry, keeper of the lighthouse")
