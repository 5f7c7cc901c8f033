"""A Word file (.docx, .docm, .dotx) → Document: its body, with lists numbered, and its notes (ECMA-376, part 1).

Pages are not known: where they break is decided by whoever prints. Running heads and comments are left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from retrieval.reading.archive import Archive, opened
from retrieval.reading.assembly import Piece
from retrieval.reading.docx_inline import NOT_THERE, Inline, Line, Note, is_placeholder
from retrieval.reading.docx_numbering import Lists
from retrieval.reading.docx_styles import Styles, is_on, numbering_of, outline_role
from retrieval.reading.office_headings import look_of_all
from retrieval.reading.office_metadata import Properties, described
from retrieval.reading.office_story import Marked, Role, in_box, numbered, with_notes
from retrieval.reading.table_rows import Cell, row_pieces
from retrieval.reading.xml_names import attribute, bare, child, children
from retrieval.records import BlockKind, Document


def read_docx(content: bytes, name: str) -> Document:
    """The Document of the Word file `content`; raises ReadingError where it is none, protected, damaged or empty."""
    archive = opened(content, name)
    package = _Package(archive)
    main = package.main
    bodies = list(children(archive.xml(main), "body"))  # one, but some programs write several
    if not bodies:
        raise archive.error(f"is no Word document: there is no text in {main}.", "Save it as .docx or .pdf.")
    marked = Marked()
    pieces = _Story(package, marked).pieces(bodies)
    if not any(piece.words.strip() for piece in pieces):
        raise archive.error("holds no text.", "If it holds pictures of pages, put a PDF with text in its place.")
    return described(name, pieces, package.properties(), title=marked.title, authors=marked.authors)


class _Package:
    """The parts of a Word file, found by the relationships between them (ECMA-376 part 2, 9)."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._of_package = self._related("")
        self.main = self._of_package.get("officeDocument", "word/document.xml")
        self._of_main = self._related(self.main)

    def part(self, kind: str) -> Element | None:
        """The root of the part that the main one relates to as its `kind`, "styles" for one; None without such."""
        path = self._of_main.get(kind, "")
        return self._archive.xml(path) if path in self._archive else None

    def properties(self) -> Properties:
        """What the file's properties say."""
        core, application = (
            self._archive.xml(path) if (path := self._of_package.get(kind, "")) in self._archive else None
            for kind in ("core-properties", "extended-properties")
        )
        words = {bare(each.tag): (each.text or "").strip() for each in (*(core or ()), *(application or ()))}
        return Properties(
            title=words.get("title", ""),
            author=words.get("creator", ""),
            publisher=words.get("Company", ""),
            created=words.get("created", ""),
            modified=words.get("modified", ""),
        )

    def _related(self, source: str) -> dict[str, str]:
        """The part that `source` relates to by each kind of relationship."""
        folder, file = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self._archive:
            return {}
        related: dict[str, str] = {}
        for each in children(self._archive.xml(path), "Relationship"):
            kind = attribute(each, "Type").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attribute(each, "Target")))
            related.setdefault(kind, target.lstrip("/"))
        return related


