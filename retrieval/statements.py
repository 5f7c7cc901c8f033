"""Query → Matches of statements: what the people asked about say, or who says something, as runs of sentences."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from retrieval.index import Index
from retrieval.names import Fit
from retrieval.query import Match, Query, coverage
from retrieval.records import How, Statement
from retrieval.words import terms

CONFIDENT = 0.6
"""Below this a statement names nobody, so it is nobody's answer."""
_FIT_WEIGHT = {Fit.EXACT: 1.0, Fit.LETTERS: 1.0, Fit.PART: 0.9, Fit.SOUND: 0.8, Fit.SINGLE: 0.6, Fit.TYPO: 0.5}


def statement_matches(query: Query, index: Index) -> tuple[Match, ...]:
    """What the people asked about say: runs of adjoining sentences, those on the topic first, then the surest."""
    found: list[Match] = []
    for person in query.people:
        found += _runs_of(query, index, index.people.statements_of(person), 1.0)
    for other in query.also_fit:
        if other.fit >= Fit.PART or not found:
            found += _runs_of(query, index, index.people.statements_of(other.person), _FIT_WEIGHT[other.fit])
    return tuple(sorted(found, key=lambda match: (-match.score, match.passage, match.start)))


def said_matches(query: Query, index: Index, passages: tuple[Match, ...]) -> tuple[Match, ...]:
    """Statements, whoever makes them, in the passages that match best: for "who said …"."""
    found: list[Match] = []
    for match in passages:
        found += _runs_of(query, index, index.statements_in(match.passage), 1.0)
    return tuple(sorted(found, key=lambda match: (-match.score, match.passage, match.start)))


def _runs_of(query: Query, index: Index, statements: Iterable[Statement], weight: float) -> list[Match]:
    sure = [statement for statement in statements if statement.confidence >= CONFIDENT]
    found = []
    for number, together in groupby(sure, key=lambda s: index.passage_at(s.document, s.sentence_start)):
        found += [_run_match(query, index, number, run, weight) for run in _runs(index, list(together))]
    return found


def _runs(index: Index, statements: list[Statement]) -> list[tuple[Statement, ...]]:
    """Statements of one passage, joined where their sentences adjoin."""
    runs: list[list[Statement]] = []
    for statement in sorted(statements, key=lambda s: (s.sentence_start, s.start)):
        if runs and runs[-1][-1].speaker == statement.speaker and _adjoin(index, runs[-1][-1], statement):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    return [tuple(run) for run in runs]


def _adjoin(index: Index, one: Statement, other: Statement) -> bool:
    between = index.documents[one.document].text[one.sentence_end : other.sentence_start]
    return not between.strip()


def _run_match(query: Query, index: Index, number: int, run: tuple[Statement, ...], weight: float) -> Match:
    start, end = run[0].sentence_start, max(statement.sentence_end for statement in run)
    text = index.documents[run[0].document].text
    sure = max(statement.confidence for statement in run) * weight
    quoted = 0.02 * any(statement.how is How.QUOTED for statement in run) + 0.01 * min(len(run), 3)
    if not query.topic:
        return Match(number, start, end, sure + quoted, 1.0, run)
    own = set(terms(text[start:end]))
    passage = index.passages[number]
    around = own | set(terms(text[passage.start : passage.end]))
    around |= set(terms(f"{index.documents[run[0].document].metadata.title or ''} {passage.section or ''}"))
    on_topic = coverage(query.topic, own)
    score = on_topic + 0.4 * coverage(query.topic, around) + 0.3 * (sure + quoted)
    return Match(number, start, end, score, on_topic, run)
