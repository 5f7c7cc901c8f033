"""Which lines are one paragraph: hard-wrapped lines rejoined, with and without blank lines between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.reading.captions import ends_sentence
from retrieval.reading.lines import Line
from retrieval.reading.turns import is_transcript, is_turn

Lines = tuple[Line, ...]

_WIDEST = 160
"""Nobody wraps lines wider than this; a longer line is a whole paragraph."""
_NARROWEST, _NARROWEST_KOREAN = 40, 25
"""Nor narrower than this."""
_SLACK = 0.85
"""A line is full if the next word would have reached this share of the widest line: pages wrap by millimetres."""
_ITEM = re.compile(
    r"[•·∙●○◦■□▪▫◆◇▶▷►※☞✓✔►]\s*\S|[-*–—ㅇo]\s+\S|\(?(?:\d{1,2}|[a-zA-Z가-하]|[ivxIVX]{2,4})[.)]\s+\S|[①-⑳❶-❿]"
    r"|제\s?\d+\s?[조장절항]"
)


def wrapped_width(lines: Sequence[Line]) -> int:
    """The width in characters at which lines are wrapped: that of the widest line in any run of three or more."""
    return max((len(line.words) for chunk in _chunks(lines) if len(chunk) > 2 for line in chunk), default=0)


def wrapped_paragraphs(lines: Sequence[Line], widest: int, *, has_verse: bool) -> Iterator[Lines]:
    """The paragraphs that `lines` make, in order; every line is in exactly one.

    With `has_verse`, short lines without a blank line between them are one stanza, address or signature; on a web page
    they are buttons and headings, each for itself. `widest` is the page's `wrapped_width`.
    """
    transcript = is_transcript_of(lines)
    for chunk in _chunks(lines):
        turns = transcript or is_transcript([line.words for line in chunk])
        if has_verse and not turns and _is_verse(chunk, widest):
            yield chunk
        else:
            yield from _cut(chunk, widest, turns=turns)


def is_transcript_of(lines: Sequence[Line]) -> bool:
    """Whether a good part of `lines` are turns of a conversation."""
    turns = sum(is_turn(line.words) for line in lines)
    return turns >= 3 and turns * 5 >= len(lines)


def is_item(words: str) -> bool:
    """Whether the line `words` opens an item of a list."""
    return bool(_ITEM.match(words))


def _chunks(lines: Sequence[Line]) -> Iterator[Lines]:
    """Runs of lines without a blank line between them."""
    chunk: list[Line] = []
    for line in lines:
        if chunk and line.gap:
            yield tuple(chunk)
            chunk = []
        chunk.append(line)
    if chunk:
        yield tuple(chunk)


def _cut(chunk: Lines, widest: int, *, turns: bool) -> Iterator[Lines]:
    reach = _full_reach(chunk, widest)
    paragraph = [chunk[0]]
    for line, following in pairwise(chunk):
        breaks_off = bool(reach) and _reach(line, following) >= reach and not ends_sentence(line.words)
        starts_anew = (turns and is_turn(following.words)) or (is_item(following.words) and not breaks_off)
        if starts_anew or not _goes_on(line, following, reach, paragraph):
            yield tuple(paragraph)
            paragraph = []
        paragraph.append(following)
    yield tuple(paragraph)


def _full_reach(chunk: Lines, widest: int) -> float:
    """How far a line with the next line's first word reaches at least if it is full; 0 where no line is wrapped.

    Lines that break off within a sentence are full, so they show it; a tenth of them may be headings.
    """
    width = max(len(line.words) for line in chunk)
    width = width if len(chunk) > 3 else max(width, min(widest, _WIDEST))
    least = _SLACK * width
    pairs = pairwise(chunk)
    broken = sorted(_reach(line, following) for line, following in pairs if not ends_sentence(line.words))
    full = [reach for reach in broken if reach >= least]
    narrowest = _NARROWEST_KOREAN if re.search(r"[가-힣]", chunk[0].words) else _NARROWEST
    if not narrowest <= width <= _WIDEST or len(full) < (1 if len(chunk) < 4 else max(2, 0.3 * len(chunk))):
        return 0
    return min(full[len(full) // 10], width + 1)


def _reach(line: Line, following: Line) -> int:
    return len(line.words) + 1 + len(following.words.split(maxsplit=1)[0])


def _goes_on(line: Line, following: Line, full: float, paragraph: list[Line]) -> bool:
    """Whether the paragraph that `line` belongs to goes on in `following`; `full` as `_full_reach` gives it."""
    ended = ends_sentence(line.words)
    if ended and following.indent > line.indent and following.indent > paragraph[0].indent:
        return False
    if full and _reach(line, following) >= full:
        return True
    if ended:
        return False
    return following.words[0].islower() or line.words.endswith((",", "，", "-")) or (len(paragraph) > 1 and full > 0)


def _is_verse(chunk: Lines, widest: int) -> bool:
    """Whether the lines belong together though none is full: a stanza, an address, a signature."""
    longest = max(len(line.words) for line in chunk)
    if (
        len(chunk) < 2
        or longest > 0.6 * max(longest, min(widest, _WIDEST), 100)
        or any(is_item(line.words) for line in chunk)
    ):
        return False
    ended = sum(ends_sentence(line.words) for line in chunk)
    return ended * 2 <= len(chunk)
