"""A question, the conversation before it, and the people of the folder → Query."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval import names
from retrieval.courtesies import courtesy_of, without_courtesies
from retrieval.follow_ups import resolved
from retrieval.frames import Frame, frames_of
from retrieval.index import Index
from retrieval.names import Fit
from retrieval.narrowing import Narrowed, narrowed
from retrieval.people import Found
from retrieval.query import Asked, Intent, Query
from retrieval.records import Person, Resolution, Turn
from retrieval.spelling import mended
from retrieval.vocabulary import is_everyday
from retrieval.words import Word, is_korean, without_particle, words

LONGEST_QUESTION = 4_096
"""Characters that are looked at: Telegram's longest message."""
MOST_TERMS = 200
"""Distinct terms of a question that are looked up."""
SHORT = 2
"""Content words of a Korean question whose last is taken for its verb."""
LEANS_ON = 6
"""Questions before this one whose words it may leave out: tests/fitting/rewrites.py; of the words that people write out
in 524 follow-ups (CAsT) 74 % stand in the last six questions, 55 in the last three."""
DOMINANT = 0.8
"""Of several people one bare last name may mean, the one who says at least this share of their statements is meant."""
_LONGEST_NAME_WORDS = 5
MOST_WORDS_FOR_NAMES = 100
"""Words of a question among which names are looked for."""
_BETWEEN_NAMES = re.compile(r",? and |, |(?<=[가-힣])(?:와|과|하고|랑) ")
_LEADS_TO_NAME = re.compile(
    r"^(?:(?:what|who|which|how|the|both|either|is|are|was|were|exactly|does|did)\s+)+", re.IGNORECASE
)
_OPENS_WITH_NAME = re.compile(r"(?P<who>[가-힣]{2,4}?)(?:씨)?(?:은|는|이|가)?[?.! ]*$")
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
_MARKS = '?,.!"“”'
_PRONOUNS = frozenset("he she they him her them his their it".split())
_NOBODY = frozenset("you i we it there one people they this that".split())
"""Words that open a question's subject and are nobody's name: "can you explain", "is there a view"."""
_POINTS_BACK = re.compile(
    r"\b(?:its?|they|them|theirs?|those|these|this|he|she|hers?|his|him|ones|else|then)\b"
    r"|(?<![가-힣])[그이저](?:것|곳|들|때|중)?(?:은|는|이|가|을|를|의|에)?(?![가-힣])",
    re.IGNORECASE,
)
_ENDS_AS_VERB = re.compile(r"[가-힣](?:[어아여해래대니냐까지나죠려야]|[어아해지죠래대]?요)$")
_FILLERS = frozenset(
    """
    say said says saying think thought argue argued claim claimed tell told talk talked talking state stated mention
    mentioned discuss discussed discussing discussion opinion opinions view views position statement statements
    everything anything quote quotes folder documents document source sources according meeting during regarding
    towards summarize summarise summary recommend recommended suggest suggested propose proposed
    """.split()
)
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
    follow = resolved(without_courtesies(asked), conversation, index)
    query = Query(
        question, question if follow.text == asked else follow.text, language, Intent.PASSAGES,
        read_as=follow.read_as, near=follow.near, within=follow.within, shown=follow.shown,
        only_new=follow.only_new, besides=follow.besides,
    )  # fmt: skip
    if follow.intent is not None:
        text = follow.text.strip(" ?.!")
        return _with_words(replace(query, intent=follow.intent), text, text, index)
    read = _read(query, narrowed(follow.text, index, of_speech=True), index)
    if read.limits and read.intent not in {Intent.STATEMENTS, Intent.WHO_SAID}:
        read = _read(query, narrowed(follow.text, index, of_speech=False), index)
    return _leaning(read, conversation, index)


def _leaning(query: Query, conversation: tuple[Turn, ...], index: Index) -> Query:
    """The query with what the last questions were about; where it says nothing of its own, that is what it asks."""
    before = [word for turn in reversed(conversation[-LEANS_ON:]) for word in words(turn.understood) if word.is_content]
    own = set(query.terms)
    carried = _weighed(tuple(word for word in before if own.isdisjoint(word.terms)), index)
    telling = sum(not is_everyday(word.text) for word in _without_verb(query.words, query.language))
    leans = bool(carried) and (telling == 0 or _POINTS_BACK.search(query.question) is not None)
    if not carried or telling or (query.words and query.language != "ko"):
        return replace(query, carried=carried, leans=leans)
    terms = tuple(dict.fromkeys(term for word in (*query.words, *carried) for term in word.terms))
    return replace(query, words=carried, terms=terms, leans=leans)


def _without_verb(words: tuple[Asked, ...], language: str) -> tuple[Asked, ...]:
    """The words of a short Korean question without the last, its verb, whose ending no text has: "언제 열렸어?"."""
    ends = language == "ko" and 0 < len(words) <= SHORT and _ENDS_AS_VERB.search(words[-1].text)
    return words[:-1] if ends else words


