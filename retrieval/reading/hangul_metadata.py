"""What a Hangul document says of itself: title, author, publisher and date, from its first page before its summary.

The summary that the program keeps is often another document's, which this one was copied from; what people see on
the first page is theirs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.dates import dates_in, first_date
from retrieval.reading.captions import ends_sentence
from retrieval.reading.hangul import Part
from retrieval.reading.hangul_headings import usual_points
from retrieval.reading.imprint import FieldKind, fields_of
from retrieval.reading.wrapping import is_item
from retrieval.reading.writers import is_institution, is_person, without_title
from retrieval.records import BlockKind, Metadata

KOREA = dt.timezone(dt.timedelta(hours=9))

_HEAD = 40
_TITLE_WITHIN = 20
_LONGEST_ROW = 300
_SHORTEST_TITLE, _LONGEST_TITLE, _MOST_TITLE_LINES = 3, 150, 3
_TITLE_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})
_KIND_OF_TEXT = re.compile(
    r"(?:언론)?(?:보도|참고|설명|해명|배포|브리핑|회의|심의|의결|정책)?(?:참고|설명|해명)?자료|공고|공지"
    r"|안내|알림|차례|목차|요약|붙임|별첨|보고서|회의록|결과보고|목적|경유|수신|(?:table of )?contents"
    r"|press ?release",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"\W+")
_SPACED_OUT = re.compile(r"(?<![가-힣])(?:[가-힣]\s){1,5}[가-힣](?![가-힣])")
_DATED = re.compile(
    r"(?:배포|보도|작성|시행|발행|공고|등록|게시|제출|회의|발표)\s?(?:일시|일자|날짜|시점|즉시|일)?\s?[:：|(]?\s?"
    r"(?=['’]?\d\d)|(?:일시|일자|날짜|때)\s?[:：|]\s?(?=['’]?\d\d)"
)
_RELEASED = re.compile(r"배포|작성|시행|발행|등록|게시")
_LABEL_OF_TITLE = re.compile(r"제\s?목\s?[:：|]\s?(?P<title>\S.{3,})")
_LABEL_IN_LETTER = re.compile(r"제\s?목\s?[:：|\s]\s?(?P<title>\S.{3,})")
_ADDRESSEE = re.compile(r"수\s?신(?:자|처)?\s")
_CONTACTS = re.compile(r"담당\s?부서|문의|(?:책임|담당)\s?기관")
_PUBLISHER = re.compile(
    r"(?:[가-힣·]{1,12}\s?)?(?:"
    r"(?:교육|국방|환경|통일|법무|외교|노동|가족|교통|해양|수산|복지|보건|재정|경제|안전|행정|자원|관광|체육|식품|통신|기업|보훈|과학|기술|문화|기후)부"
    r"|(?:인사혁신|법제|의약품안전|국가보훈|예산|우주항공)처|(?:국세|관세|조달|통계|검찰|병무|방위사업|경찰|소방|진흥|산림|특허|기상|질병관리"
    r"|재외동포|새만금개발|건설|우주항공|교육|시|도|구|군)청|위원회|연구원|연구소|진흥원|평가원|개발원|정보원|관리원|인재원|공단|재단|협회|대학교|은행)"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the program noted of a document: empty or None where it did not."""

    title: str = ""
    author: str = ""
    date: dt.date | None = None


def described(parts: Sequence[Part], summary: Summary) -> tuple[list[Part], Metadata]:
    """`parts` with the title's among them made one heading, and what they and the summary tell of the document.

    What stands in large letters above the title heads nothing: "보도자료" is furniture, a name is a line of text.
    """
    places = _title_places(parts, summary)
    title = " ".join(word for place in places for word in parts[place].words.split())
    words = title if len(places) > 1 else "".join(parts[place].words for place in places)
    headings = [replace(parts[places.start], words=words, kind=BlockKind.HEADING)] if places else []
    labelled = [*map(_above_title, parts[: places.start]), *headings, *parts[places.stop :]]
    named = " ".join(summary.title.split())
    author = summary.author.strip()
    return labelled, Metadata(
        title=_labelled_title(parts) or title or (named if _is_title(named, parts) else None),
        author=without_title(author) if is_person(author) else None,
        publisher=_publisher(parts),
        date=_date(parts) or summary.date,
    )


def _above_title(part: Part) -> Part:
    if part.kind not in _TITLE_KINDS:
        return part
    names_kind = _KIND_OF_TEXT.fullmatch(_NO_LETTER.sub("", part.words))
    return replace(part, kind=BlockKind.FURNITURE if names_kind else BlockKind.PARAGRAPH)


