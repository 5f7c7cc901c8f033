from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from open_texts import OUTLINE, cell_of, flat_text, h, items, p, row, table, text_file
from zip_files import zipped

from retrieval.errors import ReadingError
from retrieval.reading.odt import read_odt
from retrieval.records import BlockKind, Document

HEADING, PARAGRAPH, CAPTION = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION
ROW, NOTE, FURNITURE, BYLINE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.FURNITURE, BlockKind.BYLINE
LEDGE = p("The pilots met at the harbour and went home again.")


def read(body: str, **parts: str) -> Document:
    return read_odt(text_file(body, **parts), "a.odt")  # type: ignore[arg-type]


def blocks(document: Document) -> list[tuple[str, BlockKind]]:
    return [(document.text[block.start : block.end], block.kind) for block in document.blocks]


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.split("\n\n")


def test_paragraphs_headings_and_captions_are_told_by_element_and_style() -> None:
    document = read(
        p("Report on the harbour", "P1")
        + h("1장 항구")
        + p("항구는 5월에 문을 연다.")
        + h("Of another style", 3, "Standard")
        + p("Ships at anchor", "Figure")
        + p("In the style of a heading", "Heading_20_1")
        + p("Based on itself", "Loop")
    )
    assert blocks(document) == [
        ("Report on the harbour", HEADING),
        ("1장 항구", HEADING),
        ("항구는 5월에 문을 연다.", PARAGRAPH),
        ("Of another style", HEADING),
        ("Ships at anchor", CAPTION),
        ("In the style of a heading", HEADING),
        ("Based on itself", PARAGRAPH),
    ]
    assert document.metadata.title == "Report on the harbour"


def test_a_flat_file_reads_alike() -> None:
    body = h("Harbour") + p("The ships lie still.") + items(p("one"), more='text:style-name="L1"')
    assert read_odt(flat_text(body).encode(), "a.odt") == read(body)


INLINE = {
    "a span": ('The <text:span text:style-name="T1">har</text:span>bour', "The harbour"),
    "spaces": ('two<text:s text:c="3"/>words', "two words"),
    "a tab": ("Pilot<text:tab/>Roe", "Pilot Roe"),
    "a broken line": ("one<text:line-break/>two", "one\ntwo"),
    "white space of the XML": ("two\n   words", "two words"),
    "soft hyphens": ("har\u00adbour", "harbour"),
    "a link": ('<text:a xmlns:x="x" x:href="http://127.0.0.1">the port</text:a>.', "the port."),
    "a field": ("On <text:date>3 May 2022</text:date>", "On 3 May 2022"),
    "the title's field": ("<text:title>Harbour</text:title> report", "Harbour report"),
    "a comment": ("ice<office:annotation><text:p>Really?</text:p></office:annotation>", "ice"),
    "a prompt": ("<text:placeholder>&lt;name&gt;</text:placeholder>Roe", "Roe"),
    "hidden": ('seen<text:span text:style-name="Gone"> not this</text:span>', "seen"),
    "a hidden field": ('seen<text:hidden-text text:is-hidden="true">not this</text:hidden-text>', "seen"),
    "a field that is shown": ('<text:hidden-text text:is-hidden="false">seen</text:hidden-text>', "seen"),
    "raised digits": ('10<text:span text:style-name="Up">6</text:span> tons', "10⁶ tons"),
    "raised letters": ('1<text:span text:style-name="Up">st</text:span>', "1st"),
    "lowered digits": ('CO<text:span text:style-name="Down">2</text:span>', "CO2"),
    "ruby": ("<text:ruby><text:ruby-base>항</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>구", "항구"),
    "marks of changes": ('<text:change-start text:change-id="1"/>new<text:change-end text:change-id="1"/>', "new"),
    "marks": ('<text:bookmark text:name="x"/>ice<text:soft-page-break/>berg', "iceberg"),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "expected"), INLINE.values(), ids=INLINE.keys())
def test_the_words_of_a_paragraph_are_those_that_a_reader_sees(inside: str, expected: str) -> None:
    assert lines(LEDGE + p(inside))[1:] == [expected]


def test_what_is_deleted_or_hidden_is_not_there() -> None:
    deleted = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('gone')}</text:deletion></text:changed-region>"
    )
    section = f'<text:section text:display="none">{p("unseen")}</text:section>'
    forms = f"</text:tracked-changes><office:forms>{p('nothing')}</office:forms>"
    body = f"{deleted}{forms}{section}{p('hidden', 'GoneP')}<text:section>{p('The ships lie still.')}</text:section>"
    assert lines(body) == ["The ships lie still."]