def _read(query: Query, narrow: Narrowed, index: Index) -> Query:
    """The query as the form of the question has it, within its limits."""
    text = narrow.text
    query = replace(query, limits=narrow.limits, read_as=(*query.read_as, *narrow.read_as))
    frames = frames_of(text, korean=is_korean(text))
    if not any(frame.intent in {Intent.WHO_IS, Intent.WHO_WROTE} for frame in frames):
        found, asked_of = _participant(text, index)
        if found:
            query = replace(query, intent=Intent.STATEMENTS, who=asked_of, people=found)
            return _with_words(query, text, text, index)
    for frame in frames:
        if (framed := _with_frame(query, frame, index)) is not None:
            return _with_words(framed, text, frame.topic if frame.who else text, index)
    if person := index.people.exactly(text.strip(" ?.!")):
        query = replace(query, intent=Intent.STATEMENTS, who=text.strip(" ?.!"), people=(person,))
        return _with_words(query, text, "", index)
    if (opening := _hangul_opening(text, index)) is not None:
        query = _with_people(replace(query, intent=Intent.STATEMENTS, who=opening[1]), opening[0], text)
    return _with_words(query, text, text, index)


def _hangul_opening(question: str, index: Index) -> tuple[tuple[Found, ...], str] | None:
    """A question that is a Hangul name and nothing else, or opens with one and a topic particle."""
    match = _OPENS_WITH_NAME.match(question)
    found = _at_least(match["who"], Fit.SOUND, index) if match else ()
    return (found, match["who"]) if match and found else None


def _with_frame(query: Query, frame: Frame, index: Index) -> Query | None:
    """The query read by one form; None where the form does not hold for this folder."""
    if not frame.who:
        return replace(query, intent=frame.intent)
    if frame.who.split()[0].lower() in _NOBODY:
        return None
    if (several := _each_named(frame.who, index)) and frame.intent is not Intent.WHO_IS:
        return replace(query, intent=frame.intent, who=frame.who, people=several)
    found, asked = _people_named(frame.who, index)
    if found:
        return _with_people(replace(query, intent=frame.intent, who=asked), found, frame.topic)
    if frame.intent is Intent.STATEMENTS and (office := index.people.in_office(frame.who, query.near)):
        return _with_office(replace(query, intent=frame.intent, who=frame.who), office)
    if frame.intent in {Intent.STATEMENTS, Intent.WHO_IS} and _LIKE_A_NAME.match(frame.who):
        return replace(query, intent=frame.intent, who=frame.who, unknown=frame.who)
    return None


def _each_named(stretch: str, index: Index) -> tuple[Person, ...]:
    """ "Ann Lee and Bo Ek", "이영희와 김철수": both, where each part is somebody's very name; empty otherwise."""
    parts = [part.strip() for part in _BETWEEN_NAMES.split(stretch) if part.strip()]
    people = [index.people.exactly(re.sub(r"^the\s+", "", part, flags=re.IGNORECASE)) for part in parts]
    return tuple(person for person in people if person) if len(parts) > 1 and all(people) else ()


def _participant(question: str, index: Index) -> tuple[tuple[Person, ...], str]:
    """Whoever is named first and speaks in a transcript ("A and B": both): their turns answer, whatever is asked."""
    tokens = question.split()[:MOST_WORDS_FOR_NAMES]
    for start in range(len(tokens)):
        if not index.people.has_word(tokens[start].strip(_MARKS)):
            continue
        for length in range(min(2 * _LONGEST_NAME_WORDS, len(tokens) - start), 0, -1):
            run = names.without_possessive(" ".join(tokens[start : start + length]).strip(_MARKS))
            if several := _each_named(run, index):
                found = several
            else:
                person = index.people.exactly(run) if len(run) > 2 and length <= _LONGEST_NAME_WORDS else None
                found = (person,) if person else ()
            if found and all(_takes_turns(person, index) for person in found):
                return found, run
    return (), ""


def _takes_turns(person: Person, index: Index) -> bool:
    runs = index.runs_of(person)
    return bool(runs) and runs[0].is_turn


def _people_named(stretch: str, index: Index) -> tuple[tuple[Found, ...], str]:
    """Whom a stretch of the question names: the whole of it, else the longest run of its words that is somebody's name.

    One word of several must be the very name, in capitals, at the end ("the mayor Lee"): many words are names.
    """
    stretch = _LEADS_TO_NAME.sub("", stretch.strip())
    tokens = stretch.split()
    if len(tokens) > 1 and _HANGUL_NAME.fullmatch(tokens[0]) and (found := _at_least(tokens[0], Fit.SOUND, index)):
        return found, tokens[0]  # 김철수 과장: what follows is a title
    for length in range(min(len(tokens), _LONGEST_NAME_WORDS), 0, -1):
        for start in range(len(tokens) - length + 1):
            bare = names.without_possessive(" ".join(tokens[start : start + length]).strip(_MARKS))
            if len(bare) < 2 or bare.lower() in _PRONOUNS:
                continue
            least = Fit.NONE if length == len(tokens) else Fit.SOUND if length > 1 else Fit.EXACT
            if length == 1 < len(tokens) and (bare[0].islower() or start + 1 < len(tokens)):
                continue
            if found := _at_least(bare, least, index):
                return found, bare
    return (), ""


