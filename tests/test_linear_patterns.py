"""Every regular expression of the house takes steps in proportion to the length of the text, whatever the text is.

A text that is hostile to a pattern is made from the pattern itself: what it repeats without a bound, many times, and
then something that it does not take. Steps are counted (tests/pattern_steps.py), no clock is read.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pattern_steps import Counted, TooManyStepsError, has_unbounded, pumped

import bot
import retrieval

LENGTH = 8
"""How often the least text repeats what is pumped; then twice and four times as often."""
WITH_TAIL, WITHOUT_TAIL = 10, 4
"""So many hostile texts end in what hardly a pattern takes, and so many do not."""
METHODS = frozenset("match fullmatch search finditer findall sub subn split".split())
AT_ONE_PLACE = frozenset({"match", "fullmatch"})

MATCHED_AT_ONE_PLACE = frozenset(
    {
        "retrieval.reading.json_ld._ARTICLE",
        "retrieval.reading.json_ld._ORGANISATION",
        "retrieval.reading.json_ld._PAGE",
        "retrieval.reading.office_story._NAMED",
    }
)
"""Patterns that are handed on before they are matched, and never searched for."""

ON_A_QUESTION = frozenset("courtesies ellipses follow_ups frames narrowing".split())
"""Rooms that read nothing but a question, of which `questions.LONGEST_QUESTION` characters are looked at, white space
folded: their patterns may take the square of that, and none takes more (tests/test_linear_work.py asks them all)."""

BOUNDED = {
    "retrieval.portraits._ROLE": "what follows a name, cut",
    "retrieval.reading.bylines._REST": "by-lines of more than 160 characters are none",
    "retrieval.reading.bylines._REPORTER": "by-lines of more than 160 characters are none",
    r"retrieval.reading.bylines: (?P<names>[^|(]+?)(?:,?\s+(?:and|&)\s+(?P<last>[^|,(]+))": "the same",
    r"retrieval.reading.bylines: \s+and\s+|\s*&\s*": "lines of 500 characters",
    r"retrieval.reading.bylines: \s*[(（\[][^()（）\[\]]*[)）\]]|[\d*†‡¹²³⁴]+(?=$|\s|,)": "lines of 500 characters",
    "retrieval.reading.page_metadata._RIGHTS": "names of 60 characters",
    "retrieval.reading.pdf_furniture._NUMBER": "lines of 24 characters",
    "retrieval.reading.pdf_joining._ADDRESS": "the last word of a line, cut",
    "retrieval.reading.pdf_joining._CUT_WORD": "the last word of a line, cut",
    "retrieval.reading.pdf_metadata._BETWEEN_WRITERS": "lines no longer than a title",
    r"retrieval.reading.web_metadata: \s*[,;&|]\s*|\s+and\s+": "1,000 characters, their white space folded",
    "retrieval.reading.web_titles._SEPARATOR": "1,000 characters, their white space folded",
    "retrieval.reading.xhtml._CHARSET": "the first 2,000 bytes",
    "retrieval.speech.korean_cast._BEFORE": "the 30 characters before a bracket",
    "retrieval.speech.mentions._OFFICE_OF": "the 40 characters before a name",
    "retrieval.speech.mentions._TITLE_BEFORE": "the 60 characters before a name",
}
"""Patterns that see no more than a few characters of any text: how many, their rooms say."""


def _modules() -> Iterator[ModuleType]:
    for package in (retrieval, bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                yield importlib.import_module(module.name)


def _held(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for number, one in enumerate(value):
            yield from _held(one, f"{name}[{number}]", depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for key, one in value.items():
            yield from itertools.chain(_held(key, name, depth + 1), _held(one, f"{name}[{key!r}]", depth + 1))


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(module.__file__ or "").read_text("utf-8"))


@cache
def _methods(module: ModuleType) -> dict[str, set[str]]:
    """By which methods a module uses each of its names."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    return used


