"""What a conversation changes in the order of matches: what was shown steps back, its document steps forward."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.index import Index
from retrieval.query import Limits, Match, Query
from retrieval.records import Place

SHOWN = 0.8
"""A passage already shown keeps this share of its score: 63 % of later INSCIT turns first, with NEAR, against 52 %."""
NEARLY = 0.6
"""A passage may be shown for being newer where it holds at least this share of what the best one holds of the topic."""
NEAR = 1.15
"""A passage of the document last quoted is worth this much more."""


def in_context(query: Query, matches: tuple[Match, ...], index: Index) -> tuple[Match, ...]:
    """`matches` reordered by the conversation; without what was shown where something else is asked for."""
    if query.limits.newest:
        return _newest(matches, index)
    if not query.near and not query.shown:
        return matches
    kept = matches if not query.only_new else [match for match in matches if not _is_in(query.shown, match, index)]
    weighed = [replace(match, score=match.score * _factor(query, match, index)) for match in kept]
    return tuple(sorted(weighed, key=lambda match: (-match.score, match.passage, match.start)))


def _factor(query: Query, match: Match, index: Index) -> float:
    near = NEAR if index.passages[match.passage].document == query.near else 1.0
    return near * (SHOWN if _is_in(query.shown, match, index) else 1.0)


def not_past(query: Query, matches: tuple[Match, ...], index: Index) -> tuple[Match, ...]:
    """`matches` without those on the pages that the reader has turned."""
    if not query.past:
        return matches
    return tuple(match for match in matches if not _is_in(query.past, match, index))


def _is_in(places: tuple[Place, ...], match: Match, index: Index) -> bool:
    document = index.passages[match.passage].document
    return any(
        place.document == document and min(place.end, match.end) > max(place.start, match.start) for place in places
    )


def within(limits: Limits, index: Index) -> NDArray[np.bool_]:
    """For each document whether a question limits itself to it; one without a date lies outside any time."""
    admitted = np.ones(len(index.documents), dtype=np.bool_)
    if limits.documents:
        admitted[:] = False
        admitted[[index.document_number(path) for path in limits.documents]] = True
    if limits.since or limits.until:
        since, until = limits.since or dt.date.min, limits.until or dt.date.max
        admitted &= (index.dates >= since.toordinal()) & (index.dates <= until.toordinal()) & (index.dates > 0)
    return admitted


def _newest(matches: tuple[Match, ...], index: Index) -> tuple[Match, ...]:
    """Of the matches nearly as much on the topic as the best, the newest first; undated ones last."""
    most = max((match.coverage for match in matches), default=0.0)
    kept = [match for match in matches if match.coverage >= NEARLY * most]
    dated = {match: index.metadata(index.passages[match.passage].document).date for match in kept}
    return tuple(sorted(kept, key=lambda match: (dated[match] or dt.date.min, match.score), reverse=True))
