"""Answer → Telegram messages in HTML, within Telegram's limits, with every quote whole and its source below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.choices import PeoplePage
from bot.citation import Citation, cite_document, cite_quote, fold_space
from bot.remarks import remarks_on
from bot.telegram_html import EMPTY, Html, bold, code, cut, italic, linked, plain, quoted, shortened
from bot.wording import Sentence, Wording
from retrieval import Answer, Document, Quote

MOST_UNITS = 4096
MOST_ENTITIES = 100
"""Telegram's limits on one message (https://core.telegram.org/bots/api#sendmessage, #formatting-options)."""

FOLDED_FROM_UNITS = 700
"""A quote of this length or more shows its beginning, and the rest at a tap."""

LONGEST_TITLE_UNITS = 300
LONGEST_DETAIL_UNITS = 160
MOST_SOURCES = 60

LINE = plain("\n")
GAP = plain("\n\n")


def render_answer(answer: Answer, wording: Wording) -> tuple[str, ...]:
    """The answer as messages of valid HTML within the limits; a quote is split only where no message can hold it."""
    opening = [_sentence(remark) for remark in remarks_on(answer, wording)]
    quotes = answer.quotes or answer.closest
    blocks = [block for quote in quotes for block in _quote_blocks(quote, wording)]
    return _pack([*_pack_lines(opening), *blocks])


def render_sources(documents: Sequence[Document], wording: Wording) -> tuple[str, ...]:
    """The list of documents as messages."""
    if not documents:
        return (_sentence(wording.phrases("sources_none")).code,)
    blocks = [
        _source(cite_document(document.path, document.metadata, wording)) for document in documents[:MOST_SOURCES]
    ]
    more = len(documents) - MOST_SOURCES
    closing = [_sentence(wording.phrases("sources_more", count=str(more)))] if more > 0 else []
    return _pack([_sentence(wording.phrases("sources", count=str(len(documents)))), *blocks, *closing])


def render_people(people: PeoplePage, wording: Wording) -> str:
    """What stands above the buttons of a page of people."""
    if not people.people:
        return _sentence(wording.phrases("people_none")).code
    lines = [_sentence(wording.phrases("people", count=str(people.people)))]
    if people.pages > 1:
        lines.append(_sentence(wording.phrases("people_page", page=str(people.page), pages=str(people.pages))))
    return LINE.joined(lines).code


def render_welcome(examples: Sequence[str], wording: Wording, *, whole: bool) -> tuple[str, ...]:
    """What the bot is for, with questions that it can answer; `whole` adds all that it can do."""
    blocks = [_sentence(wording.phrases("start"))]
    if whole:
        blocks.append(_sentence(wording.phrases("help")))
    if examples:
        tries = [plain("• ") + code(shortened(example, LONGEST_TITLE_UNITS)) for example in examples]
        blocks.append(LINE.joined([_sentence(wording.phrases("try")), *tries]))
    if whole:
        blocks += [_sentence(wording.phrases("help_commands")), _sentence(wording.phrases("help_groups"))]
    return _pack(blocks)


def render_sentence(sentence: Sentence) -> str:
    """One sentence of the bot's own as a message."""
    return _sentence(sentence).code


def _sentence(sentence: Sentence) -> Html:
    whole = EMPTY
    for phrase in sentence:
        text = shortened(phrase.text, MOST_UNITS // 2)
        whole += bold(text) if phrase.strong else plain(text)
    return whole


def _quote_blocks(quote: Quote, wording: Wording) -> list[Html]:
    """Who, the words, the source: as one block, or as several where the words are too many for one."""
    head, source = _speaker(quote), _source(cite_quote(quote, wording))
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


def _source(citation: Citation) -> Html:
    title = italic(linked(plain(shortened(citation.title, LONGEST_TITLE_UNITS)), citation.address))
    details = plain(" · ".join(shortened(detail, LONGEST_DETAIL_UNITS) for detail in citation.details))
    return title + LINE + details if details.units else title


def _pack_lines(lines: Iterable[Html]) -> list[Html]:
    """The lines as blocks of as many as fit."""
    return _joined_within_limits(lines, LINE)


def _pack(blocks: Iterable[Html]) -> tuple[str, ...]:
    """The blocks as messages of as many as fit, each apart from the next by an empty line."""
    return tuple(message.code for message in _joined_within_limits(blocks, GAP))


def _joined_within_limits(pieces: Iterable[Html], between: Html) -> list[Html]:
    joined: list[Html] = []
    for piece in pieces:
        longer = joined[-1] + between + piece if joined else piece
        if joined and longer.units <= MOST_UNITS and longer.entities <= MOST_ENTITIES:
            joined[-1] = longer
        else:
            joined.append(piece)
    return joined
