"""Lines of a transcript: "NAME: words", "Q. words", "이름: 글"."""

from __future__ import annotations

import re

_TURN = re.compile(
    r"(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s+)?"  # a time before the name
    r"(?:[QA질답문]\d{0,3}\s?[.:)]|(?:[^\W\d_]|\()[^:：?!;\"“”]{0,58}?\s?[:：])"
    r"(?=\s|$|[“\"‘가-힣(])"
)
_NO_NAME = re.compile(r"\b(?:https?|e-?mail|tel|fax|note|source|date|time|place|venue|subject)$", re.IGNORECASE)
_MOST_WORDS = 7


def is_turn(words: str) -> bool:
    """Whether the line `words` reads like one person's turn: a short name, a colon, what was said."""
    match = _TURN.match(words)
    if not match:
        return False
    name = match.group().rstrip(":： ")
    return len(name.split()) <= _MOST_WORDS and not _NO_NAME.search(name)


def is_transcript(lines: list[str]) -> bool:
    """Whether `lines` are turns rather than prose: the first is one, and at least one more is."""
    turns = [line for line in lines if is_turn(line)]
    return len(turns) >= 2 and is_turn(lines[0])
