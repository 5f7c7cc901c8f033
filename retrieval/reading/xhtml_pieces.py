"""The body of a book's chapter → Pieces, each with the anchors that stand before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from retrieval.reading.assembly import Piece
from retrieval.reading.symbols import plain, raised
from retrieval.reading.table_rows import Cell, row_pieces
from retrieval.reading.xml_names import attribute, bare, child
from retrieval.records import BlockKind

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 hd levelhd doctitle".split())
_BLOCKS = _HEADINGS | frozenset(
    """p div section article main header footer aside blockquote q-block ul ol dl li dt dd pre address figure figcaption
    caption body center fieldset details summary hgroup level level1 level2 level3 level4 level5 level6 list prodnote
    sidebar poem linegroup line epigraph note docauthor bodymatter frontmatter rearmatter book""".split()
)
_NOT_THERE = frozenset(
    """head script style nav template iframe audio video object canvas svg map noscript rt rp rtc input select button
    textarea annotation annotation-xml title pagenum noteref""".split()
)
_NOTES = re.compile(r"(?:^|\s)(?:doc-)?(?:foot|rear|end)notes?(?:$|\s)")
_UNSAID = re.compile(r"(?:^|\s)(?:(?:doc-)?(?:noteref|pagebreak|toc|backlink)|landmarks|page-list|navigation)(?:$|\s)")
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:foot|end|rear)-?notes?(?:$|\s)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡§¶]{1,3}|[a-z]|[↩↑⇑⤴⏎↵^][\ufe0e\ufe0f]?)[\])]?\s*")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Anchored:
    """A piece, and the ids of elements that began since the piece before it."""

    piece: Piece
    anchors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Chapter:
    pieces: list[Anchored] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    unlinked: bool = False  # whether any of the words lead nowhere
    links: int = 0  # within so many links to other places of the book the words stand


def chapter_pieces(root: Element) -> list[Anchored]:
    """The pieces of the chapter whose root is `root`: what its readers see, without menus, page marks and pictures."""
    body = child(root, "body")
    chapter = _Chapter()
    _walk(root if body is None else body, chapter, BlockKind.PARAGRAPH)
    _end_block(chapter, BlockKind.PARAGRAPH)
    return chapter.pieces


def _walk(element: Element, chapter: _Chapter, kind: BlockKind) -> None:
    """Read what `element` holds; `kind` is what its paragraphs are."""
    _say(element.text, chapter)
    for each in element:
        name = bare(each.tag)
        if name == "br":
            chapter.words.append("\n")
        elif name == "hr":
            _end_block(chapter, kind)
        elif not _is_unseen(each, name):
            _mark(each, chapter)
            if name == "table":
                _end_block(chapter, kind)
                _table(each, chapter, kind)
            elif name in _BLOCKS:
                _end_block(chapter, kind)
                inner = _kind(each, name, kind)
                _walk(each, chapter, inner)
                _end_block(chapter, inner)
            elif name == "sup":
                _raised(each, chapter, kind)
            elif name == "a" and _leads_inside(each):
                chapter.links += 1
                _walk(each, chapter, kind)
                chapter.links -= 1
            else:
                _walk(each, chapter, kind)
        _say(each.tail, chapter)


def _kind(element: Element, name: str, kind: BlockKind) -> BlockKind:
    """What the words of the block `element` are, which stands within one of `kind`."""
    if kind is BlockKind.FOOTNOTE or name == "note":
        return BlockKind.FOOTNOTE
    if _NOTES.search(_types(element)) or _NOTE_CLASS.search(element.get("class", "")):
        return BlockKind.FOOTNOTE
    if name in _HEADINGS:
        return BlockKind.HEADING
    if name in {"figcaption", "caption"} or "caption" in element.get("class", "").lower():
        return BlockKind.CAPTION
    return kind


def _types(element: Element) -> str:
    """What the element says it is for (epub:type and ARIA's role)."""
    return f"{attribute(element, 'type')} {element.get('role', '')}"


def _is_unseen(element: Element, name: str) -> bool:
    if name in _NOT_THERE or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
        return True
    return bool(_UNSAID.search(_types(element))) or (name == "a" and _is_note_mark(element))


def _leads_inside(link: Element) -> bool:
    """Whether `link` leads to another place of the book."""
    target = link.get("href", "")
    return bool(target) and "://" not in target and not target.startswith("mailto:")


def _is_note_mark(link: Element) -> bool:
    """Whether `link` is a raised number that leads to a note: no word of the sentence it stands in."""
    if not link.get("href", "") or not _NOTE_MARK.fullmatch(_all_words(link)):
        return False
    return any(bare(each.tag) in {"sup", "small"} for each in link.iter()) or "#" in link.get("href", "")


def _raised(element: Element, chapter: _Chapter, kind: BlockKind) -> None:
    """What stands above the line: digits stay so, and a mark that leads to a note is left out."""
    if any(bare(each.tag) == "a" and each.get("href") for each in element.iter()):
        words = _all_words(element)
        if _NOTE_MARK.fullmatch(words):
            return
    before = len(chapter.words)
    _walk(element, chapter, kind)
    chapter.words[before:] = [raised(words) for words in chapter.words[before:]]


def _table(table: Element, chapter: _Chapter, kind: BlockKind) -> None:
    rows: list[list[Cell]] = []
    for each in table:
        name = bare(each.tag)
        if name == "caption":
            _walk(each, chapter, BlockKind.CAPTION)
            _end_block(chapter, BlockKind.CAPTION)
        elif name == "tr":
            rows.append(_cells(each))
        elif name in {"thead", "tbody", "tfoot"}:
            rows += (_cells(row) for row in each if bare(row.tag) == "tr")
    pieces = [piece for cells in rows for cell in cells for piece in cell]
    leads_on = bool(pieces) and all(piece.kind is BlockKind.FURNITURE or not _has_letters(piece) for piece in pieces)
    whole = BlockKind.FURNITURE if leads_on else kind
    for piece in row_pieces(rows):
        _add(piece if whole is BlockKind.PARAGRAPH else replace(piece, kind=whole), chapter)


def _has_letters(piece: Piece) -> bool:
    return any(map(str.isalpha, piece.words))


def _cells(row: Element) -> list[Cell]:
    cells: list[Cell] = []
    for each in row:
        if bare(each.tag) in {"td", "th"} and not _is_unseen(each, ""):
            inside = _Chapter()
            _walk(each, inside, BlockKind.PARAGRAPH)
            _end_block(inside, BlockKind.PARAGRAPH)
            cells.append([anchored.piece for anchored in inside.pieces])
    return cells


def _say(text: str | None, chapter: _Chapter) -> None:
    if text:
        chapter.words.append(plain(text))
        chapter.unlinked = chapter.unlinked or (chapter.links == 0 and any(map(str.isalpha, text)))


def _mark(element: Element, chapter: _Chapter) -> None:
    for name in ("id", "name"):
        if anchor := element.get(name):
            chapter.anchors.append(anchor)


def _end_block(chapter: _Chapter, kind: BlockKind) -> None:
    """Make a piece of the words read so far, or several where broken lines leave a blank one."""
    words = "".join(chapter.words).strip()
    is_linked = not chapter.unlinked and any(map(str.isalpha, words))
    chapter.words.clear()
    chapter.unlinked = False
    if not words:
        return
    is_ornament = not any(map(str.isalnum, words))
    if kind is BlockKind.PARAGRAPH and (is_linked or is_ornament):  # an entry of a table of contents, or * * *
        kind = BlockKind.FURNITURE
    if kind is BlockKind.HEADING:
        line = " ".join(words.split())
        _add(Piece(line, kind if len(line) <= _LONGEST_HEADING else BlockKind.PARAGRAPH), chapter)
        return
    for part in _BLANK_LINE.split(words):
        _add(Piece(part, kind), chapter)


def _add(piece: Piece, chapter: _Chapter) -> None:
    chapter.pieces.append(Anchored(piece, tuple(chapter.anchors)))
    chapter.anchors.clear()


def _all_words(element: Element) -> str:
    return "".join(element.itertext())
