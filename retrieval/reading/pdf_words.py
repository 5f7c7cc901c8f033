"""A page of a PDF → its words with their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfPage

from retrieval.reading.pdf_characters import SOFT_HYPHEN, SPACE, accented
from retrieval.reading.pdf_letters import Frame, Letter, page_letters

_GAP = 0.22  # em; the spaces of fonts are 0.2 to 0.33 em wide, kerning is far below
_SEEN_GAP = 0.08  # em; where PDFium sees a gap too
_BACK = -0.5  # em; a letter that begins so far before its neighbour's end belongs elsewhere
_OVERPRINT = 0.12  # em; a letter drawn again this near is one letter, made bold
_SAME_BASELINE = 0.12  # em
_EDGE = 2.0  # points; what stands further outside the page is not to be seen


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
class PageWords:
    """A page's upright words in the order in which they were drawn, placed in `frame`."""

    words: tuple[Word, ...]
    frame: Frame


def page_words(page: PdfPage) -> PageWords:
    """The words of `page` that stand upright with most of its text and within its edges."""
    found = page_letters(page)
    words = _words(found.letters, found.frame)
    return PageWords(tuple(word for word in words if _is_seen(word, found.frame)), found.frame)


def _is_seen(word: Word, frame: Frame) -> bool:
    """Whether `word` stands on the page, at least in part."""
    is_across = -_EDGE < word.right < 2 * frame.width and -frame.width < word.left < frame.width + _EDGE
    return is_across and -_EDGE < word.baseline < frame.height + _EDGE


def _words(letters: Sequence[Letter], frame: Frame) -> Iterator[Word]:
    """The words that upright `letters` make, placed in `frame`."""
    word: list[Letter] = []
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


def _word(letters: list[Letter], frame: Frame, *, is_spaced: bool) -> Word:
    text = "".join([letter.text for letter in letters])
    if not text.isascii():
        text = unicodedata.normalize("NFC", _with_accents(letters))
        text = text[:-1].replace(SOFT_HYPHEN, "") + ("-" if text[-1] == SOFT_HYPHEN else text[-1])
    first, middle = letters[0], letters[len(letters) // 2].style
    left, right = first.left - frame.left, letters[-1].right - frame.left
    return Word(text, left, right, frame.top - first.style.y, middle.size, middle.is_bold, is_spaced)


def _with_accents(letters: list[Letter]) -> str:
    """The letters' text; an accent that is drawn over the next letter, as by TeX, on that letter."""
    text = ""
    accent: Letter | None = None
    for letter in letters:
        if accent and letter.left < (accent.left + accent.right) / 2 and accented(accent.text, letter.text):
            text = text[: -len(accent.text)] + accented(accent.text, letter.text)
            accent = None
        else:
            text += letter.text
            accent = letter
    return text
