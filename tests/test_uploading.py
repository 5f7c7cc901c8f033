"""A file sent by an owner: previewed, confirmed, only then part of the folder; whatever goes wrong harms nothing."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import unicodedata
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_api.files import LARGEST_DOWNLOAD_BYTES
from bot_api.telegram import Sent
from house import GROUP, MINUTES, OWNER, SECOND_OWNER, STRANGER, House, open_house

from bot.errors import JournalError
from bot.journal import Journal
from bot.journal.errands import LASTING_SECONDS
from bot.shelf import Shelf
from retrieval import Changes, StillReadingError

REPORT = b"""---
title: Harbour report
date: 2024-05-03
publisher: Harbour Board
---
Bo Ek, master of the port, said that the crane will be repaired in June.

Nothing else happened.
"""
NAME = "report.md"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


async def _send(house: House, name: str | None = NAME, content: bytes = REPORT, chat: int = OWNER) -> list[Sent]:
    return await house.hear(house.telegram.send_file(name, content, chat))


async def test_a_file_is_shown_as_the_document_that_it_would_be_and_answers_once_it_is_confirmed(house: House) -> None:
    before = house.files
    (question,) = await _send(house)
    assert question.text == (
        "Harbour report\nPublisher: Harbour Board\nDate: 3 May 2024\nFile: report.md\nParagraphs: 2\n"
        "Speaking in it: Bo Ek\nPassages: 2\n\nShall report.md go into the folder?"
    )
    assert list(question.buttons) == ["Add it", "Cancel"]
    assert house.files == before
    assert await house.press(question, "Add it") is None
    assert question.text == "report.md is in the folder now, and I answer from it."
    assert question.buttons == {}
    assert house.files == before | {NAME: REPORT}
    assert list((house.data_dir / "incoming").iterdir()) == []
    (answer,) = [one for one in await house.say("what did Bo Ek say", STRANGER) if one.chat == STRANGER]
    assert "the crane will be repaired in June" in answer.text


async def test_a_file_without_a_date_says_so(house: House) -> None:
    (preview,) = await _send(house, "note.txt", b"The crane is red and stands at the old quay.\n")
    assert "no date" in preview.text.splitlines()


async def test_cancelled_is_as_if_it_had_never_been_sent(house: House) -> None:
    before = house.files
    (question,) = await _send(house)
    await house.press(question, "Cancel")
    assert question.text == "report.md does not go into the folder."
    assert house.files == before
    assert list((house.data_dir / "incoming").iterdir()) == []


async def test_a_button_that_is_pressed_twice_does_its_work_once(house: House) -> None:
    (question,) = await _send(house)
    data = question.buttons["Add it"]
    await house.press(question, "Add it")
    (house.folder / NAME).unlink()
    assert await house.press_data(question, data) == "That is done already, or was too long ago."
    assert NAME not in house.files


async def test_nobody_else_can_press(house: House) -> None:
    (question,) = await _send(house)
    assert await house.press(question, "Add it", by=STRANGER) == "Only my owners can do that."
    assert await house.press(question, "Add it", by=SECOND_OWNER) == "Only the person who asked can press this."
    assert NAME not in house.files
    assert await house.press(question, "Add it") is None
    assert NAME in house.files


async def test_a_week_later_nothing_happens(house: House) -> None:
    (question,) = await _send(house)
    with closing(sqlite3.connect(house.data_dir / "journal.sqlite3")) as database:
        database.execute("UPDATE errands SET at = at - ?", (7 * LASTING_SECONDS,))
        database.commit()
    (kept,) = (house.data_dir / "incoming").iterdir()
    os.utime(kept, (1, 1))
    assert await house.press(question, "Add it") == "That is done already, or was too long ago."
    assert NAME not in house.files
    await _send(house, "other.txt", b"Snow fell in May, and the harbour froze again.\n")
    assert not kept.exists()


@pytest.mark.parametrize(
    "data", ["upload:add:AAAAAAAAAAAA", "upload:add:", "upload:out:../../x", "remove:out:AAAAAAAAAAAA", "upload:"]
)
async def test_a_forged_press_does_nothing(house: House, data: str) -> None:
    (question,) = await _send(house)
    before = house.files
    toast = await house.press_data(question, data)
    assert toast in {"That is done already, or was too long ago.", "That button is too old. Please ask again."}
    assert house.files == before


async def test_an_errand_of_another_kind_is_not_done(house: House) -> None:
    (question,) = await _send(house)
    key = question.buttons["Add it"].rpartition(":")[2]
    assert await house.press_data(question, f"remove:out:{key}") == "That is done already, or was too long ago."


async def test_a_restart_between_question_and_answer_is_no_matter(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        (question,) = await _send(house)
        telegram = house.telegram
    async with open_house(tmp_path, telegram) as house:
        await house.press(question, "Add it")
        assert house.files[NAME] == REPORT


async def test_what_nobody_confirmed_is_thrown_away_at_the_next_start(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await _send(house)
        (kept,) = (house.data_dir / "incoming").iterdir()
        os.utime(kept, (1, 1))
    async with open_house(tmp_path):
        assert not kept.exists()


async def test_the_same_name_with_other_content_is_replaced_when_that_is_confirmed(house: House) -> None:
    (question,) = await _send(house, "minutes.md")
    assert question.text.endswith(
        "\n\nThe folder already has a file called minutes.md, with other content. Shall this one take its place?"
    )
    assert list(question.buttons) == ["Replace it", "Cancel"]
    assert house.files["minutes.md"] == MINUTES.encode()
    await house.press(question, "Replace it")
    assert house.files["minutes.md"] == REPORT


async def test_a_name_that_is_taken_meanwhile_is_asked_about_again(house: House) -> None:
    (question,) = await _send(house)
    (house.folder / NAME).write_bytes(b"Somebody was faster.\n")
    await house.press(question, "Add it")
    assert question.text.startswith("The folder already has a file called report.md, with other content.")
    assert house.files[NAME] == b"Somebody was faster.\n"
    await house.press(question, "Replace it")
    assert house.files[NAME] == REPORT


@pytest.mark.parametrize("name", ["minutes.md", "copy.md"])
async def test_the_same_content_is_there_already(house: House, name: str) -> None:
    (reply,) = await _send(house, name, MINUTES.encode())
    assert (reply.text, reply.rows) == ("The folder already has this very file, as minutes.md.", ())


async def test_whoever_is_no_owner_adds_nothing(house: House) -> None:
    before = house.files
    (reply,) = await _send(house, chat=STRANGER)
    assert reply.text == "Only my owners can add documents. Please ask your question in words."
    assert await _send(house, chat=GROUP) == []
    assert house.files == before
    assert not (house.data_dir / "incoming").exists()


async def test_a_moving_picture_is_no_document(house: House) -> None:
    picture = {"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    (reply,) = await house.hear(house.telegram.send_file("cat.mp4", b"x", STRANGER, animation=picture))
    assert reply.text == "I can only read text. Please write your question."


async def test_a_journal_that_fails_changes_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    (question,) = await _send(house)
    with closing(sqlite3.connect(house.data_dir / "journal.sqlite3")) as database:
        database.execute("DROP TABLE errands")
    assert (await house.press(question, "Add it") or "").startswith("Sorry, something went wrong on my side.")
    assert NAME not in house.files
    assert "An errand cannot be looked up." in caplog.text


async def test_words_below_a_strangers_file_are_a_question(house: House) -> None:
    (reply,) = await house.hear(
        house.telegram.send_file(NAME, REPORT, STRANGER, caption="what did Ada Ferry say", caption_entities=[])
    )
    assert reply.text.startswith("Ada Ferry, keeper of the lighthouse")


async def test_an_owner_may_forward_a_file_and_write_below_it(house: House) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
    changes = {"caption": "for the folder", "caption_entities": [], "forward_origin": origin}
    (question,) = await house.hear(house.telegram.send_file(NAME, REPORT, OWNER, **changes))
    assert question.text.endswith("\n\nShall report.md go into the folder?")


@pytest.mark.parametrize(
    ("sent", "safe"),
    [
        ("../../x.md", "x.md"),
        ("/etc/cron.d/x.md", "x.md"),
        ("..\\..\\x.md", "x.md"),
        (".hidden.md", "hidden.md"),
        ('<b>&"x" {name} %s.md', '<b>&"x" {name} %s.md'),
        ("a\x00b\u202e.md", "ab.md"),
        (unicodedata.normalize("NFD", "회의록.md"), "회의록.md"),
        ("차" * 84 + ".md", "차" * 84 + ".md"),  # 255 bytes
        ("차" * 200 + ".md", "차" * 84 + ".md"),
    ],
)
async def test_whatever_a_file_is_called_it_lies_in_the_folder_under_a_safe_name(
    house: House, sent: str, safe: str
) -> None:
    (question,) = await _send(house, sent)
    await house.press(question, "Add it")
    assert sorted(house.files) == sorted(["letter.txt", "minutes.md", safe])
    assert sorted(path.name for path in house.folder.parent.iterdir()) == ["data", "knowledge"]


@pytest.mark.parametrize("name", ["virus.exe", "report", None, "..", "sources.yaml", ".md"])
async def test_a_kind_that_is_not_read_is_refused_with_those_that_are(house: House, name: str | None) -> None:
    (reply,) = await _send(house, name)
    assert reply.text.startswith("I cannot read a file like ")
    assert ".txt, .md, " in reply.text


async def test_a_file_too_large_is_not_even_fetched(house: House) -> None:
    update = house.telegram.send_file("big.txt", b"x", OWNER)
    update["message"]["document"]["file_size"] = LARGEST_DOWNLOAD_BYTES + 1
    (reply,) = await house.hear(update)
    assert reply.text.startswith("That file is too large for me to fetch: I can take 20 MB at most.")
    assert "getFile" not in house.telegram.calls


async def test_a_file_that_vanishes_half_way_is_asked_for_again(house: House) -> None:
    lost = "That file did not arrive whole. Please send it again."
    for trouble in (house.telegram.files.gone, house.telegram.files.cut_short):
        update = house.telegram.send_file(NAME, REPORT, OWNER)
        trouble.add(update["message"]["document"]["file_id"])
        assert [one.text for one in await house.hear(update)] == [lost]
    update = house.telegram.send_file(NAME, REPORT, OWNER)
    update["message"]["document"]["file_id"] = "unknown"
    assert [one.text for one in await house.hear(update)] == [lost]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.md", b"---\ntitle: nothing\n---\n", "is empty"), ("a.hwp", b"\x00\x01noise", "is no Hangul document")],
)
async def test_what_cannot_be_read_is_told_with_its_reason_and_not_kept(
    house: House, name: str, content: bytes, reason: str
) -> None:
    (reply,) = await _send(house, name, content)
    assert reply.text.startswith(f"I cannot use that file: {name} {reason}")
    assert reply.rows == ()
    assert not (house.data_dir / "incoming").exists()


async def test_a_folder_that_cannot_be_written_says_why(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (question,) = await _send(house)

    def full(_source: object, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    await house.press(question, "Add it")
    assert question.text == "The folder cannot be changed: No space left on device."
    assert sorted(house.files) == ["letter.txt", "minutes.md"]
    assert "A file cannot be put into the folder." in caplog.text


async def test_what_waited_and_is_gone_is_not_added(house: House) -> None:
    (question,) = await _send(house)
    for kept in (house.data_dir / "incoming").iterdir():
        kept.unlink()
    await house.press(question, "Add it")
    assert question.text == "That is done already, or was too long ago."
    assert NAME not in house.files


async def test_two_files_at_once_are_two_questions(house: House) -> None:
    sent = await house.hear(
        house.telegram.send_file("a.txt", b"The crane is red and old.\n", OWNER),
        house.telegram.send_file("b.txt", b"The crane is blue and new.\n", OWNER),
    )
    questions = sent
    await asyncio.gather(*(house.press(question, "Add it") for question in questions))
    assert sorted(house.files) == ["a.txt", "b.txt", "letter.txt", "minutes.md"]


async def test_the_other_owner_reads_what_came(house: House) -> None:
    (question,) = await _send(house)
    await house.press(question, "Add it")
    await house.wait_for(3)
    news = [one.text for one in house.telegram.sent if one.chat == SECOND_OWNER]
    assert news == ["The folder has changed: added 1, changed 0, removed 0, problems 0.\n+ report.md"]


async def test_what_fails_once_the_file_is_in_its_place_does_not_deny_that(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> bool:
        raise JournalError("The journal cannot be written.")

    def keep(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    (question,) = await _send(house)
    data = question.buttons["Add it"]
    monkeypatch.setattr(Journal, "take_errand", fail)
    monkeypatch.setattr(Shelf, "drop", keep)
    assert await house.press(question, "Add it") is None
    assert question.text == "report.md is in the folder now, and I answer from it."
    assert house.files[NAME] == REPORT
    assert "the journal does not know of it" in caplog.text
    assert len(house.telegram.sent) == 1
    await house.press_data(question, data)
    assert house.files[NAME] == REPORT


async def test_a_file_that_is_yet_to_be_read_is_said_to_be(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Changes:
        raise StillReadingError(1, 900)

    (question,) = await _send(house)
    monkeypatch.setattr(house.library, "refresh", refuse)
    await house.press(question, "Add it")
    assert question.text == "report.md is in the folder now, and I answer from it as soon as I have read it."
    assert house.files[NAME] == REPORT
    assert len(house.telegram.sent) == 1
