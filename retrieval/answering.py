"""From a question to an Answer on one snapshot: the whole story, one path for each thing that can be asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from retrieval import quotes, search, statements, sureness
from retrieval.context import in_context, not_past
from retrieval.index import Index
from retrieval.portraits import byline_matches, dated_matches, portrait_matches, written_matches
from retrieval.query import Intent, Limits, Match, Query
from retrieval.questions import understood
from retrieval.records import Answer, AnswerKind, Place, Quote, Turn

_ASKS_FOR_A_FACT = re.compile(
    r"(?:in |on |at |by |for |to )?(?:which|where|when|who|whose|whom|how (?:many|much|long|old|far|often)"
    r"|what (?!did|does|do|has|have|had|is|was|are|were|about)\w+)\b",
    re.IGNORECASE,
)
"""A question with somebody's name and a verb of saying that asks what is so, not what they said: "Where did Ann Lee say
she was born?". Where none of their statements tells, the documents' own words may."""


def answered(question: str, conversation: tuple[Turn, ...], index: Index, limit: int) -> Answer:
    """Answer `question`; the same question, conversation and snapshot always give the same Answer."""
    query = understood(question, conversation, index)
    if query.within and not query.limits.documents:
        at_hand = replace(query.limits, documents=frozenset({query.within}))
        if (answer := _within_limits(replace(query, limits=at_hand), index, limit)).answered:
            return replace(answer, more=0)  # the next page would be asked without the conversation, of every document
    answer = _within_limits(query, index, limit)
    if not query.limits or answer.kind not in {AnswerKind.CLOSEST, AnswerKind.NOTHING}:
        return answer
    outside = _within_limits(replace(query, limits=Limits()), index, limit)
    if not outside.answered:
        return answer
    return replace(outside, kind=AnswerKind.CLOSEST, quotes=(), closest=outside.quotes, outside=True, more=0)


def more(question: str, past: tuple[Place, ...], index: Index, limit: int) -> Answer:
    """What answers `question` on the page after those that held `past`; exhausted where there is nothing."""
    answer = _within_limits(replace(understood(question, (), index), past=past), index, limit)
    if not answer.quotes:
        return Answer(question, question, AnswerKind.NOTHING, answer.language, people=answer.people, exhausted=True)
    return replace(answer, read_as=(), missing=())


def _within_limits(query: Query, index: Index, limit: int) -> Answer:
    if query.intent is Intent.COURTESY:
        return _answer(query, AnswerKind.GREETING)
    if query.choices:
        return _answer(query, AnswerKind.CHOICES)
    if query.intent is Intent.STATEMENTS:
        return _what_they_said(query, index, limit)
    if query.intent is Intent.WHO_IS and (found := portrait_matches(query, index)):
        return _page(query, index, found, partial(quotes.exact_quote, index=index), limit)
    if query.intent is Intent.WHO_WROTE and (found := byline_matches(index, _passages(query, index))):
        return _page(query, index, found, partial(quotes.exact_quote, index=index), limit)
    if query.intent is Intent.WHEN_WRITTEN and (found := dated_matches(index, _passages(query, index))):
        return _page(query, index, found, partial(quotes.line_quote, index=index), limit)
    if query.intent is Intent.WHO_SAID:
        return _who_said(query, index, limit)
    return _what_the_folder_says(query, index, limit)


def _what_the_folder_says(query: Query, index: Index, limit: int) -> Answer:
    matches = _passages(query, index)
    kind = sureness.passages_kind(query, matches, index)
    missing = sureness.missing_from_folder(query, index)
    if kind is AnswerKind.NOTHING:
        return _answer(query, kind, missing=missing)
    quote = partial(quotes.passage_quote, query=query, index=index)
    if kind is AnswerKind.ANSWER:
        return _page(query, index, _worth_paging(query, matches, limit), quote, limit, missing)
    return _answer(query, kind, closest=[quote(match) for match in matches[:limit]], missing=missing)


def _worth_paging(query: Query, matches: tuple[Match, ...], limit: int) -> tuple[Match, ...]:
    """Of passages the first page, and then those alone that would answer by themselves."""
    first = 0 if query.past else limit
    return matches[:first] + tuple(match for match in matches[first:] if sureness.answers_by_itself(query, match))


