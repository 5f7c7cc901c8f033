"""Pages of PDFs drawn in a process of its own: what a file does to its reader, it does to nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from retrieval.errors import ReadingError
from retrieval.highlights import Quoted
from retrieval.processes import Process
from retrieval.records import PagePicture, Problem
from retrieval.worker import serve_frames

SECONDS = 20
MEMORY_BYTES = 1 << 30
PROGRAM = f"from retrieval.drawing import serve_pictures; serve_pictures({SECONDS}, {MEMORY_BYTES})"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page to be drawn: the PDF's path below the folder and its content, the page, and the words on it."""

    path: str
    content: bytes
    page: int
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What came of a Drawing."""

    picture: PagePicture | None = None
    problem: Problem | None = None


def drawn(drawing: Drawing, program: str = PROGRAM, seconds: float = SECONDS) -> PagePicture:
    """The picture, drawn in a process that ends with it. Raises ReadingError where there is none."""
    try:
        process = Process(program, seconds)
    except OSError as error:
        what = f"cannot be drawn: no process can be started for it: {error.strerror or error}."
        raise ReadingError(what, where=drawing.path, remedy="Make room on the machine.") from error
    try:
        outcome = process.outcome(msgspec.msgpack.encode(drawing))
    finally:
        process.end()
    if outcome is None:
        what = f"takes longer than {seconds} seconds to draw." if process.is_late else "made its reader break down."
        raise ReadingError(what, where=drawing.path, remedy="Open it and save it anew.")
    found = msgspec.msgpack.decode(outcome, type=_Drawn)
    if found.problem:
        raise ReadingError(found.problem.what, where=found.problem.where, remedy=found.problem.remedy)
    if found.picture is None:
        raise ReadingError("cannot be drawn.", where=drawing.path)
    return found.picture


def serve_pictures(seconds: int, memory_bytes: int) -> None:
    """What the process does: it draws what it is sent."""
    serve_frames(seconds, memory_bytes, _outcome)


def _outcome(frame: bytes) -> bytes:
    from retrieval.page_pictures import page_picture  # noqa: PLC0415 (only the process that draws needs PDFium)

    drawing = msgspec.msgpack.decode(frame, type=Drawing)
    try:
        found = _Drawn(page_picture(drawing.content, drawing.page, drawing.quoted, drawing.path))
    except ReadingError as error:
        found = _Drawn(problem=Problem(error.where, error.what, error.remedy))
    return msgspec.msgpack.encode(found)
