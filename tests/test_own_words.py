"""The bot's own words live in wording/: no room that speaks to those who ask has a sentence of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
SPEAKING = sorted(
    [
        *(BOT / "handlers").glob("*.py"),
        *(
            BOT / f"{room}.py"
            for room in (
                "about", "cards", "chat", "choices", "citation", "examples", "excerpts", "files", "line_editing",
                "listing", "pages", "remarks", "rendering", "telegram_html", "terminal", "terminal_pages",
            )
        ),
    ]
)  # fmt: skip
WORDS = re.compile(r"[^\W\d_]{2,}[,.!?]? +[^\W\d_]|^[A-Z][a-z]{2,}[.!?]?$|[가-힣]")
"""Two words with a space between them, one word as a label is written, or anything in Korean."""

NO_SPEECH = {
    "<blockquote expandable>": "a tag",
    "Result": "a type",
    "not modified": "Telegram's own words, in its errors",
    "[가-힣]": "letters to look for",
    "al ive ous ing ed ly able ible ful less ary ant ent ical": "endings of words",
    "나가기": "understood in the chat",
    "종료": "understood in the chat",
    "도움말": "understood in the chat",
}


def _literals(source: str) -> Iterator[tuple[int, str]]:
    """The strings of a program, without docstrings, what is logged, and what is raised for developers to read."""
    tree = ast.parse(source)
    passed_over: set[ast.AST] = set()
    for node in ast.walk(tree):
        is_logged = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "log"
        )
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_logged or is_docstring or isinstance(node, ast.Raise):
            passed_over |= set(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed_over:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.stem)
def test_a_room_that_speaks_takes_its_words_from_wording(path: Path) -> None:
    said = [f"{path.name}:{line}: {text}" for line, text in _literals(path.read_text("utf-8")) if WORDS.search(text)]
    assert [one for one in said if one.split(": ", 1)[1] not in NO_SPEECH] == []


def test_rooms_are_there_to_be_looked_at() -> None:
    assert len(SPEAKING) > 25
    assert all(path.exists() for path in SPEAKING)


@pytest.mark.parametrize(
    "line",
    ['say("I am sorry")', 'say(f"{count} documents found")', 'button("Delete")', 'say("지우기")', 'x = "No, thanks."'],
)
def test_words_that_were_put_into_a_room_would_be_found(line: str) -> None:
    assert any(WORDS.search(text) for _, text in _literals(line))


def test_what_nobody_who_asks_reads_is_passed_over() -> None:
    source = (
        '"""Doc of it."""\nlog.info("A page was not turned: %s", error)\nraise ValueError("no such key")\nget("b_c")'
    )
    assert not any(WORDS.search(text) for _, text in _literals(source))
