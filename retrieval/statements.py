"""Query → Matches among statements: what a person says, or what anybody says on a topic, as runs of sentences."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import compress, zip_longest

import numpy as np

from retrieval.context import within
from retrieval.index import Index, Run
from retrieval.names import Fit
from retrieval.postings import Numbers
from retrieval.query import Match, Query, coverage
from retrieval.ranking import Scores
from retrieval.records import Person
from retrieval.words import terms

WEIGHED = 60
"""Runs of a person that are read for a topic, those in the passages that match it best."""
MOST_WITHOUT_TOPIC = 400
"""Runs of a person that are put in order where nothing but the name is asked; more of them nobody pages through."""
AROUND = 0.8
"""What the words around a statement are worth beside its own: its paragraph, or the turns before and after."""
AS_ASKED, AS_ASKED_IN_TURN = 1.1, 0.2
"""What it adds to a statement's trust that its sentence has the very verb that asks: as much as a turn its length."""
LONGEST_ASKED = 200
"""Characters of a question whose words count as those of the turn that answers it."""
FULL_TURN_CHARS = 200
"""A shorter turn of a transcript ("Yep.") says the less, whatever is spoken of around it."""
TURNS_AROUND = 3
_KERNEL = np.array([0.2, 0.3, 0.4, 1.0, 0.4, 0.3, 0.2])
"""A turn is on the topic of the turns around it: 10 → 40 % of the right turns first over 126 meetings."""
_REACH = np.arange(-TURNS_AROUND, TURNS_AROUND + 1)
MOST_ALIKE = 100
"""Passages that share most with a topic, around which the most is looked for that any and its neighbours have."""
_FIT_WEIGHT = {Fit.EXACT: 1.0, Fit.LETTERS: 1.0, Fit.PART: 0.9, Fit.SOUND: 0.8, Fit.SINGLE: 0.6, Fit.TYPO: 0.5}


def statement_matches(query: Query, index: Index) -> tuple[Match, ...]:
    """What the people asked about say: on the topic first, then the surest. Costs their runs, WEIGHED of them read."""
    near = _Nearness(query, index)
    asked = [[(run, 1.0) for run in _candidates(query, index, person, near)] for person in query.people]
    if len(asked) > 1:
        return _in_turn([_ordered(query, index, runs, near) for runs in asked])
    found = [run for runs in asked for run in runs]
    for other in query.also_fit:
        if other.fit >= Fit.PART or query.topic or not found:
            found += [(run, _FIT_WEIGHT[other.fit]) for run in _candidates(query, index, other.person, near)]
    return _ordered(query, index, found, near)


def _candidates(query: Query, index: Index, person: Person, near: _Nearness) -> Sequence[Run]:
    """The runs of a person worth weighing: those whose passages match the topic best, or without one the surest."""
    runs = index.runs_of(person)
    if len(runs) <= WEIGHED or query.limits:
        return runs
    if not query.topic:
        best = heapq.nlargest(MOST_WITHOUT_TOPIC, range(len(runs)), key=lambda i: (_trust(runs[i], 1.0), -i))
    else:
        best = np.argsort(-near.at(index.passages_of_runs(person)), kind="stable")[:WEIGHED].tolist()
    return [runs[i] for i in sorted(best)]


def _in_turn(each: list[tuple[Match, ...]]) -> tuple[Match, ...]:
    """Of several people asked about, the best of each, then the second best of each, and so on."""
    return tuple(match for row in zip_longest(*each) for match in row if match is not None)


def said_matches(query: Query, index: Index, passages: tuple[Match, ...]) -> tuple[Match, ...]:
    """Statements, whoever makes them, in the passages that match best: for "who said …"."""
    numbers = [match.passage for match in passages]
    if query.within and not query.topic:  # "and the others?": whoever else speaks there
        numbers = list(index.passages_of(query.within)) if query.within in index.documents else []
    runs = (run for number in numbers for run in index.runs_in(number))
    found = [(run, 1.0) for run in runs if run.statements[0].speaker not in query.besides]
    return _ordered(query, index, found, _Nearness(query, index))


