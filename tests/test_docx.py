from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import p, paragraph, row, table, tc, word_file
from zip_files import zipped

from retrieval.errors import ReadingError
from retrieval.reading.docx import read_docx
from retrieval.records import BlockKind, Document

HEADING, PARAGRAPH, CAPTION = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION
ROW, NOTE, FURNITURE, BYLINE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.FURNITURE, BlockKind.BYLINE


def read(body: str, **parts: str) -> Document:
    return read_docx(word_file(body, **parts), "a.docx")  # type: ignore[arg-type]


def blocks(document: Document) -> list[tuple[str, BlockKind]]:
    return [(document.text[block.start : block.end], block.kind) for block in document.blocks]


def words(runs: str) -> str:
    """The words of a paragraph of `runs`, between two others."""
    return (
        read(p("The pilots met.") + paragraph(runs) + p("They went home.")).text.split("\n\n", 1)[1].rsplit("\n\n")[0]
    )


def r(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def test_paragraphs_headings_and_captions_are_told_by_style() -> None:
    document = read(
        p("Report on the harbour", "a3")
        + p("1장 항구", "1")
        + p("항구는 5월에 문을 연다.")
        + p("2장 등대", "Chapter")
        + p("Deep down", "Deep")
        + p("By direct level", "", '<w:outlineLvl w:val="1"/>')
        + p("Ships at anchor", "a4")
        + p("No heading any more", "1", '<w:outlineLvl w:val="9"/>')
        + p("Of no known style", "Nowhere")
        + p("Based on itself", "Loop")
    )
    assert blocks(document) == [
        ("Report on the harbour", HEADING),
        ("1장 항구", HEADING),
        ("항구는 5월에 문을 연다.", PARAGRAPH),
        ("2장 등대", HEADING),
        ("Deep down", HEADING),
        ("By direct level", HEADING),
        ("Ships at anchor", CAPTION),
        ("No heading any more", PARAGRAPH),
        ("Of no known style", PARAGRAPH),
        ("Based on itself", PARAGRAPH),
    ]
    assert document.metadata.title == "Report on the harbour"
    assert {block.page for block in document.blocks} == {None}


def test_a_file_of_the_strict_kind_reads_alike() -> None:
    body = p("Harbour", "1") + p("The ships lie still.") + table(row("1", "2"))
    assert read_docx(word_file(body, is_strict=True), "a.docx") == read_docx(word_file(body), "a.docx")


def test_prose_in_the_style_of_a_heading_is_prose() -> None:
    long = "The harbour master said that the ships would wait. " * 6
    assert blocks(read(p(long, "1")))[0][1] is PARAGRAPH


def test_a_table_of_contents_is_furniture() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    document = read(
        f"<w:sdt>{gallery}<w:sdtContent>{p('What is in it')}</w:sdtContent></w:sdt>"
        + p("Contents", "TOCHeading")
        + p("Ships 3", "TOC1")
        + p("Ships", "1")
        + p("They lie still.")
    )
    kinds = [FURNITURE, FURNITURE, FURNITURE, HEADING, PARAGRAPH]
    assert [kind for _, kind in blocks(document)] == kinds
    assert document.metadata.title == "Ships"


RAISED = '<w:vertAlign w:val="superscript"/>'
SECRET = '<w:rStyle w:val="Secret"/>'
EMPTY_FORM = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
FORMULA = """<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num>
<m:den><m:d><m:e><m:r><m:t>b+1</m:t></m:r></m:e></m:d></m:den></m:f>
<m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"""
INLINE = {
    "runs join without a gap": (r(t("har")) + r(t("bour"), "<w:b/>"), "harbour"),
    "a tab is a gap": (r(t("Pilot") + "<w:tab/>" + t("Roe")), "Pilot Roe"),
    "a break is a new line": (r(t("one") + "<w:br/>" + t("two")), "one\ntwo"),
    "a page break is one too": (r(t("one") + '<w:br w:type="page"/>' + t("two")), "one\ntwo"),
    "hyphens": (r(t("co") + "<w:noBreakHyphen/>" + t("pilot") + "<w:softHyphen/>" + t("s\u00ad")), "co-pilots"),
    "no-break spaces": (r(t("5\u00a0ships")), "5 ships"),
    "new lines of the XML": (r("<w:t>two\n  words</w:t>"), "two words"),
    "an insertion counts": (f"<w:ins>{r(t('new'))}</w:ins>{r(t(' ship'))}", "new ship"),
    "a deletion does not": (f"<w:del>{r('<w:delText>old</w:delText>')}</w:del>{r(t('ship'))}", "ship"),
    "moved once": (f"<w:moveFrom>{r(t('ship '))}</w:moveFrom><w:moveTo>{r(t('ship'))}</w:moveTo>", "ship"),
    "a link's words": (f'<w:hyperlink r:id="x">{r(t("the port"))}</w:hyperlink>', "the port"),
    "a simple field": (f'<w:fldSimple w:instr="AUTHOR">{r(t("Roe"))}</w:fldSimple>', "Roe"),
    "hidden text": (r(t("seen")) + r(t(" not this"), "<w:vanish/>"), "seen"),
    "hidden by its style": (r(t("seen")) + r(t(" not this"), SECRET), "seen"),
    "shown after all": (r(t("seen"), f'{SECRET}<w:vanish w:val="0"/>'), "seen"),
    "a comment's mark": (r(t("quiet") + '<w:commentReference w:id="1"/>'), "quiet"),
    "Greek by symbol": (r('<w:sym w:font="Symbol" w:char="F061"/>' + t(" rays")), "α rays"),
    "an ornament": (r('<w:sym w:font="Wingdings" w:char="F04A"/>' + t("ships")), "ships"),
    "a symbol of no code": (r('<w:sym w:font="Symbol" w:char="zz"/>' + t("ships")), "ships"),
    "raised digits": (r(t("10")) + r(t("6"), RAISED) + r(t(" tons")), "10⁶ tons"),
    "raised letters": (r(t("1")) + r(t("st"), RAISED), "1st"),
    "ruby": (r(f"<w:ruby><w:rt>{r(t('hang'))}</w:rt><w:rubyBase>{r(t('항'))}</w:rubyBase></w:ruby>"), "항"),
    "a smart tag": (f"<w:smartTag>{r(t('Seoul'))}</w:smartTag>", "Seoul"),
    "a control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{r(t('Roe'))}</w:sdtContent></w:sdt>", "Roe"),
    "an empty form": (EMPTY_FORM.format(r(t("Click here"))) + r(t("Roe")), "Roe"),
    "a formula": (FORMULA, "a/(b+1)c^2"),
}


