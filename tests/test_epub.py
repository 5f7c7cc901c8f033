from __future__ import annotations

import datetime as dt
import time
import unicodedata

import pytest
from books import CONTAINER, METADATA, book, nav, ncx, page
from hypothesis import given, settings
from hypothesis import strategies as st
from zip_files import zipped

from retrieval.errors import ReadingError
from retrieval.reading.epub import read_epub
from retrieval.records import BlockKind, Document

HEADING, PARAGRAPH, CAPTION = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION
ROW, NOTE, FURNITURE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.FURNITURE
PROSE = "<p>The pilots met at the harbour and went home again.</p>"


def read(body: str) -> Document:
    return read_epub(book({"a.xhtml": page(body)}), "a.epub")


def blocks(document: Document) -> list[tuple[str, BlockKind]]:
    return [(document.text[block.start : block.end], block.kind) for block in document.blocks]


def words(inside: str) -> str:
    return read(f"{PROSE}<p>{inside}</p>").text.split("\n\n", 1)[1]


def test_chapters_stand_in_the_order_of_the_spine() -> None:
    chapters = {"z.xhtml": page("<h1>1장</h1><p>첫째.</p>"), "a.xhtml": page("<h1>2장</h1><p>둘째.</p>")}
    document = read_epub(book(chapters), "a.epub")
    assert blocks(document) == [("1장", HEADING), ("첫째.", PARAGRAPH), ("2장", HEADING), ("둘째.", PARAGRAPH)]
    assert {block.page for block in document.blocks} == {None}


def test_blocks_are_what_their_elements_say() -> None:
    body = (
        "<section><h2>Ships<br/>and boats</h2><div>Words alone<p>A paragraph.</p>and more<div>inside</div></div>"
        "<blockquote><p>Quoted.</p></blockquote><ul><li>one</li><li><p>two</p></li></ul><dl><dt>Ice</dt><dd>Water.</dd></dl>"
        "<figure><img alt='a ship'/><figcaption>A ship at sea</figcaption></figure><p class='img-caption'>A boat</p>"
        "<aside><p>An aside.</p></aside><pre>a\n  poem</pre><p>* * *</p></section>"
    )
    assert blocks(read(body)) == [
        ("Ships and boats", HEADING),
        ("Words alone", PARAGRAPH),
        ("A paragraph.", PARAGRAPH),
        ("and more", PARAGRAPH),
        ("inside", PARAGRAPH),
        ("Quoted.", PARAGRAPH),
        ("one", PARAGRAPH),
        ("two", PARAGRAPH),
        ("Ice", PARAGRAPH),
        ("Water.", PARAGRAPH),
        ("A ship at sea", CAPTION),
        ("A boat", CAPTION),
        ("An aside.", PARAGRAPH),
        ("a poem", PARAGRAPH),
        ("* * *", FURNITURE),
    ]


INLINE = {
    "emphasis": ("The <em>har</em>bour", "The harbour"),
    "a broken line": ("one<br/>two", "one\ntwo"),
    "a blank line": ("one.<br/><br/>two.", "one.\n\ntwo."),
    "white space": ("two\n    words", "two words"),
    "named characters": ("ice&nbsp;&amp; snow &mdash; cold&hellip;", "ice & snow — cold…"),
    "soft hyphens": ("har&shy;bour", "harbour"),
    "ruby": ("<ruby>港<rp>(</rp><rt>항</rt><rp>)</rp></ruby>구", "港구"),
    "raised digits": ("10<sup>6</sup> tons", "10⁶ tons"),
    "a mark of a note": ('ice<a epub:type="noteref" href="#n1">1</a> melts', "ice melts"),
    "an old mark": ('ice<sup><a href="notes.xhtml#n1">1</a></sup> melts', "ice melts"),
    "a mark inside out": ('ice<a href="#n1"><sup>[1]</sup></a> melts', "ice melts"),
    "a link of a number": ('in <a href="http://127.0.0.1/">1914</a>', "in 1914"),
    "a page's break": ('ice<span epub:type="pagebreak" title="7">7</span>berg', "iceberg"),
    "hidden": ('seen<span hidden="hidden">not</span><span style="display: none">nor this</span>', "seen"),
    "a script": ("seen<script>var x = 1;</script><!-- no words -->", "seen"),
}


