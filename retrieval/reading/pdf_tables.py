"""Tables ruled with lines: which words stand in which cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.reading.pdf_rows import rows_of
from retrieval.reading.pdf_rules import Rule, Rules
from retrieval.reading.pdf_words import Word

_TOUCHING = 4.0  # points
_SAME = 3.0  # points
_OPEN = 12.0  # points; a table's lines may reach so far beyond its outermost crossing, and further if a side is open
MOST_RULES = 400
"""A page with more lines either way is a chart, a map or a drawing."""
_MOST_CELLS = 5_000
_FULL = 0.3  # of a table's cells; where more are empty it is a chart

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TableRow(Word):
    """A table's row, at the place of its first words: the words of each cell, empty ones too."""

    cells: tuple[Words, ...]

    @classmethod
    def of(cls, cells: Sequence[Words]) -> TableRow:
        """The row that `cells` make, of which at least one has words."""
        words = [word for cell in cells for word in cell]
        first = min(words, key=lambda word: (word.baseline, word.left))
        left, right = min(word.left for word in words), max(word.right for word in words)
        return cls(
            first.text, left, right, first.baseline, first.size, first.is_bold, is_spaced=False, cells=tuple(cells)
        )


@dataclass(frozen=True, slots=True)
class _Grid:
    """A ruled table's lines: how far right and how far down its columns and rows begin and end."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    rules: Rules


def with_tables(words: Sequence[Word], rules: Rules) -> list[Word]:
    """`words`, those in cells of ruled tables gathered into TableRows.

    Rows with words in a single cell are left as they are: frames around a text, headings within a table.
    """
    kept = list(words)
    for grid in _grids(rules):
        inside = [word for word in kept if not isinstance(word, TableRow) and _square(grid, word) is not None]
        rows = [part for row in _rows(grid, inside) if sum(map(bool, row)) > 1 for part in _parted(row)]
        gathered = {id(word) for row in rows for cell in row for word in cell}
        kept = [word for word in kept if id(word) not in gathered] + [TableRow.of(row) for row in rows]
    return kept


def _parted(row: Sequence[Words]) -> list[list[Words]]:
    """`row`, or where no lines part the rows of figures in it, each of them."""
    baselines = rows_of(word for cell in row for word in cell)
    columns = [len(rows_of(cell)) for cell in row if cell]
    figures = sum(not word.text[-1].isalpha() for line in baselines for word in line)
    is_stacked = len(baselines) > 1 and 2 * figures > sum(map(len, baselines)) and max(columns) == len(baselines)
    if not is_stacked or sum(count > 1 for count in columns) < 2:
        return [list(row)]
    return [[tuple(word for word in cell if word in line) for cell in row] for line in map(set, baselines)]


def _grids(rules: Rules) -> Iterator[_Grid]:
    """The grids of lines that cross or touch each other and make at least two cells."""
    if len(rules.horizontal) > MOST_RULES or len(rules.vertical) > MOST_RULES:
        return
    for part in _connected(rules):
        across = _distinct(
            [rule.at for rule in part.vertical], [end for rule in part.horizontal for end in (rule.start, rule.end)]
        )
        down = _distinct(
            [rule.at for rule in part.horizontal], [end for rule in part.vertical for end in (rule.start, rule.end)]
        )
        if len(across) > 2 and len(down) > 1 and len(across) * len(down) <= _MOST_CELLS:
            yield _Grid(across, down, part)


def _connected(rules: Rules) -> Iterator[Rules]:
    """The lines that hang together, one table's after another's."""
    flat, upright = dict(enumerate(rules.horizontal)), dict(enumerate(rules.vertical))
    while flat:
        waiting = [flat.pop(min(flat))]
        horizontal, vertical = list(waiting), list[Rule]()
        while waiting:
            rule = waiting.pop()
            crossing = [index for index, other in upright.items() if _cross(rule, other)]
            for other in [upright.pop(index) for index in crossing]:
                vertical.append(other)
                met = [flat.pop(index) for index in [i for i, rule in flat.items() if _cross(rule, other)]]
                horizontal += met
                waiting += met
        yield Rules(tuple(sorted(horizontal, key=_place)), tuple(sorted(vertical, key=_place)))


def _place(rule: Rule) -> float:
    return rule.at


def _cross(flat: Rule, upright: Rule) -> bool:
    is_across = flat.start - _TOUCHING <= upright.at <= flat.end + _TOUCHING
    return is_across and upright.start - _TOUCHING <= flat.at <= upright.end + _TOUCHING


def _distinct(places: Sequence[float], ends: Sequence[float]) -> tuple[float, ...]:
    """`places` in order, each once, and the outermost `ends` where they reach far beyond: a side without a line."""
    found: list[float] = []
    outer = [min(ends, default=0.0), max(ends, default=0.0)]
    far = [end for end in outer if places and (end < min(places) - _OPEN or end > max(places) + _OPEN)]
    for place in sorted([*places, *far]):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return tuple(found)


def _square(grid: _Grid, word: Word) -> tuple[int, int] | None:
    """The row and the column in `grid` in which the middle of `word` lies."""
    down = bisect_right(grid.down, word.baseline - 0.3 * word.size) - 1
    across = bisect_right(grid.across, (word.left + word.right) / 2) - 1
    is_inside = 0 <= down < len(grid.down) - 1 and 0 <= across < len(grid.across) - 1
    return (down, across) if is_inside else None


def _rows(grid: _Grid, words: Sequence[Word]) -> list[list[Words]]:
    """The cells of each row that begin there, with their words; none where hardly any cell has words."""
    cells = _cells(grid)
    held: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        place = _square(grid, word)
        if place is not None:
            held[cells[place]].append(word)
    every = sorted(set(cells.values()))
    if len(held) < _FULL * len(every):
        return []
    rows: defaultdict[int, list[Words]] = defaultdict(list)
    for cell in every:
        rows[cell[0]].append(tuple(held.get(cell, ())))
    return [rows[row] for row in sorted(rows)]


def _cells(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each square of `grid` the first of the cell that it belongs to: where no line parts two, they are one."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    rows, columns = len(grid.down) - 1, len(grid.across) - 1
    for row in range(rows):
        for column in range(columns):
            middle = (grid.across[column] + grid.across[column + 1]) / 2, (grid.down[row] + grid.down[row + 1]) / 2
            above, beside = first.get((row - 1, column)), first.get((row, column - 1))
            if above and not _is_ruled(grid.rules.horizontal, grid.down[row], middle[0]):
                first[row, column] = above
            elif beside and not _is_ruled(grid.rules.vertical, grid.across[column], middle[1]):
                first[row, column] = beside
            else:
                first[row, column] = (row, column)
    return first


def _is_ruled(rules: Sequence[Rule], at: float, crossing: float) -> bool:
    return any(abs(rule.at - at) <= _SAME and rule.start <= crossing <= rule.end for rule in rules)
