"""HWP 5 → Document: the format that Hangul, Korea's word processor, has written since 2000.

Developed with reference to the public documents on the HWP file format by Hancom Inc., revision 1.3
(본 제품은 한글과컴퓨터의 한글 문서 파일(.hwp) 공개 문서를 참고하여 개발하였습니다.)
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.errors import ReadingError
from retrieval.reading.hangul import DEEPEST, Anchored, Box, Note, Paragraph, Table
from retrieval.reading.hangul_document import hangul_document
from retrieval.reading.hwp_records import Node, Tag, records_of, tree_of
from retrieval.reading.hwp_streams import streams_of
from retrieval.reading.hwp_summary import summary_of
from retrieval.records import Document

_CONTROL = re.compile(r"[\x01-\x08\x09\x0b\x0c\x0e-\x17].{7}|[\x00\x0a\x0d\x18-\x1f]", re.DOTALL)
"""A control is one unit of text, or eight (table 6 of Hancom's document)."""
_SIGNS = {"\t": " ", "\n": "\n", "\x18": "-", "\x1e": " ", "\x1f": " "}
_WITH_RECORD = frozenset("\x01\x02\x03\x0b\x0c\x0e\x0f\x10\x11\x12\x15\x16\x17")
"""Controls to each of which belongs a control header, in the same order."""
_FIGURE, _TABLE, _EQUATION = 3, 4, 5


def read_hwp(content: bytes, name: str) -> Document:
    """The Document of an HWP 5 file; raises ReadingError where it is older, locked, damaged, or holds no words.

    Running heads and feet, hidden comments and memos are left out; where changes are tracked, the text is as if they
    were accepted. A copy for distribution is read like any other.
    """
    streams = streams_of(content, name)
    try:
        look = _look_of(streams.info)
        paragraphs = [paragraph for section in streams.sections for paragraph in _paragraphs(tree_of(section), look, 0)]
    except (ValueError, struct.error, IndexError) as error:
        remedy = "Open it in the program that wrote it and save it again."
        raise ReadingError(f"is damaged ({error}).", where=name, remedy=remedy) from error
    return hangul_document(name, paragraphs, summary_of(streams.summary))


@dataclass(frozen=True, slots=True)
class _Look:
    """The names of styles, and the sizes in points of character shapes, by number."""

    style_names: tuple[str, ...]
    points: tuple[float, ...]


def _look_of(info: bytes) -> _Look:
    names, points = [], []
    for tag, _, payload in records_of(info):
        if tag == Tag.STYLE:
            names.append(_string(payload, 0))
        elif tag == Tag.CHAR_SHAPE:
            points.append(struct.unpack_from("<i", payload, 42)[0] / 100 if len(payload) >= 46 else 0)
    return _Look(tuple(names), tuple(points))


def _paragraph(header: Node, look: _Look, depth: int) -> Paragraph:
    controls = [node for node in header.children if node.tag == Tag.CTRL_HEADER]
    text = next((node.payload for node in header.children if node.tag == Tag.PARA_TEXT), b"")
    shapes = next((node.payload for node in header.children if node.tag == Tag.PARA_CHAR_SHAPE), b"")
    words, order = _words(text, controls)
    anchored: list[Anchored] = []
    is_below = False
    for control, is_before_words in zip(controls, order, strict=True):
        found = list(_anchored(control, look, depth + 1)) if depth < DEEPEST else []
        is_below = is_below or (bool(found) and is_before_words)
        anchored += found
    style = header.payload[10] if len(header.payload) > 10 else 0
    name = look.style_names[style] if style < len(look.style_names) else ""
    return Paragraph(words, name, _points(shapes, len(text) // 2, look), tuple(anchored), is_below)


def _words(text: bytes, controls: Sequence[Node]) -> tuple[str, list[bool]]:
    """The words of a paragraph, and of each of its controls whether it stands before the first of them."""
    raw = _units(text[: len(text) // 2 * 2])
    words: list[str] = []
    before: list[bool] = []
    has_words = False
    at = 0
    for match in _CONTROL.finditer(raw):
        words.append(raw[at : match.start()])
        has_words = has_words or bool(words[-1].strip())
        at = match.end()
        sign = match.group()[0]
        if sign in _WITH_RECORD and len(before) < len(controls):
            words.append(_in_line(controls[len(before)]))
            before.append(not has_words)
        else:
            words.append(_SIGNS.get(sign, ""))
    words.append(raw[at:])
    before += [False] * (len(controls) - len(before))
    return "".join(words).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), before


def _units(text: bytes) -> str:
    """The text with one character for each unit of UTF-16, in which controls are counted."""
    raw = text.decode("utf-16-le", "surrogatepass")
    if 2 * len(raw) == len(text):
        return raw
    return np.frombuffer(text, "<u2").astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _in_line(control: Node) -> str:
    """What a control says within the line: a figure's number, letters set into each other, a word with a gloss.

    A table breaks the line.
    """
    kind = _kind(control)
    if kind == "tbl ":
        return "\n"
    if kind == "atno" and len(control.payload) >= 10:
        of_what, number = struct.unpack_from("<IH", control.payload, 4)
        return str(number) if of_what & 0xF in {_FIGURE, _TABLE, _EQUATION} else ""
    return _string(control.payload, 4) if kind in {"tcps", "tdut"} else ""


def _points(shapes: bytes, length: int, look: _Look) -> float:
    """The size that most of a paragraph has; each entry says from which unit on which shape holds."""
    entries = [struct.unpack_from("<II", shapes, at) for at in range(0, len(shapes) // 8 * 8, 8)]
    extents: dict[float, int] = {}
    for (start, shape), (end, _) in pairwise([*entries, (max(length, 1), 0)]):
        points = look.points[shape] if shape < len(look.points) else 0
        extents[points] = extents.get(points, 0) + max(end - start, 0)
    return max(extents, key=lambda points: extents[points], default=0)


def _anchored(control: Node, look: _Look, depth: int) -> Iterator[Anchored]:
    kind = _kind(control)
    if kind == "tbl ":
        yield _table(control, look, depth)
    elif kind in {"gso ", "eqed"}:
        shapes = [node for node in control.children if node.tag == Tag.SHAPE_COMPONENT]
        inside = tuple(paragraph for shape in shapes for paragraph in _in_shape(shape, look, depth))
        yield Box(inside, _paragraphs(control.children, look, depth))
    elif kind in {"fn  ", "en  "}:
        yield Note(_paragraphs(control.children, look, depth))


def _table(control: Node, look: _Look, depth: int) -> Table:
    """The cells follow the table's own record, each list header with its paragraphs; before it stands the caption."""
    nodes = control.children
    at = next((index for index, node in enumerate(nodes) if node.tag == Tag.TABLE), len(nodes))
    starts = [index for index, node in enumerate(nodes) if index > at and node.tag == Tag.LIST_HEADER]
    rows: dict[int, list[tuple[int, tuple[Paragraph, ...]]]] = {}
    for start, end in pairwise([*starts, len(nodes)]):
        if len(nodes[start].payload) < 12:
            raise ValueError("a cell has no place in its table")
        column, row = struct.unpack_from("<HH", nodes[start].payload, 8)
        rows.setdefault(row, []).append((column, _paragraphs(nodes[start:end], look, depth)))
    cells = (tuple(cell for _, cell in sorted(rows[row], key=lambda placed: placed[0])) for row in sorted(rows))
    return Table(tuple(cells), _paragraphs(nodes[:at], look, depth))


def _in_shape(shape: Node, look: _Look, depth: int) -> Iterator[Paragraph]:
    """The words in a shape, or in the shapes that it groups."""
    yield from _paragraphs(shape.children, look, depth)
    if depth < DEEPEST:
        for inner in shape.children:
            if inner.tag == Tag.SHAPE_COMPONENT:
                yield from _in_shape(inner, look, depth + 1)


def _paragraphs(nodes: Sequence[Node], look: _Look, depth: int) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(node, look, depth) for node in nodes if node.tag == Tag.PARA_HEADER)


def _kind(control: Node) -> str:
    return control.payload[3::-1].decode("latin-1")


def _string(payload: bytes, at: int) -> str:
    """The string at an offset, led by its length in units."""
    if len(payload) < at + 2:
        return ""
    (length,) = struct.unpack_from("<H", payload, at)
    return payload[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
