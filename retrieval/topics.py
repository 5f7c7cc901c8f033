"""What a question is about: its content words, what they are worth, and what it leaves to the questions before it."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval import names
from retrieval.index import Index
from retrieval.query import Asked, Query
from retrieval.records import Resolution, Turn
from retrieval.spelling import mended
from retrieval.vocabulary import is_everyday
from retrieval.words import Word, without_particle, words

MOST_TERMS = 200
"""Distinct terms of a question that are looked up."""
SHORT = 2
"""Content words of a Korean question whose last is taken for its verb."""
LEANS_ON = 6
"""Questions before this one whose words it may leave out: tests/fitting/rewrites.py; of the words that people write out
in 524 follow-ups (CAsT) 74 % stand in the last six questions, 55 in the last three."""
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
    각각 서로 둘다 towards summarize summarise summary recommend recommended suggest suggested propose proposed
    """.split()
)
_COUNTED = re.compile(r"몇 ?$")
"""Before the word for what is counted ("몇 명", "몇 개"), which a text writes as one with its particle."""
_SAYING = frozenset("say said says saying tell told talk talked talking state stated mention mentioned".split())
"""Verbs that ask for anything somebody said, in whatever words."""
_FRAME_WORD = re.compile(
    r"(?:말|주장|강조|설명|제안|언급|지적|발언|이야기|얘기|답|대답|생각|촉구|비판|당부|전망|평가|요구|밝혔|밝히|전했|입장|견해|의견|논평)"
    r"(?:했|하|한|합|해|이|은|는|을|를|인|도|혔|습|나|니|까|요|었|던|셨|신|것|거|대|고|가|어|야|지|죠|ㄴ)*+$"
)


def with_words(query: Query, asked: str, topic: str, index: Index) -> Query:
    """The question's content words, and those of its topic: what is asked beside the name and the asking itself."""
    found = words(asked)
    named = set(names.key_words(query.who)) | {_plain(word) for word in words(query.who)}
    content = _content(asked)
    if errors := mended((word for word in content if _plain(word) not in named), index):
        query = replace(query, understood=_corrected(query.understood, errors), read_as=(*query.read_as, *errors))
        return with_words(query, _corrected(asked, errors), _corrected(topic, errors), index)
    beside = tuple(word for word in _content(topic) if _plain(word) not in named | _FILLERS)
    if query.language == "ko":
        beside = tuple(word for word in beside if not _FRAME_WORD.match(word.text))
    manner = tuple(word for word in content if word not in beside and _plain(word) not in named | _SAYING)
    ranked = [term for word in (content or found) for term in word.terms]
    terms = tuple(dict.fromkeys(ranked))[:MOST_TERMS]
    return replace(
        query,
        words=_weighed(content, index),
        topic=_weighed(beside, index),
        manner=_weighed(manner, index),
        terms=terms,
    )


def _content(text: str) -> tuple[Word, ...]:
    return tuple(
        word for word in words(text) if word.is_content and not _is_particle(word, text) and not _is_counter(word, text)
    )


def leaning(query: Query, conversation: tuple[Turn, ...], index: Index) -> Query:
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


def _is_counter(word: Word, text: str) -> bool:
    return len(word.text) == 1 and _COUNTED.search(text, 0, word.start) is not None


def _weighed(content: tuple[Word, ...], index: Index) -> tuple[Asked, ...]:
    """Each word once, with the idf of its rarest reading: what share of the question it is worth."""
    found = {word.text.lower(): word for word in reversed(content[:MOST_TERMS])}
    rank = index.ranking
    return tuple(
        Asked(word.text, word.terms, sum(rank.idf_of(term) for term in word.terms) / len(word.terms))
        for word in sorted(found.values(), key=lambda word: word.start)
    )


def _plain(word: Word) -> str:
    return re.sub(r"['’]s?$", "", word.text.lower())
