"""The numbers that Word writes before the paragraphs of lists, counted as Word counts them.

The numbers stand in no file: word/numbering.xml says how each level counts (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from retrieval.reading.docx_styles import Numbering, Styles, is_on
from retrieval.reading.list_numbers import written
from retrieval.reading.xml_names import attribute, child, children

_LEVELS = 9
_PLACES = [str(place) for place in range(_LEVELS)]
_MOST_DIGITS = 6
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    gap: str = " "
    style: str = ""
    is_legal: bool = False
    restarts: bool = True


class Lists:
    """The lists of one file with their counters; asked for each paragraph once, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        kinds = {attribute(each, "abstractNumId"): each for each in children(root, "abstractNum")}
        self._named = {link: kind for kind, each in kinds.items() if (link := _value(each, "styleLink"))}
        self._kinds = kinds
        self._lists = {attribute(each, "numId"): each for each in children(root, "num")}
        self._levels: dict[str, list[_Level]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, numbering: Numbering, style_id: str) -> str:
        """What stands before the next paragraph of this list, with the gap behind it; empty for bullets."""
        if numbering.list_id not in self._lists:
            return ""
        levels = self._levels_of(numbering.list_id)
        by_style = (place for place, level in enumerate(levels) if style_id and level.style == style_id)
        place = numbering.level if numbering.level is not None else next(by_style, 0)
        if place >= len(levels):
            return ""
        counters = self._counted(numbering.list_id, place, levels)
        return _label(levels, place, counters)

    def _counted(self, list_id: str, place: int, levels: list[_Level]) -> list[int]:
        """The counters of the list's kind, which all its lists share, after one more paragraph at level `place`."""
        counters = self._counters.setdefault(self._kind(list_id), [None] * _LEVELS)
        restart = self._restart(list_id, place)
        before = counters[place]
        if restart is not None and (list_id, place) not in self._begun:
            counters[place] = restart
        else:
            counters[place] = levels[place].start if before is None else before + 1
        self._begun.add((list_id, place))
        for higher in range(place):  # a level that is passed over has begun
            if counters[higher] is None:
                counters[higher] = levels[higher].start
        for deeper in range(place + 1, len(levels)):
            if levels[deeper].restarts:
                counters[deeper] = None
        return [level.start if count is None else count for level, count in zip(levels, counters, strict=False)]

    def _kind(self, list_id: str) -> str:
        return _value(self._lists[list_id], "abstractNumId")

    def _restart(self, list_id: str, place: int) -> int | None:
        for override in children(self._lists[list_id], "lvlOverride"):
            if attribute(override, "ilvl") == str(place):
                return _count(override, "startOverride")
        return None

    def _levels_of(self, list_id: str) -> list[_Level]:
        if list_id not in self._levels:
            levels = self._levels_of_kind(self._kinds.get(self._kind(list_id)))
            for override in children(self._lists[list_id], "lvlOverride"):
                place, level = attribute(override, "ilvl"), child(override, "lvl")
                if level is not None and place in _PLACES[: len(levels)]:
                    levels[int(place)] = _level(level)
            self._levels[list_id] = levels
        return self._levels[list_id]

    def _levels_of_kind(self, kind: Element | None) -> list[_Level]:
        link = _value(kind, "numStyleLink")
        if link:
            kind = self._kinds.get(self._named.get(link, ""), kind)
        return [_level(level) for level in children(kind, "lvl")][:_LEVELS]


def _label(levels: list[_Level], place: int, counters: list[int]) -> str:
    level = levels[place]
    if level.number_format in {"bullet", "none"} or not _PLACE.search(level.text):
        return ""
    numbers: dict[str, str] = {}
    for mark in _PLACE.findall(level.text):
        other = int(mark) - 1
        if other >= len(levels):
            return ""
        number_format = "decimal" if level.is_legal else levels[other].number_format
        number = "" if number_format == "none" else written(counters[other], number_format)
        if number is None:
            return ""
        numbers[mark] = number
    return _PLACE.sub(lambda match: numbers[match[1]], level.text).strip() + level.gap


def _level(element: Element) -> _Level:
    legal = child(element, "isLgl")
    return _Level(
        start=_count(element, "start") or 0,
        number_format=_value(element, "numFmt") or "none",
        text=_value(element, "lvlText"),
        gap="" if _value(element, "suff") == "nothing" else " ",
        style=_value(element, "pStyle"),
        is_legal=legal is not None and is_on(legal),
        restarts=_value(element, "lvlRestart") != "0",
    )


def _value(element: Element | None, name: str) -> str:
    found = child(element, name)
    return attribute(found, "val")


def _count(element: Element, name: str) -> int | None:
    value = _value(element, name)
    return int(value) if value.isdecimal() and len(value) <= _MOST_DIGITS else None
