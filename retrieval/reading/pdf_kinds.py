"""What a block of a PDF's lines is: heading, caption, footnote, entry of a table of contents, paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.captions import ends_sentence
from retrieval.reading.pdf_blocks import Measures
from retrieval.reading.pdf_lines import Line
from retrieval.reading.turns import is_turn
from retrieval.reading.wrapping import is_item
from retrieval.records import BlockKind

_LARGE = 1.12  # times the size of most text
_SMALL = 0.93
_LONGEST_HEADING = 200
_MOST_LINES, _MOST_LINES_IN_TEXT_SIZE = 5, 2
_LONGEST_PLAIN_HEADING = 90
_MOSTLY = 0.7
_APART = 1.15  # times the usual leading
_MOST_NOTES = 0.6  # of a column's lines
_CAPTION = re.compile(
    r"[<\[〈【(]?\s?(?:table|figure|fig\.?|chart|box|exhibit|map|photo|plate|scheme|표|그림|도표|사진|차트)\s?"
    r"(?:\d{1,3}|[IVX]{1,5})(?:[-.–]\d{1,3}){0,3}[A-Za-z]?\s?(?:[.:)\]>〉】|](?!\d)|[-–—]\s)",
    re.IGNORECASE,
)
_MAY_BE_NOTE = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})
_NO_NOTES = frozenset({BlockKind.CAPTION, BlockKind.TABLE_ROW})
_FIGURE = re.compile(r"\W?\s?(?:fig|chart|그림|도표)", re.IGNORECASE)
_FEWEST_LABELS, _LONGEST_LABEL = 3, 40
_CONTENTS = re.compile(r"(?:\.\s?){4,}|[…·]{3,}|(?:·\s?){5,}")
_ENDS_WITH_PAGE = re.compile(r"(?:\d{1,4}|[ivxl]{1,6})$", re.IGNORECASE)
_PAGE = re.compile(r"\W*(\d{1,4})")
_FEWEST_ENTRIES = 4
_NOTE = re.compile(r"(?:\d{1,3}(?!\d)[).]?|[*†‡§¶]{1,3}|\[\d{1,3}\]|주\s?\d{0,2}[):])\s?\S")
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\.?|[A-H]\.|(?i:chapter|appendix|part|section|annex)\s\w{1,5}[.:]?"
    r"|제\s?\d{1,3}\s?[장절편부])\s+[A-Z가-힣“\"'‘(]"
)


def kinds_of(
    column: Sequence[Sequence[Line]], measures: Measures, outline: frozenset[str], page_foot: float
) -> list[BlockKind]:
    """The kind of each block of a column, from its top down.

    `outline` holds the file's own headings, squeezed; notes stand below `page_foot`, counted down in points.
    """
    kinds = [_kind(block, measures, outline) for block in column]
    for index in range(len(column)):
        if kinds[index] is BlockKind.PARAGRAPH and _is_plain_heading(column, index, measures):
            kinds[index] = BlockKind.HEADING
    for index in _lettering(column, measures):
        kinds[index] = BlockKind.FURNITURE
    for index in _contents(column):
        kinds[index] = BlockKind.FURNITURE
    for index in range(_first_note(column, kinds, measures, page_foot), len(column)):
        kinds[index] = BlockKind.FOOTNOTE if kinds[index] in _MAY_BE_NOTE else kinds[index]
    return kinds


def _lettering(column: Sequence[Sequence[Line]], measures: Measures) -> set[int]:
    """The indices of what is written in pictures: a few short, small words each, right above a figure's caption."""
    found: set[int] = set()
    run: list[int] = []
    for index, block in enumerate(column):
        text = " ".join(line.text for line in block)
        if _FIGURE.match(text) and _CAPTION.match(text):
            found |= set(run) if len(run) >= _FEWEST_LABELS else set()
            run = []
        elif len(text) <= _LONGEST_LABEL and block[0].size < _LARGE * measures.size and not ends_sentence(text):
            run.append(index)
        else:
            run = []
    return found


