"""What a process may take, set by itself: memory, time, files. On Windows nothing of it can be limited."""

from __future__ import annotations

import re
import signal
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

_STATM = Path("/proc/self/statm")
_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)
_MOST_OPEN_FILES = 64


def limit_resources(memory_bytes: int) -> None:
    """From now on take at most `memory_bytes` more (on Linux), write to no file, open few, leave no core dump."""
    if sys.platform == "win32":
        return
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, _MOST_OPEN_FILES)
    if _STATM.exists():
        taken = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, taken + memory_bytes)


def start_clock(seconds: int) -> None:
    """Be ended `seconds` from now, or of computing from now, unless the clock is stopped or started anew before."""
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds, is_lasting=False)
    signal.alarm(seconds)


def stop_clock() -> None:
    """Wait for as long as it takes."""
    if sys.platform != "win32":
        signal.alarm(0)


def most_memory_bytes() -> int:
    """The most memory that this process has held at once, of its own: getrusage counts the parent's at the fork too."""
    if sys.platform == "win32":
        return 0
    if _STATUS.exists() and (peak := _PEAK.search(_STATUS.read_text(encoding="ascii"))):
        return int(peak[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _limit(kind: int, most: int, *, is_lasting: bool = True) -> None:
    """Lower the limit of that kind to `most`, for good or until it is set again; never above what the system gives."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(kind, (most, most if is_lasting else hard))
