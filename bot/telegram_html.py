"""Telegram's HTML, each piece with its length and entities as Telegram counts them, and messages made of pieces."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.wording import Sentence

MOST_UNITS = 4096
MOST_ENTITIES = 100
"""Telegram's limits on one message (https://core.telegram.org/bots/api#sendmessage, #formatting-options)."""


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of valid HTML; `units` are the UTF-16 code units left once the tags are read."""

    code: str
    units: int
    entities: int = 0

    def __add__(self, other: Html) -> Html:
        return Html(self.code + other.code, self.units + other.units, self.entities + other.entities)

    def joined(self, pieces: Iterable[Html]) -> Html:
        """The pieces with this one between each two."""
        whole = EMPTY
        for number, piece in enumerate(pieces):
            whole += self + piece if number else piece
        return whole


EMPTY = Html("", 0)


def count_units(text: str) -> int:
    """How many UTF-16 code units `text` takes: Telegram's measure of length."""
    return len(text) + sum(character > "\uffff" for character in text)


def plain(text: str) -> Html:
    """`text` as it stands."""
    return Html(html.escape(text, quote=False), count_units(text))


def bold(text: str) -> Html:
    """`text` in bold."""
    return _tagged("<b>", plain(text), "</b>")


def italic(inner: Html) -> Html:
    """`inner` in italics."""
    return _tagged("<i>", inner, "</i>")


def code(text: str) -> Html:
    """`text` that a tap copies."""
    return _tagged("<code>", plain(text), "</code>")


def linked(inner: Html, address: str | None) -> Html:
    """`inner` leading to `address`, if there is one."""
    return _tagged(f'<a href="{html.escape(address)}">', inner, "</a>") if address else inner


def quoted(inner: Html, *, folded: bool) -> Html:
    """`inner` in a blockquote, which a tap unfolds if it is `folded`."""
    return _tagged("<blockquote expandable>" if folded else "<blockquote>", inner, "</blockquote>")


LINE = plain("\n")
GAP = plain("\n\n")


def said(sentence: Sentence) -> Html:
    """A sentence of the bot's own, what is filled in standing out."""
    whole = EMPTY
    for phrase in sentence:
        text = shortened(phrase.text, MOST_UNITS // 2)
        whole += bold(text) if phrase.strong else plain(text)
    return whole


def packed(blocks: Iterable[Html], between: Html = GAP) -> list[Html]:
    """The blocks, each of which fits a message, as messages of as many as fit."""
    joined: list[Html] = []
    for block in blocks:
        longer = joined[-1] + between + block if joined else block
        if joined and longer.units <= MOST_UNITS and longer.entities <= MOST_ENTITIES:
            joined[-1] = longer
        else:
            joined.append(block)
    return joined


def shortened(text: str, most_units: int) -> str:
    """`text` in at most `most_units`, ending in "…" where something is left out."""
    if count_units(text) <= most_units:
        return text
    return next(iter(cut(text, most_units - 1))) + "…"


def cut(text: str, most_units: int) -> Iterable[str]:
    """`text` in stretches of at most `most_units` (2 or more), cut between words where a stretch has any.

    Nothing but white space at a cut is lost.
    """
    while text:
        end = _reach(text, most_units)
        if end < len(text):
            end = _gap_before(text, end)
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def _reach(text: str, most_units: int) -> int:
    """How many characters of `text` fit into `most_units`."""
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > most_units:
            return index
    return len(text)


def _gap_before(text: str, end: int) -> int:
    """Where to cut at `end` or a little before: at white space, else not before a mark that belongs to a letter."""
    gap = max(text.rfind(" ", end // 2, end + 1), text.rfind("\n", end // 2, end + 1))
    if gap > 0:
        return gap
    letter = end
    while letter > end - 10 and letter > 1 and (unicodedata.combining(text[letter]) or text[letter] == "\u200d"):
        letter -= 1
    return letter


def _tagged(opening: str, inner: Html, closing: str) -> Html:
    return Html(f"{opening}{inner.code}{closing}", inner.units, inner.entities + 1)
