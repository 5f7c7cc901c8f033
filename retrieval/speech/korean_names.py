"""One Korean word at a time: its particle, the title it ends in, the shape of a name or a body's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from retrieval.speech.korean_lexicon import (
    COMMON_SURNAMES,
    GENERIC,
    LONG_SURNAMES,
    NO_ENDS_OF_BODIES,
    NOBODY,
    NOT_BODIES,
    ORGANISATIONS,
    PLACES,
    SUFFIXES_OF_BODIES,
    SURNAMES,
    SYLLABLES_OF_BODIES,
)
from retrieval.titles import KOREAN_TITLES

_TITLES = frozenset(KOREAN_TITLES) - {"전"}
_LONGEST_TITLE = max(map(len, _TITLES))
COURTESIES = frozenset("씨 님 군 양 옹 여사".split())
"""Titles that say nothing of an office."""
_NOT_TITLED = frozenset(
    """
    태양 모양 영양 입양 해양 다양 고양 안양 밀양 함양 해군 공군 육군 국군 미군 적군 아군 장군 대군 반군 스님
    손님 하느님 주장 의사 공사 감사 기고문 보고문 경고문 광고문 권고문 선고문
    """.split()
)
_PARTICLE = re.compile(
    r"(?:(?P<topic>께서는|에서는|측은|만은|은|는|도)|(?P<subject>께서|측이|만이|이|가)|(?P<genitive>의)(?<!과의)(?<!와의)(?<!에서의)(?<!로의)|(?P<object>을|를)"
    r"|(?P<other>과의|와의|에서의|로의|에서|에게서|에게|한테|으로부터|으로서|으로써|으로|로부터|로서|로|에|와|과|까지|부터|보다|처럼|만|이나|이며|이고|이자))$"
)
_WHOLE = tuple(
    """
    학과 회의 주의 정의 논의 합의 협의 토의 강의 결의 동의 국가 평가 물가 주가 유가 추가 참가 증가 차이 사이 나이
    아이 도로 진로 제도 속도 온도 태도 보도 주도 정도 불만 성과 결과 효과 경과 마을 고을 노을 가을
    """.split()
)
"""Ends of words that look like a particle and are none."""
_FOREIGN = re.compile(
    r"[트프크스르드브즈츠키티디피케테페베데쿠투푸엘앨릭벨셀델켈텔펠젤뢰뷔퀴튀칼콜톨폴롤볼슨슬랜런릴밀빌윌콥캅뇨코토포초쿨카타파버퍼터커머너더저젠첸센린쇼니냐랴레웨옌응쩐쯔쑤샤챠튜듀뮤쉬궈셴융핑펑]"
)
_FOREIGN_PLACE = re.compile(r".+(?:니아|리아|지아|스탄|란드|랜드|도르|네시아|주)$")
_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’&-]*$")


class Case(Enum):
    """The part that a noun's particle gives it in its sentence."""

    TOPIC = "topic"
    SUBJECT = "subject"
    GENITIVE = "genitive"
    OBJECT = "object"
    OTHER = "other"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Noun:
    """A word as a noun: what is left without its particle, that particle's case, and the title that it ends in."""

    bare: str
    stem: str
    case: Case
    title: str
    aside: bool = False  # 측은, 측이, 에서는, 에서: a side or a place rather than the person


@lru_cache(maxsize=1 << 16)
def noun(word: str) -> Noun:
    """`word` (without brackets and marks) taken apart; linear in its length, which is looked at to 40 characters."""
    word = word[:40]
    if word in _TITLES or word in NOBODY or word.endswith(_WHOLE) or (title_in(word) and word[-1] in "가이"):
        return Noun(word, word, Case.NONE, title_in(word))
    match = _PARTICLE.search(word)
    if word.startswith("측"):
        return Noun(word, "측", Case.SUBJECT if word.endswith("이") else Case.TOPIC, "", aside=True)
    if match is None or not match.start() or not _fits(word[match.start() - 1], match.group()):
        return Noun(word, word, Case.NONE, title_in(word))
    stem = word[: match.start()]
    aside = match.group() in {"측은", "측이", "에서는"} or stem.endswith("측")
    return Noun(word, stem, Case(match.lastgroup or ""), title_in(stem), aside)


