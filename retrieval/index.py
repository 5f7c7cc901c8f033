"""Documents → one searchable snapshot: passages ranked by their terms, statements by their people."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import overload

import numpy as np

from retrieval.bags import LONGEST_WORD
from retrieval.catalogue import NO_DOCUMENTS, Catalogue
from retrieval.columns import Array
from retrieval.headings import Headings
from retrieval.people import People
from retrieval.postings import GONE, Numbers
from retrieval.ranking import LuceneBM25, Part, Ranking
from retrieval.records import How, Metadata, Passage, Person, PersonEntry, Statement
from retrieval.voices import Voices
from retrieval.words import terms

LONGEST_LABEL = 90
"""Characters of the speaker's label that may stand before a turn's words in its passage."""
CONFIDENT = 0.6
"""Below this a statement names nobody, so it is nobody's answer."""
_WIDEST_GAP = 100
"""Characters of white space between two sentences that adjoin."""
_DOCUMENTS_KEPT = 256
"""Documents whose text is at hand."""
_PASSAGES_KEPT = 4_096
_PEOPLE_KEPT = 512
"""Passages, and people with what they say, that are at hand."""


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


class Passages(Sequence[Passage]):
    """The passages of a catalogue's documents, but for those of documents that are hidden, in order."""

    def __init__(self, catalogue: Catalogue, hidden: Collection[int]) -> None:
        counts = catalogue.passage_counts.copy()
        counts[list(hidden)] = 0
        self._catalogue = catalogue
        self.firsts: Numbers = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
        """The number of the first passage of each document, and how many there are in all."""
        self._starts: list[int] = self.firsts.tolist()
        self._of_document = lru_cache(_DOCUMENTS_KEPT)(self._taken)

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @overload
    def __getitem__(self, number: int) -> Passage: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, number: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(*number.indices(len(self))))
        if not 0 <= number < self._starts[-1]:
            raise IndexError(number)
        document = self.document_of(number)
        return self._of_document(document)[number - self._starts[document]]

    def document_of(self, number: int) -> int:
        """The number of the document that a passage is of."""
        return bisect_right(self._starts, number) - 1

    def _taken(self, document: int) -> tuple[Passage, ...]:
        volume, place = self._catalogue.home(document)
        return volume.passages(range(int(volume.firsts[place]), int(volume.firsts[place + 1])))


