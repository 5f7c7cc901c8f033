"""Postings that were joined are those of what stayed, counted anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import postings
from retrieval.bags import MOST_COUNTED, Bag, counted, number_of
from retrieval.errors import RetrievalError
from retrieval.postings import GONE, Postings, joined_postings, postings_of

WORDS = ["mud", "silt", "sand", "clay", "peat", "rock"]
PASSAGES = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=4)


def told(found: Postings) -> dict[str, list[tuple[int, int]]]:
    spans = zip(WORDS, found.spans(list(map(number_of, WORDS))), strict=True)
    held = list(zip(found.rows.tolist(), found.frequencies.tolist(), strict=True))
    return {word: held[start:end] for word, (start, end) in spans}


@given(st.lists(st.tuples(PASSAGES, st.booleans()), max_size=4), st.integers(1, 5))
def test_joined_postings_are_those_of_what_stays(parts: list[tuple[list[list[str]], bool]], block: int) -> None:
    staying = [passages for passages, stays in parts if stays]
    moves, first = [], 0
    for passages, stays in parts:
        moves.append(np.arange(first, first + len(passages)) if stays else np.full(len(passages), GONE))
        first += len(passages) * stays
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(postings, "_BLOCK", block)
        joined = joined_postings([postings_of([counted(passages)]) for passages, _ in parts], moves, first)
    anew = postings_of([counted(passages) for passages in staying])
    assert told(joined) == told(anew)
    assert joined.lengths.tolist() == anew.lengths.tolist()
    assert joined.terms.tolist() == anew.terms.tolist()


def test_a_term_that_stands_very_often_is_counted_up_to_a_bound() -> None:
    found = postings_of([counted([["mud"] * (MOST_COUNTED + 2), ["silt"]])])
    assert told(found)["mud"] == [(0, MOST_COUNTED)]
    assert told(found)["silt"] == [(1, 1)]
    assert found.lengths.tolist() == [MOST_COUNTED + 2, 1]


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_TERMS"])
def test_more_than_can_be_numbered_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    bags: list[Bag] = [counted([["mud", "silt"], ["sand"]])]
    monkeypatch.setattr(postings, limit, 1)
    with pytest.raises(RetrievalError, match="more passages or words than can be numbered"):
        postings_of(bags)