def _fits(before: str, particle: str) -> bool:
    """Whether a particle's form suits the syllable before it: 는 and 가 follow vowels, 은 and 이 consonants."""
    if not "가" <= before <= "힣" or len(particle) > 1:
        return True
    closed = (ord(before) - 0xAC00) % 28 != 0
    return closed if particle in "은이을과" else not closed if particle in "는가를와" else True


@lru_cache(maxsize=1 << 16)
def title_in(word: str) -> str:
    """The longest title that `word` ends in; empty where there is none, or one syllable on no name."""
    if word in _NOT_TITLED:
        return ""
    for length in range(min(len(word), _LONGEST_TITLE), 1, -1):
        if word[-length:] in _TITLES:
            return word[-length:]
    if word in COURTESIES:
        return word
    if word[-1:] in COURTESIES and (is_name_shaped(word[:-1]) or is_surname(word[:-1])):
        return word[-1]
    return ""


def is_surname(word: str) -> bool:
    """Whether a word is a surname alone."""
    return (len(word) == 1 and word in SURNAMES) or word in LONG_SURNAMES


@lru_cache(maxsize=1 << 16)
def is_name_shaped(word: str) -> bool:
    """Whether a word could be a full Korean name: Hangul, a surname and one or two syllables, and no common word."""
    if not 2 <= len(word) <= 5 or not all("가" <= c <= "힣" for c in word) or word in NOBODY or word in PLACES:
        return False
    if word in GENERIC or word in ORGANISATIONS or word in LONG_SURNAMES:
        return False
    if word.startswith(LONG_SURNAMES) and 3 <= len(word) <= 4:
        return True
    return 2 <= len(word) <= 3 and word[0] in SURNAMES


@lru_cache(maxsize=1 << 16)
def name_score(word: str) -> float:
    """How much a word by itself looks like a full name: 2 for a good one, less with a body's or a verb's end."""
    if not is_name_shaped(word):
        return -9.0
    score = 2.0 if len(word) >= 3 else 0.5
    if word[0] not in COMMON_SURNAMES and not word.startswith(LONG_SURNAMES):
        score -= 0.5
    if word[-1] in "당부청처회실팀단사학과위권층측들적력률":
        score -= 3.0
    elif word[-1] == "대":
        score -= 1.5
    elif word[-1] == "원":
        score -= 0.5
    elif word[-1] in "국도시구군장소관한된할던린긴":
        score -= 1.0 if len(word) >= 3 else 0.3
    elif word[-1] in "은는을를의에" and len(word) == 3:
        score -= 2.0
    return score


@lru_cache(maxsize=1 << 16)
def is_body(stem: str) -> bool:
    """Whether a word is or ends like the name of a body that can speak."""
    if stem in ORGANISATIONS:
        return True
    if stem in GENERIC or stem in PLACES or len(stem) < 2 or stem in NOT_BODIES or stem.endswith(NO_ENDS_OF_BODIES):
        return False
    if stem.endswith(SUFFIXES_OF_BODIES):
        return len(stem) >= 3
    if len(stem) >= 3 and stem[-1] in SYLLABLES_OF_BODIES:
        return stem not in NOBODY
    return len(stem) >= 3 and stem[-1] in "시도군구" and stem[:-1] in PLACES


@lru_cache(maxsize=1 << 16)
def is_affiliation(word: str) -> bool:
    """Whether a word between a name and its title says where somebody belongs."""
    return (
        word in PLACES
        or is_body(word)
        or bool(_FOREIGN_PLACE.match(word))
        or (len(word) > 2 and word[-1] in "대과실국팀원학부시군구도사장관")
        or (title_in(word) != "" and len(word) > 1)
    )


def is_foreign_shaped(word: str) -> bool:
    """Whether a Hangul word looks like a foreign name written in Hangul."""
    return all("가" <= c <= "힣" for c in word) and len(word) >= 2 and bool(_FOREIGN.search(word))


def is_latin(word: str) -> bool:
    """Whether a word is a capitalised word in Latin letters."""
    return bool(_LATIN.match(word))


def is_generic(stem: str) -> bool:
    """Whether a word names somebody without saying who: an official, the crowd, residents."""
    return (
        stem in GENERIC
        or (stem.endswith("들") and len(stem) > 1)
        or stem.endswith(("관계자", "소식통", "당국자", "모씨", "A씨", "B씨", "C씨"))
    )
