"""What the styles of a DOCX file say of the paragraphs and runs that have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from retrieval.reading.office_headings import Look
from retrieval.reading.office_story import Role, role_named
from retrieval.reading.xml_names import attribute, bare, child, children

BODY_LEVEL = 9
"""The outline level that says: no heading."""


_LONGEST_CHAIN = 20
_DEFAULT_POINTS = 10.0
_SIZE = re.compile(r"\d{1,4}(?:\.\d)?")
_ON = frozenset({"1", "true", "on"})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The list that a paragraph belongs to; the level None where the list says it by the paragraph's style."""

    list_id: str
    level: int | None


class Styles:
    """The styles of one file, by their ids; an id that nobody defines is a style that says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(style, "styleId"): style for style in children(root, "style")}
        defaults = (
            identifier
            for identifier, style in self._styles.items()
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in _ON
        )
        self._default = next(defaults, "")
        self._roles: dict[str, Role] = {}
        self._looks: dict[str, Look] = {}
        self._common = look_of(child(root, "docDefaults", "rPrDefault", "rPr"), Look(_DEFAULT_POINTS))

    def role(self, style_id: str) -> Role:
        """What a paragraph with this style is: by the style's name or outline level, else as the one it is based on."""
        style_id = style_id or self._default
        if style_id not in self._roles:
            self._roles[style_id] = self._inherited(style_id, _role) or Role.BODY
        return self._roles[style_id]

    def look(self, style_id: str) -> Look:
        """How paragraphs of this style look."""
        style_id = style_id or self._default
        if style_id not in self._looks:
            look = self._common
            for style in reversed(list(self._chain(style_id))):
                look = look_of(child(style, "rPr"), look)
            self._looks[style_id] = look
        return self._looks[style_id]

    def numbering(self, style_id: str) -> Numbering | None:
        """The list that paragraphs of this style belong to."""
        return self._inherited(style_id or self._default, lambda style: numbering_of(child(style, "pPr")))

    def hides(self, style_id: str) -> bool:
        """Whether text of this style, a paragraph's or a run's, is hidden."""
        return bool(style_id) and bool(self._inherited(style_id, lambda style: _vanish(child(style, "rPr"))))

    def _inherited(self, style_id: str, said: Callable[[Element], _T | None]) -> _T | None:
        """What the style or the nearest of those that it is based on says."""
        for style in self._chain(style_id):
            if (value := said(style)) is not None:
                return value
        return None

    def _chain(self, style_id: str) -> Iterator[Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            based_on = child(style, "basedOn")
            style_id = attribute(based_on, "val")


def _role(style: Element) -> Role | None:
    named = child(style, "name")
    name = attribute(named, "val")
    return role_named(name, attribute(style, "styleId")) or outline_role(child(style, "pPr"))


def outline_role(properties: Element | None) -> Role | None:
    """What the outline level among a paragraph's or a style's `properties` says."""
    level = child(properties, "outlineLvl")
    if level is None:
        return None
    value = attribute(level, "val")
    return Role.HEADING if value.isdigit() and int(value) < BODY_LEVEL else Role.BODY


def numbering_of(properties: Element | None) -> Numbering | None:
    """The list that a paragraph's or a style's `properties` name."""
    list_id, level = child(properties, "numPr", "numId"), child(properties, "numPr", "ilvl")
    if list_id is None:
        return None
    value = attribute(level, "val")
    return Numbering(attribute(list_id, "val"), int(value) if value.isdigit() else None)


def look_of(properties: Element | None, base: Look) -> Look:
    """How a run looks with `properties` of its own, where paragraphs look like `base`."""
    points, is_bold = base.points, base.is_bold
    for each in properties if properties is not None else ():
        name = bare(each.tag)
        if name == "sz" and _SIZE.fullmatch(attribute(each, "val")):
            points = float(attribute(each, "val")) / 2
        elif name == "b":
            is_bold = is_on(each)
    return base if (points, is_bold) == (base.points, base.is_bold) else Look(points, is_bold)


def is_hidden(properties: Element | None, styles: Styles) -> bool:
    """Whether a run with these `properties` is hidden: by itself, else by its style."""
    if properties is None:
        return False
    said = _vanish(properties)
    return styles.hides(attribute(child(properties, "rStyle"), "val")) if said is None else said


def _vanish(properties: Element | None) -> bool | None:
    vanish = child(properties, "vanish")
    return None if vanish is None else is_on(vanish)


def is_on(switch: Element) -> bool:
    """Whether `switch` is on; one without a value is on by being there."""
    return attribute(switch, "val", "true") in _ON
