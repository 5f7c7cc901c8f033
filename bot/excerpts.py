"""A quote among the words around it, as its document has them now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.citation import fold_space
from retrieval import Block, BlockKind, Document, Quote

AROUND_CHARS = 450
"""How much of the paragraphs before a quote's own is shown, and how much of those after it."""

BESIDE_CHARS = 700
"""How much of a quote's own paragraph is shown before it, and how much after it."""

LEAST_CHARS = 60
"""Less of a paragraph than this tells nothing."""

_PASSED_OVER = frozenset({BlockKind.FURNITURE, BlockKind.CAPTION, BlockKind.BYLINE})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`before` and `after` are other paragraphs, in order; `opening` and `closing` the rest of the quote's own.

    What is shortened has "…" where words are left out; the quote is whole.
    """

    before: tuple[str, ...]
    opening: str
    quoted: str
    closing: str
    after: tuple[str, ...]


def is_as_quoted(document: Document | None, quote: Quote) -> bool:
    """Whether the document still has the quoted words at their place."""
    return document is not None and document.text[quote.start : quote.end] == quote.text


def excerpt_of(document: Document, quote: Quote) -> Excerpt:
    """The quote, which the document still has at its place, with the words around it; a heading ends them."""
    blocks = document.blocks
    own = [number for number, block in enumerate(blocks) if block.start < quote.end and quote.start < block.end]
    first, last = (own[0], own[-1]) if own else (0, -1)
    opening = document.text[blocks[first].start : quote.start] if own else ""
    closing = document.text[quote.end : blocks[last].end] if own else ""
    return Excerpt(
        before=_before(document, blocks[:first]),
        opening=_ending(fold_space(opening), BESIDE_CHARS),
        quoted=fold_space(quote.text),
        closing=_beginning(fold_space(closing), BESIDE_CHARS),
        after=_after(document, blocks[last + 1 :]) if own else (),
    )


def _before(document: Document, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    found: list[str] = []
    left = AROUND_CHARS
    for block in reversed(blocks):
        if left < LEAST_CHARS:
            break
        if block.kind in _PASSED_OVER:
            continue
        found.append(_ending(fold_space(document.text[block.start : block.end]), left))
        left -= len(found[-1])
        if block.kind is BlockKind.HEADING:
            break
    return tuple(reversed(found))


def _after(document: Document, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    found: list[str] = []
    left = AROUND_CHARS
    for block in blocks:
        if left < LEAST_CHARS or block.kind is BlockKind.HEADING:
            break
        if block.kind not in _PASSED_OVER:
            found.append(_beginning(fold_space(document.text[block.start : block.end]), left))
            left -= len(found[-1])
    return tuple(found)


def _beginning(text: str, most: int) -> str:
    """The first words of `text`, with "…" behind them where that is not all."""
    if len(text) <= most:
        return text
    gap = text.rfind(" ", most // 2, most)
    return text[: gap if gap > 0 else most].rstrip() + " …"


def _ending(text: str, most: int) -> str:
    """The last words of `text`, with "…" before them where that is not all."""
    if len(text) <= most:
        return text
    gap = text.find(" ", len(text) - most, len(text) - most // 2)
    return "… " + text[gap if gap > 0 else len(text) - most :].lstrip()
