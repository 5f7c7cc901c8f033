"""Names of XML elements and attributes apart from their namespaces.

Office formats have several namespaces for the same words (ECMA's and ISO's, OpenOffice's and OASIS's), and within one
file the same local name never means two things that matter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """`name` without its namespace: "p" for "{urn:example}p"."""
    return name.rpartition("}")[2]


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """The value of the attribute `name` in the namespace of `element`, else in none, else in any."""
    if element is None:
        return default
    tag = element.tag
    value = element.get(tag[: tag.rfind("}") + 1] + name) or element.get(name)
    if value is None:
        value = next((value for key, value in element.items() if bare(key) == name), None)
    return default if value is None else value


def child(element: Element | None, *names: str) -> Element | None:
    """The first descendant along the path of child elements `names`; None where it breaks off."""
    for name in names:
        element = next((each for each in element if bare(each.tag) == name), None) if element is not None else None
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The child elements called `name`."""
    return (each for each in (element if element is not None else ()) if bare(each.tag) == name)
