from __future__ import annotations

import datetime as dt

import pytest
from hangul_files import hwpx_file, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import ReadingError
from retrieval.reading import read
from retrieval.reading.hangul import Note, Paragraph, Table
from retrieval.records import BlockKind

WORDS = "부두는 여섯 시에 연다."


def text_of(runs: str) -> str:
    return read(hwpx_file(body=f"<hp:p><hp:run>{runs}</hp:run></hp:p>"), "a.hwpx").text


def paragraph(words: str) -> str:
    return f"<hp:subList><hp:p><hp:run><hp:t>{words}</hp:t></hp:run></hp:p></hp:subList>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<hp:t>한 줄<hp:lineBreak/>두<hp:tab/>줄<hp:nbSpace/>묶음<hp:fwSpace/>고정<hp:hyphen/>끝</hp:t>", None),
        (
            "<hp:t>형광<hp:markpenBegin color='#FFFF00'/>펜<hp:markpenEnd/>과 <hp:titleMark/>제목</hp:t>",
            "형광펜과 제목",
        ),
        (
            "<hp:t>그림 </hp:t><hp:ctrl><hp:autoNum num='3' numType='PICTURE'/></hp:ctrl><hp:t>. 부두</hp:t>",
            "그림 3. 부두",
        ),
        ("<hp:ctrl><hp:autoNum num='3' numType='FOOTNOTE'/></hp:ctrl><hp:t>주석</hp:t>", "주석"),
        (
            "<hp:dutmal><hp:mainText>부두</hp:mainText><hp:subText>埠頭</hp:subText></hp:dutmal><hp:t>의</hp:t>",
            "부두의",
        ),
        ("<hp:compose composeText='①'/><hp:t> 하나</hp:t>", "① 하나"),
        (f"<hp:ctrl><hp:header>{paragraph('머리말')}</hp:header></hp:ctrl><hp:t>본문</hp:t>", "본문"),
        (f"<hp:ctrl><hp:hiddenComment>{paragraph('숨은 말')}</hp:hiddenComment></hp:ctrl><hp:t>본문</hp:t>", "본문"),
        (f"<hp:ctrl><hp:fieldBegin type='MEMO'>{paragraph('메모')}</hp:fieldBegin></hp:ctrl><hp:t>본문</hp:t>", "본문"),
        (f"<hp:container><hp:rect><hp:drawText>{paragraph('글상자')}</hp:drawText></hp:rect></hp:container>", "글상자"),
        ("<hp:textart text='글맵시'/>", "글맵시"),
        ("<hp:equation><hp:script>a over b</hp:script></hp:equation><hp:t>이다</hp:t>", "이다"),
    ],
)
def test_the_words_of_a_line_are_read(runs: str, text: str | None) -> None:
    assert text_of(runs) == (text or "한 줄\n두 줄 묶음 고정-끝")


def test_what_a_tracked_change_deleted_is_left_out_across_runs_and_paragraphs() -> None:
    body = (
        "<hp:p><hp:run><hp:t>부두를 <hp:deleteBegin Id='1' TcId='7'/>닫는</hp:t></hp:run>"
        "<hp:run><hp:t>다<hp:deleteEnd Id='2' TcId='7'/><hp:insertBegin TcId='8'/>연다<hp:insertEnd TcId='8'/>.</hp:t>"
        "</hp:run></hp:p><hp:p><hp:run><hp:t>남은 <hp:deleteBegin TcId='9'/>말</hp:t></hp:run></hp:p>"
        "<hp:p><hp:run><hp:t>지운<hp:deleteEnd TcId='9'/> 뒤의 말</hp:t></hp:run></hp:p>"
    )
    assert read(hwpx_file(body=body), "a.hwpx").text == "부두를 연다.\n\n남은\n\n뒤의 말"


def test_a_deletion_without_end_deletes_nothing() -> None:
    assert text_of("<hp:t>부두를 <hp:deleteBegin TcId='7'/>연다.</hp:t>") == "부두를 연다."


