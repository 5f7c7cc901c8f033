"""An edited question: its answer follows it in place, grows, shrinks, or comes anew."""

from __future__ import annotations

import dataclasses
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import Sent
from canned import LAMP, PIER, answered, refused
from test_handlers import GROUP, Chats, Open, open_bot  # noqa: F401 (a fixture)

from bot.handlers.questions import EDITABLE_SECONDS
from retrieval import Answer, AnswerKind, Turn

LONG = dataclasses.replace(PIER, text="The pier is closed. " * 300)


def _answer(question: str, _conversation: tuple[Turn, ...]) -> Answer:
    if "choose" in question:
        return refused(kind=AnswerKind.CHOICES, choices=("Ada Ferry", "Bo Ferry"), who="Ferry")
    if "all" in question:
        return answered(LONG)
    return answered(PIER) if "pier" in question else answered(LAMP)


@pytest.fixture
async def chats(open_bot: Open) -> AsyncIterator[Chats]:  # noqa: F811
    async with open_bot() as chats:
        chats.library.answer = _answer
        yield chats


async def _ask(chats: Chats, text: str, chat: int = 7, **changes: Any) -> tuple[dict[str, Any], list[Sent]]:
    update = chats.telegram.write(text, chat, **changes)
    return update, await chats.hear(update)


async def test_the_answer_follows_its_question_in_place(chats: Chats) -> None:
    update, (message,) = await _ask(chats, "what burns")
    assert await chats.hear(chats.telegram.edit(update, "the pier")) == []
    assert message.text == "The pier is closed.\nletter.txt\nparagraph 1"
    await chats.hear(chats.telegram.press(message, "Context"))
    assert message.labels == [["‹ Back", "Source", "Share"]]
    await chats.say("what else")
    assert [turn.question for turn in chats.library.asked[-1][1]] == ["the pier"]


async def test_it_is_asked_in_the_conversation_that_it_stood_in(chats: Chats) -> None:
    await chats.say("first")
    update, _ = await _ask(chats, "second")
    await chats.say("third")
    await chats.hear(chats.telegram.edit(update, "second, mended"))
    question, before, _ = chats.library.asked[-1]
    assert (question, [turn.question for turn in before]) == ("second, mended", ["first"])
    await chats.say("fourth")
    assert [turn.question for turn in chats.library.asked[-1][1]] == ["first", "second, mended", "third"]


async def test_a_longer_answer_takes_more_messages_and_a_shorter_one_fewer(chats: Chats) -> None:
    update, (first,) = await _ask(chats, "what burns")
    second = await chats.hear(chats.telegram.edit(update, "all of it"))
    assert len(second) == 1
    assert first.labels == []
    assert second[0].labels == [["Context", "Source", "Share", "👍", "👎"]]
    assert first.text.startswith("The pier is closed.")
    await chats.hear(chats.telegram.edit(update, "what burns again"))
    assert chats.telegram.deleted == [second[0].number]
    assert first.text.startswith("Ada Ferry")
    assert first.labels == [["Context", "Source", "Share", "👍", "👎"]]


async def test_choices_give_way_to_an_answer_and_back(chats: Chats) -> None:
    update, (message,) = await _ask(chats, "choose Ferry")
    assert message.labels == [["Ada Ferry"], ["Bo Ferry"]]
    await chats.hear(chats.telegram.edit(update, "what burns"))
    assert message.labels == [["Context", "Source", "Share", "👍", "👎"]]
    await chats.hear(chats.telegram.edit(update, "choose Ferry"))
    assert message.labels == [["Ada Ferry"], ["Bo Ferry"]]


async def test_an_edit_that_changes_no_word_changes_nothing(chats: Chats) -> None:
    update, (message,) = await _ask(chats, "what burns")
    await chats.hear(chats.telegram.press(message, "Context"))
    shown = message.code
    assert await chats.hear(chats.telegram.edit(update, "what  burns")) == []
    assert message.code == shown
    assert len(chats.library.asked) == 1


async def test_the_same_answer_to_other_words_is_left_standing(chats: Chats) -> None:
    update, (message,) = await _ask(chats, "what burns")
    code = message.code
    assert await chats.hear(chats.telegram.edit(update, "what is burning")) == []
    assert (message.code, chats.telegram.deleted) == (code, [])


async def test_an_answer_out_of_sight_comes_anew(chats: Chats, tmp_path: Path) -> None:
    update, (message,) = await _ask(chats, "what burns")
    with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
        database.execute("UPDATE turns SET at = ?", (int(time.time()) - EDITABLE_SECONDS - 1,))
    database.close()
    (again,) = await chats.hear(chats.telegram.edit(update, "the pier"))
    assert message.text.startswith("Ada Ferry")
    assert again.text.startswith("The pier")


async def test_a_question_whose_answer_is_not_known_is_answered(chats: Chats) -> None:
    update = chats.telegram.write("what burns")
    (sent,) = await chats.hear(chats.telegram.edit(update, "the pier"))
    assert sent.text.startswith("The pier")


async def test_an_answer_that_was_deleted_comes_anew(chats: Chats) -> None:
    update, (message,) = await _ask(chats, "what burns")
    chats.telegram.deleted.append(message.number)
    (again,) = await chats.hear(chats.telegram.edit(update, "the pier"))
    assert again.text.startswith("The pier")
    await chats.hear(chats.telegram.press(again, "Context"))
    assert again.labels == [["‹ Back", "Source", "Share"]]


async def test_a_command_that_asks_can_be_edited(chats: Chats) -> None:
    update, (message,) = await _ask(chats, "/ask what burns", GROUP)
    assert message.replies_to == update["message"]["message_id"]
    assert await chats.hear(chats.telegram.edit(update, "/ask the pier")) == []
    assert message.text.startswith("The pier")
    assert await chats.hear(chats.telegram.edit(update, "/ask")) == []
    assert message.text.startswith("The pier")


async def test_in_a_group_an_edit_that_mentions_the_bot_asks_it(chats: Chats) -> None:
    update, sent = await _ask(chats, "what burns", GROUP)
    assert sent == []
    (message,) = await chats.hear(chats.telegram.edit(update, "@chapter_test_bot what burns"))
    assert message.text.startswith("Ada Ferry")
    assert await chats.hear(chats.telegram.edit(update, "@chapter_test_bot the pier")) == []
    assert message.text.startswith("The pier")


async def test_edited_chatter_and_other_commands_are_passed_over(chats: Chats) -> None:
    update, _ = await _ask(chats, "chatter", GROUP)
    assert await chats.hear(chats.telegram.edit(update, "more chatter")) == []
    update, _ = await _ask(chats, "/people")
    assert await chats.hear(chats.telegram.edit(update, "/sources")) == []


async def test_where_nobody_may_ask_an_edit_is_not_told_so_again(open_bot: Open) -> None:  # noqa: F811
    async with open_bot(allowed_chats=frozenset({9})) as chats:
        update, sent = await _ask(chats, "what burns")
        assert len(sent) == 1
        assert await chats.hear(chats.telegram.edit(update, "the pier")) == []
        assert chats.library.asked == []


@pytest.mark.parametrize("table", ["turns", "votes"])
async def test_a_journal_that_fails_costs_the_place_not_the_answer(chats: Chats, tmp_path: Path, table: str) -> None:
    update, (message,) = await _ask(chats, "what burns")
    with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
        database.execute(f"DROP TABLE {table}")
    database.close()
    sent = await chats.hear(chats.telegram.edit(update, "the pier"))
    assert [one.text.split(".")[0] for one in sent or [message]] == ["The pier is closed"]
