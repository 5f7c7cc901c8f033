"""Questions to try, made from what the folder holds; each of them has been asked and is answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.choices import Choice
from bot.citation import fold_space
from bot.wording import Wording
from retrieval import Answer, Cover, Library, Person, Turn

MOST_TRIED = 40
"""How many questions are asked at most to find examples among them."""

TRIED_OF_A_KIND = 4
"""How many of them to find one example of one ability."""

WORDS_OF_A_SAYING = (4, 14)
"""How many words of a statement make an example of asking who said them."""

LONGEST_SAYING = 60
SHORTEST_TOPIC = {"en": 5, "ko": 3}
"""Letters of each of its words."""

MOST_TITLES = 1000
"""How many documents' titles are searched for topics."""


_SENTENCES = re.compile(r"(?<=[.!?。])\s+|[“”\"]")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HANGUL = re.compile(r"[가-힣]")
_NO_NOUNS = tuple("al ive ous ing ed ly able ible ful less ary ant ent ical".split())
"""Endings of English words that are seldom a thing to talk about."""


def find_examples(library: Library, wording: Wording, most: int = 5) -> tuple[Choice, ...]:
    """At most `most` questions that the library answers, each showing something else that can be asked.

    The label is what a person would type; the question is the same written out, so that it stands on its own.
    """
    return tuple(islice(_Trials(library, wording).examples(), most))


@dataclass(frozen=True, slots=True)
class _Lead:
    """Somebody, what they say, what they say on a topic if that is known, and how to ask it of somebody else."""

    person: Person
    said: Answer
    on_topic: Answer
    follow_up: tuple[Choice, ...]


