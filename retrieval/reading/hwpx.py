"""HWPX → Document: the zip of XML that Korean offices write today (OWPML, Korean standard KS X 6101).

Elements are known by their local names, for the namespaces carry a year that changes with the standard.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.dates import first_date
from retrieval.reading.archive import Archive, opened
from retrieval.reading.hangul import DEEPEST, Anchored, Box, Note, Paragraph, Table
from retrieval.reading.hangul_document import hangul_document
from retrieval.reading.hangul_metadata import KOREA, Summary
from retrieval.records import Document

_SECTION = re.compile(r"(?:.*/)?section(\d{1,6})\.xml", re.IGNORECASE)
_HEADER = re.compile(r"(?:.*/)?header\.xml", re.IGNORECASE)
_PACKAGE = re.compile(r"(?:.*/)?content\.hpf", re.IGNORECASE)
_CHARACTERS = {"lineBreak": "\n", "tab": " ", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_NUMBERED = frozenset({"PICTURE", "FIGURE", "TABLE", "EQUATION"})
_NOTES = frozenset({"footNote", "endNote"})
_SHAPES = frozenset({
    "rect", "ellipse", "arc", "polygon", "curve", "line", "connectLine", "container", "pic", "ole", "equation",
    "textart", "video", "chart",
})  # fmt: skip


def read_hwpx(content: bytes, name: str) -> Document:
    """The Document of an HWPX file; raises ReadingError where it is damaged, locked, a bomb, or holds no words.

    Running heads and feet, hidden comments, memos and what a tracked change deleted are left out.
    """
    archive = opened(content, name)
    sections = sorted((int(match[1]), path) for path in archive.names if (match := _SECTION.fullmatch(path)))
    if not sections:
        raise archive.error("has no section of text inside.", "Open it in the program that wrote it and save it again.")
    body = _Body(*_styles(archive))
    paragraphs = (paragraph for _, path in sections for paragraph in body.section(archive.xml(path)))
    return hangul_document(name, paragraphs, _summary(archive))


def _styles(archive: Archive) -> tuple[dict[str, str], dict[str, float]]:
    """The names of styles and the sizes in points of characters, by id."""
    path = next((path for path in archive.names if _HEADER.fullmatch(path)), None)
    names: dict[str, str] = {}
    points: dict[str, float] = {}
    for element in archive.xml(path).iter() if path else ():
        if _tag(element) == "style":
            names[element.get("id", "")] = element.get("name", "")
        elif _tag(element) == "charPr":
            height = element.get("height", "")
            points[element.get("id", "")] = int(height) / 100 if height.isdecimal() and len(height) < 7 else 0
    return names, points


@dataclass(slots=True)
class _Body:
    """The paragraphs of the sections, one after the other; what is deleted goes on from one run to the next."""

    style_names: dict[str, str]
    sizes: dict[str, float]
    ended: frozenset[str] = frozenset()
    deletions: set[str] = field(default_factory=set)

    def section(self, root: Element) -> Iterator[Paragraph]:
        """The paragraphs of a section; a deletion whose end is not in it deletes nothing."""
        self.ended = frozenset(_change(element) for element in root.iter() if _tag(element) == "deleteEnd")
        self.deletions.clear()
        yield from self.paragraphs(root)

    def paragraphs(self, parent: Element, depth: int = 0) -> Iterator[Paragraph]:
        if depth <= DEEPEST:
            for element in parent:
                if _tag(element) == "p":
                    yield self._paragraph(element, depth)

    def _paragraph(self, element: Element, depth: int) -> Paragraph:
        words: list[str] = []
        anchored: list[Anchored] = []
        points: dict[float, int] = {}
        is_below = False
        for run in element:
            before = len(words)
            for child in run if _tag(run) == "run" else ():
                found = list(self._anchored(child, depth))
                is_below = is_below or (bool(found) and not "".join(words).strip())
                anchored += found
                words += self._words(child)
            size = self.sizes.get(run.get("charPrIDRef", ""), 0)
            points[size] = points.get(size, 0) + sum(map(len, words[before:]))
        return Paragraph(
            "".join(words),
            self.style_names.get(element.get("styleIDRef", ""), ""),
            max(points, key=lambda size: points[size], default=0),
            tuple(anchored),
            is_below,
        )

    def _words(self, element: Element) -> Iterator[str]:
        """What an element of a run says in the line itself."""
        tag = _tag(element)
        if tag == "t":
            yield from self._text(element)
        elif tag == "tbl":
            yield "\n"
        elif tag == "compose":
            yield element.get("composeText", "")
        elif tag == "dutmal":
            yield "".join(child.text or "" for child in element if _tag(child) == "mainText")
        elif tag == "ctrl":
            numbers = (child for child in element if _tag(child) in {"autoNum", "newNum"})
            yield from (
                number.get("num", "")
                for number in numbers
                if _tag(number) == "autoNum" and number.get("numType") in _NUMBERED
            )

    def _text(self, element: Element) -> Iterator[str]:
        if not self.deletions:
            yield element.text or ""
        for child in element:
            tag = _tag(child)
            if tag == "deleteBegin":
                self.deletions |= {_change(child)} & self.ended
            elif tag == "deleteEnd":
                self.deletions.discard(_change(child))
            elif not self.deletions:
                yield _CHARACTERS.get(tag, "")
            if not self.deletions:
                yield child.tail or ""

    def _anchored(self, element: Element, depth: int) -> Iterator[Anchored]:
        tag = _tag(element)
        if tag == "tbl":
            yield Table(tuple(self._rows(element, depth)), self._within(element, "caption", depth))
        elif tag in _SHAPES:
            yield Box(tuple(self._in_shape(element, depth)), self._within(element, "caption", depth))
        elif tag == "ctrl":
            for child in element:
                if _tag(child) in _NOTES:
                    yield Note(self._within(child, "", depth))

    def _rows(self, table: Element, depth: int) -> Iterator[tuple[tuple[Paragraph, ...], ...]]:
        for row in table:
            if _tag(row) == "tr":
                yield tuple(self._within(cell, "", depth) for cell in row if _tag(cell) == "tc")

    def _in_shape(self, shape: Element, depth: int) -> Iterator[Paragraph]:
        """The words in a shape, or in the shapes that a container groups."""
        if depth > DEEPEST:
            return
        if text := shape.get("text"):
            yield Paragraph(text)
        yield from self._within(shape, "drawText", depth)
        for child in shape:
            if _tag(child) in _SHAPES:
                yield from self._in_shape(child, depth + 1)

    def _within(self, element: Element, holder: str, depth: int) -> tuple[Paragraph, ...]:
        """The paragraphs of the list below `element`, or below its child `holder`."""
        holders = [child for child in element if _tag(child) == holder] if holder else [element]
        lists = (child for each in holders for child in each if _tag(child) == "subList")
        return tuple(paragraph for each in lists for paragraph in self.paragraphs(each, depth + 1))


def _summary(archive: Archive) -> Summary:
    path = next((path for path in archive.names if _PACKAGE.fullmatch(path)), None)
    if path is None:
        return Summary()
    noted: dict[str, str] = {}
    for element in archive.xml(path).iter():
        if _tag(element) in {"title", "meta"} and element.text:
            noted.setdefault(element.get("name", "title"), element.text.strip())
    dates = (_date(noted.get(key, "")) for key in ("ModifiedDate", "CreatedDate", "date"))
    return Summary(noted.get("title", ""), noted.get("creator", ""), next(filter(None, dates), None))


def _date(words: str) -> dt.date | None:
    """The day, in Korea, of a moment as Hangul notes it ("2024-03-05T23:10:00Z"), or of a date in words."""
    try:
        moment = dt.datetime.fromisoformat(words)
    except ValueError:
        return first_date(words)
    return moment.astimezone(KOREA).date() if moment.tzinfo else moment.date()


def _change(element: Element) -> str:
    return element.get("TcId", "") or element.get("Id", "")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