def _written_in_place(module: ModuleType) -> Iterator[tuple[str, str | bytes, str]]:
    """The patterns that a module hands to functions of `re`: where, the pattern, the function."""
    for node in ast.walk(_tree(module)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in METHODS
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield f"{module.__name__}: {node.args[0].value}", node.args[0].value, node.func.attr


@cache
def every_pattern() -> dict[str, tuple[re.Pattern[Any], bool]]:
    """Each pattern that repeats something without a bound, by its name, and whether it is looked for everywhere."""
    found: dict[str, tuple[re.Pattern[Any], bool]] = {}
    seen: set[re.Pattern[Any]] = set()
    for module in _modules():
        held = [pair for name, value in vars(module).items() for pair in _held(value, f"{module.__name__}.{name}")]
        for name, pattern in held:
            methods = _methods(module).get(name.rpartition(".")[2], set())
            if pattern not in seen:
                seen.add(pattern)
                at_one_place = methods <= AT_ONE_PLACE if methods else name.partition("[")[0] in MATCHED_AT_ONE_PLACE
                found[name] = (pattern, not at_one_place)
        for name, text, method in _written_in_place(module):
            found[name] = (re.compile(text), method not in AT_ONE_PLACE)
    return {name: pair for name, pair in found.items() if has_unbounded(Counted(pair[0]).tree)}


def growth(pattern: re.Pattern[Any], *, everywhere: bool, folded: bool = False) -> tuple[float, str]:
    """How the steps grow at worst where the text doubles, 2 where they are linear and 4 where they are squared."""
    counted, worst = Counted(pattern), (0.0, "")
    texts_of = list(itertools.islice(pumped(counted.tree, pattern.flags), WITH_TAIL))
    pairs = [*((pair, "\0") for pair in texts_of), *((pair, "") for pair in texts_of[:WITHOUT_TAIL])]
    for (before, unit), tail in pairs:
        texts = [before + unit * times + tail for times in (LENGTH, 2 * LENGTH, 4 * LENGTH)]
        texts = [" ".join(text.split()) for text in texts] if folded else texts
        try:
            first, second, third = (counted.steps_on(text, everywhere=everywhere) for text in texts)
        except TooManyStepsError:
            return float("inf"), texts[0]
        worst = max(worst, ((third - second) / max(1, second - first), texts[0]))
    return worst


def test_patterns_are_found() -> None:
    assert len(every_pattern()) > 150
    assert set(BOUNDED) <= set(every_pattern())


@pytest.mark.parametrize("name", sorted(every_pattern()))
def test_a_pattern_takes_steps_in_proportion_to_the_length(name: str) -> None:
    pattern, everywhere = every_pattern()[name]
    if name in BOUNDED:
        return
    on_a_question = name.split(".")[1] in ON_A_QUESTION
    ratio, text = growth(pattern, everywhere=everywhere, folded=on_a_question)
    most = 4.3 if on_a_question else 2.3
    assert ratio <= most, f"{pattern.pattern!r} takes {ratio:.1f} times the steps for twice as much of {text!r}"


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        (r"(?:a|aa)+b", 10),
        (r"(a+)+$", 10),
        (r"\s+$", 3),
        (r"a.*b", 3),
        (r"\d+\w*\d+!", 6),
        (r"말(?:는|가|는가)*$", 10),
        (r"\r+\n|\r", 3),
        (r"[.!?]+[)\]]*(?=\s)", 3),
        (r"[A-Z]\w*(?: [A-Z]\w*)? Ltd", 3),
    ],
)
def test_the_counter_knows_patterns_that_blow_up(pattern: str, least: float) -> None:
    assert growth(re.compile(pattern), everywhere=True)[0] > least


@pytest.mark.parametrize("pattern", [r"a+b", r"(?>a+)b", r"(?:a|b)*+c", r"[^()]*\)", r"(?<!\s)\s+$", r"(?P<x>a)b*"])
def test_the_counter_knows_patterns_that_do_not(pattern: str) -> None:
    assert growth(re.compile(pattern), everywhere=False)[0] <= 2.1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a|ab)(c|bcd)(d*)", "abcd"), (r"(?i)STRASSE\b", "strasse"), (r"^x{2,3}?$", "xxx"), (r"(?<=a)b|c", "ab"),
        (r"(x)?(?(1)y|z)", "xy"), (r"(?m)^b$", "a\nb"), (r"[^\W\d_]+", "a1b"), (r"(\w)\1", "hello"), (r"a\Z", "a"),
    ],
)  # fmt: skip
def test_the_counter_finds_what_the_engine_finds(pattern: str, text: str) -> None:
    for start in range(len(text) + 1):
        found = re.compile(pattern).match(text, start)
        assert Counted(re.compile(pattern)).end_of_match(text, start) == (found.end() if found else None)
