"""A question understood, and what was found for it: the records between the rooms that answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from retrieval.people import Found
from retrieval.records import Courtesy, Person, Place, Resolution, Statement
from retrieval.words import is_bigrammed


class Intent(StrEnum):
    """What a question asks for."""

    PASSAGES = "passages"
    STATEMENTS = "statements"  # what did X say
    WHO_SAID = "who said"
    WHO_IS = "who is"
    WHO_WROTE = "who wrote"
    WHEN_WRITTEN = "when written"
    COURTESY = "courtesy"


@dataclass(frozen=True, slots=True)
class Asked:
    """One content word of a question, with its terms and its weight: how rare it is in the folder."""

    text: str
    terms: tuple[str, ...]
    weight: float

    def share_in(self, terms: Container[str]) -> float:
        """How much of the word is among `terms`: all or nothing, but of a word in bigrams the share of them."""
        if is_bigrammed(self.text):
            return sum(term in terms for term in self.terms) / len(self.terms)
        return float(any(term in terms for term in self.terms))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question limits itself to: documents dated within [since, until], those it names, the newest first."""

    since: dt.date | None = None
    until: dt.date | None = None
    documents: frozenset[str] = frozenset()
    newest: bool = False

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.documents or self.newest)


def coverage(words: tuple[Asked, ...], terms: Container[str]) -> float:
    """The share of the words' weight that `terms` hold, 0 to 1; 1 where there are no words."""
    total = sum(word.weight for word in words)
    return sum(word.weight * word.share_in(terms) for word in words) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `people` are those asked about, named `who` in the question; `also_fit` are others whom the name may mean less well;
    `topic` are the content words beside the names, and `manner` those that only ask ("recommend"); `terms` are what
    passages are ranked by. `unknown` is a name that nobody has.

    Of the conversation before it, `carried` are the content words of its last questions that this one does not repeat,
    `near` is the document last quoted from, `shown` are the places quoted lately; `leans` says that the question cannot
    be understood without it. What is asked of the last answer is looked for `within` its document first, and `besides`
    are people whom "the others" leaves out. What was quoted at the places `past` is left out, as by one who turns the
    page.
    """

    question: str
    understood: str
    language: str
    intent: Intent
    terms: tuple[str, ...] = ()
    words: tuple[Asked, ...] = ()
    topic: tuple[Asked, ...] = ()
    manner: tuple[Asked, ...] = ()
    people: tuple[Person, ...] = ()
    also_fit: tuple[Found, ...] = ()
    choices: tuple[str, ...] = ()
    unknown: str = ""
    who: str = ""
    read_as: tuple[Resolution, ...] = ()
    courtesy: Courtesy | None = None
    carried: tuple[Asked, ...] = ()
    leans: bool = False
    near: str = ""
    within: str = ""
    shown: tuple[Place, ...] = ()
    only_new: bool = False
    besides: tuple[str, ...] = ()
    past: tuple[Place, ...] = ()
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Signs:
    """How much of a question a passage holds; each but `rivals` between 0 and 1, more is better.

    `sentence` is the share of the question's weight in its best sentence (title included), `whole` in all of it,
    `title` in the title alone, `names` the share of the question's names and numbers; `near` is how near to each other
    the question's neighbouring words stand, `phrases` the share of its pairs of words that follow each other here too.
    Of its BM25 score `ideal` is the share of the best that could be, `relative` of the best in the folder, where
    `rivals` passages share a word with the question. In a conversation `carried` is the share of what the questions
    before asked of, and `at_hand` is 1 in the document last quoted from.
    """

    sentence: float = 0.0
    whole: float = 0.0
    title: float = 0.0
    names: float = 0.0
    near: float = 0.0
    phrases: float = 0.0
    ideal: float = 0.0
    relative: float = 0.0
    rivals: int = 0
    carried: float = 0.0
    at_hand: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """A passage found, or a run of one person's adjoining statements in it, `[start, end)` of the document.

    `score` orders matches; `coverage` is the share of the question (of its topic, for statements) that the words hold.
    `is_turn` says of a run that it is a transcript's turn; `signs` say of a passage what the score and our trust are
    made of.
    """

    passage: int
    start: int
    end: int
    score: float
    coverage: float
    run: tuple[Statement, ...] = ()
    is_turn: bool = False
    signs: Signs | None = None
