"""Answers in a terminal: quotes behind a bar, then their source, in whatever width there is."""

from __future__ import annotations

import unicodedata

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.text import Text

from bot.choices import number_mark
from bot.citation import Citation, cite_quote, fold_space
from bot.remarks import remarks_on
from bot.wording import Sentence, Wording, wording_in
from retrieval import Answer, Quote

WIDEST = 96
"""Columns of a line of text that eyes follow with ease."""

LISTED = ("• ", "/")
"""How the lines of a list begin."""

BAR = "▌ "
HANGING = "  "
NARROW = 24


class Paragraph:
    """Text wrapped to the width there is, each line behind `bar`, none ending in white space."""

    def __init__(self, text: Text, bar: str = "") -> None:
        self._text, self._bar = text, bar

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, each with the bar before it."""
        for line in self._text.wrap(console, max(2, options.max_width - len(self._bar))):
            line.rstrip()
            yield Text.assemble((self._bar if line else self._bar.rstrip(), "cyan"), line)


class Item:
    """A line of a list, wrapped so that its continuation stands in further."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines; where there is little width, none stands in."""
        hanging = HANGING if options.max_width > NARROW else ""
        first, *others = self._text.wrap(console, max(2, options.max_width - len(hanging)))
        first.rstrip()
        yield first
        for line in others:
            line.rstrip()
            yield Text.assemble(hanging, line)


def open_console() -> Console:
    """Standard output as a console that keeps to NO_COLOR and to the terminal's width as it is now."""
    console = Console(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    return console


def print_answer(answer: Answer, console: Console | None = None) -> None:
    """Print the answer for a person to read, in the language of its question."""
    (console or open_console()).print(show_answer(answer, wording_in(answer.language)))


def show_answer(answer: Answer, wording: Wording, *, numbered: bool = False) -> RenderableType:
    """The bot's remarks, then each quote with its speaker above and its source below; several may be `numbered`."""
    parts: list[RenderableType] = []
    remarks = remarks_on(answer, wording)
    if remarks:
        parts += [*(show_sentence(remark) for remark in remarks), ""]
    quotes = answer.quotes or answer.closest
    for number, quote in enumerate(quotes, start=1):
        mark = number_mark(number) if numbered and len(quotes) > 1 else ""
        parts += [*_quote_parts(quote, mark, wording), ""]
    return Group(*parts)


def show_sentence(sentence: Sentence) -> RenderableType:
    """A sentence of the bot's own, what is filled in standing out."""
    whole = Text.assemble(*((plain(phrase.text), "bold" if phrase.strong else "") for phrase in sentence))
    lines = list(whole.split())
    is_list = len(lines) > 1
    return Group(*(Item(line) if is_list and line.plain.startswith(LISTED) else Paragraph(line) for line in lines))


def show_speaker(quote: Quote, mark: str = "") -> RenderableType | None:
    """Who says it, behind `mark`; None where there is neither."""
    before = f"{mark} " if mark and quote.speaker else mark
    role = f", {fold_space(quote.role)}" if quote.speaker and quote.role else ""
    name = (plain(fold_space(quote.speaker or "")), "bold")
    text = Text.assemble(before, name, plain(role))
    return Paragraph(text) if text.plain else None


def show_source(citation: Citation) -> RenderableType:
    """Its title, leading to its address where the terminal can, and its details below."""
    title = Paragraph(Text(plain(citation.title), Style(italic=True, link=citation.address)))
    details = Paragraph(Text(plain(" · ".join(citation.details)), "dim"))
    return Group(title, details) if citation.details else title


def plain(text: str) -> str:
    """`text` without the control characters by which a document could command the terminal."""
    return "".join(character for character in text if character == "\n" or unicodedata.category(character) != "Cc")


def _quote_parts(quote: Quote, mark: str, wording: Wording) -> list[RenderableType]:
    speaker = show_speaker(quote, mark)
    words = Paragraph(Text(plain(fold_space(quote.text))), BAR)
    return [*([speaker] if speaker else []), words, show_source(cite_quote(quote, wording))]
