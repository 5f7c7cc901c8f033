from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bags import counted
from retrieval.postings import Postings
from retrieval.ranking import K1, B, LuceneBM25

WORDS = st.sampled_from(["mud", "silt", "sand", "clay", "peat", "rock"])
PASSAGES = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=9).filter(any)


class Reference(BM25Okapi):  # type: ignore[misc]
    """rank_bm25's own scoring, with nothing changed but the idf."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


def ranked(passages: list[list[str]]) -> LuceneBM25:
    return LuceneBM25(Postings().with_bags((counted(passages),)))


@given(PASSAGES, st.lists(WORDS, max_size=8))
def test_scores_are_those_of_rank_bm25_to_the_bit(passages: list[list[str]], query: list[str]) -> None:
    ours, theirs = ranked(passages).scores(query), Reference(passages, k1=K1, b=B).get_scores(query)
    assert np.array_equal(ours, theirs)


@given(PASSAGES, st.lists(WORDS, min_size=1, max_size=8))
def test_a_passage_scores_above_zero_exactly_where_it_shares_a_term(
    passages: list[list[str]], query: list[str]
) -> None:
    scores = ranked(passages).scores(query)
    assert [score > 0 for score in scores] == [not set(passage).isdisjoint(query) for passage in passages]


def test_an_empty_collection_finds_nothing() -> None:
    ranking = ranked([])
    assert ranking.scores(["mud"]).tolist() == []
    assert "mud" not in ranking


def test_passages_without_a_word_find_nothing() -> None:
    assert ranked([[], []]).scores(["mud"]).tolist() == [0, 0]


def test_one_passage_is_found() -> None:
    assert ranked([["mud", "silt"]]).scores(["mud"])[0] > 0


def test_a_term_in_every_passage_still_counts_and_the_shorter_passage_comes_first() -> None:
    long, short = ranked([["mud", "silt", "sand"], ["mud"]]).scores(["mud"])
    assert 0 < long < short


def test_a_rarer_term_weighs_more_and_an_unknown_one_most() -> None:
    ranking = ranked([["mud", "silt"], ["mud"], ["mud"]])
    assert ranking.idf_of("mud") < ranking.idf_of("silt") < ranking.idf_of("peat")
