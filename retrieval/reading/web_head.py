"""What the head of a web page says of it: meta tags, links, JSON-LD, the browser's title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from retrieval.reading.json_ld import LinkedData, linked_data_of

_LONGEST = 1_000
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000})\s{0,9}-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: `meta` has the values of each meta tag by its name or property, in lower case."""

    title: str
    meta: Mapping[str, tuple[str, ...]]
    linked_data: LinkedData
    addresses: tuple[str, ...]
    language: str

    def values(self, *names: str) -> tuple[str, ...]:
        """The values of the meta tags so named, in the order of `names`."""
        return tuple(value for name in names for value in self.meta.get(name, ()))

    @property
    def site(self) -> str:
        """What the site is called; empty where the head does not say."""
        return next(iter((*self.values("og:site_name", "application-name"), self.linked_data.publisher)), "")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names of the site's machine: "news.harbour.example" is also harbour."""
        names = (urlsplit(address).hostname or "" for address in self.addresses)
        return tuple({form for name in names for form in (name, name.removeprefix("www."), *name.split(".")[-3:-1])})


def head_of(root: Any, text: str) -> Head:  # noqa: ANN401 -- lxml has no types
    """The head of the page under `root`, whose source is `text`."""
    meta: dict[str, tuple[str, ...]] = {}
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        value = _plain(tag.get("content"))
        if name and value and len(meta.get(name.lower(), ())) < 20:
            meta[name.lower()] = (*meta.get(name.lower(), ()), value)
    scripts = [tag.text or "" for tag in root.iter("script") if "ld+json" in (tag.get("type") or "").lower()]
    linked_data = linked_data_of(scripts)
    title = next((words for tag in root.iter("title") if (words := _plain(tag.text))), "")
    return Head(
        title,
        meta,
        linked_data,
        _addresses(root, text, meta, linked_data),
        root.get("lang") or root.get("xml:lang") or "",
    )


def _addresses(root: Any, text: str, meta: Mapping[str, tuple[str, ...]], linked_data: LinkedData) -> tuple[str, ...]:  # noqa: ANN401
    """The whole addresses (http, https) that the page claims, the surest first."""
    saved = _SAVED_FROM.search(text[:5_000])
    canonical = [
        tag.get("href") or "" for tag in root.iter("link") if "canonical" in (tag.get("rel") or "").lower().split()
    ]
    claimed = [*canonical[:3], *meta.get("og:url", ()), unescape(saved[1]) if saved else "", linked_data.url]
    whole = [address.strip() for address in claimed if _is_web(address)]
    base = (
        whole[0]
        if whole
        else next((tag.get("href") for tag in root.iter("base") if _is_web(tag.get("href") or "")), "")
    )
    return tuple(address for claim in claimed if claim and _is_web(address := _joined(base, claim.strip())))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # no address at all, as "http://[" is none
        return ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"]", address.strip())


def _plain(text: str | None) -> str:
    """Words with single spaces; character references that were escaped twice are read."""
    return " ".join(unescape(text or "").split())[:_LONGEST]
