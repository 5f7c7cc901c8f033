from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import reading
from retrieval.errors import ReadingError
from retrieval.reading import ENDINGS, is_readable, kinds, read
from retrieval.reading.signatures import Format, format_of
from retrieval.records import Block, BlockKind, Document, Metadata

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _zip(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", Format.PDF),
        (b"\xef\xbb\xbf  <!DOCTYPE HTML><p>One", Format.HTML),
        (b"<?xml version='1.0'?><!-- made by hand --><html lang='ko'>", Format.HTML),
        ("<html><p>하나".encode("utf-16"), Format.HTML),
        (b"{\\rtf1\\ansi One}", Format.RTF),
        (b"<?xml version='1.0'?><HWPML Version='2.8'>", Format.HWPML),
        (b"HWP Document File V3.00 \x1a\x01", Format.HWP),
        (OLE + b"HWP Document File", Format.HWP),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), Format.LOCKED_OFFICE),
        (OLE + "WordDocument\0".encode("utf-16-le"), Format.OLD_WORD),
        (OLE + "Workbook\0".encode("utf-16-le"), Format.EXCEL),
        (OLE + "PowerPoint Document\0".encode("utf-16-le"), Format.POWERPOINT),
        (OLE, Format.OTHER_OLE),
        (_zip(("mimetype", b"application/epub+zip")), Format.EPUB),
        (_zip(("META-INF/container.xml", b"")), Format.EPUB),
        (_zip(("mimetype", b"application/vnd.oasis.opendocument.text")), Format.ODT),
        (_zip(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), Format.EXCEL),
        (_zip(("mimetype", b"application/hwp+zip")), Format.HWPX),
        (_zip(("META-INF/container.xml", b""), ("Contents/section0.xml", b"")), Format.HWPX),
        (_zip(("[Content_Types].xml", b""), ("word/document.xml", b"")), Format.DOCX),
        (_zip(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")), Format.EXCEL),
        (_zip(("photo.jpg", b"")), Format.OTHER_ZIP),
        (b"PK\x03\x04 cut short", Format.OTHER_ZIP),
        (b"Prose that speaks of <html> and of %PDF-1.7.", None),
        (b"", None),
    ],
)
def test_content_shows_its_format(content: bytes, expected: Format | None) -> None:
    assert format_of(content) is expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jpg", b"\xff\xd8", "a.jpg: is not a kind of file that is read. Read are "),
        (
            "a.doc",
            OLE + "WordDocument\0".encode("utf-16-le"),
            "a.doc: is a Word document of before 2007 (.doc), which is not read. Save it as .docx.",
        ),
        (
            "a.doc",
            OLE + "EncryptedPackage\0".encode("utf-16-le"),
            "a.doc: is an office document under a password, which is not read. Save it without a password.",
        ),
        (
            "a.hwp",
            b"<DRMONE  This Document is encrypted",
            "a.hwp: is a document under a company's protection (DRM), which is not read. Save it without",
        ),
        ("a.rtf", b"{\\rtf1 One}", "a.rtf: is an RTF document, which is not read. Save it as .docx."),
        (
            "a.txt",
            _zip(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")),
            "a.txt: is a presentation, which is not read. Save it as .pdf.",
        ),
        ("a.xls", b"\0\1", "a.xls: is not a kind of file that is read. Read are "),
        ("a.md", b"", "a.md: is empty. Put text into it or delete it."),
    ],
)
def test_a_file_without_a_reader_is_refused_with_what_to_do(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        read(content, name)
    assert str(refusal.value).startswith(message)


def test_pictures_are_not_opened_and_old_formats_are() -> None:
    assert not any(is_readable(name) for name in ("a.jpg", "a.json", "a", "a.txt.gz"))
    assert all(is_readable(name) for name in ("a.TXT", "b/a.md", "a.doc", *(f"a{ending}" for ending in ENDINGS)))
    assert ".doc" not in ENDINGS


PAGE = b"<!DOCTYPE html><p>One."
DOCX = _zip(("[Content_Types].xml", b""), ("word/document.xml", b""))
EPUB = _zip(("mimetype", b"application/epub+zip"))
ODT = _zip(("mimetype", b"application/vnd.oasis.opendocument.text"))
HWPX = _zip(("mimetype", b"application/hwp+zip"), ("Contents/section0.xml", b""))


@pytest.mark.parametrize(
    ("content", "name", "room"),
    [
        (b"One.", "a.txt", "web_text"),
        (b"One.", "a.md", "markdown"),
        (b"One.", "a.docx", "web_text"),
        (b"One.", "a.hwp", "web_text"),
        (b"One.", "a.html", "web_text"),
        (b"<p>One.", "a.html", "web_page"),
        (PAGE, "a.xhtml", "web_page"),
        (PAGE, "a.txt", "web_page"),
        (PAGE, "a.docx", "web_page"),
        (PAGE, "a.doc", "web_page"),
        (PAGE, "a.hwp", "web_page"),
        (b"Prose that speaks of <html>.", "a.txt", "web_text"),
        (DOCX, "a.html", "docx"),
        (DOCX, "a.docx", "docx"),
        (DOCX, "a.doc", "docx"),
        (DOCX, "a.txt", "docx"),
        (DOCX, "a.hwp", "docx"),
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"%PDF-1.7", "a.hwp", "pdf"),
        (b"junk \0 %PDF-1.7", "a.pdf", "pdf"),
        (b"One.", "a.pdf", "web_text"),
        (PAGE, "a.pdf", "web_page"),
        (EPUB, "a.docx", "epub"),
        (ODT, "a.docx", "odt"),
        (HWPX, "a.hwp", "hwpx"),
        (HWPX, "a.docx", "hwpx"),
        (OLE + b"HWP Document File", "a.hwpx", "hwp"),
        (OLE, "a.hwp", "hwp"),
        (_zip(("photo.jpg", b"")), "a.docx", "docx"),
        (b"PK\x03\x04 cut short", "a.hwpx", "hwpx"),
    ],
)
def test_content_chooses_the_reader_where_the_ending_lies(content: bytes, name: str, room: str) -> None:
    assert kinds.kind_of(content, name).room == room


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"\0\1\2\3", "a.docx", "a.docx: is no Word document: it does not begin as one. Copy it anew"),
        (_zip(("photo.jpg", b"")), "a.txt", "a.txt: is a zip archive, which is not read. Read are "),
        (OLE, "a.doc", "a.doc: is a compound file of no known kind, which is not read. Read are "),
    ],
)
def test_what_no_reader_takes_is_refused(content: bytes, name: str, message: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        kinds.kind_of(content, name)
    assert str(refusal.value).startswith(message)


def test_text_under_an_old_formats_name_is_read() -> None:
    assert read(b"The harbour will open.", "a.doc").text == "The harbour will open."


def test_every_row_of_the_table_names_a_reader() -> None:
    assert all(callable(kind.reader()) for kind in kinds.KINDS)
    assert len(ENDINGS) == len(set(ENDINGS)) == sum(len(kind.endings) for kind in kinds.KINDS)


def test_the_readme_names_every_kind() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    assert [kind for kind in kinds.KINDS if not any(f"`{ending}`" in readme for ending in kind.endings)] == []


def test_reading_text_loads_no_library_of_another_kind() -> None:
    program = (
        "import sys; from retrieval.reading import read; read('하나. One.'.encode('cp949'), 'a.txt');"
        "print({'lxml', 'trafilatura', 'pypdfium2', 'defusedxml', 'olefile', 'markdown_it'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"


def _read_by(monkeypatch: pytest.MonkeyPatch, reader: Callable[[bytes, str], Document]) -> None:
    kind = replace(kinds.TEXT, is_text=False)
    monkeypatch.setattr(kinds.Kind, "reader", lambda _: reader)
    monkeypatch.setattr(reading, "kind_of", lambda _content, _name: kind)


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (KeyError("row"), "a.txt: made its reader fail (KeyError). Open it, save it anew"),
        (RecursionError(), "a.txt: is nested too deeply to be read. "),
        (MemoryError(), "a.txt: takes more memory to read than there is. Split it."),
        (ReadingError("is torn.", where="a.txt"), "a.txt: is torn."),
    ],
)
def test_whatever_a_reader_raises_is_a_reading_error(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, message: str
) -> None:
    def fail(_content: bytes, _name: str) -> Document:
        raise failure

    _read_by(monkeypatch, fail)
    with pytest.raises(ReadingError) as refusal:
        read(b"One.", "a.txt")
    assert str(refusal.value).startswith(message)
    assert failure in (refusal.value, refusal.value.__cause__)


@pytest.mark.parametrize("spans", [((0, 3), (2, 6)), ((3, 4),), ((0, 99),), ((2, 2),)])
def test_a_document_whose_blocks_are_wrong_is_never_handed_on(
    monkeypatch: pytest.MonkeyPatch, spans: tuple[tuple[int, int], ...]
) -> None:
    blocks = tuple(Block(start, end, BlockKind.PARAGRAPH) for start, end in spans)
    _read_by(monkeypatch, lambda _content, name: Document(name, "One two", blocks, Metadata()))
    with pytest.raises(ReadingError, match="was read wrongly"):
        read(b"One.", "a.txt")


BEGINNINGS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    OLE + b"HWP Document File",
    b"<html>",
    b"\xff\xfe",
    b"{\\rtf1",
    DOCX,
    ODT,
    EPUB,
]


@settings(deadline=None)
@given(st.sampled_from(ENDINGS), st.sampled_from(BEGINNINGS), st.binary(max_size=80))
def test_any_bytes_under_any_name_are_a_document_or_a_reading_error(ending: str, start: bytes, rest: bytes) -> None:
    what = ""
    try:
        read(start + rest, f"a{ending}")
    except ReadingError as error:
        what = error.what
    assert "made its reader fail" not in what
