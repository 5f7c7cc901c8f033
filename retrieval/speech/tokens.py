"""One English sentence as tokens with their places, each quotation collapsed to one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from retrieval.quotations import MASK
from retrieval.speech.capitals import ABBREVIATION, ARTICLE_PREFIX, CAPITAL, INITIALS, PARTICLE

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
_PARTY = re.compile(r"[RDI]-[A-Z]")  # "R-Idaho" behind a name
_PARTICLES = re.compile(rf"{PARTICLE}$", re.IGNORECASE)
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_KINDS_OF_WORD = frozenset("capital word number abbreviation".split())
_FORMS_REMEMBERED = 1 << 14


class _Form(NamedTuple):
    """What is known of a token wherever it stands."""

    kind: str
    text: str
    lower: str
    is_capital: bool
    is_possessive: bool
    is_particle: bool
    is_word: bool


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
    for match in _TOKEN.finditer(masked):
        group = match.lastgroup or "mark"
        start, end = match.span(group)
        found.append(Token(offset + start, offset + end, *_form(group, match[group])))
    return found


def token(kind: str, text: str, start: int) -> Token:
    """A token of one's own making, to ask what it would be in a sentence."""
    return Token(start, start + len(text), *_form(kind, text))


@lru_cache(maxsize=_FORMS_REMEMBERED)
def _form(group: str, text: str) -> _Form:
    kind = "word" if group == "lower" else group
    named = kind in {"capital", "abbreviation"} or text == "plc"
    return _Form(
        kind,
        text,
        lower=text.lower().replace("’", "'"),
        is_capital=named and not _PARTY.match(text),
        is_possessive=text.endswith(_POSSESSIVES),
        is_particle=kind == "word" and bool(_PARTICLES.match(text)),
        is_word=kind in _KINDS_OF_WORD,
    )


SAID = token("word", "said", 0)
"""A stand-in verb, to ask who would be its subject."""
