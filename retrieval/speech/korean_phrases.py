"""A Korean noun phrase that may speak: a name with its title, a surname with one, a pronoun, an office, a body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from retrieval.speech.korean_lexicon import ARTISTS, ATTRIBUTES, COMMON_SURNAMES, PLACES
from retrieval.speech.korean_names import (
    COURTESIES,
    Case,
    Noun,
    is_affiliation,
    is_body,
    is_foreign_shaped,
    is_generic,
    is_latin,
    is_name_shaped,
    is_surname,
    name_score,
    noun,
    title_in,
)

LONGEST_PHRASE = 9
"""Words of one noun phrase."""
ENOUGH = 2.0
"""A word is a name where the word itself and its place in the phrase come to this score."""
_KNOWN = 6.0
_OCCUPATIONS = frozenset("사가자인생수관장백꾼")
"""Last syllables of words for what somebody is, which no list holds."""
_GROUPS = frozenset({"이들", "양측"})
_PRONOUNS = _GROUPS | {"그", "그녀", "그분"}
_OPENERS = frozenset(
    """
    그런데 그래서 따라서 그러자 왜냐하면 게다가 반대로 오히려 물론
    이날 이어 또 또한 그러나 하지만 그리고 한편 다만 특히 같은 날 당일 이에 이를 반면 앞서 이후 결국 실제 실제로 역시 만나 나와 열려 이처럼 이렇게 이같이
    즉 아울러 다시 가장 매우 이미 아직 오늘 어제 지금 최근 지난해 올해 내년 오전 오후 현지 통신 이번 다른 또다른 어느 모든 여러 각 등 및 지난 오는 때
    """.split()
)
"""Words that stand before a noun phrase without belonging to it."""
_CONNECTIVES = (
    "하고",
    "하며",
    "되고",
    "되며",
    "내고",
    "열고",
    "갖고",
    "받고",
    "으며",
    "면서",
    "해서",
    "통해",
    "대해",
    "위해",
    "관해",
    "향해",
    "지만",
    "는데",
    "으나",
    "라며",
    "라고",
    "다며",
    "다고",
    "인데",
    "아서",
    "어서",
    "겨냥해",
    "출연해",
    "참석해",
    "겸한",
)
_SHORT_VERBS = frozenset(
    "온 간 본 할 될 된 난 든 낸 쓴 준 둔 뜬 딴 맨 판 나선 나온 나간 이끈 맡은 지낸 오른 열린 숨진 만난 은퇴한 이어진 나눈 함께".split()
)
_UNSURE_SURNAMES = frozenset("한 이 전 현 고 그 본 주 구 신 각 양 원 장 부 동".split())
_ADNOMINAL = frozenset((4, 8))  # ㄴ and ㄹ as the last consonant


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
    """A noun phrase `words[first:last + 1]`: what it names, by what, with which title, and the words that say the role."""

    by: By
    name: str
    title: str
    first: int
    last: int
    case: Case
    role: str = ""
    aside: bool = False


def phrase_at(
    words: Sequence[str], last: int, knows: Callable[[str], bool], bracketed: frozenset[int] = frozenset()
) -> Phrase:
    """The phrase that ends at `words[last]`; "" among the words is a boundary. `bracketed` are words before a bracket."""
    taken = noun(words[last])
    if knows(words[last]):
        taken = Noun(words[last], words[last], Case.NONE, "")
    stem = taken.stem
    if (
        not _may_speak(stem)
        and not knows(stem)
        and not (
            last
            and (
                title_in(words[last - 1])
                or is_foreign_shaped(words[last - 1])
                or (stem[-1:] in _OCCUPATIONS and name_score(words[last - 1]) >= ENOUGH)
            )
        )
    ):
        return Phrase(By.UNKNOWN, stem, "", last, last, taken.case)
    first = _first(words, last, knows)
    if stem in _PRONOUNS and stem not in _GROUPS:
        return Phrase(By.PRONOUN, stem, "", last, last, taken.case)
    if stem in _GROUPS:
        return Phrase(By.GROUP, stem, "", last, last, taken.case)
    if knows(stem):
        return Phrase(By.NAME, stem, "", first, last, taken.case, _role_before(words, first, last), taken.aside)
    if stem == "측":
        side = phrase_at(words, last - 1, knows) if last and words[last - 1] else None
        by = By.BODY if side is not None and side.by is By.BODY else By.GENERIC
        return Phrase(
            by, side.name if side else stem, "", side.first if side else last, last, taken.case, aside=by is By.GENERIC
        )
    if is_generic(stem) and not _names_somebody(words, first, last, taken, knows):
        return Phrase(By.GENERIC, stem, "", last, last, taken.case)
    if taken.title and (stem == taken.title or not is_body(stem)):
        return _titled(words, first, last, taken, knows, bracketed)
    if is_latin(stem) or is_body(stem) or stem in PLACES:
        return _body(words, first, last, taken)
    if (
        _is_unseen_name(taken)
        and name_score(stem) + (1.5 if last and title_in(words[last - 1]) and first < last else 0) >= ENOUGH
    ):
        return Phrase(By.NAME, stem, "", first, last, taken.case, _role_before(words, first, last), taken.aside)
    return _stranger(words, first, last, taken) or Phrase(By.UNKNOWN, stem, "", last, last, taken.case)


def _stranger(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase | None:
    """A foreign name behind a title: "수석 피터 월러는"."""
    if (
        last > first
        and words[last - 1] in ARTISTS
        and taken.case in (Case.TOPIC, Case.SUBJECT)
        and 2 <= len(taken.stem) <= 5
    ):
        return Phrase(By.NAME, taken.stem, "", first, last, taken.case, _role_before(words, first, last))
    if last - first in (1, 2) and taken.stem[-1] in _OCCUPATIONS and name_score(words[first]) >= ENOUGH:
        return Phrase(
            By.NAME, words[first], taken.stem, first, last, taken.case, " ".join([*words[first + 1 : last], taken.stem])
        )
    start = last
    while (
        start > first
        and last - start < 2
        and not title_in(words[start - 1])
        and not is_affiliation(words[start - 1])
        and words[start - 1] not in ATTRIBUTES
    ):
        start -= 1
    if (
        start == first
        or start == last
        or not title_in(words[start - 1])
        or not any(is_foreign_shaped(word) for word in (*words[start:last], taken.stem))
    ):
        return None
    return Phrase(
        By.FOREIGN,
        " ".join([*words[start:last], taken.stem]),
        "",
        first,
        last,
        taken.case,
        _role_before(words, first, start),
    )


@lru_cache(maxsize=1 << 16)
def _may_speak(stem: str) -> bool:
    """Whether a word by itself could end the name, the title or the pronoun of somebody who speaks."""
    return (
        stem in _PRONOUNS
        or stem == "측"
        or title_in(stem) != ""
        or name_score(stem) >= 0.5
        or is_generic(stem)
        or is_latin(stem)
        or is_body(stem)
        or stem in PLACES
    )


def _is_unseen_name(taken: Noun) -> bool:
    """Whether a word that nothing proves a name may still be one, rather than the stem of a verb."""
    return taken.bare[-1:] in "은는이가" and not taken.stem.endswith(
        (
            "하",
            "되",
            "해",
            "지어",
            "려",
            "시키",
            "이루",
            "오르",
            "나오",
            "어지",
            "해지",
            "뤄지",
            "려지",
            "부르",
            "다루",
            "나누",
            "바꾸",
            "받",
            "있",
            "없",
            "같",
            "많",
            "않",
            "와주",
            "아주",
            "어주",
            "해주",
            "다",
            "의",
            "에",
        )
    )


def _names_somebody(words: Sequence[str], first: int, last: int, taken: Noun, knows: Callable[[str], bool]) -> bool:
    """Whether a common noun stands with a name: "최막동 할아버지"."""
    return bool(taken.title) and first < last and (knows(words[last - 1]) or name_score(words[last - 1]) >= ENOUGH)


def _first(words: Sequence[str], last: int, knows: Callable[[str], bool]) -> int:
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
    return (
        len(word) > 1
        and "가" <= word[-1] <= "힣"
        and (ord(word[-1]) - 0xAC00) % 28 in _ADNOMINAL
        and word[-1] in "한된던할될은를인난진린온든운본준낸친힌긴킨쓴둔간산"
    )


def _titled(  # noqa: PLR0913  a phrase is these things
    words: Sequence[str], first: int, last: int, taken: Noun, knows: Callable[[str], bool], bracketed: frozenset[int]
) -> Phrase:
    stem, title = taken.stem, taken.title
    glued = stem[: len(stem) - len(title)]
    if glued and (knows(glued) or (title in COURTESIES and is_name_shaped(glued))):
        role = _role_before(words, first, last) if title in COURTESIES else title
        return Phrase(By.NAME, glued, title, first, last, taken.case, role, taken.aside)
    if glued and title in COURTESIES and is_surname(glued):
        return Phrase(By.SURNAME, glued, title, last, last, taken.case, aside=taken.aside)
    words = [*words[:last], stem]
    best, at = max(
        ((_score(words, first, last, p, title == stem, knows, bracketed), -p) for p in range(first, last)),
        default=(0.0, 0),
    )
    if best >= ENOUGH:
        return _named(words, first, last, -at, taken)
    return (
        _surnamed(words, first, last, taken)
        or _foreign(words, first, last, taken, bracketed)
        or _office(words, first, last, taken)
    )


def _score(  # noqa: PLR0913  a place in a phrase is these things
    words: Sequence[str],
    first: int,
    last: int,
    p: int,
    exact: bool,
    knows: Callable[[str], bool],
    bracketed: frozenset[int],
) -> float:
    word = words[p]
    if knows(word):
        return _KNOWN + 0.1 * p
    if not is_name_shaped(word):
        return -9.0
    after = words[p + 1]
    suits_body = p != last - 1 or p == first or not title_in(after) or word[-1] != title_in(after)[0]
    academic = word[-1] == "대" and title_in(after) in {"교수", "명예교수", "총장", "학장", "부총장", "석좌교수"}
    score = name_score(word) - (0 if suits_body else 2.0) - (3.0 if academic else 0)
    stands_off = p == first and p < last - 1 and word[0] not in COMMON_SURNAMES
    score -= 1.0 if stands_off and not (after in ATTRIBUTES or is_affiliation(after)) else 0
    score += (p == first) + (p == last - 1 and exact) + 2 * (p in bracketed)
    if len(word) == 2 and p == last - 1 and p > first and is_affiliation(words[p - 1]):
        score += 0.5
    return score + (0.5 if p == first and (after in ATTRIBUTES or is_affiliation(after)) else 0)


def _named(words: Sequence[str], first: int, last: int, at: int, taken: Noun) -> Phrase:
    behind = [*words[at + 1 : last], taken.stem]
    if behind[-1] in COURTESIES:
        behind.pop()
    role = " ".join(behind) if behind else _role_before(words, first, at)
    return Phrase(By.NAME, words[at], taken.title, first, last, taken.case, role, taken.aside)


def _role_before(words: Sequence[str], first: int, at: int) -> str:
    """The words before a name, where they end in a title: "소설가 채이든", "한빛재단 대표 천가람"."""
    before = list(words[first:at])
    while before and not title_in(before[-1]) and before[-1] not in ATTRIBUTES:
        before.pop()
    return " ".join(before)


def _surnamed(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase | None:
    at = last - 1
    if at > first and words[at] in ATTRIBUTES and is_surname(words[at - 1]):
        at -= 1
    if at < first or not is_surname(words[at]) or title_in(taken.stem) != taken.stem:
        return None
    sure = words[at] not in _UNSURE_SURNAMES
    return Phrase(By.SURNAME, words[at], taken.title, at, last, taken.case, "" if sure else "?", taken.aside)


def _foreign(words: Sequence[str], first: int, last: int, taken: Noun, bracketed: frozenset[int]) -> Phrase | None:
    """A foreign name, in Hangul or Latin letters: the words before the first that says where somebody belongs."""
    leading = 0
    first = next((n for n in range(first, last) if is_latin(words[n])), first)
    for word in words[first:last]:
        if word in ATTRIBUTES or (
            is_affiliation(word)
            and not (is_foreign_shaped(word) and leading < 2 and not is_body(word) and word not in PLACES)
        ):
            break
        leading += 1
    if words[first] and is_latin(words[first]):
        leading = next((n for n, word in enumerate(words[first:last]) if not is_latin(word)), last - first)
    elif (
        leading > 3
        or not leading
        or not any(is_foreign_shaped(w) or first + n in bracketed for n, w in enumerate(words[first : first + leading]))
    ):
        return None
    if not leading:
        return None
    if leading == 3 and not is_latin(words[first]):
        leading = 2  # the third is the country
    name = " ".join(words[first : first + leading])
    behind = [word for word in (*words[first + leading : last], taken.stem) if word not in COURTESIES]
    return Phrase(By.FOREIGN, name, taken.title, first, last, taken.case, " ".join(behind), taken.aside)


def _office(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase:
    before = words[last - 1] if last > first else ""
    if before and before not in ATTRIBUTES and not is_affiliation(before) and before != "한":
        return Phrase(By.GENERIC, taken.stem, taken.title, last, last, taken.case)
    vague = last > 0 and words[last - 1] in {"한", "어느", "이", "그", "해당", "일부", "여러", "현직", "전직"}
    if is_body(taken.stem) and not vague and taken.stem.endswith("원") and not before:
        return Phrase(By.OFFICE, taken.stem, taken.title, last, last, taken.case, aside=taken.aside)
    kind = By.GENERIC if vague and words[last - 1] not in {"이", "그"} else By.OFFICE
    return Phrase(kind, taken.stem, taken.title, last, last, taken.case, aside=taken.aside)


def _body(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase:
    """A body by its name; the word before belongs to it where that is a place, a body, or one more word of a name."""
    start = last
    if is_latin(taken.stem):
        while start > first and is_latin(words[start - 1]):
            start -= 1
    while start > first and last - start < 3:
        word = words[start - 1]
        if title_in(word) or len(word) < 2 or word in ATTRIBUTES or is_latin(word):
            break
        if not (
            is_body(word) or word in PLACES or is_foreign_shaped(word) or (len(word) > 2 and word[-1] in "대사부원")
        ):
            break
        start -= 1
    name = " ".join([*words[start:last], taken.stem])
    return Phrase(
        By.BODY, name, "", start, last, taken.case, aside=taken.aside and taken.bare.endswith(("측은", "측이"))
    )
