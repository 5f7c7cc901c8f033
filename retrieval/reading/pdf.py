"""A PDF file → Document: paragraphs, headings, captions, notes and table rows, each with its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from pypdfium2 import PdfDocument, PdfiumError, raw

from retrieval.errors import ReadingError
from retrieval.reading.assembly import Piece, assembled
from retrieval.reading.pdf_blocks import Measures, blocks_of, is_conversation, measures_of
from retrieval.reading.pdf_characters import is_garbled
from retrieval.reading.pdf_columns import columns_of
from retrieval.reading.pdf_flow import TextBlock, begins_with_indent, flowing
from retrieval.reading.pdf_furniture import without_furniture
from retrieval.reading.pdf_information import information_of
from retrieval.reading.pdf_joining import Joiner
from retrieval.reading.pdf_kinds import kinds_of, squeezed
from retrieval.reading.pdf_line_numbers import without_line_numbers
from retrieval.reading.pdf_lines import Line, lines_of
from retrieval.reading.pdf_metadata import metadata_of, writers_in
from retrieval.reading.pdf_rules import page_rules
from retrieval.reading.pdf_tables import with_tables
from retrieval.reading.pdf_unruled import with_open_tables, with_unruled_tables
from retrieval.reading.pdf_words import page_words
from retrieval.records import BlockKind, Document

MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
_HEAD, _BELOW_TITLE = 16, 6  # blocks
_MAY_BE_BYLINE = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})
_RUN_OCR = "Run text recognition (OCR) on it, for instance with ocrmypdf, and put the result in its place."
_COPY_ANEW = "Copy it anew from where it came, or open it and save it as a new PDF."


def read_pdf(content: bytes, name: str) -> Document:
    """The Document of the PDF in `content`; `name` is its path below the folder.

    Raises ReadingError where it is encrypted or damaged, has no pages, too many of them, or no text.
    """
    with _opened(content, name) as pdf:
        information = information_of(pdf)
        pages = _pages(pdf, name)
    lines = [line for page in pages for line in page]
    measures = measures_of(lines)
    outline = frozenset(map(squeezed, information.headings))
    blocks = _blocks(without_furniture(pages, measures.size), measures, outline)
    joiner = Joiner([block.lines for block in blocks])
    metadata = metadata_of(information, pages, joiner, measures.size)
    pieces = [Piece(joiner.joined(block.lines), block.kind, block.lines[0].page) for block in blocks]
    return assembled(name, _with_title(pieces, metadata.title), metadata)


def _with_title(pieces: Sequence[Piece], title: str | None) -> Iterator[Piece]:
    """`pieces`, the title a heading, no heading above it, and what is but names right below it a by-line."""
    wanted = squeezed(title or "")
    places = [index for index, piece in enumerate(pieces[:_HEAD]) if wanted and squeezed(piece.words) == wanted]
    for index, piece in enumerate(pieces):
        kind = piece.kind
        if places and index < places[0] and kind is BlockKind.HEADING:
            kind = BlockKind.FURNITURE
        elif index in places and kind is BlockKind.PARAGRAPH:
            kind = BlockKind.HEADING
        elif places and places[0] < index < places[0] + _BELOW_TITLE and kind in _MAY_BE_BYLINE:
            kind = BlockKind.BYLINE if len(writers_in(piece.words)) > 1 else kind
        yield replace(piece, kind=kind)


def _opened(content: bytes, name: str) -> PdfDocument:
    try:
        return PdfDocument(content)
    except PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            remedy = "Save it without a password."
            raise ReadingError("is encrypted: it opens with a password only.", where=name, remedy=remedy) from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            remedy = "Save it without protection."
            raise ReadingError("is encrypted in a way that is not known.", where=name, remedy=remedy) from error
        raise ReadingError("is damaged, or no PDF at all.", where=name, remedy=_COPY_ANEW) from error


def _pages(pdf: PdfDocument, name: str) -> list[list[Line]]:
    """The lines of each page in reading order; a page that is damaged or a picture has none."""
    count = len(pdf)
    if count == 0:
        raise ReadingError("has no pages.", where=name, remedy=_COPY_ANEW)
    if count > MOST_PAGES:
        raise ReadingError(f"has {count:,} pages; at most {MOST_PAGES:,} are read.", where=name, remedy="Split it.")
    pages: list[list[Line]] = []
    characters, garbled = 0, 0
    for number in range(1, count + 1):
        lines = list(_page_lines(pdf, number))
        if is_garbled("".join(line.text for line in lines)):
            lines, garbled = [], garbled + 1
        pages.append(lines)
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            what = f"has more than {MOST_CHARACTERS:,} characters by page {number:,}."
            raise ReadingError(what, where=name, remedy="Split it.")
    if not characters:
        reason = "its fonts do not say what their letters are" if garbled else "it is a scan or pictures"
        amount = "1 page" if count == 1 else f"{count:,} pages"
        raise ReadingError(f"has {amount} but no text: {reason}.", where=name, remedy=_RUN_OCR)
    return pages


def _page_lines(pdf: PdfDocument, number: int) -> Iterator[Line]:
    try:
        page = pdf[number - 1]
    except PdfiumError:  # one damaged page does not take the others down
        return
    try:
        found = page_words(page)
        rules = page_rules(page, found.frame)
    except PdfiumError:
        return
    finally:
        page.close()
    words = without_line_numbers(found.words)
    words = with_open_tables(with_tables(words, rules), rules)
    for column, rows in enumerate(columns_of(words, found.frame.width)):
        yield from lines_of(with_unruled_tables(rows), number, column)


def _blocks(pages: Sequence[Sequence[Line]], measures: Measures, outline: frozenset[str]) -> list[TextBlock]:
    """The blocks of `pages`, in order, paragraphs that run over a page's end whole."""
    has_turns = is_conversation([line for page in pages for line in page])
    blocks: list[TextBlock] = []
    for page in pages:
        page_foot = max((line.baseline for line in page), default=0.0) / 2
        for _, lines in groupby(page, key=attrgetter("column")):
            column = tuple(lines)
            left, right = min(line.left for line in column), max(line.right for line in column)
            found = list(blocks_of(column, measures, has_turns=has_turns))
            kinds = kinds_of(found, measures, outline, page_foot)
            blocks += (TextBlock(block, kind, left, right) for block, kind in zip(found, kinds, strict=True))
    return flowing(blocks, indents=begins_with_indent(blocks), has_turns=has_turns)
