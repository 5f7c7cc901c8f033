"""A column's lines → blocks: the lines of one paragraph, heading, caption or note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from retrieval.reading.captions import ends_sentence
from retrieval.reading.pdf_lines import Line
from retrieval.reading.turns import is_turn
from retrieval.reading.wrapping import is_item

_SAME_SIZE = 0.08  # of the size
_INDENT = 0.6  # em
_CENTRED = 0.5  # em
_DEEPEST_INDENT = 8.0  # em; no first line begins, and no line of an item hangs, further in
_LOOSE = 1.3  # times the usual leading
_LEADING = 1.45  # em, where none is usual
_FEWEST_GAPS = 3
_SPACE = 0.25  # em
_SLACK = 0.3  # em
_NEAR = 4  # lines above and below show how far lines reach beside a picture
_CUT = re.compile(r"\S[-‐‑–—]$")
_INITIAL = re.compile(r"[A-Z]\.\s[A-Z]")
_SOURCE = re.compile(r"\[(?:\d{1,3}|[A-Z][A-Za-z+]{0,7}\d{2}[a-z]?)\]\s*\S")
_FEWEST_JUSTIFIED = 3  # lines
_FEWEST_TURNS, _LINES_OF_A_TURN = 5, 40
_LARGE = 1.12  # times the size of most text; headings are wrapped as they please


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a file: the size of most text, whether it is bold, and each size's distance of baselines."""

    size: float
    is_bold: bool
    leadings: dict[float, float]

    def leading(self, size: float) -> float:
        """How far baselines of lines of `size` lie apart; as in other sizes where there are few of them."""
        usual = self.leadings.get(self.size, _LEADING * self.size)
        return self.leadings.get(size, usual * size / self.size)


def measures_of(lines: Sequence[Line]) -> Measures:
    """The usual measures of `lines`."""
    letters, gaps = Counter[float](), Counter[tuple[float, float]]()
    for line in lines:
        letters[line.size] += len(line.text)
    for line, following in pairwise(lines):
        gap = following.baseline - line.baseline
        is_below = line.page == following.page and line.column == following.column
        if is_below and line.size == following.size and 0.8 < gap / line.size < 2.5 and not following.cells:
            gaps[line.size, round(gap, 1)] += 1
    leadings: dict[float, float] = {}
    for (size, gap), count in sorted(gaps.items(), key=lambda item: (-item[1], item[0])):
        if count >= _FEWEST_GAPS:
            leadings.setdefault(size, gap)
    bold = sum(len(line.text) for line in lines if line.is_bold)
    size = max(letters, key=lambda size: (letters[size], size), default=10.0)
    return Measures(size, 2 * bold > letters.total(), leadings)


def is_conversation(lines: Sequence[Line]) -> bool:
    """Whether `lines` hold a conversation: at least two names with a colon behind them that come again and again."""
    names = Counter(line.text.partition(":")[0] for line in lines if is_turn(line.text))
    again = [count for count in names.values() if count > 1]
    return len(again) > 1 and sum(again) >= max(_FEWEST_TURNS, len(lines) / _LINES_OF_A_TURN)


def blocks_of(column: Sequence[Line], measures: Measures, *, has_turns: bool) -> Iterator[tuple[Line, ...]]:
    """The blocks of one column in order, every line in one; with `has_turns` each turn of a conversation is one."""
    if not column:
        return
    own = replace(measures, leadings=measures.leadings | measures_of(column).leadings)
    right = max(line.right for line in column)
    rights = Counter(round(line.right) for line in column)
    block = [column[0]]
    for index, (line, following) in enumerate(pairwise(column)):
        after = column[index + 2] if index + 2 < len(column) else None
        near = column[max(0, index - _NEAR) : index + _NEAR + 1]
        is_unfinished = not ends_sentence(line.text)
        is_full = _is_full(line, following, right) or (
            is_unfinished
            and (bool(_CUT.search(line.text)) or _is_justified(line, rights) or _is_full_beside(line, following, near))
        )
        breaks_off = is_full and is_unfinished
        if (
            _is_next(line, following, own)
            and not (opens_item(following, line) and not breaks_off)
            and not following.is_marked
            and not (has_turns and is_turn(following.text))
            and (
                _is_heading_wrapped(line, following, measures)
                or (
                    (line.is_bold == following.is_bold or breaks_off)
                    and _is_aligned(block[0], line, following, after, hangs=breaks_off)
                    and (is_full or (is_unfinished and following.text[0].islower()))
                )
            )
        ):
            block.append(following)
        else:
            yield tuple(block)
            block = [following]
    yield tuple(block)


def opens_item(line: Line, above: Line | None = None) -> bool:
    """Whether `line` opens an item of a list; not where a name's initial has but come to stand at its beginning."""
    if above and _INITIAL.match(line.text) and not ends_sentence(above.text):
        return not above.text.rpartition(" ")[2][:1].isupper()
    return is_item(line.text) or bool(_SOURCE.match(line.text))


def _is_next(line: Line, following: Line, measures: Measures) -> bool:
    """Whether `following` is of the same size, and no further below `line` than the next line of a paragraph is."""
    if line.cells or following.cells:
        return False
    gap = following.baseline - line.baseline
    far = _LOOSE * measures.leading(line.size)
    return abs(line.size - following.size) <= _SAME_SIZE * line.size and 0 < gap <= far


def _is_full(line: Line, following: Line, right: float) -> bool:
    """Whether the first word of `following` would not have fitted behind `line`, which may reach up to `right`."""
    first = following.first_right - following.left
    return right - line.right <= first + (_SPACE + _SLACK) * line.size


def _is_justified(line: Line, rights: Counter[int]) -> bool:
    """Whether `line` ends just where several others do, though something else reaches further."""
    place = round(line.right)
    return rights[place - 1] + rights[place] + rights[place + 1] > _FEWEST_JUSTIFIED


def _is_full_beside(line: Line, following: Line, near: Sequence[Line]) -> bool:
    """The same, where all the lines `near` keep clear of something on their right."""
    alike = [other for other in near if abs(other.size - line.size) <= _SAME_SIZE * line.size]
    right = max(other.right for other in alike)
    full = sum(right - other.right <= line.size for other in alike)
    return full >= _NEAR and _is_full(line, following, right)


def _is_heading_wrapped(line: Line, following: Line, measures: Measures) -> bool:
    """Whether both are lines of one heading: alike, no sentence's end between them, large or centred."""
    if line.is_bold != following.is_bold or line.size != following.size or ends_sentence(line.text):
        return False
    apart = abs(line.left + line.right - following.left - following.right) / 2
    is_centred = apart <= _CENTRED * line.size and abs(line.left - following.left) > _INDENT * line.size
    stands_out = line.is_bold and not measures.is_bold
    is_title = stands_out or (line.text.isupper() and following.text.isupper())
    return line.size > _LARGE * measures.size or (is_centred and is_title)


def _is_aligned(first: Line, line: Line, following: Line, after: Line | None, *, hangs: bool) -> bool:
    """Whether `following` stands where the next line of the block does that opened with `first`."""
    em = line.size
    indent = following.left - line.left
    if abs(indent) <= _INDENT * em:
        return True
    if line is not first or abs(indent) > _DEEPEST_INDENT * em:
        return False
    if indent < 0 or opens_item(line) or line.is_marked:
        return True
    return hangs and after is not None and abs(after.left - following.left) <= _SLACK * em
