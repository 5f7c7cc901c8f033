"""Telegram's HTML, read as strictly as Telegram documents it (https://core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
TOKEN = re.compile(
    r"<(?P<close>/)?(?P<tag>[a-z-]+)(?P<attributes>[^<>]*)>"
    r"|&(?P<reference>[^;&<> ]*);"
    r"|(?P<raw>[<>&])"
    r"|(?P<text>[^<>&]+)"
)
REFERENCE = re.compile(r"lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+")


class MarkupError(ValueError):
    """The markup is not what Telegram reads."""


@dataclass(frozen=True)
class Entity:
    """A stretch of the text, in UTF-16 units, and what it is."""

    kind: str
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True)
class Parsed:
    """The text that a reader sees, and its entities."""

    text: str
    entities: tuple[Entity, ...]

    @property
    def units(self) -> int:
        return count_units(self.text)

    def texts_of(self, *kinds: str) -> list[str]:
        """What each entity of these kinds holds, in order."""
        units = self.text.encode("utf-16-le")
        return [units[2 * e.start : 2 * e.end].decode("utf-16-le") for e in self.entities if e.kind in kinds]


def count_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse_markup(source: str) -> Parsed:
    """Read `source`; raises MarkupError where Telegram would refuse it or drop a part of it."""
    text = ""
    opened: list[tuple[str, str, int, str | None]] = []
    entities: list[Entity] = []
    for token in TOKEN.finditer(source):
        if token["raw"]:
            raise MarkupError(
                f"unescaped {token['raw']} at {token.start()}: {source[token.start() - 20 : token.end() + 20]!r}"
            )
        if token["text"]:
            text += token["text"]
        elif token["reference"] is not None:
            if not REFERENCE.fullmatch(token["reference"]):
                raise MarkupError(f"unknown reference {token[0]}")
            text += html.unescape(token[0])
        elif token["close"]:
            if not opened or opened[-1][0] != token["tag"] or token["attributes"]:
                raise MarkupError(f"{token[0]} closes nothing that is open")
            tag, kind, start, url = opened.pop()
            if start == count_units(text):
                raise MarkupError(f"<{tag}> holds nothing")
            entities.append(Entity(kind, start, count_units(text), url))
        else:
            opened.append(_open(token["tag"], token["attributes"], [tag for tag, *_ in opened], count_units(text)))
    if opened:
        raise MarkupError(f"<{opened[-1][0]}> is never closed")
    return Parsed(text, tuple(sorted(entities, key=lambda entity: (entity.start, -entity.end))))


def _open(tag: str, attributes: str, around: list[str], start: int) -> tuple[str, str, int, str | None]:
    if tag not in TAGS:
        raise MarkupError(f"<{tag}> is no tag of Telegram's")
    if tag in around or "code" in around or "pre" in around:
        raise MarkupError(f"<{tag}> inside {around}")
    if tag == "a":
        link = re.fullmatch(r' href="([^"<>]+)"', attributes)
        if not link:
            raise MarkupError(f"no address: <a{attributes}>")
        url = html.unescape(link[1])
        if not re.fullmatch(r"(https?|tg|mailto)://?\S+", url):
            raise MarkupError(f"no address that can be followed: {url}")
        return tag, TAGS[tag], start, url
    if attributes and not (tag == "blockquote" and attributes == " expandable"):
        raise MarkupError(f"<{tag}> with {attributes!r}")
    return tag, "expandable_blockquote" if attributes else TAGS[tag], start, None
