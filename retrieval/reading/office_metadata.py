"""What a citation says of an office document, from its text and from its properties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.dates import first_date
from retrieval.reading.assembly import Piece, assembled
from retrieval.reading.captions import ends_sentence
from retrieval.reading.imprint import fields_of
from retrieval.reading.office_headings import LookedPiece, with_headings
from retrieval.reading.page import Part, Role
from retrieval.reading.page_metadata import page_metadata
from retrieval.reading.titles import title_index
from retrieval.reading.wrapping import is_item
from retrieval.reading.writers import is_institution, is_person
from retrieval.records import BlockKind, Document, Metadata

_HEAD = 10
_LONGEST_DATE_LINE = 80
_LONGEST_TITLE = 150
_TELLING_TITLE = 12
_LONGEST_PROPERTY = 300
_FIRST_YEAR = 1985
_PYTHON_DOCX_TEMPLATE = dt.datetime(2013, 12, 23, 23, 15)  # noqa: DTZ001 - read without a zone
"""When the template was made that python-docx begins every document with; it says nothing of the document."""
_LABEL = re.compile(r"(?:date|to|from|cc|fax|tel|phone|일시|날짜|수신|발신|참조)\s?[:：]", re.IGNORECASE)
_USERS = frozenset(
    {"windows user", "microsoft office user", "office user", "test user", "user name", "registered user"}
)
_MAKERS = re.compile(
    r"(?:microsoft|hewlett|hp|dell|lenovo|toshiba|acer|asus|sony|samsung|lg|apple|packard|gateway)\b.*", re.IGNORECASE
)
"""Whose names stand as the firm's in the properties of what is written on their computers."""
_NO_TITLE = re.compile(
    r"(?:microsoft|ms) word\b.*|(?:new |word |microsoft )*document\s?\d*|(?:un)?titled?(?:\s?\d+|\s.{0,12})?"
    r"|template|normal|no title|powerpoint.*|slide \d+|unbenannt.*|제목\s?없음|무제|(?:새 |빈 )?문서\s?\d*"
    r"|새 microsoft .*|.*\.(?:docx?|dot[xm]?|odt|hwpx?|rtf|pdf|indd|txt)|[\W\d_]*|\S{1,2}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file's own properties say; empty where they say nothing."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    created: str = ""
    modified: str = ""


def described(
    name: str, pieces: Sequence[Piece], properties: Properties, *, title: str = "", authors: Sequence[str] = ()
) -> Document:
    """The Document that `pieces` make, with its metadata; `title` and `authors` are what paragraph styles mark as such.

    What the text says of itself goes before the properties, which are often those of the template or of an older
    document that somebody wrote over.
    """
    pieces = with_headings([piece for piece in pieces if piece.words.strip()])
    head = [piece for piece in pieces if piece.kind is not BlockKind.FURNITURE][:_HEAD]
    page = _page(head)
    title = _one_line(title) or page.title or _title(head, _one_line(properties.title))
    pieces = [_with_title_as_heading(piece, title) for piece in pieces]
    known = Metadata(
        title=title or None,
        publisher=page.publisher or _institution(properties.publisher),
        date=page.date or _date_in_head(head) or _date_of(properties),
        url=page.url,
    )
    document = assembled(name, pieces, known)
    author = document.metadata.author or page.author or _people(authors) or _people(properties.author.split(";"))
    return replace(document, metadata=replace(document.metadata, author=author or None))


def _page(head: Sequence[Piece]) -> Metadata:
    """What the labelled lines at the top say, as in "Date: 3 May 2021" or "담당부서 | 기획과"."""
    parts = []
    for piece in head:
        fields = fields_of(" ".join(piece.words.split()))
        parts.append(Part(0, len(piece.words), piece.words, Role.IMPRINT if fields else Role.TEXT, 1, fields=fields))
    return page_metadata(parts, (), len(parts), None)


def _title(head: Sequence[Piece], named: str) -> str:
    """The title, by the surest sign there is; `named` is the property.

    A property that the top of the text repeats; a heading at the top; a first line that reads as a title; only then a
    property by itself, for many are the template's or an older document's; a short line or a heading near the top.
    """
    named = "" if _NO_TITLE.fullmatch(named) or len(named) > _LONGEST_PROPERTY else named
    above = " ".join(_one_line(piece.words) for piece in head).casefold()
    if named and named.casefold() in above:
        return named
    marked = [piece for piece in head if piece.kind is BlockKind.HEADING and not isinstance(piece, LookedPiece)]
    headings = [piece for piece in marked if _names_something(piece.words)]
    at_top = next((_one_line(piece.words) for piece in headings if piece in head[:2]), "")
    first_line = _first_line(head)
    is_first = bool(head) and first_line == _one_line(head[0].words) and len(first_line) >= _TELLING_TITLE
    return (
        at_top
        or (first_line if is_first else "")
        or named
        or first_line
        or next((_one_line(piece.words) for piece in headings), "")
    )


def _first_line(head: Sequence[Piece]) -> str:
    """The first line above all prose that reads as a title, without any style that says so."""
    for piece in head[: _HEAD // 2]:
        words = _one_line(piece.words)
        if ends_sentence(words) and not fields_of(words) and not first_date(words):
            return ""
        is_line = isinstance(piece, LookedPiece) and piece.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        if is_line and len(words) <= _LONGEST_TITLE and _can_be_title(words):
            return words
    return ""


def _can_be_title(words: str) -> bool:
    """Whether a line without any style reads as a title."""
    if not _names_something(words) or ends_sentence(words) or fields_of(words):
        return False
    if len(words) < _LONGEST_DATE_LINE // 2 and first_date(words):
        return False
    return title_index([Part(0, len(words), words, Role.TEXT, 1)], is_page=False) == 0


def _names_something(words: str) -> bool:
    """Whether `words` are more than a number, an item of a list or the label of a form's field."""
    return not (_NO_TITLE.fullmatch(words) or is_item(words) or _LABEL.match(words) or words.rstrip().endswith(":"))


def _with_title_as_heading(piece: Piece, title: str) -> Piece:
    is_title = piece.kind is BlockKind.PARAGRAPH and title and _one_line(piece.words) == title
    return replace(piece, words=title, kind=BlockKind.HEADING) if is_title else piece


def _date_in_head(head: Sequence[Piece]) -> dt.date | None:
    """The date that stands in a short line at the top, as under a title or beside a place."""
    lines = (_one_line(piece.words) for piece in head)
    short = (line for line in lines if len(line) <= _LONGEST_DATE_LINE and not ends_sentence(line))
    return next((date for line in short if (date := first_date(line))), None)


def _date_of(properties: Properties) -> dt.date | None:
    """When the document was begun.

    Not when it was saved last: converting or opening an old document changes that day, and a citation that says 2023
    of a speech of 2015 misleads. A document begun from a template is as old as its first saving.
    """
    for said in (properties.created, properties.modified):
        try:
            moment = dt.datetime.fromisoformat(said[:19])
        except ValueError:  # no date at all, as some programs write
            continue
        if moment.replace(tzinfo=None) != _PYTHON_DOCX_TEMPLATE and moment.year >= _FIRST_YEAR:
            return moment.date()
    return None


def _people(named: Sequence[str]) -> str:
    """Those among the authors that a file names who are people; a computer's user or a firm wrote nothing."""
    names = [_one_line(name) for name in named if len(name) <= _LONGEST_TITLE]
    return ", ".join(name for name in names if is_person(name) and name.lower() not in _USERS)


def _institution(said: str) -> str | None:
    said = _one_line(said)
    return said if len(said) <= _LONGEST_TITLE and is_institution(said) and not _MAKERS.match(said) else None


def _one_line(words: str) -> str:
    return " ".join(words.split())