@pytest.mark.parametrize(("runs", "expected"), INLINE.values(), ids=INLINE.keys())
def test_the_words_of_a_paragraph_are_those_that_a_reader_sees(runs: str, expected: str) -> None:
    assert words(runs) == expected


def char(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def test_a_field_shows_its_result_not_its_instruction() -> None:
    inner = char("begin") + r("<w:instrText>PAGE</w:instrText>") + char("separate") + r(t("9")) + char("end")
    runs = r(t("See ")) + char("begin") + r("<w:instrText>IF </w:instrText>") + inner + r(t("= 9"))
    assert words(runs + char("separate") + r(t("below")) + char("end") + r(t("."))) == "See below."


def test_a_field_may_span_paragraphs() -> None:
    document = read(
        paragraph(char("begin") + r("<w:instrText>QUOTE</w:instrText>") + char("separate") + r(t("One.")))
        + paragraph(r(t("Two.")) + char("end"))
        + p("Three.")
    )
    assert document.text == "One.\n\nTwo.\n\nThree."


def test_entries_that_a_field_writes_are_contents_though_no_style_says_so() -> None:
    opened = char("begin") + r("<w:instrText> TOC \\o </w:instrText>") + char("separate")
    document = read(
        p("The tides", "a3")
        + paragraph(opened + r(t("Ships") + "<w:tab/>" + t("3")))
        + paragraph(r(t("Boats") + "<w:tab/>" + t("12")))
        + paragraph(char("end") + r(t("In 1914 there were 12")))
    )
    assert [kind for _, kind in blocks(document)] == [HEADING, FURNITURE, FURNITURE, PARAGRAPH]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    document = read(paragraph(char("begin") + r("<w:instrText>DATE</w:instrText>")) + p("The ships lie still."))
    assert document.text == "The ships lie still."


def test_blank_lines_part_paragraphs() -> None:
    runs = r(t("The pilots met.") + "<w:br/><w:br/>" + t("They went") + "<w:br/>" + t("home."))
    assert read(paragraph(runs)).text == "The pilots met.\n\nThey went\nhome."


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert read(p("The har", "", mark) + p("bour opens.")).text == "The harbour opens."
    assert read(p("The harbour opens.", "", mark)).text == "The harbour opens."


def test_a_large_initial_joins_its_word() -> None:
    assert read(p("T", "", '<w:framePr w:dropCap="drop"/>') + p("he harbour opens.")).text == "The harbour opens."


def test_rows_hold_their_cells() -> None:
    document = read(
        p("Ships by year")
        + table(
            row("Year", "Ships", "Boats"),
            row("2021", "", tc(p("7") + p("or 8"))),
            row(tc(p("2022"), '<w:gridSpan w:val="2"/>'), "9"),
            row(tc(p("both"), '<w:vMerge w:val="restart"/>'), "1"),
            row(tc(p("unseen"), "<w:vMerge/>"), "2"),
            "<w:tr><w:trPr><w:del/></w:trPr>" + tc(p("gone")) + tc(p("too")) + "</w:tr>",
        )
        + p("Below.")
    )
    rows = ["Year | Ships | Boats", "2021 | | 7 or 8", "2022 | 9", "both | 1", "2"]
    assert document.text == "Ships by year\n\n" + "\n".join(rows) + "\n\nBelow."
    assert [words for words, kind in blocks(document) if kind is ROW] == rows


def test_a_box_around_text_is_no_table() -> None:
    document = read(table(row(p("Press release", "1") + p("The harbour opens.") + table(row("a", "b")))) + p("Below."))
    assert blocks(document) == [
        ("Press release", HEADING),
        ("The harbour opens.", PARAGRAPH),
        ("a | b", ROW),
        ("Below.", PARAGRAPH),
    ]


def test_a_page_laid_out_in_columns_is_read_column_by_column() -> None:
    long = "The pilots waited for the tide all night long. " * 15
    document = read(table(row(tc(p(long) + p("They slept.")), tc(p(long)))))
    assert [kind for _, kind in blocks(document)] == [PARAGRAPH] * 3


def test_rows_and_cells_may_be_wrapped() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row('c', 'd')}</w:sdtContent></w:sdt>"
    cells = f"<w:tr><w:sdt><w:sdtContent>{tc(p('e'))}</w:sdtContent></w:sdt>{tc(p('f'))}</w:tr>"
    assert read(table(row("a", "b"), wrapped, cells)).text == "a | b\nc | d\ne | f"


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    '<w:footnote w:id="2">'
    + paragraph(r("<w:footnoteRef/>" + t(" See the almanac.")))
    + p("And the tide table.")
    + "</w:footnote>"
)


