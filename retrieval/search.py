"""Query → Matches of passages: BM25, then the first few re-ranked by what else they share with the question."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from retrieval.context import within
from retrieval.index import Index
from retrieval.layout import layout
from retrieval.query import Match, Query, Signs, coverage
from retrieval.ranking import K1
from retrieval.signs import MOST_RIVALS, Rank, asking, signs
from retrieval.words import terms

RERANKED = 15
"""Passages that are looked at sentence by sentence."""
WORTH_A_LOOK = 0.4
"""Of the best score, what the others of them must have: none below came first (SQuAD, KorQuAD)."""
WEIGHTS = Signs(relative=5.83, sentence=4.64, whole=2.60, near=2.24, phrases=4.61)
"""What each sign adds to a passage's score: tests/fitting/fit.py, SQuAD and KorQuAD, November 2026. Fitted on half of
the articles they put 86.0 and 95.1 % of the other half's right passages first (BM25 alone 82.3 and 94.1 %)."""


LONGEST_ASKED = 400
"""Characters of a question in an interview; the turn after it is what is looked for."""
CARRIED, LEANING = 0.1, 0.4
"""What the words of the questions before count beside the question's own, and where it leans on them. Of 149 later
turns (mtRAG) 88.6 % find the right passage first, 85.2 with 0.2 throughout, 79 without; of 250 questions on another
article than the one before (SQuAD) 89.3 % with any of these, 86 with 1 for those that lean."""


def passage_matches(query: Query, index: Index) -> tuple[Match, ...]:
    """The passages that share words with the question, best first."""
    found = [_match(index, number, each) for number, each in candidates(query, index)]
    best: dict[int, Match] = {}
    for match in sorted(found, key=lambda match: (-match.score, match.passage)):
        best.setdefault(match.passage, match)
    return tuple(best.values())


def candidates(query: Query, index: Index) -> list[tuple[int, Signs]]:
    """The first RERANKED passages of the body by BM25, with the signs that re-rank them."""
    if not index.passages or not query.terms:
        return []
    among = within(query.limits, index) if query.limits else None
    top = index.ranking.top(_weighed(query, index), RERANKED, among)
    if not top:
        return []
    question = asking(query)
    ideal = sum(index.ranking.idf_of(term) for term in query.terms) * (K1 + 1)
    best, rivals = top[0][1], index.ranking.sharing(query.terms, MOST_RIVALS)
    own = index.ranking.scores_at(query.terms, [number for number, _ in top]).tolist()
    found = []
    for (number, score), alone in zip(top, own, strict=True):
        if score >= WORTH_A_LOOK * best and index.passages[number].paragraph is not None:
            rank = Rank(alone / ideal, score / best, rivals)
            held = signs(question, layout(index.text_of(number)), _title_terms(index, number), rank)
            found.append((number, _in_conversation(held, query, index, number) if query.carried else held))
    return found


def _weighed(query: Query, index: Index) -> dict[str, float]:
    """The question's terms, and those of the questions before; for one that leans, those of the title at hand too.

    Of questions without the words of their article's title 78.0 and 93.0 % are answered first without the title, 79.2
    and 96.3 % with it (SQuAD, KorQuAD).
    """
    weight = LEANING if query.leans else CARRIED
    weights = dict.fromkeys(query.terms, 1.0)
    carried = dict.fromkeys(term for word in query.carried for term in word.terms)
    if query.leans and query.near in index.documents:
        carried.update(dict.fromkeys(terms(index.metadata(query.near).title or "")))
    for term in carried:
        weights[term] = weights.get(term, 0.0) + weight
    return weights


def _in_conversation(found: Signs, query: Query, index: Index, number: int) -> Signs:
    at_hand = float(index.passages[number].document == query.near)
    return replace(found, carried=coverage(query.carried, frozenset(index.terms_of(number))), at_hand=at_hand)


def score(found: Signs) -> float:
    """One number of a passage's signs, by WEIGHTS; more is better."""
    return (
        WEIGHTS.relative * found.relative
        + WEIGHTS.sentence * found.sentence
        + WEIGHTS.whole * found.whole
        + WEIGHTS.near * found.near
        + WEIGHTS.phrases * found.phrases
    )


def _match(index: Index, number: int, found: Signs) -> Match:
    number = _reply_to(number, index)
    passage = index.passages[number]
    return Match(number, passage.start, passage.end, score(found), found.whole, signs=found)


def _reply_to(number: int, index: Index) -> int:
    """The passage that answers this one where it is a question that somebody else's turn follows, else itself."""
    passage = index.passages[number]
    if passage.end - passage.start > LONGEST_ASKED or not index.text_of(number).endswith("?"):
        return number
    following = index.passages[number + 1] if number + 1 < len(index.passages) else None
    if following is None or following.document != passage.document:
        return number
    asks = {run.statements[0].speaker for run in index.runs_in(number)}
    replies = [run for run in index.runs_in(number + 1) if run.is_turn and run.statements[0].speaker not in asks]
    return number + 1 if replies else number


def _title_terms(index: Index, number: int) -> frozenset[str]:
    passage = index.passages[number]
    return _terms(f"{index.metadata(passage.document).title or ''} {passage.section or ''}")


@lru_cache(maxsize=4_096)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))