def _what_they_said(query: Query, index: Index, limit: int) -> Answer:
    every = statements.statement_matches(query, index)
    if not every:
        return _only_mentioned(query, index, limit)
    matches = in_context(query, every, index)
    if not matches:  # there is nothing else: what was shown is shown again, and the answer says so
        again = _what_they_said(replace(query, only_new=False), index, limit)
        return replace(again, exhausted=True, more=0)
    kind = sureness.statements_kind(query, matches)
    quote = partial(quotes.statement_quote, query=query, index=index)
    missing = sureness.missing_from_statements(query, every, index)
    if kind is AnswerKind.ANSWER:
        return _page(query, index, _worth_showing(query, matches), quote, limit, missing)
    if _ASKS_FOR_A_FACT.match(query.understood) and (told := _what_the_folder_says(query, index, limit)).answered:
        return told
    return _answer(query, kind, closest=[quote(match) for match in matches[:limit]], missing=missing)


def _worth_showing(query: Query, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Of statements on a topic, those nearly as much on it as the best; of several people, each as their own best."""
    if not query.topic:
        return matches
    most: dict[str, float] = {}
    of = {match: match.run[0].speaker if len(query.people) > 1 else "" for match in matches}
    for match, speaker in of.items():
        most[speaker] = max(most.get(speaker, 0.0), match.coverage)
    return tuple(match for match, speaker in of.items() if match.coverage >= 0.5 * most[speaker])


def _only_mentioned(query: Query, index: Index, limit: int) -> Answer:
    """Nobody of that name says anything: the passage that answers all the same, else those that mention the name."""
    matches = _passages(query, index)
    quote = partial(quotes.passage_quote, query=query, index=index)
    if written := written_matches(query, index, matches):
        return _page(query, index, written, quote, limit)
    if query.unknown and not sureness.is_mentioned(query.unknown, index):
        missing = sureness.missing_from_folder(query, index)
        near = index.people.near(query.unknown)
        return _answer(query, AnswerKind.NOTHING, missing=(query.unknown, *missing), choices=near)
    kind = sureness.passages_kind(query, matches, index)
    missing = sureness.missing_from_folder(query, index)
    if query.topic and kind is AnswerKind.ANSWER and not missing:
        return _page(query, index, _worth_paging(query, matches, limit), quote, limit)
    if kind is AnswerKind.NOTHING:
        return _answer(query, kind, missing=missing)
    naming = [match for match in matches if sureness.names_somebody(query, index.text_of(match.passage))]
    mentions = [quotes.mention_quote(match, query, index) for match in naming[:limit]]
    return _answer(query, AnswerKind.CLOSEST, closest=mentions, missing=missing)


def _who_said(query: Query, index: Index, limit: int) -> Answer:
    matches = statements.said_matches(query, index, _passages(query, index))
    if sureness.statements_kind(query, matches) is not AnswerKind.ANSWER:
        return _what_the_folder_says(query, index, limit)
    quote = partial(quotes.statement_quote, query=query, index=index)
    missing = sureness.missing_from_folder(query, index)
    return _page(query, index, _worth_showing(query, matches), quote, limit, missing)


def _passages(query: Query, index: Index) -> tuple[Match, ...]:
    return in_context(query, search.passage_matches(query, index), index)


def _page(  # noqa: PLR0913  what is asked, what was found, and how it is quoted
    query: Query,
    index: Index,
    matches: tuple[Match, ...],
    quote: Callable[[Match], Quote],
    limit: int,
    missing: tuple[str, ...] = (),
) -> Answer:
    """The first matches that are not past as the answer's quotes, and how many more there are."""
    left = not_past(query, matches, index)
    answer = _answer(query, AnswerKind.ANSWER, [quote(match) for match in left[:limit]], missing=missing)
    return replace(answer, more=max(0, len(left) - limit))


def _answer(  # noqa: PLR0913  an answer is these things
    query: Query,
    kind: AnswerKind,
    found: list[Quote] | None = None,
    *,
    closest: list[Quote] | None = None,
    missing: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    exhausted: bool = False,
) -> Answer:
    return Answer(
        question=query.question,
        understood=query.understood,
        kind=kind,
        language=query.language,
        read_as=query.read_as,
        quotes=tuple(found or ()),
        closest=tuple(closest or ()),
        missing=missing,
        choices=query.choices or choices,
        who=query.who,
        people=tuple(person.name for person in query.people),
        courtesy=query.courtesy,
        exhausted=exhausted,
    )
