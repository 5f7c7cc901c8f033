"""A Markdown file → Document; nothing of the body is ever lost, whatever the syntax around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.reading.bylines import byline_author
from retrieval.reading.captions import is_marked_caption
from retrieval.reading.front_matter import front_matter
from retrieval.reading.lines import BLANKS, lines_of, trimmed
from retrieval.reading.turns import is_transcript, is_turn
from retrieval.records import Block, BlockKind, Document, Metadata

_PARSER = MarkdownIt("commonmark").enable("table")
# Without "inline" a file costs a tenth. "reference" and "html_block" would swallow text that nobody sees again,
# "code" would take every line that is indented by four spaces out of its paragraph.
_PARSER.disable(["inline", "reference", "html_block", "code"])
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])(?:[ \t]+\[[ xX]\](?=[ \t]))?))*[ \t]*")
_TAGS_ONLY = re.compile(r"(?:\s*<(?:!--.*?--|/?[A-Za-z][^<>]*)>)+\s*", re.DOTALL)
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\([^)\s]*(?:\s[^)]*)?\)\s*")
_LONGEST_HEADING = 200
_BYLINE_BLOCKS = 4


def read_markdown(text: str, name: str) -> Document:
    """The Document of the Markdown `text`; raises ReadingError where its front matter is malformed.

    Spans leave out the syntax before a block ("# ", "- ", "> ") and a table row's outer bars; an item's number stays.
    """
    metadata, body = front_matter(text, name)
    blocks = _without_title_and_byline(text, list(_blocks(text, body)), metadata)
    return Document(path=name, text=text, blocks=tuple(blocks), metadata=_completed(text, blocks, metadata))


def _blocks(text: str, body: int) -> Iterator[Block]:
    starts = [body]
    for line in text[body:].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    covered = 0
    for token in _PARSER.parse(text[body:]):
        if token.map is None or token.type not in _READ_AS or token.map[1] <= covered:
            continue
        first, after = max(token.map[0], covered), token.map[1]
        yield from _left_over(text, starts[covered], starts[first])
        yield from _READ_AS[token.type](text, starts[first], starts[after] - 1, token)
        covered = after
    yield from _left_over(text, starts[covered], len(text))


def _left_over(text: str, start: int, end: int) -> Iterator[Block]:
    """What the parser let fall (words in a nesting too deep for it) is body all the same."""
    if any(character.isalpha() for character in text[start:end]):
        yield from _paragraphs(text, start, end)


def _heading(text: str, start: int, end: int, token: Token) -> Iterator[Block]:
    if token.markup in {"=", "-"}:
        end = text.rindex("\n", start, end)
    first, last = _bare(text, start, end) if token.level else trimmed(text, start, end)
    if token.markup.startswith("#"):
        raw = text[first:last].lstrip("#")
        first, last = trimmed(text, last - len(raw), first + len(re.sub(r"[ \t]#+$", "", text[first:last])))
    if first >= last:
        return
    is_short = last - first <= _LONGEST_HEADING and "\n" not in text[first:last]
    yield Block(first, last, BlockKind.HEADING if is_short else BlockKind.PARAGRAPH)


def _fence(text: str, start: int, end: int, token: Token) -> Iterator[Block]:
    lines = lines_of(text, start, end)
    is_closed = len(lines) > 1 and set(lines[-1].words) == {token.markup[0]}
    inside = lines[1:-1] if is_closed else lines  # a fence that never closes is prose after three tildes
    if inside:
        yield from _paragraphs(text, inside[0].start, inside[-1].end)


def _table_row(text: str, start: int, end: int, token: Token) -> Iterator[Block]:
    del token
    first, last = _bare(text, start, end)
    cells = text[first:last]
    first += len(cells) - len(cells.lstrip("|" + BLANKS))
    last -= len(cells) - len(cells.rstrip("|" + BLANKS))
    if first < last:
        yield Block(first, last, BlockKind.TABLE_ROW)


def _paragraph(text: str, start: int, end: int, token: Token) -> Iterator[Block]:
    first, last = _bare(text, start, end) if token.level else trimmed(text, start, end)
    yield from _paragraphs(text, first, last)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    lines = lines_of(text, start, end)
    if not lines:
        return
    turns = is_transcript([line.words for line in lines])
    first = lines[0].start
    for line, following in zip(lines, (*lines[1:], None), strict=True):
        if following is None or following.gap or (turns and is_turn(following.words)):
            yield _labelled(text, first, line.end)
            first = following.start if following else first


def _labelled(text: str, start: int, end: int) -> Block:
    words = text[start:end]
    if picture := _PICTURE.fullmatch(words):
        alt = trimmed(text, start + picture.start("alt"), start + picture.end("alt"))
        return Block(*alt, BlockKind.CAPTION) if alt[0] < alt[1] else Block(start, end, BlockKind.FURNITURE)
    if words.startswith("<") and _TAGS_ONLY.fullmatch(words):
        return Block(start, end, BlockKind.FURNITURE)
    is_caption = words.startswith(("▲", "△", "[사진", "<사진")) and is_marked_caption(words)
    return Block(start, end, BlockKind.CAPTION if is_caption else BlockKind.PARAGRAPH)


_READ_AS = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "tr_open": _table_row,
    "fence": _fence,
}


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the markers of the lists and quotations that it stands in."""
    first, last = trimmed(text, start, end)
    marker = _MARKERS.match(text, first, last)
    return trimmed(text, marker.end() if marker else first, last)


def _without_title_and_byline(text: str, blocks: list[Block], metadata: Metadata) -> list[Block]:
    """`blocks` with a first paragraph that repeats the title made a heading, and a by-line at the top made one."""
    for index, block in enumerate(blocks[:_BYLINE_BLOCKS]):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        words = text[block.start : block.end]
        if index == 0 and metadata.title and words.split() == metadata.title.split():
            blocks[index] = Block(block.start, block.end, BlockKind.HEADING)
        elif byline_author(words):
            blocks[index] = Block(block.start, block.end, BlockKind.BYLINE)
    return blocks


def _completed(text: str, blocks: list[Block], metadata: Metadata) -> Metadata:
    """`metadata` with a title from the first heading and an author from the by-line, where front matter gives none."""
    headings = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING]
    bylines = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.BYLINE]
    return replace(
        metadata,
        title=metadata.title or next(iter(headings), None),
        author=metadata.author or next((byline_author(words) for words in bylines), None),
    )
