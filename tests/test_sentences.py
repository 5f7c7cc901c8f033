from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sentences import sentence_spans


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The ferry sank.", "Nobody was aboard."],
        ["Dr. Oke Lund of St. Abb came at 5 p.m. and left.", "She stayed on."],
        ["It opened on 3. March 2031 in the harbour.", "Few came."],
        ["“We dredge at night,” she said.", "“The river is low.”"],
        ["“우리는 밤에 준설한다.”라고 그는 말했다.", "강은 낮다."],
        ["강은 낮다.", "배는 없다."],
        ["Is it deep?", "It is!", "Very."],
    ],
)
def test_sentences_are_kept_whole(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


def test_a_line_break_is_a_space() -> None:
    assert _sentences("The ferry\nsank.\n\nNobody\u00a0cared.") == ["The ferry\nsank.", "Nobody\u00a0cared."]


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_spans_are_in_order_trimmed_and_hold_all_that_is_no_space(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    spans = sentence_spans(text, start, end)
    assert all(start <= left < right <= end for left, right in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[left:right] == text[left:right].strip() for left, right in spans)
    covered = {place for left, right in spans for place in range(left, right)}
    assert all(text[place].isspace() for place in range(start, end) if place not in covered)


def test_hostile_text_takes_linear_time() -> None:
    began = time.perf_counter()
    sentence_spans('"' * 40_000 + "a. " * 20_000, 0, 100_000)
    assert time.perf_counter() - began < 2
