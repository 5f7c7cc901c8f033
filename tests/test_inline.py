"""Inline mode: quotes with their sources, whole and within Telegram's limits, offered to whoever may ask."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api.inline import InlineAnswer
from bot_api.messages import LONGEST_UNITS
from bot_api.telegram import BOT
from canned import LAMP, PIER
from house import MINUTES, OWNER, STRANGER, House, open_house

from bot.handlers.inline import _offered
from bot.wording import wording_in
from retrieval import Library, StillReadingError

MEMBER = 7


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, owners=frozenset()) as house:
        yield house


async def _inquire(house: House, words: str, by: int = MEMBER, **changes: object) -> InlineAnswer:
    update = house.telegram.inquire(words, by, **changes)
    assert await house.hear(update) == []
    (answer,) = house.telegram.inquiries[update["inline_query"]["id"]]
    return answer


async def test_words_offer_quotes_ready_to_send_the_same_for_all(house: House) -> None:
    offered = await _inquire(house, "what did Ada Ferry say")
    (result,) = offered.results
    assert (result.title, result.description) == (
        "Ada Ferry",
        "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.",
    )
    assert result.parsed.text == (
        "Ada Ferry, keeper of the lighthouse\n"
        "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n"
        "Minutes of the Harbour Board\nHarbour Board · 3 May 2021 · paragraph 1"
    )
    assert (offered.is_personal, offered.button) == (False, None)
    assert 0 < offered.cache_seconds <= 60
    assert await _inquire(house, " what  did Ada Ferry say ", STRANGER) == offered


async def test_who_speaks_korean_is_offered_what_everybody_is(house: House) -> None:
    korean = {"id": MEMBER, "is_bot": False, "first_name": "민", "language_code": "ko"}
    asked = "what did Ada Ferry say"
    assert await _inquire(house, asked, **{"from": korean}) == await _inquire(house, asked)


async def test_words_of_the_document_itself_go_by_its_title(house: House) -> None:
    (result, *_) = (await _inquire(house, "when was the pier closed")).results
    assert result.title == "letter.txt"
    assert "The pier was closed in winter" in result.parsed.text


@pytest.mark.parametrize("words", ["", " ", "\t \n"])
async def test_no_words_offer_recent_documents(house: House, words: str) -> None:
    offered = await _inquire(house, words)
    assert [(one.title, one.description) for one in offered.results] == [
        ("Minutes of the Harbour Board", "Harbour Board · 3 May 2021 · MD"),
        ("letter.txt", "no date · TXT"),
    ]
    assert offered.results[0].parsed.text == "Minutes of the Harbour Board\nHarbour Board · 3 May 2021 · MD"
    assert offered.is_personal


@pytest.mark.parametrize("words", ["who painted the fresco", "?" * 256, "질문" * 128, "\ud83d", "hello", "a " * 128])
async def test_what_nothing_answers_offers_the_way_to_the_bot(house: House, words: str) -> None:
    offered = await _inquire(house, words)
    assert offered.results == ()
    assert offered.button is not None
    assert offered.button[1] == "ask"


async def test_a_long_quote_is_whole(house: House) -> None:
    words = " ".join(f"the whale number {number} swam and sang on and on" for number in range(45))
    said = MINUTES.replace("the lamp must burn all night", words).replace("Ada Ferry", "Long Speaker")
    (house.folder / "long.md").write_text(said, encoding="utf-8")
    (result,) = (await _inquire(house, "what did Long Speaker say")).results
    assert "number 44 swam and sang on and on." in result.parsed.text
    assert LONGEST_UNITS // 2 < result.parsed.units <= LONGEST_UNITS


def test_a_quote_that_no_message_can_hold_is_left_out() -> None:
    endless = dataclasses.replace(LAMP, text="the whale sang " * 400)
    assert [one.title for one in _offered((endless, PIER), wording_in("en"))] == ["letter.txt"]


async def test_many_quotes_are_no_more_than_can_be_scrolled(house: House) -> None:
    for number in range(60):
        said = f"Ada Ferry said that the ship number {number} must sail at dawn.\n"
        (house.folder / f"{number}.txt").write_text(said, encoding="utf-8")
    offered = await _inquire(house, "what did Ada Ferry say")
    assert 1 < len(offered.results) <= 20
    assert len((await _inquire(house, "")).results) == 20


async def test_a_query_of_256_characters_is_answered(house: House) -> None:
    words = "what did Ada Ferry say about the lamp " + "that burns " * 19
    assert len((await _inquire(house, words[:256])).results) >= 1


async def test_a_private_bot_offers_quotes_to_those_let_in_alone_and_lets_nobody_keep_them(tmp_path: Path) -> None:
    async with open_house(tmp_path, allowed_chats=frozenset({MEMBER})) as house:
        for person in (MEMBER, OWNER):
            offered = await _inquire(house, "what did Ada Ferry say", person)
            assert (len(offered.results), offered.is_personal) == (1, True)
        assert (await _inquire(house, "what did Ada Ferry say", STRANGER)).results == ()
        assert (await _inquire(house, "", STRANGER)).results == ()


async def test_a_quote_that_somebody_sends_is_no_question(house: House) -> None:
    quote = (await _inquire(house, "what did Ada Ferry say")).results[0].parsed.text
    assert await house.say(quote, MEMBER, via_bot=BOT) == []
    other = BOT | {"id": 5, "username": "other_bot"}
    assert len(await house.say("what did Ada Ferry say", MEMBER, via_bot=other)) == 1


async def test_before_all_is_read_it_says_so_and_nobody_keeps_that(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "reading", (4, 12))

    def not_yet(*_: object, **__: object) -> None:
        raise StillReadingError(4, 12)

    monkeypatch.setattr(house.library, "ask", not_yet)
    for words in ("lamp", ""):
        offered = await _inquire(house, words)
        assert (offered.results, offered.cache_seconds, offered.is_personal) == ((), 0, True)
        assert offered.button is not None
        assert offered.button[0].startswith("I am still reading your documents: 4 of 12.")


async def test_an_answer_that_comes_too_late_does_no_harm(house: House, caplog: pytest.LogCaptureFixture) -> None:
    update = house.telegram.inquire("lamp")
    del house.telegram.inquiries[update["inline_query"]["id"]]
    with caplog.at_level("INFO"):
        await house.hear(update)
    assert "An inline query came too late to be answered" in caplog.text
    assert "could not be handled" not in caplog.text
