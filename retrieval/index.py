"""Documents → one searchable snapshot: passages ranked by their terms, statements by their people."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.passages import passages
from retrieval.people import People
from retrieval.ranking import LuceneBM25, Ranking
from retrieval.records import Document, How, Passage, Person, PersonEntry, Statement
from retrieval.speech import statements
from retrieval.words import terms

LONGEST_LABEL = 90
"""Characters of the speaker's label that may stand before a turn's words in its passage."""
CONFIDENT = 0.6
"""Below this a statement names nobody, so it is nobody's answer."""


@dataclass(frozen=True, slots=True)
class Run:
    """Adjoining sentences of one passage in which one person speaks, `[start, end)` of the document."""

    passage: int
    start: int
    end: int
    statements: tuple[Statement, ...]
    confidence: float
    is_quoted: bool
    is_turn: bool  # the whole passage is theirs, as in a transcript


@dataclass(frozen=True, slots=True)
class Analysis:
    """One document taken apart: its passages, their terms (title and section included), and its statements."""

    document: Document
    passages: tuple[Passage, ...]
    terms: tuple[tuple[str, ...], ...]
    statements: tuple[Statement, ...]


def analysed(document: Document) -> Analysis:
    """Take one document apart; linear in its length."""
    found = passages(document)
    title = terms(document.metadata.title or "")
    heads: dict[str | None, list[str]] = {}
    rows = []
    for passage in found:
        if passage.section not in heads:
            heads[passage.section] = title + terms(passage.section or "")
        rows.append((*heads[passage.section], *terms(document.text[passage.start : passage.end])))
    return Analysis(document, found, tuple(rows), statements(document))


class Index:
    """A snapshot of a folder, never changed; `with_changes` gives the next one and analyses only what is new."""

    def __init__(self, analyses: dict[str, Analysis], people: tuple[PersonEntry, ...] = ()) -> None:
        self._analyses = analyses
        self.documents = {path: analysis.document for path, analysis in analyses.items()}
        self.passages = tuple(passage for analysis in analyses.values() for passage in analysis.passages)
        self._terms = tuple(row for analysis in analyses.values() for row in analysis.terms)
        self.ranking: Ranking = LuceneBM25(self._terms)
        self._runs: dict[str, tuple[Run, ...]] = {}
        self._run_passages: dict[str, NDArray[np.int64]] = {}
        self.people = People((s for analysis in analyses.values() for s in analysis.statements), people)

    def with_changes(self, documents: tuple[Document, ...], people: tuple[PersonEntry, ...] = ()) -> Index:
        """The snapshot of `documents`; those that are the same objects as before are not analysed again."""
        known = self._analyses
        fresh = {
            document.path: known[document.path]
            if document.path in known and known[document.path].document is document
            else analysed(document)
            for document in documents
        }
        return Index(fresh, people)

    @cached_property
    def _starts(self) -> dict[str, tuple[list[int], int]]:
        """For each document: where its passages start, and the number of the first."""
        found: dict[str, tuple[list[int], int]] = {}
        for number, passage in enumerate(self.passages):
            if passage.document not in found:
                found[passage.document] = ([], number)
            found[passage.document][0].append(passage.start)
        return found

    def passage_at(self, document: str, offset: int) -> int:
        """The number of the passage of `document` that holds `offset`, or of the nearest before it."""
        starts, first = self._starts[document]
        return first + max(0, bisect_right(starts, offset) - 1)

    @cached_property
    def _statements_in(self) -> dict[int, list[Statement]]:
        found: dict[int, list[Statement]] = defaultdict(list)
        for analysis in self._analyses.values():
            for statement in analysis.statements:
                found[self.passage_at(statement.document, statement.sentence_start)].append(statement)
        return found

    def statements_in(self, passage: int) -> tuple[Statement, ...]:
        """The statements whose sentence begins in the passage of that number, in order."""
        return tuple(self._statements_in.get(passage, ()))

    def runs_of(self, person: Person) -> tuple[Run, ...]:
        """What `person` says, as runs, in order of documents; worked out once."""
        if person.name not in self._runs:
            self._runs[person.name] = self._as_runs(self.people.statements_of(person))
        return self._runs[person.name]

    def passages_of_runs(self, person: Person) -> NDArray[np.int64]:
        """The passage number of each of the person's runs, in their order."""
        if person.name not in self._run_passages:
            numbers = [run.passage for run in self.runs_of(person)]
            self._run_passages[person.name] = np.array(numbers, dtype=np.int64)
        return self._run_passages[person.name]

    def runs_in(self, passage: int) -> tuple[Run, ...]:
        """The runs of whoever speaks in the passage of that number."""
        return self._as_runs(self.statements_in(passage))

    def _as_runs(self, statements: Iterable[Statement]) -> tuple[Run, ...]:
        """Sure statements, joined where one speaker's sentences adjoin within a passage."""
        runs: list[list[Statement]] = []
        sure = [statement for statement in statements if statement.confidence >= CONFIDENT]
        for statement in sorted(sure, key=lambda s: (s.document, s.sentence_start, s.start)):
            if runs and self._adjoin(runs[-1][-1], statement):
                runs[-1].append(statement)
            else:
                runs.append([statement])
        return tuple(self._run(run) for run in runs)

    def _adjoin(self, one: Statement, other: Statement) -> bool:
        if one.document != other.document or one.speaker != other.speaker:
            return False
        between = self.documents[one.document].text[one.sentence_end : other.sentence_start]
        same = self.passage_at(one.document, one.sentence_start) == self.passage_at(one.document, other.sentence_start)
        return same and not between.strip()

    def _run(self, run: list[Statement]) -> Run:
        number = self.passage_at(run[0].document, run[0].sentence_start)
        passage = self.passages[number]
        start, end = run[0].sentence_start, max(statement.sentence_end for statement in run)
        whole = all((s.start, s.end) == (s.sentence_start, s.sentence_end) for s in run)
        is_turn = whole and end >= passage.end and start - passage.start <= LONGEST_LABEL
        quoted = any(statement.how is How.QUOTED for statement in run)
        return Run(number, start, end, tuple(run), max(s.confidence for s in run), quoted, is_turn)

    def passages_in(self, documents: Container[str]) -> NDArray[np.bool_]:
        """For each passage whether its document is one of `documents`."""
        return np.fromiter((passage.document in documents for passage in self.passages), dtype=np.bool_)

    def terms_of(self, passage: int) -> tuple[str, ...]:
        """The terms by which the passage is found: its own and those of its title and section."""
        return self._terms[passage]

    def text_between(self, passage: int, start: int, end: int) -> str:
        """A stretch of the text of the document that the passage is of."""
        return self.documents[self.passages[passage].document].text[start:end]

    def text_of(self, passage: int) -> str:
        """The passage's own text."""
        found = self.passages[passage]
        return self.documents[found.document].text[found.start : found.end]


EMPTY = Index({})
