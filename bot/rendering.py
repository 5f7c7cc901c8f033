"""Answer → Telegram messages in HTML, within Telegram's limits, with every quote whole and its source below it."""

from __future__ import annotations

from bot.citation import Citation, cite_quote, fold_space
from bot.remarks import remarks_on
from bot.telegram_html import (
    EMPTY,
    LINE,
    MOST_UNITS,
    Html,
    bold,
    cut,
    italic,
    linked,
    packed,
    plain,
    quoted,
    said,
    shortened,
)
from bot.wording import Sentence, Wording
from retrieval import Answer, Quote

FOLDED_FROM_UNITS = 700
"""A quote of this length or more shows its beginning, and the rest at a tap."""

LONGEST_TITLE_UNITS = 300
LONGEST_DETAIL_UNITS = 160


def render_answer(answer: Answer, wording: Wording) -> tuple[str, ...]:
    """The answer as messages of valid HTML within the limits; a quote is split only where no message can hold it."""
    opening = packed((said(remark) for remark in remarks_on(answer, wording)), LINE)
    quotes = answer.quotes or answer.closest
    blocks = [block for quote in quotes for block in _quote_blocks(quote, wording)]
    return tuple(message.code for message in packed([*opening, *blocks]))


def render_sentence(sentence: Sentence) -> str:
    """One sentence of the bot's own as a message."""
    return said(sentence).code


def _quote_blocks(quote: Quote, wording: Wording) -> list[Html]:
    """Who, the words, the source: as one block, or as several where the words are too many for one."""
    head, source = _speaker(quote), render_source(cite_quote(quote, wording))
    text = fold_space(quote.text)
    words = plain(text)
    folded = words.units >= FOLDED_FROM_UNITS
    stretches = list(cut(text, MOST_UNITS - head.units - source.units - 2))
    blocks = [quoted(stretch, folded=folded) for stretch in stretches]
    if head.units:
        blocks[0] = head + LINE + blocks[0]
    blocks[-1] = blocks[-1] + LINE + source
    return blocks


def _speaker(quote: Quote) -> Html:
    if not quote.speaker:
        return EMPTY
    name = bold(shortened(fold_space(quote.speaker), LONGEST_DETAIL_UNITS))
    role = fold_space(quote.role or "")
    return name + plain(f", {shortened(role, LONGEST_TITLE_UNITS)}") if role else name


def render_source(citation: Citation) -> Html:
    """A source: its title, leading to its address, and its details below."""
    title = italic(linked(plain(shortened(citation.title, LONGEST_TITLE_UNITS)), citation.address))
    details = plain(" · ".join(shortened(detail, LONGEST_DETAIL_UNITS) for detail in citation.details))
    return title + LINE + details if details.units else title
