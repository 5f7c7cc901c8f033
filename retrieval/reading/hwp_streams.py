"""The streams of an HWP 5 file: a compound file whose text is deflated, and enciphered in a copy for distribution.

Developed with reference to the public documents on the HWP file format by Hancom Inc.
(본 제품은 한글과컴퓨터의 한글 문서 파일(.hwp) 공개 문서를 참고하여 개발하였습니다.)
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from enum import IntFlag
from io import BytesIO

import olefile

from retrieval.errors import ReadingError
from retrieval.reading.hwp_distribution import deciphered

LARGEST_STREAM_BYTES = 64 * 1024 * 1024
LARGEST_SUM_BYTES = 128 * 1024 * 1024
"""What one stream, and all that are read of a file, may unpack to."""

_SIGNATURE = b"HWP Document File"
_FLAGS_AT = 36
_SECTION = re.compile(r"section(\d{1,6})", re.IGNORECASE)
_SUMMARY = "\x05HwpSummaryInformation"
_SHIFTS_AT, _TABLES_AT, _HEADER_BYTES = 30, 44, 512
_SECTOR_SHIFTS, _MINI_SECTOR_SHIFT = (9, 12), 6
_SAVE_AGAIN = "Open it in the program that wrote it and save it again."
_SAVE_AS_HWPX = "Open it in Hangul and save it as .hwpx."
_DAMAGES = (OSError, ValueError, IndexError, struct.error, OverflowError, TypeError, AttributeError, KeyError)
"""What olefile raises over broken compound files."""


class _Flag(IntFlag):
    COMPRESSED = 0x1
    PASSWORD = 0x2
    DISTRIBUTION = 0x4
    DRM = 0x10
    CERTIFICATE = 0x100
    CERTIFICATE_DRM = 0x400


_LOCKED = _Flag.PASSWORD | _Flag.DRM | _Flag.CERTIFICATE | _Flag.CERTIFICATE_DRM


@dataclass(frozen=True, slots=True)
class Streams:
    """The unpacked streams of a file that text is read from; `summary` is a set of properties, perhaps empty."""

    info: bytes
    sections: tuple[bytes, ...]
    summary: bytes


def streams_of(content: bytes, name: str) -> Streams:
    """The streams of the HWP 5 file `content`; raises ReadingError where it is older, locked, damaged or a bomb."""
    if content.startswith(_SIGNATURE):
        raise ReadingError("is a Hangul document of before 2000 (HWP 3).", where=name, remedy=_SAVE_AS_HWPX)
    _check_header(content, name)
    try:
        with olefile.OleFileIO(BytesIO(content)) as compound:
            _check_sizes(compound, len(content), name)
            return _Reader(compound, name).streams()
    except RecursionError as error:
        raise _damaged(name, "its folders never end") from error
    except _DAMAGES as error:
        raise _damaged(name, str(error) or "it ends too soon") from error


def _check_header(content: bytes, name: str) -> None:
    """Refuse a header that would have olefile read one sector for ever: more tables than the file has room for."""
    if len(content) < _HEADER_BYTES:
        raise _damaged(name, "it ends too soon")
    shift, mini_shift = struct.unpack_from("<HH", content, _SHIFTS_AT)
    if shift not in _SECTOR_SHIFTS or mini_shift != _MINI_SECTOR_SHIFT:
        raise _damaged(name, "its header is wrong")
    sectors = (len(content) >> shift) + 1
    most_tables = 2 * (sectors >> (shift - 2)) + 16  # a table of a sector's size has four bytes for each sector
    if any(count > most_tables for count in struct.unpack_from("<I16xI4xI", content, _TABLES_AT)):
        raise _damaged(name, "its header is wrong")


def _check_sizes(compound: olefile.OleFileIO, size: int, name: str) -> None:
    """Refuse streams larger than the file, which olefile would read round in a circle."""
    largest = max([compound.root.size, *(compound.get_size(path) for path in compound.listdir())])
    if largest > size:
        raise _damaged(name, "a stream in it is larger than the file")


class _Reader:
    def __init__(self, compound: olefile.OleFileIO, name: str) -> None:
        self._compound, self._name = compound, name
        self._unpacked_bytes = 0

    def streams(self) -> Streams:
        flags = self._flags()
        paths = self._compound.listdir()
        folder = "viewtext" if flags & _Flag.DISTRIBUTION else "bodytext"
        numbered = sorted(
            (int(match[1]), path)
            for path in paths
            if len(path) == 2 and path[0].lower() == folder and (match := _SECTION.fullmatch(path[1]))
        )
        sections = tuple(self._unpacked(self._section(path, flags), flags) for _, path in numbered)
        if not sections:
            raise _damaged(self._name, "no text is in it")
        info = self._unpacked(self._stream("DocInfo"), flags) if ["DocInfo"] in paths else b""
        return Streams(info, sections, self._stream(_SUMMARY) if [_SUMMARY] in paths else b"")

    def _flags(self) -> _Flag:
        header = self._stream("FileHeader")
        if not header.startswith(_SIGNATURE) or len(header) < _FLAGS_AT + 4:
            raise _damaged(self._name, "its header is no Hangul document's")
        flags = _Flag(struct.unpack_from("<I", header, _FLAGS_AT)[0])
        if flags & _LOCKED:
            remedy = "Save it without a password or other protection."
            raise ReadingError("is protected by a password.", where=self._name, remedy=remedy)
        return flags

    def _stream(self, path: str | list[str]) -> bytes:
        stream: bytes = self._compound.openstream(path).read()
        return stream

    def _section(self, path: list[str], flags: _Flag) -> bytes:
        packed = self._stream(path)
        return deciphered(packed) if flags & _Flag.DISTRIBUTION else packed

    def _unpacked(self, packed: bytes, flags: _Flag) -> bytes:
        """The stream inflated, as far as the limits allow; a few writers put zlib's header before it."""
        if not flags & _Flag.COMPRESSED:
            return packed
        has_header = packed[:1] == b"\x78" and int.from_bytes(packed[:2], "big") % 31 == 0
        inflating = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
        try:
            unpacked = inflating.decompress(packed, LARGEST_STREAM_BYTES + 1)
        except zlib.error as error:
            raise _damaged(self._name, str(error)) from error
        self._unpacked_bytes += len(unpacked)
        if len(unpacked) > LARGEST_STREAM_BYTES or self._unpacked_bytes > LARGEST_SUM_BYTES:
            what = f"unpacks to more than {LARGEST_STREAM_BYTES // 1024**2} MiB of text."
            raise ReadingError(what, where=self._name, remedy="Do not trust it.")
        if not inflating.eof:
            raise _damaged(self._name, "it ends too soon")
        return unpacked


def _damaged(name: str, why: str) -> ReadingError:
    return ReadingError(f"is damaged or not all there ({why}).", where=name, remedy=_SAVE_AGAIN)
