"""What somebody who means harm may send, and what they never reach: the lines of the README's threat model."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from house import GROUP, MINUTES, OWNER, STRANGER, House, open_house

from bot.errors import QuestionFileError
from bot.expectations import read_expectations
from bot.handlers.owners import OWNER_MENU
from retrieval.errors import ReadingError, SourcesError
from retrieval.path_patterns import fits
from retrieval.reading import front_matter, read
from retrieval.sources import sources_of

PAYLOADS = [
    "'; DROP TABLE turns; --", '" OR 1=1 --', "%' UNION SELECT * FROM buttons --", "../../etc/passwd", "/etc/passwd",
    "..\\..\\windows", "<b>x", "</blockquote><a href='tg://user?id=1'>x</a>", "{0.__class__}", "%n%s%x", "$(reboot)",
    "`id`", "\u202e\u2066", "\x00\x1b[2J", "q_../..", "admit:in:8", "&lt;b&gt;", "\ud800",
]  # fmt: skip
YAML_TRICKS = {
    "an object": "!!python/object/apply:os.system ['touch pwned']",
    "a name": "!!python/name:os.system",
    "a module": "!!python/module:os",
    "a tuple": "!!python/tuple [a, b]",
    "binary": "!!binary YWJj",
}
LAUGHS = "\n".join(["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]" for a, b in pairwise("abcdefgh"))])
HOSTILE_NAME = "a<b>&amp;'.txt"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


def sound(house: House) -> bool:
    """Whether the journal has all its tables, and the folder all its files."""
    with sqlite3.connect(house.data_dir / "journal.sqlite3") as journal:
        (verdict,) = journal.execute("PRAGMA integrity_check").fetchone()
        tables = {name for (name,) in journal.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    journal.close()
    return verdict == "ok" and {"turns", "buttons", "votes"} <= tables and house.files["minutes.md"] == MINUTES.encode()


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_stranger_can_write_anything_and_reaches_nothing(house: House, payload: str) -> None:
    for command in ("", "/ask ", "/sources ", "/start ", "/start q_", "/cite "):
        sent = await house.say(command + payload, STRANGER)
        assert all("root:" not in one.text and house.telegram.token not in one.text for one in sent)
    update = house.telegram.inquire(payload, STRANGER)
    await house.hear(update)
    assert sound(house)


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_forged_press_is_answered_and_does_nothing(house: House, payload: str) -> None:
    (answer,) = await house.say("what did Ada Ferry say", STRANGER)
    for data in (payload, f"ask:{payload}:0", f"context:{payload}:1", f"list:1:{payload}", f"upload:add:{payload}"):
        assert await house.press_data(answer, data[:64]) is not None
    assert sound(house)


@pytest.mark.parametrize(
    "payload", [*PAYLOADS, "minutes.md/../../data/journal.sqlite3", "./minutes.md\x00", "data", "."]
)
async def test_remove_takes_nothing_that_is_no_document(house: House, payload: str) -> None:
    (sent,) = await house.say(f"/remove {payload}")
    assert not sent.rows
    assert sound(house)


async def test_a_quote_of_one_chat_is_never_shown_in_another_by_its_buttons_or_a_reply(house: House) -> None:
    (mine,) = await house.say("what did Ada Ferry say", OWNER)
    (other,) = await house.say("/about", STRANGER)
    for data in {button.data for row in mine.rows for button in row if button.data}:
        before = len(house.telegram.sent)
        assert await house.press_data(other, data) == "That button is too old. Please ask again."
        assert len(house.telegram.sent) == before
    (told,) = await house.say("/cite 1", STRANGER, reply_to_message=mine.message)
    assert "lamp" not in told.text


async def test_buttons_of_what_was_forgotten_are_dead(house: House) -> None:
    (answer,) = await house.say("what did Ada Ferry say", STRANGER)
    (asked,) = await house.say("/forget", STRANGER)
    await house.press(asked, next(iter(asked.buttons)))
    for data in {button.data for row in answer.rows for button in row if button.data}:
        assert await house.press_data(answer, data) == "That button is too old. Please ask again."


@pytest.mark.parametrize("command", OWNER_MENU)
@pytest.mark.parametrize(
    "disguise",
    [
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Owner"}},
        {"via_bot": {"id": 55, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
        {"sender_chat": {"id": -200, "type": "channel", "title": "Sea"}},
    ],
    ids=["forwarded", "through another bot", "in a channel's name"],
)
async def test_an_owners_command_counts_from_the_owners_hand_alone(house: House, command: str, disguise: Any) -> None:
    (refusal,) = await house.say(f"/{command} minutes.md", OWNER, **disguise)
    assert refusal.text in {
        "Only my owners can do that.",
        "I take no forwarded message for an owner's word. Please write that yourself.",
    }
    assert not refusal.rows


@pytest.mark.parametrize("command", OWNER_MENU)
async def test_an_edited_message_and_a_channels_post_command_nothing(house: House, command: str) -> None:
    update = house.telegram.write("lamp", OWNER)
    await house.hear(update)
    assert await house.hear(house.telegram.edit(update, f"/{command} minutes.md")) == []
    post = house.telegram.write(f"/{command} minutes.md", GROUP, kind="channel_post")
    assert await house.hear(post) == []


async def test_a_hostile_folder_is_shown_as_words(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / HOSTILE_NAME).write_text(
        "---\ntitle: '<b>T</b> &amp; <a href=\"tg://user?id=1\">x</a>'\npublisher: '</i><script>'\n"
        "author: 'A & <u>B'\nurl: 'javascript:alert(1)'\nsection: '<code>'\n---\n"
        "Ada Ferry, keeper of the </blockquote><b>light, said that the lamp & <i>fire must burn.\n",
        "utf-8",
    )
    (folder / "broken<i>.pdf").write_bytes(b"%PDF-1.7 <b>")
    async with open_house(tmp_path) as house:  # the far side refuses whatever is no valid markup
        (answer,) = await house.say("what did Ada Ferry say")
        assert "</blockquote><b>light, said that the lamp & <i>fire" in answer.text
        for data in ("Context", "Source"):
            if data in answer.buttons:
                await house.press(answer, data)
        for command in ("/sources", "/people", "/status", "/help", "/about", "/feedback", "/remove broken<i>.pdf"):
            assert await house.say(command)
        (cited,) = await house.say("/cite", reply_to_message=answer.message)
        assert "<u>B" in cited.text
        await house.hear(house.telegram.inquire("lamp", OWNER))
        await house.hear(house.telegram.inquire("", OWNER))


@pytest.mark.parametrize("value", YAML_TRICKS.values(), ids=YAML_TRICKS)
def test_yaml_is_words_and_makes_no_objects(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in (f"title: {value}", f"other: {value}"):
        try:
            title = read(f"---\n{text}\n---\nwords\n".encode(), "a.md").metadata.title
        except ReadingError:
            continue
        assert title in {None, "YWJj"}
    for text in (f"documents: {{a.txt: {{title: {value}}}}}", f"people: {value}", f"defaults: {value}", value):
        with suppress(SourcesError):
            assert "os" not in str(sources_of(text.encode()))
    (tmp_path / "questions.yaml").write_text(f"- ask: {value}\n", "utf-8")
    with suppress(QuestionFileError):
        read_expectations(tmp_path / "questions.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["questions.yaml"]


def test_aliases_that_multiply_are_never_multiplied() -> None:
    assert read(f"---\n{LAUGHS}\ntitle: T\n---\nwords\n".encode(), "a.md").metadata.title == "T"
    with pytest.raises(ReadingError, match="must be text"):
        read(f"---\n{LAUGHS}\ntitle: *h\n---\nwords\n".encode(), "a.md")
    with pytest.raises(SourcesError):
        sources_of(f"{LAUGHS}\npeople: *h\n".encode())


def test_front_matter_without_end_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_matter, "_LONGEST", 50)
    with pytest.raises(ReadingError, match=r"has front matter of more than 50 characters\. Put the words below"):
        read(b"---\n" + b"key: value\n" * 10 + b"---\nwords\n", "a.txt")


def test_a_pattern_of_stars_is_no_bomb() -> None:
    assert not fits("*a" * 60 + "b", "a" * 250)
    assert fits("**a" * 60, "a/" * 60 + "a")
    assert not fits("**/" * 60 + "b", "a/" * 120)
