"""A Korean noun phrase as a record, and how far back it reaches from the word that ends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from retrieval.speech.korean_lexicon import ATTRIBUTES
from retrieval.speech.korean_names import (
    Case,
    Noun,
    is_affiliation,
    is_body,
    is_foreign_shaped,
    is_generic,
    is_latin,
    is_name_shaped,
    name_score,
    noun,
    title_in,
)

LONGEST_PHRASE = 9
"""Words of one noun phrase."""
ENOUGH = 2.0
"""A word is a name where the word itself and its place in the phrase come to this score."""
_OPENERS = frozenset(
    """
    그런데 그래서 따라서 그러자 왜냐하면 게다가 반대로 오히려 물론 이날 이어 또 또한 그러나 하지만 그리고 한편 다만
    특히 같은 날 당일 이에 이를 반면 앞서 이후 결국 실제 실제로 역시 만나 나와 열려 이처럼 이렇게 이같이 즉 아울러
    다시 가장 매우 이미 아직 오늘 어제 지금 최근 지난해 올해 내년 오전 오후 현지 통신 이번 다른 또다른 어느 모든
    여러 각 등 및 지난 오는 때 함께
    """.split()
)
"""Words that stand before a noun phrase without belonging to it."""
_CONNECTIVES = tuple(
    """
    하고 하며 되고 되며 내고 열고 갖고 받고 으며 면서 해서 통해 대해 위해 관해 향해 지만 는데 으나 라며 라고 다며
    다고 인데 아서 어서 겨냥해 출연해 참석해 겸한
    """.split()
)
"""Ends of verbs that lead to the next clause."""
_SHORT_VERBS = frozenset(
    """
    온 간 본 할 될 된 난 든 낸 쓴 준 둔 뜬 딴 맨 판 나선 나온 나간 이끈 맡은 지낸 오른 열린 숨진 만난 은퇴한 이어진
    나눈
    """.split()
)
"""Verbs that lean on a noun and might be taken for one."""
_LEANS = frozenset("한된던할될은를인난진린온든운준낸친힌긴킨쓴둔")


class By(Enum):
    """How a phrase names whom it names."""

    NAME = "name"
    FOREIGN = "foreign"
    SURNAME = "surname"
    PRONOUN = "pronoun"
    GROUP = "group"
    OFFICE = "office"
    GENERIC = "generic"
    BODY = "body"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase `words[first:last + 1]`: what it names, by what, with which title and role."""

    by: By
    name: str
    title: str
    first: int
    last: int
    case: Case
    role: str = ""
    aside: bool = False


def first_of(words: Sequence[str], last: int, knows: Callable[[str], bool]) -> int:
    """Where the phrase that ends at `last` begins: words without particles, back to a boundary or a verb."""
    at = last
    while at > 0 and last - at < LONGEST_PHRASE:
        word = words[at - 1]
        if not word or word in _OPENERS or word[0].isdigit() or word in _SHORT_VERBS or word.endswith("측"):
            break
        if knows(word) or is_latin(word):
            at -= 1
            continue
        taken = noun(word)
        if taken.case is not Case.NONE:
            if not (_is_name_after_all(word, taken, words[at]) or _is_between(words, at, taken)):
                break
        elif _is_verb(word):
            break
        at -= 1
    return at


def role_before(words: Sequence[str], first: int, at: int) -> str:
    """The words before a name, where they end in a title: "소설가 채이든", "한빛재단 대표 천가람"."""
    before = list(words[first:at])
    while before and not title_in(before[-1]) and before[-1] not in ATTRIBUTES:
        before.pop()
    return " ".join(before)


def _is_name_after_all(word: str, taken: Noun, after: str) -> bool:
    """Whether a word that seems to end in a particle is a name, as its title follows: "김도은 의원"."""
    if not is_name_shaped(word) or len(word) != 3 or taken.case is Case.OBJECT or not title_in(noun(after).stem):
        return False
    return not is_body(taken.stem) and name_score(taken.stem) < ENOUGH and not is_generic(taken.stem)


def _is_between(words: Sequence[str], at: int, taken: Noun) -> bool:
    """Whether a word that seems to end in a particle stands between a name and its title: "남궁솔 새길지도 편집장"."""
    if at < 2 or len(taken.bare) < 4 or taken.title or taken.bare[-1] not in "도로이가만" or is_generic(taken.stem):
        return False
    return (
        name_score(words[at - 2]) >= ENOUGH
        and noun(words[at - 2]).case is Case.NONE
        and bool(title_in(noun(words[at]).stem))
    )


def _is_verb(word: str) -> bool:
    """Whether a word without a particle rather closes a clause than stands in a noun phrase."""
    if word.endswith(_CONNECTIVES) or word[-1] in "된던됐했는":
        return True
    if title_in(word) or is_affiliation(word) or is_name_shaped(word) or word in ATTRIBUTES or is_foreign_shaped(word):
        return False
    return len(word) > 1 and word[-1] in _LEANS
