"""Tables without lines between their cells: rows of words that gaps part into the same columns."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from retrieval.reading.pdf_columns import likeness_to_text
from retrieval.reading.pdf_rows import Row, rows_of
from retrieval.reading.pdf_rules import Rule, Rules
from retrieval.reading.pdf_tables import MOST_RULES, TableRow, Words
from retrieval.reading.pdf_words import Word

_GAP = 1.0  # em between the words of two cells
_FEWEST_ROWS = 3
_MOST_BETWEEN = 2  # rows of a single cell among rows of several
_LOOSE = 2.6  # em; rows further apart are of two tables
_TIGHT = 1.35  # times the usual distance; a row so near the last may be the rest of it
_CROSSED = 0.25  # of the rows may have words where two columns part
_ALIGNED = 0.6  # of a column's cells begin, end or are centred in one place
_EDGE, _JUSTIFIED = 0.7, 0.3  # em
_CELL = 2.0  # points: the grid on which gaps are looked for
_WIDE = 0.6
_SAME_WIDTH = 4.0  # points
_MOST_TEXT_ROWS = 15  # text in columns between two lines of a page is no table
_MARKER = re.compile(r"(?:[^\w\s]{1,2}|[ㅇo]|\(?(?:\d{1,3}|[a-zA-Z가-하]|[ivxIVX]{1,4})[.)]|[①-⑳]|\[\d{1,3}\])")


def with_open_tables(words: Sequence[Word], rules: Rules) -> list[Word]:
    """`words`, those of tables that are ruled above, below the head and at the foot only gathered into TableRows."""
    kept = list(words)
    for stack in _stacks(rules):
        for inside in _tables_between(stack, kept):
            rows = rows_of(inside)
            gaps = _gaps(rows)
            if not gaps or (len(rows) > _MOST_TEXT_ROWS and likeness_to_text(rows, gaps)):
                continue
            gathered = set(map(id, inside))
            kept = [word for word in kept if id(word) not in gathered] + list(_table(rows, gaps))
    return kept


def _tables_between(stack: Sequence[Rule], words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words between lines of one width as long as cells stand there, not text: one table's after another's."""
    found: list[list[Word]] = []
    for upper, lower in pairwise(stack):
        inside = [
            word
            for word in words
            if upper.at < word.baseline <= lower.at + 1 and upper.start - _SAME_WIDTH <= word.left <= upper.end
        ]
        rows = rows_of(inside)
        wide = sum(_is_wide(row, upper) for row in rows)
        is_other = any(isinstance(word, TableRow) for word in inside)
        if any(map(_is_several, rows)) and wide <= _CROSSED * len(rows) and not is_other:
            found.append(inside)
            continue
        if len(found) > 1:
            yield [word for part in found for word in part]
        found = []
    if len(found) > 1:
        yield [word for part in found for word in part]


def _is_wide(row: Row, rule: Rule) -> bool:
    """Whether `row` is a line of text as wide as a good part of `rule`."""
    return not _is_several(row) and row[-1].right - row[0].left > _WIDE * (rule.end - rule.start)


def with_unruled_tables(rows: Sequence[Row]) -> list[Row]:
    """`rows` of a column, those of tables each made a row of one TableRow, with what wraps within its cells."""
    done: list[Row] = []
    index, step, failed_end = 0, 1, 0
    while index < len(rows):
        end = _end_of_table(rows, index)
        gaps = _gaps(rows[index:end])
        if gaps:
            done += ((row,) for row in _table(rows[index:end], gaps))
            index = end
        else:
            step = max(1, min(2 * step, end - index)) if end == failed_end else 1  # else time grows with the square
            done += rows[index : index + step]
            index, failed_end = index + step, end
    return done


def _stacks(rules: Rules) -> Iterator[list[Rule]]:
    """Horizontal lines of one width that no other line crosses, from the top down, at least three."""
    widths: defaultdict[tuple[int, int], list[Rule]] = defaultdict(list)
    if len(rules.horizontal) > MOST_RULES or len(rules.vertical) > MOST_RULES:
        return
    for rule in rules.horizontal:
        if not any(rule.start < other.at < rule.end and other.start < rule.at < other.end for other in rules.vertical):
            widths[round(rule.start / _SAME_WIDTH), round(rule.end / _SAME_WIDTH)].append(rule)
    yield from (stack for stack in widths.values() if len(stack) >= _FEWEST_ROWS)


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    """Where the rows that begin at `start` as a table's do end; `start` where they are too few."""
    end, several = start, 0
    for index in range(start, len(rows)):
        if any(isinstance(word, TableRow) for word in rows[index]):
            break  # of another table
        if index > start and rows[index][0].baseline - rows[index - 1][0].baseline > _LOOSE * rows[index][0].size:
            break
        if _is_several(rows[index]):
            several += 1
            end = index + 1
        elif index == start or index - end >= _MOST_BETWEEN:
            break
    is_table = several >= _FEWEST_ROWS and 2 * several > end - start
    return end if is_table else start


