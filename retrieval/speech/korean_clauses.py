"""The words that a Korean sentence reports: quotations and clauses, how each is tied to its verb, and which verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
    verb,
)
from retrieval.speech.korean_leaning import REACH, Clause, Tie, headed, is_past_event, leaning, verb_after
from retrieval.speech.korean_sentences import Word

FEWEST_WORDS_ALONE = 2
"""A quotation that no ending ties to a verb counts from so many words."""
_FINITE = tuple("다요까죠지네자라어아음함냐")
_NEEDS = frozenset("필요성을 중요성을 심각성을 당위성을 시급성을 위험성을".split())
_TOLD = frozenset("한다 합니다 해 한다면 하는데 하니 하면".split())
"""Right behind an ending these tell what is said by nobody in particular: "…다고 한다"."""
_LAST = frozenset("고며서도는까지만던로을냐")
"""What words that may close a clause end in."""


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
        at, kind = verb_after(words, i + 2, 5)
        if kind is Verb.HEARSAY and words[at].bare.startswith("받"):
            return Clause(*span, i, at, at, Tie.NOBODY, quoted=True)
        return Clause(*span, i, i + 1, i + 1, Tie.SUBJECT, quoted=True)
    if ending["lean"]:
        return leaning(words, Clause(*span, i, i + 1, i + 1, Tie.SUBJECT, quoted=True))
    at, kind = verb_after(words, i + 2)
    if kind is Verb.HEARSAY:
        return Clause(*span, i, i + 1, at, Tie.NOBODY, quoted=True)
    sure = {Verb.SAYS: 1.0, Verb.THINKS: 0.9, Verb.ACTS: 0.85, Verb.NONE: 0.7}[kind]
    if kind is not Verb.NONE and is_adnominal(words[at].bare):
        return headed(words, Clause(*span, i, i + 1, at, Tie.HEAD, quoted=True, sure=sure))
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
        return leaning(words, Clause(-1, end, i, i, i, Tie.SUBJECT, quoted=False))
    if bare in {"것으로", "것을", "것도"}:
        return _forecast(words, i)
    if bare.endswith(("는지", "을지", "할지", "은지", "인지")) and i + 1 < len(words):
        at, kind = verb_after(words, i + 1, 3)
        if kind is Verb.SAYS and ASKS.match(words[at].bare) and not is_adnominal(words[at].bare):
            return Clause(-1, words[i].end, i, i, at, Tie.SUBJECT, quoted=False, sure=0.8)
    if bare in _NEEDS:
        at, kind = verb_after(words, i + 1, 2)
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
    at, kind = verb_after(words, i + 1)
    if kind not in {Verb.SAYS, Verb.THINKS} or (at == i + 1 and words[at].bare in _TOLD):
        return None
    sure = 0.95 if kind is Verb.SAYS else 0.8
    clause = Clause(-1, end, i, i, at, Tie.SUBJECT, quoted=False, sure=sure)
    if is_adnominal(words[at].bare) and words[at].bare != "한다":
        held = headed(words, replace(clause, tie=Tie.HEAD))
        return held if held.tie is Tie.HEAD or is_past_event(words, at) else None
    return clause


def _forecast(words: Sequence[Word], i: int) -> Clause | None:
    """ "…할 것으로 내다봤다", "…할 것을 주문했다"."""
    bare = words[i].bare
    at, kind = verb_after(words, i + 1, 4)
    if kind not in {Verb.SAYS, Verb.THINKS} or is_adnominal(words[at].bare):
        return None
    fits = FORECAST.match(words[at].bare) if bare == "것으로" else DEMAND.match(words[at].bare)
    return Clause(-1, words[i].start + 1, i, i, at, Tie.SUBJECT, quoted=False, sure=0.9) if fits else None
