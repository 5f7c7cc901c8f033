"""Addresses that open one quote again, and citations: nothing else of the chat that a quote comes from goes with it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bot_api.telegram import Sent
from house import GROUP, MINUTES, STRANGER, House, open_house

MEMBER = 7
ASKED = "what did Ada Ferry say"
QUOTE = (
    "Ada Ferry, keeper of the lighthouse\n"
    "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n"
    "Minutes of the Harbour Board\nHarbour Board · 3 May 2021 · paragraph 1"
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, owners=frozenset()) as house:
        yield house


async def _ask(house: House, words: str = ASKED, chat: int = MEMBER) -> Sent:
    (answer,) = await house.say(words, chat)
    return answer


def _payload(message: Sent, label: str = "Share") -> str:
    """The parameter of the address that the button shares."""
    shared = urlsplit(message.links[label])
    assert (shared.netloc, shared.path) == ("t.me", "/share/url")
    (address,) = parse_qs(shared.query)["url"]
    opened = urlsplit(address)
    assert (opened.netloc, opened.path) == ("t.me", "/chapter_test_bot")
    (payload,) = parse_qs(opened.query)["start"]
    assert re.fullmatch(r"q_[A-Za-z0-9_-]{1,62}", payload)
    return payload


async def _open(house: House, payload: str, chat: int = STRANGER) -> list[Sent]:
    return await house.say(f"/start {payload}", chat)


async def test_the_address_opens_the_quote_with_its_source_and_nothing_else(house: House) -> None:
    answer = await _ask(house, "/ask " + ASKED, GROUP)
    (opened,) = await _open(house, _payload(answer))
    assert (opened.chat, opened.text) == (STRANGER, QUOTE)
    assert opened.replies_to is None


async def test_what_was_opened_can_be_looked_at_asked_about_and_shared_on(house: House) -> None:
    payload = _payload(await _ask(house))
    (opened,) = await _open(house, payload)
    assert _payload(opened) == payload
    await house.press(opened, "Context", by=STRANGER)
    assert "The meeting closed at nine." in opened.text
    assert _payload(opened) == payload
    (again,) = await house.say("who is she", STRANGER)
    assert again.text.startswith("she = Ada Ferry")


async def test_each_quote_of_an_answer_has_an_address_of_its_own(house: House) -> None:
    (house.folder / "more.txt").write_text("Ada Ferry said that the bell must ring at noon.\n", encoding="utf-8")
    answer = await _ask(house)
    first = _payload(answer, "Share ❶")
    await house.press(answer, "Context ❷", by=MEMBER)
    second = _payload(answer, "Share ❷")
    texts = [(await _open(house, payload))[0].text for payload in (first, second)]
    assert sorted("lamp" in text for text in texts) == [False, True]
    assert sorted("bell" in text for text in texts) == [False, True]


async def test_an_address_is_the_same_for_all_and_lasts_over_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        payload = _payload(await _ask(house))
        assert _payload(await _ask(house, ASKED + "?", STRANGER)) == payload
        telegram = house.telegram
    async with open_house(tmp_path, telegram) as house:
        assert (await _open(house, payload))[0].text == QUOTE


async def test_who_forgets_what_was_asked_leaves_the_address_which_tells_nothing_of_it(house: House) -> None:
    payload = _payload(await _ask(house))
    (asked,) = await house.say("/forget", MEMBER)
    await house.press(asked, "Delete", by=MEMBER)
    assert (await _open(house, payload))[0].text == QUOTE


async def test_a_quote_that_is_gone_or_changed_says_so(house: House) -> None:
    payload = _payload(await _ask(house))
    (house.folder / "minutes.md").write_text(MINUTES.replace("must burn", "may burn"), encoding="utf-8")
    (changed,) = await _open(house, payload)
    assert changed.text == "The document has changed since, and these words no longer stand there."
    (house.folder / "minutes.md").unlink()
    (gone,) = await _open(house, payload)
    assert gone.text == "That document is no longer in the folder."


async def test_an_address_that_nobody_gave_out_opens_nothing(house: House) -> None:
    payload = _payload(await _ask(house))
    for key in ("", "short", "A" * 16, "A" * 62, payload[2:-1], payload[2:].swapcase()):
        (reply,) = await _open(house, f"q_{key}")
        assert reply.text == "That address leads to no quote of mine."


@pytest.mark.parametrize("payload", ["q_" + "A" * 63, "q_../../etc", "q_' OR 1=1 --", "x_AAAAAAAAAAAAAAAA", ""])
async def test_what_is_no_address_of_a_quote_is_a_greeting(house: House, payload: str) -> None:
    (reply,) = await _open(house, payload)
    assert reply.text.startswith("I answer questions from a folder of documents")


async def test_an_address_works_in_a_group_too(house: House) -> None:
    payload = _payload(await _ask(house))
    (opened,) = await house.say(f"/start@chapter_test_bot {payload}", GROUP)
    assert opened.text == QUOTE


async def test_a_private_bot_opens_nothing_for_strangers(tmp_path: Path) -> None:
    async with open_house(tmp_path, allowed_chats=frozenset({MEMBER})) as house:
        payload = _payload(await _ask(house))
        assert (await _open(house, payload))[-1].text.startswith("Sorry, I am a private bot")


async def test_cite_gives_the_quote_to_copy(house: House) -> None:
    answer = await _ask(house)
    (cited,) = await house.say("/cite", MEMBER, reply_to_message=answer.message)
    assert cited.parsed.texts_of("code") == [
        "“Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.” — Ada Ferry, keeper of the "
        "lighthouse, Minutes of the Harbour Board, Harbour Board, 3 May 2021, paragraph 1, "
        "https://harbour.example/m#:~:text=" + cited.parsed.texts_of("code")[0].partition(":~:text=")[2],
        cited.parsed.texts_of("code")[1],
    ]
    assert cited.parsed.texts_of("code")[1].startswith("> Ada Ferry, keeper of the lighthouse, said that the lamp must")
    assert "[Minutes of the Harbour Board](https://harbour.example/m#:~:text=" in cited.text


async def test_cite_gives_every_quote_or_the_one_whose_number_follows(house: House) -> None:
    (house.folder / "more.txt").write_text("Ada Ferry said that the bell must ring at noon.\n", encoding="utf-8")
    answer = await _ask(house)
    (every,) = await house.say("/cite", MEMBER, reply_to_message=answer.message)
    assert len(every.parsed.texts_of("code")) == 4
    (second,) = await house.say("/cite 2", MEMBER, reply_to_message=answer.message)
    assert second.parsed.texts_of("code")[0] == every.parsed.texts_of("code")[1]
    for wrong in ("/cite 3", "/cite 0"):
        (reply,) = await house.say(wrong, MEMBER, reply_to_message=answer.message)
        assert reply.text.startswith("Reply with /cite to an answer of mine")


async def test_cite_without_an_answer_says_how(house: House) -> None:
    refused = await _ask(house, "who painted the fresco")
    for changes in ({}, {"reply_to_message": refused.message}):
        (reply,) = await house.say("/cite", MEMBER, **changes)
        assert reply.text.startswith("Reply with /cite to an answer of mine")


async def test_nobody_cites_what_another_chat_was_answered(house: House) -> None:
    answer = await _ask(house)
    (reply,) = await house.say("/cite", STRANGER, reply_to_message=answer.message)
    assert reply.text.startswith("Reply with /cite to an answer of mine")


async def test_what_was_opened_can_be_cited(house: House) -> None:
    (opened,) = await _open(house, _payload(await _ask(house)))
    (cited,) = await house.say("/cite", STRANGER, reply_to_message=opened.message)
    assert "the lamp must burn all night" in cited.parsed.texts_of("code")[0]