@pytest.mark.parametrize(("inside", "expected"), INLINE.values(), ids=INLINE.keys())
def test_the_words_of_a_paragraph_are_those_that_a_reader_sees(inside: str, expected: str) -> None:
    assert words(inside) == expected


def test_rows_hold_their_cells() -> None:
    table = (
        "<table><caption>Ships by year</caption><thead><tr><th>Year</th><th>Ships</th></tr></thead>"
        "<tbody><tr><td>2021</td><td><p>7</p><p>or 8</p></td></tr></tbody></table>"
    )
    assert blocks(read(f"{table}<table><tr><td><p>In a box.</p></td></tr></table>")) == [
        ("Ships by year", CAPTION),
        ("Year | Ships", ROW),
        ("2021 | 7 or 8", ROW),
        ("In a box.", PARAGRAPH),
    ]


def test_notes_are_told_by_what_they_say_they_are() -> None:
    body = (
        f'{PROSE}<aside epub:type="footnote" id="n1"><p>See the almanac.</p></aside>'
        '<section epub:type="endnotes"><ol><li>In May. <a href="#r1">↩</a></li></ol></section>'
        '<div class="footnotes"><p>Of old.</p></div>'
        '<div role="doc-footnote"><table><tr><td>a</td><td>b</td></tr></table></div>'
    )
    assert blocks(read(body))[1:] == [("See the almanac.", NOTE), ("In May.", NOTE), ("Of old.", NOTE), ("a | b", NOTE)]


def test_menus_are_not_there_and_entries_that_lead_on_are_furniture() -> None:
    links = (
        '<p><a href="b.xhtml">Chapter 2</a></p><table><tr><td><a href="c.xhtml">Ships</a></td><td>9</td></tr></table>'
    )
    menu = '<nav><a href="b.xhtml">next</a></nav><div role="navigation">next</div>'
    outside = '<p><a href="https://127.0.0.1/">The almanac</a></p>'
    assert blocks(read(f'{menu}<h1><a href="toc.xhtml">Ships</a></h1>{links}{outside}')) == [
        ("Ships", HEADING),
        ("Chapter 2", FURNITURE),
        ("Ships | 9", FURNITURE),
        ("The almanac", PARAGRAPH),
    ]


def test_a_chapter_without_a_heading_gets_the_title_that_the_contents_give_it() -> None:
    chapters = {"a.xhtml": page(PROSE), "b.xhtml": page(f"<h1>Of its own</h1>{PROSE}")}
    document = read_epub(book(chapters, toc=nav(**{"a.xhtml": "Ships", "b.xhtml": "Boats"})), "a.epub")
    assert [words for words, kind in blocks(document) if kind is HEADING] == ["Ships", "Of its own"]


def test_the_contents_of_an_old_book_count_too() -> None:
    document = read_epub(book({"a%20b.xhtml": page(PROSE)}, ncx=ncx("a%20b.xhtml", "Ships")), "a.epub")
    assert blocks(document)[0] == ("Ships", HEADING)


def test_a_line_that_repeats_the_title_of_the_contents_is_the_heading() -> None:
    chapters = {"a.xhtml": page(f"<p>Chapter 1</p><p>SHIPS</p>{PROSE}")}
    document = read_epub(book(chapters, toc=nav(**{"a.xhtml": "Ships"})), "a.epub")
    assert blocks(document)[:2] == [("Chapter 1", PARAGRAPH), ("SHIPS", HEADING)]


