"""A question → the kind of thing it asks for: a time, a number, a reason, somebody; and which sentence holds one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME = re.compile(
    r"\b(?:when|what (?:year|date|day|month|time)|which year|since when|how long)\b"
    r"|언제|몇 년|연도|날짜|며칠|해는|년도",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|old|far|long|tall|high|large|big|often)|what (?:percent|number|percentage|amount)"
    r"|number of)\b|몇|얼마",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:why|what (?:caused|led|reason))\b|왜|이유|까닭", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:who|whom|whose|which (?:person|man|woman))\b|누구|누가", re.IGNORECASE)
_IS_TIME = re.compile(
    r"\b(?:1\d{3}|20\d{2})\b|\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b|\d\s?(?:년|월|일)|centur",
    re.IGNORECASE,
)
_IS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|half|dozen)\b",
    re.IGNORECASE,
)
_IS_REASON = re.compile(
    r"\b(?:because|since|due to|in order to|so that|therefore|reason|caused?|led to|to respond|thanks to"
    r"|as a result|owing)\b|때문|위해|위하여|으로 인해|탓|따라서",
    re.IGNORECASE,
)
_IS_SOMEBODY = re.compile(
    r"(?<!^)(?<![.!?] )\b[A-Z][a-z]+ [A-Z][a-z]+|[가-힣]{2,4} ?(?:씨|교수|장관|의원|대통령|왕|박사|감독)"
)
_KINDS = ((_TIME, _IS_TIME), (_NUMBER, _IS_NUMBER), (_REASON, _IS_REASON), (_SOMEBODY, _IS_SOMEBODY))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for, as patterns of what would be it; none where any sentence will do."""

    patterns: tuple[re.Pattern[str], ...]

    def is_in(self, sentence: str) -> bool:
        """Whether the sentence holds something of a kind that is asked for."""
        return any(pattern.search(sentence) for pattern in self.patterns)


def wanted_by(question: str) -> Wanted:
    """The kinds of thing that `question` asks for."""
    return Wanted(tuple(held for asks, held in _KINDS if asks.search(question)))
