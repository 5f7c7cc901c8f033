"""A file of questions, one JSON object a line, read and checked whole before anything is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import QuestionFileError


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One line of the file; `conversation` is None where the question stands alone."""

    id: str
    question: str
    conversation: str | None = None


def read_questions(path: Path) -> tuple[AskedQuestion, ...]:
    """Every question of the file, in order; blank lines are passed over.

    Raises QuestionFileError, naming each broken line and what is wrong with it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise QuestionFileError(f"{path}: cannot be read ({error.strerror}). Name a file of questions.") from error
    questions, faults = [], []
    for number, line in _numbered_lines(content):
        try:
            questions.append(_parse_line(line))
        except ValueError as error:
            faults.append(f"{path}, line {number}: {error}.")
    if faults:
        raise QuestionFileError("\n".join([*faults, "Nothing was asked; mend the file and ask again."]))
    return tuple(questions)


def _numbered_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines end at a line feed alone: a JSON string may hold other line separators."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _parse_line(line: bytes) -> AskedQuestion:
    entry = _parse_object(line)
    conversation = entry.get("conversation")
    if conversation is not None and not isinstance(conversation, str):
        raise ValueError('"conversation" is no string')
    return AskedQuestion(_string(entry, "id"), _string(entry, "question"), conversation)


def _parse_object(line: bytes) -> dict[str, object]:
    try:
        entry = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start + 1} of the line)") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON ({error.msg}, column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error
    if not isinstance(entry, dict):
        raise ValueError('no JSON object like {"id": "1", "question": "..."}')  # noqa: TRY004 (all faults alike)
    return entry


def _string(entry: dict[str, object], key: str) -> str:
    if key not in entry:
        raise ValueError(f'"{key}" is missing')
    value = entry[key]
    if not isinstance(value, str):
        raise ValueError(f'"{key}" is no string')  # noqa: TRY004 (all faults alike)
    return value
