"""What the journal keeps for owners: errands, who was let in, addresses of quotes, figures; and a group that moves."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from canned import LAMP, PIER, answered, refused

from bot.journal import Conversation, Day, Disliked, Errand, Journal, SentAnswer, Unanswered, Vote, new_key
from bot.journal.admissions import MOST_AN_HOUR, TOLD_AGAIN_DAYS
from bot.journal.errands import LASTING_SECONDS
from bot.journal.file import SECONDS_A_DAY
from retrieval import Answer, AnswerKind, Place

NOON = time.mktime((2024, 5, 3, 12, 0, 0, 0, 0, -1))
TODAY, YESTERDAY = dt.date(2024, 5, 3), dt.date(2024, 5, 2)
ADDING = Errand("upload", 9, "report.txt")


class Clock:
    now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def journal(tmp_path: Path, clock: Clock) -> AsyncIterator[Journal]:
    async with Journal(tmp_path / "journal.sqlite3", clock=clock) as journal:
        yield journal


async def _ask(journal: Journal, answer: Answer, chat: int = 7, **changes: object) -> SentAnswer:
    sent = dataclasses.replace(SentAnswer(chat, 0, new_key(), answer, (1,), chat, 2), **changes)
    await journal.add_answer(sent)
    return sent


async def test_an_errand_is_done_once(journal: Journal) -> None:
    key = await journal.add_errand(ADDING)
    assert await journal.errand(key) == ADDING
    assert [await journal.take_errand(key), await journal.take_errand(key)] == [True, False]
    assert await journal.errand(key) is None


async def test_an_errand_lasts_a_day_and_is_then_deleted(journal: Journal, clock: Clock, tmp_path: Path) -> None:
    key = await journal.add_errand(ADDING)
    clock.now += LASTING_SECONDS
    assert await journal.errand(key) == ADDING
    clock.now += 1
    assert await journal.errand(key) is None
    await journal.add_errand(ADDING)
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM errands").fetchall() == [(1,)]


async def test_a_chat_is_in_until_that_is_revoked(journal: Journal, clock: Clock) -> None:
    await journal.admit(8)
    clock.now += 1
    await journal.admit(-100)
    await journal.admit(8)
    assert await journal.admitted() == (-100, 8)
    assert [await journal.is_admitted(chat) for chat in (8, -100, 9)] == [True, True, False]
    assert [await journal.revoke(8), await journal.revoke(8)] == [True, False]
    assert not await journal.is_admitted(8)


async def test_a_stranger_is_news_once_a_week(journal: Journal, clock: Clock) -> None:
    assert [await journal.is_news(8), await journal.is_news(8), await journal.is_news(9)] == [True, False, True]
    clock.now += TOLD_AGAIN_DAYS * SECONDS_A_DAY + 1
    assert await journal.is_news(8)


async def test_a_crowd_at_the_door_is_no_flood(journal: Journal, clock: Clock) -> None:
    assert sum([await journal.is_news(stranger) for stranger in range(100)]) == MOST_AN_HOUR
    clock.now += 3600
    assert await journal.is_news(101)


async def test_a_quote_has_one_address_that_tells_nothing(journal: Journal) -> None:
    lamp, pier = await journal.keep_links([LAMP, PIER])
    assert await journal.keep_links([PIER, LAMP]) == (pier, lamp)
    assert lamp != pier
    assert len(lamp) == 16
    assert await journal.linked_quote(lamp) == LAMP
    assert await journal.linked_quote(lamp[:-1]) is None


async def test_a_quote_of_another_shape_is_as_if_it_were_not_there(journal: Journal, tmp_path: Path) -> None:
    (key,) = await journal.keep_links([LAMP])
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as database:
        database.execute("""UPDATE links SET quote = '{"text": 3}'""")
        database.commit()
    assert await journal.linked_quote(key) is None


async def test_questions_are_counted_by_day_without_greetings_and_further_pages(journal: Journal, clock: Clock) -> None:
    clock.now -= SECONDS_A_DAY
    await _ask(journal, answered(LAMP))
    clock.now = NOON
    for answer in (answered(PIER), refused(), refused(kind=AnswerKind.CLOSEST), refused(kind=AnswerKind.CHOICES)):
        await _ask(journal, answer)
    await _ask(journal, refused(kind=AnswerKind.GREETING))
    await _ask(journal, answered(LAMP), past=(Place("a.md", 1, 2),))
    assert await journal.days(14) == (Day(TODAY, 4, 1, 2), Day(YESTERDAY, 1, 1, 0))
    assert await journal.days(1) == (Day(TODAY, 4, 1, 2),)


async def test_what_was_not_answered_is_told_most_frequent_first_then_newest(journal: Journal, clock: Clock) -> None:
    for words in ("who sings", "who dances", "Who sings?", "who paints", "질문이 있나요?"):
        await _ask(journal, refused(question="…", understood=words))
        clock.now += 1
    await _ask(journal, answered(LAMP, question="what burns", understood="what burns"))
    found = await journal.unanswered(3)
    assert [(one.question.lower().rstrip("?"), one.count) for one in found] == [
        ("who sings", 2),
        ("질문이 있나요", 1),
        ("who paints", 1),
    ]
    assert found[1] == Unanswered("질문이 있나요?", 1, TODAY)


async def test_answers_voted_down_come_with_their_quotes_the_latest_vote_first(journal: Journal, clock: Clock) -> None:
    lamp, pier = await _ask(journal, answered(LAMP)), await _ask(journal, answered(PIER))
    for sent, person, vote in ((pier, 7, Vote.DOWN), (lamp, 7, Vote.DOWN), (lamp, 8, Vote.DOWN), (pier, 8, Vote.UP)):
        await journal.vote(7, sent.key, person, vote)
        clock.now += 1
    assert await journal.disliked(5) == (Disliked(lamp.answer, 2, TODAY), Disliked(pier.answer, 1, TODAY))
    await journal.unvote(7, lamp.key, 7)
    assert [one.votes for one in await journal.disliked(5)] == [1, 1]


async def test_a_group_that_moves_takes_its_conversation_along_but_no_numbers_of_messages(journal: Journal) -> None:
    sent = await _ask(journal, answered(LAMP), -5)
    key = await journal.keep_questions(-5, ("what burns",))
    await journal.admit(-5)
    for _ in range(2):
        await journal.move_chat(-5, -1005)
    assert (await journal.conversation(-5, 0)) == Conversation()
    assert [turn.question for turn in (await journal.conversation(-1005, 0)).turns] == ["what burns"]
    moved = await journal.answer(-1005, sent.key)
    assert moved is not None
    assert (moved.answer, moved.messages, moved.question) == (sent.answer, (), None)
    assert await journal.kept_question(-1005, key, 0) == "what burns"
    assert await journal.admitted() == (-1005,)
    assert await journal.answer_in(-1005, 1) is None
