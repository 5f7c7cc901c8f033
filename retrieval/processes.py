"""One process that takes files in, seen from outside: it is given tasks, and ended where it is late."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from retrieval.worker import GOES_ON, read_frame, write_frame

START_SECONDS = 60.0
"""A process that is not ready by then never will be."""
_NEEDED_TO_START = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONHOME")
"""What the interpreter may need of the environment; secrets in the rest of it are nothing to a file's reader."""


class Process:
    """A process that runs `program`, a loop around `retrieval.worker.serve`, until it is ended or let go of."""

    def __init__(self, program: str, seconds: float) -> None:
        environment = {name: os.environ[name] for name in _NEEDED_TO_START if name in os.environ}
        environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"}
        self._popen = subprocess.Popen(  # noqa: S603 (our own program; nothing of a file is in the command)
            [sys.executable, "-P", "-X", "utf8", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is the parent's to answer
        )
        self._seconds = seconds
        self._is_ready = False
        self.is_usable, self.is_late = True, False
        self.idle_since = 0.0
        self._finalizer = weakref.finalize(self, _end, self._popen)

    def outcome(self, message: bytes) -> bytes | None:
        """What comes of a packed Task; None where the process broke down, or was late and is ended for that."""
        if not self._is_ready:
            self._is_ready = self._within(START_SECONDS, self._receive) is not None
        frame = self._within(self._seconds, partial(self._exchange, message)) if self._is_ready else None
        self.idle_since = time.monotonic()
        self.is_usable = frame is not None and frame.startswith(GOES_ON) and not self.is_late
        if not self.is_usable:
            self.end()
        return frame[1:] if frame else None

    def _within(self, seconds: float, work: Callable[[], bytes | None]) -> bytes | None:
        """What comes of `work`; None where the process ends before that, as it does after so many seconds."""
        clock = threading.Timer(seconds, self._be_late)
        clock.start()
        try:
            return work()
        except (OSError, ValueError):  # ValueError: closed by `end` meanwhile
            return None
        finally:
            clock.cancel()

    def _exchange(self, message: bytes) -> bytes | None:
        if self._popen.stdin:
            write_frame(self._popen.stdin, message)
        return self._receive()

    def _receive(self) -> bytes | None:
        return read_frame(self._popen.stdout) if self._popen.stdout else None

    def _be_late(self) -> None:
        self.is_late = True
        self._popen.kill()

    def end(self) -> None:
        """End the process whatever it is at."""
        self._finalizer()


def _end(popen: subprocess.Popen[bytes]) -> None:
    popen.kill()
    popen.wait()
    for stream in (popen.stdin, popen.stdout):
        if stream:
            with suppress(OSError):  # a task that was on its way has nobody to read it any more
                stream.close()
