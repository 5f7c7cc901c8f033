"""A knowledge folder as one object: open it, ask it, let it notice what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from retrieval.records import Answer, Changes, Document, Person, Problem, Turn


class Library:
    """A knowledge folder, read and indexed; safe to ask from several threads at once."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read `folder`; raises FolderError or SourcesError where that cannot be done at all."""
        raise NotImplementedError

    def ask(self, question: str, conversation: tuple[Turn, ...] = (), *, limit: int = 3) -> Answer:
        """Answer `question` after `conversation` (oldest first) with at most `limit` quotes."""
        raise NotImplementedError

    def refresh(self) -> Changes:
        """Read what changed in the folder since it was last looked at."""
        raise NotImplementedError

    @property
    def version(self) -> str:
        """The folder's version: changes exactly when what it holds does."""
        raise NotImplementedError

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, by path."""
        raise NotImplementedError

    @property
    def passage_count(self) -> int:
        """How many passages are indexed."""
        raise NotImplementedError

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone who says something in the folder, or whom sources.yaml names."""
        raise NotImplementedError

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What an owner should mend: unreadable files, entries for files that are not there."""
        raise NotImplementedError
