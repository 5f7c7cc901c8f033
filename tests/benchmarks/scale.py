"""Engines side by side as the corpus grows: `python -m tests.benchmarks.scale [--sizes 2000 20000 100000]`.

For made-up corpora (see corpora.py) of so many passages each engine indexes the same terms in a process of its own;
then fresh processes open the indexes and answer 200 queries for the best 15 passages, engine by engine, round by
round. A query's time is its median over the rounds; an engine that spends --budget seconds on a round stops there, and
the table tells how many queries that were. Then documents are changed, one at a time, until a query finds each.
Peers: `pip install -e '.[peers]'`; those that are not installed are left out. Five minutes with the default; a
million passages (--sizes 1000000) take a quarter of an hour, 3 GB of memory and 2 GB of disk.

--json FILE keeps the figures, and `python -m tests.benchmarks.growth_plot FILE` draws them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Container, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.corpora import Corpus
from tests.benchmarks.engine_process import Built, Server, build
from tests.benchmarks.engines import ENGINES, OURS, Entry, Found

SIZES = (2_000, 20_000, 100_000)
ROUNDS, BUDGET_SECONDS, CHANGES, COMPARED = 5, 5.0, 5, 50
AGREEING = 10
"""So many of the first passages are compared."""
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
    """What was measured of one engine at one size; `change_ms` is None where all must be indexed anew."""

    engine: str
    passages: int
    build_seconds: float
    peak_mb: float
    disk_mb: float
    load_seconds: float
    first_ms: float
    median_ms: float
    p95_ms: float
    resident_mb: float
    file_mb: float
    empty_mb: float
    change_ms: float | None
    same_share: float
    queries: int


def measured(size: int, engines: dict[str, Entry], rounds: int, budget_seconds: float, place: Path) -> list[Row]:
    """Build, open, ask and change each of `engines` at one size."""
    builds: dict[str, Built] = {}
    for entry in engines.values():
        if entry.build not in builds:
            told(f"{size:,} passages: {entry.build} builds")
            (place / entry.build).mkdir()
            builds[entry.build] = build(entry.build, size, place / entry.build)
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(name, place / entry.build)) for name, entry in engines.items()]
        return list(_asked(servers, size, rounds, budget_seconds, builds))


def _asked(
    servers: list[Server], size: int, rounds: int, budget_seconds: float, builds: dict[str, Built]
) -> Iterable[Row]:
    corpus = Corpus(size)
    queries = corpus.queries()
    told(f"{size:,} passages: queries")
    firsts = [server.times(queries[:1], budget_seconds)[0] for server in servers]
    times: list[list[list[float]]] = [[] for _ in servers]
    for _ in range(rounds):
        for server, found in zip(servers, times, strict=True):
            found.append(server.times(queries, budget_seconds))
    memories = [server.memory() for server in servers]
    compared = queries[:COMPARED]
    answers = [server.answers(compared[: len(found[0])]) for server, found in zip(servers, times, strict=True)]
    told(f"{size:,} passages: changes")
    for server, first, found, memory, answer in zip(servers, firsts, times, memories, answers, strict=True):
        changes = server.change_times(corpus.spread(CHANGES))
        each = per_query(found)
        built = builds[ENGINES[server.name].build]
        yield Row(
            engine=server.name,
            passages=size,
            build_seconds=built.seconds,
            peak_mb=built.peak_mb,
            disk_mb=built.disk_mb,
            load_seconds=server.load_seconds,
            first_ms=first,
            median_ms=statistics.median(each),
            p95_ms=p95(each),
            resident_mb=memory.resident_mb,
            file_mb=memory.file_mb,
            empty_mb=server.before.resident_mb,
            change_ms=statistics.median(changes) if changes else None,
            same_share=agreement(answer, answers[0]),
            queries=len(each),
        )


def per_query(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The median time of each query over the rounds that came to it."""
    longest = max(map(len, rounds))
    return [statistics.median(each[place] for each in rounds if place < len(each)) for place in range(longest)]


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


