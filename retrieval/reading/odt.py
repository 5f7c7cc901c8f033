"""An OpenDocument text (.odt, .ott, .fodt) → Document (OASIS OpenDocument 1.3, part 3).

Pages are not known: where they break is decided by whoever prints. Running heads stand apart from the text and are
left out, as are comments and what tracked changes deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from retrieval.errors import ReadingError
from retrieval.reading.archive import opened
from retrieval.reading.assembly import Piece
from retrieval.reading.bounded_xml import xml_root
from retrieval.reading.odt_inline import DRAWN, NOT_THERE, line_of
from retrieval.reading.odt_numbering import Counter, ListStyles, number
from retrieval.reading.odt_styles import Styles
from retrieval.reading.office_headings import look_of_all
from retrieval.reading.office_metadata import Properties, described
from retrieval.reading.office_story import Marked, Role, in_box, numbered, with_notes
from retrieval.reading.table_rows import Cell, row_pieces
from retrieval.reading.xml_names import attribute, bare, child
from retrieval.records import BlockKind, Document

_INDEXES = frozenset(
    "table-of-content illustration-index table-index object-index user-index alphabetical-index".split()
)
_MOST_REPEATED = 8


def read_odt(content: bytes, name: str) -> Document:
    """The Document of the OpenDocument text `content`, a zip or a flat file; raises ReadingError where it is none."""
    parts = _flat(content, name) if content.lstrip()[:1] == b"<" else _zipped(content, name)
    text = child(parts["content"], "body", "text")
    if text is None:
        raise ReadingError("is no OpenDocument text.", where=name, remedy="Save it as .odt or .pdf.")
    marked = Marked()
    pieces = _Story(parts, marked).pieces(text)
    if not any(piece.words.strip() for piece in pieces):
        remedy = "If it holds pictures of pages, put a PDF with text in its place."
        raise ReadingError("holds no text.", where=name, remedy=remedy)
    return described(name, pieces, _properties(parts["meta"]), title=marked.title, authors=marked.authors)


_Parts = dict[str, Element | None]


def _zipped(content: bytes, name: str) -> _Parts:
    archive = opened(content, name)
    others = {part: f"{part}.xml" for part in ("styles", "meta")}
    return {
        "content": archive.xml("content.xml"),
        **{part: archive.xml(path) if path in archive else None for part, path in others.items()},
    }


def _flat(content: bytes, name: str) -> _Parts:
    root = xml_root(content, "it", name)
    return {"content": root, "styles": root, "meta": root}


def _properties(meta: Element | None) -> Properties:
    words = {bare(each.tag): (each.text or "").strip() for each in child(meta, "meta") or ()}
    return Properties(
        title=words.get("title", ""),
        author=words.get("initial-creator", "") or words.get("creator", ""),
        created=words.get("creation-date", ""),
        modified=words.get("date", ""),
    )


@dataclass(slots=True)
class _List:
    """A list that is being read: how deep, by which style, and whether the number of its item is still to come."""

    style: str
    counter: Counter
    depth: int = 1
    is_due: bool = False
    start: int | None = None


@dataclass(slots=True)
class _Lists:
    """The lists met so far, for those that continue them."""

    by_id: dict[str, Counter] = field(default_factory=dict)
    by_style: dict[str, Counter] = field(default_factory=dict)


class _Story:
    """The text of one file, read once from its top to its end."""

    def __init__(self, parts: _Parts, marked: Marked) -> None:
        holders = [
            child(parts[part], holder) for part in ("styles", "content") for holder in ("styles", "automatic-styles")
        ]
        self._styles = Styles(*holders)
        self._list_styles = ListStyles(*holders)
        self._lists = _Lists()
        self._outline = Counter()
        self._marked = marked
        self._due: list[Element] = []

    def pieces(self, text: Element) -> list[Piece]:
        """All pieces of `text`; the notes of a section stand at its end, where they part no paragraphs."""
        return with_notes(self._blocks(text), self._notes)

    def _notes(self) -> Iterator[Piece]:
        due, self._due = self._due, []
        for note in due:
            body = child(note, "note-body")
            yield from self._blocks(body if body is not None else ())

    def _blocks(self, container: Iterable[Element], within: _List | None = None) -> Iterator[Piece]:
        for each in container:
            name = bare(each.tag)
            if name in {"p", "h"}:
                yield from self._paragraph(each, name, within)
            elif name == "list":
                yield from self._list(each, within)
            elif name == "table":
                yield from row_pieces([self._cells(row) for row in _rows(each)])
            elif name in DRAWN:
                yield from map(in_box, self._blocks(each))
            elif name in _INDEXES:
                yield from (replace(piece, kind=BlockKind.FURNITURE) for piece in self._blocks(each))
            elif name == "section" and self._is_hidden(each):
                continue
            elif name not in NOT_THERE and len(each):
                yield from self._blocks(each, within)

    def _is_hidden(self, section: Element) -> bool:
        return attribute(section, "display") == "none"

    def _paragraph(self, paragraph: Element, name: str, within: _List | None) -> Iterator[Piece]:
        style = attribute(paragraph, "style-name")
        if self._styles.hides("paragraph", style):
            return
        line = line_of(paragraph, self._styles)
        role = self._styles.role(style)
        if name == "h" and role is Role.BODY:
            role = Role.HEADING
        words = numbered(self._label(paragraph, name, within), line.words)
        yield from self._marked.pieces(words, role, look_of_all(line.looks))
        for box in line.boxes:
            yield from map(in_box, self._blocks((box,)))
        self._due += line.notes

    def _label(self, paragraph: Element, name: str, within: _List | None) -> str:
        """The number before `paragraph`: its item's, the first time; else its level's in the outline."""
        if within is not None:
            if not within.is_due:
                return ""
            within.is_due = False
            return self._list_styles.label(within.style, within.depth, within.counter, within.start)
        is_outlined = name == "h" and attribute(paragraph, "is-list-header") != "true"
        if not is_outlined or self._styles.list_style(attribute(paragraph, "style-name")) == "":
            return ""
        level = number(attribute(paragraph, "outline-level")) or 1
        start = number(attribute(paragraph, "start-value"))
        return self._list_styles.label(self._list_styles.outline, level, self._outline, start)

    def _list(self, element: Element, outer: _List | None) -> Iterator[Piece]:
        style = attribute(element, "style-name") or (outer.style if outer else "")
        counter = outer.counter if outer else self._counter(element, style)
        within = _List(style, counter, outer.depth + 1 if outer else 1)
        for item in element:
            within.is_due = bare(item.tag) == "list-item"
            within.start = number(attribute(item, "start-value"))
            yield from self._blocks(item, within)

    def _counter(self, element: Element, style: str) -> Counter:
        """The counter of a list: a new one, or that of the list which it continues."""
        before, identifier = attribute(element, "continue-list"), attribute(element, "id")
        continued = self._lists.by_id.get(before) if before else None
        if continued is None and attribute(element, "continue-numbering") == "true":
            continued = self._lists.by_style.get(style)
        counter = continued or Counter()
        if identifier:
            self._lists.by_id[identifier] = counter
        self._lists.by_style[style] = counter
        return counter

    def _cells(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        beside = 0
        for cell in row:
            name = bare(cell.tag)
            if name == "table-cell":
                pieces = list(self._blocks(cell))
                # a cell that holds more is never told twice: repeated tables within each other would grow without end
                repeated = number(attribute(cell, "number-columns-repeated")) or 1
                cells += [pieces] * (min(repeated, _MOST_REPEATED) if len(pieces) == 1 else 1)
                beside = (number(attribute(cell, "number-columns-spanned")) or 1) - 1
            elif name == "covered-table-cell":  # by the cell beside it, or else by one above
                cells += [[]] if beside <= 0 else []
                beside -= 1
        return cells


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        name = bare(each.tag)
        if name == "table-row":
            if attribute(each, "visibility", "visible") == "visible":
                yield each
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(each)
