"""The figures of the benchmark of scale as a table, and how far it is."""

from __future__ import annotations

import math
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.engines import ENGINES

_COLUMNS = (
    ("build", "s", 7),
    ("peak", "MB", 7),
    ("disk", "MB", 6),
    ("load", "s", 7),
    ("first", "ms", 7),
    ("median", "ms", 7),
    ("p95", "ms", 7),
    ("ratio", "tantivy", 8),
    ("memory", "MB", 7),
    ("files'", "MB", 7),
    ("change", "ms", 8),
    ("same", "%", 5),
    ("n", "", 5),
)
"""Of the table: heading, unit or what it is a ratio to, width."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one engine at one size; `change_ms` is None where all must be indexed anew.

    `times_ms` has the time of each query that was asked, in the order of the queries.
    """

    engine: str
    passages: int
    build_seconds: float
    peak_mb: float
    disk_mb: float
    load_seconds: float
    first_ms: float
    times_ms: tuple[float, ...]
    resident_mb: float
    file_mb: float
    empty_mb: float
    change_ms: float | None
    same_share: float

    def times_of(self, other: Row) -> float:
        """How many times the median of `other` its own is, over the queries that both were asked."""
        shared = min(len(self.times_ms), len(other.times_ms))
        return statistics.median(self.times_ms[:shared]) / statistics.median(other.times_ms[:shared])


def table(rows: Sequence[Row]) -> str:
    """The rows of one size, fixed in width."""
    tantivy = next((row for row in rows if row.engine == "tantivy"), None)
    lines = [
        f"{rows[0].passages:,} passages",
        _line("engine", [heading for heading, *_ in _COLUMNS]),
        _line("", [unit for _, unit, _ in _COLUMNS]),
        *(_line(row.engine, _cells(row, tantivy)) for row in rows),
    ]
    empty = statistics.median(row.empty_mb for row in rows)
    return "\n".join([*lines, f"(A process that has opened nothing yet has {empty:.0f} MB of memory.)"])


def _line(name: str, cells: Sequence[str]) -> str:
    columns = (f"{cell:>{width}}" for cell, (*_, width) in zip(cells, _COLUMNS, strict=True))
    return f"{name:<12}{''.join(columns)}".rstrip()


def _cells(row: Row, tantivy: Row | None) -> list[str]:
    return [
        digits(row.build_seconds),
        f"{row.peak_mb:.0f}",
        f"{row.disk_mb:.0f}",
        digits(row.load_seconds),
        digits(row.first_ms),
        digits(statistics.median(row.times_ms)),
        digits(p95(row.times_ms)),
        digits(row.times_of(tantivy)) if tantivy else "–",
        f"{row.resident_mb:.0f}",
        f"{row.file_mb:.0f}",
        "rebuild" if row.change_ms is None else digits(row.change_ms),
        f"{row.same_share * 100:.0f}",
        str(len(row.times_ms)),
    ]


def digits(value: float) -> str:
    """The number with about three digits that count, in no more than six places below a million."""
    return f"{value:.3f}" if value < 10 else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def growth(rows: Sequence[Row]) -> str:
    """How many times a query of each engine costs at the largest size what it costs at the one before."""
    sizes = sorted({row.passages for row in rows})[-2:]
    smaller, larger = ({row.engine: row for row in rows if row.passages == size} for size in (sizes[0], sizes[-1]))
    grown = (f"{name} {larger[name].times_of(smaller[name]):.1f}" for name in ENGINES if name in {*smaller} & {*larger})
    return f"Median query, {sizes[0]:,} → {sizes[-1]:,} passages, times: " + " · ".join(grown)


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


def told(progress: str) -> None:
    """Tell on standard error how far we are."""
    print(f"{time.strftime('%H:%M:%S')} {progress} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