def test_sections_follow_each_other_by_number_whatever_the_namespace() -> None:
    members = {
        f"Contents/section{number}.xml": f"<sec xmlns='urn:2036'><p><run><t>{number}절이 있다.</t></run></p></sec>"
        for number in (10, 2, 0)
    }
    assert read(zipped(members), "a.hwpx").text == "0절이 있다.\n\n2절이 있다.\n\n10절이 있다."


SUMMARY = """<opf:title>항만 이야기</opf:title><opf:meta name="creator" content="text">마소율</opf:meta>
<opf:meta name="CreatedDate" content="text">2011-01-01T00:00:00Z</opf:meta>
<opf:meta name="ModifiedDate" content="text">2024-03-04T23:00:00Z</opf:meta>"""


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (SUMMARY, ("항만 이야기", "마소율", dt.date(2024, 3, 5))),
        ("<opf:meta name='date' content='text'>2024년 3월 5일 화요일</opf:meta>", (None, None, dt.date(2024, 3, 5))),
        ("<opf:meta name='ModifiedDate'>gestern</opf:meta>", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_the_package_tells_title_author_and_day(
    metadata: str, expected: tuple[str | None, str | None, dt.date | None]
) -> None:
    found = read(hwpx_file([Paragraph(WORDS)], metadata=metadata), "a.hwpx").metadata
    assert (found.title, found.author, found.date) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zipped({"mimetype": "application/hwp+zip"}), "a.hwpx: has no section of text inside. Open it in the program"),
        (hwpx_file(), "a.hwpx: has no words in it. "),
        (hwpx_file(body="<hp:p>"), "a.hwpx: has broken XML in Contents/section0.xml "),
        (hwpx_file(body="<hp:p>" * 300 + "</hp:p>" * 300), "a.hwpx: has elements nested deeper than 256 in Contents/"),
        (hwpx_file([Paragraph(WORDS)])[:-30], "a.hwpx: is damaged or not all there "),
        (
            zipped({
                "mimetype": "application/hwp+zip",
                "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
                "Contents/section0.xml": "noise",
            }),
            "a.hwpx: is protected by a password. Save it without a password.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read(content, "a.hwpx")
    assert str(refused.value).startswith(message)


def test_either_format_is_read_under_the_others_name() -> None:
    assert read(hwpx_file([Paragraph(WORDS)]), "a.hwp").text == WORDS


def test_tables_in_tables_without_end_are_cut_off() -> None:
    inner = "<hp:t>바닥</hp:t>"
    for _ in range(40):
        cell = f"<hp:tc><hp:subList><hp:p><hp:run>{inner}</hp:run></hp:p></hp:subList></hp:tc>"
        inner = f"<hp:tbl><hp:tr>{cell}</hp:tr></hp:tbl>"
    assert text_of(f"<hp:t>{WORDS}</hp:t>{inner}") == WORDS


def test_a_note_follows_the_row_that_it_belongs_to() -> None:
    noted = Paragraph("12척", anchored=(Note((Paragraph("2월 말 기준"),)),))
    document = read(hwpx_file([Paragraph("", anchored=(Table((((Paragraph("척수"),), (noted,)),)),))]), "a.hwpx")
    assert document.text == "척수 | 12척\n\n2월 말 기준"
    assert [block.kind for block in document.blocks] == [BlockKind.TABLE_ROW, BlockKind.FOOTNOTE]


WHOLE = hwpx_file([Paragraph(WORDS)] * 3)
BODY = "<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList/></hp:tc></hp:tr></hp:tbl><hp:t>말</hp:t></hp:run></hp:p>"


@settings(max_examples=40)
@given(st.integers(0, len(WHOLE)), st.binary(max_size=40), st.integers(0, len(BODY)), st.text(max_size=8))
def test_any_bytes_are_a_document_or_a_reading_error(at: int, noise: bytes, place: int, words: str) -> None:
    broken = BODY[:place] + words.encode(errors="replace").decode() + BODY[place + len(words) :]
    for content in (WHOLE[:at] + noise, WHOLE[:at] + noise + WHOLE[at + len(noise) :], hwpx_file(body=broken)):
        what = ""
        try:
            read(content, "a.hwpx")
        except ReadingError as error:
            what = error.what
        assert "made its reader fail" not in what
