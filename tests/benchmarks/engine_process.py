"""One engine in a process of its own, so that its memory and its start are its own."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from tests.benchmarks.corpora import Corpus, MadeDocument
from tests.benchmarks.engines import ENGINES, Found

TOP = 15
"""How many passages a query asks for."""
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Built:
    """What building an index took, the making of the text left out, and how large the files are."""

    seconds: float
    peak_mb: float
    disk_mb: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory: all of it, and how much of that is pages of files, which the system may take back."""

    resident_mb: float
    file_mb: float


class _Timed:
    """A stream of documents that knows how long it took to make them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self.seconds = corpus, 0.0

    def __iter__(self) -> Iterator[MadeDocument]:
        documents = self._corpus.documents()
        while True:
            began = time.perf_counter()
            document = next(documents, None)
            self.seconds += time.perf_counter() - began
            if document is None:
                return
            yield document


def build(name: str, size: int, directory: Path) -> Built:
    """Let the engine of that name index so many passages, in a process of its own."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_build, args=(theirs, name, size, directory))
    process.start()
    theirs.close()
    try:
        built: Built = ours.recv()
    except EOFError:
        raise SystemExit(f"{name} failed to index {size:,} passages; its message is above.") from None
    finally:
        process.join()
    return built


def _build(connection: Connection, name: str, size: int, directory: Path) -> None:
    ENGINES[name].load_modules()
    engine = ENGINES[name].make()
    documents = _Timed(Corpus(size))
    began = time.perf_counter()
    engine.build(iter(documents), directory)
    seconds = time.perf_counter() - began - documents.seconds
    disk = sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 1e6
    connection.send(Built(seconds, peak_mb(), disk))


class Server:
    """An engine that has opened its index in a fresh process and answers until it is closed."""

    def __init__(self, name: str, directory: Path) -> None:
        """Open the index; `load_seconds` and `before` (the memory until then) tell what that took."""
        self._connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, name, directory), daemon=True)
        self._process.start()
        theirs.close()
        self.name = name
        self.before: Memory
        self.load_seconds: float
        self.before, self.load_seconds = self._connection.recv()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.join()

    def answers(self, queries: list[tuple[str, ...]]) -> list[Found]:
        """What the engine finds for each query."""
        return list(self._ask("answers", queries))

    def times(self, queries: list[tuple[str, ...]], budget_seconds: float) -> list[float]:
        """The milliseconds of each query; no further query is begun once the budget is spent."""
        return list(self._ask("times", queries, budget_seconds))

    def memory(self) -> Memory:
        """The memory of the process now."""
        memory: Memory = self._ask("memory")
        return memory

    def change_times(self, documents: list[MadeDocument]) -> list[float]:
        """For each document the milliseconds from its change until a query finds its new word; [] if none can."""
        return list(self._ask("change_times", documents))

    def _ask(self, *asked: Any) -> Any:
        self._connection.send(asked)
        return self._connection.recv()


def _serve(connection: Connection, name: str, directory: Path) -> None:
    os.environ["NUMBA_NUM_THREADS"] = "1"
    ENGINES[name].load_modules()
    engine = ENGINES[name].make()
    before = memory()
    began = time.perf_counter()
    engine.open(directory)
    connection.send((before, time.perf_counter() - began))
    while True:
        try:
            what, *given = connection.recv()
        except EOFError:
            return
        if what == "answers":
            connection.send([engine.top(query, TOP) for query in given[0]])
        elif what == "times":
            connection.send(list(_times(engine, *given)))
        elif what == "memory":
            connection.send(memory())
        else:
            connection.send(list(_change_times(engine, *given)) if engine.can_change else [])


def _times(engine: Any, queries: list[tuple[str, ...]], budget_seconds: float) -> Iterator[float]:
    end = time.perf_counter() + budget_seconds
    for query in queries:
        began = time.perf_counter()
        if began > end:
            return
        engine.top(query, TOP)
        yield (time.perf_counter() - began) * 1e3


def _change_times(engine: Any, documents: list[MadeDocument]) -> Iterator[float]:
    for place, before in enumerate(documents):
        new = f"zzyzx{place}"  # made words have no such syllables
        after = replace(before, passages=tuple([*terms[:-1], new] for terms in before.passages))
        began = time.perf_counter()
        engine.change(before, after)
        found = engine.top((new,), TOP)
        took = (time.perf_counter() - began) * 1e3
        if before.first not in {number for number, _ in found}:
            raise SystemExit(f"the changed document {before.number} is not found")
        yield took


def memory() -> Memory:
    """The resident memory of this process; pages of shared libraries count in full, whoever else has them."""
    resident, anonymous = (_kilobytes("/proc/self/smaps_rollup", key) for key in ("Rss", "Anonymous"))
    return Memory(resident / 1e3, (resident - anonymous) / 1e3)


def peak_mb() -> float:
    """The most resident memory that this process ever had."""
    return _kilobytes("/proc/self/status", "VmHWM") / 1e3


def _kilobytes(file: str, key: str) -> int:
    for line in Path(file).read_text(encoding="ascii").splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1])
    raise SystemExit(f"{file} says nothing of {key}; this benchmark needs Linux.")
