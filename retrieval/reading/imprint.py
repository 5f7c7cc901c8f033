"""The imprint of a page: the lines that say who wrote it, when it was posted, how often it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.dates import dates_in
from retrieval.reading.bylines import byline_author
from retrieval.reading.furniture import is_furniture
from retrieval.reading.writers import is_institution, is_person


class FieldKind(StrEnum):
    """What a field of an imprint tells."""

    WRITER = "writer"
    PUBLISHER = "publisher"
    DATE = "date"
    CHANGED = "changed"
    COUNT = "count"
    TITLE = "title"
    URL = "url"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an imprint, as "Date 2024-01-29"; `labelled` is false for a value that stands alone."""

    kind: FieldKind
    value: str
    labelled: bool = True


_LABELS = {
    FieldKind.WRITER: (
        "writer|name|author|authors|posted by|written by|created by|registered by|reporter|작성자|글쓴이|등록자|게시자"
        "|저자|필자|이름|기고자|기자명|작성"
    ),
    FieldKind.PUBLISHER: (
        "from|publisher|source|issued by|department|organi[sz]ation|division|office|agency|담당\\s?부서|부서|부서명"
        "|작성\\s?부서|등록\\s?부서|담당과|소속|기관|기관명|발행처|발행기관|출처|제공|제공기관|배포기관|매체|언론사"
        "|생산부서"
    ),
    FieldKind.DATE: (
        "date|posted(?: on| at)?|published(?: on| at)?|publication date|publish date|published date|release date"
        "|released(?: on)?|created(?: on| at)?|date posted|date published|post date|posting date|issued(?: on)?"
        "|issue date|registered|registered date|reg\\.? ?date|registration date|date of (?:issue|publication|release)"
        "|등록\\s?일자?|작성\\s?일자?|게시\\s?일자?|등록\\s?일시|작성\\s?일시|게시\\s?일시|게재일|발행일자?|배포일시?"
        "|배포일자|보도일자?|보도일시|날짜|기사입력|최초\\s?입력|입력|승인|공개일|일자|올린\\s?날짜|송고\\s?시간|송고"
        "|등록\\s?시간|게재\\s?시간"
    ),
    FieldKind.CHANGED: (
        "updated(?: on| at)?|last updated(?: on)?|last update|last modified|modified|date modified|최종\\s?수정일?"
        "|최종\\s?업데이트|기사수정|수정일자?|수정"
    ),
    FieldKind.COUNT: (
        "hits?|views?|view count|reads?|read count|count|visits?|no\\.?|number|조회\\s?수?|조회|읽음|댓글|추천|좋아요"
        "|번호|comments?|likes?|shares?"
    ),
    FieldKind.TITLE: "title|subject|headline|제목",
    FieldKind.URL: "url|permalink|link|short url|단축\\s?url|기사\\s?주소|주소|링크",
    FieldKind.OTHER: (
        "category|editor|edited by|file|files|attachments?|attached files?|attach|tags?|section|contact|tel|phone|fax"
        "|e-?mail|분류|구분|카테고리|첨부\\s?파일|첨부|파일|전화번호?|연락처|문의처?|담당자|이메일|메일|키워드|저작권"
        "|라이선스"
    ),
}
_ANY_LABEL = "|".join(_LABELS.values())
_FIELD = re.compile(
    r"(?:"
    + "|".join(f"(?P<{kind.name}>{labels})" for kind, labels in _LABELS.items())
    + r")(?P<mark>\s*[:：|]\s*|\s+|(?=\d)|$)(?P<value>.*)",
    re.IGNORECASE,
)
_KOREAN_LABELS = "작성자|글쓴이|등록자|등록일|작성일|게시일|조회수?|담당부서|부서|수정|첨부파일|최종수정일?|입력|승인"
_BETWEEN_FIELDS = re.compile(
    r"\s*[|│ㅣ]\s*|\t+|\s{2,}|\s+[·•/]\s+"
    rf"|,?\s+(?=(?:{_ANY_LABEL})\s?[:：])|\s+(?=(?:{_KOREAN_LABELS})\s)|\s+(?=(?:Hits?|Views?|Date|Writer)\s?\d)",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(
    r"(?:[\s.,()|/·~-]|at|on|\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?|\d{1,2}시(?:\s?\d{1,2}분)?|[ap]\.?m\.?|오전|오후|(?:GMT"
    r"|UTC|KST|[ECMP][SD]?T|BST|CES?T|JST|IST)\b(?:\s?[+-]\d{1,2}(?::\d\d)?)?|T(?=\d)|Z|[+-]\d\d:?\d\d"
    r"|[월화수목금토일]요일|[월화수목금토일](?=\))"
    r"|송고|등록|입력|게재|updated|[\d,]+ (?:min(?:ute)?|hour|day|week|month|year)s? (?:ago|read)|reading time:?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?)*",
    re.IGNORECASE,
)
_BULLETS = " \u00a0•·∙*-–—○●■□▪◦ㆍ|"
_USER_ID = re.compile(r"(?=.*[a-z\d])[a-z\d][\w.*@-]{1,30}")


def fields_of(words: str) -> tuple[Field, ...]:
    """The fields of the line `words`; none unless the whole line is an imprint."""
    if len(words) > 240:
        return ()
    fields: list[Field] = []
    for part in _parts(words):
        found = _fields_of_part(part)
        if not found and fields and (is_institution(part) or is_person(part)):
            found = (Field(FieldKind.WRITER, part, labelled=False),)
        if not found and not is_furniture(part):
            return ()
        fields += found
    return tuple(fields)


def _parts(words: str) -> list[str]:
    """The line cut between its fields, each label still with its value."""
    parts: list[str] = []
    for part in filter(None, (part.strip(_BULLETS) for part in _BETWEEN_FIELDS.split(words.strip(_BULLETS)))):
        if parts and label_of(parts[-1]):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return parts


def label_of(words: str) -> FieldKind | None:
    """The kind of field that `words` are the bare label of ("작성자", "Date:")."""
    match = _FIELD.fullmatch(words.strip(_BULLETS))
    return _kind_of(match) if match and not match["value"] else None


def valued(kind: FieldKind, words: str) -> Field | None:
    """The field that the line `words` make under a label of `kind` on the line above."""
    value = words.strip(_BULLETS)
    if kind is FieldKind.OTHER:
        return Field(kind, value) if is_furniture(value) else None
    return _typed(kind, value, is_marked=kind is FieldKind.TITLE)


def _fields_of_part(part: str) -> tuple[Field, ...]:
    match = _FIELD.fullmatch(part)
    if match and match["value"]:
        kind, is_marked = _kind_of(match), bool(match["mark"].strip())
        field = _typed(kind, match["value"].strip(), is_marked=is_marked)
        if field and kind in {FieldKind.DATE, FieldKind.CHANGED}:
            return (field, *_after_date(field.value))
        if field:
            return (field,)
    if author := byline_author(part):
        return (Field(FieldKind.WRITER, author, labelled=False),)
    return _dated(part)


def _kind_of(match: re.Match[str]) -> FieldKind:
    return next(kind for kind in FieldKind if match[kind.name])


def _typed(kind: FieldKind, value: str, *, is_marked: bool) -> Field | None:
    """The field, if its value is of the sort that its label asks for; a label without a colon asks more strictly."""
    number_of_words = len(value.split())
    fits = {
        FieldKind.DATE: _starts_with_date(value),
        FieldKind.CHANGED: _starts_with_date(value),
        FieldKind.COUNT: re.fullmatch(r"[\d,.]+\s?(?:회|건|명|개|k|m)?", value, re.IGNORECASE) is not None,
        FieldKind.WRITER: number_of_words <= (8 if is_marked else 5)
        and (is_marked or is_name(value))
        and not value.endswith("."),
        FieldKind.PUBLISHER: number_of_words <= 12
        and (is_institution(value) or (is_marked and number_of_words <= 6))
        and not value.endswith("."),
        FieldKind.TITLE: is_marked and not value.endswith("."),
        FieldKind.URL: re.fullmatch(r"https?://\S+", value) is not None,
        FieldKind.OTHER: is_marked and number_of_words <= 12,
    }[kind]
    return Field(kind, value) if fits else None


def is_name(value: str) -> bool:
    """Whether `value` can be what a board calls a writer: a person, an institution, a user's id."""
    return (
        is_person(value)
        or is_institution(value)
        or bool(_USER_ID.fullmatch(value))
        or value in {"관리자", "운영자", "Admin", "Administrator"}
    )


def _starts_with_date(value: str) -> bool:
    spans = dates_in(value)
    if not spans:
        return False
    lead = _AFTER_DATE.match(value)
    after = value[spans[0].end :]
    rest = after[len(match.group()) :] if (match := _AFTER_DATE.match(after)) else after
    return spans[0].start <= (lead.end() if lead else 0) and (len(rest.split()) <= 8 and not rest.endswith("."))


def _after_date(value: str) -> tuple[Field, ...]:
    """A by-line that follows the date in its field: "March 3, 2023 by Jane Doe"."""
    rest = value[dates_in(value)[0].end :]
    at = re.search(r"\bby\s", rest, re.IGNORECASE)
    author = byline_author(rest[at.start() :]) if at else None
    return (Field(FieldKind.WRITER, author, labelled=False),) if author else ()


def _dated(part: str) -> tuple[Field, ...]:
    """The date that stands alone, or beside a by-line; what else is said makes it no imprint."""
    spans = dates_in(part)
    if len(spans) != 1:
        return ()
    before, after = part[: spans[0].start].strip(" ,-–—()·"), part[spans[0].end :]
    match = _AFTER_DATE.match(after)
    after = after[match.end() :].strip(" ,-–—()·") if match else after
    date = Field(FieldKind.DATE, part[spans[0].start :], labelled=False)
    fields = [date]
    for rest in (before, after):
        if not rest or _AFTER_DATE.fullmatch(rest):
            continue
        author = byline_author(rest)
        if not author and not (is_person(rest) and rest == before):
            return ()
        fields.append(Field(FieldKind.WRITER, author or rest, labelled=False))
    return tuple(fields)