def test_notes_stand_below_their_section_and_part_no_words() -> None:
    mark = '<w:footnoteReference w:id="2"/>'
    document = read(
        p("Ships", "1")
        + paragraph(r(t("The har")) + r(mark) + r(t("bour opens.")))
        + p("It is cold.")
        + paragraph(r(t("Ice")) + r('<w:endnoteReference w:id="1"/>'), "1")
        + p("It melts."),
        footnotes=NOTES,
        endnotes=f'<w:endnote w:id="1">{p("In May.")}</w:endnote>',
    )
    assert blocks(document) == [
        ("Ships", HEADING),
        ("The harbour opens.", PARAGRAPH),
        ("It is cold.", PARAGRAPH),
        ("See the almanac.", NOTE),
        ("And the tide table.", NOTE),
        ("Ice", HEADING),
        ("It melts.", PARAGRAPH),
        ("In May.", NOTE),
    ]


def test_a_note_is_written_down_once_and_one_that_is_missing_not_at_all() -> None:
    marks = r('<w:footnoteReference w:id="2"/>') * 2 + r('<w:footnoteReference w:id="77"/>')
    document = read(paragraph(r(t("Ice.")) + marks), footnotes=NOTES)
    assert document.text == "Ice.\n\nSee the almanac.\n\nAnd the tide table."
    assert read(paragraph(r(t("Ice.")) + marks)).text == "Ice."


def test_a_mark_of_ones_own_is_no_word() -> None:
    mark = r('<w:footnoteReference w:customMarkFollows="1" w:id="2"/>' + t("*"))
    assert read(paragraph(r(t("Ice")) + mark + r(t(" melts.")))).text == "Ice melts."


