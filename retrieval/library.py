"""A knowledge folder as one object: open it, ask it, let it notice what changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from retrieval.answering import answered, more
from retrieval.errors import RetrievalError
from retrieval.folder import Contents, read_folder
from retrieval.index import EMPTY, Index
from retrieval.records import Answer, Changes, Document, Person, Place, Problem, Turn

LOOK_EVERY_SECONDS = 1.0
"""Before a question the folder is looked at, but not more often than this."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    contents: Contents
    index: Index
    problems: tuple[Problem, ...] = ()


class Library:
    """A knowledge folder, read and indexed; safe to ask from several threads at once."""

    def __init__(self, folder: Path, snapshot: _Snapshot, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._snapshot, self._clock = folder, snapshot, clock
        self._looked_at = clock()
        self._refreshing = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> Self:
        """Read `folder`; raises FolderError or SourcesError where that cannot be done at all."""
        contents, _ = read_folder(folder)
        return cls(folder, _Snapshot(contents, EMPTY.with_changes(contents.documents, contents.people)), clock)

    def ask(self, question: str, conversation: tuple[Turn, ...] = (), *, limit: int = 3) -> Answer:
        """Answer `question` after `conversation` (oldest first) with at most `limit` quotes."""
        return self._timed(lambda index: answered(question, conversation, index, limit))

    def more(self, question: str, past: tuple[Place, ...], *, limit: int = 3) -> Answer:
        """The next page of answers to `question` (an answer's `understood`), after what was quoted at `past`."""
        return self._timed(lambda index: more(question, past, index, limit))

    def _timed(self, asked: Callable[[Index], Answer]) -> Answer:
        self._look_again()
        snapshot = self._snapshot
        began = time.perf_counter()
        answer = asked(snapshot.index)
        elapsed = round((time.perf_counter() - began) * 1000, 3)
        return replace(answer, folder=snapshot.contents.version, elapsed_ms=elapsed)

    def refresh(self) -> Changes:
        """Read what changed in the folder since it was last looked at.

        Where the folder or its sources.yaml cannot be read any more, the last good snapshot goes on answering and the
        reason joins `problems`.
        """
        with self._refreshing:
            self._looked_at = self._clock()
            before = self._snapshot
            try:
                contents, changes = read_folder(self._folder, before.contents)
            except RetrievalError as error:
                problem = Problem(error.where or ".", error.what, error.remedy)
                self._snapshot = replace(before, problems=(problem,))
                return Changes()
            if contents is not before.contents:
                self._snapshot = _Snapshot(contents, before.index.with_changes(contents.documents, contents.people))
            elif before.problems:
                self._snapshot = replace(before, problems=())
            return changes

    def _look_again(self) -> None:
        if self._clock() - self._looked_at >= LOOK_EVERY_SECONDS:
            self.refresh()

    @property
    def version(self) -> str:
        """The folder's version: changes exactly when what it holds does."""
        return self._snapshot.contents.version

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, by path."""
        return self._snapshot.contents.documents

    def document(self, path: str) -> Document | None:
        """The document at `path` as it is now; None where there is none, or none any more."""
        return self._snapshot.index.documents.get(path)

    @property
    def passage_count(self) -> int:
        """How many passages of the documents' bodies are indexed."""
        return sum(passage.paragraph is not None for passage in self._snapshot.index.passages)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone who says something in the folder, or whom sources.yaml names; who says most first."""
        return self._snapshot.index.people.all

    def alike(self) -> tuple[tuple[Person, Person], ...]:
        """Pairs of people who may be one person or two by their names, who say most first."""
        return self._snapshot.index.people.alike()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What an owner should mend: unreadable files, entries for files that are not there."""
        return (*self._snapshot.problems, *self._snapshot.contents.problems)
