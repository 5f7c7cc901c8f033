"""The words that a Korean sentence reports: quotations and clauses, how each is tied to its verb, and which verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from retrieval.quotations import Quotation
from retrieval.speech.korean_cues import (
    ADNOMINAL,
    AFTER_QUOTE,
    ASKS,
    DEMAND,
    EXPRESSES,
    FORECAST,
    Verb,
    is_adnominal,
    is_quotative,
    negates,
    noun_of_saying,
    verb,
)
from retrieval.speech.korean_names import Case, noun
from retrieval.speech.korean_sentences import Word

REACH = 8
"""Words between an ending and its verb."""
FEWEST_WORDS_ALONE = 2
"""A quotation that no ending ties to a verb counts from so many words."""
_FINITE = tuple("다요까죠지네자라어아음함냐")
_NEEDS = frozenset("필요성을 중요성을 심각성을 당위성을 시급성을 위험성을".split())
_LAST = frozenset("고며서도는까지만던로을냐")
"""What words that may close a clause end in."""
_MODIFIES = frozenset("은는한인운")
_MERE = frozenset("뜻 것 점 사실 이유 문제 내용 대목".split())
_THINGS = frozenset({"게", "것이", "것은", "건", "것", "데"})


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


def clauses(text: str, words: Sequence[Word], quotes: Mapping[int, Quotation]) -> list[Clause]:
    """Every stretch of reported words, in order; linear in the sentence, as each looks at a bounded number of words."""
    found: list[Clause] = []
    i = 0
    while i < len(words):
        clause = _quoted(text, words, i, quotes[words[i].start]) if words[i].is_quotation else _indirect(words, i)
        if clause is not None:
            found.append(clause)
            i = max(i, clause.last)
        i += 1
    return found


def _quoted(text: str, words: Sequence[Word], i: int, quote: Quotation) -> Clause | None:
    span = (quote.inner_start, quote.inner_end)
    follows = words[i + 1] if i + 1 < len(words) else None
    glued = follows is not None and follows.start == words[i].end and follows.bare
    ending = AFTER_QUOTE.match(follows.bare) if follows is not None and follows.bare else None
    if ending is None or (not glued and ending.group() in {"고", "며", "는", "란", "던"}):
        if glued:
            return None
        return _alone(text, words, i, quote)
    if ending["and"]:
        at, kind = _verb(words, i + 2, 5)
        if kind is Verb.HEARSAY and words[at].bare.startswith("받"):
            return Clause(*span, i, at, at, Tie.NOBODY, quoted=True)
        return Clause(*span, i, i + 1, i + 1, Tie.SUBJECT, quoted=True)
    if ending["lean"]:
        return _leaning(words, i + 1, span, i, quoted=True)
    at, kind = _verb(words, i + 2)
    if kind is Verb.HEARSAY:
        return Clause(*span, i, i + 1, at, Tie.NOBODY, quoted=True)
    sure = {Verb.SAYS: 1.0, Verb.THINKS: 0.9, Verb.ACTS: 0.85, Verb.NONE: 0.7}[kind]
    if kind is not Verb.NONE and is_adnominal(words[at].bare):
        return _headed(words, Clause(*span, i, i + 1, at, Tie.HEAD, quoted=True, sure=sure))
    return Clause(*span, i, i + 1, at if at >= 0 else i + 1, Tie.SUBJECT, quoted=True, sure=sure)


def _alone(text: str, words: Sequence[Word], i: int, quote: Quotation) -> Clause | None:
    inner = text[quote.inner_start : quote.inner_end].rstrip(" ,.…?!")
    if len(inner.split()) < FEWEST_WORDS_ALONE and not inner.endswith(_FINITE):
        return None
    follows = words[i + 1] if i + 1 < len(words) else None
    if follows is not None and follows.bare in {"등", "등의", "등을", "이란", "란"}:
        return None
    return Clause(quote.inner_start, quote.inner_end, i, i, i, Tie.ALONE, quoted=True)


def _indirect(words: Sequence[Word], i: int) -> Clause | None:
    bare = words[i].bare
    if len(bare) < 2 or bare[-1] not in _LAST:
        return None
    if ending := is_quotative(bare):
        return _quotative(words, i, ending)
    if ADNOMINAL.search(bare):
        end = words[i].start + words[i].text.rfind(bare) + len(bare) - (3 if bare.endswith(("이라는", "이라던")) else 1)
        return _leaning(words, i, (-1, end), i, quoted=False)
    if bare in {"것으로", "것을", "것도"}:
        return _forecast(words, i)
    if bare.endswith(("는지", "을지", "할지", "은지", "인지")) and i + 1 < len(words):
        at, kind = _verb(words, i + 1, 3)
        if kind is Verb.SAYS and ASKS.match(words[at].bare) and not is_adnominal(words[at].bare):
            return Clause(-1, words[i].end, i, i, at, Tie.SUBJECT, quoted=False, sure=0.8)
    if bare in _NEEDS:
        at, kind = _verb(words, i + 1, 2)
        if kind is Verb.SAYS and EXPRESSES.match(words[at].bare) and not is_adnominal(words[at].bare):
            return Clause(-1, words[i].end - 1, i, i, at, Tie.SUBJECT, quoted=False, sure=0.75)
    return None


def _quotative(words: Sequence[Word], i: int, ending: str) -> Clause | None:
    bare = words[i].bare
    end = words[i].start + words[i].text.rfind(bare) + len(bare) - len(ending)
    if bare.endswith(("이라" + ending,)) and len(bare) > 2 + len(ending):
        end -= 2
    if not ending.startswith("고"):
        closes = any(verb(word.bare) in {Verb.SAYS, Verb.ACTS} for word in words[i + 1 : i + 1 + 4 * REACH])
        return Clause(-1, end, i, i, i, Tie.SUBJECT, quoted=False, sure=0.9) if closes else None
    at, kind = _verb(words, i + 1)
    if kind not in {Verb.SAYS, Verb.THINKS} or (
        at == i + 1 and words[at].bare in {"한다", "합니다", "해", "한다면", "하는데", "하니", "하면"}
    ):
        return None
    sure = 0.95 if kind is Verb.SAYS else 0.8
    clause = Clause(-1, end, i, i, at, Tie.SUBJECT, quoted=False, sure=sure)
    if is_adnominal(words[at].bare) and words[at].bare != "한다":
        headed = _headed(words, Clause(-1, end, i, i, at, Tie.HEAD, quoted=False, sure=sure))
        return headed if headed.tie is Tie.HEAD or _is_past_event(words, at) else None
    return clause


def _is_past_event(words: Sequence[Word], at: int) -> bool:
    """ "…다고 말한 바 있다", "…다고 밝힌 뒤": the subject did say it."""
    return at + 1 < len(words) and words[at + 1].bare in {"바", "뒤", "후", "데", "셈이다", "것이다"}


def _headed(words: Sequence[Word], clause: Clause) -> Clause:
    """A clause whose verb leans on a noun: its speaker where that noun is somebody, else the subject or nobody."""
    from_verb = clause.verb + 1
    if _is_past_event(words, clause.verb):
        return Clause(
            clause.start, clause.end, clause.first, clause.last, clause.verb, Tie.SUBJECT, clause.quoted, clause.sure
        )
    for at in range(from_verb, min(len(words), from_verb + REACH)):
        if words[at].is_boundary:
            break
        taken = noun(words[at].bare)
        if taken.case is not Case.NONE or (taken.title and (at + 1 == len(words) or words[at + 1].is_boundary)):
            tie = Tie.SUBJECT if taken.case is Case.OBJECT and not taken.title else Tie.HEAD
            return Clause(clause.start, clause.end, clause.first, clause.last, at, tie, clause.quoted, clause.sure, at)
    return Clause(
        clause.start, clause.end, clause.first, clause.last, clause.verb, Tie.NOBODY, clause.quoted, clause.sure
    )


def _leaning(words: Sequence[Word], at: int, span: tuple[int, int], first: int, *, quoted: bool) -> Clause | None:
    """Words that lean on a noun: "…라는 입장이다", "…다는 뜻을 밝혔다", "…는 게 김 교수의 설명이다", "…라는 질문에"."""
    if at + 1 >= len(words):
        return None
    head = at + 1
    if words[head].bare in _THINGS:
        return _owned(words, at + 2, span, first, at, quoted=quoted)
    saying, particle = noun_of_saying(words[head].bare)
    if (
        not saying
        and head + 1 < len(words)
        and words[head].bare[-1:] in _MODIFIES
        and noun_of_saying(words[head + 1].bare)[0]
    ):
        head += 1
        saying, particle = noun_of_saying(words[head].bare)
    if not saying:
        owned = _owned(words, head, span, first, at, quoted=quoted)
        if owned is None and words[at].bare.endswith("던"):
            owned = _headed(words, Clause(*span, first, at, at, Tie.HEAD, quoted=quoted, sure=0.8))
            return owned if owned.tie is Tie.HEAD else None
        return owned
    if particle == "이다" and saying in _MERE:
        return (
            Clause(*span, first, head, head, Tie.ON, quoted=quoted, sure=0.9)
            if saying == "것" and head >= len(words) - 2
            else None
        )
    if particle == "이다":
        return Clause(*span, first, head, head, Tie.SUBJECT, quoted=quoted, sure=0.9)
    if particle in {"을", "를", "도", "까지", "만", "로", "으로", ""}:
        verb_at, kind = _verb(words, head + 1, 5)
        if kind is Verb.HEARSAY or verb_at < 0 or is_adnominal(words[verb_at].bare):
            return Clause(*span, first, head, max(head, verb_at), Tie.NOBODY, quoted=quoted) if quoted else None
        if kind is Verb.SAYS or EXPRESSES.match(words[verb_at].bare):
            return Clause(*span, first, head, verb_at, Tie.SUBJECT, quoted=quoted, sure=0.9)
    return Clause(*span, first, head, head, Tie.NOBODY, quoted=quoted) if quoted else None


def _owned(  # noqa: PLR0913  where to look, and what was found
    words: Sequence[Word], begin: int, span: tuple[int, int], first: int, last: int, *, quoted: bool
) -> Clause | None:
    """ "(…는 게) 김 교수의 설명이다", "(…라는) 김 교수의 지적": the noun in the genitive before a noun of saying."""
    for at in range(begin, min(len(words) - 1, begin + REACH)):
        if words[at].is_boundary:
            break
        if noun(words[at].bare).case is Case.GENITIVE and noun_of_saying(words[at + 1].bare)[0]:
            return Clause(*span, first, at + 1, at + 1, Tie.OWNER, quoted=quoted, sure=0.95, who=at)
    return None


def _forecast(words: Sequence[Word], i: int) -> Clause | None:
    """ "…할 것으로 내다봤다", "…할 것을 주문했다"."""
    bare = words[i].bare
    at, kind = _verb(words, i + 1, 4)
    if kind not in {Verb.SAYS, Verb.THINKS} or is_adnominal(words[at].bare):
        return None
    fits = FORECAST.match(words[at].bare) if bare == "것으로" else DEMAND.match(words[at].bare)
    return Clause(-1, words[i].start + 1, i, i, at, Tie.SUBJECT, quoted=False, sure=0.9) if fits else None


def _verb(words: Sequence[Word], begin: int, reach: int = REACH) -> tuple[int, Verb]:
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