def box(content: str) -> str:
    return f"<w:txbxContent>{content}</w:txbxContent>"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    choice = (
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box(p("In the box."))}</wps:txbx></w:drawing></mc:Choice>'
    )
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box(p('In the box.'))}</v:textbox></w:pict></mc:Fallback>"
    run = r(f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>")
    assert read(paragraph(r(t("The har")) + run + r(t("bour.")))).text == "The harbour.\n\nIn the box."


def test_a_box_of_the_old_kind_is_read_and_its_bare_numbers_are_furniture() -> None:
    run = r(f"<w:pict><v:textbox>{box(p('Ships', 'a4') + p('2,000'))}</v:textbox></w:pict>")
    assert blocks(read(paragraph(run) + p("The harbour."))) == [
        ("Ships", CAPTION),
        ("2,000", FURNITURE),
        ("The harbour.", PARAGRAPH),
    ]


def kind(identifier: int, *levels: tuple[str, str], more: str = "") -> str:
    made = (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (number_format, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(made)}</w:abstractNum>'


def numbered(identifier: int, kind: int, override: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>'


RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
NUMBERING = (
    kind(0, ("decimal", "%1."), ("lowerLetter", "%1.%2)"))
    + kind(1, ("bullet", "•"))
    + kind(2, ("decimal", "제%1조"), more='<w:pStyle w:val="1"/><w:suff w:val="nothing"/>')
    + kind(3, ("ganada", "%1)"))
    + numbered(1, 0)
    + numbered(2, 1)
    + numbered(3, 0, RESTART)
    + numbered(4, 2)
    + numbered(5, 3)
)


def item(words: str, list_id: int, level: int = 0, style: str = "") -> str:
    return p(words, style, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_lists_are_numbered_as_word_numbers_them() -> None:
    items = [
        (("Ships", 1), "1. Ships"),
        (("Sails", 1, 1), "1.a) Sails"),
        (("Oars", 1, 1), "1.b) Oars"),
        (("No list", 0), "No list"),
        (("Boats", 1), "2. Boats"),
        (("Nets", 1, 1), "2.a) Nets"),
        (("A bullet", 2), "A bullet"),
        (("Anew", 3), "1. Anew"),
        (("And on", 3), "2. And on"),
        (("Hangul", 5), "가) Hangul"),
        (("Again", 5), "나) Again"),
        (("Of a list that is lost", 99), "Of a list that is lost"),
        (("Too deep", 1, 8), "Too deep"),
        (("", 1), None),
        (("After an empty one", 1), "4. After an empty one"),
    ]
    document = read("".join(item(*arguments) for arguments, _ in items), numbering=NUMBERING)
    assert document.text.split("\n\n") == [shown for _, shown in items if shown]


def test_headings_are_numbered_by_their_style() -> None:
    document = read(item("(목적)", 4, 0, "1") + item("Scope", 4, 0, "1"), numbering=NUMBERING)
    assert document.text == "제1조(목적)\n\n제2조 Scope"


CORE = "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dcterms:created>{date}</dcterms:created>"
PROSE = p("The harbour master said on Monday that the ships would wait for the tide, and nobody was surprised by it.")


def test_the_properties_fill_what_the_text_does_not_say() -> None:
    core = CORE.format(title="Harbour report", author="Ann Lee;user", date="2021-05-04T10:00:00Z")
    metadata = read(PROSE, core=core, company="Ministry of Tides").metadata
    assert (metadata.title, metadata.author, metadata.publisher) == ("Harbour report", "Ann Lee", "Ministry of Tides")
    assert metadata.date == dt.date(2021, 5, 4)


def test_what_the_text_says_goes_before_the_properties() -> None:
    core = CORE.format(title="Old template", author="Bo Ek", date="2021-05-04T10:00:00Z")
    metadata = read(p("The tide report", "a3") + p("By Ann Lee") + p("3 March 2022") + PROSE, core=core).metadata
    assert (metadata.title, metadata.author, metadata.date) == ("The tide report", "Ann Lee", dt.date(2022, 3, 3))


@pytest.mark.parametrize(
    "title", ["", "Document1", "Microsoft Word - harbour.doc", "harbour.docx", "제목 없음", "무제", "---"]
)
@pytest.mark.parametrize("author", ["", "user", "Administrator", "Windows User", "python-docx", "USER-PC", "hp"])
def test_rubbish_properties_are_none(title: str, author: str) -> None:
    core = CORE.format(title=title, author=author, date="2013-12-23T23:15:00Z")
    metadata = read(PROSE, core=core, company="Microsoft Corporation").metadata
    assert (metadata.title, metadata.author, metadata.publisher, metadata.date) == (None, None, None, None)


def test_an_author_by_style_is_a_byline() -> None:
    document = read(p("The tide report", "a3") + p("Ann Lee", "Author") + p("홍길동", "Author") + PROSE)
    assert document.metadata.author == "Ann Lee, 홍길동"
    assert blocks(document)[1] == ("Ann Lee", BYLINE)


def test_a_first_line_that_names_the_text_is_its_title() -> None:
    document = read(p("항만 개방에 관한 보고서") + p("2022. 3. 21.(월)") + PROSE)
    assert document.metadata.title == "항만 개방에 관한 보고서"
    assert document.metadata.date == dt.date(2022, 3, 21)
    assert blocks(document)[0][1] is HEADING


def bold(words: str) -> str:
    return paragraph(r(t(words), "<w:b/>"))


def large(words: str) -> str:
    return paragraph(r(t(words), '<w:sz w:val="32"/>'))


def test_lines_that_look_like_headings_are_where_no_style_says_so() -> None:
    document = read(
        large("항만 개방에 관한 보고서") + PROSE + bold("1. 추진 배경") + PROSE + bold("The ships will wait.") + PROSE
        + bold("Ann Lee") + PROSE + bold("Date: 3 May 2021") + PROSE + bold("The last line")
    )  # fmt: skip
    assert [words for words, kind in blocks(document) if kind is HEADING] == ["항만 개방에 관한 보고서", "1. 추진 배경"]


def test_bold_tells_nothing_where_styles_do_or_most_is_bold() -> None:
    styled = read(p("The tides", "a3") + p("Ships", "1") + bold("A bold line") + PROSE)
    assert [words for words, kind in blocks(styled) if kind is HEADING] == ["The tides", "Ships"]
    shouted = read(p("The tides", "a3") + bold("A bold line") + bold("The harbour master said that ships would wait."))
    assert [words for words, kind in blocks(shouted) if kind is HEADING] == ["The tides"]


def test_a_look_may_come_from_the_style_or_the_defaults() -> None:
    default = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
    big = '<w:style w:type="paragraph" w:styleId="Big"><w:name w:val="Big"/><w:rPr><w:sz w:val="40"/></w:rPr></w:style>'
    usual = paragraph(r(t("Of no size"), '<w:sz w:val="24"/>'))
    document = read(PROSE + p("Of the ships", "Big") + PROSE + usual + PROSE, styles=default + big)
    assert [words for words, kind in blocks(document) if kind is HEADING] == ["Of the ships"]


REFUSED = {
    "no text": (word_file("<w:p/>"), "holds no text. If it holds pictures of pages, put a PDF with text in its place."),
    "no Word": (
        zipped({"word/document.xml": "<workbook/>"}),
        "is no Word document: there is no text in word/document.xml. Save it as .docx or .pdf.",
    ),
    "another archive": (
        zipped({"ship.png": "ship"}),
        "has no word/document.xml inside. Open it in the program that wrote it and save it again.",
    ),
    "empty": (b"", "is empty. Put text into it or delete it."),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "is protected by a password. Save it without a password.",
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_says_why(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as error:
        read_docx(content, "a.docx")
    assert str(error.value) == f"a.docx: {message}"


def test_nested_tables_and_boxes_to_the_depth_allowed_are_read() -> None:
    nested = p("The innermost.")
    for _ in range(60):
        nested = table(row(nested + p("")))
    assert read(nested).text == "The innermost."
    boxes = p("The innermost.")
    for _ in range(40):
        boxes = paragraph(r(f"<w:pict>{box(boxes)}</w:pict>"))
    assert read(boxes).text == "The innermost."


def test_reading_is_linear_in_the_length() -> None:
    def seconds(count: int) -> float:
        content = word_file((item("Ships", 1) + table(row("a", "b"))) * count, numbering=NUMBERING)
        began = time.process_time()
        read_docx(content, "a.docx")
        return time.process_time() - began

    small, large = min(seconds(200) for _ in range(3)), min(seconds(1600) for _ in range(2))
    assert large < 8 * small * 3


WHOLE = word_file(
    p("Harbour", "1") + paragraph(r(t("Ice")) + r('<w:footnoteReference w:id="2"/>')) + table(row("a", "b")),
    footnotes=NOTES,
    numbering=NUMBERING,
    core=CORE.format(title="x", author="y", date="z"),
)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6), st.booleans())
def test_damage_is_read_or_refused_with_a_reason(place: int, noise: bytes, is_cut: bool) -> None:
    damaged = WHOLE[:place] + noise + (b"" if is_cut else WHOLE[place + len(noise) :])
    try:
        document = read_docx(damaged, "a.docx")
    except ReadingError:
        return
    assert document.blocks


TAGS = """p r t tbl tr tc pPr rPr pStyle numPr numId ilvl sdt sdtContent ins del fldChar br tab sym txbxContent
footnoteReference""".split()
LEAVES = ["", "words", '<w:numId w:val="1"/>', '<w:ilvl w:val="9"/>', '<w:pStyle w:val="1"/>', "<w:vanish/>"]
XML = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>", st.sampled_from(TAGS), st.lists(inner)
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(XML)
def test_any_elements_in_any_order_are_read(body: str) -> None:
    document = read(p("The ships lie still.") + body, numbering=NUMBERING, footnotes=NOTES)
    assert "The ships lie still." in document.text