def _is_several(row: Row) -> bool:
    """Whether gaps far wider than spaces part `row`, beside one behind a bullet or a number."""
    return len(_cells(row)) > (2 if _MARKER.fullmatch(row[0].text) else 1)


def _cells(row: Row) -> list[Words]:
    """The words of `row` between gaps far wider than spaces; a TableRow stands for itself."""
    cells: list[list[Word]] = [[row[0]]]
    for word, following in pairwise(row):
        if following.left - word.right > _GAP * word.size:
            cells.append([])
        cells[-1].append(following)
    return [tuple(cell) for cell in cells]


def _gaps(rows: Sequence[Row]) -> list[float]:
    """How far right the columns of a table part: the middles of gaps that hardly a row crosses; none in no table."""
    several = [row for row in rows if _is_several(row)]
    if len(several) < _FEWEST_ROWS:
        return []
    left = min(row[0].left for row in rows)
    right = max(word.right for row in rows for word in row)
    places = math.ceil((right - left) / _CELL) + 2
    covered, begun, ended = [0] * places, [0] * places, [0] * places
    for row in rows:
        cells = [
            (int((cell[0].left - left) / _CELL), math.ceil((cell[-1].right - left) / _CELL)) for cell in _cells(row)
        ]
        for start, end in cells:
            covered[start] += 1
            covered[end] -= 1
        begun[cells[0][0]] += 1
        ended[cells[-1][1]] += 1
    gaps: list[float] = []
    free, crossing, on_left, on_right = 0, 0, 0, len(rows)
    for place in range(places):
        crossing += covered[place]
        if crossing > int(_CROSSED * min(on_left, on_right)):
            if 0 < free < place:
                gaps.append(left + (free + place) / 2 * _CELL)
            free = place + 1
        on_left += begun[place]
        on_right -= ended[place]
    return gaps if gaps and _is_aligned(several, gaps) else []


def _is_aligned(rows: Sequence[Row], gaps: Sequence[float]) -> bool:
    """Whether the cells of each column but the first stand in line; at their right figures do, and justified text."""
    em = median(word.size for row in rows for word in row)
    for left, right in pairwise([*gaps, math.inf]):
        columns = ([word for word in row if left <= word.left < right] for row in rows)
        cells = [cell for cell in columns if cell]
        if not cells:
            return False
        lefts, rights = [cell[0].left for cell in cells], [cell[-1].right for cell in cells]
        middles = [(start + end) / 2 for start, end in zip(lefts, rights, strict=True)]
        has_figures = 2 * sum(not cell[-1].text[-1].isalpha() for cell in cells) > len(cells)
        if right == math.inf and not has_figures and _share_in_line(rights, _JUSTIFIED * em) > _ALIGNED:
            return False
        if max(_share_in_line(edge, _EDGE * em) for edge in (lefts, middles, rights)) <= _ALIGNED:
            return False
    return True


def _share_in_line(places: Sequence[float], reach: float) -> float:
    middle = median(places)
    return sum(abs(place - middle) <= reach for place in places) / len(places)


def _table(rows: Sequence[Row], gaps: Sequence[float]) -> Iterator[TableRow]:
    usual = median(after[0].baseline - before[0].baseline for before, after in pairwise(rows))
    edges = [-math.inf, *gaps, math.inf]
    last: list[Words] = []
    foot = 0.0
    for row in rows:
        cells = [tuple(w for w in row if left <= (w.left + w.right) / 2 < right) for left, right in pairwise(edges)]
        is_rest = (
            last is not None and not cells[0] and row[0].baseline - foot <= _TIGHT * usual and _continues(cells, last)
        )
        if is_rest:
            last = [above + below for above, below in zip(last, cells, strict=True)]
        else:
            if last:
                yield TableRow.of(last)
            last = cells
        foot = row[0].baseline
    if last:
        yield TableRow.of(last)


def _continues(cells: Sequence[Words], above: Sequence[Words]) -> bool:
    """Whether the words of `cells` go on below those of the row `above`: no figures, nothing where nothing was."""
    filled = [cell for cell in cells if cell]
    is_below = all(upper for upper, cell in zip(above, cells, strict=True) if cell)
    return is_below and len(filled) < len(cells) and not all(word.text[0].isdigit() for cell in filled for word in cell)
