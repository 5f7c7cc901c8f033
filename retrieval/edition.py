"""Which edition of the program reads and analyses: what one wrote to disk, another does not trust."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

import msgspec


@cache
def edition() -> str:
    """Twelve hexadecimal digits: of every source file of this package, of what is installed beside it, of Python.

    Nobody has to remember to count a version up: whatever may read differently after a change is part of it.
    """
    whole = hashlib.sha256(repr((sys.version, sys.byteorder)).encode())
    package = Path(__file__).parent
    for source in sorted(package.rglob("*.py")):
        whole.update(f"{source.relative_to(package)}\0".encode())
        whole.update(hashlib.sha256(source.read_bytes()).digest())
    beside = Path(msgspec.__file__).parents[1]
    for installed in sorted(beside.glob("*.dist-info")):
        whole.update(f"{installed.name}\0".encode())  # what it is and of which version
    return whole.hexdigest()[:12]
