"""Reported words as a record, and those that lean on a noun: "…라는 입장이다", "…고 말한 김 교수"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from retrieval.speech.korean_cues import EXPRESSES, Verb, is_adnominal, is_quotative, negates, noun_of_saying, verb
from retrieval.speech.korean_names import Case, noun
from retrieval.speech.korean_sentences import Word

REACH = 8
"""Words between an ending and its verb."""
_THINGS = frozenset({"게", "것이", "것은", "건", "것", "데"})
_MERE = frozenset("뜻 것 점 사실 이유 문제 내용 대목".split())
"""Nouns that say what something is rather than what somebody said, before 이다."""
_MODIFIES = frozenset("은는한인운")
_CARRIES = frozenset({"을", "를", "도", "까지", "만", "로", "으로", ""})
_AFTERWARDS = frozenset({"바", "뒤", "후", "데", "셈이다", "것이다", "것으로"})


class Tie(Enum):
    """What ties reported words to who says them."""

    SUBJECT = "subject"  # …고 말했다, …라며, …라는 입장이다: the sentence's subject
    HEAD = "head"  # …고 말한 김 교수: the noun that the verb leans on
    OWNER = "owner"  # …는 게 김 교수의 설명: the noun in the genitive
    ON = "on"  # …는 것이다: goes on with what was said before
    ALONE = "alone"  # a quotation without a verb
    NOBODY = "nobody"  # heard, rumoured, asked of somebody


@dataclass(frozen=True, slots=True)
class Clause:
    """Reported words `text[start:end]` in a sentence; `first` and `last` are the words that hold them, ending included.

    `verb` is the word of their predicate, `who` the word that ends the noun phrase of a HEAD or an OWNER. The words of
    a clause without quotation marks begin where their speaker's phrase ends, so `start` is -1 until that is known.
    """

    start: int
    end: int
    first: int
    last: int
    verb: int
    tie: Tie
    quoted: bool
    sure: float = 1.0
    who: int = -1


def leaning(words: Sequence[Word], clause: Clause) -> Clause | None:
    """`clause`, whose last word leans on the noun behind it, with its verb and what ties it to a speaker.

    None where that noun is none of saying, nor anybody's.
    """
    at = clause.last
    if at + 1 >= len(words):
        return None
    if words[at + 1].bare in _THINGS:
        return _owned(words, clause, at + 2)
    head = _noun_of_saying(words, at + 1)
    if head is None:
        return _owned(words, clause, at + 1) or _recalled(words, clause)
    saying, particle = noun_of_saying(words[head].bare)
    held = replace(clause, last=head, verb=head, sure=0.9)
    if particle == "이다":
        if saying not in _MERE:
            return held
        return replace(held, tie=Tie.ON) if saying == "것" and head >= len(words) - 2 else None
    return _carried(words, held) if particle in _CARRIES else _nobodys(held)


def _noun_of_saying(words: Sequence[Word], at: int) -> int | None:
    """Where the noun of saying stands: right here, or behind one word that modifies it."""
    if noun_of_saying(words[at].bare)[0]:
        return at
    modified = at + 1 < len(words) and words[at].bare[-1:] in _MODIFIES and noun_of_saying(words[at + 1].bare)[0]
    return at + 1 if modified else None


def _carried(words: Sequence[Word], held: Clause) -> Clause | None:
    """ "…다는 뜻을 밝혔다" is the subject's, "…라는 말을 들었다" nobody's."""
    at, kind = verb_after(words, held.last + 1, 5)
    if kind is Verb.HEARSAY or at < 0 or is_adnominal(words[at].bare):
        return _nobodys(replace(held, verb=max(held.last, at)))
    expresses = kind is Verb.SAYS or EXPRESSES.match(words[at].bare)
    return replace(held, verb=at) if expresses else _nobodys(held)


def _nobodys(held: Clause) -> Clause | None:
    """A quotation that nobody can be given is still to be passed over; a clause is no statement at all."""
    return replace(held, tie=Tie.NOBODY) if held.quoted else None


def _recalled(words: Sequence[Word], clause: Clause) -> Clause | None:
    """ "…라던 김 감독은": the noun that the clause leans on said it."""
    if not words[clause.last].bare.endswith("던"):
        return None
    found = headed(words, replace(clause, sure=0.8))
    return found if found.tie is Tie.HEAD else None


def _owned(words: Sequence[Word], clause: Clause, begin: int) -> Clause | None:
    """ "(…는 게) 김 교수의 설명이다", "(…라는) 김 교수의 지적": the noun in the genitive before a noun of saying."""
    for at in range(begin, min(len(words) - 1, begin + REACH)):
        if words[at].is_boundary:
            break
        if noun(words[at].bare).case is Case.GENITIVE and noun_of_saying(words[at + 1].bare)[0]:
            return replace(clause, last=at + 1, verb=at + 1, tie=Tie.OWNER, sure=0.95, who=at)
    return None


def headed(words: Sequence[Word], clause: Clause) -> Clause:
    """A clause whose verb leans on a noun: its speaker where that noun is somebody, else the subject or nobody."""
    if is_past_event(words, clause.verb):
        return replace(clause, tie=Tie.SUBJECT)
    for at in range(clause.verb + 1, min(len(words), clause.verb + 1 + REACH)):
        if words[at].is_boundary:
            break
        taken = noun(words[at].bare)
        if taken.case is not Case.NONE or (taken.title and (at + 1 == len(words) or words[at + 1].is_boundary)):
            tie = Tie.SUBJECT if taken.case is Case.OBJECT and not taken.title else Tie.HEAD
            return replace(clause, verb=at, tie=tie, who=at)
    return replace(clause, tie=Tie.NOBODY)


def is_past_event(words: Sequence[Word], at: int) -> bool:
    """ "…다고 말한 바 있다", "…다고 밝힌 뒤": the subject did say it."""
    return at + 1 < len(words) and words[at + 1].bare in _AFTERWARDS


def verb_after(words: Sequence[Word], begin: int, reach: int = REACH) -> tuple[int, Verb]:
    """The first predicate from `begin` on: its place (-1 where there is none) and what it makes of the words before."""
    for at in range(begin, min(len(words), begin + reach)):
        word = words[at]
        if word.is_quotation or is_quotative(word.bare):
            break
        kind = verb(word.bare) if word.bare else Verb.NONE
        if kind is Verb.NONE:
            continue
        if at + 1 < len(words) and negates(words[at + 1].bare):
            return at, Verb.HEARSAY
        return at, kind
    return -1, Verb.NONE