class _Story:
    """The body of one file, read once from its top to its end."""

    def __init__(self, package: _Package, marked: Marked) -> None:
        self._styles = Styles(package.part("styles"))
        self._lists = Lists(package.part("numbering"), self._styles)
        self._inline = Inline(self._styles)
        self._package = package
        self._note_parts: dict[str, dict[str, Element]] = {}
        self._due: list[Note] = []
        self._carried = ""
        self._marked = marked

    def pieces(self, bodies: list[Element]) -> list[Piece]:
        """All pieces of `bodies`; the notes of a section stand at its end, where they part no paragraphs."""
        return with_notes(self._all(bodies), self._notes)

    def _all(self, bodies: list[Element]) -> Iterator[Piece]:
        for body in bodies:
            yield from self._blocks(body)
        yield Piece(self._carried)

    def _blocks(self, container: Element) -> Iterator[Piece]:
        for each in container:
            name = bare(each.tag)
            if name == "p":
                yield from self._paragraph(each)
            elif name == "tbl":
                yield from row_pieces([self._cells(row) for row in _rows(each)])
            elif name == "sdt" and is_placeholder(each):
                continue
            elif name == "sdt" and _is_contents(each):
                yield from (replace(piece, kind=BlockKind.FURNITURE) for piece in self._blocks(each))
            elif name == "AlternateContent":
                yield from self._blocks(next(iter(each), each))
            elif name not in NOT_THERE and len(each):
                yield from self._blocks(each)

    def _cells(self, row: Element) -> list[Cell]:
        return [[] if _is_covered(cell) else list(self._blocks(cell)) for cell in _within(row, "tc")]

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        properties = child(paragraph, "pPr")
        style = child(properties, "pStyle")
        style_id = attribute(style, "val")
        if self._styles.hides(style_id):
            return
        line = self._inline.line(paragraph, self._styles.look(style_id))
        words = numbered(self._label(properties, style_id), line.words)
        words, self._carried = self._carried + words, ""
        if not _goes_on(properties):
            yield from self._marked.pieces(words, self._role(properties, style_id, line), look_of_all(line.looks))
            words = ""
        for box in line.boxes:
            yield from map(in_box, self._blocks(box))
        self._carried = words
        self._due += line.notes

    def _role(self, properties: Element | None, style_id: str, line: Line) -> Role:
        role = self._styles.role(style_id)
        if role is Role.BODY and line.is_contents and line.words.rstrip()[-1:].isdigit():
            return Role.CONTENTS
        return (outline_role(properties) or role) if role in {Role.BODY, Role.HEADING} else role

    def _label(self, properties: Element | None, style_id: str) -> str:
        numbered = numbering_of(properties) or self._styles.numbering(style_id)
        return self._lists.label(numbered, style_id) if numbered else ""

    def _notes(self) -> Iterator[Piece]:
        """The notes that have been referred to since the last were written down."""
        due, self._due = self._due, []
        for note in due:
            element = self._note(note)
            if element is not None:
                yield from self._blocks(element)

    def _note(self, note: Note) -> Element | None:
        """The note, the first time that it is referred to."""
        if note.kind not in self._note_parts:
            notes = children(self._package.part(f"{note.kind}s"), note.kind)
            self._note_parts[note.kind] = {attribute(each, "id"): each for each in notes}
        return self._note_parts[note.kind].pop(note.identifier, None)


_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those that a content control or an insertion wraps."""
    for each in element:
        each_name = bare(each.tag)
        if each_name == name:
            yield each
        elif each_name in _WRAPPERS:
            yield from _within(each, name)


def _rows(table: Element) -> Iterator[Element]:
    """The rows that are there: neither deleted nor hidden."""
    for row in _within(table, "tr"):
        marks = {bare(each.tag): each for each in child(row, "trPr") or ()}
        if "del" not in marks and not ("hidden" in marks and is_on(marks["hidden"])):
            yield row


def _is_covered(cell: Element) -> bool:
    """Whether another cell lies over this one, so that nobody sees what it holds, or it has been deleted."""
    merged = (child(cell, "tcPr", way) for way in ("vMerge", "hMerge"))
    is_covered = any(each is not None and attribute(each, "val") != "restart" for each in merged)
    return is_covered or child(cell, "tcPr", "cellDel") is not None


def _is_contents(control: Element) -> bool:
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery, "val") == "Table of Contents"


def _goes_on(properties: Element | None) -> bool:
    """Whether the paragraph goes on in the next: its end is deleted, or it is a large initial in a frame of its own."""
    frame = child(properties, "framePr")
    if frame is not None and attribute(frame, "dropCap", "none") != "none":
        return True
    return any(bare(each.tag) in {"del", "moveFrom"} for each in child(properties, "rPr") or ())
