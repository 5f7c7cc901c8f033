"""Documents → one searchable snapshot: passages ranked by their terms, statements by their people."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from retrieval.analysis import Analysis, analysed
from retrieval.people import People
from retrieval.postings import Postings
from retrieval.ranking import LuceneBM25, Ranking
from retrieval.records import Document, How, Person, PersonEntry, Statement

LONGEST_LABEL = 90
"""Characters of the speaker's label that may stand before a turn's words in its passage."""
CONFIDENT = 0.6
"""Below this a statement names nobody, so it is nobody's answer."""
NOTHING_KNOWN: Mapping[str, Analysis] = MappingProxyType({})


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


class Index:
    """A snapshot of a folder, never changed; `with_changes` gives the next one and analyses only what is new."""

    def __init__(
        self,
        documents: dict[str, Document],
        analyses: dict[str, Analysis],
        people: tuple[PersonEntry, ...] = (),
        postings: Postings | None = None,
    ) -> None:
        self.documents = documents
        self._analyses = analyses
        self.passages = tuple(passage for analysis in analyses.values() for passage in analysis.passages)
        self._postings = (postings or Postings()).with_bags(tuple(analysis.bag for analysis in analyses.values()))
        self._firsts = dict(zip(analyses, self._postings.firsts, strict=True))
        self.ranking: Ranking = LuceneBM25(self._postings)
        self._starts: dict[str, list[int]] = {}
        self._terms: dict[int, tuple[str, ...]] = {}
        self._statements_in: dict[str, dict[int, list[Statement]]] = {}
        self._runs: dict[str, tuple[Run, ...]] = {}
        self._run_passages: dict[str, NDArray[np.int64]] = {}
        self.people = People((s for analysis in analyses.values() for s in analysis.statements), people)

    def with_changes(
        self,
        documents: Iterable[Document],
        people: tuple[PersonEntry, ...] = (),
        analyses: Mapping[str, Analysis] = NOTHING_KNOWN,
    ) -> Index:
        """The snapshot of `documents`; `analyses` has by path what is known of them.

        The others are analysed, but for those that are the same objects as before.
        """
        held = {document.path: document for document in documents}
        known = {path: self._analyses[path] for path in held if self.documents.get(path) is held[path]}
        fresh = {path: analyses.get(path) or known.get(path) or analysed(document) for path, document in held.items()}
        return Index(held, fresh, people, self._postings)

    def passage_at(self, document: str, offset: int) -> int:
        """The number of the passage of `document` that holds `offset`, or of the nearest before it."""
        if (starts := self._starts.get(document)) is None:
            starts = self._starts[document] = [passage.start for passage in self._analyses[document].passages]
        return self._firsts[document] + max(0, bisect_right(starts, offset) - 1)

    def statements_in(self, passage: int) -> tuple[Statement, ...]:
        """The statements whose sentence begins in the passage of that number, in order."""
        document = self.passages[passage].document
        if (found := self._statements_in.get(document)) is None:
            found = defaultdict(list)
            for statement in self._analyses[document].statements:
                found[self.passage_at(document, statement.sentence_start)].append(statement)
            self._statements_in[document] = found
        return tuple(found.get(passage, ()))

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
        counts = [len(analysis.passages) for analysis in self._analyses.values()]
        return np.repeat(np.array([path in documents for path in self._analyses], dtype=np.bool_), counts)

    def terms_of(self, passage: int) -> tuple[str, ...]:
        """The terms by which the passage is found, each once: its own and those of its title and section."""
        if passage not in self._terms:
            document = self.passages[passage].document
            self._terms[passage] = self._analyses[document].bag.terms_of(passage - self._firsts[document])
        return self._terms[passage]

    def text_between(self, passage: int, start: int, end: int) -> str:
        """A stretch of the text of the document that the passage is of."""
        return self.documents[self.passages[passage].document].text[start:end]

    def text_of(self, passage: int) -> str:
        """The passage's own text."""
        found = self.passages[passage]
        return self.documents[found.document].text[found.start : found.end]


EMPTY = Index({}, {})
