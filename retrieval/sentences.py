"""Text → sentence spans that keep quotations, dates and attributions whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

LONGEST_PIECE = 8_000
"""Characters that are handed to sentencex at once; a paragraph is hardly ever longer."""
_BREAKS = "\n\t\u00a0\u3000"
_LOOK_BACK = 12  # characters; nothing that _OPEN_END looks for is longer
# A span that ends like this is no sentence of its own: "1.", "2023.", "3.", "Dr.", "p.m." before a day or month.
_OPEN_END = re.compile(
    r"(?:^|[\s(])(?:\d{1,4}|[A-Z]|No|Dr|Mr|Ms|Mrs|Prof|Sen|Rep|Gov|Gen|Hon|St|vs|[ap]\.m)\.$", re.IGNORECASE
)
_CLOSES_DATE = re.compile(r"^(?:\d{1,2}\.|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z][a-z]+ \d)")
# What follows a quotation within its sentence: a Korean ending, or a word in lower case.
_GOES_ON = re.compile(r"^(?:이?라[고며는면]|고\s|[며는]\s|하고|면서|\(?[a-z])")
_QUOTE_ENDS = tuple("\"”’'」』)")


def sentence_spans(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The sentences of `text[start:end]`: absolute spans in order, without white space at their ends.

    A line break counts as a space. Boundaries are sentencex's, mended where it cuts inside a date, after a title
    or a list number, or between a quotation and the words that carry its sentence on.
    """
    stretch = text[start:end]
    for space in _BREAKS:
        stretch = stretch.replace(space, " ")
    spans: list[tuple[int, int]] = []
    for found_start, found_end in _boundaries(stretch):
        left, right = _trimmed(stretch, found_start, found_end)
        if left == right:
            continue
        if spans and _belong_together(stretch[spans[-1][0] : spans[-1][1]], stretch[left:right]):
            spans[-1] = (spans[-1][0], right)
        else:
            spans.append((left, right))
    return tuple((start + left, start + right) for left, right in spans)


def _boundaries(stretch: str) -> Iterator[tuple[int, int]]:
    """Sentencex's boundaries, asked piece by piece: on unclosed quotation marks its work grows with the square."""
    at = 0
    while at < len(stretch):
        stop = len(stretch)
        if stop - at > LONGEST_PIECE:
            stop = stretch.rfind(". ", at + 1, at + LONGEST_PIECE) + 1 or at + LONGEST_PIECE
        for found in get_sentence_boundaries("en", stretch[at:stop]):
            yield at + found["start_index"], at + found["end_index"]
        at = stop


def _belong_together(before: str, after: str) -> bool:
    if before.endswith(_QUOTE_ENDS):
        return bool(_GOES_ON.match(after))
    if before.endswith(".") and _OPEN_END.search(before[-_LOOK_BACK:]):
        return len(before) <= 5 or bool(_CLOSES_DATE.match(after)) or not before[-2].isdigit()
    return False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
