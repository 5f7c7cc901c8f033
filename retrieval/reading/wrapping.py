"""Which lines are one paragraph: hard-wrapped lines rejoined, with and without blank lines between paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.reading.captions import ends_sentence
from retrieval.reading.lines import Line
from retrieval.reading.turns import is_transcript, is_turn

Lines = tuple[Line, ...]

_WIDEST = 160
"""Nobody wraps lines wider than this; a longer line is a whole paragraph."""
_SLACK = 0.85
"""A line is full if the next word would have reached this share of the widest line: pages wrap by millimetres, not by characters."""
_ITEM = re.compile(
    r"[•·∙●○◦■□▪▫◆◇▶▷►※☞✓✔►]\s*\S|[-*–—ㅇo]\s+\S|\(?(?:\d{1,2}|[a-zA-Z가-하ivx]{1,3})[.)]\s+\S|[①-⑳❶-❿]|제\s?\d+\s?[조장절항]"
)


def wrapped_paragraphs(lines: Sequence[Line]) -> Iterator[Lines]:
    """The paragraphs that `lines` make, in order; every line is in exactly one."""
    widest = max((len(line.words) for chunk in _chunks(lines) if len(chunk) > 2 for line in chunk), default=0)
    transcript = is_transcript_of(lines)
    for chunk in _chunks(lines):
        yield from _cut(chunk, widest, transcript=transcript)


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


def _cut(chunk: Lines, widest: int, *, transcript: bool) -> Iterator[Lines]:
    width = max(len(line.words) for line in chunk)
    width = width if len(chunk) > 3 else max(width, min(widest, _WIDEST))
    turns = transcript or is_transcript([line.words for line in chunk])
    verse = _is_verse(chunk, width) and not turns
    paragraph = [chunk[0]]
    for line, following in zip(chunk, chunk[1:], strict=False):
        starts_anew = (turns and is_turn(following.words)) or is_item(following.words)
        if starts_anew or not (verse or _goes_on(line, following, width, paragraph)):
            yield tuple(paragraph)
            paragraph = []
        paragraph.append(following)
    yield tuple(paragraph)


def _goes_on(line: Line, following: Line, width: int, paragraph: list[Line]) -> bool:
    """Whether the paragraph that ends with `line` so far goes on in the line `following`."""
    ended = ends_sentence(line.words)
    if ended and following.indent > line.indent and following.indent > paragraph[0].indent:
        return False
    first_word = following.words.split(maxsplit=1)[0]
    reach = len(line.words) + 1 + len(first_word)
    if width <= _WIDEST and reach >= _SLACK * width:
        return True
    if ended:
        return False
    return (
        following.words[0].islower()
        or line.words.endswith((",", "，", "-"))
        or (len(paragraph) > 1 and width <= _WIDEST)
    )


def _is_verse(chunk: Lines, width: int) -> bool:
    """Whether the lines belong together though none is full: a stanza, an address, a signature."""
    if len(chunk) < 2 or max(len(line.words) for line in chunk) > 0.6 * max(width, 100):
        return False
    ended = sum(ends_sentence(line.words) for line in chunk)
    return ended * 2 <= len(chunk)