def _ordered(query: Query, index: Index, weighed: list[tuple[Run, float]], near: _Nearness) -> tuple[Match, ...]:
    if query.limits:
        admitted = within(query.limits, index)
        weighed = [one for one in weighed if admitted[index.document_number(one[0].statements[0].document)]]
    if not query.topic:
        found: Iterable[Match] = (
            _match(run, _trust(run, weight) + _as_asked(query, index, run), 1.0) for run, weight in weighed
        )
    else:
        shares = near.at(np.array([run.passage for run, _ in weighed], dtype=np.int64)).tolist()
        around = _Around(query, index, [run for run, _ in weighed])
        each = zip(weighed, shares, strict=True)
        found = (_on_topic(query, index, run, weight, share, around) for (run, weight), share in each)
    return tuple(sorted(found, key=lambda match: (-match.score, match.passage, match.start)))


class _Nearness:
    """How much each passage and its neighbours share with a topic, 0 to about 1: of the most that any have."""

    def __init__(self, query: Query, index: Index) -> None:
        self._ranking, self._passages = index.ranking, len(index.passages)
        self._terms = [term for word in query.topic for term in word.terms]
        best = [number for number, _ in self._ranking.top(dict.fromkeys(self._terms, 1.0), MOST_ALIKE)]
        around = np.array(best, dtype=np.int64)[:, None] + _REACH
        self._most = float(self._sums(np.unique(np.clip(around, 0, self._passages - 1))).max(initial=0.0)) or 1.0

    def at(self, passages: Numbers) -> Scores:
        """That of some passages."""
        return self._sums(passages) / self._most

    def _sums(self, passages: Numbers) -> Scores:
        around = passages[:, None] + _REACH
        there = (around >= 0) & (around < self._passages)
        numbers, places = np.unique(around[there], return_inverse=True)
        scores = np.zeros(around.shape)
        scores[there] = self._ranking.scores_at(self._terms, numbers)[places]
        found: Scores = scores @ _KERNEL
        return found


class _Around:
    """Which of a topic's terms stand in the passages of some runs, titles and sections included, and around turns."""

    def __init__(self, query: Query, index: Index, runs: Sequence[Run]) -> None:
        self._index = index
        asked = tuple(dict.fromkeys(term for word in query.topic for term in word.terms))
        numbers = sorted({number for run in runs for number in self._reach(run)})
        table = index.ranking.holding(asked, numbers).tolist()
        self._held = {number: frozenset(compress(asked, row)) for number, row in zip(numbers, table, strict=True)}

    def _reach(self, run: Run) -> range:
        reach, passages = TURNS_AROUND if run.is_turn else 0, self._index.passages_of(run.statements[0].document)
        return range(max(passages.start, run.passage - reach), min(passages.stop, run.passage + reach + 1))

    def terms(self, run: Run) -> frozenset[str]:
        """Those in the run's passage; of a turn, those in the turns around it too."""
        return frozenset().union(*map(self._held.__getitem__, self._reach(run)))

    def asked(self, run: Run) -> frozenset[str]:
        """Those in the short question that a turn answers: what an interview's reply is about stands there."""
        before = run.passage - 1
        if not run.is_turn or before not in self._reach(run):
            return frozenset()
        text = self._index.text_of(before)
        return self._held[before] if text.endswith("?") and len(text) <= LONGEST_ASKED else frozenset()


def _on_topic(query: Query, index: Index, run: Run, weight: float, near: float, around: _Around) -> Match:  # noqa: PLR0913 (all that is known of a run)
    own = around.asked(run).union(terms(index.text_between(run.passage, run.start, run.end)))
    held = coverage(query.topic, own)
    beside = coverage(query.topic, own | around.terms(run))
    score = held + 0.4 * beside + 0.3 * near + 0.3 * _trust(run, weight)
    return _match(run, score, max(held, AROUND * beside))


def _as_asked(query: Query, index: Index, run: Run) -> float:
    """A little more for words that are said as they are asked for: what somebody "recommended", "called for"."""
    if not query.manner:
        return 0.0
    own = frozenset(terms(index.text_between(run.passage, run.start, run.end)))
    return (AS_ASKED_IN_TURN if run.is_turn else AS_ASKED) * coverage(query.manner, own)


def _trust(run: Run, weight: float) -> float:
    """The surest statement's confidence, more for a quotation and several sentences; a turn counts by its length."""
    said = run.confidence * weight + 0.02 * run.is_quoted + 0.01 * min(len(run.statements), 3)
    return said + min(1.0, (run.end - run.start) / FULL_TURN_CHARS) if run.is_turn else said


def _match(run: Run, score: float, on_topic: float) -> Match:
    return Match(run.passage, run.start, run.end, score, on_topic, run.statements, run.is_turn)
