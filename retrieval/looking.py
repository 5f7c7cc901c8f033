"""One look at a folder: which files stay as they were, which are read again, which are taken in anew."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from retrieval.analysis import is_analysed_alike
from retrieval.contents import Contents, File, SourcesFile
from retrieval.errors import SourcesError
from retrieval.ingestion import Ingested, Task, at_path, broken_down, packed, unpacked
from retrieval.listing import MAKE_READABLE, Listing, Stamp, is_refusal
from retrieval.mounts import is_below
from retrieval.opening import content_of
from retrieval.reading import LARGEST_BYTES, is_readable
from retrieval.records import Problem
from retrieval.settling import LONGEST_WAIT_SECONDS, is_settled, seconds_to_wait
from retrieval.sources import SOURCES, Given, sources_of
from retrieval.store import Store
from retrieval.workers import Workers

Progress = Callable[[int, int], None]
"""Is told how many files are read, and of how many that are to be read."""


def nobody(done: int, total: int) -> None:
    """Is told, and tells nobody."""


class Look:
    """What one look found: `files`, the `sources_file`, and the files `waiting` until nobody writes to them."""

    def __init__(self, root: Path, workers: Workers, store: Store | None, before: Contents | None) -> None:
        self._root, self._workers, self._store = root, workers, store
        self._before, self._is_first = before or Contents(), before is None
        self._now_ns, self._now = time.time_ns(), time.monotonic()
        self._lost: tuple[str, ...] = ()
        self._to_read: deque[tuple[str, Stamp]] = deque()
        self._to_analyse: deque[File] = deque()
        self._under_way: dict[str, File] = {}
        self.files: dict[str, File] = {}
        self.waiting: dict[str, float] = {}
        self.sources_file = self._before.sources_file

    def run(self, listing: Listing, lost: tuple[str, ...], progress: Progress = nobody) -> None:
        """Look at the files of `listing`; what was in the folders `lost` stays as it was."""
        self._lost = lost
        self.sources_file = self._sources_file(listing.files.get(SOURCES))
        for path, stamp in listing.files.items():
            if path != SOURCES:
                self._see(path, stamp)
        for path, file in self._before.files.items():
            if path not in listing.files and self._is_lost(path):
                self._keep(file)
        total = len(self._to_read) + len(self._to_analyse)
        for task, outcome in self._workers.outcomes(self._tasks(progress, total)):
            self._take(task, outcome)
        if total:
            progress(total, total)

    def _see(self, path: str, stamp: Stamp) -> None:
        known = self._before.files.get(path)
        is_as_known = known is not None and known.stamp == stamp
        if known and is_as_known and known.is_settled:
            self._keep(known)
        elif not is_readable(path):
            self._refuse(path, stamp, "", "is not a kind of file that is read.")
        elif stamp.size > LARGEST_BYTES:
            self._refuse(path, stamp, "too large", f"is larger than {LARGEST_BYTES // 1024**2} MiB.", "Split it.")
        elif is_as_known or self._is_first or not seconds_to_wait(stamp, self._now_ns) or not self._waits(path):
            self._to_read.append((path, stamp))

    def _waits(self, path: str) -> bool:
        """Whether the file, which somebody is writing to, waits for the next look, as it was before."""
        since = self._before.waiting.get(path, self._now)
        if self._now - since >= LONGEST_WAIT_SECONDS:
            return False
        self.waiting[path] = since
        if known := self._before.files.get(path):
            self._keep(known)
        return True

    def _refuse(self, path: str, stamp: Stamp, digest: str, what: str, remedy: str = "") -> None:
        self.files[path] = File(path, stamp, digest, problem=Problem(path, what, remedy))

    def _keep(self, file: File) -> None:
        """Keep what came of the file; where sources.yaml says other things of it now, with those."""
        given = self._given(file)
        if given is file.given or given == file.given:
            self.files[file.path] = file
        elif file.own is None or _is_analysed_alike(file.outcome, given):
            self.files[file.path] = file.with_outcome(file.outcome, given)
        else:
            self._to_analyse.append(file)

    def _given(self, file: File) -> Given:
        sources = self.sources_file.sources
        return file.given if sources is self._before.sources_file.sources else sources.given(file.path)

    def _tasks(self, progress: Progress, total: int) -> Iterator[Task]:
        """What is to be taken in, one after another; a file is read when its turn comes."""
        while self._to_read:
            progress(max(0, total - len(self._to_read) - len(self._to_analyse) - len(self._under_way)), total)
            if task := self._task(*self._to_read.popleft()):
                yield task
        while self._to_analyse:
            file = self._to_analyse.popleft()
            yield self._begun(file, Task(file.path, document=file.own, given=self._given(file)))

    def _task(self, path: str, stamp: Stamp) -> Task | None:
        """What is to be done with the content of the file; None where that was done before, or has to wait."""
        digest, content = self._remembered(path, stamp), None
        if digest is None:
            if (content := self._content(path, stamp)) is None:
                return None
            digest = hashlib.sha256(content).hexdigest()
        file = File(path, stamp, digest, is_settled(stamp, self._now_ns))
        known, given = self._before.files.get(path), self.sources_file.sources.given(path)
        if known and known.digest == digest:
            problem = None if known.document else known.problem
            self._keep(replace(known, stamp=stamp, is_settled=file.is_settled, problem=problem))
            return None
        if found := self._found_before(file):
            if _is_analysed_alike(found, given):
                self.files[path] = file.with_outcome(found, given)
                return None
            return self._begun(file, Task(path, document=found.document, given=given))
        content = self._content(path, stamp) if content is None else content
        return None if content is None else self._begun(file, Task(path, content, given=given))

    def _begun(self, file: File, task: Task) -> Task:
        self._under_way[file.path] = file
        return task

    def _take(self, task: Task, outcome: bytes) -> None:
        file = self._under_way.pop(task.path)
        try:
            found = unpacked(outcome)
        except ValueError:
            found = broken_down(task.path)
        if not found.is_lasting:
            file = replace(file, digest="unreadable", is_settled=False)
        elif self._store:
            self._store.put(file.digest, file.ending, packed(found) if found.problem else outcome)
        self.files[task.path] = file.with_outcome(found, task.given)

    def _remembered(self, path: str, stamp: Stamp) -> str | None:
        """The hash of a file that still has the stamp that it had when it was hashed."""
        known = self._store.known.get(path) if self._store else None
        return known.digest if known and known.stamp == stamp else None

    def _found_before(self, file: File) -> Ingested | None:
        """What came of the same content, under this name or another that ends alike."""
        if twin := self._by_content.get((file.digest, file.ending)):
            return at_path(twin.outcome, file.path)
        found = self._store.get(file.digest, file.ending) if self._store else None
        return at_path(found, file.path) if found else None

    @cached_property
    def _by_content(self) -> dict[tuple[str, str], File]:
        return {(file.digest, file.ending): file for file in self._before.files.values() if file.digest}

    def _content(self, path: str, stamp: Stamp) -> bytes | None:
        """The content of the file; None where it is gone, has to wait, or cannot be read."""
        try:
            content, is_whole = content_of(self._root / path, stamp)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._note_unreadable(path, stamp, error)
            return None
        return content if is_whole or not self._waits(path) else None

    def _note_unreadable(self, path: str, stamp: Stamp, error: OSError) -> None:
        known = self._before.files.get(path)
        problem = Problem(path, f"cannot be read: {error.strerror or error}.", MAKE_READABLE)
        if known and known.document and not is_refusal(error):
            self._keep(replace(known, is_settled=False, problem=problem))
        else:
            self.files[path] = File(path, stamp, "unreadable", is_settled=False, problem=problem)

    def _sources_file(self, stamp: Stamp | None) -> SourcesFile:
        was = self._before.sources_file
        if stamp is None:
            return was if was.stamp is None or self._is_lost(SOURCES) else SourcesFile()
        if was.stamp == stamp and was.is_settled:
            return was
        if not self._is_first and seconds_to_wait(stamp, self._now_ns) and self._waits(SOURCES):
            return was
        now = SourcesFile(stamp, "unreadable", is_settled(stamp, self._now_ns), was.sources)
        try:
            content = self._sources_content(stamp)
            now = replace(now, digest=hashlib.sha256(content).hexdigest())
            return replace(now, sources=was.sources if now.digest == was.digest else sources_of(content))
        except SourcesError as error:
            if self._is_first:
                raise
            return replace(now, problem=Problem(error.where, error.what, error.remedy))

    def _sources_content(self, stamp: Stamp) -> bytes:
        if stamp.size > LARGEST_BYTES:
            raise SourcesError(f"is larger than {LARGEST_BYTES // 1024**2} MiB.", where=SOURCES, remedy="Split it.")
        try:
            return content_of(self._root / SOURCES, stamp)[0]
        except OSError as error:
            what = f"cannot be read: {error.strerror or error}."
            raise SourcesError(what, where=SOURCES, remedy=MAKE_READABLE) from error

    def _is_lost(self, path: str) -> bool:
        return any(is_below(path, folder) for folder in self._lost)


def _is_analysed_alike(found: Ingested, given: Given) -> bool:
    """Whether the Analysis is the same with what is said of the file now."""
    return found.document is None or is_analysed_alike(given.merged(found.document.metadata), found.metadata)
