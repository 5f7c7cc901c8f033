"""What owners ask about: the folder, its problems and its news, what was asked; and who is no owner."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bot_api.telegram import BOT, RefusalError, Telegram
from house import ANONYMOUS, GROUP, OWNER, SECOND_OWNER, STRANGER, House, open_house

from bot.handlers.commands import MENU
from bot.handlers.owners import OWNER_MENU

NOISE = b"\x00\x01\x02 noise"
BROKEN = "scan.hwp: is no Hangul document: it does not begin as one. Copy it anew from where it came."
KOREAN = {"id": OWNER, "is_bot": False, "first_name": "민", "language_code": "ko"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


async def test_status_tells_what_the_folder_holds_and_what_is_wrong_with_it(house: House) -> None:
    (house.folder / "scan.hwp").write_bytes(NOISE)
    (status,) = await house.say("/status")
    assert re.fullmatch(
        "The folder:\n• Documents: 2\n• Passages: 3\n• People who say something: 1\n• Version: [0-9a-f]{12}\n"
        r"Last change: \d+ \w+ \d{4}, \d\d:\d\d" + "\nNo problems.",
        status.text,
    )
    await house.say("/reload")
    await house.wait_for(3)  # the other owner reads of it
    (status,) = await house.say("/status")
    assert status.text.endswith(f"\n1 problem:\n• {BROKEN}")


async def test_status_speaks_korean_to_whose_telegram_does(house: House) -> None:
    (status,) = await house.say("/status", **{"from": KOREAN})
    assert status.text.endswith("\n문제가 없습니다.")


@pytest.mark.parametrize("command", [f"/{name}" for name in OWNER_MENU])
async def test_everybody_else_is_refused_politely(house: House, command: str) -> None:
    refused = ["Only my owners can do that."]
    assert [one.text for one in await house.say(command, STRANGER)] == refused
    assert [one.text for one in await house.say(command, GROUP)] == refused
    anonymous = {"from": ANONYMOUS, "sender_chat": {"id": GROUP, "type": "supergroup", "title": "Group"}}
    assert [one.text for one in await house.say(command, GROUP, **anonymous)] == refused
    by_owner = {"type": "user", "date": 1, "sender_user": KOREAN}
    assert [one.text for one in await house.say(command, STRANGER, forward_origin=by_owner)] == refused


async def test_an_owner_is_obeyed_in_private_and_by_their_own_hand(house: House) -> None:
    owner = KOREAN | {"language_code": "en"}
    (reply,) = await house.say("/status", GROUP, **{"from": owner})
    assert reply.text == "I do that only in our private chat."
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    (reply,) = await house.say("/reload", forward_origin=origin)
    assert reply.text == "I take no forwarded message for an owner's word. Please write that yourself."


async def test_reload_tells_what_changed_and_every_other_owner_reads_it_once(house: House) -> None:
    (reply,) = await house.say("/reload")
    assert reply.text == "I have looked at the folder again, and nothing in it has changed."
    (house.folder / "new.txt").write_text("Snow fell in May.\n", encoding="utf-8")
    (house.folder / "letter.txt").write_text("The pier is open.\n", encoding="utf-8")
    (house.folder / "minutes.md").unlink()
    (house.folder / "scan.hwp").write_bytes(NOISE)
    (reply,) = await house.say("/reload")
    assert reply.text == (
        "The folder has changed: added 1, changed 1, removed 1, problems 1.\n"
        f"+ new.txt\n± letter.txt\n− minutes.md\n• {BROKEN}"
    )
    news = (await house.wait_for(3))[2:]
    assert [(one.chat, one.text) for one in news] == [(SECOND_OWNER, reply.text)]


async def test_owners_are_told_once_of_what_changes_at_once(house: House) -> None:
    for number in range(3):
        (house.folder / f"{number}.txt").write_text(f"Ship {number} sank.\n", encoding="utf-8")
        house.library.refresh()
    (house.folder / "0.txt").unlink()
    house.library.refresh()
    news = await house.wait_for(2)
    assert sorted(one.chat for one in news) == [OWNER, SECOND_OWNER]
    assert {one.text for one in news} == {
        "The folder has changed: added 2, changed 0, removed 0, problems 0.\n+ 1.txt\n+ 2.txt"
    }
    await house.say("/reload")
    assert len(house.telegram.sent) == 3


async def test_an_owner_out_of_reach_keeps_nobody_from_the_news(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.telegram.refusals.append(RefusalError(403, "Forbidden: bot was blocked by the user"))
    (house.folder / "new.txt").write_text("Snow fell in May.\n", encoding="utf-8")
    house.library.refresh()
    (news,) = await house.wait_for(1)
    assert news.chat == SECOND_OWNER
    assert "An owner could not be told of changes in the folder: Forbidden" in caplog.text


async def test_a_hundred_problems_are_counted(house: House) -> None:
    for number in range(100):
        (house.folder / f"{number:03}.hwp").write_bytes(NOISE)
    (reply,) = await house.say("/reload")
    assert reply.text.count("\n•") == 20
    assert reply.text.endswith("\n… +80")


async def test_stats_and_unanswered_and_feedback_start_empty(house: House) -> None:
    for command, sentence in (
        ("/stats", "Nobody has asked anything yet."),
        ("/unanswered", "There is no question that the folder could not answer."),
        ("/feedback", "No answer was voted down."),
    ):
        assert [one.text for one in await house.say(command)] == [sentence]


async def test_what_was_asked_is_told_without_names(house: House) -> None:
    await house.say("what did Ada Ferry say", STRANGER)
    for words in ("who painted the fresco", "who painted the fresco?", "when did the whale swim"):
        await house.say(words, STRANGER)
    (stats,) = await house.say("/stats")
    assert re.fullmatch(r"Questions, by day:\n\d+ \w+ \d{4}: 4 asked, 1 answered, 3 not answered", stats.text)
    (unanswered,) = await house.say("/unanswered")
    assert re.fullmatch(
        r"The folder could not answer this, most frequent first:\n"
        r"• who painted the fresco\?? \(2 times, last on \d+ \w+ \d{4}\)\n"
        r"• when did the whale swim \(on \d+ \w+ \d{4}\)",
        unanswered.text,
    )


async def test_quotes_voted_down_come_with_their_question(house: House) -> None:
    (answer,) = await house.say("what did Ada Ferry say", STRANGER)
    await house.press(answer, "👎", by=STRANGER)
    (feedback,) = await house.say("/feedback")
    assert re.fullmatch(
        r"Answers voted down, the latest first:\n\nwhat did Ada Ferry say\n👎 1, last on \d+ \w+ \d{4}\n\n"
        r"Ada Ferry, keeper of the lighthouse\nAda Ferry, .* all night\.\nMinutes of the Harbour Board\n.*",
        feedback.text,
    )


async def test_owners_have_a_menu_of_their_own(house: House) -> None:
    for language in ("", "ko"):
        assert house.telegram.menus[f"chat {OWNER} {language}"] == [*MENU, *OWNER_MENU]


async def test_an_owner_who_never_wrote_gets_a_menu_with_the_first_greeting(tmp_path: Path) -> None:
    class Empty(Telegram):
        def greet(self, chat: int) -> None:
            """Nobody has."""

    async with open_house(tmp_path, Empty()) as house:
        assert not any(scope.startswith("chat") for scope in house.telegram.menus)
        await house.say("/start", STRANGER)
        assert len(await house.say("/start")) == 1
        of_owner = [scope for scope in house.telegram.menus if scope.startswith("chat")]
        assert sorted(of_owner) == [f"chat {OWNER} ", f"chat {OWNER} ko"]


async def test_help_tells_an_owner_in_private_what_owners_can_do(house: House) -> None:
    for chat, is_told in ((OWNER, True), (STRANGER, False), (GROUP, False)):
        (page, *_) = await house.say("/help", chat)
        assert ("/unanswered: What the folder could not answer" in page.text) == is_told
        assert ("you can also send me a file" in page.text) == is_told
        assert "@chapter_test_bot and some words" not in page.text


async def test_help_tells_of_inline_mode_where_it_is_on(tmp_path: Path) -> None:
    class Inline(Telegram):
        @property
        def _methods(self) -> Any:
            return super()._methods | {"getMe": lambda _: BOT | {"supports_inline_queries": True}}

    async with open_house(tmp_path, Inline()) as house:
        (page,) = await house.say("/help", STRANGER)
        assert "In any chat, type @chapter_test_bot and some words: I offer quotes to send." in page.text


async def test_news_speak_the_language_of_who_reads_them(house: House) -> None:
    await house.say("/status", **{"from": KOREAN})
    (house.folder / "new.txt").write_text("Snow fell in May.\n", encoding="utf-8")
    house.library.refresh()
    news = (await house.wait_for(3))[1:]
    assert [one.text.split(".")[0] for one in sorted(news, key=lambda one: one.chat)] == [
        "문서 모음이 바뀌었습니다",
        "The folder has changed: added 1, changed 0, removed 0, problems 0",
    ]


async def test_news_that_fail_do_not_end_the_news(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for number, broken in enumerate((True, False)):
        with monkeypatch.context() as patch:
            if broken:
                patch.setattr("bot.handlers.news.render_changes", lambda *_: 1 / 0)
            (house.folder / f"{number}.txt").write_text(f"Ship {number} sank.\n", encoding="utf-8")
            house.library.refresh()
            await (_until_logged(caplog) if broken else house.wait_for(2))
    assert {one.text.splitlines()[1] for one in house.telegram.sent} == {"+ 1.txt"}


async def _until_logged(caplog: pytest.LogCaptureFixture) -> None:
    until = time.monotonic() + 10
    while "Owners are not told of changes in the folder" not in caplog.text:
        assert time.monotonic() < until
        await asyncio.sleep(0.001)
