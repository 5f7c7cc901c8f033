"""Questions from the command line, answered on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot.answer_json import answer_line
from bot.conversations import Conversations
from bot.question_file import AskedQuestion
from retrieval import Answer, Library

ANSWERED, NOT_IN_SOURCES, CANNOT_RUN = 0, 1, 2
"""The exit codes that other programs rely on."""


def ask_one(library: Library, question: str, *, limit: int, as_json: bool) -> int:
    """Print the answer to one question and return the exit code that says whether the sources have it."""
    answer = library.ask(_encodable(question), limit=limit)
    if as_json:
        print(answer_line(answer))
    else:
        _human_printer()(answer)
    return ANSWERED if answer.answered else NOT_IN_SOURCES


def ask_all(library: Library, questions: tuple[AskedQuestion, ...], *, limit: int, as_json: bool) -> int:
    """Print the answer to each question in order, each as soon as it is known; progress goes to standard error.

    Questions of the same conversation follow each other, in memory.
    """
    conversations = Conversations()
    print_answer = None if as_json else _human_printer()
    for number, asked in enumerate(questions, start=1):
        answer = _ask_in_conversation(library, asked, conversations, limit)
        if print_answer is None:
            print(answer_line(answer, asked.id), flush=True)
        else:
            print(f"> {asked.question}\n", flush=True)
            print_answer(answer)
        _show_progress(number, len(questions))
    return ANSWERED


def _ask_in_conversation(library: Library, asked: AskedQuestion, conversations: Conversations, limit: int) -> Answer:
    question = _encodable(asked.question)
    if asked.conversation is None:
        return library.ask(question, limit=limit)
    answer = library.ask(question, conversations.turns(asked.conversation), limit=limit)
    conversations.add(asked.conversation, answer.as_turn())
    return answer


def _encodable(question: str) -> str:
    """The question with what no encoding can hold (half a character pair, a stray byte) replaced."""
    return question.encode("utf-8", "replace").decode("utf-8")


def _human_printer() -> Callable[[Answer], None]:
    # Imported here: rich costs a programme that wants JSON forty milliseconds for nothing.
    from bot.terminal import print_answer  # noqa: PLC0415

    return print_answer


def _show_progress(number: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == total else ""
        print(f"\r{number} of {total} questions", end=end, file=sys.stderr, flush=True)