def agreement(answers: Sequence[Found], others: Sequence[Found]) -> float:
    """The share of the first passages, over all queries that both were asked, that both have."""
    shared = total = 0
    for one, other in zip(answers, others, strict=False):
        mine, theirs = ({number for number, _ in found[:AGREEING]} for found in (one, other))
        shared, total = shared + len(mine & theirs), total + max(len(mine), len(theirs))
    return shared / total if total else 1.0


def table(rows: Sequence[Row]) -> str:
    """The rows of one size, fixed in width."""
    tantivy = next((row.median_ms for row in rows if row.engine == "tantivy"), None)
    lines = [
        f"{rows[0].passages:,} passages",
        _line("engine", [heading for heading, *_ in _COLUMNS]),
        _line("", [unit for _, unit, _ in _COLUMNS]),
        *(_line(row.engine, _cells(row, tantivy)) for row in rows),
    ]
    empty = statistics.median(row.empty_mb for row in rows)
    return "\n".join([*lines, f"(A process that has opened nothing yet has {empty:.0f} MB of memory.)"])


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<12}" + "".join(f"{cell:>{width}}" for cell, (*_, width) in zip(cells, _COLUMNS, strict=True))


def _cells(row: Row, tantivy_ms: float | None) -> list[str]:
    return [
        digits(row.build_seconds),
        f"{row.peak_mb:.0f}",
        f"{row.disk_mb:.0f}",
        digits(row.load_seconds),
        digits(row.first_ms),
        digits(row.median_ms),
        digits(row.p95_ms),
        digits(row.median_ms / tantivy_ms) if tantivy_ms else "–",
        f"{row.resident_mb:.0f}",
        f"{row.file_mb:.0f}",
        "rebuild" if row.change_ms is None else digits(row.change_ms),
        f"{row.same_share * 100:.0f}",
        str(row.queries),
    ]


def digits(value: float) -> str:
    """The number with about three digits that count, in no more than six places below a million."""
    return f"{value:.3f}" if value < 10 else f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def growth(rows: Sequence[Row]) -> str:
    """How many times the median query of each engine costs at the largest size what it costs at the one before."""
    sizes = sorted({row.passages for row in rows})[-2:]
    if len(sizes) < 2:
        return ""
    medians = {(row.engine, row.passages): row.median_ms for row in rows}
    grown = (
        f"{name} {medians[name, sizes[1]] / medians[name, sizes[0]]:.1f}"
        for name in ENGINES
        if (name, sizes[0]) in medians and (name, sizes[1]) in medians
    )
    return f"Median query, {sizes[0]:,} → {sizes[1]:,} passages, times: " + " · ".join(grown)


def told(progress: str) -> None:
    """Tell on standard error how far we are."""
    print(f"{time.strftime('%H:%M:%S')} {progress} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)


def wanted(size: int, names: Container[str], *, is_all: bool) -> dict[str, Entry]:
    """The engines of those names that are installed and go so far; ours comes first."""
    return {
        name: entry
        for name, entry in ENGINES.items()
        if name in names and entry.is_installed and (is_all or not entry.largest or size <= entry.largest)
    }


def main() -> None:
    """Measure, and print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="passages")
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--all", action="store_true", help="rank_bm25 above 100,000 passages too (8 GB at a million)")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--budget", type=float, default=BUDGET_SECONDS, help="seconds of a round for one engine")
    parser.add_argument("--work", type=Path, help="where the indexes are built (default: a temporary directory)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    rows: list[Row] = []
    for size in sorted(options.sizes):
        engines = wanted(size, {OURS, *options.engines}, is_all=options.all)
        with tempfile.TemporaryDirectory(dir=options.work) as place:
            rows += measured(size, engines, options.rounds, options.budget, Path(place))
        print(table([row for row in rows if row.passages == size]) + "\n", flush=True)
        if options.json:
            machine = {"processors": os.cpu_count(), "python": platform.python_version()}
            options.json.write_text(json.dumps({**machine, "rows": [asdict(row) for row in rows]}, indent=1) + "\n")
    print(growth(rows))


if __name__ == "__main__":
    main()