def _contents(column: Sequence[Sequence[Line]]) -> set[int]:
    """The indices of the rows that end in page numbers: entries of a table of contents that gaps have made a table."""
    found: set[int] = set()
    run: list[int] = []
    last = 0
    for index, block in enumerate(column):
        cells = block[0].cells
        match = _PAGE.fullmatch(cells[-1][0].text) if len(cells) in {2, 3} and cells[-1] else None
        number = int(match[1]) if match else -1
        if number < last:
            run = []
        if number >= 0:
            run.append(index)
            found |= set(run) if len(run) >= _FEWEST_ENTRIES else set()
        last = max(0, number)
    return found


def squeezed(text: str) -> str:
    """`text` without spaces and case, to compare headings by."""
    return "".join(text.split()).casefold()


def _first_note(
    column: Sequence[Sequence[Line]], kinds: Sequence[BlockKind], measures: Measures, page_foot: float
) -> int:
    """The index of the first of the notes at the column's foot: small type from there on.

    Where a good part of the column is in small type, as in a list of sources, only what a mark opens is a note.
    """
    first = marked = len(column)
    for index in range(len(column) - 1, -1, -1):
        opening = column[index][0]
        if opening.size > _SMALL * measures.size or opening.baseline < page_foot or kinds[index] in _NO_NOTES:
            break
        first = index
        if opening.is_marked or _NOTE.match(opening.text):
            marked = index
    lines = sum(map(len, column))
    few = _MOST_NOTES * lines > sum(map(len, column[first:]))
    is_smaller = 0 < first < len(column) and column[first][0].size < _SMALL * column[first - 1][-1].size
    return first if few and is_smaller else marked


def _kind(block: Sequence[Line], measures: Measures, outline: frozenset[str]) -> BlockKind:
    if block[0].cells:
        return BlockKind.TABLE_ROW
    text = " ".join(line.text for line in block)
    if len(text) <= _LONGEST_HEADING and _CONTENTS.search(text) and _ENDS_WITH_PAGE.search(text):
        return BlockKind.FURNITURE
    if not any(character.isalpha() for character in text):
        return BlockKind.FURNITURE
    if _CAPTION.match(text):
        return BlockKind.CAPTION
    return BlockKind.HEADING if _is_heading(block, text, measures, outline) else BlockKind.PARAGRAPH


def _is_heading(block: Sequence[Line], text: str, measures: Measures, outline: frozenset[str]) -> bool:
    """Whether the look of a block, or the file's own outline, makes it a heading."""
    if not _can_be_heading(block, text):
        return False
    if squeezed(text) in outline:
        return True
    if (ends_sentence(text) and not text.endswith("?")) or text.endswith((",", ";", ":")) or is_turn(text):
        return False
    if is_item(text) and not _NUMBERED.match(text):
        return False
    if all(line.size > _LARGE * measures.size for line in block):
        return True
    return all(line.is_bold for line in block) and not measures.is_bold and len(block) <= _MOST_LINES_IN_TEXT_SIZE


def _is_plain_heading(column: Sequence[Sequence[Line]], index: int, measures: Measures) -> bool:
    """Whether a block that looks like any other is a heading: numbered or in capitals, alone above a longer block."""
    block = column[index]
    text = " ".join(line.text for line in block)
    if len(block) > _MOST_LINES_IN_TEXT_SIZE or len(text) > _LONGEST_PLAIN_HEADING or not _can_be_heading(block, text):
        return False
    if ends_sentence(text) or text.endswith((",", ";", ":")) or is_turn(text) or index + 1 == len(column):
        return False
    cased = [character for character in text if character.isupper() or character.islower()]
    is_capital = len(cased) > 3 and sum(map(str.isupper, cased)) > _MOSTLY * len(cased) and not is_item(text)
    below = column[index + 1]
    has_text_below = sum(len(line.text) for line in below) > 1.5 * len(text) or bool(_NUMBERED.match(below[0].text))
    above = column[index - 1][-1] if index else None
    is_apart = above is None or block[0].baseline - above.baseline > _APART * measures.leading(block[0].size)
    return has_text_below and is_apart and (is_capital or bool(_NUMBERED.match(text)))


def _can_be_heading(block: Sequence[Line], text: str) -> bool:
    is_short = len(text) <= _LONGEST_HEADING and len(block) <= _MOST_LINES
    return is_short and not text[0].islower() and bool(re.search(r"[^\W\d_]{3}|[가-힣]{2}|제\s?\d", text))