def test_tables_of_contents_are_furniture_and_a_bibliography_is_not() -> None:
    index = f"<text:table-of-content><text:index-body>{p('Ships 3')}</text:index-body></text:table-of-content>"
    books = f"<text:bibliography><text:index-body>{p('Roe, The sea.')}</text:index-body></text:bibliography>"
    assert blocks(read(index + p("The ships lie still.") + books)) == [
        ("Ships 3", FURNITURE),
        ("The ships lie still.", PARAGRAPH),
        ("Roe, The sea.", PARAGRAPH),
    ]


def test_rows_hold_their_cells() -> None:
    header = f"<table:table-header-rows>{row('Year', 'Ships', 'Boats')}</table:table-header-rows>"
    spanned = cell_of(p("2022"), 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    repeated = cell_of(p("7"), 'table:number-columns-repeated="2"')
    endless = cell_of("", 'table:number-columns-repeated="1000000000"')
    document = read(
        p("Ships by year.")
        + table(
            header,
            f"<table:table-row>{cell_of(p('2021'))}{repeated}</table:table-row>",
            f"<table:table-row>{spanned}{cell_of(p('9') + p('or 10'))}</table:table-row>",
            f"<table:table-row>{cell_of(p('2023'))}{endless}{cell_of(p('1'))}</table:table-row>",
            row("gone", "too", more='table:visibility="collapse"'),
        )
        + p("Below.")
    )
    rows = ["Year | Ships | Boats", "2021 | 7 | 7", "2022 | 9 or 10", "2023 | | 1"]
    assert [words for words, kind in blocks(document) if kind is ROW] == rows
    assert document.text == "Ships by year.\n\n" + "\n".join(rows) + "\n\nBelow."


def test_a_box_around_text_is_no_table() -> None:
    document = read(table(row(h("Press release") + p("The harbour opens.") + table(row("a", "b")))))
    assert [kind for _, kind in blocks(document)] == [HEADING, PARAGRAPH, ROW]


def test_repeated_tables_within_each_other_do_not_grow() -> None:
    nested = p("innermost")
    for _ in range(40):
        nested = table(row(cell_of(nested, 'table:number-columns-repeated="8"')))
    assert len(read(nested).text) < 1_000


def note(words: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(words)}</text:note-body></text:note>"
    )


def test_notes_stand_below_their_section_and_part_no_words() -> None:
    document = read(
        h("Ships")
        + p(f"The har{note('See the almanac.')}bour opens.")
        + p("It is cold.")
        + h(f"Ice{note('In May.', 'endnote')}")
        + p("It melts.")
    )
    assert blocks(document) == [
        ("Ships", HEADING),
        ("The harbour opens.", PARAGRAPH),
        ("It is cold.", PARAGRAPH),
        ("See the almanac.", NOTE),
        ("Ice", HEADING),
        ("It melts.", PARAGRAPH),
        ("In May.", NOTE),
    ]


def test_frames_are_read_after_their_paragraph() -> None:
    picture = "<draw:frame><draw:image/><svg:title>A ship</svg:title><svg:desc>Seen from land</svg:desc></draw:frame>"
    box = f"<draw:frame><draw:text-box>{p(picture + 'Figure 1. A ship', 'Figure')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{p('2,000')}</draw:custom-shape>"
    chart = f"<draw:frame><draw:object>{p('of a chart')}</draw:object></draw:frame>"
    document = read(p(f"The har{box}bour{shape}{chart} opens.") + box)
    assert blocks(document) == [
        ("The harbour opens.", PARAGRAPH),
        ("Figure 1. A ship", CAPTION),
        ("2,000", FURNITURE),
        ("Figure 1. A ship", CAPTION),
    ]


def test_lists_are_numbered_as_their_styles_say() -> None:
    numbered, bullets, hangul = ('text:style-name="L1"', 'text:style-name="Bullets"', 'text:style-name="Hangul"')
    body = (
        items(p("Ships") + p("of wood") + items(p("Sails"), p("Oars")), p("Boats") + items(p("Nets")), more=numbered)
        + items(p("A bullet"), more=bullets)
        + items(p("Going on"), more=f'{numbered} text:continue-numbering="true"')
        + items(p("Anew"), more=f'{numbered} xml:id="x"')
        + items(p("Other"), more=hangul)
        + items(items(p("Deep")), more=f'{numbered} text:continue-list="x"')
        + items(p("Of no style"))
    )
    assert lines(LEDGE + body)[1:] == [
        "1. Ships",
        "of wood",
        "1.a) Sails",
        "1.b) Oars",
        "2. Boats",
        "2.a) Nets",
        "A bullet",
        "3. Going on",
        "1. Anew",
        "(나) Other",
        "1.a) Deep",
        "Of no style",
    ]


