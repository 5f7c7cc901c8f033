"""The same conversation in a terminal: questions, follow-ups, and a command for what Telegram has buttons for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.text import Text

from bot.choices import Choice, choices_of, people_page
from bot.conversations import Conversations
from bot.examples import find_examples
from bot.excerpts import is_as_quoted
from bot.line_editing import Lines
from bot.listing import sources_page
from bot.terminal import Paragraph, open_console, show_answer, show_sentence
from bot.terminal_pages import (
    show_about,
    show_card,
    show_context,
    show_help,
    show_how_to_choose,
    show_people,
    show_problem,
    show_sources,
    show_welcome,
)
from bot.wording import LANGUAGES, Wording, wording_in
from retrieval import Answer, Document, Library, Place, Problem, Quote

PEOPLE_A_PAGE = 20
MOST_SOURCES = 20
HERE = "chat"
LEAVE = frozenset({"/quit", "/exit", "quit", "exit", "나가기", "종료"})
HELP = frozenset({"help", "?", "도움말"})


def chat(
    library: Library,
    limit: int,
    *,
    language: str | None = None,
    history: Path | None = None,
    console: Console | None = None,
) -> None:
    """Answer what is typed until it ends, in `language` where a question has none of its own."""
    lines = Lines(history)
    try:
        Chat(library, limit, lines, language, console).run()
    finally:
        lines.close()


class Chat:
    """One conversation; a follow-up finds the turns before it, a command the last answer."""

    def __init__(
        self, library: Library, limit: int, lines: Lines, language: str | None, console: Console | None
    ) -> None:
        self._library, self._limit, self._lines, self._console = library, limit, lines, console
        self._otherwise = language
        self._chosen: str | None = None
        self._conversations = Conversations()
        self._answer: Answer | None = None
        self._past: tuple[Place, ...] = ()
        self._offers: Sequence[Choice] = ()
        self._known_problems: tuple[Problem, ...] = library.problems
        self._commands: dict[str, Callable[[str], RenderableType]] = {
            "/more": self._more,
            "/context": self._context,
            "/source": self._source,
            "/people": self._people,
            "/sources": self._sources,
            "/language": self._language,
            "/about": self._about,
            "/forget": self._forget,
            "/help": self._help,
        }

    def run(self) -> None:
        """Greet, then answer line after line; Ctrl-C ends what is going on, and twice in a row the conversation."""
        self._offers = find_examples(self._library, self._wording)
        self._print(show_welcome(self._offers, self._wording))
        stopped = False
        while True:
            said = "chat_leave"
            try:
                line = self._lines.next()
                if line is None or line.casefold() in LEAVE:
                    return
                stopped, said = False, "chat_stopped"
                self._print("")
                self._print(self._response(line))
                self._report_problems()
            except KeyboardInterrupt:
                if stopped:
                    return
                stopped = True
                self._print("")
                self._print(self._sentence(said))

    def _response(self, line: str) -> RenderableType:
        if line.casefold() in HELP:
            line = "/help"
        if line.startswith("/"):
            name, _, words = line.partition(" ")
            command = self._commands.get(name.casefold())
            return command(words.strip()) if command else self._sentence("unknown_command")
        if line.isascii() and line.isdecimal() and 0 < int(line[:9]) <= len(self._offers):
            line = self._offers[int(line) - 1].question
        return self._answered(self._library.ask(line, self._conversations.turns(HERE), limit=self._limit), ())

    def _answered(self, answer: Answer, past: tuple[Place, ...]) -> RenderableType:
        """The answer, with what can be done with it below."""
        turn = answer.as_turn()
        self._conversations.add(HERE, turn)
        self._answer, self._past = answer, (*past, *turn.shown)
        self._offers = choices_of(answer, wording_in(answer.language))
        wording = wording_in(self._chosen or answer.language)
        parts = [show_answer(answer, wording, numbered=True)]
        if self._offers:
            parts += [show_how_to_choose(len(self._offers), wording), ""]
        if commands := _commands_for(answer):
            parts += [Paragraph(Text(commands, "dim")), ""]
        return Group(*parts)

    def _more(self, _words: str) -> RenderableType:
        if self._answer is None or not self._past:
            return self._sentence("chat_no_answer")
        answer = self._library.more(self._answer.understood, self._past, limit=self._limit)
        if answer.exhausted:
            return show_answer(answer, wording_in(self._chosen or answer.language))
        return self._answered(answer, self._past)

    def _context(self, words: str) -> RenderableType:
        def show(document: Document, quote: Quote) -> RenderableType:
            return show_context(document, quote, self._wording)

        return self._of_quote(words, show)

    def _source(self, words: str) -> RenderableType:
        def show(document: Document, quote: Quote) -> RenderableType:
            return show_card(document, quote, self._library, self._wording)

        return self._of_quote(words, show)

    def _of_quote(self, words: str, show: Callable[[Document, Quote], RenderableType]) -> RenderableType:
        """What there is to show of the quote of that number; of the first where there is no number."""
        quotes = (self._answer.quotes or self._answer.closest) if self._answer else ()
        if not quotes:
            return self._sentence("chat_no_answer")
        number = int(words[:9]) if words.isascii() and words.isdecimal() else 1 if not words else 0
        if not 0 < number <= len(quotes):
            return self._sentence("chat_no_such_quote", count=len(quotes))
        quote = quotes[number - 1]
        document = self._library.document(quote.document)
        if document is None or not is_as_quoted(document, quote):
            return self._sentence("source_changed")
        return show(document, quote)

    def _people(self, words: str) -> RenderableType:
        self._library.refresh()
        number = int(words[:9]) if words.isascii() and words.isdecimal() else 1
        page = people_page(self._library.people, number, self._wording, PEOPLE_A_PAGE)
        self._offers = page.choices
        return show_people(page, self._library.people, self._wording)

    def _sources(self, words: str) -> RenderableType:
        self._library.refresh()
        return show_sources(sources_page(self._library.covers(), words, 1, MOST_SOURCES), self._wording)

    def _language(self, words: str) -> RenderableType:
        if words.casefold() in LANGUAGES:
            self._chosen = words.casefold()
        name = self._wording.say("language_name")
        spoken = self._wording.phrases("language_now", language=name) if self._chosen else None
        parts = [show_sentence(spoken or self._wording.phrases("chat_language_unchosen"))]
        if words.casefold() not in LANGUAGES:
            parts.append(show_sentence(self._wording.phrases("chat_language_how")))
        return Group(*parts, "")

    def _about(self, _words: str) -> RenderableType:
        self._library.refresh()
        return show_about(self._library, self._wording)

    def _forget(self, _words: str) -> RenderableType:
        self._conversations = Conversations()
        self._answer, self._past, self._offers = None, (), ()
        self._lines.forget()
        return self._sentence("chat_forgotten")

    def _help(self, _words: str) -> RenderableType:
        self._offers = find_examples(self._library, self._wording)
        return show_help(self._offers, self._wording)

    def _report_problems(self) -> None:
        """Tell of each problem that the folder did not have before."""
        problems = self._library.problems
        for problem in problems:
            if problem not in self._known_problems:
                self._print(Group(show_problem(problem, self._wording), ""))
        self._known_problems = problems

    @property
    def _wording(self) -> Wording:
        """The wording of what is no answer."""
        return wording_in(self._chosen or self._otherwise)

    def _sentence(self, key: str, **values: str | int) -> RenderableType:
        return Group(show_sentence(self._wording.phrases(key, **values)), "")

    def _print(self, what: RenderableType) -> None:
        (self._console or open_console()).print(what)


def _commands_for(answer: Answer) -> str:
    """The commands that show more of an answer."""
    count = len(answer.quotes or answer.closest)
    numbers = f" 1–{count}" if count > 1 else ""
    commands = [f"/context{numbers}", f"/source{numbers}"] if count else []
    return " · ".join([*commands, *([f"/more ({answer.more})"] if answer.more else [])])
