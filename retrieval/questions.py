"""A question, the conversation before it, and the people of the folder → Query."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.courtesies import asked_plainly, courtesy_of, told_apart, without_courtesies
from retrieval.follow_ups import resolved
from retrieval.frames import Frame, frames_of
from retrieval.index import Index
from retrieval.naming import each_named, hangul_opening, participants, people_named, surnamed, with_office, with_people
from retrieval.narrowing import Narrowed, narrowed
from retrieval.query import Intent, Query
from retrieval.records import Turn
from retrieval.speech.korean_names import is_name_shaped
from retrieval.topics import leaning, with_words
from retrieval.words import has_hangul, is_korean, terms

LONGEST_QUESTION = 4_096
"""Characters that are looked at: Telegram's longest message."""
_NOBODY = frozenset("you i we it there one people they this that".split())
"""Words that open a question's subject and are nobody's name: "can you explain", "is there a view"."""
_LIKE_A_NAME = re.compile(
    r"(?:[A-Z][\w.’'\-]*)(?: (?:[A-Z][\w.’'\-]*|van|von|de|der|den|la|al|bin|of|the|and|for))*$"
    r"|[가-힣]{2,4}(?: [가-힣]+)?$"
)


def understood(question: str, conversation: tuple[Turn, ...], index: Index) -> Query:
    """Take `question` apart; `conversation` is oldest first. Work is bounded by LONGEST_QUESTION and MOST_TERMS."""
    asked = " ".join(question[:LONGEST_QUESTION].split())
    language = "ko" if is_korean(asked) else "en"
    if (courtesy := courtesy_of(asked)) is not None:
        return Query(question, question, language, Intent.COURTESY, courtesy=courtesy)
    plain, told = told_apart(without_courtesies(asked))
    follow = resolved(asked_plainly(plain), conversation, index)
    query = Query(
        question, question if follow.text == asked else follow.text, language, Intent.PASSAGES,
        read_as=follow.read_as, near=follow.near, within=follow.within, shown=follow.shown,
        only_new=follow.only_new, besides=follow.besides,
    )  # fmt: skip
    if follow.intent is not None:
        text = follow.text.strip(" ?.!")
        return with_words(replace(query, intent=follow.intent), text, text, index)
    read = _read(query, narrowed(follow.text, index, of_speech=True), index)
    if read.limits and read.intent not in {Intent.STATEMENTS, Intent.WHO_SAID}:
        read = _read(query, narrowed(follow.text, index, of_speech=False), index)
    return leaning(read, (*conversation, Turn(told, told, "told")) if told else conversation, index)


def _read(query: Query, narrow: Narrowed, index: Index) -> Query:
    """The query as the form of the question has it, within its limits."""
    text = narrow.text
    query = replace(query, limits=narrow.limits, read_as=(*query.read_as, *narrow.read_as))
    frames = frames_of(text, korean=is_korean(text))
    if not any(frame.intent in {Intent.WHO_IS, Intent.WHO_WROTE} for frame in frames):
        found, asked_of = participants(text, index)
        if found:
            query = replace(query, intent=Intent.STATEMENTS, who=asked_of, people=found)
            return with_words(query, text, text, index)
    for frame in frames:
        if (framed := _with_frame(query, frame, index)) is not None:
            of_folder = frame.intent is Intent.PASSAGES  # "what does the folder say about …"
            return with_words(framed, frame.topic if of_folder else text, frame.topic if frame.who else text, index)
    if person := index.people.exactly(text.strip(" ?.!")):
        query = replace(query, intent=Intent.STATEMENTS, who=text.strip(" ?.!"), people=(person,))
        return with_words(query, text, "", index)
    if (opening := hangul_opening(text, index)) is not None:
        query = with_people(replace(query, intent=Intent.STATEMENTS, who=opening[1]), opening[0], text)
    return with_words(query, text, text, index)


def _with_frame(query: Query, frame: Frame, index: Index) -> Query | None:
    """The query read by one form; None where the form does not hold for this folder."""
    if not frame.who:
        return replace(query, intent=frame.intent)
    if frame.who.split()[0].lower() in _NOBODY:
        return None
    if (several := each_named(frame.who, index)) and frame.intent is not Intent.WHO_IS:
        return replace(query, intent=frame.intent, who=frame.who, people=several)
    found, asked = people_named(frame.who, index)
    if found:
        return with_people(replace(query, intent=frame.intent, who=asked), found, frame.topic)
    if frame.intent is Intent.STATEMENTS and (office := index.people.in_office(frame.who, query.near)):
        return with_office(replace(query, intent=frame.intent, who=frame.who), office, frame.topic)
    if frame.intent is Intent.STATEMENTS and (bearers := surnamed(frame.who, index)):
        return with_office(replace(query, intent=frame.intent, who=frame.who), bearers, frame.topic)
    if frame.intent in {Intent.STATEMENTS, Intent.WHO_IS} and _may_be_a_name(frame.who, index):
        return replace(query, intent=frame.intent, who=frame.who, unknown=frame.who)
    return None


def _may_be_a_name(who: str, index: Index) -> bool:
    """Whether `who` is written as names are; a Hangul word of the folder without a surname ("보고서") is none."""
    if not _LIKE_A_NAME.match(who):
        return False
    return (
        not has_hangul(who)
        or is_name_shaped(who.split(maxsplit=1)[0])
        or not all(t in index.ranking for t in terms(who))
    )
