"""One English sentence as tokens with their places, each quotation collapsed to one."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.quotations import MASK
from retrieval.speech.capitals import ABBREVIATION, CAPITAL, INITIALS, PARTICLE

_TOKEN = re.compile(
    rf"(?P<quote>{MASK}+)"
    rf"|(?P<abbreviation>{INITIALS}|{ABBREVIATION})"
    rf"|(?P<capital>{CAPITAL})"
    r"|(?P<word>[^\W\d_](?:[\w'’-]*\w)?|['’][sd]\b)"
    r"|(?P<number>\d(?:[\w.,:%-]*[\w%])?)"
    r"|(?P<dash>[—–―]|--|(?<=\s)-(?=\s))"
    r"|(?P<mark>[,;:()\[\].!?…•▲])"
)
_PARTY = re.compile(r"[RDI]-[A-Z]")  # "R-Idaho" behind a name
_PARTICLES = re.compile(rf"{PARTICLE}$", re.IGNORECASE)


class Token(NamedTuple):
    """One token: `kind` is the pattern's group that matched; offsets are absolute; `lower` has straight apostrophes."""

    kind: str
    text: str
    start: int
    end: int
    lower: str

    @property
    def is_capital(self) -> bool:
        """Whether the token may be a word of a name."""
        named = self.kind in {"capital", "abbreviation"} or self.text == "plc"
        return named and not _PARTY.match(self.text)

    @property
    def is_possessive(self) -> bool:
        """Whether the token ends in 's: what follows belongs to it, and speaks in its place."""
        return self.text.endswith(("'s", "’s", "s'", "s’"))

    @property
    def is_particle(self) -> bool:
        """Whether the token joins the words of a name: van, de, al."""
        return self.kind == "word" and bool(_PARTICLES.match(self.text))

    @property
    def is_word(self) -> bool:
        """Whether the token is a word or a number, rather than a mark."""
        return self.kind in {"capital", "word", "number", "abbreviation"}


def tokenised(masked: str, offset: int) -> list[Token]:
    """The tokens of a masked sentence that begins at `offset` of its document."""
    return [
        Token(
            m.lastgroup or "mark",
            text := m.group(),
            offset + m.start(),
            offset + m.end(),
            text.lower().replace("’", "'"),
        )
        for m in _TOKEN.finditer(masked)
    ]


SAID = Token("word", "said", 0, 0, "said")
"""A stand-in verb, to ask who would be its subject."""