def test_items_may_begin_anywhere_and_headers_have_no_number() -> None:
    header = f"<text:list-header>{p('Header')}</text:list-header>"
    seven = f'<text:list-item text:start-value="7">{p("Seven")}</text:list-item>'
    eight = f"<text:list-item>{p('Eight')}</text:list-item>"
    assert lines(LEDGE + f'<text:list text:style-name="L1">{header}{seven}{eight}</text:list>')[1:] == [
        "Header",
        "7. Seven",
        "8. Eight",
    ]


def test_headings_are_numbered_by_the_outline() -> None:
    body = h("Ships") + h("Sails", 2) + h("Boats", style="Unnumbered") + h("Ice") + h("Snow", 2) + h("Deep", 7)
    assert lines(body, styles=OUTLINE) == ["I. Ships", "I.1 Sails", "Boats", "II. Ice", "II.1 Snow", "Deep"]


def test_lines_that_look_like_headings_are_where_no_style_says_so() -> None:
    looks = (
        '<style:style style:name="Big" style:family="paragraph">'
        '<style:text-properties fo:font-size="16pt"/></style:style>'
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    bold = '<text:span text:style-name="B">{}</text:span>'
    body = (
        p("A report on tides", "Big")
        + LEDGE
        + p(bold.format("Of ice"))
        + LEDGE
        + p("Not " + bold.format("all"))
        + LEDGE
    )
    document = read(body, automatic=looks)
    assert [words for words, kind in blocks(document) if kind is HEADING] == ["A report on tides", "Of ice"]


META = (
    "<dc:title>Harbour report</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>"
    "<dc:creator>Bo Ek</dc:creator>"
    "<meta:creation-date>2021-05-04T10:00:00.5</meta:creation-date><dc:date>2023-01-01T00:00:00</dc:date>"
)


def test_the_properties_fill_what_the_text_does_not_say() -> None:
    metadata = read(LEDGE, meta=META).metadata
    assert (metadata.title, metadata.author, metadata.date) == ("Harbour report", "Ann Lee", dt.date(2021, 5, 4))


def test_what_the_text_says_goes_before_the_properties() -> None:
    metadata = read(p("항만 보고서", "Title") + p("홍길동 기자") + p("2022년 3월 21일") + LEDGE, meta=META).metadata
    assert (metadata.title, metadata.author, metadata.date) == ("항만 보고서", "홍길동", dt.date(2022, 3, 21))


REFUSED = {
    "no text": (text_file(p("")), "holds no text. If it holds pictures of pages, put a PDF with text in its place."),
    "a spreadsheet": (text_file(p("x"), kind="spreadsheet"), "is no OpenDocument text. Save it as .odt or .pdf."),
    "a password": (
        text_file(p("x"), **{"META-INF__manifest_xml": "<m><encryption-data/></m>"}),
        "is protected by a password. Save it without a password.",
    ),
    "another archive": (
        zipped({"ship.png": "ship"}),
        "has no content.xml inside. Open it in the program that wrote it and save it again.",
    ),
    "laughs": (
        zipped({"content.xml": '<!DOCTYPE a [<!ENTITY l "ha">]><a>&l;</a>'}),
        "declares entities in content.xml, as attacks do. Do not trust it.",
    ),
    "empty": (b"", "is empty. Put text into it or delete it."),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_says_why(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as error:
        read_odt(content, "a.odt")
    assert str(error.value) == f"a.odt: {message}"


def test_reading_is_linear_in_the_length() -> None:
    part = (
        h("Ships") + p(f"Ice{note('Snow')} melts.") + items(p("a"), more='text:style-name="L1"') + table(row("a", "b"))
    )

    def seconds(count: int) -> float:
        content = text_file(part * count)
        began = time.process_time()
        read_odt(content, "a.odt")
        return time.process_time() - began

    assert seconds(1600) < 24 * min(seconds(200) for _ in range(3))


WHOLE = text_file(h("Ships") + p(f"Ice{note('Snow')} melts.") + table(row("a", "b")), meta=META)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6), st.booleans())
def test_damage_is_read_or_refused_with_a_reason(place: int, noise: bytes, is_cut: bool) -> None:
    damaged = WHOLE[:place] + noise + (b"" if is_cut else WHOLE[place + len(noise) :])
    try:
        document = read_odt(damaged, "a.odt")
    except ReadingError:
        return
    assert document.blocks


TAGS = """text:p text:h text:list text:list-item text:list-header text:span text:note text:note-body table:table
table:table-row table:table-cell draw:frame draw:text-box text:section text:s text:table-of-content""".split()
LEAVES = ["", "words", "<text:tab/>", '<text:list text:style-name="L1"/>', '<text:h text:outline-level="99"/>']
XML = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner)
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(XML)
def test_any_elements_in_any_order_are_read(body: str) -> None:
    assert "The ships lie still." in read(p("The ships lie still.") + body, styles=OUTLINE).text
