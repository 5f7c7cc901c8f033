"""The conversation in a terminal: follow-ups, commands, numbers that choose, and ways to stop and to leave."""

from __future__ import annotations

import dataclasses
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from canned import LAMP, MINUTES, PIER, CannedLibrary, answered, refused
from rich.cells import cell_len
from rich.console import Console

from bot.chat import Chat, chat
from bot.line_editing import Lines
from retrieval import Answer, AnswerKind, Library, Problem, Turn

FOLDER = Path(__file__).parent / "cases" / "conversations" / "folder"


class Typed(Lines):
    """What a person types, in which KeyboardInterrupt stands for Ctrl-C."""

    def __init__(self, *lines: str | type[KeyboardInterrupt]) -> None:
        super().__init__()
        self._lines: Iterator[str | type[KeyboardInterrupt]] = iter(lines)

    def next(self) -> str | None:
        line = next(self._lines, None)
        if line is KeyboardInterrupt:
            raise KeyboardInterrupt
        return line  # type: ignore[return-value]


def _talk(library: object, *lines: str | type[KeyboardInterrupt], language: str | None = None, width: int = 80) -> str:
    """All that a chat shows after its greeting."""
    out = io.StringIO()
    Chat(library, 3, Typed(*lines), language, Console(file=out, width=width)).run()  # type: ignore[arg-type]
    return out.getvalue().partition("leaves.\n\n" if language is None else "/quit라고 입력해 주십시오.\n\n")[2]


def _answer(question: str, conversation: tuple[Turn, ...]) -> Answer:
    if question == "stop":
        raise KeyboardInterrupt
    if "Ferry" in question and "Ada" not in question:
        return refused(kind=AnswerKind.CHOICES, choices=("Ada Ferry", "Bo Ferry"), who="Ferry")
    return answered(LAMP, PIER, more=2) if "burn" in question or "Ada" in question or conversation else refused()


@pytest.fixture
def library() -> CannedLibrary:
    return CannedLibrary(_answer)


def test_a_follow_up_finds_the_turns_before_it(library: CannedLibrary) -> None:
    _talk(library, "what burns", "what else")
    assert [(question, len(before)) for question, before, _ in library.asked[-2:]] == [
        ("what burns", 0),
        ("what else", 1),
    ]


def test_several_quotes_are_numbered_and_what_can_be_done_with_them_stands_below(library: CannedLibrary) -> None:
    shown = _talk(library, "what burns")
    assert "❶ Ada Ferry, keeper of the lighthouse\n▌ Ada" in shown
    assert "❷\n▌ The pier is closed." in shown
    assert shown.endswith("\n\n/context 1–2 · /source 1–2 · /more (2)\n\n")


def test_context_marks_the_quote_among_the_words_around_it(library: CannedLibrary) -> None:
    shown = _talk(library, "what burns", "/context")
    assert shown.endswith(
        "Ada Ferry, keeper of the lighthouse\n▌ It was a windy day.\n▌\n"
        "▌ Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n▌ Nobody objected.\n▌\n"
        "▌ The meeting closed at nine.\n"
        "Minutes of the Harbour Board\nHarbour Board · 3 May 2021 · section “Lamps” · paragraph 4\n\n"
    )


def test_source_tells_all_of_a_document_with_its_address(library: CannedLibrary) -> None:
    shown = _talk(library, "what burns", "/source 1")
    assert shown.endswith(
        "Minutes of the Harbour Board\nPublisher: Harbour Board\nDate: 3 May 2021\nFile: minutes.md\nParagraphs: 3\n"
        "Speaking in it: Ada Ferry\nhttps://harbour.example/m#:~:text=Ada%20Ferry\n\n"
    )
    assert "File: letter.txt" in _talk(library, "what burns", "/source 2")


@pytest.mark.parametrize("words", ["3", "0", "x", "-1", "²", "9" * 5000])
def test_a_quote_that_there_is_not_is_said_not_to_be_there(library: CannedLibrary, words: str) -> None:
    for command in ("/context", "/source"):
        assert _talk(library, "what burns", f"{command} {words}").endswith(
            "The last answer has 2 quotes, numbered from 1.\n\n"
        )


def test_without_an_answer_there_is_nothing_to_show_more_of(library: CannedLibrary) -> None:
    for command in ("/context", "/source 1", "/more"):
        assert _talk(library, command) == "\nThere is no quote to show that for. Ask a question first.\n\n"
        assert _talk(library, "who sings", command).endswith(
            "There is no quote to show that for. Ask a question first.\n\n"
        )


def test_words_that_a_document_has_no_more_are_said_to_be_gone(library: CannedLibrary) -> None:
    library.documents = (dataclasses.replace(MINUTES, text="The lamp is out."),)
    for command in ("/context 1", "/source 2"):
        assert "no longer stand there" in _talk(library, "what burns", command)


def test_more_turns_the_page_until_there_is_no_more() -> None:
    library = Library.open(FOLDER, clock=lambda: 0.0)
    shown = _talk(library, "what did Edwin Achterberg say", "/more", "/more", "/more")
    quotes = [line for line in shown.split("\n") if line.startswith("▌ ")]
    assert len(quotes) == len(set(quotes))
    assert "/more (2)" in shown
    assert "have no more" in shown.rpartition("▌")[2]


def test_a_number_chooses_what_was_offered_last(library: CannedLibrary) -> None:
    shown = _talk(library, "what did Ferry say", "1")
    assert "Whom do you mean?\n• Ada Ferry\n• Bo Ferry\n\nType a number from 1 to 2 to choose.\n" in shown
    assert library.asked[-1][0] == "what did Ada Ferry say"
    _talk(library, "/people", "1")
    assert library.asked[-1][0] == "what did Ada Ferry say"
    _talk(library, "1")
    assert library.asked[-1][0] == "what did Ada Ferry say"  # an example
    _talk(library, "what burns", "1")
    assert library.asked[-1][0] == "1"


