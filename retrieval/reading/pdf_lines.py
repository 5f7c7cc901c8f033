"""A column's rows of words → its lines: spaces between the words, superscripts in their places, note marks gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from retrieval.reading.pdf_korean import is_hangul
from retrieval.reading.pdf_rows import Row, rows_of
from retrieval.reading.pdf_tables import TableRow
from retrieval.reading.pdf_words import Word
from retrieval.reading.table_rows import BETWEEN_CELLS

_SMALLER = 0.86  # a raised or lowered word is smaller than this share of its neighbours
_RAISED, _LOWERED = 0.65, 0.4  # em; no superscript, no subscript stands further from its line's baseline
_SPACE = 0.08  # em
_AIR, _AIR_BESIDE_SPACES = 0.24, 0.28  # em
_SHARE_OF_SPACE = 0.8
_FEWEST_SPACED_OUT, _SPACED_OUT, _WITHIN_WORD = 8, 0.7, 1.5
_OPENS, _CLOSES = frozenset("“‘(（[「『〈《【·"), frozenset("”’)）]」』〉》】·,.、。")
_NEAR = 0.4  # em
_MARK_GAP = 0.15  # em
_BEFORE_NOTE = 4.0  # em; a note's mark may stand so far before the note
_OVERPRINT = 0.3  # em
_RISEN = 0.12  # em
_MOSTLY = 0.8
_SUPERSCRIPTS = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_NOTE_MARK = re.compile(r"[(\[]?\d{1,3}(?:[,–-]\d{1,3}){0,9}[)\]]?,?|[*†‡§¶#]{1,3}\)?")
_TAKES_NOTE = re.compile(r"(?:[^\W\d_]{3}|[가-힣]|[.,;:!?\"”’)\]»」』])$")


@dataclass(frozen=True, slots=True)
class _Token:
    """What stands between two spaces, from `left` to `right`."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column, its place in points, `baseline` down from the top of page `page`, which counts from 1.

    `first_right` is where its first word ends; `is_spaced` says that the file has a space behind its last word,
    `is_marked` that it begins with a raised note mark. A table's row is one line, with the lines of its `cells`.
    """

    text: str
    page: int
    column: int
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool
    first_right: float
    is_spaced: bool
    is_marked: bool
    cells: tuple[tuple[Line, ...], ...] = ()


def lines_of(rows: Sequence[Row], page: int, column: int) -> Iterator[Line]:
    """The lines that `rows`, from the top down, make in the column number `column` of `page`."""
    for row in _with_raised(rows):
        if isinstance(row[0], TableRow):
            yield _table_line(row[0], page, column)
        else:
            yield _line(row, page, column)


def _table_line(row: TableRow, page: int, column: int) -> Line:
    cells = tuple(tuple(lines_of(rows_of(cell), page, column)) for cell in row.cells)
    text = BETWEEN_CELLS.join(" ".join(line.text for line in cell) for cell in cells)
    lines = [line for cell in cells for line in cell]
    foot = max(line.baseline for line in lines)
    return Line(
        text=text,
        page=page,
        column=column,
        left=row.left,
        right=row.right,
        baseline=foot,
        size=row.size,
        is_bold=row.is_bold,
        first_right=row.right,
        is_spaced=False,
        is_marked=False,
        cells=cells,
    )


def _with_raised(rows: Sequence[Row]) -> list[Row]:
    """`rows`, those that are but superscripts of the next row or subscripts of the last put into it."""
    done: list[Row] = []
    for row in rows:
        if done and (_is_beside(row, done[-1], _LOWERED) or _is_beside(done[-1], row, _RAISED)):
            done[-1] = tuple(sorted(done[-1] + row, key=lambda word: word.left))
        else:
            done.append(row)
    return done


def _is_beside(small: Row, row: Row, reach: float) -> bool:
    """Whether each word of `small` is smaller than `row`, within `reach` em of its baseline and beside a word of it."""
    size = _size(row)
    if isinstance(small[0], TableRow) or isinstance(row[0], TableRow):
        return False
    if _size(small) > _SMALLER * size or abs(small[0].baseline - row[0].baseline) > reach * size:
        return False
    if (
        len(small) == 1
        and _NOTE_MARK.fullmatch(small[0].text)
        and 0 < row[0].left - small[0].right < _BEFORE_NOTE * size
    ):
        return True
    near = _NEAR * size
    return all(
        any(other.left - near < word.right and word.left < other.right + near for other in row) for word in small
    )


def _line(row: Row, page: int, column: int) -> Line:
    size = _size(row)
    base = next(word for word in row if round(word.size, 1) == size)
    tokens = _tokens(_drawn_together(_drawn_once(row, size)), base)
    bold = sum(len(word.text) for word in row if word.is_bold)
    return Line(
        text=" ".join(token.text for token in tokens),
        page=page,
        column=column,
        left=tokens[0].left,
        right=max(token.right for token in tokens),
        baseline=base.baseline,
        size=size,
        is_bold=bold > _MOSTLY * sum(len(word.text) for word in row),
        first_right=tokens[0].right,
        is_spaced=row[-1].is_spaced,
        is_marked=bool(_NOTE_MARK.fullmatch(row[0].text)) and _is_raised(row[0], base),
    )


def _size(row: Row) -> float:
    """The size of most letters of `row`."""
    if len({word.size for word in row}) == 1:
        return round(row[0].size, 1)
    sizes = Counter[float]()
    for word in row:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def _drawn_once(row: Row, size: float) -> list[Word]:
    """The words of `row` without those that are drawn over themselves to look bold."""
    words: list[Word] = []
    for word in row:
        if not any(word.text == other.text and word.left - other.left < _OVERPRINT * size for other in words[-2:]):
            words.append(word)
    return words


def _drawn_together(words: list[Word]) -> list[Word]:
    """`words`; where they are but letters that somebody spaced out, the words that these letters make."""
    letters = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    if letters < _FEWEST_SPACED_OUT or letters < _SPACED_OUT * len(words):
        return words
    gaps = [following.left - word.right for word, following in pairwise(words)]
    widest = _WITHIN_WORD * median(gaps)
    together = [words[0]]
    for word, following, gap in zip(words, words[1:], gaps, strict=False):
        if word.is_spaced or gap > widest:
            together.append(following)
        else:
            last = together[-1]
            together[-1] = replace(following, text=last.text + following.text, left=last.left)
    return together


def _tokens(words: Sequence[Word], base: Word) -> list[_Token]:
    """What stands between spaces; note marks are left out, other superscripts are made such."""
    tokens: list[_Token] = []
    last: Word | None = None
    air = _air(words, base.size)
    for word in words:
        gap = word.left - last.right if last else 0.0
        is_raised = _is_raised(word, base)
        if tokens and is_raised and gap < _MARK_GAP * base.size and _is_note_mark(word.text, tokens[-1].text):
            continue
        text = word.text
        if is_raised and last is not None and all(ord(character) in _SUPERSCRIPTS for character in text):
            text = text.translate(_SUPERSCRIPTS)
        is_behind_mark = last is words[0] and _is_raised(last, base)
        least = _least_space(last.text, text, base.size, air) if last else 0.0
        if last is None or last.is_spaced or is_behind_mark or gap > least:
            tokens.append(_Token(text, word.left, word.right))
        else:
            tokens[-1] = _Token(tokens[-1].text + text, tokens[-1].left, max(tokens[-1].right, word.right))
        last = word
    return tokens


def _least_space(before: str, after: str, size: float, air: float) -> float:
    """The gap above which a space parts two words; between Korean and other letters there is `air` without one."""
    if before[-1] in _OPENS or after[0] in _CLOSES:
        return size  # full-width marks have air on one side
    is_mixed = before[-1].isalnum() and after[0].isalnum() and is_hangul(before[-1]) != is_hangul(after[0])
    return air if is_mixed else _SPACE * size


def _air(words: Sequence[Word], size: float) -> float:
    """The widest gap in a row that programs put between Korean and other letters where there is no space.

    LibreOffice leaves a fifth of an em there, Word a quarter. A file that has spaces of its own hardly ever leaves one
    out; in a tight row the spaces themselves are no wider.
    """
    if 2 * sum(word.is_spaced for word in words) > len(words):
        return _AIR_BESIDE_SPACES * size
    gaps = [
        word.left - last.right
        for last, word in pairwise(words)
        if is_hangul(last.text[-1]) and is_hangul(word.text[0]) and word.left - last.right > _SPACE * size
    ]
    return min(_AIR * size, _SHARE_OF_SPACE * median(gaps)) if gaps else _AIR * size


def _is_raised(word: Word, base: Word) -> bool:
    return word.size <= _SMALLER * base.size and base.baseline - word.baseline > _RISEN * base.size


def _is_note_mark(raised: str, before: str) -> bool:
    return bool(_NOTE_MARK.fullmatch(raised)) and bool(_TAKES_NOTE.search(before))
