"""Who somebody is, who wrote something, and when: the words that say so, be it a caption, a by-line or a date line."""

from __future__ import annotations

import re

from retrieval import names
from retrieval.dates import dates_in
from retrieval.index import Index
from retrieval.names import Fit
from retrieval.query import Match, Query
from retrieval.records import BODY, Block, BlockKind, Document
from retrieval.sentences import sentence_spans
from retrieval.titles import KOREAN_TITLES, ROLE_NOUNS
from retrieval.words import terms

_TITLED = re.compile(rf"(?:{'|'.join(KOREAN_TITLES)})")
_ROLE = re.compile(
    r"\s*(?:\([^)]*\))?\s*,\s*(?P<role>(?:the |a |an )?[^,.;“\"]{3,})"
    r"|\s+(?:is|was|are|were|has been|served as|became)\s+(?P<is>[^.;]{3,})"
)
_SOME = re.compile(r"(?:an?|the|who|whose) ", re.IGNORECASE)
"""Opens what stands in apposition, whatever noun follows: "Ann Lee, a cheesemonger", "Bo Ek, who mends clocks"."""
_ROLE_REACH = 120
LOOKED_AT = 60
BYLINE = 10.0
"""What "By Ann Lee" tells of her: that she wrote it; of all sentences the least."""


def portrait_matches(query: Query, index: Index) -> tuple[Match, ...]:
    """Sentences that say who the person is, the fullest first; captions last."""
    asked = tuple(dict.fromkeys([p for person in query.people for p in (person.name, *person.also)] or [query.who]))
    best = index.ranking.top(dict.fromkeys((term for name in asked for term in terms(name)), 1.0), LOOKED_AT)
    found = []
    for number in sorted(number for number, _ in best):
        passage = index.passages[number]
        text = index.text(passage.document)
        spans = (
            sentence_spans(text, passage.start, passage.end)
            if passage.paragraph is not None
            else ((passage.start, passage.end),)
        )
        for start, end in spans:
            worth = max(_worth(text[start:end], name) for name in asked)
            if not worth and passage.kind is BlockKind.BYLINE and any(name in text[start:end] for name in asked):
                worth = BYLINE
            if worth:
                found.append(Match(number, start, end, worth - 50 * (passage.paragraph is None), 1.0))
    return tuple(sorted(found, key=lambda match: (-match.score, match.passage)))


def _worth(sentence: str, name: str) -> float:
    """How much a sentence tells of `name`: the words of the role that stands beside it; 0 where there is none."""
    pattern = r"\s*+[-‐‑]?+\s*+".join(re.escape(part) for part in re.split(r"[-\s]+", name) if part)
    best = 0.0
    for at in re.finditer(pattern, sentence, re.IGNORECASE):
        after = sentence[at.end() : at.end() + _ROLE_REACH]
        role = _ROLE.match(after)
        held = (role["role"] or role["is"] or "") if role else ""
        if role and any(word.lower().strip(",.") in ROLE_NOUNS for word in held.split()[:10]):
            best = max(best, 100 + min(len(held), 99))
        elif role and role["role"] and _SOME.match(role["role"]):
            best = max(best, 90.0)
        elif role and role["is"]:
            best = max(best, 60.0)
        elif re.match(r"[가-힣]+$", names.bare(name)) and _TITLED.search(after[:30]):
            best = max(best, 100.0)
        elif any(word.lower() in ROLE_NOUNS for word in sentence[max(0, at.start() - 40) : at.start()].split()[-2:]):
            best = max(best, 80.0)
    return best


def byline_matches(index: Index, passages: tuple[Match, ...]) -> tuple[Match, ...]:
    """By-lines of the documents that match best, or the passage itself where the file names its author otherwise."""
    found: dict[str, Match] = {}
    for match in passages:
        document = index.passages[match.passage].document
        if document in found:
            continue
        line = next((i for i in index.passages_of(document) if index.passages[i].kind is BlockKind.BYLINE), None)
        if line is not None:
            passage = index.passages[line]
            found[document] = Match(line, passage.start, passage.end, match.score, match.coverage)
        elif index.metadata(document).author:
            found[document] = match
    return tuple(found.values())


def written_matches(query: Query, index: Index, passages: tuple[Match, ...]) -> tuple[Match, ...]:
    """Passages of the documents whose author the question asks about: the author's own words, as nobody else's."""
    theirs = index.documents_by(lambda author: names.fit(query.who, author) >= Fit.SOUND) if query.who else ()
    found = tuple(match for match in passages if index.passages[match.passage].document in theirs)
    first = [number for path in theirs for number in index.passages_of(path) if index.passages[number].paragraph]
    opening = (Match(n, index.passages[n].start, index.passages[n].end, 0.0, 1.0) for n in first)
    return found if found and query.topic else tuple(opening)


def dated_matches(index: Index, passages: tuple[Match, ...]) -> tuple[Match, ...]:
    """The lines that give their date of the documents that match best: "Date 2024-01-29"."""
    found: dict[str, Match] = {}
    for match in passages:
        document = index.documents[index.passages[match.passage].document]
        if document.path in found or document.metadata.date is None:
            continue
        line = next((b for b in document.blocks if b.kind not in BODY and _gives(document, b)), None)
        if line is not None:
            found[document.path] = Match(match.passage, line.start, line.end, match.score, match.coverage)
    return tuple(found.values())


def _gives(document: Document, block: Block) -> bool:
    return any(found.date == document.metadata.date for found in dates_in(document.text[block.start : block.end]))
