"""The ranking is rank_bm25's, whatever was changed before, and pruning leaves none of the best out."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bags import counted
from retrieval.postings import GONE, postings_of
from retrieval.ranking import K1, B, LuceneBM25, Part

WORDS = st.sampled_from(["mud", "silt", "sand", "clay", "peat", "rock"])
PASSAGES = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=9).filter(any)
PARTS = st.lists(st.lists(st.tuples(st.lists(WORDS, max_size=12), st.booleans()), max_size=9), max_size=4)


class Reference(BM25Okapi):  # type: ignore[misc]
    """rank_bm25's own scoring, with nothing changed but the idf."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


def ranked(*parts: list[tuple[list[str], bool]]) -> LuceneBM25:
    """Of parts of documents of one passage each, in order, those of which it is said that they are there."""
    number, held = 0, []
    for part in parts:
        numbers = []
        for _, is_there in part:
            numbers.append(number if is_there else GONE)
            number += is_there
        postings = postings_of([counted([words]) for words, _ in part])
        held.append(Part(postings, np.arange(len(part) + 1), np.array(numbers, dtype=np.int64)))
    return LuceneBM25(held, np.arange(number + 1))


def whole(passages: list[list[str]]) -> LuceneBM25:
    return ranked([(words, True) for words in passages])


@given(PASSAGES, st.lists(WORDS, max_size=8))
def test_scores_are_those_of_rank_bm25_to_the_bit(passages: list[list[str]], query: list[str]) -> None:
    ours, theirs = whole(passages).get_scores(query), Reference(passages, k1=K1, b=B).get_scores(query)
    assert np.array_equal(ours, theirs)


@given(PARTS, st.lists(WORDS, max_size=6, unique=True), st.integers(1, 6))
def test_after_any_changes_scores_and_the_best_are_those_of_rank_bm25(
    parts: list[list[tuple[list[str], bool]]], query: list[str], count: int
) -> None:
    left = [words for part in parts for words, is_there in part if is_there]
    ranking = ranked(*parts)
    if not any(left):
        assert ranking.top(dict.fromkeys(query, 1.0), count) == []
        return
    scores = Reference(left, k1=K1, b=B).get_scores(query)
    best = sorted((-score, number) for number, score in enumerate(scores.tolist()) if score > 0)[:count]
    assert np.array_equal(ranking.get_scores(query), scores)
    assert ranking.scores_at(query, range(len(left))).tolist() == scores.tolist()
    assert ranking.top(dict.fromkeys(query, 1.0), count) == [(number, -score) for score, number in best]
    assert ranking.sharing(query, 99) == np.count_nonzero(scores)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_pruning_leaves_none_of_the_best_out(seed: int) -> None:
    """Many passages of few terms, so that scores tie, rare terms share passages, and most postings are never seen."""
    chance = np.random.default_rng(seed)
    terms = [f"t{number}" for number in range(40)]
    shares = 1 / np.arange(1, 41)
    passages = [list(chance.choice(terms, chance.integers(1, 8), p=shares / shares.sum())) for _ in range(400)]
    cut = int(chance.integers(0, 400))
    is_there = (chance.random(400) < 0.9).tolist()
    pairs = list(zip(passages, is_there, strict=True))
    ranking = ranked(pairs[:cut], pairs[cut:])
    query = dict(zip(chance.choice(terms, 6, replace=False).tolist(), chance.choice([1.0, 0.4, 0.1], 6), strict=True))
    scores = sum((weight * ranking.get_scores([term]) for term, weight in query.items()), np.zeros(sum(is_there)))
    among = chance.random(sum(is_there)) < 0.5
    for allowed in (None, among):
        found = ranking.top(query, 10, allowed)
        counted_ = scores if allowed is None else scores * allowed
        best = np.sort(counted_[counted_ > 0])[::-1][:10]
        assert np.allclose([score for _, score in found], best, rtol=1e-9)
        assert found == sorted(found, key=lambda one: (-one[1], one[0]))
        ties = {round(score, 9) for _, score in found[:-1]} if len(found) == 10 else {round(s, 9) for s in best}
        for number in np.flatnonzero(counted_).tolist():  # whatever scores more than the last is there
            if round(float(counted_[number]), 9) in ties and counted_[number] > found[-1][1] * (1 + 1e-9):
                assert number in {each for each, _ in found}


@given(PASSAGES, st.lists(WORDS, min_size=1, max_size=8))
def test_a_passage_scores_above_zero_exactly_where_it_shares_a_term(
    passages: list[list[str]], query: list[str]
) -> None:
    scores = whole(passages).get_scores(query)
    assert [score > 0 for score in scores] == [not set(passage).isdisjoint(query) for passage in passages]


def test_an_empty_collection_finds_nothing() -> None:
    ranking = ranked()
    assert ranking.get_scores(["mud"]).tolist() == []
    assert ranking.top({"mud": 1.0}, 3) == []
    assert "mud" not in ranking


def test_passages_without_a_word_find_nothing() -> None:
    assert whole([[], []]).get_scores(["mud"]).tolist() == [0, 0]


def test_one_passage_is_found() -> None:
    assert whole([["mud", "silt"]]).get_scores(["mud"])[0] > 0


def test_a_term_in_every_passage_still_counts_and_the_shorter_passage_comes_first() -> None:
    long, short = whole([["mud", "silt", "sand"], ["mud"]]).get_scores(["mud"])
    assert 0 < long < short


def test_equals_come_in_order() -> None:
    assert [number for number, _ in whole([["mud"]] * 5).top({"mud": 1.0}, 3)] == [0, 1, 2]


def test_a_rarer_term_weighs_more_and_an_unknown_one_most() -> None:
    ranking = whole([["mud", "silt"], ["mud"], ["mud"]])
    assert ranking.idf_of("mud") < ranking.idf_of("silt") < ranking.idf_of("peat")
