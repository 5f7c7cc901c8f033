"""How sure: an answer, only the closest passages, or nothing; and which words no source has."""

from __future__ import annotations

import math

from retrieval.index import Index
from retrieval.query import Asked, Match, Query, Signs, coverage
from retrieval.records import AnswerKind
from retrieval.signs import MOST_RIVALS
from retrieval.titles import HONORIFICS, KOREAN_TITLES
from retrieval.vocabulary import is_everyday
from retrieval.wanted import wanted_by
from retrieval.words import terms, without_particle, words

MODEL = (10.86, 6.76, 4.00, 1.46, 9.61, 2.16, -0.52, -9.83)
"""Weights of `evidence`, and the threshold: tests/fitting/fit.py, SQuAD and KorQuAD, November 2026. Fitted on the
questions of half of the articles, it answers 95 and 97 % of the other half's that the folder can answer, and refuses 92
and 97 % of those that it cannot; in folders of two articles 90 and 95 %, 99 and 100 %."""
BENEFIT = 0.5
"""Of the doubt: where the folder knows in nine cases of ten, as the questions people ask of their own documents, it
costs 2 % of the refusals and gives 2 % more right answers (SQuAD)."""
LEANS, CARRIED, AT_HAND = 1.0, 1.7, 2.25
"""What it speaks for an answer that the passage holds what the questions before asked of, and that it stands in the
document last quoted: fitted on 1,400 questions on SQuAD's and KorQuAD's articles, half of them without the words of the
title, asked after another question on the same article, on another, or on one that the folder does not have."""
NEAR = -3.0
"""Below this not even a close passage is worth showing; an answer has 0 or more."""
MOST_OF_TITLE = 0.3
TURN = 0.5
"""Of what ON_TOPIC asks, what a turn of a transcript must hold: people there speak of "it"."""
MOST_WORDS_FOR_A_WORD = 2
"""Words of a message that asks for whatever there is on one of them ("any food?"); in a longer one an everyday word
tells nothing of what is asked."""
ON_TOPIC = (0.4, 0.4, 0.4, 0.3, 0.2)
"""The share of the topic's weight that a statement on it holds, for topics of 0, 1, 2 … words: a long one tells of its
occasion. Of 264 questions on meetings, 23 % more are answered than with 0.4 throughout, none by another person."""


def passages_kind(query: Query, matches: tuple[Match, ...], index: Index) -> AnswerKind:
    """How sure the best passages are to answer."""
    if not matches or not query.words or matches[0].signs is None:
        return AnswerKind.NOTHING
    sure = _sureness(query, matches[0].signs)
    if sure >= 0 and not _tells_enough(query, index):
        return AnswerKind.CLOSEST
    return AnswerKind.ANSWER if sure >= 0 else AnswerKind.CLOSEST if sure >= NEAR else AnswerKind.NOTHING


def _tells_enough(query: Query, index: Index) -> bool:
    """Whether the question names a thing that the folder has; any folder has the words of "What time is it?".

    Of somebody's age, number or day the name alone tells nothing: "How old is Ann Lee?".
    """
    if query.leans:
        return True
    if len(query.words) == 1 and len(words(query.understood)) > MOST_WORDS_FOR_A_WORD:
        return not is_everyday(query.words[0].text)
    if not wanted_by(query.understood).patterns:
        return True
    things = [word for word in query.words if not _names(word.text, index)]
    return not things or any(_held(word, index) for word in things)


def _names(word: str, index: Index) -> bool:
    """Whether a word names people: a part of somebody's name, or a title that goes with it."""
    return index.people.has_word(without_particle(word)) or word.lower() in HONORIFICS or _titles(word)


def _titles(word: str) -> bool:
    return without_particle(word).removesuffix("님") in KOREAN_TITLES


def answers_by_itself(query: Query, match: Match) -> bool:
    """Whether a passage would answer if it were the best one."""
    return bool(query.words) and match.signs is not None and _sureness(query, match.signs) >= 0


def _sureness(query: Query, found: Signs) -> float:
    signs = (*evidence(found, len(query.words)), 1.0)
    alone = sum(weight * sign for weight, sign in zip(MODEL, signs, strict=True))
    return alone + BENEFIT + LEANS * query.leans + CARRIED * found.carried + AT_HAND * found.at_hand


def evidence(found: Signs, words: int) -> tuple[float, ...]:
    """What speaks for an answer, and last what against: among many passages one shares much with a question by chance.

    A title speaks for it only so far: it may be the subject of the question though nothing answers it.
    """
    return (
        found.ideal,
        found.sentence,
        found.phrases,
        found.names,
        min(found.title, MOST_OF_TITLE),
        math.log(words),
        math.log(min(1 + found.rivals, MOST_RIVALS)),
    )


def statements_kind(query: Query, matches: tuple[Match, ...]) -> AnswerKind:
    """Whether the person asked about says something on the topic; in a transcript the turns around tell of it too."""
    if not matches:
        return AnswerKind.NOTHING
    best = matches[0]
    least = ON_TOPIC[min(len(query.topic), len(ON_TOPIC) - 1)] * (TURN if best.is_turn and len(query.topic) > 1 else 1)
    return AnswerKind.ANSWER if not query.topic or best.coverage >= least else AnswerKind.CLOSEST


def missing_from_folder(query: Query, index: Index) -> tuple[str, ...]:
    """The content words of the question that no source has, as asked."""
    return tuple(_as_asked(word) for word in query.topic if not _held(word, index))


def missing_from_statements(query: Query, matches: tuple[Match, ...], index: Index) -> tuple[str, ...]:
    """The content words of the topic that none of the person's statements has."""
    held: set[str] = set()
    for match in matches:
        held.update(terms(index.text_between(match.passage, match.start, match.end)))
    return tuple(_as_asked(word) for word in query.topic if word.share_in(held) < 0.5)


def _held(word: Asked, index: Index) -> bool:
    return coverage((Asked(word.text, word.terms, 1.0),), index.ranking) >= 0.5


def _as_asked(word: Asked) -> str:
    return without_particle(word.text)


def is_mentioned(name: str, index: Index) -> bool:
    """Whether every word of a name stands somewhere in the folder."""
    return all(word.share_in(index.ranking) == 1 for word in _asked(name))


def _asked(text: str) -> tuple[Asked, ...]:
    return tuple(Asked(word.text, word.terms, 1.0) for word in words(text))


def names_somebody(query: Query, text: str) -> bool:
    """Whether a text names the person asked about: every word of one of their names stands in it."""
    held = set(terms(text))
    every = [query.who, *(name for person in query.people for name in (person.name, *person.also))]
    return any(name and all(held.intersection(word.terms) for word in words(name)) for name in every)