class Index:
    """A snapshot of a folder, never changed; what a question asks for is taken from the catalogue's volumes."""

    def __init__(
        self, catalogue: Catalogue = NO_DOCUMENTS, hidden: Collection[int] = (), people: tuple[PersonEntry, ...] = ()
    ) -> None:
        """The index of a catalogue's documents but those `hidden`, by number; `people` are those the owner names."""
        self.documents, self._hidden = catalogue, frozenset(hidden)
        self.passages = Passages(catalogue, self._hidden)
        shown = [catalogue.documents_of(number, self._hidden) for number in range(len(catalogue.volumes))]
        parts = [Part(v.postings, v.firsts, numbers) for v, numbers in zip(catalogue.volumes, shown, strict=True)]
        self.ranking: Ranking = LuceneBM25(parts, self.passages.firsts)
        there = [None if (numbers != GONE).all() else numbers != GONE for numbers in shown]
        self.people = People([Voices(v, one) for v, one in zip(catalogue.volumes, there, strict=True)], people)
        headed = zip(catalogue.volumes, shown, strict=True)
        self.headings = Headings([(volume.headings, one) for volume, one in headed], len(catalogue))
        self._words_of_length = lru_cache(LONGEST_WORD)(self._of_length)
        self.text = lru_cache(_DOCUMENTS_KEPT)(self._text)
        self.metadata = lru_cache(_DOCUMENTS_KEPT)(self._metadata)
        self.document_number = lru_cache(_PASSAGES_KEPT)(catalogue.number)
        self.terms_of = lru_cache(_PASSAGES_KEPT)(self._terms)
        self.runs_of = lru_cache(_PEOPLE_KEPT)(self._runs)
        self.passages_of_runs = lru_cache(_PEOPLE_KEPT)(self._run_passages)
        self._starts = lru_cache(_DOCUMENTS_KEPT)(self._passage_starts)
        self._statements = lru_cache(_DOCUMENTS_KEPT)(self._statements_by_passage)

    @property
    def document_count(self) -> int:
        """How many documents there are, without those that are hidden."""
        return len(self.documents) - len(self._hidden)

    @cached_property
    def body_count(self) -> int:
        """How many passages of the body there are: captions and by-lines left out."""
        counts = self.documents.column([volume.body_counts() for volume in self.documents.volumes])
        return int(counts.sum() - counts[sorted(self._hidden)].sum())

    def words_of_length(self, length: int) -> Sequence[str]:
        """The words of so many letters a to z that stand in a document, or lately stood there, in order."""
        return self._words_of_length(length)

    def _of_length(self, length: int) -> Sequence[str]:
        each = (volume.words_of_length(length) for volume in self.documents.volumes)
        return sorted(set(chain.from_iterable(each)))

    @cached_property
    def dates(self) -> Array:
        """The day of each document, 0 where none is known."""
        return self.documents.column([volume.dates for volume in self.documents.volumes])

    def documents_by(self, is_author: Callable[[str], bool]) -> tuple[str, ...]:
        """The paths of the documents whose author `is_author`, in order; asked once for each author."""
        if not self.documents.volumes:
            return ()
        each = []
        for volume in self.documents.volumes:
            held = [is_author(author.decode()) for author in volume.pieces["authors"]]
            each.append(np.array([*held, False])[volume.columns["author"]])
        theirs = np.flatnonzero(self.documents.column(each)).tolist()
        return tuple(self.documents.path(number) for number in theirs if number not in self._hidden)

    def passage_at(self, document: str, offset: int) -> int:
        """The number of the passage of `document` that holds `offset`, or of the nearest before it."""
        first = int(self.passages.firsts[self.document_number(document)])
        return first + max(0, bisect_right(self._starts(document), offset) - 1)

    def passages_of(self, document: str) -> range:
        """The numbers of the passages of `document`."""
        number = self.document_number(document)
        return range(int(self.passages.firsts[number]), int(self.passages.firsts[number + 1]))

    def _passage_starts(self, document: str) -> list[int]:
        volume, place = self.documents.home(self.document_number(document))
        return volume.passage_starts(place)

    def speakers_in(self, document: str) -> tuple[Person, ...]:
        """Who says something in `document`; who says most in the folder first. Nobody where it is not there."""
        if document not in self.documents:
            return ()
        each = self._statements(document).values()
        return self.people.called({statement.speaker for statements in each for statement in statements})

    def statements_in(self, passage: int) -> tuple[Statement, ...]:
        """The statements whose sentence begins in the passage of that number, in order."""
        return self._statements(self.passages[passage].document).get(passage, ())

    def _statements_by_passage(self, document: str) -> dict[int, tuple[Statement, ...]]:
        volume, place = self.documents.home(self.document_number(document))
        found = volume.statements(np.arange(*volume.statement_firsts[place : place + 2].tolist()))
        each: dict[int, list[Statement]] = defaultdict(list)
        for statement in found:
            each[self.passage_at(document, statement.sentence_start)].append(statement)
        return {passage: tuple(held) for passage, held in each.items()}

    def _runs(self, person: Person) -> tuple[Run, ...]:
        """What `person` says, as runs, in order of documents."""
        return self._as_runs(self.people.statements_of(person))

    def _run_passages(self, person: Person) -> Numbers:
        """The passage number of each of the person's runs, in their order."""
        return np.array([run.passage for run in self.runs_of(person)], dtype=np.int64)

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
        if other.sentence_start - one.sentence_end > _WIDEST_GAP:
            return False
        same = self.passage_at(one.document, one.sentence_start) == self.passage_at(one.document, other.sentence_start)
        return same and not self.text(one.document)[one.sentence_end : other.sentence_start].strip()

    def _run(self, run: list[Statement]) -> Run:
        number = self.passage_at(run[0].document, run[0].sentence_start)
        passage = self.passages[number]
        start, end = run[0].sentence_start, max(statement.sentence_end for statement in run)
        whole = all((s.start, s.end) == (s.sentence_start, s.sentence_end) for s in run)
        is_turn = whole and end >= passage.end and start - passage.start <= LONGEST_LABEL
        quoted = any(statement.how is How.QUOTED for statement in run)
        return Run(number, start, end, tuple(run), max(s.confidence for s in run), quoted, is_turn)

    def _terms(self, passage: int) -> tuple[str, ...]:
        """The terms by which the passage is found, each once: its own and those of its title and section."""
        title, section = self.metadata(self.passages[passage].document).title, self.passages[passage].section
        held = (*terms(title or ""), *terms(section or ""), *terms(self.text_of(passage)))
        return tuple(dict.fromkeys(held))

    def _text(self, document: str) -> str:
        """The text of `document`."""
        return self.documents.text(self.document_number(document))

    def _metadata(self, document: str) -> Metadata:
        """All that is known of `document`."""
        return self.documents.metadata(self.document_number(document))

    def text_between(self, passage: int, start: int, end: int) -> str:
        """A stretch of the text of the document that the passage is of."""
        return self.text(self.passages[passage].document)[start:end]

    def text_of(self, passage: int) -> str:
        """The passage's own text."""
        found = self.passages[passage]
        return self.text(found.document)[found.start : found.end]


EMPTY = Index()
