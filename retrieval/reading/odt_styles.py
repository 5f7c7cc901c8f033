"""What the styles of an OpenDocument text say of paragraphs and runs (OASIS OpenDocument 1.3, part 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from retrieval.reading.office_headings import Look
from retrieval.reading.office_story import Role, role_named
from retrieval.reading.xml_names import attribute, bare, child

_LONGEST_CHAIN = 20
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)pt")
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")


class Styles:
    """The styles of one file, from all the elements that hold some, by their families and names."""

    def __init__(self, *holders: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        for holder in holders:
            for style in holder if holder is not None else ():
                if bare(style.tag) == "style":
                    self._styles[attribute(style, "family"), attribute(style, "name")] = style
        self._roles: dict[str, Role] = {}
        self._looks: dict[tuple[str, str, Look], Look] = {}

    def role(self, name: str) -> Role:
        """What a paragraph of the style `name` is."""
        if name not in self._roles:
            named = (role for style in self._chain("paragraph", name) if (role := _role(style)))
            self._roles[name] = next(named, role_named(_plain_name(name)) or Role.BODY)
        return self._roles[name]

    def hides(self, family: str, name: str) -> bool:
        """Whether text or a section of this style is not shown."""
        return self._said(family, name, "display") == "none"

    def look(self, family: str, name: str, base: Look) -> Look:
        """How text of this style looks, where it stands in text that looks like `base`."""
        key = (family, name, base)
        if key not in self._looks:
            size = _SIZE.fullmatch(self._said(family, name, "font-size"))
            weight = self._said(family, name, "font-weight")
            points = float(size[1]) if size else base.points
            self._looks[key] = Look(points, weight in _BOLD if weight else base.is_bold)
        return self._looks[key]

    def raises(self, name: str) -> bool:
        """Whether a run of the style `name` stands above the line."""
        position = self._said("text", name, "text-position").split()
        return bool(position) and (position[0] == "super" or position[0][0] in "123456789")

    def list_style(self, name: str) -> str | None:
        """The list that paragraphs of the style `name` are numbered by; empty for none, None where it does not say."""
        for style in self._chain("paragraph", name):
            if any(bare(key) == "list-style-name" for key, _ in style.items()):
                return attribute(style, "list-style-name")
        return None

    def _said(self, family: str, name: str, what: str) -> str:
        """What the style, or the nearest of those that it comes from, says in the attribute `what`."""
        for style in self._chain(family, name):
            said = attribute(style, what) or attribute(child(style, "text-properties"), what)
            if said:
                return said
        return ""

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def _role(style: Element) -> Role | None:
    return role_named(attribute(style, "display-name"), _plain_name(attribute(style, "name")))


def _plain_name(name: str) -> str:
    """A style's name as people see it: "Heading 1" for "Heading_20_1"."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
