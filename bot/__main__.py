"""The command line: `python -m bot` and its commands."""

from __future__ import annotations

import argparse
import dataclasses
import io
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.asking import CANNOT_RUN, ask_all, ask_one
from bot.errors import CannotRunError, StoppedError
from bot.evaluation import describe, evaluated
from bot.expectations import read_expectations
from bot.progress import ReadingBar
from bot.question_file import read_questions
from bot.settings import load_settings, system_language
from retrieval import FolderError, Library, RetrievalError

FELL_SHORT = 1
"""The exit code of `evaluate` where an answer is not as expected."""
STOPPED = 3
"""The exit code of the bot where it ran and had to stop: to start it again may help, which it does not after 2."""
TO_BE_MENDED = 1
"""The exit code of `check` where something keeps the bot from running well."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not all as it should be, 2 cannot run, 3 had to stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    options = _parse_arguments(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except (CannotRunError, RetrievalError) as error:
        print(error, file=sys.stderr)
        return STOPPED if isinstance(error, StoppedError) else CANNOT_RUN
    except BrokenPipeError:
        # Whoever read our output has left; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_RUN
    except KeyboardInterrupt:
        return 130
    return code


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--knowledge", metavar="DIR", type=Path, help="the folder of documents (else KNOWLEDGE_DIR)")
    common.add_argument("--limit", metavar="N", type=_positive, help="how many quotes an answer has at most (3)")
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Answer questions from a folder of documents, in the documents' own words. "
        "Without a command: run the Telegram bot.",
        parents=[common],
    )
    parser.set_defaults(run=_run_telegram)
    commands = parser.add_subparsers(metavar="COMMAND")
    ask = commands.add_parser("ask", parents=[common], help="one answer in the terminal, or many from a file")
    ask.add_argument("question", nargs="*", help="the question")
    ask.add_argument("--questions", metavar="FILE.jsonl", type=Path, help='{"id", "question", "conversation"?} a line')
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.set_defaults(run=_ask)
    chat = commands.add_parser("chat", parents=[common], help="a conversation in the terminal")
    chat.set_defaults(run=_chat)
    check = commands.add_parser("check", parents=[common], help="what is in the folder, every problem, the settings")
    check.set_defaults(run=_check)
    backup = commands.add_parser("backup", help="a whole copy of the journal, also while the bot runs")
    backup.add_argument("file", metavar="FILE", type=Path, help="where the copy goes; nothing is overwritten")
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser("restore", help="put a copy in the journal's place, while no bot runs")
    restore.add_argument("file", metavar="FILE", type=Path, help="the copy; the present journal is moved aside")
    restore.set_defaults(run=_restore)
    evaluate = commands.add_parser("evaluate", parents=[common], help="your own questions with what must be quoted")
    evaluate.add_argument("questions", metavar="QUESTIONS.yaml", type=Path, help="ask, and what to expect: see README")
    evaluate.set_defaults(run=_evaluate)
    text = commands.add_parser("text", parents=[common], help="a document's text as read, to which offsets refer")
    text.add_argument("path", metavar="PATH", help="the document's path below the folder")
    text.set_defaults(run=_print_text)
    options = parser.parse_args(arguments, argparse.Namespace(knowledge=None, limit=3))
    if options.run is _ask and bool(options.question) == bool(options.questions):
        ask.error("give either a question or --questions FILE.jsonl")
    return options


def _positive(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value[:9]) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number above 0")
    return int(value[:9])


def _read_library(options: argparse.Namespace) -> tuple[Library, Path]:
    settings = load_settings()
    folder = options.knowledge or settings.knowledge_dir
    with ReadingBar() as bar:
        library = Library.open(folder, data_dir=settings.data_dir, progress=bar)
    if library.notice:
        print(library.notice, file=sys.stderr)
    return library, folder


def _open_library(options: argparse.Namespace) -> Library:
    library, folder = _read_library(options)
    if not library.documents:
        raise FolderError(
            "holds no document that can be read.",
            where=str(folder),
            remedy="Put documents into it; `python -m bot check` names the files it refuses.",
        )
    if library.problems:
        print(f"{len(library.problems)} problem(s) in {folder}: `python -m bot check` names them.", file=sys.stderr)
    return library


def _ask(options: argparse.Namespace) -> int:
    if options.questions:
        questions = read_questions(options.questions)
        return ask_all(_open_library(options), questions, limit=options.limit, as_json=options.json)
    question = " ".join(options.question)
    return ask_one(_open_library(options), question, limit=options.limit, as_json=options.json)


def _chat(options: argparse.Namespace) -> int:
    # Imported here: rich is for people, and other programs ask more often.
    from bot.chat import chat  # noqa: PLC0415

    history = load_settings().data_dir / "chat_history"
    chat(_open_library(options), options.limit, language=system_language(), history=history)
    return 0


def _check(options: argparse.Namespace) -> int:
    # Imported here: these need rich, an HTTP client and more, and other programs ask more often.
    from bot.checkup import report_folder  # noqa: PLC0415
    from bot.conditions import State, conditions  # noqa: PLC0415
    from bot.wrapping import wrap_line  # noqa: PLC0415

    columns = shutil.get_terminal_size().columns
    library, folder = _read_library(options)
    for line in (*report_folder(library, folder), ""):
        print(wrap_line(line, columns))
    found = []
    for condition in conditions(load_settings(), library, folder):
        found.append(condition)
        print(wrap_line(str(condition), columns), flush=True)
    return TO_BE_MENDED if any(each.state is State.BAD for each in found) else 0


def _back_up(options: argparse.Namespace) -> int:
    # Imported here: the journal needs SQLite, and other programs ask more often.
    from bot.journal.file import FILE_NAME  # noqa: PLC0415
    from bot.keeping import report_backup  # noqa: PLC0415

    for line in report_backup(load_settings().data_dir / FILE_NAME, options.file):
        print(line)
    return 0


def _restore(options: argparse.Namespace) -> int:
    # Imported here: the journal needs SQLite, and other programs ask more often.
    from bot.journal.file import FILE_NAME  # noqa: PLC0415
    from bot.keeping import report_restore  # noqa: PLC0415

    for line in report_restore(options.file, load_settings().data_dir / FILE_NAME):
        print(line)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    # Imported here: wrapping needs rich, and other programs ask more often.
    from bot.wrapping import wrap_line  # noqa: PLC0415

    expectations = read_expectations(options.questions)
    columns = shutil.get_terminal_size().columns
    right = 0
    for verdict in evaluated(_open_library(options), expectations, options.limit):
        right += not verdict.faults
        for line in describe(verdict) if verdict.faults else ():
            print(wrap_line(line, columns), flush=True)
    print(f"{right} of {len(expectations)} right")
    return 0 if right == len(expectations) else FELL_SHORT


def _print_text(options: argparse.Namespace) -> int:
    library = _open_library(options)
    for document in library.documents:
        if document.path == options.path:
            sys.stdout.write(document.text)
            return 0
    for problem in library.problems:
        if problem.where == options.path:
            raise RetrievalError(problem.what, where=problem.where, remedy=problem.remedy)
    known = ", ".join(document.path for document in library.documents[:5])
    raise RetrievalError("no such document.", where=options.path, remedy=f"The folder has {known} and so on.")


def _run_telegram(options: argparse.Namespace) -> int:
    # Imported here: Telegram's library takes longer to load than a question takes to answer.
    from bot.app import run_bot  # noqa: PLC0415

    settings = load_settings()
    if options.knowledge:
        settings = dataclasses.replace(settings, knowledge_dir=options.knowledge)
    return run_bot(settings, options.limit)


if __name__ == "__main__":
    sys.exit(main())
