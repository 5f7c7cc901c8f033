"""A page of a PDF → its words with their places; the one room that asks PDFium what stands on a page."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from retrieval.reading.pdf_characters import SOFT_HYPHEN, SPACE, accented, character

MOST_LETTERS_OF_A_PAGE = 300_000
"""What stands behind so many is left out; a full page of a newspaper has a tenth of them."""
_GAP = 0.22  # em; the spaces of fonts are 0.2 to 0.33 em wide, kerning is far below
_SEEN_GAP = 0.08  # em; where PDFium sees a gap too
_BACK = -0.5  # em; a letter that begins so far before its neighbour's end belongs elsewhere
_OVERPRINT = 0.12  # em; a letter drawn again this near is one letter, made bold
_SAME_BASELINE = 0.12  # em
_EDGE = 2.0  # points; what stands further outside the page is not to be seen
_STEP = math.radians(2)  # a scan is skewed by as much
_SQUARE = math.radians(0.2)
_FILL_AND_STROKE = 2
_FORCE_BOLD = 1 << 18
_LONGEST_FONT_NAME = 128
_LINE_ENDS = frozenset({0x0A, 0x0D, 0x2028, 0x2029})
_BOLD = re.compile(
    r"bold|black|heavy|demi|medi$|medi[-,]|headline|견고딕|견명조|태고딕|태명조|(?:^|\+)[a-z]{0,3}bx\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap: from `left` to `right`, on `baseline` down from the page's top, in points.

    `is_spaced` says that the file itself has a space behind it, as some files have at a line's end between two words.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool
    is_spaced: bool


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


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page's upright words in the order in which they were drawn, placed in `frame`."""

    words: tuple[Word, ...]
    frame: Frame


class _Style(NamedTuple):
    """What letters drawn in one go share: where they begin from the page's lower left, and how they look."""

    x: float
    y: float
    size: float
    is_bold: bool
    angle: float


