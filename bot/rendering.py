"""Answer → Telegram messages in HTML, within Telegram's limits, with every quote whole and its source below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.choices import number_mark
from bot.citation import Citation, cite_quote, fold_space
from bot.excerpts import Excerpt
from bot.remarks import remarks_on
from bot.telegram_html import (
    EMPTY,
    GAP,
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

CLOSEST_FOLDED_FROM_UNITS = 160
"""The same for what may not answer: about four lines on a phone, of which three are shown."""

LONGEST_TITLE_UNITS = 300
LONGEST_DETAIL_UNITS = 160


def render_answer(answer: Answer, wording: Wording) -> tuple[str, ...]:
    """The answer as messages of valid HTML within the limits; a quote is split only where no message can hold it."""
    opening = packed((said(remark) for remark in remarks_on(answer, wording)), LINE)
    quotes = _with_each_role_once(answer.quotes or answer.closest)
    folded_from = FOLDED_FROM_UNITS if answer.quotes else CLOSEST_FOLDED_FROM_UNITS
    blocks = []
    for number, quote in enumerate(quotes, start=1):
        head = _head(quote, number if len(quotes) > 1 else None)
        blocks += _quote_blocks(quote, head, folded_from, wording)
    return tuple(message.code for message in packed([*opening, *blocks]))


def _with_each_role_once(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The quotes; who was introduced with a role needs it no second time."""
    first = {(quote.speaker, quote.role): number for number, quote in reversed(list(enumerate(quotes)))}
    return tuple(
        quote if first[quote.speaker, quote.role] == number else replace(quote, role=None)
        for number, quote in enumerate(quotes)
    )


def quote_blocks(quote: Quote, wording: Wording) -> list[Html]:
    """One quote by itself: who, the words, the source; more than one block only where no message can hold it."""
    return _quote_blocks(quote, _head(quote), FOLDED_FROM_UNITS, wording)


def render_context(quote: Quote, excerpt: Excerpt, wording: Wording) -> str:
    """A quote marked among the words around it, as one message: as many of those as fit."""
    head, source = _head(quote), render_source(cite_quote(quote, wording))
    left = MOST_UNITS - head.units - source.units - 2
    beside = replace(excerpt, before=(), after=())
    alone = Excerpt((), "", shortened(excerpt.quoted, left), "", ())
    every = (_marked(one) for one in (excerpt, beside, alone))
    words = next(each for each in every if each.units <= left)
    lines = [head, quoted(words, folded=False), source]
    return LINE.joined(line for line in lines if line.units).code


def _marked(excerpt: Excerpt) -> Html:
    """The excerpt's paragraphs, the quoted words among them in bold."""
    opening = plain(f"{excerpt.opening} ") if excerpt.opening else EMPTY
    closing = plain(f" {excerpt.closing}") if excerpt.closing else EMPTY
    own = opening + bold(excerpt.quoted) + closing
    return GAP.joined([*map(plain, excerpt.before), own, *map(plain, excerpt.after)])


def render_cards(cards: Sequence[Citation]) -> str:
    """The cards of some documents as one message; those that do not fit are left out."""
    return packed(card_block(card) for card in cards)[0].code


def card_block(card: Citation) -> Html:
    """A document's card: its title, leading to its address, and a detail a line."""
    title = bold(shortened(card.title, LONGEST_TITLE_UNITS))
    lines = [plain(shortened(detail, LONGEST_TITLE_UNITS)) for detail in card.details]
    return LINE.joined([linked(title, card.address), *lines])


def render_sentence(sentence: Sentence) -> str:
    """One sentence of the bot's own as a message."""
    return said(sentence).code


def _quote_blocks(quote: Quote, head: Html, folded_from: int, wording: Wording) -> list[Html]:
    """Who, the words, the source: as one block, or as several where the words are too many for one."""
    source = render_source(cite_quote(quote, wording))
    text = fold_space(quote.text)
    folded = plain(text).units >= folded_from
    stretches = list(cut(text, MOST_UNITS - head.units - source.units - 2))
    blocks = [quoted(plain(stretch), folded=folded) for stretch in stretches]
    if head.units:
        blocks[0] = head + LINE + blocks[0]
    blocks[-1] = blocks[-1] + LINE + source
    return blocks


def _head(quote: Quote, number: int | None = None) -> Html:
    """Who says it; before it the quote's number, if it has one."""
    mark = plain(number_mark(number)) if number else EMPTY
    if not quote.speaker:
        return mark
    mark = mark + plain(" ") if number else mark
    name = bold(shortened(fold_space(quote.speaker), LONGEST_DETAIL_UNITS))
    role = fold_space(quote.role or "")
    return mark + (name + plain(f", {shortened(role, LONGEST_TITLE_UNITS)}") if role else name)


def render_source(citation: Citation) -> Html:
    """A source: its title, leading to its address, and its details below."""
    title = italic(linked(plain(shortened(citation.title, LONGEST_TITLE_UNITS)), citation.address))
    details = plain(" · ".join(shortened(detail, LONGEST_DETAIL_UNITS) for detail in citation.details))
    return title + LINE + details if details.units else title
