"""Running heads, running feet and page numbers: lines at a page's edge that come again on other pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby

from retrieval.reading.pdf_lines import Line

_DEEPEST = 3  # rows from the top or the bottom of a page
_SAME_PLACE = 4.0  # points
_SHARE_OF_TITLES = 0.3  # of all pages: slides repeat their titles, but a running head in large type is on more of them
_APART, _OTHER_SIZE = 1.5, 0.05  # em; of the size
_SHORT = 4  # pages; of so few, two are enough
_LARGE = 1.2  # times the size of most text
_LONGEST = 200
_BESIDE_NUMBERS = " |-–—·"
_DIGITS = re.compile(r"\d{1,4}")
_NUMBER = re.compile(
    r"[\W_]*(?:page|p\.|seite|쪽)?\s*(?P<number>\d{1,4}|[ivxl]{1,7}|[IVXL]{1,7})"
    r"(?:\s*(?:/|of|-|\|)\s*\d{1,4})?\s*(?:쪽|페이지|page)?[\W_]*",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def without_furniture(pages: Sequence[Sequence[Line]], body_size: float) -> list[list[Line]]:
    """The lines of `pages` without what repeats at their edges."""
    edges = [_edge(lines) for lines in pages]
    repeated = _repeated(edges, body_size) | _page_numbers(edges)
    repeated |= _in_their_place(edges, repeated)
    return [_without(lines, repeated) for lines in pages]


def _without(lines: Sequence[Line], repeated: set[int]) -> list[Line]:
    """`lines` without the rows at either edge that are all `repeated` and stand apart from what is left."""
    rows = [list(row) for _, row in groupby(sorted(lines, key=_foot), key=_foot)]
    is_repeated = [all(id(line) in repeated for line in row) for row in rows]
    head = _edge_rows(rows, is_repeated)
    foot = _edge_rows(rows[::-1], is_repeated[::-1])
    if head + foot >= len(rows):  # a page of nothing but what other pages have too
        head, foot = _edge_rows(rows, is_repeated[:1]), _edge_rows(rows[::-1], is_repeated[-1:])
    if head + foot >= len(rows):
        return list(lines)
    dropped = {id(line) for row in (*rows[:head], *(rows[-foot:] if foot else ())) for line in row}
    return [line for line in lines if id(line) not in dropped]


def _edge_rows(rows: Sequence[Sequence[Line]], is_repeated: Sequence[bool]) -> int:
    """How many of the first `rows` are furniture."""
    count = next((index for index, each in enumerate(is_repeated) if not each), len(is_repeated))
    count = min(count, len(rows) - 1)
    while count > 0:
        line, following = rows[count - 1][0], rows[count][0]
        is_apart = abs(following.baseline - line.baseline) > _APART * max(line.size, following.size)
        if is_apart or abs(line.size - following.size) > _OTHER_SIZE * line.size:
            break
        count -= 1
    return count


def _foot(line: Line) -> int:
    return round(line.baseline)


def _edge(lines: Sequence[Line]) -> list[tuple[str, int, Line]]:
    """The lines in the outermost rows of a page: which edge, how many rows from it, the line."""
    baselines = sorted(set(map(_foot, lines)))
    rows = {baseline: index for index, baseline in enumerate(baselines)}
    found = []
    for line in lines:
        row = rows[_foot(line)]
        if row < _DEEPEST:
            found.append(("top", row, line))
        if len(rows) - 1 - row < _DEEPEST:
            found.append(("bottom", len(rows) - 1 - row, line))
    return found


def _repeated(edges: Sequence[Sequence[tuple[str, int, Line]]], body_size: float) -> set[int]:
    """Lines that stand in one place on several pages with the same words; a number in them may grow with the pages."""
    pages: defaultdict[tuple[str, str, int], set[int]] = defaultdict(set)
    for page in edges:
        for edge, _, line in page:
            for words in _likenesses(line):
                pages[edge, words, round(line.baseline / _SAME_PLACE)].add(line.page)
    least = 3 if len(edges) > _SHORT else 2
    least_large = max(3, round(_SHARE_OF_TITLES * len(edges)))
    found: set[int] = set()
    for page in edges:
        for edge, _, line in page:
            place = round(line.baseline / _SAME_PLACE)
            nearby = [
                sum(len(pages.get((edge, words, near), ())) for near in (place - 1, place, place + 1))
                for words in _likenesses(line)
            ]
            if max(nearby, default=0) >= (least_large if line.size > _LARGE * body_size else least):
                found.add(id(line))
    return found


def _likenesses(line: Line) -> list[str]:
    """What `line` is like: itself, and itself with a number of it counted from the page's; nothing without words."""
    words = line.text.casefold()[:_LONGEST].strip(_BESIDE_NUMBERS)
    if not any(character.isalpha() for character in words):
        return []
    numbers = list(_DIGITS.finditer(words))
    return [
        words,
        *(
            f"{words[: match.start()]}{words[match.end() :]}".strip(_BESIDE_NUMBERS) + f"#{int(match[0]) - line.page}"
            for match in {*numbers[:2], *numbers[-1:]}
        ),
    ]


def _page_numbers(edges: Sequence[Sequence[tuple[str, int, Line]]]) -> set[int]:
    """Lines at the very edge that hold but a number which grows with the pages."""
    numbered = [
        (line, number) for page in edges for _, row, line in page if row == 0 and (number := _number(line.text))
    ]
    offsets = Counter(number - line.page for line, number in numbered)
    if len(edges) == 1:
        return {id(line) for line, number in numbered if number == 1}
    return {id(line) for line, number in numbered if offsets[number - line.page] >= 2 or number == line.page}


def _number(text: str) -> int:
    """The page number that `text` is and nothing else; 0 where it is none."""
    match = _NUMBER.fullmatch(text) if len(text) <= 24 else None
    if match is None:
        return 0
    digits = match["number"].lower()
    if digits.isdigit():
        return int(digits)
    values = [_ROMAN[letter] for letter in digits]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _in_their_place(edges: Sequence[Sequence[tuple[str, int, Line]]], furniture: set[int]) -> set[int]:
    """Lines at the very edge where most pages have furniture, such as a running head that names its one section."""
    slots = Counter[tuple[str, int, float]]()
    for page in edges:
        slots.update({_slot(edge, line) for edge, row, line in page if row == 0 and id(line) in furniture})
    common = {slot for slot, count in slots.items() if count >= max(4, len(edges) / 2)}
    return {id(line) for page in edges for edge, row, line in page if row == 0 and _slot(edge, line) in common}


def _slot(edge: str, line: Line) -> tuple[str, int, float]:
    return edge, round(line.baseline), round(line.size, 1)
