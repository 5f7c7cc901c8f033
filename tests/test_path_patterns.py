"""Patterns of paths fit what the regular expression of the same meaning fits, in a number of steps that stays small."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.path_patterns import fits

MEANING = {
    "**/": r"(?:.*/)?",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
    "[a-b]": "[a-b]",
    "[!a]": "[^a]",
    "a": "a",
    "/": "/",
}


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    parts=st.lists(st.sampled_from(sorted(MEANING)), max_size=6),
    path=st.text("ab/", max_size=7),
)
def test_a_pattern_means_what_a_regular_expression_would(parts: list[str], path: str) -> None:
    pattern = "".join(parts)
    meant = [MEANING[part] for part in re.findall(r"\*\*/|\*\*|\[[^\]]*\]|.", pattern)]
    assert fits(pattern, path) is (re.fullmatch("".join(meant), path) is not None)


@pytest.mark.parametrize(
    ("pattern", "path", "fit"),
    [
        ("a*", "a", True), ("a*", "a/b", False), ("a*/b", "a/b", True), ("a**", "a/b", True), ("**/b", "b", True),
        ("a**/b", "a/c/b", True), ("[a-c]", "d", False), ("[!a-c]", "d", True), ("[!]", "a", True), ("", "", True),
        ("a.b", "axb", False), ("[]", "[]", True), ("[a", "[a", True), ("?", "/", False), ("[-a]", "-", True),
    ],
)  # fmt: skip
def test_each_sign(pattern: str, path: str, fit: bool) -> None:
    assert fits(pattern, path) is fit
