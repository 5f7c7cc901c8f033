"""What Hangul notes of a document beside its text: a set of properties as the compound files of Windows have them."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator

from retrieval.dates import first_date
from retrieval.reading.hangul_metadata import KOREA, Summary

_TITLE, _AUTHOR, _SAVED, _DATE_WRITTEN = 2, 4, 13, 20
_WIDE_STRING, _FILE_TIME = 31, 64
_SET_AT = 44
_MOST_PROPERTIES, _LONGEST_STRING = 64, 500
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def summary_of(stream: bytes) -> Summary:
    """The title, author and date in `stream`; what is damaged is as if it were not there, for the text stands alone.

    The date is the day, in Korea, on which the document was last saved.
    """
    try:
        strings = dict(_strings(stream))
        saved = next(_days(stream), None)
    except (struct.error, OverflowError):
        return Summary()
    date = saved or first_date(strings.get(_DATE_WRITTEN, ""))
    return Summary(strings.get(_TITLE, ""), strings.get(_AUTHOR, ""), date)


def _strings(stream: bytes) -> Iterator[tuple[int, str]]:
    for number, kind, at in _properties(stream):
        if kind == _WIDE_STRING:
            (length,) = struct.unpack_from("<I", stream, at)
            raw = stream[at + 4 : at + 4 + 2 * min(length, _LONGEST_STRING)]
            yield number, raw.decode("utf-16-le", "replace").rstrip("\0").strip()


def _days(stream: bytes) -> Iterator[dt.date]:
    for number, kind, at in _properties(stream):
        if number == _SAVED and kind == _FILE_TIME:
            (ticks,) = struct.unpack_from("<Q", stream, at)
            if ticks:
                yield (_EPOCH + dt.timedelta(microseconds=ticks // 10)).astimezone(KOREA).date()


def _properties(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, type and offset of the value of each property ([MS-OLEPS], 2.20 and 2.21)."""
    if not stream:
        return
    (start,) = struct.unpack_from("<I", stream, _SET_AT)
    (count,) = struct.unpack_from("<I", stream, start + 4)
    for index in range(min(count, _MOST_PROPERTIES)):
        number, offset = struct.unpack_from("<II", stream, start + 8 + 8 * index)
        (kind,) = struct.unpack_from("<I", stream, start + offset)
        yield number, kind, start + offset + 4
