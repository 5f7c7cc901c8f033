"""A page's words → its columns in reading order, a heading across them in its place."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from statistics import median

from retrieval.reading.pdf_rows import Row, rows_of
from retrieval.reading.pdf_words import Word

_CELL = 2.0  # points: the grid on which gutters are looked for
_MOST_CELLS = 600
_GUTTER = 0.8  # em; justified lines hardly ever have wider spaces between their words
_FEWEST_ROWS = 3
_MOST_ROWS = 1_000  # of a page; looking for gutters takes time that grows with the square
_FEWEST_BYTES = 14  # of a column's line on average: as many English letters, or five Hangul syllables
_FULL = 0.8  # a line that reaches so far into its column is full
_FULL_KOREAN = 0.92  # cells of Korean tables begin as lines of text do
_BESIDE_TEXT, _LIKELY, _SURE = 0.05, 0.32, 0.45
_MANY = 30  # rows
_APART = 1.8  # a gap between rows of so many times the commonest parts what stands above from what stands below
_MOST_COLUMNS = 8
_MOST_AT_FOOT = 3  # rows, where they stand on both sides
_DEEPEST = 4

Column = tuple[Row, ...]


def columns_of(words: Sequence[Word], width: float) -> list[Column]:
    """The rows of a page `width` points wide by column, in reading order; together they hold every word once.

    Rows run together into columns where a gutter stays free of words between them and lines of text stand on either
    side; what is no text (a table, labels before their paragraphs) is read across.
    """
    return list(_columns(words, max(_CELL, width / _MOST_CELLS), _DEEPEST))


def likeness_to_text(rows: Sequence[Row], cuts: Sequence[float]) -> bool:
    """Whether `cuts` part `rows` into columns of text rather than into those of a table."""
    return bool(_text_cuts(rows, cuts))


def _columns(words: Sequence[Word], cell: float, depth: int) -> Iterator[Column]:
    rows = rows_of(words)
    if depth == 0 or not _FEWEST_ROWS <= len(rows) <= _MOST_ROWS:
        yield tuple(rows)
        return
    em = median(word.size for word in words)
    masks = [_mask(row, cell) for row in rows]
    plain: list[Row] = []
    index, step, failed_end = 0, 1, 0
    while index < len(rows):
        free = _free_below(masks, index, cells=math.ceil(_GUTTER * em / cell))
        end, cuts = index + len(free), []
        if len(free) >= _FEWEST_ROWS:
            cuts = _text_cuts(rows[index:end], _cuts(free[-1], rows[index:end], cell))
        if not cuts:
            step = max(1, min(2 * step, end - index)) if end == failed_end else 1  # else time grows with the square
            plain += rows[index : index + step]
            index, failed_end = index + step, end
            continue
        if plain:
            yield tuple(plain)
            plain = []
        end = index + _without_foot(rows[index:end], cuts, len(rows) - end)
        for column in _parted(rows[index:end], cuts):
            yield from _columns([word for row in column for word in row], cell, depth - 1)
        index = end
    if plain:
        yield tuple(plain)


def _mask(row: Row, cell: float) -> int:
    """The cells that `row` covers, a bit for each; spaces as between words are covered too."""
    mask, start = 0, row[0].left
    for word, following in zip(row, (*row[1:], None), strict=True):
        if following is None or following.left - word.right > _GUTTER * word.size:
            first, last = max(0, int(start / cell)), max(0, math.ceil(word.right / cell))
            mask |= (1 << max(last, first + 1)) - (1 << first)
            start = following.left if following else start
    return mask


def _free_below(masks: Sequence[int], index: int, cells: int) -> list[int]:
    """For each row from `index` on the cells free so far, as long as somewhere so many `cells` in a row are."""
    covered = 0
    for mask in masks:
        covered |= mask
    inside = (1 << covered.bit_length()) - (covered & -covered)
    found = []
    free = inside
    for mask in masks[index:]:
        free &= ~mask
        runs, width = free, 1
        while width < cells and runs:
            step = min(width, cells - width)
            runs &= runs >> step
            width += step
        if not runs:
            break
        found.append(free)
    return found


def _cuts(free: int, rows: Sequence[Row], cell: float) -> list[float]:
    """Where the free cells part words on their left from words on their right: the middle of each gutter."""
    words = [word for row in rows for word in row]
    cuts = []
    at = 0
    while free >> at:
        at += _zeros(free >> at)
        width = _zeros(~(free >> at))
        middle = (at + width / 2) * cell
        if any(word.left < middle for word in words) and any(word.left > middle for word in words):
            cuts.append(middle)
        at += width
    return cuts


def _zeros(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _text_cuts(rows: Sequence[Row], cuts: Sequence[float]) -> list[float]:
    """Those of `cuts` that have lines of text on either side; the rest part labels or a table's cells."""
    kept = list(cuts) if len(cuts) < _MOST_COLUMNS else []
    while kept:
        likeness = [_likeness(column, is_first=index == 0) for index, column in enumerate(_parted(rows, kept))]
        least = _BESIDE_TEXT if max(likeness) >= _SURE else _LIKELY
        bad = next((index for index, value in enumerate(likeness) if value < least), None)
        if bad is None:
            break
        kept.pop(min(bad, len(kept) - 1))
    return kept


