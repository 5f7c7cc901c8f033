"""Query → Matches of passages: BM25, then the first few re-ranked by what else they share with the question."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from retrieval.context import within
from retrieval.index import Index
from retrieval.layout import layout
from retrieval.query import Match, Query, Signs
from retrieval.ranking import K1, Scores
from retrieval.signs import Rank, asking, signs
from retrieval.words import terms

RERANKED = 15
"""Passages that are looked at sentence by sentence."""
WORTH_A_LOOK = 0.4
"""Of the best score, what the others of them must have: none below came first (SQuAD, KorQuAD)."""
WEIGHTS = Signs(relative=5.83, sentence=4.64, whole=2.60, near=2.24, phrases=4.61)
"""What each sign adds to a passage's score: tests/fitting/fit.py, SQuAD and KorQuAD, November 2026. Fitted on half of
the articles they put 86.0 and 95.1 % of the other half's right passages first (BM25 alone 82.3 and 94.1 %)."""


def passage_matches(query: Query, index: Index) -> tuple[Match, ...]:
    """The passages that share words with the question, best first."""
    found = (_match(index, number, each) for number, each in candidates(query, index))
    return tuple(sorted(found, key=lambda match: (-match.score, match.passage)))


def candidates(query: Query, index: Index) -> list[tuple[int, Signs]]:
    """The first RERANKED passages of the body by BM25, with the signs that re-rank them."""
    if not index.passages or not query.terms:
        return []
    scores = index.ranking.scores(query.terms)
    if query.limits:
        scores = scores * index.passages_in(within(query.limits, index))
    top = _first(scores)
    if not top:
        return []
    question = asking(query)
    ideal = sum(index.ranking.idf_of(term) for term in query.terms) * (K1 + 1)
    best, rivals = float(scores[top[0]]), int(np.count_nonzero(scores))
    found = []
    for number in top:
        if index.passages[number].paragraph is not None:
            rank = Rank(float(scores[number]) / ideal, float(scores[number]) / best, rivals)
            found.append((number, signs(question, layout(index.text_of(number)), _title_terms(index, number), rank)))
    return found


def score(found: Signs) -> float:
    """One number of a passage's signs, by WEIGHTS; more is better."""
    return (
        WEIGHTS.relative * found.relative
        + WEIGHTS.sentence * found.sentence
        + WEIGHTS.whole * found.whole
        + WEIGHTS.near * found.near
        + WEIGHTS.phrases * found.phrases
    )


def _first(scores: Scores) -> list[int]:
    """The numbers of the RERANKED best scores above 0 that are WORTH_A_LOOK, best first, equals in order."""
    count = min(RERANKED, len(scores))
    top = np.argpartition(-scores, count - 1)[:count].tolist()
    least = WORTH_A_LOOK * max(scores[top])
    return sorted((i for i in top if scores[i] > 0 and scores[i] >= least), key=lambda i: (-scores[i], i))


def _match(index: Index, number: int, found: Signs) -> Match:
    passage = index.passages[number]
    return Match(number, passage.start, passage.end, score(found), found.whole, signs=found)


def _title_terms(index: Index, number: int) -> frozenset[str]:
    passage = index.passages[number]
    return _terms(f"{index.documents[passage.document].metadata.title or ''} {passage.section or ''}")


@lru_cache(maxsize=4_096)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))
