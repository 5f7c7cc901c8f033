"""A knowledge folder of every kind of file, English and Korean, with everything in it that goes wrong in real ones.

`PYTHONPATH=. python tests/folder_fixture.py DIR` makes it in DIR; EXPECTED says what must come of each file.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import open_texts
from books import CONTAINER, book, nav, page
from hangul_files import hwp_file, hwpx_file
from plain_pdf import pdf_file
from word_files import p, paragraph, row, table, word_file
from zip_files import zipped

from retrieval.reading.hangul import Note, Paragraph

_HUGE_BYTES = 500 * 1024 * 1024
_NFD = unicodedata.normalize("NFD", "letters/서한.txt")


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of one file: a document that can be quoted, or the reason why there is none."""

    path: str
    title: str | None = None
    sentence: str = ""
    pages: int | None = None
    author: str | None = None
    date: dt.date | None = None
    reason: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether the file becomes a document."""
        return not self.reason


EXPECTED = (
    Expected(
        "notes/harbour.txt",
        "The harbour of Port Ellery",
        "Ann Lee said that the harbour would open on the first of May.",
    ),
    Expected("notes/항구.txt", "엘러리항 개항 안내", "항만청은 5월 1일에 항구를 다시 연다고 밝혔다."),
    Expected(
        "notes/minutes.md",
        "Minutes of the pilots",
        "The pilots agreed to sound the fairway every week.",
        author="Bo Ek",
    ),
    Expected(_NFD, "등대지기의 서한", "등대의 불은 저녁 여섯 시에 켜진다."),
    Expected(
        "pages/storm.html",
        "Storm closes Port Ellery",
        "The storm closed the harbour for three days, the harbour master said on Tuesday.",
        author="Cara Holm",
        date=dt.date(2021, 3, 4),
    ),
    Expected(
        "pages/보도자료.html", "폭풍으로 엘러리항 폐쇄", "항만청장은 폭풍이 지나갈 때까지 항구를 닫겠다고 말했다."
    ),
    Expected(
        "pages/saved-as.txt", "Tide tables for May", "The highest tide of the month comes on the ninth of May at noon."
    ),
    Expected(
        "reports/annual.pdf",
        "Annual report of the harbour",
        "In the third year 412 ships entered the harbour.",
        pages=3,
    ),
    Expected("reports/연차보고서.pdf", "연차 보고서", "지난해 엘러리항에는 배 412척이 들어왔다.", pages=2),
    Expected(
        "office/ferry.docx",
        "The ferry between the islands",
        "Dina Marsh argued that the ferry should run in winter too.",
        author="Dina Marsh",
        date=dt.date(2022, 6, 7),
    ),
    Expected("office/회의록.docx", "항만위원회 회의록", "위원회는 겨울에도 배를 띄우기로 했다."),
    Expected("office/really-word.doc", "Rules for the pier", "Nobody may fish from the pier after dark."),
    Expected("office/lamp.odt", "The lamp on the rock", "The lamp burns four gallons of oil a night."),
    Expected("office/안내문.odt", "부두 이용 안내문", "부두에서는 해가 진 뒤 낚시를 할 수 없다."),
    Expected("office/공문.hwpx", "항만 시설 점검 공문", "시설 점검은 오는 6월 한 달 동안 이루어진다."),
    Expected("office/보고.hwp", "항로 준설 보고", "준설이 끝나면 큰 배도 들어올 수 있다."),
    Expected("books/tides.epub", "The Book of Tides", "The moon draws the water twice a day.", author="Ela Quist"),
    Expected("books/바다.epub", "바다 이야기", "바다는 하루에 두 번 물러난다."),
    Expected("books/dots.epub", "Names that lead out", "No name leads out of this book."),
    Expected("copies/harbour (2).txt", "The harbour of Port Ellery", "The pilots were glad of it."),
    Expected("bad/cut.docx", reason="is damaged or not all there"),
    Expected("bad/cut.epub", reason="is damaged or not all there"),
    Expected("bad/cut.pdf", reason="is damaged"),
    Expected("bad/empty.docx", reason="is empty."),
    Expected("bad/empty.txt", reason="is empty."),
    Expected("bad/locked.docx", reason="is an office document under a password"),
    Expected("bad/locked.odt", reason="is protected by a password."),
    Expected("bad/locked.pdf", reason="is encrypted: it opens with a password only."),
    Expected("bad/locked.epub", reason="is locked by its seller (DRM)."),
    Expected("bad/bomb.docx", reason="unpacks to more than 64 MiB in word/document.xml."),
    Expected("bad/bomb.epub", reason="unpacks to more than 64 MiB in OEBPS/a.xhtml."),
    Expected("bad/laughs.odt", reason="declares entities in content.xml, as attacks do."),
    Expected("bad/deep.odt", reason="has elements nested deeper than 256 in content.xml."),
    Expected("bad/pictures.odt", reason="holds no text."),
    Expected("bad/scan.pdf", reason="has 1 page but no text"),
    Expected("bad/noise.txt", reason="is neither UTF-8 nor Korean CP949"),
    Expected("bad/old.doc", reason="is a Word document of before 2007 (.doc), which is not read."),
    Expected("bad/table.xlsx", reason="is a spreadsheet, which is not read."),
    Expected("bad/huge.txt", reason="is larger than 64 MiB."),
    Expected("bad/picture.png", reason="is not a kind of file that is read."),
)
ABSENT = (
    ".hidden.txt", ".git/config.txt", "office/~$ferry.docx", "notes/draft.txt.part", "notes/.draft.txt.swp",
    "notes/harbour.txt~", "links/outside.txt", "links/outside", "links/lost.txt",
)  # fmt: skip
"""Hidden and temporary files, and links that lead out or nowhere: as if they were not there."""
CIRCLE = "links/itself.txt"
"""A link to itself: a problem of the folder, for nobody can say what it is."""

HARBOUR = """The harbour of Port Ellery

