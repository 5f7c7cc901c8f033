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
from retrieval.catalogue import Catalogue
from retrieval.contents import Contents, File, SourcesFile
from retrieval.errors import SourcesError
from retrieval.ingestion import Ingested, Task, at_path, broken_down, packed, unpacked
from retrieval.listing import MAKE_READABLE, Listing, Stamp, is_refusal
from retrieval.mounts import is_below
from retrieval.opening import content_of
from retrieval.pressing import identity_of, pressed
from retrieval.reading import LARGEST_BYTES, is_readable
from retrieval.records import Problem
from retrieval.settling import LONGEST_WAIT_SECONDS, is_settled, seconds_to_wait
from retrieval.shelving import NOTHING_SHELVED
from retrieval.sources import SOURCES, Given, sources_of
from retrieval.store import Store
from retrieval.volumes import Volume
from retrieval.workers import Workers

MOST_AT_HAND = 20_000
"""Passages that are kept as objects while a folder is read."""
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
        self._shelf = store.shelf if store and before is None else NOTHING_SHELVED
        self._held = self._before.catalogue if before else self._shelf.catalogue
        self._found: list[Ingested] = []
        self._waiting_passages = 0
        self._new: list[Volume] = []
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
        self._press()

    @property
    def catalogue(self) -> Catalogue:
        """The documents of `files`; the one before where they are the same."""
        new = {volume.path(place) for volume in self._new for place in range(len(volume))}
        held = (path for path, file in self._before.files.items() if file.identity)
        gone = [path for path in (self._held if self._is_first else held) if path in new or not self._is_held(path)]
        return self._held.with_changes(gone, self._new) if gone or new else self._held

    def _is_held(self, path: str) -> bool:
        return path in self.files and self.files[path].identity != 0

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
            return
        number = self._held.find(file.path) if file.identity else None
        if number is None or self._is_known_as(number, given):
            self.files[file.path] = replace(file, given=given)
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
            if task := self._task_for(file, self._given(file)):
                yield task

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
            problem = None if known.identity else known.problem
            self._keep(replace(known, stamp=stamp, is_settled=file.is_settled, problem=problem))
            return None
        if identity := self._identity_shelved(file, given):
            self.files[path] = replace(file, identity=identity, given=given)
            return None
        if (task := self._task_for(file, given)) is None or task.document:
            return task
        content = self._content(path, stamp) if content is None else content
        return None if content is None else self._begun(file, replace(task, content=content))

    def _identity_shelved(self, file: File, given: Given) -> int:
        """The identity of the document on the shelf, if it came of this file as it is, and the same is said of it."""
        number, identity = self._shelf.find(file.path, file.digest) or (0, 0)
        if not identity or self._shelf.sources == self.sources_file.digest:
            return identity
        return identity if self._is_known_as(number, given) else 0

    def _is_known_as(self, number: int, given: Given) -> bool:
        """Whether all that is known of a document is what it is with what is given now."""
        return given.merged(self._held.own(number).metadata) == self._held.metadata(number)

    def _task_for(self, file: File, given: Given) -> Task | None:
        """What is to be done with a file's content; None where that was done before, under this name or another."""
        found = self._store.get(file.digest, file.ending) if self._store else None
        twin = None if found else self._by_content.get((file.digest, file.ending))
        if found and _is_analysed_alike(found, given):
            self._note(file, at_path(found, file.path), given)
            return None
        if twin and twin.problem and not twin.identity:
            self.files[file.path] = replace(file, given=given, problem=_moved_problem(twin, file.path))
            return None
        document = found.document if found else None
        if twin and (number := self._held.find(twin.path)) is not None:
            document = self._held.own(number)
        if document is None:
            return Task(file.path, given=given)
        return self._begun(file, Task(file.path, document=replace(document, path=file.path), given=given))

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
        self._note(file, found, task.given)

    def _note(self, file: File, found: Ingested, given: Given) -> None:
        """What came of a file; its document goes into a volume with others."""
        if found.document is None:
            self.files[file.path] = replace(file, given=given, identity=0, problem=found.problem)
            return
        found = replace(found, metadata=given.merged(found.document.metadata))
        self.files[file.path] = replace(file, given=given, identity=identity_of(found), problem=None)
        self._found.append(found)
        self._waiting_passages += len(found.analysis.passages) if found.analysis else 0
        if self._waiting_passages > MOST_AT_HAND:
            self._press()

    def _press(self) -> None:
        """Put what was found into a volume: of a large folder not all of it is at hand at any time."""
        if self._found:
            volume, is_large = pressed(self._found), self._waiting_passages > MOST_AT_HAND
            self._new.append(self._store.housed(volume) if self._store and self._is_first and is_large else volume)
        self._found, self._waiting_passages = [], 0

    def _remembered(self, path: str, stamp: Stamp) -> str | None:
        """The hash of a file that still has the stamp that it had when it was hashed."""
        known = self._store.known.get(path) if self._store else None
        return known.digest if known and known.stamp == stamp else None

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
        if known and known.identity and not is_refusal(error):
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


def _moved_problem(file: File, path: str) -> Problem | None:
    """The problem of a file, as one of the file at `path` that has the same content."""
    problem = file.problem
    return replace(problem, where=path + problem.where.removeprefix(file.path)) if problem else None


def _is_analysed_alike(found: Ingested, given: Given) -> bool:
    """Whether the Analysis is the same with what is said of the file now."""
    return found.document is None or is_analysed_alike(given.merged(found.document.metadata), found.metadata)
