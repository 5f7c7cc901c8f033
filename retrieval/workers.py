"""Files to be taken in → what comes of them: small texts at once, all else in processes with limits."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, LifoQueue

import msgspec

from retrieval.errors import ClosedError, ReadingError
from retrieval.ingestion import AGAIN, Ingested, Task, broken_down, failed, ingested, packed
from retrieval.processes import Process
from retrieval.reading.kinds import kind_of
from retrieval.records import Problem

PROGRAM = "from retrieval.worker import serve; serve({seconds}, {memory_bytes})"
"""What each of our processes runs."""
MOST_AT_ONCE_BYTES = 256 * 1024
"""So much plain text is taken in without a process, whose start would take longer."""
MOST_PROCESSES = min(2, os.cpu_count() or 1)
IDLE_SECONDS = 60.0
"""A process that has had nothing to do for so long is ended."""
_ATTEMPTS = 2
"""A process may break down for reasons of its own: the file is at fault where the next one does so too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take before it counts as broken."""

    seconds: int = 60
    memory_bytes: int = 1 << 30


class Workers:
    """Takes files in, for several threads at once; processes are started when needed, replaced when they break down."""

    def __init__(self, limits: Limits = Limits(), program: str = PROGRAM) -> None:
        self._limits = limits
        self._program = program.format(seconds=limits.seconds, memory_bytes=limits.memory_bytes)
        self._idle: LifoQueue[Process] = LifoQueue()
        self._busy: dict[Process, threading.Event] = {}
        self._closed = threading.Event()

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, bytes]]:
        """What comes of each of `tasks`, in any order; no more than the next few of `tasks` are held at a time.

        Raises ClosedError where the workers are closed meanwhile.
        """
        under_way: deque[tuple[Task, Future[bytes]]] = deque()
        left = threading.Event()  # set before busy processes are ended, and looked at once a process is busy
        room_bytes = MOST_AT_ONCE_BYTES
        pool = ThreadPoolExecutor(MOST_PROCESSES)
        try:
            for task in tasks:
                if _is_plain(task) and _size(task) <= room_bytes:
                    room_bytes -= _size(task)
                    yield task, ingested(task)
                    continue
                under_way.append((task, pool.submit(self._outcome, task, left)))
                if len(under_way) > MOST_PROCESSES:
                    done, future = under_way.popleft()
                    yield done, future.result()
            for done, future in under_way:
                yield done, future.result()
        finally:
            left.set()
            self._end_busy(left)
            pool.shutdown(cancel_futures=True)

    def end_idle(self) -> None:
        """End the processes that have had nothing to do for IDLE_SECONDS."""
        now = time.monotonic()
        for process in self._take_idle():
            if now - process.idle_since > IDLE_SECONDS:
                process.end()
            else:
                self._idle.put(process)

    def close(self) -> None:
        """End every process, and what they are at; nothing is taken in any more."""
        self._closed.set()
        self._end_busy()
        for process in self._take_idle():
            process.end()

    def _take_idle(self) -> list[Process]:
        found = []
        with suppress(Empty):
            while True:
                found.append(self._idle.get_nowait())
        return found

    def _end_busy(self, left: threading.Event | None = None) -> None:
        """End the processes that are at something, or those whose caller has `left`."""
        for process, caller in tuple(self._busy.items()):
            if left is None or caller is left:
                process.end()

    def _outcome(self, task: Task, left: threading.Event) -> bytes:
        message = msgspec.msgpack.encode(task)
        for _ in range(_ATTEMPTS):
            try:
                process = self._take(left)
            except OSError as error:
                return packed(_not_now(task.path, error))
            try:
                outcome = None if self._is_over(left) else process.outcome(message)
            finally:
                self._give_back(process)
            if self._is_over(left):
                raise ClosedError("cannot be taken in any more.", where=task.path)
            if outcome is not None:
                return outcome
            if process.is_late:
                what = f"takes longer than {self._limits.seconds} seconds to read."
                return packed(failed(task.path, what, f"Split it, or save it as .txt. {AGAIN}"))
        return packed(broken_down(task.path))

    def _is_over(self, left: threading.Event) -> bool:
        return self._closed.is_set() or left.is_set()

    def _take(self, left: threading.Event) -> Process:
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = Process(self._program, self._limits.seconds)
        self._busy[process] = left
        return process

    def _give_back(self, process: Process) -> None:
        del self._busy[process]
        if process.is_usable and not self._closed.is_set():
            self._idle.put(process)
        else:
            process.end()


def _not_now(path: str, error: OSError) -> Ingested:
    """What comes of a file where the system gives no process, for want of memory for example."""
    what = f"cannot be read: no process can be started for it: {error.strerror or error}."
    return Ingested(path, problem=Problem(path, what, "Make room on the machine."), is_lasting=False)


def _is_plain(task: Task) -> bool:
    """Whether our own readers, which are linear and break down nowhere, do all the work."""
    if task.document is not None:
        return True
    try:
        return kind_of(task.content, task.path).is_text
    except ReadingError:
        return True


def _size(task: Task) -> int:
    return len(task.document.text) if task.document else len(task.content)
