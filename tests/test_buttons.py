"""Buttons in Telegram: people and choices; every press is answered once, and one too many does no harm."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import Sent, Telegram
from canned import LAMP, answered, refused
from test_handlers import GROUP, Chats, Open, open_bot  # noqa: F401 (a fixture)

from bot.choices import PEOPLE_A_PAGE
from retrieval import Answer, AnswerKind, Person, Turn

TWO = refused(
    kind=AnswerKind.CHOICES,
    choices=("Ada Ferry", "Bo Ferry"),
    who="Ferry",
)
NEAR = refused(missing=("Ada Fary",), choices=("Ada Ferry",), who="Ada Fary")
MANY = tuple(Person(f"Speaker {number:02}", statements=90 - number, documents=("a.md",)) for number in range(20))


def _answer(question: str, _conversation: tuple[Turn, ...]) -> Answer:
    if "crash" in question:
        raise RuntimeError("the lamp went out")
    if "Fary" in question:
        return NEAR
    return answered(LAMP) if "Ada Ferry" in question or "Speaker" in question else TWO


@pytest.fixture
async def chats(open_bot: Open) -> Any:  # noqa: F811
    async with open_bot() as chats:
        chats.library.answer = _answer
        yield chats


async def _ask(chats: Chats, text: str, chat: int = 7, **changes: Any) -> Sent:
    (sent,) = await chats.hear(chats.telegram.write(text, chat, **changes))
    return sent


async def _press(chats: Chats, message: Sent, button: str, **changes: Any) -> tuple[list[str], str | None]:
    """What the bot sends for the press, and the sentence over the chat."""
    update = chats.telegram.press(message, button, **changes)
    sent = await chats.hear(update)
    (toast,) = chats.telegram.presses[update["callback_query"]["id"]]
    return [one.text for one in sent], toast


async def test_each_of_two_people_has_a_button_that_asks_again_with_the_name_in_its_place(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    assert list(message.buttons) == ["Ada Ferry", "Bo Ferry"]
    assert message.text.endswith("Whom do you mean?\n• Ada Ferry\n• Bo Ferry")
    replies, toast = await _press(chats, message, "Ada Ferry")
    assert (len(replies), toast) == (1, None)
    assert replies[0].startswith("Ada Ferry, keeper of the lighthouse\n")
    assert [asked for asked, _, _ in chats.library.asked] == [
        "what did Ferry say about oil",
        "what did Ada Ferry say about oil",
    ]


async def test_a_missing_name_is_said_to_be_missing_and_near_ones_are_buttons(chats: Chats) -> None:
    message = await _ask(chats, "what did ada fary say of Ada Fary")
    assert message.text == "No document mentions Ada Fary.\nNames that come near:\n• Ada Ferry"
    await _press(chats, message, "Ada Ferry")
    assert chats.library.asked[-1][0] == "what did Ada Ferry say of Ada Fary"


async def test_a_name_that_the_question_does_not_hold_asks_what_the_person_said(chats: Chats) -> None:
    chats.library.answer = lambda question, _turns: (
        dataclasses.replace(TWO, who="차나무") if "Ferry" not in question else answered(LAMP)
    )
    await _press(chats, await _ask(chats, "what about her"), "Bo Ferry")
    assert chats.library.asked[-1][0] == "what did Bo Ferry say"


async def test_a_second_press_points_at_the_answer_above(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    await _press(chats, message, "Ada Ferry")
    assert await _press(chats, message, "Ada Ferry") == ([], "The answer stands just above.")
    replies, toast = await _press(chats, message, "Bo Ferry")
    assert (len(replies), toast) == (1, None)
    assert len((await _press(chats, message, "Ada Ferry"))[0]) == 1


async def test_presses_as_fast_as_fingers_are_each_answered_once(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    sent = await chats.hear(*[chats.telegram.press(message, "Ada Ferry") for _ in range(5)])
    assert len(sent) == 1


async def test_buttons_work_after_a_restart(open_bot: Open) -> None:  # noqa: F811
    telegram = Telegram()
    async with open_bot(telegram) as chats:
        chats.library.answer = lambda *_: TWO
        message = await _ask(chats, "what did Ferry say about oil")
    async with open_bot(telegram) as chats:
        chats.library.answer = _answer
        assert len((await _press(chats, message, "Ada Ferry"))[0]) == 1


@pytest.mark.parametrize(
    "data", ["ask:0123456789abcdef:0", "ask:0123456789abcdef:99", "ask:x:1", "people:x", "x", "?" * 64]
)
async def test_a_button_that_nobody_knows_says_so(chats: Chats, data: str) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    update = chats.telegram.press_data(message.message, data)
    assert await chats.hear(update) == []
    assert chats.telegram.presses[update["callback_query"]["id"]] == ["That button is too old. Please ask again."]


async def test_a_number_past_the_last_button_says_so(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    update = chats.telegram.press_data(message.message, message.buttons["Bo Ferry"][:-1] + "2")
    assert await chats.hear(update) == []
    assert chats.telegram.presses[update["callback_query"]["id"]] == ["That button is too old. Please ask again."]


async def test_a_button_of_another_chat_is_unknown(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    other = await _ask(chats, "who is Ada Ferry", chat=8)
    update = chats.telegram.press_data(other.message, message.buttons["Ada Ferry"])
    assert await chats.hear(update) == []


async def test_a_press_without_a_message_says_so(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    for data in (message.buttons["Ada Ferry"], "people:2"):
        update = chats.telegram.press_data(message.message, data, inline_message_id="1")
        del update["callback_query"]["message"]
        assert await chats.hear(update) == []
        assert chats.telegram.presses[update["callback_query"]["id"]] == ["That button is too old. Please ask again."]


async def test_a_button_of_a_message_out_of_reach_still_asks(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    gone = {"message_id": 999, "date": 0, "chat": message.message["chat"]}
    assert len(await chats.hear(chats.telegram.press_data(gone, message.buttons["Ada Ferry"]))) == 1
    assert await chats.hear(chats.telegram.press_data(gone, "people:2")) == []


async def test_people_are_buttons_a_page_at_a_time_who_says_most_first(chats: Chats) -> None:
    chats.library.people = (*MANY, Person("Silent Owner"))
    page = await _ask(chats, "/people")
    assert page.text == (
        "People who say something in the documents: 20. Press a name to read what they say.\nPage 1 of 3"
    )
    assert list(page.buttons)[:2] == ["Speaker 00 · 90", "Speaker 01 · 89"]
    assert list(page.buttons)[PEOPLE_A_PAGE:] == ["›"]
    for turned, buttons in ((2, 8 + 2), (3, 4 + 1)):
        assert await _press(chats, page, "›") == ([], None)
        assert page.text.endswith(f"Page {turned} of 3")
        assert len(page.buttons) == buttons
    replies, toast = await _press(chats, page, "Speaker 19 · 71")
    assert (len(replies), toast) == (1, None)
    assert chats.library.asked[-1][0] == "what did Speaker 19 say"


async def test_a_page_turned_twice_or_gone_does_no_harm(chats: Chats) -> None:
    chats.library.people = MANY
    page = await _ask(chats, "/people")
    await chats.hear(*[chats.telegram.press(page, "›") for _ in range(3)])
    assert page.text.endswith("Page 2 of 3")
    chats.library.people = MANY[:3]
    await _press(chats, page, "›")
    assert list(page.buttons) == ["Speaker 00 · 90", "Speaker 01 · 89", "Speaker 02 · 88"]
    assert "Page" not in page.text


async def test_nobody_to_list_is_said(chats: Chats) -> None:
    chats.library.people = (Person("Silent Owner"),)
    page = await _ask(chats, "/people")
    assert (page.text, page.buttons) == ("Nobody is quoted in the documents yet.", {})


async def test_a_name_of_any_length_makes_a_button(chats: Chats) -> None:
    chats.library.people = (Person("정" * 500, statements=2), Person("<b>&", statements=1))
    page = await _ask(chats, "/people")
    assert [len(label) <= 60 for label in page.buttons] == [True, True]
    assert "<b>& · 1" in page.buttons


async def test_buttons_speak_the_language_of_whoever_presses(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    korean = {"id": 7, "is_bot": False, "first_name": "민", "language_code": "ko"}
    update = chats.telegram.press_data(message.message, "x", **{"from": korean})
    await chats.hear(update)
    assert chats.telegram.presses[update["callback_query"]["id"]] == ["너무 오래된 버튼입니다. 다시 질문해 주십시오."]


async def test_in_a_topic_the_answer_to_a_press_stays_in_it(chats: Chats) -> None:
    message = await _ask(chats, "/ask what did Ferry say", GROUP, message_thread_id=4, is_topic_message=True)
    (sent,) = await chats.hear(chats.telegram.press(message, "Ada Ferry"))
    assert (sent.chat, sent.thread) == (GROUP, 4)
    assert len(chats.library.asked[-1][1]) == 1


async def test_a_press_where_nobody_may_ask_is_told_so(open_bot: Open) -> None:  # noqa: F811
    telegram = Telegram()
    async with open_bot(telegram) as chats:
        chats.library.answer = lambda *_: TWO
        message = await _ask(chats, "/ask what did Ferry say about oil", GROUP)
    async with open_bot(telegram, allowed_chats=frozenset({7}), owners=frozenset({9})) as chats:
        chats.library.answer = _answer
        replies, toast = await _press(chats, message, "Ada Ferry")
        assert replies == []
        assert toast is not None
        assert toast.startswith(f"Sorry, I may not answer in this chat. Its id is {GROUP};")
        assert len((await _press(chats, message, "Ada Ferry", by=9))[0]) == 1


async def test_a_press_that_fails_is_a_sentence(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    chats.library.answer = lambda *_: _answer("crash", ())
    replies, toast = await _press(chats, message, "Ada Ferry")
    assert toast is None
    assert replies[0].startswith("Sorry, something went wrong on my side")


async def test_a_journal_that_fails_costs_the_buttons_not_the_names(
    chats: Chats, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chats.library.people = MANY
    message, page = await _ask(chats, "what did Ferry say about oil"), await _ask(chats, "/people")
    with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
        database.execute("DROP TABLE buttons")
    database.close()
    again = await _ask(chats, "what did Ferry say about oil")
    assert (again.text, again.buttons) == (message.text, {})
    for pressed, button in ((message, "Ada Ferry"), (page, "›")):
        replies, toast = await _press(chats, pressed, button)
        assert replies == []
        assert toast is not None
        assert toast.startswith("Sorry, something went wrong")
    assert "A button cannot be looked up" in caplog.text


async def test_a_press_that_waited_too_long_is_still_asked(chats: Chats) -> None:
    message = await _ask(chats, "what did Ferry say about oil")
    update = chats.telegram.press(message, "Ada Ferry")
    del chats.telegram.presses[update["callback_query"]["id"]]
    assert len(await chats.hear(update)) == 1
