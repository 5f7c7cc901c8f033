"""The kinds of file that are read, each with its reader, and the choice among them for one file."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from retrieval.errors import ReadingError
from retrieval.reading.decoding import decoded
from retrieval.reading.signatures import Format, format_of, has_tags, holds_pdf, is_texty
from retrieval.records import Document

Reader = Callable[[bytes, str], Document]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how names of such files end, and where its reader is, loaded when the first of them is met.

    The reader takes a file's bytes and its path below the folder; with `is_text`, its decoded text and its path.
    """

    name: str
    endings: tuple[str, ...]
    room: str
    function: str
    format: Format | None = None
    is_text: bool = False

    def reader(self) -> Reader:
        """The reader of this kind."""
        function = getattr(importlib.import_module(f"retrieval.reading.{self.room}"), self.function)
        if not self.is_text:
            return cast("Reader", function)
        return lambda content, name: cast("Document", function(decoded(content, name), name))


TEXT = Kind("plain text", (".txt",), "web_text", "read_web_text", is_text=True)
MARKDOWN = Kind("Markdown", (".md", ".markdown"), "markdown", "read_markdown", is_text=True)
KINDS = (
    TEXT,
    MARKDOWN,
    Kind("web page", (".html", ".htm", ".xhtml"), "web_page", "read_html", Format.HTML),
    Kind("PDF", (".pdf",), "pdf", "read_pdf", Format.PDF),
    Kind("Word document", (".docx",), "docx", "read_docx", Format.DOCX),
    Kind("OpenDocument text", (".odt",), "odt", "read_odt", Format.ODT),
    Kind("e-book", (".epub",), "epub", "read_epub", Format.EPUB),
    Kind("Hangul document", (".hwp",), "hwp", "read_hwp", Format.HWP),
    Kind("Hangul document", (".hwpx",), "hwpx", "read_hwpx", Format.HWPX),
)

_BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
_BY_FORMAT = {kind.format: kind for kind in KINDS if kind.format}
_UNREAD_ENDINGS = frozenset({".doc", ".dot", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".hml", ".hwt"})
"""Their files are opened all the same: some are of a kind that is read, the others are refused with what to do."""
_SAVE_AS = {
    Format.LOCKED_OFFICE: "Save it without a password.",
    Format.PROTECTED: "Save it without the protection.",
    Format.OLD_WORD: "Save it as .docx.",
    Format.RTF: "Save it as .docx.",
    Format.HWPML: "Save it as .hwpx.",
    Format.EXCEL: "Save what should be quoted as .docx or .pdf.",
    Format.POWERPOINT: "Save it as .pdf.",
}

ENDINGS = tuple(_BY_ENDING)
"""How the names of files end that can be read."""


def is_readable(name: str) -> bool:
    """Whether a file so named is worth opening: there is a reader for it, or at least advice."""
    ending = PurePosixPath(name).suffix.lower()
    return ending in _BY_ENDING or ending in _UNREAD_ENDINGS


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of the file `name` with `content`: the content decides where it disagrees with the name's ending.

    Raises ReadingError where there is no reader for it.
    """
    if not is_readable(name):
        raise ReadingError("is not a kind of file that is read.", where=name, remedy=f"Read are {', '.join(ENDINGS)}.")
    named = _BY_ENDING.get(PurePosixPath(name).suffix.lower())
    shown = format_of(content)
    if shown is None:
        return _kind_without_mark(content, name, named)
    if shown in {Format.OTHER_ZIP, Format.OTHER_OLE} and named and named.format:
        return named  # damaged, as it seems: its own reader says how
    if kind := _BY_FORMAT.get(shown):
        return kind
    remedy = _SAVE_AS.get(shown, f"Read are {', '.join(ENDINGS)}.")
    raise ReadingError(f"is {_with_article(shown)}, which is not read.", where=name, remedy=remedy)


def _kind_without_mark(content: bytes, name: str, named: Kind | None) -> Kind:
    """What bytes without any mark are: text under whatever name, unless they cannot be."""
    if named and (named.is_text or (named.format is Format.PDF and holds_pdf(content))):
        return named
    if named and named.format is Format.HTML:
        return named if has_tags(content) else TEXT
    if is_texty(content):
        return TEXT
    what = f"is no {named.name}: it does not begin as one." if named else "is not a kind of file that is read."
    remedy = "Copy it anew from where it came." if named else f"Read are {', '.join(ENDINGS)}."
    raise ReadingError(what, where=name, remedy=remedy)


def _with_article(words: str) -> str:
    return f"{'an' if words[0] in 'aeioRO' else 'a'} {words}"
