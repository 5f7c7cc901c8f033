"""The straight lines that are drawn on a page of a PDF: what tables are ruled with."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pypdfium2 import PdfPage, raw

from retrieval.reading.pdf_letters import Frame

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 400
_SEGMENTS_OF_A_BOX = 6
_THIN = 3.0  # points; programs draw lines as thin boxes too
_SHORTEST = 8.0  # points
_TOUCHING = 3.0  # points
_SAME = 2.0  # points

Box = tuple[float, float, float, float]  # left, top, right, bottom, counted down


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` so far down, or so far right if it is vertical, from `start` to `end` on the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The horizontal and the vertical lines of a page, each whole."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]


def page_rules(page: PdfPage, frame: Frame) -> Rules:
    """The lines drawn on `page`, as placed in `frame`; the edges of drawn boxes are lines."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for box in _boxes(page, frame):
        if not (box[0] < frame.width and box[1] < frame.height and box[2] > 0 and box[3] > 0):
            continue
        left, top = max(box[0], 0.0), max(box[1], 0.0)
        right, bottom = min(box[2], frame.width), min(box[3], frame.height)
        width, height = right - left, bottom - top
        if height <= _THIN and width >= _SHORTEST:
            horizontal.append(Rule((top + bottom) / 2, left, right))
        elif width <= _THIN and height >= _SHORTEST:
            vertical.append(Rule((left + right) / 2, top, bottom))
        elif width >= _SHORTEST and height >= _SHORTEST:
            horizontal += Rule(top, left, right), Rule(bottom, left, right)
            vertical += Rule(left, top, bottom), Rule(right, top, bottom)
    return Rules(_whole(horizontal), _whole(vertical))


def _boxes(page: PdfPage, frame: Frame) -> Iterator[Box]:
    """The extent of each drawn line, thin box and outlined box, as placed in `frame`."""
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        path = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(path) != raw.FPDF_PAGEOBJ_PATH:
            continue
        segments = raw.FPDFPath_CountSegments(path)
        if not 2 <= segments <= _MOST_SEGMENTS:
            continue
        if segments > _SEGMENTS_OF_A_BOX:
            yield from _edges(path, segments, frame)
        elif raw.FPDFPageObj_GetBounds(path, left, bottom, right, top):
            box = _box(frame, left.value, bottom.value, right.value, top.value)
            raw.FPDFPath_GetDrawMode(path, fill, stroke)
            if _is_thin(box) or (stroke.value and segments > 3 and not _is_curved(path, segments)):
                yield box


def _edges(path: raw.FPDF_PAGEOBJECT, segments: int, frame: Frame) -> Iterator[Box]:
    """The straight edges of a path of many segments."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    last: tuple[float, float] | None = None
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            x.value * matrix.a + y.value * matrix.c + matrix.e,
            x.value * matrix.b + y.value * matrix.d + matrix.f,
        )
        if last and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            box = _box(frame, *last, *point)
            if _is_thin(box):
                yield box
        last = point


def _is_curved(path: raw.FPDF_PAGEOBJECT, segments: int) -> bool:
    kinds = (raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(path, index)) for index in range(segments))
    return any(kind == raw.FPDF_SEGMENT_BEZIERTO for kind in kinds)


def _box(frame: Frame, x: float, y: float, other_x: float, other_y: float) -> Box:
    (one_x, one_y), (two_x, two_y) = frame.placed(x, y), frame.placed(other_x, other_y)
    return min(one_x, two_x), min(one_y, two_y), max(one_x, two_x), max(one_y, two_y)


def _is_thin(box: Box) -> bool:
    return box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN


def _whole(pieces: Iterable[Rule]) -> tuple[Rule, ...]:
    """`pieces`, those on one line that touch made one, in order."""
    rules: list[Rule] = []
    lines: list[list[Rule]] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        if lines and piece.at - lines[-1][0].at <= _SAME:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        at = line[len(line) // 2].at
        start, end = math.inf, -math.inf
        for piece in sorted(line, key=lambda piece: piece.start):
            if piece.start > end + _TOUCHING:
                if end > start:
                    rules.append(Rule(at, start, end))
                start, end = piece.start, piece.end
            end = max(end, piece.end)
        rules.append(Rule(at, start, end))
    return tuple(rules)