def _at_least(name: str, least: Fit, index: Index) -> tuple[Found, ...]:
    return tuple(one for one in index.people.find(name) if one.fit >= least)


def _with_people(query: Query, found: tuple[Found, ...], topic: str) -> Query:
    """Exact spelling wins; of several who fit alike, who says nearly everything, or speaks on the topic, is meant."""
    best = found[0].fit
    equal = [one for one in found if one.fit == best]
    others = tuple(one for one in found if one.fit != best)
    total = sum(one.person.statements for one in equal) or 1
    if len(equal) > 1 and equal[0].person.statements < DOMINANT * total:
        if any(word.is_content for word in words(topic)):  # what is said on it tells which of them is meant
            return replace(query, people=(equal[0].person,), also_fit=tuple(equal[1:]) + others)
        return replace(query, choices=tuple(one.person.name for one in equal[:8]))
    person = equal[0].person
    read_as = query.read_as
    if best < Fit.LETTERS and names.fit(query.who, person.name) != Fit.EXACT:
        read_as = (*read_as, Resolution(query.who, person.name))
    return replace(query, people=(person,), also_fit=others, read_as=read_as)


def _with_office(query: Query, office: tuple[Person, ...]) -> Query:
    """Whoever alone has that office; of several the asker chooses."""
    if len(office) > 1:
        return replace(query, choices=tuple(person.name for person in office[:8]))
    read_as = (*query.read_as, Resolution(query.who, office[0].name))
    return replace(query, people=office, read_as=read_as)


def _with_words(query: Query, asked: str, topic: str, index: Index) -> Query:
    """The question's content words, and those of its topic: what is asked beside the name and the asking itself."""
    found = words(asked)
    named = set(names.key_words(query.who)) | {_plain(word) for word in words(query.who)}
    content = tuple(word for word in found if word.is_content and not _is_particle(word, asked))
    if errors := mended((word for word in content if _plain(word) not in named), index):
        query = replace(query, understood=_corrected(query.understood, errors), read_as=(*query.read_as, *errors))
        return _with_words(query, _corrected(asked, errors), _corrected(topic, errors), index)
    beside = tuple(word for word in words(topic) if word.is_content and _plain(word) not in named | _FILLERS)
    if query.language == "ko":
        beside = tuple(word for word in beside if not _FRAME_WORD.match(word.text))
    manner = tuple(word for word in content if word not in beside and _plain(word) not in named)
    ranked = [term for word in (content or found) for term in word.terms]
    terms = tuple(dict.fromkeys(ranked))[:MOST_TERMS]
    return replace(
        query,
        words=_weighed(content, index),
        topic=_weighed(beside, index),
        manner=_weighed(manner, index),
        terms=terms,
    )


def _corrected(text: str, errors: tuple[Resolution, ...]) -> str:
    """`text` with each word that was misspelt as it was meant; a Korean word's particle stays."""
    for error in errors:
        text = re.sub(rf"(?<!\w){re.escape(without_particle(error.asked))}(?![A-Za-z])", error.meant, text)
    return text


def _is_particle(word: Word, text: str) -> bool:
    """Whether a Hangul word is the particle of the Latin word or number that it touches: "NATO는"."""
    return (
        len(word.text) <= 2
        and "가" <= word.text[0] <= "힣"
        and text[word.start - 1 : word.start].isascii()
        and text[word.start - 1 : word.start].isalnum()
    )


def _weighed(content: tuple[Word, ...], index: Index) -> tuple[Asked, ...]:
    """Each word once, with the idf of its rarest reading: what share of the question it is worth."""
    found = {word.text.lower(): word for word in reversed(content[:MOST_TERMS])}
    rank = index.ranking
    return tuple(
        Asked(word.text, word.terms, sum(rank.idf_of(term) for term in word.terms) / len(word.terms))
        for word in sorted(found.values(), key=lambda word: word.start)
    )


_FRAME_WORD = re.compile(
    r"(?:말|주장|강조|설명|제안|언급|지적|발언|이야기|얘기|답|대답|생각|촉구|비판|당부|전망|평가|요구|밝혔|밝히|전했|입장|견해|의견|논평)"
    r"(?:했|하|한|합|해|이|은|는|을|를|인|도|혔|습|나|니|까|요|었|던|셨|신|것|거|대|고|가|어|야|지|죠|는가|인가|ㄴ)*$"
)


def _plain(word: Word) -> str:
    return re.sub(r"['’]s?$", "", word.text.lower())
