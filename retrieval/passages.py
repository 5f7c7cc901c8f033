"""Document → Passages: the stretches that are indexed and found as one, in order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.records import BODY, Block, BlockKind, Document, Passage
from retrieval.sentences import sentence_spans

LONGEST_CHARS = 1_600
"""A longer block becomes several passages; about 250 English words, two or three ordinary paragraphs."""


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in order, without overlap: together its body, exactly, up to white space.

    One for each block of the body; a block longer than LONGEST_CHARS is cut between sentences into pieces that share
    its paragraph number. Captions and by-lines stand among them, with paragraph None. `section` is the nearest heading
    above that is not the title.
    """
    return tuple(_passages(document))


def _passages(document: Document) -> Iterator[Passage]:
    title = (document.metadata.title or "").split()
    section, paragraph = document.metadata.section, 0
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            words = document.text[block.start : block.end].split()
            section = section if words == title else " ".join(words)
        elif block.kind in BODY:
            paragraph += 1
            for start, end in _pieces(document.text, block):
                yield Passage(document.path, start, end, block.kind, paragraph, section, block.page)
        elif block.kind in {BlockKind.CAPTION, BlockKind.BYLINE}:
            yield Passage(document.path, block.start, block.end, block.kind, None, section, block.page)


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The span of `block`, or if it is too long, of whole sentences up to LONGEST_CHARS; a longer one stands alone."""
    if block.end - block.start <= LONGEST_CHARS:
        yield block.start, block.end
        return
    spans = sentence_spans(text, block.start, block.end)
    start, end = block.start, block.start
    for sentence_start, sentence_end in spans:
        if end > start and sentence_end - start > LONGEST_CHARS:
            yield start, end
            start = sentence_start
        end = sentence_end
    yield start, block.end
