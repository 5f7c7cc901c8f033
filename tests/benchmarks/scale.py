"""Ours and other engines as the corpus grows: `python -m tests.benchmarks.scale [--sizes 2000 20000 100000]`.

For made-up corpora (corpora.py tells how) of so many passages each engine indexes the same terms in a process of its
own; then fresh processes open the indexes and answer 200 queries for the best 15 passages, engine by engine, round by
round. A query's time is its median over the rounds. An engine that spends --budget seconds on a round stops there; `n`
tells how many queries that were, and it is compared to others by those alone. Then documents are changed, one at a
time, until a query finds each. `same` is the share of the first ten passages that ours has too; engines whose k1 is
another differ. Peers come with `pip install -e '.[peers]'`; those that are not installed are left out.

At last the whole answer is timed (answer_times.py tells how) in an archive of --answers paragraphs.

Four minutes with the default. A million passages (--sizes 100000 1000000) take ten minutes, 8 GB of memory and 3 GB of
disk. --json keeps the figures; --plot draws them, and so does `python -m tests.benchmarks.growth_plot FIGURES.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
from collections.abc import Container, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import answer_times
from tests.benchmarks.corpora import Corpus
from tests.benchmarks.engine_process import Built, Server, build
from tests.benchmarks.engines import ENGINES, OURS, Entry, Found
from tests.benchmarks.growth_plot import drawn, medians
from tests.benchmarks.scale_table import Row, growth, table, told

SIZES, ANSWERS = (2_000, 20_000, 100_000), 20_000
ROUNDS, BUDGET_SECONDS, CHANGES, COMPARED = 7, 4.0, 5, 50
AGREEING = 10
"""So many of the first passages are compared."""


def measured(size: int, engines: dict[str, Entry], rounds: int, budget_seconds: float, place: Path) -> list[Row]:
    """Build, open, ask and change each of `engines` at one size; the first of them is what others are compared to."""
    builds: dict[str, Built] = {}
    for entry in engines.values():
        if entry.build not in builds:
            told(f"{size:,} passages: {entry.build} builds")
            (place / entry.build).mkdir()
            builds[entry.build] = build(entry.build, size, place / entry.build)
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(name, place / entry.build)) for name, entry in engines.items()]
        return list(_asked(servers, Corpus(size), rounds, budget_seconds, builds))


def _asked(
    servers: list[Server], corpus: Corpus, rounds: int, budget_seconds: float, builds: dict[str, Built]
) -> Iterator[Row]:
    queries = corpus.queries()
    told(f"{corpus.size:,} passages: queries")
    firsts = [server.times(queries[:1], budget_seconds)[0] for server in servers]
    times: list[list[list[float]]] = [[] for _ in servers]
    for _ in range(rounds):
        for server, found in zip(servers, times, strict=True):
            found.append(server.times(queries, budget_seconds))
    memories = [server.memory() for server in servers]
    compared = queries[:COMPARED]
    answers = [server.answers(compared[: len(found[0])]) for server, found in zip(servers, times, strict=True)]
    told(f"{corpus.size:,} passages: changes")
    for server, first, found, memory, answer in zip(servers, firsts, times, memories, answers, strict=True):
        changes = server.change_times(corpus.spread(CHANGES))
        built = builds[ENGINES[server.name].build]
        yield Row(
            engine=server.name,
            passages=corpus.size,
            build_seconds=built.seconds,
            peak_mb=built.peak_mb,
            disk_mb=built.disk_mb,
            load_seconds=server.load_seconds,
            first_ms=first,
            times_ms=tuple(round(each, 4) for each in per_query(found)),
            resident_mb=memory.resident_mb,
            file_mb=memory.file_mb,
            empty_mb=server.before.resident_mb,
            change_ms=statistics.median(changes) if changes else None,
            same_share=agreement(answer, answers[0]),
        )


def per_query(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The median time of each query over the rounds that came to it."""
    longest = max(map(len, rounds))
    return [statistics.median(each[place] for each in rounds if place < len(each)) for place in range(longest)]


def agreement(answers: Sequence[Found], others: Sequence[Found]) -> float:
    """The share of the first passages, over all queries that both were asked, that both have."""
    shared = total = 0
    for one, other in zip(answers, others, strict=False):
        mine, theirs = ({number for number, _ in found[:AGREEING]} for found in (one, other))
        shared, total = shared + len(mine & theirs), total + max(len(mine), len(theirs))
    return shared / total if total else 1.0


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
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES), help="beside ours")
    parser.add_argument("--all", action="store_true", help="rank_bm25 above 100,000 passages too (8 GB at a million)")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--budget", type=float, default=BUDGET_SECONDS, help="seconds of a round for one engine")
    parser.add_argument("--answers", type=int, default=ANSWERS, help="paragraphs of the archive; 0 leaves it out")
    parser.add_argument("--work", type=Path, help="where indexes are built, and the archive is kept between runs")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--plot", type=Path, help="draw the growth here, as SVG")
    options = parser.parse_args()
    figures: dict[str, object] = {"processors": os.cpu_count(), "python": platform.python_version()}
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=options.work) as temporary:
        for size in sorted(options.sizes):
            engines = wanted(size, {OURS, *options.engines}, is_all=options.all)
            with tempfile.TemporaryDirectory(dir=temporary) as place:
                rows += measured(size, engines, options.rounds, options.budget, Path(place))
            print(table([row for row in rows if row.passages == size]) + "\n", flush=True)
        if len(options.sizes) > 1:
            print(growth(rows) + "\n", flush=True)
        figures["rows"] = [asdict(row) for row in rows]
        if options.answers:
            figures["answers"] = asdict(answer_times.measured(options.answers, options.work or Path(temporary)))
    written = json.dumps(figures, indent=1) + "\n"
    if options.json:
        options.json.write_text(written, encoding="utf-8")
    if options.plot:
        options.plot.write_text(drawn(medians(written)), encoding="utf-8")


if __name__ == "__main__":
    main()
