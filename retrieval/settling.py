"""Whether a file is written to its end: nothing says so, but that nobody has written to it for a while."""

from __future__ import annotations

from retrieval.listing import Stamp

_SMALL_BYTES = 1 << 20
_QUIET_SECONDS = 0.25
_QUIET_SECONDS_IF_LARGE = 1.0
"""A large file may come over a network, in bursts."""
_QUIET_SECONDS_IF_EMPTY = 2.0
"""A file is made empty before anything is written to it."""
LONGEST_WAIT_SECONDS = 10.0
"""A file that is written to all the time is read all the same, this long after that was first seen."""
_TICK_NS = 2_000_000_000
"""A file written less than this ago may change again without a new time: FAT's clock ticks every two seconds."""


def seconds_to_wait(stamp: Stamp, now_ns: int) -> float:
    """How long nobody may write to the file from now on, for it to count as written; 0 where it does already.

    A time to come is the clock of another machine, and says nothing.
    """
    age = (now_ns - stamp.mtime_ns) / 1e9
    if age < 0:
        return 0.0
    return max(0.0, _quiet_seconds(stamp.size) - age)


def is_settled(stamp: Stamp, now_ns: int) -> bool:
    """Whether any change from now on would show in the file's stamp."""
    return abs(now_ns - stamp.mtime_ns) >= _TICK_NS


def _quiet_seconds(size: int) -> float:
    if size == 0:
        return _QUIET_SECONDS_IF_EMPTY
    return _QUIET_SECONDS if size < _SMALL_BYTES else _QUIET_SECONDS_IF_LARGE
