"""From a question to an Answer on one snapshot: the whole story, one path for each thing that can be asked."""

from __future__ import annotations

from retrieval import quotes, search, statements, sureness
from retrieval.index import Index
from retrieval.portraits import byline_matches, portrait_matches
from retrieval.query import Intent, Match, Query
from retrieval.questions import understood
from retrieval.records import Answer, AnswerKind, Person, Quote, Turn


def answered(question: str, conversation: tuple[Turn, ...], index: Index, limit: int) -> Answer:
    """Answer `question`; the same question, conversation and snapshot always give the same Answer."""
    query = understood(question, conversation, index)
    if query.intent is Intent.COURTESY:
        return _answer(query, AnswerKind.GREETING)
    if query.choices:
        return _answer(query, AnswerKind.CHOICES)
    if query.intent is Intent.STATEMENTS:
        return _what_they_said(query, index, limit)
    if query.intent is Intent.WHO_IS and (found := portrait_matches(query, index)):
        return _answer(query, AnswerKind.ANSWER, [quotes.exact_quote(match, index) for match in found[:limit]])
    if query.intent is Intent.WHO_WROTE and (found := byline_matches(query, index, search.passage_matches(query, index))):
        return _answer(query, AnswerKind.ANSWER, [quotes.exact_quote(match, index) for match in found[:limit]])
    if query.intent is Intent.WHO_SAID:
        return _who_said(query, index, limit)
    return _what_the_folder_says(query, index, limit)


def _what_the_folder_says(query: Query, index: Index, limit: int) -> Answer:
    matches = search.passage_matches(query, index)
    kind = sureness.passages_kind(query, matches)
    found = [quotes.passage_quote(match, query, index) for match in matches[:limit]] if kind is not AnswerKind.NOTHING else []
    missing = sureness.missing_from_folder(query, index)
    if kind is AnswerKind.ANSWER:
        return _answer(query, kind, found, missing=missing)
    return _answer(query, kind, closest=found, missing=missing)


def _what_they_said(query: Query, index: Index, limit: int) -> Answer:
    matches = statements.statement_matches(query, index)
    if not matches:
        return _only_mentioned(query, index, limit)
    kind = sureness.statements_kind(query, matches)
    found = [quotes.statement_quote(match, query, index) for match in _worth_showing(query, matches, kind)[:limit]]
    missing = sureness.missing_from_statements(query, matches, index)
    if kind is AnswerKind.ANSWER:
        return _answer(query, kind, found, missing=missing)
    return _answer(query, AnswerKind.CLOSEST, closest=found, missing=missing)


def _worth_showing(query: Query, matches: tuple[Match, ...], kind: AnswerKind) -> tuple[Match, ...]:
    """Of statements on a topic, those nearly as much on it as the best."""
    if not query.topic or kind is not AnswerKind.ANSWER:
        return matches
    return tuple(match for match in matches if match.coverage >= 0.5 * matches[0].coverage)


def _only_mentioned(query: Query, index: Index, limit: int) -> Answer:
    """Nobody of that name says anything: the passage that answers all the same, else those that mention the name."""
    matches = search.passage_matches(query, index)
    kind = sureness.passages_kind(query, matches)
    missing = sureness.missing_from_folder(query, index)
    if query.topic and kind is AnswerKind.ANSWER and not missing:
        return _answer(query, kind, [quotes.passage_quote(match, query, index) for match in matches[:limit]])
    if kind is AnswerKind.NOTHING or query.unknown and not _mentions(query, index):
        return _answer(query, AnswerKind.NOTHING, missing=(query.unknown, *missing) if query.unknown else missing)
    return _answer(query, AnswerKind.CLOSEST, closest=[quotes.mention_quote(m, query, index) for m in matches[:limit]], missing=missing)


def _mentions(query: Query, index: Index) -> bool:
    return all(any(term in index.ranking for term in word.terms) for word in query.words if word.text in query.unknown)


def _who_said(query: Query, index: Index, limit: int) -> Answer:
    passages = search.passage_matches(query, index)
    matches = statements.said_matches(query, index, passages)
    if matches and sureness.statements_kind(query, matches) is AnswerKind.ANSWER:
        found = [quotes.statement_quote(match, query, index) for match in _worth_showing(query, matches, AnswerKind.ANSWER)[:limit]]
        return _answer(query, AnswerKind.ANSWER, found, missing=sureness.missing_from_folder(query, index))
    return _what_the_folder_says(query, index, limit)


def _answer(
    query: Query, kind: AnswerKind, found: list[Quote] | None = None, *, closest: list[Quote] | None = None, missing: tuple[str, ...] = ()
) -> Answer:
    return Answer(
        query.question, query.understood, kind, query.language, query.read_as, tuple(found or ()), tuple(closest or ()), missing, query.choices,
        tuple(_name(person) for person in query.people), query.courtesy,
    )  # fmt: skip


def _name(person: Person) -> str:
    return person.name
