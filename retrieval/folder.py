"""The knowledge folder: what its files and `sources.yaml` say, and what changed since the last look."""

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

    Only files whose size, time or inode changed are read again; where nothing changed, `previous` itself comes back.
    Changes names documents only: new words on people alone, or a new problem, make new Contents with no Changes.
    Raises FolderError where the folder cannot be listed, SourcesError where sources.yaml is malformed at the first
    look; later the sources read last stay in force, and the error is one of the problems, as is a file that cannot be
    read.
    """
    found, listing_problems = listed(root)
    known = {file.path: file for file in previous.files} if previous else {}
    files = tuple(file for path, stamp in found if (file := _looked_at(root, path, stamp, known.get(path))))
    if previous and files == previous.files and listing_problems == previous.listing_problems:
        return previous, Changes()
    before = previous.documents if previous else ()
    contents = _contents(files, listing_problems, before)
    return contents, _changes(before, contents.documents)


def _contents(
    files: tuple[_File, ...], listing_problems: tuple[Problem, ...], before: tuple[Document, ...]
) -> Contents:
    """The contents of `files`; a document that is equal to one of `before` is that very one."""
    old = {document.path: document for document in before}
    sources = next((file.sources for file in files if file.sources), Sources())
    as_read = [file.document for file in files if file.document]
    merged = (replace(each, metadata=sources.merged(each.path, each.metadata)) for each in as_read)
    documents = tuple(old[each.path] if old.get(each.path) == each else each for each in merged)
    problems = (
        *(() if documents else (_nothing_to_read(files),)),
        *(file.problem for file in files if file.problem and file.digest),
        *_other_kinds([file.problem for file in files if file.problem and not file.digest]),
        *listing_problems,
        *sources.problems(tuple(file.path for file in files)),
    )
    return Contents(documents, problems, sources.people, _version(files), files, listing_problems)


def _looked_at(root: Path, path: str, stamp: Stamp, known: _File | None) -> _File | None:
    """The file at `path` as it is now: `known` where it did not change, None where it vanished."""
    if known and known.stamp == stamp and known.settled:
        return known
    if path != SOURCES and not is_readable(path):
        return _unread(path, stamp, "", "is not a kind of file that is read.")
    if stamp.size > LARGEST_BYTES:
        return _unread(path, stamp, "too large", f"is larger than {LARGEST_BYTES // 1024**2} MiB.", "Split it.")
    try:
        content = (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}."
        return replace(_unread(path, stamp, "unreadable", what, MAKE_READABLE), settled=False)
    return _updated(path, stamp, content, known)


def _unread(path: str, stamp: Stamp, digest: str, what: str, remedy: str = "") -> _File:
    if path == SOURCES:
        raise SourcesError(what, where=SOURCES, remedy=remedy)
    return _File(path, stamp, digest, settled=True, problem=Problem(path, what, remedy))


def _updated(path: str, stamp: Stamp, content: bytes, known: _File | None) -> _File:
    """The file with `content`: `known` with its new stamp where the content is the same, else read anew."""
    digest = hashlib.sha256(content).hexdigest()
    is_recent = abs(time.time_ns() - stamp.mtime_ns) < _UNSETTLED_NS
    if known and known.digest == digest:
        return known if known.stamp == stamp and is_recent else replace(known, stamp=stamp, settled=not is_recent)
    file = _File(path, stamp, digest, settled=not is_recent)
    try:
        return (
            replace(file, sources=sources_of(content))
            if path == SOURCES
            else replace(file, document=read(content, path))
        )
    except ReadingError as error:
        return replace(file, problem=Problem(error.where or path, error.what, error.remedy))
    except SourcesError as error:
        if known is None:
            raise
        return replace(file, sources=known.sources, problem=Problem(error.where, error.what, error.remedy))


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
