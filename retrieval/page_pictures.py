"""A page of a PDF → a picture of it, the quoted words highlighted."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from retrieval.errors import ReadingError
from retrieval.highlights import Quoted, highlighted
from retrieval.reading.pdf_characters import character
from retrieval.records import PagePicture

LONGEST_SIDE_PIXELS = 1600
_MOST_PIXELS_A_POINT = 4.0
_MOST_OBLONG = 20
"""Telegram takes no picture that is longer than that many times its width (https://core.telegram.org/bots/api#sendphoto)."""
_PAGES_ON = 2
"""A paragraph that runs over a page's end is on the page where it begins: its last words may stand so many behind."""
_MOST_CHARACTERS = 300_000
_YELLOW = np.array((255, 232, 77), np.uint16)
_MARGIN_PIXELS = 2
_WORD_GAP = 3.0
"""Letters of one line are not further apart than so many times its height."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"

Pixels = npt.NDArray[np.uint8]


@dataclass(slots=True)
class _Box:
    """A stretch of a line, in points of the page, `bottom` below `top`."""

    left: float
    bottom: float
    right: float
    top: float

    def goes_on(self, other: _Box) -> bool:
        """Whether `other` stands behind, on the same line."""
        gap, height = other.left - self.right, self.top - self.bottom
        return other.bottom < self.top and other.top > self.bottom and -height < gap < _WORD_GAP * height

    def widen(self, other: _Box) -> None:
        """Take `other` in."""
        self.left, self.bottom = min(self.left, other.left), min(self.bottom, other.bottom)
        self.right, self.top = max(self.right, other.right), max(self.top, other.top)


def page_picture(content: bytes, page: int, quoted: Quoted, where: str = "") -> PagePicture:
    """The picture of that page of the PDF in `content`, or of the one soon behind it where the words stand.

    Its longer side has at most LONGEST_SIDE_PIXELS. Where the words are not found, nothing is highlighted. Raises
    ReadingError, with `where` the file is, where there is no such page or it cannot be drawn. A PDF can take any time
    and memory: see `drawing`.
    """
    try:
        with PdfDocument(content) as pdf:
            if not 1 <= page <= len(pdf):
                raise ReadingError(f"has no page {page}.", where=where)
            number, boxes = _found(pdf, page, quoted)
            with closing(pdf[number - 1]) as found:
                return PagePicture(number, _png(_drawn(found, boxes, where)))
    except PdfiumError as error:
        raise ReadingError(f"has a page {page} that cannot be drawn.", where=where) from error


def _found(pdf: PdfDocument, page: int, quoted: Quoted) -> tuple[int, list[_Box]]:
    """The page where the words are, and where on it; `page` itself where they are nowhere."""
    for number in range(page, min(page + _PAGES_ON, len(pdf)) + 1):
        with closing(pdf[number - 1]) as each, closing(each.get_textpage()) as textpage:
            count = min(raw.FPDFText_CountChars(textpage.raw), _MOST_CHARACTERS)
            characters = [character(raw.FPDFText_GetUnicode(textpage.raw, index)) for index in range(count)]
            stretches = highlighted(characters, quoted)
            if stretches:
                shown = (index for stretch in stretches for index in stretch if characters[index].strip())
                return number, list(_lines(_boxes(textpage.raw, shown)))
    return page, []


def _boxes(textpage: raw.FPDF_TEXTPAGE, indices: Iterable[int]) -> Iterator[_Box]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in indices:
        if raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
            yield _Box(left.value, bottom.value, right.value, top.value)


def _lines(boxes: Iterable[_Box]) -> Iterator[_Box]:
    """The boxes of letters made one where they stand on one line, so that the gaps between them are in it."""
    line: _Box | None = None
    for box in boxes:
        if line and line.goes_on(box):
            line.widen(box)
            continue
        if line:
            yield line
        line = box
    if line:
        yield line


def _drawn(page: PdfPage, boxes: Iterable[_Box], where: str) -> Pixels:
    width, height = page.get_size()
    if not (width > 0 and height > 0 and 1 / _MOST_OBLONG < width / height < _MOST_OBLONG):
        raise ReadingError("has a page that is too long for a picture.", where=where)
    longest = LONGEST_SIDE_PIXELS - 1  # what is left of a pixel is made a whole one
    bitmap = page.render(scale=min(_MOST_PIXELS_A_POINT, longest / max(width, height)), rev_byteorder=True)
    with closing(bitmap):
        pixels: Pixels = bitmap.to_numpy()[:, :, :3].copy()
    is_marked = np.zeros(pixels.shape[:2], bool)
    for box in boxes:
        is_marked[_area(page, box, pixels)] = True
    pixels[is_marked] = pixels[is_marked] * _YELLOW // 255
    return pixels


def _area(page: PdfPage, box: _Box, pixels: Pixels) -> tuple[slice, slice]:
    """The rows and columns of `pixels` where `box` is, however the page is turned or cut."""
    rows, columns = pixels.shape[:2]
    corners = [_pixel(page, columns, rows, x, y) for x, y in ((box.left, box.bottom), (box.right, box.top))]
    (left, right), (top, bottom) = (sorted(ends) for ends in zip(*corners, strict=True))
    return _widened(top, bottom), _widened(left, right)


def _widened(start: int, end: int) -> slice:
    return slice(max(0, start - _MARGIN_PIXELS), max(0, end + _MARGIN_PIXELS))


def _pixel(page: PdfPage, columns: int, rows: int, x: float, y: float) -> tuple[int, int]:
    column, row = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, columns, rows, 0, x, y, column, row)
    return column.value, row.value


def _png(pixels: Pixels) -> bytes:
    """The picture in the simplest shape that the format knows (https://www.w3.org/TR/png/): unfiltered rows."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, 3 * width)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows.tobytes())) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
