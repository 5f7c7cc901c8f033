"""What the JSON-LD of a web page says of its article (https://schema.org/Article, https://www.w3.org/TR/json-ld11/)."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST_SCRIPT = 2_000_000
_MOST_OBJECTS = 5_000
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Interview|\w*Release|SpeechObject)$")
_PAGE = re.compile(r"(?:\w*WebPage|\w*Page|CreativeWork)$")
_ORGANISATION = re.compile(r"(?:\w*Organi[sz]ation|Corporation)$")
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)[\s;]*$")

Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The article as JSON-LD describes it; `body` is all of its text where that is given, perhaps with markup."""

    headline: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    language: str = ""
    body: str = ""


def linked_data_of(scripts: Iterable[str]) -> LinkedData:
    """What the JSON-LD in `scripts` says of the article, else of the page; what is broken or of no use is passed over.

    Hostile data cost no more than their length: objects are counted, nesting is not followed by recursion.
    """
    things = list(_things(scripts))
    by_id = {thing["@id"]: thing for thing in reversed(things) if isinstance(thing.get("@id"), str) and "name" in thing}
    article = next((thing for thing in things if _is_a(thing, _ARTICLE)), None)
    page = next((thing for thing in things if _is_a(thing, _PAGE)), {})
    found = article or page
    return LinkedData(
        headline=_text(found.get("headline")) or (_text(found.get("name")) if article else ""),
        date=_text(found.get("datePublished")) or _text(page.get("datePublished")),
        authors=_people(found.get("author"), by_id) or _people(found.get("creator"), by_id),
        publisher=next(iter(_names(found.get("publisher"), by_id)), ""),
        url=_text(found.get("url")) or _address(found.get("mainEntityOfPage")),
        language=_text(found.get("inLanguage")),
        body=body if isinstance(body := found.get("articleBody"), str) else "",
    )


def _things(scripts: Iterable[str]) -> Iterator[Thing]:
    """Every object of the scripts, outer ones before those in them."""
    waiting: deque[Any] = deque()
    for script in scripts:
        if len(script) <= _LONGEST_SCRIPT:
            try:
                waiting.append(json.loads(_WRAPPING.sub("", script), strict=False))
            except (ValueError, RecursionError):  # broken: browsers ignore it, and so do we
                continue
    count = 0
    while waiting and count < _MOST_OBJECTS:
        value = waiting.popleft()
        if isinstance(value, dict):
            count += 1
            yield value
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)


def _is_a(thing: Thing, kinds: re.Pattern[str]) -> bool:
    types = thing.get("@type")
    return any(isinstance(kind, str) and kinds.match(kind) for kind in (types if isinstance(types, list) else [types]))


def _people(value: Any, by_id: Mapping[str, Thing]) -> tuple[str, ...]:  # noqa: ANN401
    """The names of authors, those of organisations only where no other is named."""
    items = value if isinstance(value, list) else [value]
    others = [item for item in items if not (isinstance(item, dict) and _is_a(item, _ORGANISATION))]
    return tuple(_names(others, by_id)) or tuple(_names(items, by_id))


def _names(value: Any, by_id: Mapping[str, Thing]) -> Iterator[str]:  # noqa: ANN401 -- any JSON
    for item in (value if isinstance(value, list) else [value])[:20]:
        if isinstance(item, dict):
            known = by_id.get(item["@id"], {}) if isinstance(item.get("@id"), str) else {}
            name = _text(item.get("name")) or _text(known.get("name"))
        else:
            name = _text(item)
        if name:
            yield name


def _address(value: Any) -> str:  # noqa: ANN401
    return _text(value.get("@id")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:  # noqa: ANN401
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split())[:1_000] if isinstance(value, str) else ""
