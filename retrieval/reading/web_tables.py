"""Which tables of a page are tables: many hold a page's layout, or a picture and its caption."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.reading.web_elements import Element, Run, Tree

_LONGEST_CELL = 800


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table of data, and the row that it stands in."""

    element: Element
    row: Element


def cells_of(tree: Tree, runs: Sequence[Run]) -> Mapping[Run, Cell]:
    """For each of the `runs` that stands in a table of data, its cell.

    Such a table has no other in it, no cell of an essay's length, and mostly rows of two cells or more with words.
    """
    nearest_cell = tree.nearest(lambda element: element.tag in {"td", "th"})
    nearest_table = tree.nearest(lambda element: element.tag == "table")
    rows: dict[Element, dict[Element, list[Run]]] = defaultdict(lambda: defaultdict(list))
    tables: dict[Element, set[Element]] = defaultdict(set)
    for run in runs:
        cell, table = nearest_cell[run.element], nearest_table[run.element]
        if cell and table and cell.parent and cell.parent.tag == "tr" and nearest_table[cell] is table:
            rows[cell.parent][cell].append(run)
            tables[table].add(cell.parent)
    outer = {nearest_table[table.parent] for table in tables if table.parent}
    return {
        run: Cell(cell, row)
        for table, within in tables.items()
        if table not in outer and _is_data([rows[row] for row in within])
        for row in within
        for cell, in_cell in rows[row].items()
        for run in in_cell
    }


def _is_data(rows: Sequence[Mapping[Element, Sequence[Run]]]) -> bool:
    wide = sum(len(row) > 1 for row in rows)
    longest = max(sum(len(run.words) for run in cell) for row in rows for cell in row.values())
    return wide * 2 >= len(rows) and longest <= _LONGEST_CELL
