"""A page of a PDF → its letters as they were drawn, turned upright; the one room that asks PDFium for text."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from retrieval.reading.pdf_characters import SPACE, character

MOST_LETTERS_OF_A_PAGE = 300_000
"""What stands behind so many is left out; a full page of a newspaper has a tenth of them."""
_STEP = math.radians(2)  # a scan is skewed by as much
_SQUARE = math.radians(0.2)
_LARGEST = 5_000.0  # points
_FILL_AND_STROKE = 2
_FORCE_BOLD = 1 << 18
_LONGEST_FONT_NAME = 128
_LINE_ENDS = frozenset({0x0A, 0x0D, 0x2028, 0x2029})
_BOLD = re.compile(
    r"bold|black|heavy|demi|medi$|medi[-,]|headline|견고딕|견명조|태고딕|태명조|(?:^|\+)[a-z]{0,3}bx\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is turned so that most of its text stands upright: places count in points from its upper left."""

    cosine: float
    sine: float
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, box: tuple[float, float, float, float], angle: float) -> Frame:
        """The frame of a page with `box` (left, bottom, right, top) whose text runs at `angle`, in radians."""
        cosine, sine = math.cos(angle), math.sin(angle)
        corners = [(x * cosine + y * sine, y * cosine - x * sine) for x in box[::2] for y in box[1::2]]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        return cls(cosine, sine, left, top, right - left, top - bottom)

    def placed(self, x: float, y: float) -> tuple[float, float]:
        """Where the file's point `x`, `y` is: to the right of the upper left corner and down from it."""
        return x * self.cosine + y * self.sine - self.left, self.top - (y * self.cosine - x * self.sine)


class Style(NamedTuple):
    """What letters drawn in one go share: where they begin from the page's lower left, and how they look."""

    x: float
    y: float
    size: float
    is_bold: bool
    angle: float


class Letter(NamedTuple):
    """A letter, or what a ligature stands for, and its box; without text where PDFium sees a gap.

    A tuple, for a page has thousands of them.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    style: Style


@dataclass(frozen=True, slots=True)
class PageLetters:
    """A page's upright letters in the order in which they were drawn, and the frame in which the page is upright."""

    letters: tuple[Letter, ...]
    frame: Frame


def page_letters(page: PdfPage) -> PageLetters:
    """The letters of `page` that stand as most of them do; watermarks and labels at another angle are left out."""
    textpage = page.get_textpage()
    try:
        letters = _letters(textpage.raw)
    finally:
        textpage.close()
    angle = _commonest_angle(letters)
    frame = Frame.of(page.get_bbox(), angle)
    upright: Iterator[Letter] = (letter for letter in letters if abs(letter.style.angle - angle) <= _STEP)
    if abs(angle) > _SQUARE:
        upright = _turned(upright, frame.cosine, frame.sine)
    return PageLetters(tuple(upright), frame)


def _letters(textpage: pdfium.FPDF_TEXTPAGE) -> list[Letter]:
    """The letters of a page as drawn; what PDFium says of one is not asked again for its neighbours in a word."""
    count = min(pdfium.FPDFText_CountChars(textpage), MOST_LETTERS_OF_A_PAGE)
    places = _places(textpage, count)
    styles: dict[int, Style | None] = {}
    letters: list[Letter] = []
    style: Style | None = None
    last_top = last_bottom = 0.0
    for index, code in _codes(textpage, count):
        text = character(code)
        left, top, right, bottom = places[4 * index : 4 * index + 4]
        if code in _LINE_ENDS or (text == SPACE and pdfium.FPDFText_IsGenerated(textpage, index) == 1):
            style = None
            if letters and letters[-1].text:
                letters.append(Letter("", 0.0, 0.0, 0.0, 0.0, letters[-1].style))
            continue
        if not text:
            continue
        if style is None or top != last_top or bottom != last_bottom or left == letters[-1].left:
            drawing = pdfium.FPDFText_GetTextObject(textpage, index)
            if not drawing:
                continue
            ligature = style
            address = ctypes.addressof(drawing.contents)
            if address not in styles:
                styles[address] = _style(textpage, index, drawing)
            style = styles[address]
            if style is None:
                continue
            if style is ligature and left == letters[-1].left and right == letters[-1].right:
                letters[-1] = letters[-1]._replace(text=letters[-1].text + text)
                continue
        last_top, last_bottom = top, bottom
        letters.append(Letter(text, left, bottom, right, top, style))
    return letters


def _places(textpage: pdfium.FPDF_TEXTPAGE, count: int) -> list[float]:
    """Left, top, right and bottom of each character, one after the other."""
    boxes = (pdfium.FS_RECTF * count)()
    box_of = pdfium.FPDFText_GetLooseCharBox
    for index, box in enumerate(boxes):
        box_of(textpage, index, box)
    return (ctypes.c_float * (4 * count)).from_buffer(boxes)[:] if count else []


def _codes(textpage: pdfium.FPDF_TEXTPAGE, count: int) -> Iterator[tuple[int, int]]:
    """The index and the code of each character; one beyond 16 bits, which PDFium cuts in two, at its second half."""
    buffer = (ctypes.c_ushort * (count + 1))()
    is_whole = pdfium.FPDFText_GetText(textpage, 0, count, buffer) == count + 1
    codes = buffer[:count] if is_whole else [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count)]
    high = 0
    for index, code in enumerate(codes):
        if 0xD800 <= code < 0xDC00:
            high = code
        elif high and 0xDC00 <= code < 0xE000:
            yield index, 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
        else:
            yield index, code


def _style(textpage: pdfium.FPDF_TEXTPAGE, index: int, drawing: pdfium.FPDF_PAGEOBJECT) -> Style | None:
    """How the letters of the text object `drawing` look; None where they cannot be seen."""
    matrix, x, y, flags = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
    length = pdfium.FPDFText_GetFontInfo(textpage, index, name, _LONGEST_FONT_NAME, flags)
    font = name.raw[: max(0, min(length, _LONGEST_FONT_NAME) - 1)].decode("utf-8", "replace")
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    angle = math.atan2(matrix.b, matrix.a)
    is_sane = math.isfinite(angle) and 0 < size < _LARGEST
    is_bold = (
        bool(_BOLD.search(font))
        or bool(flags.value & _FORCE_BOLD)
        or pdfium.FPDFTextObj_GetTextRenderMode(drawing) == _FILL_AND_STROKE
    )
    return Style(x.value, y.value, size, is_bold, angle) if is_sane else None


def _commonest_angle(letters: list[Letter]) -> float:
    counts = Counter(round(letter.style.angle / _STEP) for letter in letters)
    if len(counts) < 2:
        return letters[0].style.angle if letters else 0.0
    step = max(counts, key=lambda step: (counts[step], -abs(step)))
    angles = sorted(letter.style.angle for letter in letters if round(letter.style.angle / _STEP) == step)
    return angles[len(angles) // 2]


def _turned(letters: Iterator[Letter], cosine: float, sine: float) -> Iterator[Letter]:
    """`letters` on the page turned upright, as far as their lefts, rights and styles tell."""
    styles: dict[Style, Style] = {}
    for text, left, bottom, right, top, style in letters:
        if style not in styles:
            x, y = style.x * cosine + style.y * sine, style.y * cosine - style.x * sine
            styles[style] = style._replace(x=x, y=y)
        middle = (left + right) / 2 * cosine + (bottom + top) / 2 * sine
        half = (right - left if abs(cosine) > abs(sine) else top - bottom) / 2
        yield Letter(text, middle - half, bottom, middle + half, top, styles[style])