def test_titles_may_lead_into_a_chapter() -> None:
    chapters = {"a.xhtml": page(f'{PROSE}<p id="x">Ice melts.</p><p><span id="y"/>Snow</p>{PROSE}')}
    toc = nav(a__x="On ice", a__y="Snow", a__nowhere="Lost")
    assert [words for words, kind in blocks(read_epub(book(chapters, toc=toc), "a.epub")) if kind is HEADING] == [
        "On ice",
        "Snow",
    ]


def test_the_package_says_who_wrote_it_and_when() -> None:
    metadata = (
        "<dc:title>The  tides</dc:title><dc:title>Another</dc:title><dc:publisher>Harbour Press</dc:publisher>"
        '<dc:creator opf:role="aut">Ann Lee &lt;a@example.org&gt;</dc:creator>'
        '<dc:creator opf:role="ill">Bo Ek</dc:creator>'
        '<dc:date opf:event="modification">2020-01-01</dc:date><dc:date opf:event="publication">1987-03-02</dc:date>'
        "<dc:language>ko_KR</dc:language>"
    )
    found = read_epub(book({"a.xhtml": page(PROSE)}, metadata=metadata), "a.epub").metadata
    assert (found.title, found.author, found.publisher) == ("The tides", "Ann Lee", "Harbour Press")
    assert (found.date, found.language) == (dt.date(1987, 3, 2), "ko")


def test_a_title_page_has_a_heading_and_a_byline() -> None:
    document = read_epub(book({"a.xhtml": page("<p>THE TIDES</p><p>Ann Lee</p>" + PROSE)}), "a.epub")
    assert [kind for _, kind in blocks(document)] == [HEADING, BlockKind.BYLINE, PARAGRAPH]


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2012-09-03T10:00:00+00:00", dt.date(2012, 9, 3)),
        ("3 September 2012", dt.date(2012, 9, 3)),
        ("1813-01-28", dt.date(1813, 1, 28)),
        ("0101-01-01T00:00:00+00:00", None),
        ("2012", None),
        ("soon", None),
    ],
)
def test_dates_are_whole_days_or_none(said: str, date: dt.date | None) -> None:
    metadata = f"<dc:creator>Unknown</dc:creator><dc:date>{said}</dc:date>"
    found = read_epub(book({"a.xhtml": page(f"<h1>Ships</h1>{PROSE}")}, metadata=metadata), "a.epub").metadata
    assert (found.title, found.author, found.date) == ("Ships", None, date)


def test_names_are_found_however_they_are_written() -> None:
    name = "바다 이야기.xhtml"
    assert read_epub(book({name: page(PROSE)}), "a.epub").blocks
    decomposed = {"OEBPS/" + unicodedata.normalize("NFD", name): page(PROSE)}
    quoted = '<package><manifest><item id="x" href="%EB%B0%94%EB%8B%A4%20%EC%9D%B4%EC%95%BC%EA%B8%B0.XHTML" '
    opf = f'{quoted}media-type="application/xhtml+xml"/></manifest><spine><itemref idref="x"/></spine></package>'
    members = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf, **decomposed}
    assert read_epub(zipped(members), "a.epub").text.startswith("The pilots met")


def test_a_book_without_a_container_is_read_by_its_package() -> None:
    opf = (
        '<package><manifest><item id="x" href="../a.html" media-type="text/html"/></manifest>'
        '<spine><itemref idref="x"/><itemref idref="gone"/></spine></package>'
    )
    assert read_epub(zipped({"OPS/x.opf": opf, "a.html": page(PROSE)}), "a.epub").blocks


CARELESS = {
    "unclosed elements": "<html><body><p>One &nbsp;line<p>Two <b>lines<br></body>",
    "another encoding": '<?xml version="1.0" encoding="euc-kr"?><html><body><p>항구<p>바다</body></html>'.encode(
        "euc-kr"
    ),
    "no words at all": "",
    "an empty title": "<html><head><title/></head><body><p>Words<br></p></body></html>",
}