class _Trials:
    """Asks until there are examples; never more than MOST_TRIED times."""

    def __init__(self, library: Library, wording: Wording) -> None:
        self._library, self._wording = library, wording
        self._left = MOST_TRIED
        korean = wording.language == "ko"
        self._people = sorted(
            (person for person in library.people if person.statements),
            key=lambda person: (bool(_HANGUL.search(person.name)) != korean, person.role is None, -person.statements),
        )

    def examples(self) -> Iterator[Choice]:
        """One example of each ability that the folder has something for; titles where nobody speaks."""
        lead = self._lead()
        if lead is None:
            yield from self._titles(self._library.covers())
            return
        yield Choice(lead.on_topic.question, lead.on_topic.question)
        yield from lead.follow_up
        yield from self._who_said(lead.said)
        yield from self._in_a_year(lead.person, lead.said)
        yield from self._who_is(lead.person)
        yield from self._titles(d for d in self._library.covers() if d.path not in lead.person.documents)

    def _ask(self, question: str, *before: Turn) -> Answer | None:
        """The answer, if it is one; None also when all trials are used up."""
        if not self._left:
            return None
        self._left -= 1
        answer = self._library.ask(question, before)
        return answer if answer.answered and not answer.missing else None

    def _lead(self) -> _Lead | None:
        """The first who says something on a topic on which somebody else does too, or who comes near that."""
        found: list[_Lead] = []
        for person in self._people[:TRIED_OF_A_KIND]:
            said = self._ask(self._wording.say("example_said", name=person.name))
            if said and _is_by(person, said):
                on_topic = self._on_a_topic(person, said)
                follow_up = tuple(self._follow_up(person, (on_topic or said).as_turn()))
                found.append(_Lead(person, said, on_topic or said, follow_up))
                if on_topic and follow_up:
                    break
        return max(found, key=lambda lead: (lead.on_topic != lead.said) + 2 * len(lead.follow_up), default=None)

    def _on_a_topic(self, person: Person, said: Answer) -> Answer | None:
        for topic in islice(self._topics(said), 2):
            answer = self._ask(self._wording.say("example_said_about", name=person.name, topic=topic))
            if answer and _is_by(person, answer) and topic in fold_space(answer.quotes[0].text):
                return answer
        return None

    def _topics(self, said: Answer) -> Iterator[str]:
        """What was said in the words of a title, the most of them first: those are mostly things to talk about."""
        names = " ".join(person.name for person in self._library.people).casefold()
        titles = [document.metadata.title or "" for document in islice(self._library.covers(), MOST_TITLES)]
        found: dict[str, None] = {}
        for quote in said.quotes:
            text = fold_space(quote.text)
            for title in titles:
                for topic in _stretches(_WORDS.findall(title), 1 if title == quote.title else 2):
                    at = text.casefold().find(topic.casefold())
                    if at >= 0 and _may_be_a_topic(topic, text[at : at + len(topic)]) and topic.casefold() not in names:
                        found[text[at : at + len(topic)]] = None
        yield from sorted(found, key=lambda topic: (-len(topic.split()), -len(topic)))

    def _follow_up(self, person: Person, turn: Turn) -> Iterator[Choice]:
        """The same asked of somebody else, in as few words as a conversation needs."""
        others = (other for other in self._people if other.name != person.name)
        for other in islice(others, TRIED_OF_A_KIND):
            label = self._wording.say("example_and", name=other.name)
            answer = self._ask(label, turn)
            if answer and _is_by(other, answer) and (alone := self._ask(answer.understood)) and _is_by(other, alone):
                yield Choice(label, answer.understood)
                return

    def _who_said(self, said: Answer) -> Iterator[Choice]:
        sayings = (saying for quote in said.quotes for saying in _sayings(quote.text))
        for saying in islice(sayings, TRIED_OF_A_KIND):
            question = self._wording.say("example_who_said", words=saying)
            answer = self._ask(question)
            if answer and answer.quotes[0].speaker and saying in fold_space(answer.quotes[0].text):
                yield Choice(question, question)
                return

    def _in_a_year(self, person: Person, said: Answer) -> Iterator[Choice]:
        years = dict.fromkeys(quote.date.year for quote in said.quotes if quote.date)
        for year in islice(years, TRIED_OF_A_KIND):
            question = self._wording.say("example_in_year", name=person.name, year=str(year))
            answer = self._ask(question)
            if answer and _is_by(person, answer) and all(q.date and q.date.year == year for q in answer.quotes):
                yield Choice(question, question)
                return

    def _who_is(self, person: Person) -> Iterator[Choice]:
        others = [other for other in self._people if other.role and other.name != person.name]
        for other in [*others[: TRIED_OF_A_KIND - 1], person]:
            question = self._wording.say("example_who", name=other.name)
            if self._ask(question):
                yield Choice(question, question)
                return

    def _titles(self, documents: Iterable[Cover]) -> Iterator[Choice]:
        titled = (document for document in documents if document.metadata.title)
        for document in islice(titled, TRIED_OF_A_KIND):
            question = self._wording.say("example_about", title=fold_space(document.metadata.title or ""))
            answer = self._ask(question)
            if answer and any(quote.document == document.path for quote in answer.quotes):
                yield Choice(question, question)


def _is_by(person: Person, answer: Answer) -> bool:
    return answer.quotes[0].speaker in {person.name, *person.also}


def _stretches(words: Sequence[str], fewest: int) -> Iterator[str]:
    """Up to three words that follow each other; of another document's title `fewest`, for one alone means little."""
    for length in (1, 2, 3):
        if length < fewest and not _HANGUL.search("".join(words)):
            continue
        yield from (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _may_be_a_topic(topic: str, as_said: str) -> bool:
    """Whether a title's words read as a thing to talk about where they stand in what was said."""
    words = topic.split()
    shortest = min(map(len, words))
    if _HANGUL.search(topic):
        return shortest >= SHORTEST_TOPIC["ko"]
    return shortest >= SHORTEST_TOPIC["en"] and not words[-1].endswith(_NO_NOUNS) and as_said.islower()


def _sayings(text: str) -> Iterator[str]:
    """Short sentences of a statement, without their full stop."""
    for sentence in _SENTENCES.split(text):
        saying = fold_space(sentence).strip(" ,.!?’‘'…")
        fewest, most = WORDS_OF_A_SAYING
        if fewest <= len(saying.split()) <= most and len(saying) <= LONGEST_SAYING:
            yield saying
