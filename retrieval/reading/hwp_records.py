"""The records that the streams of an HWP 5 file are made of, as the tree that their levels tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

MOST_RECORDS = 1_000_000
"""Of one stream, each costing up to 200 bytes in memory; a catalogue of 800 pages has 250,000."""

_HEADER = struct.Struct("<I")
_LONG = 0xFFF


class Tag(IntEnum):
    """The kinds of record that say something; all others are layout."""

    CHAR_SHAPE = 21
    STYLE = 26
    PARA_HEADER = 66
    PARA_TEXT = 67
    PARA_CHAR_SHAPE = 68
    CTRL_HEADER = 71
    LIST_HEADER = 72
    SHAPE_COMPONENT = 76
    TABLE = 77
    MEMO_LIST = 93


_KEPT = frozenset(Tag)


@dataclass(slots=True)
class Node:
    """A record and those one level below it."""

    tag: int
    payload: bytes
    children: list[Node] = field(default_factory=list)


def records_of(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tag, level and content of every record that says something; raises ValueError where the stream ends in one."""
    at, count = 0, 0
    while at + _HEADER.size <= len(stream):
        (header,) = _HEADER.unpack_from(stream, at)
        at += _HEADER.size
        size = header >> 20
        if size == _LONG:
            if at + _HEADER.size > len(stream):
                raise ValueError("a record ends too soon")
            (size,) = _HEADER.unpack_from(stream, at)
            at += _HEADER.size
        if at + size > len(stream):
            raise ValueError("a record ends too soon")
        count += 1
        if count > MOST_RECORDS:
            raise ValueError(f"it has more than {MOST_RECORDS:,} records")
        tag = header & 0x3FF
        if tag in _KEPT:
            yield tag, header >> 10 & 0x3FF, stream[at : at + size]
        at += size


def tree_of(stream: bytes) -> list[Node]:
    """The records of a stream that stand at the top, the others below them.

    A record is below the last one of a lower level, so that a level left out or skipped does no harm.
    """
    top: list[Node] = []
    open_nodes: list[tuple[int, Node]] = []
    for tag, level, payload in records_of(stream):
        node = Node(tag, payload)
        while open_nodes and open_nodes[-1][0] >= level:
            open_nodes.pop()
        (open_nodes[-1][1].children if open_nodes else top).append(node)
        open_nodes.append((level, node))
    return top
