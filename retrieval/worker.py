"""A process of its own that takes files in: what crashes, hangs or eats memory here takes nothing else down."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import IO

import msgspec

from retrieval.ingestion import Task, ingested
from retrieval.limits import limit_resources, most_memory_bytes, start_clock, stop_clock

LAST, GOES_ON = b"\0", b"\1"
"""Before each outcome: whether the process ends after it."""
_LARGEST_FRAME_BYTES = 1 << 30
_GROWN_BYTES = 400 << 20
"""A process that has once held this much ends after its task: memory taken seldom goes back to the system."""
_GRACE_SECONDS = 5
"""The parent ends what takes too long; where there is no parent any more, the process ends itself, so much later."""


def serve(seconds: int, memory_bytes: int, work: Callable[[Task], bytes] = ingested) -> None:
    """Take files in, as `serve_frames` does: each message is a packed Task."""
    decoder = msgspec.msgpack.Decoder(Task)
    serve_frames(seconds, memory_bytes, lambda frame: work(decoder.decode(frame)))


def serve_frames(seconds: int, memory_bytes: int, work: Callable[[bytes], bytes]) -> None:
    """Do the tasks that come in on standard input, one after another, and write their outcomes to standard output.

    Says that it is ready by an empty message, and ends with standard input. Each task may take `seconds`, all of them
    `memory_bytes` more than there is taken at first. What a library prints goes nowhere.
    """
    tasks, outcomes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    limit_resources(memory_bytes)
    write_frame(outcomes, b"")
    is_grown = False
    while not is_grown and (frame := read_frame(tasks)) is not None:
        start_clock(seconds + _GRACE_SECONDS)
        outcome = work(frame)
        is_grown = most_memory_bytes() > _GROWN_BYTES
        write_frame(outcomes, (LAST if is_grown else GOES_ON) + outcome)
        stop_clock()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message of `stream`; None at its end, where it is cut short, or where it is far too long."""
    head = stream.read(4)
    size = int.from_bytes(head, "big")
    if len(head) < 4 or size > _LARGEST_FRAME_BYTES:
        return None
    frame = stream.read(size)
    return frame if len(frame) == size else None


def write_frame(stream: IO[bytes], frame: bytes) -> None:
    """Write one message to `stream`."""
    stream.write(len(frame).to_bytes(4, "big") + frame)
    stream.flush()
