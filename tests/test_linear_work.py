"""The work of taking a text apart grows with its length and no faster, whatever the text is: counted in lines of Python
that are executed, not by a clock. What runs inside regular expressions is counted in tests/test_linear_patterns.py."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bot.citation import fold_space
from retrieval import AnswerKind, Library
from retrieval.analysis import analysed
from retrieval.errors import ReadingError
from retrieval.questions import LONGEST_QUESTION
from retrieval.reading import read
from retrieval.words import without_particle

HOUSE = str(Path(__file__).parents[1] / "retrieval")
UNITS = {
    "capitals without end": "A",
    "one letter": "a",
    "quotation marks that open": "“",
    "quotations in quotations": "“‘",
    "straight quotation marks": "\"'",
    "brackets": "a (",
    "names": "Ann Lee and Bo Ek, ",
    "names that speak": "Ann Lee, who said Bo Ek said that ",
    "initials and titles": "Dr. A. B. ",
    "according to": "according to Ann Lee, according to the ",
    "turns": "Ann Lee: a\n",
    "paragraphs": "Ann said so.\n\n",
    "blank lines": "a\n \n",
    "dates": "3 May 2021, 2021-05-03, ",
    "Hangul without end": "가",
    "jamo": "ㅏ가ᄀ",
    "Korean names": "김영희 교수는 ",
    "Korean brackets": "김영희(가",
    "Korean quotations": "김영희는 “가다”라고 ",
    "Korean statements": "김영희 교수는 산이 높다고 말했다. ",
    "combining marks": "a\u0301\u0300",
    "full stops": "가.",
    "signs": "▲ · ※ ",
    "markup": "<b><!--&lt;",
    "short lines": "# a\n",
    "lines of jamo": "ㅏ\n",
    "lines of marks": "▲ a\n",
    "a menu": "|a|b|\n",
}
QUESTIONS = {
    **UNITS,
    "forms": "what did Ann Lee say about ",
    "forms that fail": "did Ann have to ",
    "leads": "ok but then ",
    "limits": "in the forum in 2021 since May, ",
    "possessives": "Ann's view of Bo's ",
    "Korean forms": "김영희는 무엇을 말했 ",
    "Korean endings": "말는가는가",
    "hyphens": "a-",
    "misspelt": "harbuor lammp ",
}


MARKUP = {
    "md": ["*", "[a](", "![", "> ", "`", "|a", "- a\n", "# a\n", "<a ", "_a", "&lt;", "\\["],
    "html": [
        "<div>",
        "<p>a",
        "<b><i>",
        "<!--",
        "<table><tr><td>a",
        "<a href='x'>a</a> ",
        "&",
        "<h1>a</h1>",
        "a<br>",
        "<",
    ],
}


class Lines:
    """How many lines of the library are executed."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, work: Callable[[], Any]) -> int:
        """The lines that `work` takes."""
        self.count = 0
        before = sys.gettrace()
        sys.settrace(self._entered)
        try:
            work()
        finally:
            sys.settrace(before)
        return self.count

    def _entered(self, frame: FrameType, _event: str, _argument: object) -> Any:
        return self._executed if frame.f_code.co_filename.startswith(HOUSE) else None

    def _executed(self, _frame: FrameType, event: str, _argument: object) -> Any:
        self.count += event == "line"
        return self._executed


def taken_apart(text: str, name: str) -> None:
    try:
        analysed(read(text.encode(), name))
    except ReadingError:
        return


def grown(unit: str, work: Callable[[str], Any], chars: int) -> float:
    """How the lines grow where the text doubles: 2 at most where they are linear, 3 and more where they are squared.

    A constant, and what is read of short texts alone, counts for nothing.
    """
    texts = [(unit * (chars * times // len(unit) + 1))[: chars * times] for times in (1, 2, 4)]
    work(texts[0])  # what is made once has been made
    first, second, third = (Lines().of(partial(work, text)) for text in texts)
    return (third - second) / max(second - first, third / 4, 1)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_taking_a_text_apart_is_linear(unit: str) -> None:
    assert grown(unit, lambda text: taken_apart(text, "a.txt"), 1_500) <= 2.3


@pytest.mark.parametrize("kind", MARKUP)
def test_reading_markup_is_linear(kind: str) -> None:
    for unit in MARKUP[kind]:
        assert grown(unit, lambda text: taken_apart(text, f"a.{kind}"), 1_000) <= 2.3, unit


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "board.txt").write_text(
        "Ann Lee, head of the board, said that the lamp must burn.\n\nBo Ek told the harbour forum of 2021 so.\n",
        "utf-8",
    )
    (folder / "sea.txt").write_text(
        "김영희 교수는 산이 높다고 말했다. 이철수 회장은 “바다가 깊다”고 밝혔다.\n", "utf-8"
    )
    with closing(Library.open(folder)) as opened:
        yield opened


@pytest.mark.parametrize("unit", QUESTIONS.values(), ids=QUESTIONS)
def test_asking_is_linear(library: Library, unit: str) -> None:
    before = (library.ask("what did Ann Lee say").as_turn(),)

    def ask(text: str) -> None:
        library.ask(text, before)

    assert grown(unit, ask, 500) <= 2.3


@pytest.mark.parametrize("unit", ["말는가는가", "what did Ann say ", "김영희는 "])
def test_of_a_question_that_is_too_long_the_beginning_counts(library: Library, unit: str) -> None:
    longest = (unit * LONGEST_QUESTION)[:LONGEST_QUESTION]
    lines = [Lines().of(partial(library.ask, longest + rest)) for rest in ("", "", unit * 50_000)]
    assert lines[2] - lines[1] <= 60_000  # one look at each character, for the language
    assert library.ask(longest + " zebra").missing == library.ask(longest).missing


def test_a_question_that_a_pattern_could_try_in_every_way_is_answered(library: Library) -> None:
    assert library.ask(f"김영희는 산에 대해 말{'는가' * 500}힣 무엇인가요?").kind in AnswerKind


def test_the_counter_counts() -> None:
    assert grown("a", lambda text: [fold_space(one) for one in text for _ in text], 50) < 2.3  # nothing of the library
    assert grown("a", lambda text: [without_particle(one) for one in text], 50) == pytest.approx(2, abs=0.1)
    assert grown("a", lambda text: [without_particle(one) for one in text for _ in text], 50) > 2.9
