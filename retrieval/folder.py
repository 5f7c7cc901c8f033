"""The knowledge folder: which files there are, what `sources.yaml` says of them, and what changed since the last look."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.errors import ReadingError, SourcesError
from retrieval.listing import MAKE_READABLE, Stamp, listed
from retrieval.reading import ENDINGS, LARGEST_BYTES, is_readable, read
from retrieval.records import Changes, Document, PersonEntry, Problem
from retrieval.sources import SOURCES, Sources, sources_of

_MOST_OTHER_KINDS = 20
_UNSETTLED_NS = 2_000_000_000
"""A file written less than this before it was read may change again within the clock's tick: FAT's is two seconds."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file as last read: the hash of its content, and the document in it or the problem with it."""

    path: str
    stamp: Stamp
    digest: str
    settled: bool
    document: Document | None = None
    problem: Problem | None = None
    sources: Sources | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What the folder holds: documents by path, with the metadata that sources.yaml gives them, and every problem met.

    `version` is twelve hexadecimal digits that change exactly when a file's name or content does. `files` and
    `listing_problems` are what the next look starts from.
    """

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    version: str = ""
    files: tuple[_File, ...] = ()
    listing_problems: tuple[Problem, ...] = ()


def read_folder(root: Path, previous: Contents | None = None) -> tuple[Contents, Changes]:
    """What is in the folder `root`, and which documents are new, changed or gone since `previous`.

    Only files whose size, time or inode changed are read again; where nothing changed, `previous` itself comes back. Changes
    names documents only: new words on people alone, or a new problem, make new Contents with no Changes. Raises FolderError where
    the folder cannot be listed, SourcesError where sources.yaml is malformed; a file that cannot be read is one of the problems.
    """
    found, listing_problems = listed(root)
    known = {file.path: file for file in previous.files} if previous else {}
    files = tuple(file for path, stamp in found if (file := _looked_at(root, path, stamp, known.get(path))))
    if previous and files == previous.files and listing_problems == previous.listing_problems:
        return previous, Changes()
    contents = _contents(files, listing_problems)
    return contents, _changes(previous.documents if previous else (), contents.documents)


def _contents(files: tuple[_File, ...], listing_problems: tuple[Problem, ...]) -> Contents:
    sources = next((file.sources for file in files if file.sources), Sources())
    as_read = [file.document for file in files if file.document]
    documents = tuple(replace(each, metadata=sources.merged(each.path, each.metadata)) for each in as_read)
    problems = (
        *(() if documents else (_nothing_to_read(files),)),
        *(file.problem for file in files if file.problem and is_readable(file.path)),
        *_other_kinds([file.problem for file in files if file.problem and not is_readable(file.path)]),
        *listing_problems,
        *sources.problems(tuple(file.path for file in files)),
    )
    return Contents(documents, problems, sources.people, _version(files), files, listing_problems)


def _looked_at(root: Path, path: str, stamp: Stamp, known: _File | None) -> _File | None:
    """The file at `path` as it is now: `known` where it did not change, None where it vanished."""
    recent = abs(time.time_ns() - stamp.mtime_ns) < _UNSETTLED_NS
    if known and known.stamp == stamp and known.settled:
        return known
    if path != SOURCES and not is_readable(path):
        return _File(path, stamp, "", settled=True, problem=Problem(path, "is not a kind of file that is read."))
    if stamp.size > LARGEST_BYTES:
        problem = Problem(path, f"is larger than {LARGEST_BYTES // 1024**2} MiB.", "Split it.")
        return _File(path, stamp, f"{stamp.size} bytes", settled=True, problem=problem)
    try:
        content = (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        if path == SOURCES:
            raise SourcesError(
                f"cannot be read: {error.strerror or error}.", where=SOURCES, remedy=MAKE_READABLE
            ) from error
        problem = Problem(path, f"cannot be read: {error.strerror or error}.", MAKE_READABLE)
        return _File(path, stamp, "unreadable", settled=False, problem=problem)
    digest = hashlib.sha256(content).hexdigest()
    if known and known.digest == digest:
        return known if known.stamp == stamp and recent else replace(known, stamp=stamp, settled=not recent)
    return _read_file(path, stamp, digest, not recent, content)


def _read_file(path: str, stamp: Stamp, digest: str, settled: bool, content: bytes) -> _File:
    if path == SOURCES:
        return _File(path, stamp, digest, settled, sources=sources_of(content))
    try:
        return _File(path, stamp, digest, settled, document=read(content, path))
    except ReadingError as error:
        return _File(path, stamp, digest, settled, problem=Problem(error.where or path, error.what, error.remedy))


def _nothing_to_read(files: tuple[_File, ...]) -> Problem:
    what = "holds no file that can be read." if files else "is empty."
    return Problem(".", what, f"Put documents into it: {', '.join(ENDINGS)}.")


def _other_kinds(problems: list[Problem]) -> tuple[Problem, ...]:
    """The first few of `problems`, and how many more there are: a folder of photographs is no list to read."""
    shown, more = problems[:_MOST_OTHER_KINDS], len(problems) - _MOST_OTHER_KINDS
    return (*shown, Problem(".", f"holds {more} more files of kinds that are not read.")) if more > 0 else tuple(shown)


def _version(files: tuple[_File, ...]) -> str:
    whole = hashlib.sha256()
    for file in files:
        if file.digest:
            whole.update(f"{file.path}\0{file.digest}\n".encode())
    return whole.hexdigest()[:12]


def _changes(before: tuple[Document, ...], after: tuple[Document, ...]) -> Changes:
    old = {document.path: document for document in before}
    new = {document.path: document for document in after}
    return Changes(
        added=tuple(path for path in new if path not in old),
        changed=tuple(path for path in new if path in old and new[path] != old[path]),
        removed=tuple(path for path in old if path not in new),
    )
