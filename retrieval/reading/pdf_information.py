"""What a PDF file says of itself beside its pages: title, author, day of making, language, headings."""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from pypdfium2 import PdfDocument, raw

_MOST_HEADINGS = 5_000
_LONGEST = 300
_LONGEST_LANGUAGE = 64
_CREATED = re.compile(r"(?:D:)?\s?((?:19|20)\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class Information:
    """A file's own words on itself, empty or None where it has none; `headings` are its bookmarks, in order."""

    title: str = ""
    author: str = ""
    created: dt.date | None = None
    language: str | None = None
    headings: tuple[str, ...] = ()


def information_of(pdf: PdfDocument) -> Information:
    """The information of `pdf`."""
    return Information(
        title=_said(lambda: pdf.get_metadata_value("Title")),
        author=_said(lambda: pdf.get_metadata_value("Author")),
        created=_created(_said(lambda: pdf.get_metadata_value("CreationDate"))),
        language=_language(pdf),
        headings=tuple(_headings(pdf)),
    )


def _said(ask: Callable[[], str]) -> str:
    """What the file answers on one line; nothing where its answer is no text."""
    try:
        words = ask()
    except UnicodeDecodeError:  # half a character of UTF-16
        return ""
    return " ".join(words.replace("\0", "").split())[:_LONGEST]


def _created(stamp: str) -> dt.date | None:
    match = _CREATED.match(stamp)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:  # a month or a day that no calendar has: no date
        return None


def _language(pdf: PdfDocument) -> str | None:
    """The language of the file as a whole: "ko" for "ko-KR"."""
    buffer = (ctypes.c_ushort * _LONGEST_LANGUAGE)()
    bytes_used = raw.FPDFCatalog_GetLanguage(pdf.raw, buffer, ctypes.sizeof(buffer))
    if not 2 < bytes_used <= ctypes.sizeof(buffer):
        return None
    tag = bytes(buffer)[: bytes_used - 2].decode("utf-16-le", "replace")
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", tag)
    return match[1].lower() if match else None


def _headings(pdf: PdfDocument) -> Iterator[str]:
    for bookmark in islice(pdf.get_toc(), _MOST_HEADINGS):
        if title := _said(bookmark.get_title):
            yield title
