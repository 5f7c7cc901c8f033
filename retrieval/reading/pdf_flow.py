"""Blocks in reading order → the same, a paragraph that runs over a column's or a page's end made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.reading.captions import ends_sentence
from retrieval.reading.pdf_blocks import opens_item
from retrieval.reading.pdf_lines import Line
from retrieval.reading.turns import is_turn
from retrieval.records import BlockKind

_SAME_SIZE = 0.08  # of the size
_INDENT = 0.6  # em
_SLACK = 0.55  # em
_MOST_LINES = 400  # of one paragraph


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The lines of one block, what it is, and the edges of the column that it stands in."""

    lines: tuple[Line, ...]
    kind: BlockKind
    left: float
    right: float


def flowing(blocks: Sequence[TextBlock], *, indents: bool, has_turns: bool) -> list[TextBlock]:
    """`blocks`, in order of where each begins; a paragraph that goes on elsewhere is whole, before what parts it.

    `indents` says that paragraphs of this file begin with an indent: then one may go on after a sentence's end.
    """
    done: list[TextBlock] = []
    last: int | None = None  # the paragraph that may go on
    is_below_heading = False
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH:
            is_possible = not is_below_heading or block.lines[0].text[0].islower()
            if is_possible and last is not None and _goes_on(done[last], block, indents=indents, has_turns=has_turns):
                done[last] = replace(done[last], lines=done[last].lines + block.lines, right=block.right)
                continue
            if last is None or is_below_heading or not _is_label(block, done[last]):
                last = len(done)
            is_below_heading = False
        elif block.kind is BlockKind.HEADING:
            is_below_heading = True  # a box's, if the sentence above it goes on below
        done.append(block)
    return done


def begins_with_indent(blocks: Sequence[TextBlock]) -> bool:
    """Whether most paragraphs of several lines begin further in than they go on."""
    several = [block.lines for block in blocks if block.kind is BlockKind.PARAGRAPH and len(block.lines) > 2]
    indented = sum(lines[0].left - lines[1].left > _INDENT * lines[0].size for lines in several)
    return 2 * indented > len(several)


def _is_label(block: TextBlock, open_block: TextBlock) -> bool:
    """Whether `block` is so small that it must be lettering of a picture that interrupts `open_block`."""
    return block.lines[0].size < (1 - _SAME_SIZE) * open_block.lines[-1].size and not ends_sentence(
        open_block.lines[-1].text
    )


def _goes_on(block: TextBlock, following: TextBlock, *, indents: bool, has_turns: bool) -> bool:
    line, first = block.lines[-1], following.lines[0]
    if abs(line.size - first.size) > _SAME_SIZE * line.size or first.is_marked or len(block.lines) > _MOST_LINES:
        return False
    if has_turns and is_turn(first.text):
        return False
    is_elsewhere = (line.page, line.column) != (first.page, first.column)
    is_full = block.right - line.right <= first.first_right - first.left + _SLACK * line.size
    is_indented = first.left - following.left > _INDENT * first.size
    if ends_sentence(line.text):
        return (
            indents
            and is_elsewhere
            and is_full
            and not is_indented
            and not opens_item(first, line)
            and line.is_bold == first.is_bold
        )
    if first.text[0].islower():
        return is_full or is_elsewhere
    is_whole_word = is_elsewhere and is_full and not is_indented and not opens_item(first, line)
    return is_whole_word and line.is_bold == first.is_bold