@pytest.mark.parametrize("chapter", CARELESS.values(), ids=CARELESS.keys())
def test_a_careless_chapter_is_read_as_browsers_read_it(chapter: str | bytes) -> None:
    document = read_epub(book({"a.xhtml": chapter, "b.xhtml": page("<p>The end.</p>")}), "a.epub")
    expected = {0: "One line\n\nTwo lines", 1: "항구\n\n바다", 2: "", 3: "Words"}[
        list(CARELESS.values()).index(chapter)
    ]
    assert document.text == f"{expected}\n\nThe end.".lstrip()


def test_a_chapter_that_attacks_is_refused() -> None:
    laughs = '<!DOCTYPE html [<!ENTITY l "ha"><!ENTITY m "&l;&l;">]><html><body><p>&m;</p></body></html>'
    with pytest.raises(ReadingError, match=r"^a\.epub: declares entities in OEBPS/a\.xhtml, as attacks do\. "):
        read_epub(book({"a.xhtml": laughs}), "a.epub")


def encryption(method: str, target: str) -> str:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/><CipherData>'
        f'<CipherReference URI="{target}"/></CipherData></EncryptedData></encryption>'
    )


def test_a_locked_book_says_so() -> None:
    locked = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    content = book({"a.xhtml": b"\x00\x01noise"}, **{"META-INF__encryption_xml": locked})
    with pytest.raises(ReadingError) as error:
        read_epub(content, "a.epub")
    assert str(error.value) == "a.epub: is locked by its seller (DRM). Put a copy without the lock in its place."


@pytest.mark.parametrize(
    ("method", "target"),
    [("http://www.idpf.org/2008/embedding", "OEBPS/a.ttf"), ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "a.png")],
)
def test_a_hidden_font_or_a_locked_picture_locks_no_words(method: str, target: str) -> None:
    content = book({"a.xhtml": page(PROSE)}, **{"META-INF__encryption_xml": encryption(method, target)})
    assert read_epub(content, "a.epub").blocks


REFUSED = {
    "empty": (b"", "is empty. Put text into it or delete it."),
    "no package": (zipped({"a": "b"}), "is no EPUB: it has no package file inside. "),
    "no chapters": (book({}), "lists no chapter that is inside. "),
    "no words": (book({"a.xhtml": page("<img/>")}), "holds no text. "),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_says_why(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as error:
        read_epub(content, "a.epub")
    assert str(error.value).startswith(f"a.epub: {message}")
    assert error.value.remedy


def test_reading_is_linear_in_the_length() -> None:
    row = "<table><tr><td>a</td><td>b</td></tr></table>"
    part = f'<h2 id="x">Ships</h2><p>Ice<sup><a href="#x">1</a></sup> melts.</p>{row}'

    def seconds(count: int) -> float:
        content = book({"a.xhtml": page(part * count)})
        began = time.process_time()
        read_epub(content, "a.epub")
        return time.process_time() - began

    assert seconds(1600) < 24 * min(seconds(200) for _ in range(3))


WHOLE = book({"a.xhtml": page(f"<h1>Ships</h1>{PROSE}")}, metadata=METADATA, toc=nav(**{"a.xhtml": "Ships"}))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6), st.booleans())
def test_damage_is_read_or_refused_with_a_reason(place: int, noise: bytes, is_cut: bool) -> None:
    damaged = WHOLE[:place] + noise + (b"" if is_cut else WHOLE[place + len(noise) :])
    try:
        document = read_epub(damaged, "a.epub")
    except ReadingError:
        return
    assert document.blocks


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/abpdivtrh1 &;=\"'\n한"))
def test_any_chapter_is_read(chapter: str) -> None:
    assert "The end." in read_epub(book({"a.xhtml": chapter, "b.xhtml": page("<p>The end.</p>")}), "a.epub").text
