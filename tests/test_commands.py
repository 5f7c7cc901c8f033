"""What a person reads and presses about the bot itself: sources, languages, privacy, forgetting, in both languages."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import RefusalError, Sent, Telegram
from canned import LETTER, MINUTES
from test_handlers import GROUP, Chats, Open, chats, open_bot  # noqa: F401 (fixtures)

from bot.listing import SOURCES_A_PAGE
from retrieval import Metadata, Problem

KOREAN = {"id": 7, "is_bot": False, "first_name": "민", "language_code": "ko-KR"}


async def _send(chats: Chats, text: str, chat: int = 7, **changes: Any) -> Sent:  # noqa: F811
    (sent,) = await chats.hear(chats.telegram.write(text, chat, **changes))
    return sent


async def _press(chats: Chats, message: Sent, button: str, **changes: Any) -> str | None:  # noqa: F811
    """The sentence over the chat that the press is answered with."""
    update = chats.telegram.press(message, button, **changes)
    await chats.hear(update)
    (toast,) = chats.telegram.presses[update["callback_query"]["id"]]
    return toast


def _many(count: int) -> tuple[Any, ...]:
    return tuple(
        dataclasses.replace(LETTER, path=f"{number:02}.txt", metadata=Metadata(title=f"Letter {number:02}"))
        for number in range(count)
    )


async def test_sources_lists_the_documents_the_newest_first(chats: Chats) -> None:  # noqa: F811
    assert (await _send(chats, "/sources")).text == (
        "I answer from 2 documents:\n\nMinutes of the Harbour Board\nHarbour Board · 3 May 2021 · MD\n\n"
        "letter.txt\nno date · TXT"
    )


async def test_sources_are_leafed_through_and_searched(chats: Chats) -> None:  # noqa: F811
    chats.library.documents = (MINUTES, *_many(SOURCES_A_PAGE * 2))
    message = await _send(chats, "/sources")
    assert list(message.buttons) == ["›"]
    assert await _press(chats, message, "›") is None
    assert "Page 2 of 3" in message.text
    assert list(message.buttons) == ["‹", "›"]
    found = await _send(chats, "/sources letter 0")
    assert found.text.startswith("11 documents have “letter 0”:\n\nLetter 00")
    assert await _press(chats, found, "›") is None
    assert "Letter 08" in found.text
    assert "Letter 11" not in found.text
    assert (await _send(chats, "/sources whales")).text.startswith("No document has “whales” in its title")


async def test_a_search_that_is_forgotten_cannot_be_turned(chats: Chats) -> None:  # noqa: F811
    chats.library.documents = _many(SOURCES_A_PAGE * 2)
    found = await _send(chats, "/sources letter")
    for data in ("list:2:0123456789abcdef", "list:x", "list:2:"):
        update = chats.telegram.press_data(found.message, data)
        await chats.hear(update)
        assert chats.telegram.presses[update["callback_query"]["id"]] == ["That button is too old. Please ask again."]
    assert "Page 1 of 2" in found.text


async def test_an_owner_reads_of_problems_in_private_alone(open_bot: Open) -> None:  # noqa: F811
    async with open_bot(owners=frozenset({9})) as chats:  # noqa: F811
        chats.library.problems = (Problem("scan.pdf", "has no text.", "Give it to text recognition."),)
        assert "• scan.pdf: has no text. Give it to text recognition." in (await _send(chats, "/sources", 9)).text
        assert "scan.pdf" not in (await _send(chats, "/sources", 7)).text
        owner = KOREAN | {"id": 9}
        assert "scan.pdf" not in (await _send(chats, "/sources", GROUP, **{"from": owner})).text


async def test_about_and_privacy_tell_in_the_readers_language(open_bot: Open) -> None:  # noqa: F811
    async with open_bot(retention_days=30) as chats:  # noqa: F811
        assert "• Documents: 2\n" in (await _send(chats, "/about")).text
        assert "• 문서: 2건\n" in (await _send(chats, "/about", **{"from": KOREAN})).text
        assert "after 30 days" in (await _send(chats, "/privacy")).text
        assert "30일이 지나면" in (await _send(chats, "/privacy", **{"from": KOREAN})).text


async def test_a_language_is_chosen_marked_and_kept_to(open_bot: Open) -> None:  # noqa: F811
    async with open_bot() as chats:  # noqa: F811
        message = await _send(chats, "/language")
        assert list(message.buttons) == ["English", "한국어"]
        assert message.text.startswith("You have chosen no language")
        assert await _press(chats, message, "한국어") == "한국어로 말씀드립니다."
        assert message.text == "한국어로 말씀드립니다.\n인용문은 문서에 적힌 언어 그대로입니다."
        assert list(message.buttons) == ["English", "✓ 한국어"]
        assert await _press(chats, message, "✓ 한국어") == "한국어로 말씀드립니다."
    async with open_bot() as chats:
        assert (await _send(chats, "/sing")).text.startswith("모르는 명령어입니다.")
        assert (await _send(chats, "who sings")).text.startswith("다음 ")
        assert list((await _send(chats, "/language")).buttons) == ["English", "✓ 한국어"]
        assert (await _send(chats, "/sing", 8)).text.startswith("I do not know that command.")


async def test_in_a_group_everybody_chooses_for_themselves(chats: Chats) -> None:  # noqa: F811
    message = await _send(chats, "/language", GROUP)
    assert await _press(chats, message, "한국어", by=8) == "한국어로 말씀드립니다."
    assert list(message.buttons) == ["English", "한국어"]
    assert (await _send(chats, "/about", GROUP)).text.startswith("What I promise")
    assert (await _send(chats, "/about", GROUP, **{"from": KOREAN | {"id": 8, "language_code": "en"}})).text.startswith(
        "약속드리는 것"
    )


@pytest.mark.parametrize("data", ["language:de", "language:", "language:english"])
async def test_a_language_that_there_is_not_is_too_old_a_button(chats: Chats, data: str) -> None:  # noqa: F811
    message = await _send(chats, "/language")
    update = chats.telegram.press_data(message.message, data)
    await chats.hear(update)
    assert chats.telegram.presses[update["callback_query"]["id"]] == ["That button is too old. Please ask again."]


async def test_what_is_forgotten_is_asked_first_counted_and_gone(chats: Chats) -> None:  # noqa: F811
    await _press(chats, await _send(chats, "/language"), "English")
    await _send(chats, "what burns")
    await _send(chats, "who sings")
    kept = await _send(chats, "/forget")
    assert kept.text.startswith("Delete all that I keep of you:")
    assert await _press(chats, kept, "Keep") is None
    assert (kept.text, kept.buttons) == ("Nothing was deleted.", {})
    message = await _send(chats, "/forget")
    assert await _press(chats, message, "Delete") is None
    assert message.text == "Deleted: 2 questions with their answers, your language."
    assert message.buttons == {}
    await _send(chats, "what else burns")
    assert chats.library.asked[-1][1] == ()
    again = await _send(chats, "/forget")
    await _press(chats, again, "Delete")
    assert again.text == "Deleted: 1 question with its answer."


async def test_nobody_deletes_for_another(chats: Chats) -> None:  # noqa: F811
    message = await _send(chats, "/forget", GROUP)
    assert message.text.startswith("Delete what you asked and voted in this chat?")
    assert await _press(chats, message, "Delete", by=8) == "Only the person who asked can press this."
    assert "Delete" in message.buttons
    await _press(chats, message, "Delete", by=7)
    assert message.text == "There was nothing to delete."


async def test_a_journal_that_fails_is_a_sentence_over_the_chat(
    chats: Chats,  # noqa: F811
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    language, forget = await _send(chats, "/language"), await _send(chats, "/forget")
    with sqlite3.connect(tmp_path / "journal.sqlite3") as database:
        database.execute("DROP TABLE languages")
        database.execute("DROP TABLE buttons")
    database.close()
    for message, button in ((language, "English"), (forget, "Delete")):
        toast = await _press(chats, message, button)
        assert (toast or "").startswith("Sorry, something went wrong on my side")
    assert (await _send(chats, "/help")).text.endswith("For example:\n• what did Ada Ferry say")
    assert "Somebody cannot be forgotten." in caplog.text


async def test_the_bot_describes_itself_in_each_language(chats: Chats) -> None:  # noqa: F811
    described = chats.telegram.descriptions
    assert sorted(described) == ["", "ko", "short ", "short ko"]
    assert described["short "].startswith("I answer questions from a folder of documents")
    assert described["ko"].startswith("누가 무엇을 말했는지")


async def test_what_an_owner_wrote_stays(open_bot: Open) -> None:  # noqa: F811
    telegram = Telegram(descriptions={"": "My own words", "short ": "Mine"})
    async with open_bot(telegram):
        assert telegram.descriptions == {"": "My own words", "short ": "Mine"}


async def test_a_server_without_descriptions_serves_all_the_same(
    open_bot: Open,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Old(Telegram):
        def _described(self, _which: str, _parameters: object) -> str:
            raise RefusalError(404, "Not Found: method not found")

    async with open_bot(Old()) as chats:  # noqa: F811
        assert (await _send(chats, "what burns")).text.startswith("Ada Ferry")
    assert "The bot could not be described: Not Found" in caplog.text