Ann Lee said that the harbour would open on the first of May. It had been closed since the storm.

The pilots were glad of it.
"""
_STORM = """<!DOCTYPE html><html lang="en"><head><title>Storm closes Port Ellery | Ellery News</title>
<meta name="author" content="Cara Holm"><meta property="article:published_time" content="2021-03-04T08:00:00Z"></head>
<body>
<nav><a href="/">Home</a> <a href="/sea">Sea</a> <a href="/land">Land</a></nav>
<article><h1>Storm closes Port Ellery</h1><p>The storm closed the harbour for three days, the harbour master said on
Tuesday. No ship was lost, but two boats sank at their moorings and were raised again on Friday.</p>
<p>The ferry will run again as soon as the fairway has been sounded, which the pilots expect to do on Saturday.</p>
</article>
<footer><a href="/about">About us</a> © Ellery News</footer></body></html>"""
_KOREAN_STORM = """<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8">
<title>폭풍으로 엘러리항 폐쇄</title></head><body>
<ul><li><a href="/">처음</a></li><li><a href="/news">소식</a></li></ul><h1>폭풍으로 엘러리항 폐쇄</h1>
<p>항만청장은 폭풍이 지나갈 때까지 항구를 닫겠다고 말했다.
배는 모두 안전한 곳으로 옮겨졌고 다친 사람은 없는 것으로 알려졌다.</p>
<p>항만청은 뱃길을 다시 살핀 뒤 이르면 토요일에 항구를 열 계획이라고 덧붙였다.</p></body></html>"""
_TIDES = """<!DOCTYPE html><html><head><title>Tide tables for May</title></head><body><h1>Tide tables for May</h1>
<p>The highest tide of the month comes on the ninth of May at noon. The lowest comes a week later, early in the
morning.</p></body></html>"""


def make_folder(root: Path) -> None:
    """Make the folder below `root`, which is made too; what its links lead out to stands beside it."""
    files = _texts() | _pages() | _reports() | _office() | _books() | _bad() | _unseen()
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    with (root / "bad/huge.txt").open("wb") as huge:
        huge.truncate(_HUGE_BYTES)  # takes no room: a file may have holes
    _make_links(root)


def _texts() -> dict[str, str | bytes]:
    return {
        "notes/harbour.txt": HARBOUR,
        "copies/harbour (2).txt": HARBOUR,
        "notes/항구.txt": "엘러리항 개항 안내\r\n\r\n항만청은 5월 1일에 항구를 다시 연다고 밝혔다.\r\n".encode("cp949"),
        "notes/minutes.md": (
            "---\nauthor: Bo Ek\n---\n# Minutes of the pilots\n\n- The pilots agreed to sound the fairway every week.\n"
        ),
        _NFD: "\ufeff등대지기의 서한\n\n등대의 불은 저녁 여섯 시에 켜진다.\n",
    }


def _pages() -> dict[str, str | bytes]:
    return {"pages/storm.html": _STORM, "pages/보도자료.html": _KOREAN_STORM, "pages/saved-as.txt": _TIDES}


def _reports() -> dict[str, str | bytes]:
    years = (
        ["# Annual report of the harbour", "In the first year the old pier was taken down and a new one was built."],
        ["In the second year the fairway was dredged, and the lamp was lit again after a hun-", "dred dark nights."],
        ["In the third year 412 ships entered the harbour.", "Two of them were the largest that it had ever seen."],
    )
    pages = [
        [("Port Ellery Harbour Trust", 800), *lines, (f"{number}", 40)] for number, lines in enumerate(years, start=1)
    ]
    korean = [["# 연차 보고서", "지난해 엘러리항에는 배 412척이 들어왔다."], ["올해에는 새 부두를 짓는다."]]
    return {
        "reports/annual.pdf": pdf_file(pages, title="Annual report of the harbour"),
        "reports/연차보고서.pdf": pdf_file(korean, title="연차 보고서"),
    }


def _office() -> dict[str, str | bytes]:
    ferry = (
        p("The ferry between the islands", "a3") + p("By Dina Marsh") + p("7 June 2022") + p("Winter", "1")
        + p("Dina Marsh argued that the ferry should run in winter too.")
        + paragraph(
            '<w:r><w:t xml:space="preserve">It carries </w:t></w:r><w:del><w:r><w:delText>ten</w:delText></w:r></w:del>'
            '<w:ins><w:r><w:t>forty</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> people.</w:t></w:r>'
            '<w:r><w:footnoteReference w:id="2"/></w:r>'
        )
        + table(row("Year", "People"), row("2020", "9,000"))
    )  # fmt: skip
    minutes = p("항만위원회 회의록", "a3") + p("결정", "1") + p("위원회는 겨울에도 배를 띄우기로 했다.")
    lamp = (
        open_texts.p("The lamp on the rock", "Title") + open_texts.h("Oil")
        + open_texts.p("The lamp burns four gallons of oil a night.")
        + open_texts.items(open_texts.p("Trim the wick."), open_texts.p("Wind the clock."), more='text:style-name="L1"')
    )  # fmt: skip
    notice = open_texts.p("부두 이용 안내문", "Title") + open_texts.p("부두에서는 해가 진 뒤 낚시를 할 수 없다.")
    letter = [
        Paragraph("항만 시설 점검 공문", points=22.0),
        Paragraph(
            "시설 점검은 오는 6월 한 달 동안 이루어진다.",
            points=10.0,
            anchored=(Note((Paragraph("점검표는 따로 보낸다."),)),),
        ),
        Paragraph("점검하는 동안에도 배는 평소와 같이 다닌다.", points=10.0),
    ]
    dredging = [
        Paragraph("항로 준설 보고", points=22.0),
        Paragraph("항로를 파내는 일은 지난 4월에 시작되었다.", points=10.0),
        Paragraph("준설이 끝나면 큰 배도 들어올 수 있다.", points=10.0),
    ]
    return {
        "office/ferry.docx": word_file(
            ferry, footnotes=f'<w:footnote w:id="2">{p("Counted by the crew.")}</w:footnote>'
        ),
        "office/회의록.docx": word_file(minutes),
        "office/really-word.doc": word_file(
            p("Rules for the pier", "a3") + p("Nobody may fish from the pier after dark.")
        ),
        "office/lamp.odt": open_texts.text_file(lamp),
        "office/안내문.odt": open_texts.text_file(notice),
        "office/공문.hwpx": hwpx_file(letter),
        "office/보고.hwp": hwp_file(dredging),
    }


def _books() -> dict[str, str | bytes]:
    tides = {
        "moon.xhtml": page("<p>The moon draws the water twice a day.</p><p>Sailors know the hours by heart.</p>"),
        "ebb.xhtml": page("<h1>Ebb</h1><p>When the water goes out, the flats lie bare for an hour.</p>"),
    }
    metadata = "<dc:title>The Book of Tides</dc:title><dc:creator>Ela Quist</dc:creator>"
    contents = nav(**{"moon.xhtml": "The Moon", "ebb.xhtml": "Ebb"})
    sea = {"1장.xhtml": page("<h1>썰물</h1><p>바다는 하루에 두 번 물러난다.</p>")}
    package = (
        '<package><metadata><title>Names that lead out</title></metadata><manifest><item id="x" media-type='
        '"application/xhtml+xml" href="../../../../etc/a.xhtml"/></manifest><spine><itemref idref="x"/></spine>'
        "</package>"
    )
    dots = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package,
        "../../../etc/passwd": "made up",
        "etc/a.xhtml": page("<p>No name leads out of this book.</p>"),
    }
    return {
        "books/tides.epub": book(tides, metadata=metadata, toc=contents),
        "books/바다.epub": book(sea, metadata="<dc:title>바다 이야기</dc:title><dc:language>ko</dc:language>"),
        "books/dots.epub": zipped(dots),
    }


def _bad() -> dict[str, str | bytes]:
    whole = word_file(p("The harbour opens in May."))
    read = book({"a.xhtml": page("<p>The harbour opens in May.</p>")})
    bomb = " " * (65 * 1024 * 1024)
    laughs = '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;&l;">]><a>&m;</a>'
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    lock = (
        "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
        "<CipherData><CipherReference URI='OEBPS/a.xhtml'/></CipherData></EncryptedData></encryption>"
    )
    odt = {"mimetype": "application/vnd.oasis.opendocument.text"}
    return {
        "bad/cut.docx": whole[: len(whole) // 2],
        "bad/cut.epub": read[: len(read) // 2],
        "bad/cut.pdf": pdf_file([["The harbour opens in May."]])[:40],
        "bad/empty.docx": b"",
        "bad/empty.txt": b"",
        "bad/locked.docx": compound + "EncryptedPackage\0".encode("utf-16-le"),
        "bad/locked.odt": open_texts.text_file("", **{"META-INF__manifest_xml": "<m><encryption-data/></m>"}),
        "bad/locked.pdf": pdf_file([["The harbour opens in May."]], is_locked=True),
        "bad/locked.epub": book({"a.xhtml": b"\x00\x01"}, **{"META-INF__encryption_xml": lock}),
        "bad/bomb.docx": word_file(bomb),
        "bad/bomb.epub": book({"a.xhtml": bomb}),
        "bad/laughs.odt": zipped({**odt, "content.xml": laughs}),
        "bad/deep.odt": zipped({**odt, "content.xml": "<a>" * 100_000 + "</a>" * 100_000}),
        "bad/pictures.odt": open_texts.text_file(open_texts.p("<draw:frame><draw:image/></draw:frame>")),
        "bad/scan.pdf": pdf_file([[]]),
        "bad/noise.txt": b"The caf\xe9 by the harbour \x80\xff opens \xfe\xfd in May.",
        "bad/old.doc": compound + "WordDocument\0".encode("utf-16-le"),
        "bad/table.xlsx": zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
        "bad/picture.png": b"\x89PNG\r\n\x1a\n",
    }


def _unseen() -> dict[str, str | bytes]:
    links = tuple(path for path in ABSENT if path.startswith("links/"))
    return {path: "Nobody must ever quote this sentence.\n" for path in ABSENT if path not in links}


def _make_links(root: Path) -> None:
    outside = root.with_name(f"{root.name}-outside")
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text("Nobody must ever quote this secret.\n", encoding="utf-8")
    links: Mapping[str, Path] = {
        "outside.txt": outside / "secret.txt",
        "outside": outside,
        PurePosixPath(CIRCLE).name: root / CIRCLE,
        "lost.txt": root / "nowhere.txt",
    }
    (root / "links").mkdir(exist_ok=True)
    for name, target in links.items():
        if not os.path.lexists(root / "links" / name):
            (root / "links" / name).symlink_to(target)


if __name__ == "__main__":
    make_folder(Path(sys.argv[1]))