def _labelled_title(parts: Sequence[Part]) -> str | None:
    """What stands behind the label "제목"; an official letter, which has an addressee, needs no sign between."""
    head = [" ".join(part.words.split()) for part in parts[:_HEAD] if len(part.words) <= _LONGEST_ROW]
    label = _LABEL_IN_LETTER if any(_ADDRESSEE.match(words) for words in head) else _LABEL_OF_TITLE
    matches = (label.fullmatch(words) for words in head)
    return next((match["title"].split(" | ")[0] for match in matches if match), None)


def _title_places(parts: Sequence[Part], summary: Summary) -> range:
    """Where the title stands: the part that the summary names, else the largest words near the top.

    A title in several lines is as many parts of the same size; none but the first opens with a sign.
    """
    named = "".join(summary.title.split())
    possible = [place for place, part in enumerate(parts[:_TITLE_WITHIN]) if part.kind in _TITLE_KINDS]
    possible = [place for place in possible if _can_be_title(parts[place].words)]
    if named and (found := [place for place in possible if "".join(parts[place].words.split()) == named]):
        return range(found[0], found[0] + 1)
    usual = usual_points(parts)
    first = max(possible, key=lambda place: (parts[place].points, -place), default=None)
    if first is None or (parts[first].points <= usual and (usual or ends_sentence(parts[first].words))):
        return range(0)
    points, after = parts[first].points, first + 1
    while after in possible and after < first + _MOST_TITLE_LINES and parts[after].points == points > usual:
        if not parts[after].words[0].isalnum() or is_item(parts[after].words):
            break
        after += 1
    length = sum(len(part.words) for part in parts[first:after])
    return range(first, after if length <= _LONGEST_TITLE else first + 1) if length > _SHORTEST_TITLE else range(0)


def _is_title(named: str, parts: Sequence[Part]) -> bool:
    """Whether the summary's title was written by somebody: of itself the program proposes how the text begins."""
    is_beginning = any(part.words.startswith(named) and part.words != named for part in parts[:_TITLE_WITHIN])
    return _can_be_title(named) and not is_beginning


def _can_be_title(words: str) -> bool:
    words = " ".join(words.split())
    if not 2 <= len(words) <= _LONGEST_TITLE or not re.search(r"[^\W\d_]{2}", words):
        return False
    dated = dates_in(words)
    if dated and len(words) - (dated[0].end - dated[0].start) < 16:
        return False
    is_office = is_institution(words) and len(words) < 16
    return not (is_office or is_person(words) or _KIND_OF_TEXT.fullmatch(_NO_LETTER.sub("", words)))


def _publisher(parts: Sequence[Part]) -> str | None:
    """The office in a line of its own near the top, else the one that has a press release's contacts."""
    contacts = (part for part in parts[_TITLE_WITHIN:] if _CONTACTS.match(part.words))
    rows = (part.words for part in (*parts[:_TITLE_WITHIN], *contacts) if len(part.words) <= _LONGEST_ROW)
    cells = (cell for row in rows for cell in row.split(" | "))
    named = (" ".join(cell.strip("[]【】<> ").split()) for cell in cells)
    return next((cell for cell in named if len(cell) > 2 and _PUBLISHER.fullmatch(cell)), None)


def _date(parts: Sequence[Part]) -> dt.date | None:
    """The date with a label, that of release first, else the first one near the top that stands alone."""
    short = (" ".join(part.words.split()) for part in parts[:_HEAD] if len(part.words) <= _LONGEST_ROW)
    heads = [_SPACED_OUT.sub(_drawn_together, words) for words in short]
    labelled = [
        (match.group(), spans[0].date)
        for words in heads
        for match in _DATED.finditer(words)
        if (spans := dates_in(words[match.end() : match.end() + 24])) and spans[0].start == 0
    ]
    if labelled:
        released = (date for label, date in labelled if _RELEASED.match(label))
        return next(released, labelled[0][1])
    cells = (cell for words in heads for cell in words.split(" | "))
    fields = (field for cell in cells for field in fields_of(cell) if field.kind is FieldKind.DATE)
    return next((date for field in fields if (date := first_date(field.value))), None)


def _drawn_together(match: re.Match[str]) -> str:
    """A label whose letters a writer has spaced out: 보도시점 for "보 도 시 점"."""
    return re.sub(r"\s", "", match.group())
