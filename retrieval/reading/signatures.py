"""What kind of file some bytes are, by the marks that they carry, whatever their name says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from retrieval.errors import ReadingError


class Format(StrEnum):
    """A kind of file that its own bytes give away; the value is what people call it."""

    HTML = "web page"
    PDF = "PDF"
    DOCX = "Word document (.docx)"
    ODT = "OpenDocument text (.odt)"
    HWP = "Hangul document (.hwp)"
    HWPX = "Hangul document (.hwpx)"
    EPUB = "e-book (.epub)"
    LOCKED_OFFICE = "office document under a password"
    OLD_WORD = "Word document of before 2007 (.doc)"
    EXCEL = "spreadsheet"
    POWERPOINT = "presentation"
    RTF = "RTF document"
    PROTECTED = "document under a company's protection (DRM)"
    HWPML = "Hangul document as one XML file (.hml)"
    OTHER_ZIP = "zip archive"
    OTHER_OLE = "compound file of no known kind"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HWP = b"HWP Document File"
"""Opens a file of HWP 3; in the compound file that HWP 5 is, it opens the stream FileHeader."""
_PROTECTIONS = (b"<DRMONE", b"SCDSA00", b"<## NASCA DRM FILE", b"<!-- FasooSecureContainer")
"""How files begin that the protections of Fasoo, SoftCamp and NASCA, common in Korean offices, have enciphered."""
_HEAD = 2048
_PDF_WITHIN = 1024
"""Readers of PDF accept other bytes before the mark, up to so many (PDF Reference 1.7, appendix H, note 13)."""
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MIMETYPES = {
    b"application/epub+zip": Format.EPUB,
    b"application/vnd.oasis.opendocument.text": Format.ODT,
    b"application/hwp+zip": Format.HWPX,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.EXCEL,
    b"application/vnd.oasis.opendocument.presentation": Format.POWERPOINT,
}
_LONGEST_MIMETYPE = 100
_OLE_STREAMS = {
    "EncryptedPackage": Format.LOCKED_OFFICE,
    "WordDocument": Format.OLD_WORD,
    "PowerPoint Document": Format.POWERPOINT,
    "Workbook": Format.EXCEL,
    "Book": Format.EXCEL,
}


def format_of(content: bytes) -> Format | None:
    """The format that `content` shows; None where it carries no mark, as plain text does."""
    if content.startswith(_OLE):
        return _ole_format(content)
    if content.startswith(_ZIP):
        return _zip_format(content)
    if content.startswith(_HWP):
        return Format.HWP
    if content.startswith(_PROTECTIONS):
        return Format.PROTECTED
    head = content[:_HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    head = head.removeprefix(b"\xfe\xff").lstrip()
    if head.startswith(b"%PDF-"):
        return Format.PDF
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    return _markup_format(head)


def holds_pdf(content: bytes) -> bool:
    """Whether a PDF begins near the top of `content`, perhaps behind bytes that are none of its own."""
    return b"%PDF-" in content[: _PDF_WITHIN + len(b"%PDF-")]


def has_tags(content: bytes) -> bool:
    """Whether `content` has anything that could be a tag of HTML, in an encoding of one byte or two."""
    return re.search(rb"<\0?[A-Za-z!/]", content) is not None


def is_texty(content: bytes) -> bool:
    """Whether the top of `content` could be text: nothing in it that no one types."""
    return re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", content[:_HEAD]) is None


def _markup_format(head: bytes) -> Format | None:
    """A web page opens with its doctype or root; prose that merely speaks of one does not."""
    while opening := re.match(rb"\s*(?:<\?[^>]*>|<!--.*?-->)", head, re.DOTALL):
        head = head[opening.end() :]
    head = head.lstrip()
    if _PAGE.match(head):
        return Format.HTML
    return Format.HWPML if re.match(rb"<HWPML[\s>]", head) else None


def _ole_format(content: bytes) -> Format:
    """By the names of streams, which a compound file's directory has in UTF-16, damaged or not.

    HWP comes first, for a Hangul document may hold a spreadsheet.
    """
    if _HWP in content:
        return Format.HWP
    named = (kind for name, kind in _OLE_STREAMS.items() if f"{name}\0".encode("utf-16-le") in content)
    return next(named, Format.OTHER_OLE)


def _zip_format(content: bytes) -> Format:
    from retrieval.reading.archive import opened  # noqa: PLC0415 - brings an XML parser, which a folder of text spares

    try:
        archive = opened(content, "")
        mimetype = archive.member("mimetype")[:_LONGEST_MIMETYPE] if "mimetype" in archive else b""
    except ReadingError:  # damaged, locked or a bomb: its own reader will say so
        return Format.OTHER_ZIP
    return _MIMETYPES.get(mimetype.strip()) or _zip_format_by_members(archive.names)


def _zip_format_by_members(names: Iterable[str]) -> Format:
    names = frozenset(names)
    folders = {name.split("/", 1)[0] for name in names if "/" in name}
    if "Contents/section0.xml" in names or "Contents/content.hpf" in names:
        return Format.HWPX
    if "[Content_Types].xml" in names:
        parts = {"word": Format.DOCX, "xl": Format.EXCEL, "ppt": Format.POWERPOINT}
        return next((kind for folder, kind in parts.items() if folder in folders), Format.OTHER_ZIP)
    if "META-INF/container.xml" in names:
        return Format.EPUB
    return Format.ODT if {"content.xml", "META-INF/manifest.xml"} <= names else Format.OTHER_ZIP
