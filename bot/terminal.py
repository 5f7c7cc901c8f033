"""The same conversation in a terminal: quotes behind a bar, then their source, in whatever width there is."""

from __future__ import annotations

import locale
import sys
import unicodedata
from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.style import Style
from rich.text import Text

from bot.citation import Citation, cite_document, cite_quote, fold_space
from bot.conversations import Conversations
from bot.examples import find_examples
from bot.remarks import remarks_on
from bot.wording import Sentence, Wording, wording_in
from retrieval import Answer, Document, Library, Person, Quote

WIDEST = 96
"""Columns of a line of text that eyes follow with ease."""

MOST_PEOPLE = 50
"""How many people /people lists; the rest is counted."""

MOST_SOURCES = 30

BAR = "▌ "
PROMPT = "› "


class Paragraph:
    """Text wrapped to the width there is, each line behind `bar`, none ending in white space."""

    def __init__(self, text: Text, bar: str = "") -> None:
        self._text, self._bar = text, bar

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, each with the bar before it."""
        for line in self._text.wrap(console, max(2, options.max_width - len(self._bar))):
            line.rstrip()
            yield Text.assemble((self._bar, "cyan"), line)


def open_console() -> Console:
    """Standard output as a console that keeps to NO_COLOR and to the terminal's width."""
    console = Console(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    return console


def print_answer(answer: Answer, console: Console | None = None) -> None:
    """Print the answer for a person to read, in the language of its question."""
    (console or open_console()).print(show_answer(answer, wording_in(answer.language)))


def show_answer(answer: Answer, wording: Wording) -> RenderableType:
    """The bot's remarks, then each quote with its speaker above and its source below."""
    parts: list[RenderableType] = []
    remarks = remarks_on(answer, wording)
    if remarks:
        parts += [*(_sentence(remark) for remark in remarks), ""]
    for quote in answer.quotes or answer.closest:
        parts += [*_quote_parts(quote, wording), ""]
    return Group(*parts)


def chat(library: Library, limit: int, console: Console | None = None) -> None:
    """Answer questions from standard input until it ends; a follow-up finds the turns before it."""
    console = console or open_console()
    wording = wording_in(locale.getlocale()[0])
    console.print(Group(_sentence(wording.phrases("start")), "", _help(library, wording)))
    conversations = Conversations()
    for question in _typed_lines():
        console.print()
        if question == "/help":
            console.print(_help(library, wording))
        elif question == "/sources":
            library.refresh()
            console.print(_sources(library.documents, wording))
        elif question == "/people":
            library.refresh()
            console.print(_people(library.people, wording))
        else:
            answer = library.ask(question, conversations.turns("chat"), limit=limit)
            conversations.add("chat", answer.as_turn())
            print_answer(answer, console)


def _typed_lines() -> Iterator[str]:
    """What is typed, line by line, empty lines passed over; with line editing where a person types."""
    if not sys.stdin.isatty():
        for line in filter(None, map(str.strip, sys.stdin)):
            sys.stdout.write(f"{PROMPT}{line}\n")
            yield line
        return
    import readline  # noqa: F401, PLC0415 (its import alone gives input() its line editing, for those who type)

    while True:
        try:
            line = input(PROMPT).strip()
        except EOFError:
            sys.stdout.write("\n")
            return
        if line:
            yield line


def _plain(text: str) -> str:
    """`text` without the control characters by which a document could command the terminal."""
    return "".join(character for character in text if character == "\n" or unicodedata.category(character) != "Cc")


def _sentence(sentence: Sentence) -> Paragraph:
    return Paragraph(Text.assemble(*((_plain(phrase.text), "bold" if phrase.strong else "") for phrase in sentence)))


def _quote_parts(quote: Quote, wording: Wording) -> list[RenderableType]:
    speaker: list[RenderableType] = []
    if quote.speaker:
        role = fold_space(quote.role or "")
        name = (_plain(fold_space(quote.speaker)), "bold")
        speaker = [Paragraph(Text.assemble(name, _plain(f", {role}" if role else "")))]
    words = Paragraph(Text(_plain(fold_space(quote.text))), BAR)
    return [*speaker, words, *_source_parts(cite_quote(quote, wording))]


def _source_parts(citation: Citation) -> list[RenderableType]:
    title = Paragraph(Text(_plain(citation.title), Style(italic=True, link=citation.address)))
    details = Paragraph(Text(_plain(" · ".join(citation.details)), "dim"))
    return [title, details] if citation.details else [title]


def _help(library: Library, wording: Wording) -> RenderableType:
    parts: list[RenderableType] = [_sentence(wording.phrases("help")), ""]
    examples = [example.label for example in find_examples(library, wording)]
    if examples:
        tries = (Paragraph(Text(_plain(f"• {example}"))) for example in examples)
        parts += [_sentence(wording.phrases("try")), *tries, ""]
    return Group(*parts, _sentence(wording.phrases("help_terminal")), "")


def _sources(documents: Sequence[Document], wording: Wording) -> RenderableType:
    if not documents:
        return _sentence(wording.phrases("sources_none"))
    parts: list[RenderableType] = [_sentence(wording.phrases("sources", count=len(documents))), ""]
    for document in documents[:MOST_SOURCES]:
        parts += [*_source_parts(cite_document(document.path, document.metadata, wording)), ""]
    if len(documents) > MOST_SOURCES:
        parts += [_sentence(wording.phrases("sources_more", count=len(documents) - MOST_SOURCES)), ""]
    return Group(*parts)


def _people(people: Sequence[Person], wording: Wording) -> RenderableType:
    speaking = [person for person in people if person.statements]
    if not speaking:
        return Group(_sentence(wording.phrases("people_none")), "")
    parts: list[RenderableType] = [_sentence(wording.phrases("people_listed", count=str(len(speaking)))), ""]
    for person in speaking[:MOST_PEOPLE]:
        role = f", {fold_space(person.role)}" if person.role else ""
        name = (_plain(fold_space(person.name)), "bold")
        parts.append(Paragraph(Text.assemble(name, _plain(f"{role} ({person.statements})"))))
    more = [f"… +{len(speaking) - MOST_PEOPLE}"] if len(speaking) > MOST_PEOPLE else []
    return Group(*parts, *more, "")
