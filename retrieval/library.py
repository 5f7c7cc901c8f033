"""A knowledge folder as one object: open it, ask it, let it notice what changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from retrieval.answering import answered, more
from retrieval.contents import Contents, changes_between
from retrieval.errors import ClosedError, RetrievalError, StillReadingError
from retrieval.folder import Folder
from retrieval.index import EMPTY, Index
from retrieval.ingestion import Task
from retrieval.looking import Progress
from retrieval.namesakes import alike
from retrieval.origins import Origin, origins_of
from retrieval.preview import Preview, previewed
from retrieval.quoted_pages import quoted_page
from retrieval.records import Answer, Changes, Cover, Document, PagePicture, Person, Place, Problem, Quote, Turn
from retrieval.store import Store
from retrieval.workers import Workers

LOOK_EVERY_SECONDS = 1.0
"""Before a question the folder is looked at, but not more often than this."""
SHARE_OF_TIME = 0.05
"""Looking takes no more of the time than this: a folder of a hundred thousand files takes long to look through."""
PATIENCE_SECONDS = 1.0
"""So long a refresh waits for files that somebody is writing to; what takes longer is for a later one."""
_BETWEEN_LOOKS_SECONDS = 0.05
CACHE = "cache"
"""The name of the cache in the directory of the program's data."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    contents: Contents = field(default_factory=Contents)
    index: Index = EMPTY
    problems: tuple[Problem, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        return (*self.problems, *self.contents.problems)

    def after(self, contents: Contents) -> _Snapshot:
        """The snapshot of `contents`; where they hold the same documents and people, with the very same index."""
        if contents.is_indexed_like(self.contents):
            return _Snapshot(contents, self.index)
        return _Snapshot(contents, Index(contents.catalogue, contents.repeated, contents.people))


class Library:
    """A knowledge folder, read and indexed; safe to ask from several threads at once.

    A Library holds nothing until its first `refresh`; `open` gives one that has been refreshed.
    """

    def __init__(  # noqa: PLR0913 (each is a choice of its own)
        self,
        folder: Path,
        *,
        data_dir: Path | None = None,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
        report: Callable[[Changes], None] | None = None,
        workers: Workers | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """The library of `folder`, with a cache below `data_dir`, which is no part of the folder even if it lies there.

        Before a question the folder is looked at, unless that was done less than `look_every_seconds` ago (longer where
        looking takes long); `report` is told of every change after the first reading, in the thread that noticed it.
        """
        self._workers = workers or Workers()
        self._store = Store(data_dir / CACHE, folder) if data_dir else None
        own = {place.resolve() for place in (data_dir, data_dir / CACHE)} if data_dir else set()
        self._folder = Folder(folder, self._workers, self._store, frozenset(own - {folder.resolve()}))
        self._look_every_seconds, self._report, self._clock = look_every_seconds, report, clock
        self._snapshot = _Snapshot()
        self._is_read, self._progress = False, (0, 0)
        self._looked_at, self._look_seconds = clock(), 0.0
        self._refreshing = threading.Lock()

    @classmethod
    def open(  # noqa: PLR0913 (each is a choice of its own)
        cls,
        folder: Path,
        *,
        data_dir: Path | None = None,
        progress: Progress | None = None,
        report: Callable[[Changes], None] | None = None,
        workers: Workers | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> Self:
        """Read `folder`; raises FolderError or SourcesError where that cannot be done at all."""
        library = cls(folder, data_dir=data_dir, report=report, workers=workers, clock=clock)
        library.refresh(progress)
        return library

    def ask(self, question: str, conversation: tuple[Turn, ...] = (), *, limit: int = 3) -> Answer:
        """Answer `question` after `conversation` (oldest first) with at most `limit` quotes.

        Raises StillReadingError until the folder has been read for the first time, and RetrievalError where the cache
        has been damaged since.
        """
        return self._timed(lambda index: answered(question, conversation, index, limit))

    def more(self, question: str, past: tuple[Place, ...], *, limit: int = 3) -> Answer:
        """The next page of answers to `question` (an answer's `understood`), after what was quoted at `past`."""
        return self._timed(lambda index: more(question, past, index, limit))

    def _timed(self, asked: Callable[[Index], Answer]) -> Answer:
        self._refuse_unread()
        self._look_again()
        snapshot = self._snapshot
        began = time.perf_counter()
        answer = asked(snapshot.index)
        elapsed = round((time.perf_counter() - began) * 1000, 3)
        if snapshot.contents.twins:
            quotes, closest = (_with_twins(each, snapshot.contents) for each in (answer.quotes, answer.closest))
            answer = replace(answer, quotes=quotes, closest=closest)
        return replace(answer, folder=snapshot.contents.version, elapsed_ms=elapsed)

    def refresh(self, progress: Progress | None = None, *, patience_seconds: float = PATIENCE_SECONDS) -> Changes:
        """Read what changed in the folder since it was last looked at, telling `progress` how far it is.

        For files that somebody is writing to it waits for as long as `patience_seconds`. At the first time raises
        FolderError or SourcesError where the folder cannot be read at all; later the last good snapshot goes on
        answering, and the reason joins `problems`. Where another thread is at it already, nothing is done. Raises
        ClosedError once the library is closed.
        """
        if not self._refreshing.acquire(timeout=PATIENCE_SECONDS if self._is_read else 0):
            self._refuse_unread()
            return Changes()
        try:
            before, is_first = self._snapshot, not self._is_read
            patient_until = time.monotonic() + patience_seconds
            self._look(progress)
            while self._snapshot.contents.waiting and time.monotonic() < patient_until:
                time.sleep(_BETWEEN_LOOKS_SECONDS)
                self._look(progress)
            self._looked_at = self._clock()
            self._workers.end_idle()
            changes = changes_between(before.contents, self._snapshot.contents)
            changes = replace(changes, problems=_new(before.all_problems, self._snapshot.all_problems))
        finally:
            self._refreshing.release()
        if changes and self._report and not is_first:
            self._report(changes)
        return changes

    def preview(self, path: str, content: bytes) -> Preview:
        """What `content` would come to as the file at `path` of the folder; nothing of it is kept."""
        sources = self._snapshot.contents.sources_file.sources
        return previewed(Task(path, content, given=sources.given(path)), self._workers, sources.people)

    def page_picture(self, quote: Quote) -> PagePicture:
        """The page of a PDF that `quote` is from, its words highlighted, drawn within `drawing.SECONDS`.

        Raises ChangedError where the file is not the one last read any more, ReadingError where it cannot be drawn.
        """
        contents = self._snapshot.contents
        document = _document(contents, quote.document)
        return quoted_page(quote, contents.files.get(quote.document), document, self._folder.root)

    def _look(self, progress: Progress | None) -> None:
        def note(done: int, total: int) -> None:
            self._progress = (done, total)
            if progress:
                progress(done, total)

        before, began = self._snapshot, self._clock()
        try:
            contents = self._folder.look(before.contents if self._is_read else None, note)
            if contents is before.contents:
                self._look_seconds = self._clock() - began
        except RetrievalError as error:
            if not self._is_read or isinstance(error, ClosedError):
                raise
            self._snapshot = replace(before, problems=(Problem(error.where or ".", error.what, error.remedy),))
        else:
            self._snapshot = before.after(contents)
            self._is_read = True

    def _look_again(self) -> None:
        """Refresh where it is time to; while somebody else does, what is known answers."""
        pause = max(self._look_every_seconds, self._look_seconds / SHARE_OF_TIME)
        if self._clock() - self._looked_at < pause or self._refreshing.locked():
            return
        with suppress(ClosedError):  # what was read goes on answering
            self.refresh()

    def _refuse_unread(self) -> None:
        if not self._is_read:
            raise StillReadingError(*self._progress)

    def close(self) -> None:
        """End whatever is still being read; what was read goes on answering."""
        self._workers.close()

    @property
    def reading(self) -> tuple[int, int] | None:
        """How many files are read, and of how many, as long as the first reading lasts; None after that."""
        return None if self._is_read else self._progress

    @property
    def is_waiting(self) -> bool:
        """Whether somebody is writing to a file, so that another look is due soon."""
        return bool(self._snapshot.contents.waiting)

    @property
    def notice(self) -> str:
        """Why the cache was of no use, though it should have been; empty where all is well."""
        return self._store.notice if self._store else ""

    @property
    def version(self) -> str:
        """The folder's version: changes exactly when what it holds does."""
        return self._snapshot.contents.version

    @property
    def documents(self) -> Sequence[Document]:
        """Every document, by path; each is taken from where it lies when it is asked for."""
        return self._snapshot.contents.catalogue.documents

    def covers(self) -> Iterator[Cover]:
        """What is known of every document, by path, without its text: that is what a list costs."""
        return self._snapshot.contents.catalogue.covers()

    def document(self, path: str) -> Document | None:
        """The document at `path` as it is now; None where there is none, or none any more."""
        return _document(self._snapshot.contents, path)

    def origins(self, path: str) -> tuple[Origin, ...]:
        """Where each thing that is known of the document at `path` comes from."""
        contents = self._snapshot.contents
        number = contents.catalogue.find(path)
        return () if number is None else origins_of(contents.files[path].given, contents.catalogue.own(number))

    def same_words(self, path: str) -> tuple[str, ...]:
        """The other documents with the very words of the one at `path`; they are found once, in the first of them."""
        return tuple(each for each in self._snapshot.contents.twins.get(path, ()) if each != path)

    @property
    def passage_count(self) -> int:
        """How many passages of the documents' bodies are indexed."""
        return self._snapshot.index.body_count

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone who says something in the folder, or whom sources.yaml names; who says most first."""
        return self._snapshot.index.people.all

    @property
    def speaker_count(self) -> int:
        """How many people say something."""
        return len(self._snapshot.index.people)

    def speakers_in(self, path: str) -> tuple[Person, ...]:
        """Who says something in the document at `path`; who says most in the folder first."""
        return self._snapshot.index.speakers_in(path)

    def alike(self) -> tuple[tuple[Person, Person], ...]:
        """Pairs of people who may be one person or two by their names, who say most first."""
        snapshot = self._snapshot
        return alike(snapshot.index.people.all, {entry.name for entry in snapshot.contents.people})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What an owner should mend: unreadable files, entries for files that are not there."""
        return self._snapshot.all_problems


def _document(contents: Contents, path: str) -> Document | None:
    number = contents.catalogue.find(path)
    return contents.catalogue.document(number) if number is not None else None


def _new(before: tuple[Problem, ...], after: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in after if problem not in frozenset(before))


def _with_twins(quotes: tuple[Quote, ...], contents: Contents) -> tuple[Quote, ...]:
    """The quotes, each with the other documents in which its words stand."""
    return tuple(replace(quote, also=contents.twins.get(quote.document, (quote.document,))[1:]) for quote in quotes)
