"""What a person meets in Telegram, over an in-memory Bot API that refuses what Telegram refuses."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from bot_api.memory import MemoryRequest
from bot_api.telegram import RefusalError, Sent, Telegram
from canned import LAMP, CannedLibrary, answered, refused
from telegram import Update

from bot.app import build_application
from bot.handlers.commands import MENU
from bot.handlers.menus import GROUP_MENU
from bot.journal import Journal
from bot.log import RedactingFormatter
from bot.settings import Secret, Settings
from retrieval import Answer, StillReadingError, Turn

GROUP = -100


class Chats:
    """The running bot and its chats."""

    def __init__(self, application: Any, telegram: Telegram, library: CannedLibrary) -> None:
        self.application, self.telegram, self.library = application, telegram, library

    async def say(self, text: str | None, chat: int = 7, **changes: Any) -> list[str]:
        """What the bot sends back, as its reader sees it."""
        return [message.text for message in await self.hear(self.telegram.write(text, chat, **changes))]

    async def hear(self, *updates: dict[str, Any]) -> list[Sent]:
        """What the bot sends for `updates` that arrive at once."""
        before = len(self.telegram.sent)
        for update in updates:
            await self.application.update_queue.put(Update.de_json(update, self.application.bot))
        await self.application.update_queue.join()
        await _until(lambda: not self.application.update_processor.current_concurrent_updates)
        return self.telegram.sent[before:]


Open = Callable[..., AbstractAsyncContextManager[Chats]]


def _answer(question: str, _conversation: tuple[Turn, ...]) -> Answer:
    if "crash" in question:
        raise RuntimeError("the lamp went out")
    if "reading" in question:
        raise StillReadingError(412, 1000)
    return answered(LAMP) if question == "what did Ada Ferry say" or "burn" in question else refused(missing=("sings",))


@pytest.fixture
def open_bot(tmp_path: Path) -> Open:
    @asynccontextmanager
    async def open_bot(telegram: Telegram | None = None, **settings: Any) -> AsyncIterator[Chats]:
        telegram = telegram or Telegram()
        library = CannedLibrary(_answer)
        application = build_application(
            Settings(telegram_bot_token=Secret(telegram.token), **settings),
            library,  # type: ignore[arg-type]
            Journal(tmp_path / "journal.sqlite3", conversation_minutes=settings.get("conversation_minutes", 60)),
            limit=3,
            request=MemoryRequest(telegram),
        )
        assert application.post_init is not None
        assert application.post_shutdown is not None
        async with application:
            try:
                await application.post_init(application)
                await application.start()
                yield Chats(application, telegram, library)
            finally:
                await application.stop()
                await application.post_shutdown(application)
        assert all(len(answers) == 1 for answers in telegram.presses.values()), telegram.presses

    return open_bot


@pytest.fixture
async def chats(open_bot: Open) -> AsyncIterator[Chats]:
    async with open_bot() as chats:
        yield chats


async def test_a_question_is_answered_with_the_quote_and_its_source(chats: Chats) -> None:
    (reply,) = await chats.say("what burns")
    assert reply == (
        "Ada Ferry, keeper of the lighthouse\n"
        "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n"
        "Minutes of the Harbour Board\n"
        "Harbour Board · 3 May 2021 · section “Lamps” · paragraph 4"
    )


async def test_what_the_folder_does_not_say_is_refused(chats: Chats) -> None:
    assert await chats.say("who sings") == ["No document mentions sings.\nThe documents do not answer that."]


async def test_ask_answers_what_follows_it_or_says_how(chats: Chats) -> None:
    assert (await chats.say("/ask what\nburns"))[0].startswith("Ada Ferry")
    assert chats.library.asked[-1][0] == "what\nburns"
    assert await chats.say("/ask") == ["Write your question after the command, like this: /ask what did they decide"]


async def test_start_is_short_and_help_whole_with_examples_to_press(chats: Chats) -> None:
    (start,), (whole,) = [await chats.hear(chats.telegram.write(text)) for text in ("/start from-a-link", "/help")]
    assert start.text.startswith("I answer questions from a folder of documents")
    assert start.text.endswith("Press an example to ask it:")
    assert "/sources: The documents I answer from" in whole.text
    assert list(start.buttons) == list(whole.buttons) == ["what did Ada Ferry say"]
    (answer,) = await chats.hear(chats.telegram.press(start, "what did Ada Ferry say"))
    assert answer.text.startswith("Ada Ferry, keeper of the lighthouse")


async def test_the_bot_speaks_korean_to_whose_telegram_does(chats: Chats) -> None:
    korean = {"id": 7, "is_bot": False, "first_name": "민", "language_code": "ko-KR"}
    assert (await chats.say("/sing", **{"from": korean}))[0].startswith("모르는 명령어입니다.")


async def test_an_unknown_command_points_to_help(chats: Chats) -> None:
    assert await chats.say("/sing") == ["I do not know that command. /help shows what I can do."]


async def test_what_is_no_text_gets_one_sentence(chats: Chats) -> None:
    sticker = {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False}
    assert await chats.say(None, sticker=sticker | {"is_video": False}) == [
        "I can only read text. Please write your question."
    ]
    assert (
        await chats.say(None, pinned_message={"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}) == []
    )


VOICE = {"file_id": "f", "file_unique_id": "u", "duration": 3}
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


async def test_a_voice_message_gets_one_sentence(chats: Chats) -> None:
    assert await chats.say(None, voice=VOICE) == ["I can only read text. Please write your question."]
    assert await chats.say(None, GROUP, voice=VOICE) == []


async def test_words_below_a_picture_are_a_question(chats: Chats) -> None:
    assert (await chats.say(None, photo=PHOTO, caption="what burns"))[0].startswith("Ada Ferry")
    assert await chats.say(None, GROUP, photo=PHOTO, caption="what burns") == []
    mention = [{"type": "mention", "offset": 0, "length": 17}]
    asked = "@chapter_test_bot what burns"
    assert len(await chats.say(None, GROUP, photo=PHOTO, caption=asked, caption_entities=mention)) == 1
    assert [question for question, _, _ in chats.library.asked] == ["what burns"] * 2


async def test_an_album_gets_one_sentence_however_many_pictures(chats: Chats) -> None:
    for album in ("a", "b"):
        pictures = [chats.telegram.write(None, photo=PHOTO, media_group_id=album) for _ in range(3)]
        assert len(await chats.hear(*pictures)) == 1


async def test_half_a_character_does_no_harm(chats: Chats) -> None:
    assert len(await chats.say("what burns \ud83d", entities=[])) == 1
    assert len(await chats.say("and what else burns")) == 1
    assert [turn.question for turn in chats.library.asked[-1][1]] == ["what burns ?"]


async def test_typing_is_shown_only_while_something_takes_long(chats: Chats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.replies.PATIENCE_SECONDS", 0.02)
    monkeypatch.setattr("bot.handlers.replies.TYPING_SECONDS", 0.02)
    await chats.say("what burns")
    assert "sendChatAction" not in chats.telegram.calls
    gate, quick = threading.Event(), chats.library.answer

    def answer(question: str, conversation: tuple[Turn, ...]) -> Answer:
        assert gate.wait(5)
        return quick(question, conversation)

    chats.library.answer = answer
    slow = asyncio.create_task(chats.say("what burns slowly"))
    await _until(lambda: chats.telegram.calls.count("sendChatAction") >= 2)
    gate.set()
    assert len(await slow) == 1
    assert chats.telegram.calls[-1] == "sendMessage"


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post"])
async def test_channel_posts_are_passed_over(chats: Chats, kind: str) -> None:
    update = chats.telegram.write("what burns", kind=kind)
    del update[kind]["from"]
    update[kind]["chat"] = {"id": GROUP, "type": "channel", "title": "News"}
    assert await chats.hear(update) == []


async def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(chats: Chats) -> None:
    assert await chats.say("what burns", GROUP) == []
    assert await chats.say("/sing", GROUP) == []
    assert await chats.say("/help@another_bot", GROUP) == []
    assert await chats.say(None, GROUP, new_chat_members=[]) == []
    for text in ("/ask what burns", "@Chapter_Test_Bot what burns", "/ask@chapter_test_bot what burns"):
        assert len(await chats.say(text, GROUP)) == 1
    assert [asked for asked, _, _ in chats.library.asked] == ["what burns"] * 3
    assert len(await chats.say("/sing@chapter_test_bot", GROUP)) == 1


async def test_in_a_group_a_reply_to_the_bot_is_a_question_and_is_answered_as_a_reply(chats: Chats) -> None:
    own = {"message_id": 5, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "text": "x"}
    own["from"] = {"id": 123456, "is_bot": True, "first_name": "Chapter"}
    update = chats.telegram.write("and what burns", GROUP, reply_to_message=own)
    (sent,) = await chats.hear(update)
    assert sent.replies_to == update["message"]["message_id"]


async def test_a_topic_of_a_forum_is_a_conversation_of_its_own(chats: Chats) -> None:
    for topic in (1, 2, 1):
        (sent,) = await chats.hear(
            chats.telegram.write("/ask what burns", GROUP, message_thread_id=topic, is_topic_message=True)
        )
        assert sent.thread == topic
    assert [len(before) for _, before, _ in chats.library.asked] == [0, 0, 1]


async def test_a_conversation_goes_on_after_a_restart(open_bot: Open) -> None:
    async with open_bot() as chats:
        await chats.say("what burns")
    async with open_bot() as chats:
        await chats.say("what else burns")
        ((question, before, limit),) = chats.library.asked
        assert (question, [turn.question for turn in before], limit) == ("what else burns", ["what burns"], 3)
        await chats.say("and in another chat what burns", chat=8)
        assert chats.library.asked[-1][1] == ()


async def test_questions_of_one_chat_follow_each_other_however_fast_they_come(chats: Chats) -> None:
    await chats.hear(*[chats.telegram.write(f"what burns {number}") for number in range(6)])
    assert [len(before) for _, before, _ in chats.library.asked] == [0, 1, 2, 3, 4, 5]
    assert [asked for asked, _, _ in chats.library.asked] == [f"what burns {number}" for number in range(6)]


async def test_a_slow_question_does_not_hold_up_another_chat(chats: Chats) -> None:
    gate = threading.Event()
    quick = chats.library.answer

    def answer(question: str, conversation: tuple[Turn, ...]) -> Answer:
        if "slow" in question:
            assert gate.wait(5)
        return quick(question, conversation)

    chats.library.answer = answer
    slow = asyncio.create_task(chats.hear(chats.telegram.write("a slow burn", 1)))
    await chats.application.update_queue.put(
        Update.de_json(chats.telegram.write("what burns", 2), chats.application.bot)
    )
    await _until(lambda: bool(chats.telegram.sent))
    assert [message.chat for message in chats.telegram.sent] == [2]
    gate.set()
    assert [message.chat for message in await slow] == [2, 1]


async def test_a_failure_is_a_sentence_for_the_person_and_a_traceback_for_the_log(
    chats: Chats, caplog: pytest.LogCaptureFixture
) -> None:
    (reply,) = await chats.say("crash")
    assert reply == ("Sorry, something went wrong on my side. Please try again; I have noted what happened.")
    assert "RuntimeError: the lamp went out" in caplog.text
    assert (await chats.say("what burns"))[0].startswith("Ada Ferry")


async def test_who_asks_before_all_is_read_is_told_how_far_it_is(
    chats: Chats, caplog: pytest.LogCaptureFixture
) -> None:
    said = "I am still reading your documents: 412 of 1,000. Please ask again in a moment."
    assert await chats.say("are you reading?") == [said]
    assert caplog.text == ""


async def test_who_blocked_the_bot_is_not_written_to_again(chats: Chats) -> None:
    chats.telegram.refusals.append(RefusalError(403, "Forbidden: bot was blocked by the user"))
    assert await chats.say("what burns") == []
    assert chats.telegram.calls.count("sendMessage") == 1


async def test_telegrams_wait_is_waited_and_the_answer_sent_again(chats: Chats) -> None:
    chats.telegram.refusals.append(RefusalError(429, "Too Many Requests: retry after 1", retry_after=0))
    chats.telegram.refusals[0].body["parameters"] = {"retry_after": 0.05}
    (reply,) = await chats.say("what burns")
    assert reply.startswith("Ada Ferry")


async def test_a_journal_that_fails_costs_the_follow_up_not_the_answer(
    chats: Chats, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await chats.say("what burns")
    with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
        database.execute("DROP TABLE turns")
    database.close()
    assert len(await chats.say("what else burns")) == 1
    assert "A turn is lost" in caplog.text


async def test_a_chat_that_may_not_ask_is_told_its_id(open_bot: Open) -> None:
    sentence = "Sorry, I may not answer in this chat. Its id is {}; my owner can add it to ALLOWED_CHATS."
    async with open_bot(allowed_chats=frozenset({7}), owners=frozenset({9})) as chats:
        assert await chats.say("what burns", 8) == [sentence.format(8)]
        assert await chats.say("/start", 8) == [sentence.format(8)]
        assert await chats.say("/ask@chapter_test_bot what burns", GROUP) == [sentence.format(GROUP)]
        assert await chats.say("chatter among others", GROUP) == []
        assert chats.library.asked == []
        assert (await chats.say("what burns", 7))[0].startswith("Ada Ferry")
        assert (await chats.say("what burns", 9))[0].startswith("Ada Ferry")


async def test_the_menu_of_commands_is_offered_in_each_language(chats: Chats) -> None:
    menus = {"": list(MENU), "all_group_chats ": list(GROUP_MENU)}
    assert chats.telegram.menus == menus | {scope + "ko": names for scope, names in menus.items()}


async def test_a_server_without_menus_serves_all_the_same(open_bot: Open, caplog: pytest.LogCaptureFixture) -> None:
    class Old(Telegram):
        def _set_commands(self, _parameters: object) -> bool:
            raise RefusalError(404, "Not Found: method not found")

    async with open_bot(Old()) as chats:
        assert len(await chats.say("what burns")) == 1
    assert "The menu of commands could not be set" in caplog.text


async def test_test_servers_are_asked_at_their_own_address(open_bot: Open) -> None:
    async with open_bot(telegram_test_environment=True, telegram_api_url="https://api.example") as chats:
        assert chats.application.bot.base_url == f"https://api.example/bot{chats.telegram.token}/test"
        assert chats.application.bot.base_file_url == f"https://api.example/file/bot{chats.telegram.token}/test"
        assert len(await chats.say("what burns")) == 1


def test_the_log_never_holds_the_token() -> None:
    token = Telegram().token
    formatter = RedactingFormatter(Secret(token))
    error = ValueError(f"no route to https://api.example/bot{token}/getMe")
    spelt = (token, token.replace(":", "%3A"))
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "bot %s, %s", spelt, (ValueError, error, None))
    text = formatter.format(record)
    assert "no route to https://api.example/bot********/getMe" in text
    assert token.partition(":")[2] not in text


async def _until(condition: Callable[[], bool]) -> None:
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came true")
