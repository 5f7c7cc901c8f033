"""The numbers before list items and headings of an OpenDocument text, counted as its lists count.

The numbers stand in no file: list styles say how each level counts (OASIS OpenDocument 1.3, part 3, 5.3 and 19.880).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.reading.list_numbers import written
from retrieval.reading.xml_names import attribute, bare

_LEVELS = 10
_MOST_DIGITS = 6
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "1st": "ordinal",
    "가, 나, 다, ...": "ganada",
    "ㄱ, ㄴ, ㄷ, ...": "chosung",
    "일, 이, 삼, ...": "koreanDigital",
    "一, 二, 三, ...": "ideographDigital",
    "①, ②, ③, ...": "decimalEnclosedCircle",
}
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class _Level:
    number_format: str = ""
    prefix: str = ""
    suffix: str = ""
    shown_levels: int = 1
    start: int = 1
    text: str = ""


@dataclass(slots=True)
class Counter:
    """How far one list has counted at each of its levels."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class ListStyles:
    """The list styles of one file, and the numbers that they write."""

    def __init__(self, *holders: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self.outline = ""
        for holder in holders:
            for style in holder if holder is not None else ():
                if bare(style.tag) in {"list-style", "outline-style"}:
                    name = attribute(style, "name", "Outline")
                    self._levels[name] = {number(attribute(level, "level")) or 0: _level(level) for level in style}
                    self.outline = name if bare(style.tag) == "outline-style" else self.outline

    def label(self, style: str, depth: int, counter: Counter, start: int | None = None) -> str:
        """The number, with a gap, of the next item at `depth`, from 1; empty for bullets. Moves `counter` on."""
        if not 1 <= depth <= _LEVELS:
            return ""
        levels = self._levels.get(style, {})
        level = levels.get(depth, _Level())
        before = counter.counts[depth - 1]
        following = level.start if before is None else before + 1
        counter.counts[depth - 1] = following if start is None else start
        counter.counts[depth:] = [None] * (_LEVELS - depth)
        for higher in range(depth - 1):  # a level that is passed over has begun
            if counter.counts[higher] is None:
                counter.counts[higher] = levels.get(higher + 1, _Level()).start
        return _label(levels, depth, counter)


def _label(levels: dict[int, _Level], depth: int, counter: Counter) -> str:
    level = levels.get(depth, _Level())
    if not level.number_format:
        return ""
    first = max(1, depth - level.shown_levels + 1)
    numbers: dict[int, str] = {}
    for place in range(1, depth + 1):
        each = levels.get(place, _Level())
        count = counter.counts[place - 1]
        shown = written(each.start if count is None else count, each.number_format) if each.number_format else ""
        if shown is None:
            return ""
        numbers[place] = shown
    if level.text:
        return _PLACE.sub(lambda match: numbers.get(int(match[1]), ""), level.text).strip() + " "
    joined = ".".join(shown for place, shown in numbers.items() if place >= first and shown)
    return f"{level.prefix}{joined}{level.suffix}".strip() + " "


def _level(element: Element) -> _Level:
    said = attribute(element, "num-format")
    return _Level(
        number_format=_FORMATS.get(said, said),
        prefix=attribute(element, "num-prefix"),
        suffix=attribute(element, "num-suffix"),
        shown_levels=number(attribute(element, "display-levels")) or 1,
        start=number(attribute(element, "start-value", "1")) or 0,
        text=attribute(element, "num-list-format"),
    )


def number(value: str) -> int | None:
    """The number that `value` writes; None where it writes none, or one so large that nobody counts so far."""
    return int(value) if value.isdecimal() and len(value) <= _MOST_DIGITS else None
