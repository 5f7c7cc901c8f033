"""One English sentence as tokens with their places, each quotation collapsed to one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from retrieval.quotations import MASK
from retrieval.speech.capitals import ABBREVIATION, ARTICLE_PREFIX, CAPITAL, INITIALS, PARTICLES

_TOKEN = re.compile(
    rf" ?(?:(?P<lower>(?!{ARTICLE_PREFIX})[a-z](?:[\w'’-]*\w)?)"  # a word too, and most of them: tried first
    rf"|(?P<quote>{MASK}+)"
    rf"|(?P<abbreviation>{INITIALS}|{ABBREVIATION})"
    rf"|(?P<capital>{CAPITAL})"
    r"|(?P<word>[^\W\d_](?:[\w'’-]*\w)?|['’][sd]\b)"
    r"|(?P<number>\d(?:[\w.,:%-]*[\w%])?)"
    r"|(?P<dash>[—–―]|--|(?<=\s)-(?=\s))"
    r"|(?P<mark>[,;:()\[\].!?…•▲]))"
)
_ABBREVIATIONS = frozenset({"WHO", "IT", "US"})
"""Organisations whose short names would be pronouns in lower case."""
_PARTY = re.compile(r"[RDI]-[A-Z]")  # "R-Idaho" behind a name
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_KINDS_OF_WORD = frozenset("capital number abbreviation".split())
_FORMS_REMEMBERED = 1 << 14


_Form = tuple[str, str, str, bool, bool, bool, bool]
"""What is known of a token wherever it stands: a token without its place."""


class Token(NamedTuple):
    """One token at `start` to `end` of its document; `kind` is the pattern's group that matched."""

    start: int
    end: int
    kind: str
    text: str
    lower: str  # with straight apostrophes
    is_capital: bool  # it may be a word of a name
    is_possessive: bool  # it ends in 's: what follows belongs to it, and speaks in its place
    is_particle: bool  # it joins the words of a name: van, de, al
    is_word: bool  # a word or a number, rather than a mark


def tokenised(masked: str, offset: int) -> list[Token]:
    """The tokens of a masked sentence that begins at `offset` of its document."""
    found = []
    make = tuple.__new__  # a third faster than Token(…), and tokens are what reading spends its time on
    for match in _TOKEN.finditer(masked):
        group = match.lastgroup or "mark"
        start, end = match.span(group)
        found.append(make(Token, (offset + start, offset + end, *_form(group, match[group]))))
    return found


def token(kind: str, text: str, start: int) -> Token:
    """A token of one's own making, to ask what it would be in a sentence."""
    return Token(start, start + len(text), *_form(kind, text))


@lru_cache(maxsize=_FORMS_REMEMBERED)
def _form(group: str, text: str) -> _Form:
    lower = text if text in _ABBREVIATIONS else text.lower().replace("’", "'")
    possessive = text.endswith(_POSSESSIVES)
    if group in {"lower", "word"}:
        return "word", text, lower, text == "plc", possessive, lower in PARTICLES, True
    is_capital = group in {"capital", "abbreviation"} and not _PARTY.match(text)
    return group, text, lower, is_capital, possessive, False, group in _KINDS_OF_WORD


SAID = token("word", "said", 0)
"""A stand-in verb, to ask who would be its subject."""
