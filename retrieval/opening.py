"""A file's content, and whether it is all of it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from retrieval.listing import Stamp
from retrieval.reading import LARGEST_BYTES

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that has taken a file's place is opened without waiting for anybody to write to it."""


def content_of(place: Path, stamp: Stamp) -> tuple[bytes, bool]:
    """What is in the file at `place`, and whether it is still the file that had that stamp.

    Raises OSError where it cannot be read.
    """
    with os.fdopen(os.open(place, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EACCES, "It is no file")
        content = file.read(LARGEST_BYTES + 1)
        now = Stamp.of(os.fstat(file.fileno()))
    return content, (now.size, now.mtime_ns, len(content)) == (stamp.size, stamp.mtime_ns, stamp.size)
