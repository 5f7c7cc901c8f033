"""Query → Matches of passages: BM25, then the first few re-ranked sentence by sentence."""

from __future__ import annotations

import numpy as np

from retrieval.index import Index
from retrieval.query import Match, Query, coverage
from retrieval.sentences import sentence_spans
from retrieval.words import terms

RERANKED = 30
"""Passages that are looked at sentence by sentence."""
COVERAGE_WEIGHT = 1.0
PASSAGE_COVERAGE_WEIGHT = 0.5


def passage_matches(query: Query, index: Index) -> tuple[Match, ...]:
    """The passages that share words with the question, best first."""
    if not index.passages or not query.terms:
        return ()
    scores = index.ranking.scores(query.terms)
    count = min(RERANKED, len(scores))
    top = np.argpartition(-scores, count - 1)[:count]
    top = sorted((int(i) for i in top if scores[i] > 0), key=lambda i: (-scores[i], i))
    if not top:
        return ()
    best = float(scores[top[0]])
    found = [_reranked(query, index, number, float(scores[number]) / best) for number in top if _is_body(index, number)]
    return tuple(sorted(found, key=lambda match: (-match.score, match.passage)))


def _is_body(index: Index, number: int) -> bool:
    return index.passages[number].paragraph is not None


def _reranked(query: Query, index: Index, number: int, relative: float) -> Match:
    passage = index.passages[number]
    text = index.documents[passage.document].text
    sentences = [set(terms(text[start:end])) for start, end in sentence_spans(text, passage.start, passage.end)]
    title = set(terms(f"{index.documents[passage.document].metadata.title or ''} {passage.section or ''}"))
    whole = coverage(query.words, set().union(title, *sentences))
    best = max((coverage(query.words, sentence | title) for sentence in sentences), default=0.0)
    score = relative + COVERAGE_WEIGHT * best + PASSAGE_COVERAGE_WEIGHT * whole
    return Match(number, passage.start, passage.end, score, whole)
