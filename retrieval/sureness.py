"""How sure: an answer, only the closest passages, or nothing; and which words no source has."""

from __future__ import annotations

from retrieval.index import Index
from retrieval.query import Asked, Match, Query, coverage
from retrieval.records import AnswerKind
from retrieval.words import terms, without_particle

COVERED = 0.55
"""An answer's passage holds at least this share of the question's weight."""
NEAR = 0.3
"""Below this share not even a close passage is worth showing."""
ON_TOPIC = 0.4
"""A statement on the topic holds at least this share of the topic's weight."""


def passages_kind(query: Query, matches: tuple[Match, ...]) -> AnswerKind:
    """How sure the best passages are to answer."""
    if not matches or not query.words:
        return AnswerKind.NOTHING
    best = matches[0].coverage
    return AnswerKind.ANSWER if best >= COVERED else AnswerKind.CLOSEST if best >= NEAR else AnswerKind.NOTHING


def statements_kind(query: Query, matches: tuple[Match, ...]) -> AnswerKind:
    """Whether the person asked about says something on the topic."""
    if not matches:
        return AnswerKind.NOTHING
    return AnswerKind.ANSWER if not query.topic or matches[0].coverage >= ON_TOPIC else AnswerKind.CLOSEST


def missing_from_folder(query: Query, index: Index) -> tuple[str, ...]:
    """The content words of the question that no source has, as asked."""
    return tuple(_as_asked(word) for word in query.topic if not _held(word, index))


def missing_from_statements(query: Query, matches: tuple[Match, ...], index: Index) -> tuple[str, ...]:
    """The content words of the topic that none of the person's statements has."""
    held: set[str] = set()
    for match in matches:
        held.update(terms(index.documents[index.passages[match.passage].document].text[match.start : match.end]))
    return tuple(_as_asked(word) for word in query.topic if word.share_in(held) < 0.5)


def _held(word: Asked, index: Index) -> bool:
    return coverage((Asked(word.text, word.terms, 1.0),), index.ranking) >= 0.5


def _as_asked(word: Asked) -> str:
    return without_particle(word.text)
