"""The journal: conversations in order, over restarts; answers by key and message; what is outdated, and forgotten."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from canned import LAMP, PIER, answered

from bot.conversations import KEPT_TURNS
from bot.errors import JournalError
from bot.journal import Conversation, Forgotten, Journal, SentAnswer, Vote, new_key
from bot.journal.file import SECONDS_A_DAY
from bot.journal.schema import SCHEMAS
from retrieval import Answer, Place, Resolution, Turn

OLD_TURN = Turn("first", "“first” in full", "answer", ("Ada Ferry", "차정미"), (Place("a.md", 3, 9),))


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def _answer(question: str) -> Answer:
    read_as = (Resolution("he", "차정미"),)
    return answered(LAMP, PIER, question=question, understood=f"{question} “in full”", read_as=read_as)


def _sent(words: str, chat: int = 7, thread: int = 0, **changes: object) -> SentAnswer:
    return dataclasses.replace(SentAnswer(chat, thread, new_key(), _answer(words)), **changes)


async def _ask(journal: Journal, words: str, chat: int = 7, thread: int = 0, **changes: object) -> SentAnswer:
    """Keep an answer to `words`, in the conversation that it stands in."""
    sent = _sent(words, chat, thread, **changes)
    await journal.add_answer(sent, await journal.conversation(chat, thread))
    return sent


async def _questions(journal: Journal, chat: int = 7, thread: int = 0) -> list[str]:
    return _asked(await journal.conversation(chat, thread))


def _asked(conversation: Conversation) -> list[str]:
    return [turn.question for turn in conversation.turns]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


async def test_turns_survive_a_restart_word_for_word(path: Path) -> None:
    async with Journal(path) as journal:
        await _ask(journal, "first")
        await _ask(journal, "second'); DROP TABLE turns; --")
    async with Journal(path) as journal:
        first, second = (await journal.conversation(7, 0)).turns
        assert first == _answer("first").as_turn()
        assert second == _answer("second'); DROP TABLE turns; --").as_turn()


async def test_chats_and_threads_are_kept_apart(path: Path) -> None:
    async with Journal(path) as journal:
        await _ask(journal, "one", -100, 1)
        await _ask(journal, "two", -100, 2)
        await _ask(journal, "three", 8, 1)
        assert await _questions(journal, -100, 1) == ["one"]
        assert await _questions(journal, -100, 0) == []


async def test_the_last_turns_come_oldest_first(path: Path) -> None:
    async with Journal(path) as journal:
        for number in range(KEPT_TURNS + 3):
            await _ask(journal, str(number))
        assert await _questions(journal) == [str(n) for n in range(3, KEPT_TURNS + 3)]


async def test_a_reply_goes_on_from_the_answer_replied_to(path: Path) -> None:
    async with Journal(path) as journal:
        first, second, third = [await _ask(journal, question) for question in ("first", "second", "third")]
        assert _asked(await journal.conversation_after(7, second.key)) == ["first", "second"]
        assert _asked(await journal.conversation_before(7, third.key)) == ["first", "second"]
        assert _asked(await journal.conversation_before(7, first.key)) == []
        assert _asked(await journal.conversation_after(8, second.key)) == []
        assert _asked(await journal.conversation_after(7, "nonsense")) == []
        back = await journal.conversation_after(7, first.key)
        await journal.add_answer(_sent("instead"), back)
        assert await _questions(journal) == ["first", "instead"]


async def test_a_thread_of_replies_stays_aside(path: Path) -> None:
    async with Journal(path) as journal:
        first = await _ask(journal, "first", -100)
        aside = dataclasses.replace(await journal.conversation_after(-100, first.key), aside=True)
        reply = _sent("by the way", -100)
        await journal.add_answer(reply, aside)
        assert await _questions(journal, -100) == ["first"]
        after = await journal.conversation_after(-100, reply.key)
        assert (_asked(after), after.aside) == (["first", "by the way"], True)


async def test_a_conversation_lapses_but_a_reply_still_finds_it(path: Path) -> None:
    clock = Clock()
    async with Journal(path, conversation_minutes=60, clock=clock) as journal:
        first = await _ask(journal, "first")
        clock.now += 60 * 60
        assert await _questions(journal) == ["first"]
        clock.now += 1
        assert await _questions(journal) == []
        assert _asked(await journal.conversation_after(7, first.key)) == ["first"]
        await _ask(journal, "second")
        assert await _questions(journal) == ["second"]


async def test_an_answer_is_found_by_its_key_its_messages_and_its_question(path: Path) -> None:
    async with Journal(path, clock=Clock()) as journal:
        sent = await _ask(journal, "first", messages=(11, 12), person=7, question=10, past=(Place("a.md", 3, 9),))
        other = await _ask(journal, "second", speaker="Ada Ferry")
        await journal.add_press(7, sent.key, "more")
        await journal.add_press(7, sent.key, "more")
        await journal.add_press(8, sent.key, "other")
    async with Journal(path) as journal:
        kept = dataclasses.replace(sent, at=1_000_000, pressed=frozenset({"more"}))
        assert await journal.answer(7, sent.key) == kept
        assert await journal.answer_in(7, 12) == kept
        assert await journal.answer(7, other.key) == dataclasses.replace(other, at=1_000_000)
        assert await journal.answer_to(7, 10) == kept
        assert await journal.answer(8, sent.key) is None
        assert await journal.answer_in(8, 12) is None
        assert await journal.answer_in(7, 10) is None
        assert await journal.answer_to(7, 11) is None


async def test_an_answer_can_be_replaced_with_its_messages(path: Path) -> None:
    async with Journal(path, clock=Clock()) as journal:
        sent = await _ask(journal, "first", messages=(11, 12), question=10)
        await journal.add_press(7, sent.key, "more")
        await journal.vote(7, sent.key, 7, Vote.UP)
        later = dataclasses.replace(sent, answer=_answer("again"), messages=(11,))
        await journal.replace_answer(later)
        assert await journal.answer_to(7, 10) == dataclasses.replace(later, at=1_000_000)
        assert await journal.answer_in(7, 12) is None
        assert await journal.vote_of(7, sent.key, 7) is None
        assert await _questions(journal) == ["again"]


async def test_an_answer_of_another_shape_is_no_answer_any_more(path: Path) -> None:
    async with Journal(path) as journal:
        sent = await _ask(journal, "first")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("""UPDATE turns SET answer = '{"question": "first"}'""")
    async with Journal(path) as journal:
        assert await journal.answer(7, sent.key) is None
        assert await _questions(journal) == ["first"]


async def test_a_person_has_one_vote_on_an_answer_and_may_change_it(path: Path) -> None:
    async with Journal(path) as journal:
        sent = await _ask(journal, "first")
        assert await journal.vote_of(7, sent.key, 7) is None
        assert await journal.vote(7, sent.key, 7, Vote.UP)
        assert await journal.vote(7, sent.key, 8, Vote.UP)
        assert await journal.vote(7, sent.key, 7, Vote.DOWN)
        assert [await journal.vote_of(7, sent.key, person) for person in (7, 8, 9)] == [Vote.DOWN, Vote.UP, None]
        assert not await journal.vote(8, sent.key, 7, Vote.UP)
        assert await journal.vote_of(8, sent.key, 7) is None


async def test_a_language_is_remembered(path: Path) -> None:
    async with Journal(path) as journal:
        assert await journal.language_of(7) is None
        await journal.set_language(7, "en")
        await journal.set_language(7, "ko")
    async with Journal(path) as journal:
        assert await journal.language_of(7) == "ko"
        assert await journal.language_of(8) is None


async def test_forgetting_in_private_leaves_nothing_of_the_person(path: Path) -> None:
    async with Journal(path) as journal:
        own, other = await _ask(journal, "mine alone"), await _ask(journal, "another's", 8, person=8)
        await _ask(journal, "mine in a group", -100, person=7)
        await journal.keep_questions(7, ("mine behind a button",))
        await journal.vote(7, own.key, 7, Vote.UP)
        await journal.vote(8, other.key, 7, Vote.UP)
        await journal.vote(8, other.key, 8, Vote.UP)
        await journal.set_language(7, "ko")
        assert await journal.forget(7, 7) == Forgotten(answers=2, buttons=1, votes=2, languages=1)
        assert await journal.forget(7, 7) == Forgotten()
        assert await _questions(journal, 8) == ["another's"]
        assert await journal.vote_of(8, other.key, 8) is Vote.UP
        held = b"".join(each.read_bytes() for each in path.parent.iterdir())
        assert b"another's" in held
        assert b"mine" not in held


async def test_forgetting_in_a_group_takes_what_the_person_asked_there(path: Path) -> None:
    async with Journal(path) as journal:
        await _ask(journal, "in private", person=7)
        first = await _ask(journal, "mine", -100, person=7)
        second = await _ask(journal, "theirs", -100, person=8)
        await journal.vote(-100, second.key, 7, Vote.DOWN)
        await journal.set_language(7, "ko")
        assert await journal.forget(-100, 7) == Forgotten(answers=1, votes=1)
        assert await journal.answer(-100, first.key) is None
        assert await _questions(journal, -100) == ["theirs"]
        assert await _questions(journal) == ["in private"]
        assert await journal.language_of(7) == "ko"


async def test_a_forgotten_turns_number_leads_nobody_into_another_conversation(path: Path) -> None:
    async with Journal(path) as journal:
        await _ask(journal, "mine", -100, person=7)
        theirs = await _ask(journal, "theirs", -100, person=8)
        await journal.forget(-100, 7)
        await _ask(journal, "secret", 9)
        assert _asked(await journal.conversation_after(-100, theirs.key)) == ["theirs"]


async def test_what_is_outdated_is_deleted(path: Path) -> None:
    clock = Clock()
    async with Journal(path, retention_days=2, clock=clock) as journal:
        old = await _ask(journal, "old", messages=(3,))
        await journal.vote(7, old.key, 7, Vote.UP)
        key = await journal.keep_questions(7, ("what burns",))
        clock.now += 2 * SECONDS_A_DAY
        await _ask(journal, "new")
        assert await _questions(journal) == ["old", "new"]
        clock.now += 1
        await _ask(journal, "newer", 8)
        assert await _questions(journal) == ["new"]
        assert await journal.kept_question(7, key, 0) is None
        assert await journal.answer_in(7, 3) is None
    clock.now += 2 * SECONDS_A_DAY + 1
    async with Journal(path, clock=clock) as journal:
        assert await _questions(journal) == ["new"]
    async with Journal(path, retention_days=2, clock=clock) as journal:
        assert await _questions(journal) == []
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM votes").fetchall() == [(0,)]


async def test_questions_behind_buttons_survive_a_restart_under_one_key(path: Path) -> None:
    questions = ("what did “Ada” say", "차정미는 뭐라고 했나")
    async with Journal(path) as journal:
        key = await journal.keep_questions(7, questions)
        assert await journal.keep_questions(7, questions) == key
        assert await journal.keep_questions(7, questions[::-1]) != key
    async with Journal(path) as journal:
        assert [await journal.kept_question(7, key, number) for number in (-1, 0, 1, 2)] == [None, *questions, None]
        assert await journal.kept_question(8, key, 0) is None
        assert await journal.kept_question(7, "nonsense", 0) is None


@pytest.mark.parametrize("version", [1, 2])
async def test_a_journal_of_an_earlier_version_keeps_its_turns(path: Path, version: int) -> None:
    path.parent.mkdir()
    turn = msgspec.json.encode(OLD_TURN).decode()
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(f"{''.join(SCHEMAS[:version])} PRAGMA user_version = {version};")
        for thread in (0, 4, 0):
            row = "INSERT INTO turns (chat, thread, at, turn) VALUES (7, ?, 0, ?)"
            database.execute(row, (thread, turn))
    async with Journal(path) as journal:
        assert (await journal.conversation(7, 0)).turns == (OLD_TURN, OLD_TURN)
        await _ask(journal, "second")
        assert await _questions(journal) == ["first", "first", "second"]
        assert await journal.kept_question(7, await journal.keep_questions(7, ("x",)), 0) == "x"
        assert await journal.forget(7, 7) == Forgotten(answers=4, buttons=1)


async def test_a_journal_of_a_newer_version_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(JournalError) as refused:
        await Journal(path).open()
    assert str(refused.value) == (
        f"{path}: the journal comes from a newer version of the bot (its schema is 99). "
        "Install that version, or let DATA_DIR name another directory."
    )
    assert [path] == list(path.parent.iterdir())
    assert path.read_bytes() == before


async def test_a_closed_journal_says_so(path: Path) -> None:
    journal = Journal(path)
    with pytest.raises(JournalError, match="the journal is not open"):
        await journal.conversation(7, 0)
    with pytest.raises(JournalError, match="the journal is not open"):
        await journal.set_language(7, "ko")
