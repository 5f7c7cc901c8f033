"""Postings after any changes are those of the same documents counted anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import postings
from retrieval.bags import MOST_COUNTED, Bag, counted
from retrieval.postings import Postings

WORDS = ["mud", "silt", "sand", "clay", "peat", "rock"]
PASSAGES = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=4)


def told(found: Postings) -> dict[str, list[tuple[int, float]]]:
    return {word: list(zip(*(part.tolist() for part in found.of(word)), strict=True)) for word in WORDS}


@given(st.data(), st.lists(PASSAGES.map(counted), max_size=6))
def test_a_snapshot_after_changes_equals_one_made_at_once(data: st.DataObject, bags: list[Bag]) -> None:
    found = Postings()
    for _ in range(3):
        found = found.with_bags(tuple(bags))
        anew = Postings().with_bags(tuple(bags))
        assert told(found) == told(anew)
        assert found.lengths.tolist() == anew.lengths.tolist()
        assert found.firsts == anew.firsts
        bags = data.draw(st.permutations([*bags, *data.draw(st.lists(PASSAGES.map(counted), max_size=2))]))
        bags = bags[: data.draw(st.integers(0, len(bags)))]


def test_an_older_snapshot_goes_on_as_it_was() -> None:
    old = counted([["mud", "silt"], ["mud"]])
    before = Postings().with_bags((old,))
    after = before.with_bags((counted([["mud", "peat"]]), old))
    assert told(before)["mud"] == [(0, 1.0), (1, 1.0)]
    assert told(after)["mud"] == [(0, 1.0), (1, 1.0), (2, 1.0)]
    assert (before.count("peat"), after.count("peat")) == (0, 1)


def test_terms_that_no_passage_has_any_more_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_SPARE_TERMS", 10)
    kept, found = counted([["mud"]]), Postings()
    for number in range(100):
        found = found.with_bags((kept, counted([[f"word{number}"]])))
        assert found.count("mud") == found.count(f"word{number}") == 1
    assert len(found.vocabulary.numbers) < 20


def test_a_term_that_stands_very_often_is_counted_up_to_a_bound() -> None:
    found = Postings().with_bags((counted([["mud"] * (MOST_COUNTED + 2), ["silt"]]),))
    assert told(found)["mud"] == [(0, MOST_COUNTED)]
    assert told(found)["silt"] == [(1, 1)]
    assert found.lengths.tolist() == [MOST_COUNTED + 2, 1]


def test_the_bag_gives_each_passages_terms_back() -> None:
    bag = counted([["mud", "silt", "mud"], [], ["peat", "mud"]])
    assert [bag.terms_of(number) for number in range(3)] == [("mud", "silt"), (), ("peat", "mud")]
    assert np.frombuffer(bag.lengths, dtype=np.uint32).tolist() == [3, 0, 2]
