"""What opens a turn of a transcript: "NAME:", "이름 =", "Q." and "A.", "○위원장 이름", "– …" and "= …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from retrieval.speech.korean_names import is_name_shaped, title_in

MOST_CHARACTERS = 150
"""A longer label is a sentence that happens to hold a colon."""
MOST_WORDS = 9
"""Words of a label, without those in brackets."""
_EMPHASIS = re.compile(r"[*_]{1,3}(?=[^\s*_])")
"""A Markdown file prints its labels bold: "**Ann Lee:** words", "**Ann Lee**: words"."""
_SET_OFF = r"[*_]{0,3}[.:：)][*_]{0,3}[ \t\u00a0\n]{0,3}"
_ASKS = re.compile(rf"(?:Q|Question|문|질문|INTERVIEWER|Interviewer)\s?\d{{0,3}}\s?{_SET_OFF}")
_ANSWERS = re.compile(rf"(?:A|Answer|답|답변)\s?\d{{0,3}}\s?{_SET_OFF}")
_DASHED = re.compile(r"[-–—―]\s?(?=[^\s\d-])")
_MARKED = re.compile(r"[=▲△▶▷]\s?(?=[^\s=])")
_ASSEMBLY = re.compile(r"[○◯◇◆●]\s?(?P<words>[가-힣()·]{1,24}(?: {1,3}[가-힣()·]{1,24}){0,4})")
_ENDS = re.compile(r"[*_]{0,3}\s?[:：][*_]{0,3}(?:\s|$)|\s=\s")
_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]|（[^（）]*）")
_FIELDS = frozenset(
    """
    date time place venue location present attending attendees attendance participants apologies absent agenda
    subject topic re from to cc note notes minutes recorder source photo photos image video credit writer author
    contact phone tel fax email e-mail website url address tags keywords category edited updated published
    correction disclosure 일시 일자 날짜 시간 장소 참석자 참석 참가자 참여자 불참 배석 안건 주제 의제 제목 사진
    사진제공 글 정리 영상 촬영 자료 출처 문의 담당 담당자 책임자 연락처 전화 팩스 이메일 누리집 홈페이지 주소 작성자
    작성 기록 기록자 첨부 붙임 참고 비고 주의 결론 배경 목적 대상 기간 내용 주최 주관 후원 협찬 날씨 가격 분류
    키워드 태그 편집 번역 구성 취재
    """.split()
)
"""Words that head a line of particulars rather than somebody's turn."""
_SINGLE_FIELDS = frozenset(
    "witness witnesses chair panel panelists moderator 사회 사회자 좌장 진행 토론자 발표자 대담".split()
)
"""As above, where the line stands once: "Witness: Dr. …" lists, "THE WITNESS: …" speaks."""


class Opens(Enum):
    """What a paragraph opens with."""

    NAME = "name"
    FIELD = "field"  # a line of particulars
    ASKS = "asks"  # "Q.": nobody's name
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Label:
    """The label at a paragraph's beginning: what kind, its words, and where the turn's own words begin."""

    opens: Opens
    words: str
    end: int


def label_at(text: str, start: int, end: int) -> Label | None:
    """The label that opens the paragraph `text[start:end]`; None where it opens with plain words."""
    if emphasis := _EMPHASIS.match(text, start, end):
        start = emphasis.end()
    for pattern, opens in ((_ASKS, Opens.ASKS), (_ANSWERS, Opens.ANSWERS)):
        if match := pattern.match(text, start, end):
            return Label(opens, match.group().strip(" .:：)*_\n"), match.end())
    return _assembly(text, start, end) or _named(text, start, end)


def mark_at(text: str, start: int, end: int) -> Label | None:
    """A mark that may stand for the one who asks ("– …") or answers ("= …", "▲…")."""
    for pattern, opens in ((_DASHED, Opens.ASKS), (_MARKED, Opens.ANSWERS)):
        if match := pattern.match(text, start, end):
            return Label(opens, match.group().strip(), match.end())
    return None


def without_brackets(label: str) -> tuple[str, str]:
    """A label's words outside and inside its outermost brackets: "Ann Lee (Chair)" → "Ann Lee", "Chair"."""
    match = _BRACKETS.search(label)
    if match is None:
        return label, ""
    outside = _BRACKETS.sub(" ", label)
    return " ".join(outside.split()), match.group()[1:-1].strip()


def is_listed_once(label: str) -> bool:
    """Whether a label that stands only once heads a list of people rather than a turn."""
    return label.lower().removeprefix("the ") in _SINGLE_FIELDS


def _named(text: str, start: int, end: int) -> Label | None:
    stretch = text[start : min(end, start + MOST_CHARACTERS)]
    blanked = _BRACKETS.sub(lambda match: "~" * len(match.group()), stretch)
    match = _ENDS.search(blanked)
    if match is None or "\n\n" in stretch[: match.start()]:
        return None
    label = stretch[: match.start()].strip()
    outside = [word for word in blanked[: match.start()].replace("~", " ").split() if word]
    if not outside and not label:
        return None
    if outside and outside[0].lower() in _FIELDS | {"담당"} and len(outside) <= 3:
        return Label(Opens.FIELD, label, start + match.end())
    if not _may_be_a_name(outside) or any(mark in label for mark in '“”"?!'):
        return None
    at = start + match.end()
    while at < end and text[at].isspace():
        at += 1
    return Label(Opens.NAME, label, at)


def _may_be_a_name(words: list[str]) -> bool:
    """Whether words could name or describe a speaker: capitals, Hangul, short joining words, numbers."""
    if not words or len(words) > MOST_WORDS:
        return False
    if "가" <= words[0][0] <= "힣":
        return (len(words) <= 5 and not words[-1].endswith(("은", "는", "을", "를", "에", "의", "다", "면", "고"))) or (
            len(words) == 1 and is_name_shaped(words[0])
        )
    if not words[0][0].isupper():
        return False
    return all(w[0].isupper() or not w[0].isalpha() or "가" <= w[0] <= "힣" or len(w) <= 3 for w in words)


def _assembly(text: str, start: int, end: int) -> Label | None:
    """ "○위원장 홍길동 말", "○홍길동 위원 말", "◯산업부 장관 홍길동 말": an office and a name, then what is said."""
    match = _ASSEMBLY.match(text, start, min(end, start + MOST_CHARACTERS))
    if match is None:
        return None
    words = match["words"].split()
    bare = [_BRACKETS.sub("", word) for word in words]
    for i, word in enumerate(bare[:4]):
        if not (is_name_shaped(word) and not title_in(word)):
            continue
        if i and title_in(bare[i - 1]) and not (i == 1 and len(bare) > 2 and is_name_shaped(bare[0])):
            return _label_of(text, match.start("words"), words[: i + 1], end)
        if i == 0 and len(bare) > 1 and title_in(bare[1]) and title_in(bare[1]) == bare[1]:
            return _label_of(text, match.start("words"), words[:2], end)
    return None


def _label_of(text: str, start: int, words: list[str], end: int) -> Label:
    at = start
    for word in words:
        at = text.index(word, at) + len(word)
    label = " ".join(words)
    while at < end and (text[at].isspace() or text[at] in ":："):
        at += 1
    return Label(Opens.NAME, label, at)
