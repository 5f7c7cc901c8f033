"""Who answers in an interview whose answers carry no name: the person whom its introduction is about."""

from __future__ import annotations

import re

from retrieval.speech.korean_cast import KoreanCast
from retrieval.speech.korean_names import noun
from retrieval.words import is_korean

LONGEST_INTRODUCTION = 6000
"""Characters before the first question that are looked at."""
_ASKERS = frozenset("기자 특파원 앵커 논설위원 진행자 사회자 아나운서 편집국장 편집장".split())
_MET = re.compile(
    r"(?:을|를|와|과|와의|과의) (?:[가-힣0-9]+ ){0,6}?(?:만나|만났|만난|일문일답|인터뷰|문답|대담|대화|이야기를 나)"
)


def interviewee(text: str, first: int) -> str | None:
    """The one who answers, from the Korean text before `first`, the first question; None where more than one may.

    An English introduction is left to those who know English names.
    """
    above = text[max(0, first - LONGEST_INTRODUCTION) : first]
    if not is_korean(above):
        return None
    lines = [line.strip() for line in above.split("\n") if line.strip()]
    cast = KoreanCast(lines)
    people = [name for name in cast.people if not cast.titles.get(name, set()) & _ASKERS]
    people += [name for name in _heading_names(lines, cast) if name not in people]
    if len(people) <= 1:
        return people[0] if people else None
    met = [name for line in lines for name in people if name in line and _MET.search(line, line.index(name))]
    in_heading = [name for name in people if any(name in line for line in lines if line.startswith("#"))]
    for some in (dict.fromkeys(met), in_heading):
        if len(some) == 1:
            return next(iter(some))
    return None


def _heading_names(lines: list[str], cast: KoreanCast) -> list[str]:
    found = []
    for line in lines:
        if line.startswith("#"):
            found += [taken.stem for word in line.split() if cast.knows((taken := noun(word.strip("#,.“”\"'‘’"))).stem)]
    return found