class _Letter(NamedTuple):
    """A letter, or what a ligature stands for, and its box; without text where PDFium sees a gap.

    A tuple, for a page has thousands of them.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    style: _Style


def page_words(page: PdfPage) -> PageWords:
    """The words of `page` that stand as most of them do; watermarks and labels at another angle are left out."""
    textpage = page.get_textpage()
    try:
        letters = _letters(textpage.raw)
    finally:
        textpage.close()
    angle = _commonest_angle(letters)
    frame = Frame.of(page.get_bbox(), angle)
    upright = [letter for letter in letters if abs(letter.style.angle - angle) <= _STEP and letter.style.size > 0]
    if abs(angle) > _SQUARE:
        upright = list(_turned(upright, frame.cosine, frame.sine))
    return PageWords(tuple(word for word in _words(upright, frame) if _is_seen(word, frame)), frame)


def _is_seen(word: Word, frame: Frame) -> bool:
    is_across = word.right > -_EDGE and word.left < frame.width + _EDGE
    return is_across and -_EDGE < word.baseline < frame.height + _EDGE


def _letters(textpage: pdfium.FPDF_TEXTPAGE) -> list[_Letter]:
    """The letters of a page as drawn; what PDFium says of one is not asked again for its neighbours in a word."""
    count = min(pdfium.FPDFText_CountChars(textpage), MOST_LETTERS_OF_A_PAGE)
    places = _places(textpage, count)
    styles: dict[int, _Style] = {}
    letters: list[_Letter] = []
    style: _Style | None = None
    last_top = last_bottom = 0.0
    for index, code in _codes(textpage, count):
        text = character(code)
        left, top, right, bottom = places[4 * index : 4 * index + 4]
        if code in _LINE_ENDS or (text == SPACE and pdfium.FPDFText_IsGenerated(textpage, index) == 1):
            style = None
            if letters and letters[-1].text:
                letters.append(_Letter("", 0.0, 0.0, 0.0, 0.0, letters[-1].style))
            continue
        if not text:
            continue
        if style is None or top != last_top or bottom != last_bottom or left == letters[-1].left:
            drawing = pdfium.FPDFText_GetTextObject(textpage, index)
            if not drawing:
                continue
            ligature = style
            address = ctypes.addressof(drawing.contents)
            style = styles.get(address)
            if style is None:
                style = styles[address] = _style(textpage, index, drawing)
            if style is ligature and left == letters[-1].left and right == letters[-1].right:
                letters[-1] = letters[-1]._replace(text=letters[-1].text + text)
                continue
        last_top, last_bottom = top, bottom
        letters.append(_Letter(text, left, bottom, right, top, style))
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


def _style(textpage: pdfium.FPDF_TEXTPAGE, index: int, drawing: pdfium.FPDF_PAGEOBJECT) -> _Style:
    matrix, x, y, flags = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
    length = pdfium.FPDFText_GetFontInfo(textpage, index, name, _LONGEST_FONT_NAME, flags)
    font = name.raw[: max(0, min(length, _LONGEST_FONT_NAME) - 1)].decode("utf-8", "replace")
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    is_bold = (
        bool(_BOLD.search(font))
        or bool(flags.value & _FORCE_BOLD)
        or pdfium.FPDFTextObj_GetTextRenderMode(drawing) == _FILL_AND_STROKE
    )
    return _Style(x.value, y.value, size, is_bold, math.atan2(matrix.b, matrix.a))


def _commonest_angle(letters: list[_Letter]) -> float:
    counts = Counter(round(letter.style.angle / _STEP) for letter in letters)
    if len(counts) < 2:
        return letters[0].style.angle if letters else 0.0
    step = max(counts, key=lambda step: (counts[step], -abs(step)))
    angles = sorted(letter.style.angle for letter in letters if round(letter.style.angle / _STEP) == step)
    return angles[len(angles) // 2]


def _turned(letters: list[_Letter], cosine: float, sine: float) -> Iterator[_Letter]:
    """`letters` on the page turned upright, as far as their lefts, rights and styles tell."""
    styles: dict[_Style, _Style] = {}
    for text, left, bottom, right, top, style in letters:
        if style not in styles:
            x, y = style.x * cosine + style.y * sine, style.y * cosine - style.x * sine
            styles[style] = style._replace(x=x, y=y)
        middle = (left + right) / 2 * cosine + (bottom + top) / 2 * sine
        half = (right - left if abs(cosine) > abs(sine) else top - bottom) / 2
        yield _Letter(text, middle - half, bottom, middle + half, top, styles[style])


def _words(letters: Sequence[_Letter], frame: Frame) -> Iterator[Word]:
    """The words that upright `letters` make, placed in `frame`."""
    word: list[_Letter] = []
    gap = False
    for letter in letters:
        text, left, _, _, _, style = letter
        if not text:
            gap = True
            continue
        if not word:
            if text != SPACE:
                word.append(letter)
            gap = False
            continue
        last_text, last_left, _, last_right, _, last_style = word[-1]
        size = last_style.size
        on_baseline = style is last_style or abs(style.y - last_style.y) <= _SAME_BASELINE * size
        if text == SPACE:
            yield _word(word, frame, is_spaced=on_baseline)
            word = []
        elif on_baseline and text == last_text and abs(left - last_left) < _OVERPRINT * size:
            continue
        elif on_baseline and _BACK * size < left - last_right <= (_SEEN_GAP if gap else _GAP) * size:
            word.append(letter)
        else:
            yield _word(word, frame, is_spaced=False)
            word = [letter]
        gap = False
    if word:
        yield _word(word, frame, is_spaced=False)


def _word(letters: list[_Letter], frame: Frame, *, is_spaced: bool) -> Word:
    text = "".join([letter.text for letter in letters])
    if not text.isascii():
        text = unicodedata.normalize("NFC", _with_accents(letters))
        text = text[:-1].replace(SOFT_HYPHEN, "") + ("-" if text[-1] == SOFT_HYPHEN else text[-1])
    first, middle = letters[0], letters[len(letters) // 2].style
    left, right = first.left - frame.left, letters[-1].right - frame.left
    return Word(text, left, right, frame.top - first.style.y, middle.size, middle.is_bold, is_spaced)


def _with_accents(letters: list[_Letter]) -> str:
    """The letters' text; an accent that is drawn over the next letter, as by TeX, on that letter."""
    text = ""
    accent: _Letter | None = None
    for letter in letters:
        if accent and letter.left < (accent.left + accent.right) / 2 and accented(accent.text, letter.text):
            text = text[: -len(accent.text)] + accented(accent.text, letter.text)
            accent = None
        else:
            text += letter.text
            accent = letter
    return text