def test_people_and_sources_are_listed(library: CannedLibrary) -> None:
    shown = _talk(library, "/people", "/sources", "/sources HARBOUR", "/sources whales")
    assert "People who say something in the documents: 1.\n\n1 Ada Ferry, keeper of the lighthouse (2)\n" in shown
    assert "I answer from 2 documents:\n\nMinutes of the Harbour Board\nHarbour Board · 3 May 2021 · MD\n" in shown
    assert "1 document has “HARBOUR”:\n\nMinutes of the Harbour Board\n" in shown
    assert "No document has “whales”" in shown


def test_a_language_is_the_systems_until_one_is_chosen(library: CannedLibrary) -> None:
    shown = _talk(library, "/language", "/language EN", "who sings", "/sing", language="ko_KR.UTF-8")
    assert shown.startswith("\n시스템의 언어로 안내하고, 질문하신 언어로 답합니다.\n")
    assert "\nI speak English with you.\n\n" in shown
    assert shown.endswith("I do not know that command. /help shows what I can do.\n\n")
    korean = _talk(library, "/language ko", "who sings")
    assert "한국어로 말씀드립니다." in korean
    assert korean.endswith("문서에서 답을 찾지 못했습니다.\n\n")


@pytest.mark.parametrize("line", ["/help", "help", "HELP", "?", "도움말"])
def test_help_is_understood_with_and_without_a_slash(library: CannedLibrary, line: str) -> None:
    assert "/context 2: quote 2 among the words around it\n" in _talk(library, line)


@pytest.mark.parametrize("line", ["/quit", "/exit", "exit", "Quit", "나가기"])
def test_leaving_is_understood_with_and_without_a_slash(library: CannedLibrary, line: str) -> None:
    assert _talk(library, line, "what burns") == ""


def test_about_says_what_is_promised(library: CannedLibrary) -> None:
    assert "• Each quote stands word for word" in _talk(library, "/about")


def test_forget_begins_anew(library: CannedLibrary) -> None:
    shown = _talk(library, "what burns", "/forget", "/context", "what burns")
    assert "I have forgotten this conversation" in shown
    assert "There is no quote to show that for." in shown
    assert library.asked[-1][1] == ()


def test_control_c_ends_the_question_and_twice_the_conversation(library: CannedLibrary) -> None:
    shown = _talk(
        library, "stop", "what burns", KeyboardInterrupt, "what burns", KeyboardInterrupt, KeyboardInterrupt, "x"
    )
    assert shown.startswith("\n\nStopped. Ask something else.\n\n\n❶ Ada")
    assert shown.count("Ctrl-C once more, or /quit, leaves.") == 2
    assert library.asked[-1][0] == "what burns"
    assert _talk(library, "stop", KeyboardInterrupt, "what burns") == "\n\nStopped. Ask something else.\n\n"


def test_a_problem_that_arises_is_told_once(library: CannedLibrary) -> None:
    known, new = Problem("old.pdf", "is locked."), Problem("new.pdf", "is empty.", "Write into it.")
    library.problems = (known,)

    def answer(question: str, _conversation: tuple[Turn, ...]) -> Answer:
        if question == "burn":
            library.problems = (known, new)
        return refused()

    library.answer = answer
    shown = _talk(library, "who sings", "burn", "burn")
    assert shown.count("In the folder: new.pdf: is empty. Write into it.") == 1
    assert "old.pdf" not in shown


@pytest.mark.parametrize("width", [20, 40, 200])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_line_is_wider_than_the_terminal(library: CannedLibrary, width: int, language: str) -> None:
    out = io.StringIO()
    lines = ["what burns", "/context 1", "/people", "/sources", "/about", "/help", "/language", "/more", "/nonsense"]
    Chat(library, 3, Typed(*lines), language, Console(file=out, width=width)).run()  # type: ignore[arg-type]
    assert max(map(cell_len, out.getvalue().split("\n"))) <= width


def test_a_document_cannot_command_the_terminal(library: CannedLibrary) -> None:
    hostile = "\x1b]0;title\x07\x1b[2J\x9b31m"
    text = MINUTES.text.replace("windy", hostile)
    moved = len(text) - len(MINUTES.text)
    blocks = tuple(
        dataclasses.replace(block, start=block.start + (moved if block.start else 0), end=block.end + moved)
        for block in MINUTES.blocks
    )
    about = dataclasses.replace(MINUTES.metadata, title=hostile, publisher=hostile)
    library.documents = (dataclasses.replace(MINUTES, text=text, blocks=blocks, metadata=about),)
    quote = dataclasses.replace(LAMP, start=LAMP.start + moved, end=LAMP.end + moved, title=hostile, speaker=hostile)
    library.answer = lambda *_: answered(quote)
    library.problems = ()
    shown = _talk(library, "what burns", "/context", "/source", "/sources", f"/sources {hostile}")
    assert not set(shown) & {"\x1b", "\x07", "\x9b"}
    assert shown.count("]0;title") >= 4


def test_what_is_piped_in_is_shown_with_its_answers(
    library: CannedLibrary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n  what burns  \n\n/help"))
    chat(library, 3, history=tmp_path / "history")  # type: ignore[arg-type]
    out = capsys.readouterr().out
    assert "› what burns\n" in out
    assert "› /help\n" in out
    assert out.index("› what burns") < out.index("❶ Ada Ferry") < out.index("› /help")
    assert not (tmp_path / "history").exists()
