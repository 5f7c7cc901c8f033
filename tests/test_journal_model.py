"""The journal against a plain model of it: whatever is asked, voted, chosen, forgotten and outdated, both agree."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from canned import LAMP, PIER, answered
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversations import KEPT_TURNS
from bot.journal import Conversation, Errand, Forgotten, Journal, SentAnswer, Vote
from bot.journal.errands import LASTING_SECONDS
from bot.journal.file import SECONDS_A_DAY

RETENTION_DAYS = 2
MINUTES = 60
CHATS = st.sampled_from([7, 8, -100])
PEOPLE = st.sampled_from([7, 8])


@dataclasses.dataclass
class _Turn:
    sent: SentAnswer
    person: int
    at: int
    parent: str | None
    aside: bool
    votes: dict[int, Vote] = dataclasses.field(default_factory=dict)


class Model:
    """What the journal should hold, in dicts: turns by their keys, in the order in which they were added."""

    def __init__(self) -> None:
        self.now = 1_000_000
        self.turns: dict[str, _Turn] = {}
        self.gone: set[str] = set()
        self.languages: dict[int, str] = {}
        self.links: dict[str, str] = {}
        self.errands: dict[str, tuple[Errand, int]] = {}

    def delete(self, keys: set[str]) -> None:
        """Let the turns go; what followed them follows nothing."""
        for key in keys:
            del self.turns[key]
        for turn in self.turns.values():
            if turn.parent in keys:
                turn.parent = None
        self.gone |= keys

    def expire(self) -> None:
        """Let go of what is too old."""
        oldest = self.now - RETENTION_DAYS * SECONDS_A_DAY
        self.delete({key for key, turn in self.turns.items() if turn.at < oldest})

    def latest(self, chat: int) -> str | None:
        """The turn that a new question of the chat follows."""
        own = [key for key, turn in self.turns.items() if turn.sent.chat == chat and not turn.aside]
        return own[-1] if own and self.turns[own[-1]].at >= self.now - MINUTES * 60 else None

    def line(self, key: str | None) -> list[str]:
        """The questions up to a turn, oldest first."""
        found: list[str] = []
        while key is not None and len(found) < KEPT_TURNS:
            found.insert(0, self.turns[key].sent.answer.question)
            key = self.turns[key].parent
        return found

    def forget(self, chat: int, person: int) -> Forgotten:
        """Forget the person, in private everywhere."""
        private = chat == person
        votes = [turn for turn in self.turns.values() if person in turn.votes and (private or turn.sent.chat == chat)]
        for turn in votes:
            del turn.votes[person]
        keys = {
            key
            for key, turn in self.turns.items()
            if (turn.person == person and (private or turn.sent.chat == chat)) or (private and turn.sent.chat == chat)
        }
        self.delete(keys)
        if private:
            self.errands = {key: one for key, one in self.errands.items() if one[0].person != person}
        language = self.languages.pop(person, None) if private else None
        return Forgotten(len(keys), 0, len(votes), int(language is not None))


class JournalMachine(RuleBasedStateMachine):
    """One journal in a file of its own, closed and opened again now and then."""

    keys = Bundle("keys")
    errands = Bundle("errands")

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.model = Model()
        self.numbers = 0
        self.journal = self._journal()

    def _journal(self) -> Journal:
        path = self.place / "journal.sqlite3"
        return Journal(path, RETENTION_DAYS, MINUTES, clock=lambda: self.model.now)

    def _voted(self) -> list[_Turn]:
        return [turn for turn in self.model.turns.values() if turn.votes]

    def _do(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self._do(self.journal.close())
        self.loop.close()
        rmtree(self.place)

    @initialize()
    def open(self) -> None:
        self._do(self.journal.open())

    @rule()
    def open_again(self) -> None:
        self._do(self.journal.close())
        self.journal = self._journal()
        self._do(self.journal.open())
        self.model.expire()

    @rule(target=keys, chat=CHATS, person=PEOPLE, aside=st.booleans())
    def ask(self, chat: int, person: int, aside: bool) -> str:
        self.numbers += 1
        person = chat if chat > 0 else person
        key, question = f"k{self.numbers}", f"question {self.numbers}"
        sent = SentAnswer(chat, 0, key, answered(LAMP, question=question), (self.numbers,), person, self.numbers + 500)
        before = Conversation() if aside else self._do(self.journal.conversation(chat, 0))
        self._do(self.journal.add_answer(sent, dataclasses.replace(before, aside=aside)))
        parent = None if aside else self.model.latest(chat)
        self.model.turns[key] = _Turn(sent, person, self.model.now, parent, aside)
        self.model.expire()
        return key

    @rule(key=keys, person=PEOPLE, vote=st.sampled_from([Vote.UP, Vote.DOWN]))
    def vote(self, key: str, person: int, vote: Vote) -> None:
        turn = self.model.turns.get(key)
        chat = turn.sent.chat if turn else 7
        assert self._do(self.journal.vote(chat, key, person, vote)) == (turn is not None)
        if turn:
            turn.votes[person] = vote

    @precondition(lambda self: self._voted())
    @rule(is_replaced=st.booleans())
    def undo(self, is_replaced: bool) -> None:
        """Give the question of an answer that somebody voted on another one, or take the vote back."""
        self.numbers += 1
        turn = self._voted()[-1]
        if is_replaced:
            turn.sent = dataclasses.replace(turn.sent, answer=answered(PIER, question=f"instead {self.numbers}"))
            turn.votes = {}
            self._do(self.journal.replace_answer(turn.sent))
        else:
            person = next(iter(turn.votes))
            del turn.votes[person]
            self._do(self.journal.unvote(turn.sent.chat, turn.sent.key, person))

    @rule(chat=CHATS, person=PEOPLE)
    def forget(self, chat: int, person: int) -> None:
        assert self._do(self.journal.forget(chat, person)) == self.model.forget(chat, person)

    @rule(person=PEOPLE, language=st.sampled_from(["en", "ko"]))
    def choose(self, person: int, language: str) -> None:
        self._do(self.journal.set_language(person, language))
        self.model.languages[person] = language

    @rule(quote=st.sampled_from([LAMP, PIER]))
    def link(self, quote: Any) -> None:
        (key,) = self._do(self.journal.keep_links([quote]))
        assert self.model.links.setdefault(quote.document, key) == key

    @rule(target=errands, person=PEOPLE)
    def add_errand(self, person: int) -> str:
        errand = Errand("upload", person, "report.txt")
        key: str = self._do(self.journal.add_errand(errand))
        self.model.errands[key] = errand, self.model.now
        return key

    @rule(key=errands)
    def take_errand(self, key: str) -> None:
        errand, at = self.model.errands.get(key, (None, 0))
        is_due = at >= self.model.now - LASTING_SECONDS
        assert self._do(self.journal.errand(key)) == (errand if is_due else None)
        self._do(self.journal.delete_outdated())
        self.model.expire()
        assert self._do(self.journal.take_errand(key)) == (errand is not None and is_due)
        self.model.errands.pop(key, None)

    @rule(seconds=st.sampled_from([60, 60, MINUTES * 60, RETENTION_DAYS * SECONDS_A_DAY]))
    def wait(self, seconds: int) -> None:
        self.model.now += seconds

    @rule()
    def tend(self) -> None:
        self._do(self.journal.delete_outdated())
        self.model.expire()

    @invariant()
    def both_agree(self) -> None:
        journal, model = self.journal, self.model
        for chat in (7, 8, -100):
            conversation = self._do(journal.conversation(chat, 0))
            assert [turn.question for turn in conversation.turns] == model.line(model.latest(chat))
        for key, turn in list(model.turns.items())[-2:]:
            assert self._do(journal.answer(turn.sent.chat, key)) == dataclasses.replace(turn.sent, at=turn.at)
            assert self._do(journal.answer(turn.sent.chat + 1, key)) is None
        for turn in [*model.turns.values()][-4:]:
            votes = {person: self._do(journal.vote_of(turn.sent.chat, turn.sent.key, person)) for person in (7, 8)}
            assert votes == {7: None, 8: None} | turn.votes
        for key, (errand, at) in list(model.errands.items())[-2:]:
            assert self._do(journal.errand(key)) == (errand if at >= model.now - LASTING_SECONDS else None)
        assert all(self._do(journal.answer(7, key)) is None for key in list(model.gone)[-2:])
        assert self._do(journal.language_of(7)) == model.languages.get(7)
        assert {LAMP.document: LAMP, PIER.document: PIER}.items() >= {
            document: self._do(journal.linked_quote(key)) for document, key in model.links.items()
        }.items()


class TestJournal(JournalMachine.TestCase):
    settings = settings(max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
