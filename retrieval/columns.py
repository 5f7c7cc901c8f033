"""Named arrays in one file: written whole or not at all, mapped into memory rather than read."""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

import msgspec
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC = b"columns1"
_HEAD = struct.Struct("<8sQ32s")
_ALIGNED = 64
_BLOCK_BYTES = 1 << 24


class _Column(msgspec.Struct, frozen=True, array_like=True):
    name: str
    dtype: str
    shape: tuple[int, ...]
    offset: int
    checksum: int


def write(place: Path, columns: Mapping[str, Array], key: bytes = b"") -> None:
    """Put `columns` into a file at `place`, which is there whole once this returns; raises OSError where it is not.

    `key` goes into its checksum: a file that was written with another one is not opened.
    """
    described, end = [], 0
    for name, column in columns.items():
        start = -(-end // _ALIGNED) * _ALIGNED
        checksum = _checksum(np.ascontiguousarray(column))
        described.append(_Column(name, column.dtype.str, column.shape, start, checksum))
        end = start + column.nbytes
    head = msgspec.msgpack.encode((described, end))
    handle, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_HEAD.pack(_MAGIC, len(head), _signature(head, key)) + head)
            base = _first(len(head))
            for column, about in zip(columns.values(), described, strict=True):
                file.seek(base + about.offset)
                for block in _blocks(np.ascontiguousarray(column)):
                    file.write(block)
            file.truncate(base + end)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def opened(place: Path, key: bytes = b"", unchecked: Collection[str] = ()) -> dict[str, Array]:
    """The columns of the file at `place`, read-only and mapped; what is not asked for is not read.

    Raises ValueError where the file is not as it was written, OSError where it cannot be opened. The contents of the
    columns named in `unchecked` are not looked at.
    """
    with place.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _HEAD.size:
            raise ValueError(f"{place} is cut short")
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, length, signature = _HEAD.unpack_from(whole)
    head = whole[_HEAD.size : _HEAD.size + length] if magic == _MAGIC and length < size else b""
    if not head or _signature(head, key) != signature:
        raise ValueError(f"{place} is not as it was written")
    described, end = msgspec.msgpack.decode(head, type=tuple[list[_Column], int])
    base = _first(length)
    if size != base + end:
        raise ValueError(f"{place} is cut short")
    found = {}
    for about in described:
        dtype = np.dtype(about.dtype)
        count = int(np.prod(about.shape))
        flat: Array = np.frombuffer(whole, dtype, count, base + about.offset) if count else np.empty(0, dtype)
        if about.name not in unchecked and _checksum(flat) != about.checksum:
            raise ValueError(f"{place} is damaged")
        found[about.name] = flat.reshape(about.shape)
    return found


def _first(head: int) -> int:
    return -(-(_HEAD.size + head) // _ALIGNED) * _ALIGNED


def _signature(head: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(head, digest_size=32, key=key).digest()


def _checksum(column: Array) -> int:
    found = 0
    for block in _blocks(column):
        found = zlib.crc32(block, found)
    return found


def _blocks(column: Array) -> Iterator[memoryview]:
    flat = column.reshape(-1).view(np.uint8)
    for start in range(0, len(flat), _BLOCK_BYTES):
        yield flat[start : start + _BLOCK_BYTES].data


@dataclass(frozen=True, slots=True, eq=False)
class Pieces(Sequence[bytes]):
    """Byte strings behind one another in one array; `ends` says where each ends."""

    content: Array
    ends: Array

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        start = int(self.ends[number - 1]) if number else 0
        return self.content[start : int(self.ends[number])].tobytes()

    def taken(self, numbers: Array) -> Pieces:
        """The pieces of those numbers, in that order."""
        starts = np.concatenate([np.zeros(1, dtype=np.int64), self.ends[:-1]]) if len(self.ends) else self.ends
        sizes = (self.ends - starts)[numbers]
        ends = np.cumsum(sizes, dtype=np.int64)
        content = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
        at = 0
        for start, size in zip(starts[numbers].tolist(), sizes.tolist(), strict=True):
            content[at : at + size] = self.content[start : start + size]
            at += size
        return Pieces(content, ends)


def pieces(each: Iterable[bytes]) -> Pieces:
    """Byte strings as one array."""
    held = list(each)
    ends = np.cumsum([0, *map(len, held)], dtype=np.int64)[1:]
    return Pieces(np.frombuffer(b"".join(held), dtype=np.uint8), ends)


def joined(several: Sequence[Pieces]) -> Pieces:
    """The pieces of each, behind one another."""
    shifts = np.cumsum([0, *(len(one.content) for one in several)])[:-1]
    content = np.concatenate([np.zeros(0, dtype=np.uint8), *(one.content for one in several)])
    ends = [one.ends + shift for one, shift in zip(several, shifts, strict=True)]
    return Pieces(content, np.concatenate([np.zeros(0, dtype=np.int64), *ends]))
