"""Files are taken in by processes of their own: one that breaks down, hangs or eats memory is the one that fails."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from retrieval import workers
from retrieval.errors import ClosedError
from retrieval.ingestion import Ingested, Task, unpacked
from retrieval.records import Problem
from retrieval.workers import Limits, Workers

PROGRAM = """
import ctypes, os, sys, time
from retrieval.worker import serve
from retrieval.ingestion import ingested

def work(task):
    if task.content.startswith(b"crash"):
        ctypes.string_at(0)
    if task.content.startswith(b"hang"):
        time.sleep(60)
    if task.content.startswith(b"sleep"):
        time.sleep(0.3)
    if task.content.startswith(b"eat"):
        bytearray(1 << 30)
    if task.content.startswith(b"print"):
        os.write(1, b"noise from a library")
    if task.content.startswith(b"write"):
        open(task.path, "wb").write(b"x")
    if task.content.startswith(b"secrets"):
        assert "SECRET" not in os.environ
    return ingested(task)

serve({seconds}, {memory_bytes}, work)
"""
"""A reader that obeys the first word of the file."""


@pytest.fixture(autouse=True)
def _always_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST_AT_ONCE_BYTES", 0)
    monkeypatch.setenv("SECRET", "a token")


@pytest.fixture
def obedient() -> Iterator[Workers]:
    found = Workers(Limits(seconds=1, memory_bytes=256 << 20), PROGRAM)
    yield found
    found.close()


@pytest.fixture
def patient() -> Iterator[Workers]:
    found = Workers(Limits(seconds=60), PROGRAM)
    yield found
    found.close()


def taken_in(found: Workers, *words: str) -> dict[str, Ingested]:
    tasks = (Task(f"{word}.txt", f"{word} the lamp was lit at six.".encode()) for word in words)
    return {task.path: unpacked(outcome) for task, outcome in found.outcomes(tasks)}


def test_what_a_process_gives_is_what_is_read_here(obedient: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    there = taken_in(obedient, "and")
    monkeypatch.setattr(workers, "MOST_AT_ONCE_BYTES", 1000)
    assert taken_in(obedient, "and") == there
    assert there["and.txt"].analysis is not None


def test_only_the_file_that_crashes_hangs_or_eats_memory_fails(obedient: Workers) -> None:
    found = taken_in(obedient, "first", "crash", "second", "hang", "third", "eat", "fourth")
    assert {path for path, each in found.items() if each.problem is None} == {
        "first.txt", "second.txt", "third.txt", "fourth.txt"
    }  # fmt: skip
    again = "It is tried again when it changes."
    assert found["crash.txt"].problem == Problem(
        "crash.txt", "made its reader break down.", f"Open it and save it anew. {again}"
    )
    assert found["hang.txt"].problem == Problem(
        "hang.txt", "takes longer than 1 seconds to read.", f"Split it, or save it as .txt. {again}"
    )
    assert found["eat.txt"].problem == Problem(
        "eat.txt", "made its reader break down.", f"Open it and save it anew. {again}"
    )


def test_a_process_prints_and_writes_nothing_and_knows_no_secret(obedient: Workers, tmp_path: Path) -> None:
    found = taken_in(obedient, "print", "secrets", f"write{tmp_path}/x")
    assert found["print.txt"].problem is None
    assert found["secrets.txt"].problem is None
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_somebody_ends_is_replaced(obedient: Workers) -> None:
    taken_in(obedient, "first")
    (process,) = obedient._take_idle()
    os.kill(process._popen.pid, 9)
    obedient._idle.put(process)
    assert taken_in(obedient, "second")["second.txt"].problem is None


def test_what_is_under_way_ends_where_the_workers_are_closed(patient: Workers) -> None:
    began = time.monotonic()
    outcomes = patient.outcomes([Task("a.txt", b"and so on"), *[Task("b.txt", b"hang")] * 9])
    next(outcomes)
    patient.close()
    with pytest.raises(ClosedError):
        list(outcomes)
    assert time.monotonic() - began < 30
    with pytest.raises(ClosedError):
        taken_in(patient, "first")


def test_a_caller_who_leaves_early_waits_for_nothing(patient: Workers) -> None:
    outcomes = patient.outcomes([Task("a.txt", b"and so on"), *[Task("b.txt", b"hang")] * 9])
    next(outcomes)
    began = time.monotonic()
    outcomes.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 30
    assert taken_in(patient, "first")["first.txt"].problem is None


def test_one_caller_who_leaves_disturbs_no_other(patient: Workers) -> None:
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(taken_in, patient, "sleep", "and")
        outcomes = patient.outcomes([Task("a.txt", b"and so on"), *[Task("b.txt", b"hang")] * 3])
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]
        assert {each.problem for each in other.result().values()} == {None}


def test_processes_without_work_end_after_a_while(obedient: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_in(obedient, "first")
    obedient.end_idle()
    assert obedient._idle.qsize() == 1
    monkeypatch.setattr(workers, "IDLE_SECONDS", 0.0)
    obedient.end_idle()
    assert obedient._idle.qsize() == 0


def test_processes_end_with_whoever_holds_them() -> None:
    found = Workers()
    taken_in(found, "first")
    (process,) = found._take_idle()
    popen = process._popen
    del found, process
    assert popen.wait(10)