def _likeness(column: Sequence[Row], *, is_first: bool) -> float:
    """How far `column` looks like wrapped text: full lines that begin within a sentence, and many of them."""
    letters = sum(len(word.text.encode()) for row in column for word in row)
    if letters < _FEWEST_BYTES * len(column):
        return 0.0
    if len(column) < _FEWEST_ROWS:
        return 0.0 if is_first else _BESIDE_TEXT  # a text's last lines; on the left it is a label
    left, right = min(row[0].left for row in column), max(row[-1].right for row in column)
    hangul = sum("가" <= row[0].text[0] <= "힣" for row in column)
    within = hangul + sum(row[0].text[0].islower() for row in column)
    reach = left + (_FULL_KOREAN if 2 * hangul > len(column) else _FULL) * (right - left)
    full = sum(row[-1].right >= reach for row in column) - 1  # the widest is full by itself
    return min(full / (len(column) - 1), within / len(column)) + min(len(column), _MANY) / 150


def _parted(rows: Sequence[Row], cuts: Sequence[float]) -> list[list[Row]]:
    """The rows between each two cuts, without the empty ones."""
    columns: list[list[Row]] = [[] for _ in range(len(cuts) + 1)]
    for row in rows:
        parts: list[list[Word]] = [[] for _ in columns]
        for word in row:
            parts[bisect_right(cuts, word.left)].append(word)
        for column, part in zip(columns, parts, strict=True):
            if part:
                column.append(tuple(part))
    return columns


def _without_foot(rows: Sequence[Row], cuts: Sequence[float], below: int) -> int:
    """How many of `rows` are columns: a heading of the `below` rows that follow may stand under them on one side."""
    sides = [{sum(word.left > cut for cut in cuts) for word in row} for row in rows]
    last = max((index for index, side in enumerate(sides) if len(side) > 1), default=len(rows))
    if below < _FEWEST_ROWS:
        return len(rows)
    foot: dict[int, float] = {}
    gaps = [math.inf] * len(rows)
    for index, (row, side) in enumerate(zip(rows, sides, strict=True)):
        gaps[index] = min((row[0].baseline - foot[each] for each in side if each in foot), default=math.inf)
        foot |= dict.fromkeys(side, row[0].baseline)
    usual = median(gap for gap in gaps if gap < math.inf)
    candidates = range(max(1, min(last + 1, len(rows) - _MOST_AT_FOOT)), len(rows))
    return next((index for index in candidates if _APART * usual < gaps[index] < math.inf), len(rows))
