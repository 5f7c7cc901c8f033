"""Which line of a page's head is the title of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from retrieval.reading.bylines import affiliated_author, byline_author
from retrieval.reading.page import Part, Role
from retrieval.reading.turns import is_turn
from retrieval.reading.writers import is_institution, is_person

_LONGEST = 220
_KINDS_OF_TEXT = """
commentary|commentaries|speeches and statements|news & events|local news|news|events|event|news & event|press
|press release|press releases|press room|newsroom|notice|notices|notice board|board|announcements|announcement
|media|media center|publications|publication|reports|report|research|speeches|speech|blog|articles|article|issue
|browse issue|opinion|politics|business|world|national|society|culture|science|sports|technology|economy|editorial
|world news|breaking news|breaking|exclusive|updates|statements|for immediate release|resources|policy|library
|archive|data|insights|features|analysis|column|columns|columnists|interview|보도자료|공지사항|공지|알림|알림마당
|알림·소식|뉴스|소식|새소식|언론보도|보도|자료실|정책|정책뉴스|게시판|상세|상세보기|상세 보기|행사|연구|연구보고서
|발간물|간행물|보고서|칼럼|사설|오피니언|정치|경제|사회|문화|국제|과학|스포츠|전체|종합|단독|속보|인터뷰|브리핑
"""
_NAMES_OF_KINDS = frozenset(_KINDS_OF_TEXT.replace("\n", "").split("|"))


def title_index(head: Sequence[Part], *, is_page: bool) -> int | None:
    """The index in `head`, the parts above the body, of the title; None where no line can be one.

    On a web page the best of: said twice, right above the imprint, right above the body, long enough to say
    something; a line that names a kind of text ("Press release") or stands there three times over is a menu's.
    Elsewhere it is the first line, if it can be one.
    """
    if not is_page:
        first = head[0]
        return 0 if _can_be_title(first) and first.line_count == 1 and not is_turn(first.words) else None
    possible = [index for index, part in enumerate(head) if _can_be_title(part)]
    return max(possible, key=lambda index: (_score(head, index), -index), default=None)


def is_same_title(words: str, title: str) -> bool:
    """Whether `words` are `title`, or `title` with the site's name behind it, as browsers show it."""
    one, other = words.casefold().split(), title.casefold().split()
    return one == other or (
        len(one) > len(other)
        and one[: len(other)] == other
        and one[len(other)] in {"|", "-", "–", "—", "::", "<", "«", ":", "·"}
    )


def names_kind_of_text(words: str) -> bool:
    """Whether `words` are what a menu calls a kind of text ("Press releases"), and no text's own title."""
    return words.strip("[]<>【】「」 ").casefold() in _NAMES_OF_KINDS


def _can_be_title(part: Part) -> bool:
    words = part.words
    if part.role is not Role.TEXT or part.line_count > 2 or not 2 <= len(words) <= _LONGEST:
        return False
    if not re.search(r"[^\W\d_]{2}", words) or re.match(r"[•·∙*○●◦▪※▲△▶☞]|[-–—]\s|dear\b", words, re.IGNORECASE):
        return False
    if byline_author(words) or affiliated_author(words) or (is_person(words) and len(words.split()) < 4):
        return False
    return not re.search(r"(?<!\bU\.S)(?<!\betc)[.。,;:：]$", words) or words.endswith(("...", "…"))


def _score(head: Sequence[Part], index: int) -> float:
    words = head[index].words
    times = sum(is_same_title(part.words, words) for part in head)
    size = _size(words)
    score = min(size, 8) / 2
    if names_kind_of_text(words):
        return score - 8
    if times > 1:
        score += 4 if size >= 4 and times == 2 else -2
    if any(is_same_title(words, other.words) and other.words != words for other in head):
        score -= 5  # the browser's title: the shorter one is the text's own
    if is_institution(words) and size < 10:
        score -= 3
    return score + _score_of_place(head, index)


def _score_of_place(head: Sequence[Part], index: int) -> float:
    """What it counts for to stand right above the imprint, or a few sub-titles there, or right above the body."""
    below = [part for part in head[index + 1 :] if part.role is not Role.FURNITURE]
    if not below:
        return 1
    subtitles = list(takewhile(lambda part: part.role is Role.TEXT, below))
    if not subtitles:
        return 3
    if len(subtitles) == len(below) or len(subtitles) > 3:
        return 0
    words = head[index].words
    is_above_longer = len(subtitles) == 1 and _size(subtitles[0].words) >= 9 and len(words) < len(subtitles[0].words)
    is_above_shorter = all(_size(part.words) < _size(words) for part in subtitles)
    if is_above_longer and _size(words) >= 4:
        return 4.5
    return 3 if is_above_shorter and _size(words) >= 6 else 0


def _size(words: str) -> float:
    """How much a line says, in English words: three Hangul syllables say about as much as one."""
    return len(words.split()) + len(re.findall(r"[가-힣]", words)) / 3
