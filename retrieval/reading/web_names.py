"""What the author of a web page calls its elements, by id, class and role: "entry-content", "articleBody"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_NAMING = ("id", "class", "role", "itemprop", "data-testid", "data-component")
_NO_LETTERS = re.compile(r"[^A-Za-z]+")
_PART_OF_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_NAMES, _LONGEST_IDENTIFIER, _SHORTEST_PART = 50, 3, 3
_UNNAMED: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def names_of(found: Any) -> tuple[frozenset[str], frozenset[str]]:  # noqa: ANN401 -- lxml has no types
    """The names of an element in lower case, and the words in them."""
    given = [value for value in map(found.get, _NAMING) if value]
    return _named(" ".join(given), found.get("id") or "") if given else _UNNAMED


@lru_cache(maxsize=16_384)
def _named(names: str, identifier: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names, and the words that they are made of.

    An identifier of many words is a heading's own text. Two or three letters between capitals are chance: many names
    are made by machines.
    """
    whole = names.split()[:_MOST_NAMES]
    parts: set[str] = set()
    for name in whole:
        words = [word for word in _NO_LETTERS.split(name) if word]
        if name != identifier or len(words) <= _LONGEST_IDENTIFIER:
            parts.update(words)
            parts.update(part for word in words for part in _PART_OF_WORD.findall(word) if len(part) > _SHORTEST_PART)
    return frozenset(map(str.lower, whole)), frozenset(map(str.lower, parts))
