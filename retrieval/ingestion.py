"""One file's bytes, and what sources.yaml says of it → its Document and Analysis, or the problem with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from retrieval.analysis import Analysis, analysed, moved
from retrieval.errors import ReadingError
from retrieval.reading import read
from retrieval.records import Document, Metadata, Problem
from retrieval.sources import Given

AGAIN = "It is tried again when it changes."
NOTHING_GIVEN = Given()
NOTHING_KNOWN = Metadata()


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be taken in: its path below the folder, and its content, or the Document as read before."""

    path: str
    content: bytes = b""
    document: Document | None = None
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of a Task: the Document as read, and the Analysis of it with all that is known as its `metadata`.

    Both are None where there is a problem. `path` is the Task's. What is not `is_lasting` came of the machine rather
    than of the file, and may be otherwise the next time.
    """

    path: str

    document: Document | None = None
    metadata: Metadata = NOTHING_KNOWN
    analysis: Analysis | None = None
    problem: Problem | None = None
    is_lasting: bool = True


def ingested(task: Task) -> bytes:
    """Do one task, whose outcome `unpacked` understands; whatever is wrong with the file is a Problem."""
    try:
        return packed(_ingested(task))
    except ReadingError as error:
        return packed(failed(task.path, error.what, error.remedy, where=error.where))
    except UnicodeEncodeError:
        return packed(failed(task.path, "holds half a character pair.", "Write that character itself."))


def _ingested(task: Task) -> Ingested:
    document = task.document or read(task.content, task.path)
    metadata = task.given.merged(document.metadata)
    try:
        return Ingested(task.path, document, metadata, analysed(replace(document, metadata=metadata)))
    except MemoryError as error:
        raise ReadingError(
            "takes more memory to analyse than there is.", where=task.path, remedy="Split it."
        ) from error
    except Exception as error:
        what = f"made its analysis fail ({type(error).__name__})."
        raise ReadingError(what, where=task.path, remedy=AGAIN) from error


def at_path(found: Ingested, path: str) -> Ingested:
    """What would have come of the same content at `path`."""
    if found.path == path:
        return found
    problem, document, analysis = found.problem, found.document, found.analysis
    return Ingested(
        path,
        replace(document, path=path) if document else None,
        found.metadata,
        moved(analysis, path) if analysis else None,
        replace(problem, where=path + problem.where.removeprefix(found.path)) if problem else None,
    )


def broken_down(path: str) -> Ingested:
    """What comes of a file whose reader takes its process down with it."""
    return failed(path, "made its reader break down.", f"Open it and save it anew. {AGAIN}")


def failed(path: str, what: str, remedy: str, *, where: str = "") -> Ingested:
    """What comes of a file with a problem."""
    return Ingested(path, problem=Problem(where or path, what, remedy))


def packed(found: Ingested) -> bytes:
    """What came of a task, to send or to keep."""
    return msgspec.msgpack.encode(found)


_decoder = msgspec.msgpack.Decoder(Ingested)


def unpacked(outcome: bytes) -> Ingested:
    """What came of a task; raises ValueError for bytes that no task came to."""
    try:
        return _decoder.decode(outcome)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no outcome of a task: {error}") from error
