"""Buttons below an answer: each press is answered once, and shows what the folder has now, or says why not."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import RefusalError, Telegram
from canned import LAMP, LETTER, MINUTES, PIER, answered, refused
from test_buttons import _ask, _press
from test_handlers import GROUP, Chats, Open, open_bot  # noqa: F401 (a fixture)

from bot.journal import Journal, Vote
from retrieval import Answer, Place, Resolution, Turn

ANSWER = (
    "Ada Ferry, keeper of the lighthouse\n"
    "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n"
    "Minutes of the Harbour Board\n"
    "Harbour Board · 3 May 2021 · section “Lamps” · paragraph 4"
)
MORE_LAMPS = tuple(dataclasses.replace(LAMP, paragraph=number) for number in range(5, 9))


def _answer(question: str, _conversation: tuple[Turn, ...]) -> Answer:
    if "sings" in question:
        return refused(missing=("sings",))
    return answered(LAMP, PIER) if "pier" in question else answered(LAMP)


@pytest.fixture
async def chats(open_bot: Open) -> AsyncIterator[Chats]:  # noqa: F811
    async with open_bot() as chats:
        chats.library.answer = _answer
        yield chats


async def _toast(chats: Chats, message: dict[str, Any], data: str, **changes: Any) -> str | None:
    """The sentence over the chat for a press of any data, which sends nothing."""
    update = chats.telegram.press_data(message, data, **changes)
    assert await chats.hear(update) == []
    (toast,) = chats.telegram.presses[update["callback_query"]["id"]]
    return toast


async def test_one_quote_has_its_buttons_in_a_row(chats: Chats) -> None:
    assert (await _ask(chats, "what burns")).labels == [["Context", "Source", "Share", "👍", "👎"]]


async def test_several_quotes_have_a_numbered_context_each(chats: Chats) -> None:
    message = await _ask(chats, "the pier")
    assert message.labels == [["Context ❶", "Context ❷"], ["Sources", "Share ❶", "👍", "👎"]]
    await _press(chats, message, "Context ❷")
    assert message.text == "The pier is closed.\nletter.txt\nparagraph 1"


async def test_a_refusal_has_no_buttons(chats: Chats) -> None:
    assert (await _ask(chats, "who sings")).labels == []


async def test_the_closest_passages_have_buttons_too(chats: Chats) -> None:
    chats.library.answer = lambda *_: refused(kind="closest", closest=(PIER,))
    assert (await _ask(chats, "who sings")).labels == [["Context", "Source", "Share", "👍", "👎"]]


async def test_context_marks_the_quote_among_the_words_around_it_and_leads_back(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    before = message.code, message.labels
    assert await _press(chats, message, "Context") == ([], None)
    assert message.text == (
        "Ada Ferry, keeper of the lighthouse\n"
        "It was a windy day.\n\n"
        "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night. Nobody objected.\n\n"
        "The meeting closed at nine.\n"
        "Minutes of the Harbour Board\n"
        "Harbour Board · 3 May 2021 · section “Lamps” · paragraph 4"
    )
    assert message.parsed.texts_of("bold") == [
        "Ada Ferry",
        "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.",
    ]
    assert message.labels == [["‹ Back", "Source", "Share"]]
    assert await _press(chats, message, "‹ Back") == ([], None)
    assert (message.code, message.labels) == before


@pytest.mark.parametrize("button", ["Context", "Source"])
async def test_the_same_press_twice_is_harmless(chats: Chats, button: str) -> None:
    message = await _ask(chats, "what burns")
    data = message.buttons[button]
    assert await _toast(chats, message.message, data) is None
    shown = message.code, message.labels
    assert await _toast(chats, message.message, data) is None
    assert (message.code, message.labels) == shown


async def test_the_sources_card_tells_what_there_is_to_know(chats: Chats) -> None:
    message = await _ask(chats, "the pier")
    await _press(chats, message, "Sources")
    assert message.text == (
        "Minutes of the Harbour Board\n"
        "Publisher: Harbour Board\n"
        "Date: 3 May 2021\n"
        "File: minutes.md\n"
        "Paragraphs: 3\n"
        "Speaking in it: Ada Ferry\n\n"
        "letter.txt\n"
        "File: letter.txt\n"
        "Paragraphs: 1"
    )
    assert [entity.url for entity in message.parsed.entities if entity.url] == [LAMP.link]
    assert message.labels == [["‹ Back"]]
    await _press(chats, message, "‹ Back")
    assert message.text.startswith("❶ Ada Ferry")


async def test_words_that_changed_are_not_shown(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    chats.library.documents = (
        LETTER,
        dataclasses.replace(MINUTES, text=MINUTES.text.replace("all night", "all day, ")),
    )
    _, toast = await _press(chats, message, "Context")
    assert toast == "The document has changed since, and these words no longer stand there."
    assert message.text == ANSWER
    await _press(chats, message, "Source")
    assert [entity.url for entity in message.parsed.entities if entity.url] == ["https://harbour.example/m"]


async def test_a_document_that_is_gone_is_said_to_be(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    chats.library.documents = (LETTER,)
    for button in ("Context", "Source"):
        _, toast = await _press(chats, message, button)
        assert toast == "That document is no longer in the folder."
    assert message.text == ANSWER


async def test_buttons_of_answers_work_after_a_restart(open_bot: Open) -> None:  # noqa: F811
    telegram = Telegram()
    async with open_bot(telegram) as chats:
        message = await _ask(chats, "what burns")
    async with open_bot(telegram) as chats:
        await _press(chats, message, "Context")
        assert "It was a windy day." in message.text
        await _press(chats, message, "‹ Back")
        assert message.text == ANSWER
        assert chats.library.asked == []


async def test_a_long_answer_keeps_its_buttons_below_its_last_message(chats: Chats) -> None:
    long = dataclasses.replace(LAMP, text="word " * 700)
    chats.library.answer = lambda *_: answered(long, long, PIER)
    first, last = await chats.hear(chats.telegram.write("what burns"))
    assert (first.labels, last.labels[0]) == ([], ["Context ❶", "Context ❷", "Context ❸"])
    code = last.code
    await _press(chats, last, "Context ❸")
    await _press(chats, last, "‹ Back")
    assert last.code == code


async def test_more_sends_the_next_page_once_and_its_button_goes(chats: Chats) -> None:
    chats.library.answer = lambda *_: answered(LAMP, more=4)
    asked: list[tuple[str, tuple[Place, ...]]] = []

    def rest(question: str, past: tuple[Place, ...]) -> Answer:
        if question == "what did Ada Ferry say":
            return refused(exhausted=True)
        asked.append((question, past))
        return answered(*MORE_LAMPS[:3], more=1) if len(past) == 1 else answered(MORE_LAMPS[3])

    chats.library.rest = rest
    message = await _ask(chats, "what burns")
    assert message.labels[-1] == ["More (4)"]
    data = message.buttons["More (4)"]
    (second,) = await chats.hear(chats.telegram.press(message, "More (4)"))
    assert message.labels == [["Context", "Source", "Share", "👍", "👎"]]
    assert second.labels[-1] == ["More (1)"]
    assert await _toast(chats, message.message, data) == "The answer stands just above."
    (third,) = await chats.hear(chats.telegram.press(second, "More (1)"))
    assert third.labels == [["Context", "Source", "Share", "👍", "👎"]]
    assert [(question, len(past)) for question, past in asked] == [("what burns", 1), ("what burns", 4)]
    await chats.say("what else")
    (_, before, _) = chats.library.asked[-1]
    assert [len(turn.shown) for turn in before] == [1, 3, 1]


async def test_more_that_is_gone_by_now_says_so_and_its_button_goes(chats: Chats) -> None:
    chats.library.answer = lambda *_: answered(LAMP, more=4)
    message = await _ask(chats, "what burns")
    assert await _press(chats, message, "More (4)") == ([], "The documents have no more on this than I have shown.")
    assert "More (4)" not in message.buttons


async def test_more_by_the_speaker_is_offered_where_there_is_more(chats: Chats) -> None:
    chats.library.rest = lambda question, _past: (
        answered(*MORE_LAMPS[:3], more=7) if question == "what did Ada Ferry say" else refused(exhausted=True)
    )
    message = await _ask(chats, "what burns")
    assert message.labels[-1] == ["More by Ada Ferry"]
    data = message.buttons["More by Ada Ferry"]
    (sent,) = await chats.hear(chats.telegram.press(message, "More by Ada Ferry"))
    assert sent.text.startswith("❶ Ada Ferry")
    assert "More by Ada Ferry" not in message.buttons
    assert await _toast(chats, message.message, data) == "The answer stands just above."


async def test_more_by_the_speaker_that_is_gone_by_now_says_so(chats: Chats) -> None:
    chats.library.rest = lambda *_: answered(LAMP)
    message = await _ask(chats, "what burns")
    chats.library.rest = lambda *_: refused(exhausted=True)
    assert await _press(chats, message, "More by Ada Ferry") == (
        [],
        "The documents have no more from Ada Ferry on this than I have shown.",
    )


async def test_more_by_the_speaker_is_not_offered_twice_under_two_names(chats: Chats) -> None:
    chats.library.answer = lambda *_: answered(LAMP, more=8)
    chats.library.rest = lambda *_: answered(*MORE_LAMPS[:1], more=7)
    assert (await _ask(chats, "what did Ada Ferry say")).labels[-1] == ["More (8)"]


async def test_a_follow_up_can_be_asked_on_its_own(chats: Chats) -> None:
    def answer(_question: str, conversation: tuple[Turn, ...]) -> Answer:
        read_as = (Resolution("she", "Ada Ferry"),) if conversation else ()
        return answered(LAMP, read_as=read_as)

    chats.library.answer = answer
    chats.library.reading = {"what did she say": "what did Ada Ferry say"}
    await chats.say("what burns")
    message = await _ask(chats, "what did she say")
    assert message.text.startswith("she = Ada Ferry\n")
    assert message.labels[0] == ["Ask it on its own"]
    data = message.buttons["Ask it on its own"]
    (alone,) = await chats.hear(chats.telegram.press(message, "Ask it on its own"))
    assert chats.library.asked[-1][:2] == ("what did she say", ())
    assert alone.text == ANSWER
    assert message.labels[0] == ["Context", "Source", "Share", "👍", "👎"]
    assert await _toast(chats, message.message, data) == "The answer stands just above."
    await chats.say("and then")
    assert [turn.question for turn in chats.library.asked[-1][1]] == ["what did she say"]


async def test_votes_are_thanked_for_and_shown_to_who_is_alone_with_the_bot(chats: Chats, tmp_path: Path) -> None:
    message = await _ask(chats, "what burns")
    assert await _press(chats, message, "👍") == ([], "Thank you, I have noted that.")
    assert message.labels == [["Context", "Source", "Share", "👍 ✓", "👎"]]
    assert await _press(chats, message, "👍 ✓") == ([], "Thank you, I have noted that.")
    assert await _press(chats, message, "👎") == ([], "Thank you, I have changed your vote.")
    assert message.labels == [["Context", "Source", "Share", "👍", "👎 ✓"]]
    await _press(chats, message, "Context")
    await _press(chats, message, "‹ Back")
    assert message.labels == [["Context", "Source", "Share", "👍", "👎 ✓"]]
    assert _votes(tmp_path) == [(7, Vote.DOWN)]


async def test_in_a_group_each_votes_for_themselves_and_nobody_sees_it(chats: Chats, tmp_path: Path) -> None:
    message = await _ask(chats, "/ask what burns", GROUP)
    for person, button in ((7, "👍"), (8, "👎"), (8, "👍")):
        await _press(chats, message, button, by=person)
    assert message.labels == [["Context", "Source", "Share", "👍", "👎"]]
    assert _votes(tmp_path) == [(7, Vote.UP), (8, Vote.UP)]


def _votes(directory: Path) -> list[tuple[int, int]]:
    with sqlite3.connect(directory / "journal.sqlite3") as database:
        rows = database.execute("SELECT person, vote FROM votes ORDER BY person").fetchall()
    database.close()
    return rows


async def test_in_a_group_anybody_may_press(chats: Chats) -> None:
    message = await _ask(chats, "/ask what burns", GROUP)
    await _press(chats, message, "Context", by=99)
    assert "It was a windy day." in message.text
    await _press(chats, message, "‹ Back", by=98)
    assert message.text == ANSWER


async def test_a_button_of_another_chat_shows_nothing_of_it(chats: Chats) -> None:
    secret = await _ask(chats, "what burns", chat=9)
    own = await _ask(chats, "who sings", chat=8)
    for button in ("Context", "Source", "👍"):
        assert await _toast(chats, own.message, secret.buttons[button]) == ("That button is too old. Please ask again.")
    assert "lamp" not in own.text


async def test_a_button_belongs_to_its_own_message(chats: Chats) -> None:
    answer = await _ask(chats, "what burns")
    (page,) = await chats.hear(chats.telegram.write("/help"))
    data = answer.buttons["Context"]
    assert await _toast(chats, page.message, data) == "That button is too old. Please ask again."
    assert "windy" not in page.text


@pytest.mark.parametrize(
    "data", ["context:{}:0", "context:{}:2", "context:{}:999", "context:{}", "file:{}:1", "sing:{}", "context:x:1", "?"]
)
async def test_a_forged_button_says_that_it_cannot_be(chats: Chats, data: str) -> None:
    message = await _ask(chats, "what burns")
    key = message.buttons["Context"].split(":")[1]
    toast = await _toast(chats, message.message, data.format(key))
    assert toast in {"That button is too old. Please ask again.", "I cannot send that file."}
    assert message.text == ANSWER


async def test_an_answer_that_was_forgotten_has_buttons_that_are_too_old(chats: Chats, tmp_path: Path) -> None:
    message = await _ask(chats, "what burns")
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        await journal.forget(7, 7)
    for button in ("Context", "Source", "👍"):
        assert await _press(chats, message, button) == ([], "That button is too old. Please ask again.")


async def test_a_message_out_of_reach_is_said_to_be(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    gone = {"message_id": message.number, "date": 0, "chat": message.message["chat"]}
    toast = await _toast(chats, gone, message.buttons["Context"])
    assert toast == "I cannot reach that message any more. Please ask again."


async def test_a_message_deleted_meanwhile_does_no_harm(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    chats.telegram.deleted.append(message.number)
    for button in ("Context", "👍"):
        await _press(chats, message, button)
    assert message.text == ANSWER


async def test_a_press_without_its_message_says_so(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    update = chats.telegram.press_data(message.message, message.buttons["Context"], inline_message_id="1")
    del update["callback_query"]["message"]
    assert await chats.hear(update) == []
    assert chats.telegram.presses[update["callback_query"]["id"]] == ["That button is too old. Please ask again."]


@pytest.mark.parametrize("table", ["turns", "votes", "pressed"])
async def test_a_journal_that_fails_still_answers_each_press(chats: Chats, tmp_path: Path, table: str) -> None:
    chats.library.answer = lambda *_: answered(LAMP, more=1)
    chats.library.rest = lambda *_: answered(LAMP)
    message = await _ask(chats, "what burns")
    buttons = dict(message.buttons)
    with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(f"DROP TABLE {table}")
    database.close()
    for data in buttons.values():
        await chats.hear(chats.telegram.press_data(message.message, data))


@pytest.mark.parametrize("button", ["More (1)", "More by Ada Ferry"])
async def test_a_page_that_cannot_be_thought_of_ends_the_press_with_a_sentence(chats: Chats, button: str) -> None:
    chats.library.answer = lambda *_: answered(LAMP, more=1)
    chats.library.rest = lambda *_: answered(LAMP, more=3)
    message = await _ask(chats, "what burns")

    def crash(*_: object) -> Answer:
        raise RuntimeError("the lamp went out")

    chats.library.rest = crash
    replies, toast = await _press(chats, message, button)
    assert toast is None
    assert replies[0].startswith("Sorry, something went wrong")
    assert button in message.buttons


async def test_files_are_sent_only_where_the_owner_allows(open_bot: Open, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "letter.txt").write_text("The pier is closed.\n", encoding="utf-8")
    telegram = Telegram()
    async with open_bot(telegram, knowledge_dir=folder, send_files=True) as chats:
        chats.library.answer = lambda *_: answered(LAMP, PIER)
        message = await _ask(chats, "/ask what is closed", GROUP)
        await _press(chats, message, "Sources")
        assert message.labels == [["Send minutes.md"], ["Send letter.txt"], ["‹ Back"]]
        (sent,) = await chats.hear(chats.telegram.press(message, "Send letter.txt"))
        assert sent.file == ("letter.txt", b"The pier is closed.\n")
        _, toast = await _press(chats, message, "Send minutes.md")
        assert toast == "I cannot send that file."
        data = message.buttons["Send letter.txt"]
    async with open_bot(telegram, knowledge_dir=folder) as chats:
        assert await _toast(chats, message.message, data) == "I cannot send that file."


async def test_a_press_that_telegram_lets_wait_is_not_lost(chats: Chats) -> None:
    message = await _ask(chats, "what burns")
    chats.library.rest = lambda *_: answered(LAMP)
    chats.library.answer = lambda *_: answered(LAMP, more=1)
    message = await _ask(chats, "what burns now")
    refusal = RefusalError(429, "Too Many Requests: retry after 1", retry_after=0)
    refusal.body["parameters"] = {"retry_after": 0.05}
    chats.telegram.refusals.append(refusal)
    assert len(await chats.hear(chats.telegram.press(message, "More (1)"))) == 1


async def test_korean_answers_have_korean_buttons(chats: Chats) -> None:
    chats.library.answer = lambda *_: answered(LAMP, PIER, language="ko", more=2)
    chats.library.rest = lambda question, _: answered(LAMP, more=4) if "Ada Ferry" in question else refused()
    message = await _ask(chats, "무엇이 타나요")
    assert message.labels == [
        ["앞뒤 문맥 ❶", "앞뒤 문맥 ❷"],
        ["출처", "공유 ❶", "👍", "👎"],
        ["더 보기 (2)", "Ada Ferry 발언 더 보기"],
    ]


async def test_the_chosen_language_wins(chats: Chats, tmp_path: Path) -> None:
    async with Journal(tmp_path / "journal.sqlite3") as journal:
        await journal.set_language(7, "ko")
    message = await _ask(chats, "what burns")
    assert message.labels == [["앞뒤 문맥", "출처", "공유", "👍", "👎"]]
    assert message.text.endswith("2021년 5월 3일 · “Lamps” 부분 · 4번째 문단")
    await _press(chats, message, "앞뒤 문맥")
    assert message.labels == [["‹ 돌아가기", "출처", "공유"]]
    assert (await chats.say(None, voice={"file_id": "f", "file_unique_id": "u", "duration": 3}))[0].startswith("글만")
