from __future__ import annotations

import datetime as dt

import pytest
from hangul_files import (
    control_record,
    control_units,
    deflated,
    hwp_file,
    hwpx_file,
    list_record,
    paragraph_records,
    record,
)
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.hangul import Box, Note, Paragraph, Part, Table, parts_of
from retrieval.reading.hangul_headings import with_headings
from retrieval.reading.hangul_metadata import Summary, described
from retrieval.reading.hwp import read_hwp
from retrieval.reading.hwpx import read_hwpx
from retrieval.records import BlockKind, Document

PROSE = (
    "한빛항만공단은 6일 동쪽 부두에서 준공식을 열고 화물선 열두 척이 한꺼번에 닿을 수 있는 부두의 문을 열었다고 밝혔다."
)
LONG = f"□ {PROSE} 부두의 길이는 1.2킬로미터이고 공사에는 네 해가 걸렸으며 올해 안에 배후 단지도 문을 연다."
ROW, HEADING, NOTE, PARAGRAPH = BlockKind.TABLE_ROW, BlockKind.HEADING, BlockKind.FOOTNOTE, BlockKind.PARAGRAPH


def cell(*lines: str, points: float = 0) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, points=points) for line in lines)


def table(*rows: tuple[tuple[Paragraph, ...], ...]) -> Paragraph:
    return Paragraph("", anchored=(Table(rows),))


def parts(*paragraphs: Paragraph) -> list[tuple[BlockKind, str]]:
    return [(part.kind, part.words) for part in parts_of(paragraphs)]


BODY = (
    Paragraph(LONG, points=14.0, anchored=(Note(cell("2024년 2월 말 기준")),)),
    Paragraph("○ 마루한 이사장은 “바닷길이 곧 먹거리길”이라고 말했다.", points=14.0),
)
PRESS_RELEASE = (
    Paragraph("보도자료", points=22.0),
    table(
        (cell("보 도 시 점"), cell("2024. 3. 6.(수) 12:00"), cell("배 포"), cell("2024. 3. 5.(화) 10:00")),
        (cell("해양수산부"), cell("총 3쪽")),
    ),
    table((cell("동쪽 부두, 여섯 달", "앞당겨 연다", points=22.0),)),
    Paragraph("- 화물선 열두 척이 한꺼번에 -", points=14.0),
    table((BODY,)),
    table((cell("Ⅰ"), cell(""), cell("추진 배경", points=14.0))),
    Paragraph(PROSE, points=10.0),
    table((cell("담당 부서"), cell("홍보실"), cell("책임자"), cell("실장 마루한 (051-000-0000)"))),
)


@pytest.mark.parametrize(
    "document", [read_hwp(hwp_file(PRESS_RELEASE), "a.hwp"), read_hwpx(hwpx_file(PRESS_RELEASE), "a.hwpx")]
)
def test_a_press_release_made_of_tables_is_read_as_one_reads_it(document: Document) -> None:
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        (BlockKind.FURNITURE, "보도자료"),
        (ROW, "보 도 시 점 | 2024. 3. 6.(수) 12:00 | 배 포 | 2024. 3. 5.(화) 10:00"),
        (ROW, "해양수산부 | 총 3쪽"),
        (HEADING, "동쪽 부두, 여섯 달 앞당겨 연다"),
        (PARAGRAPH, "- 화물선 열두 척이 한꺼번에 -"),
        (PARAGRAPH, LONG),
        (NOTE, "2024년 2월 말 기준"),
        (PARAGRAPH, "○ 마루한 이사장은 “바닷길이 곧 먹거리길”이라고 말했다."),
        (HEADING, "Ⅰ 추진 배경"),
        (PARAGRAPH, PROSE),
        (ROW, "담당 부서 | 홍보실 | 책임자 | 실장 마루한 (051-000-0000)"),
    ]
    assert document.metadata.title == "동쪽 부두, 여섯 달 앞당겨 연다"
    assert document.metadata.publisher == "해양수산부"
    assert document.metadata.date == dt.date(2024, 3, 5)
    assert {block.page for block in document.blocks} == {None}


def test_a_cell_of_prose_is_paragraphs_beside_its_label() -> None:
    assert parts(table((cell("주요 내용"), cell(LONG, PROSE), cell("비고")))) == [
        (ROW, "주요 내용"),
        (PARAGRAPH, LONG),
        (PARAGRAPH, PROSE),
        (ROW, "비고"),
    ]


def test_short_lines_of_a_cell_stay_in_their_row_and_empty_cells_keep_their_place() -> None:
    assert parts(table((cell("안건"), cell("하나", "둘"), cell("")), (cell("1"), cell(""), cell("3")))) == [
        (ROW, "안건 | 하나 둘"),
        (ROW, "1 |  | 3"),
    ]


def test_rows_of_numbers_are_no_headings() -> None:
    assert parts(table((cell("1"), cell("부산")), (cell("2"), cell("인천")))) == [(ROW, "1 | 부산"), (ROW, "2 | 인천")]


def test_a_table_in_a_cell_and_a_box_keep_their_order() -> None:
    inner = Table(((cell("부산"), cell("12척")),), caption=cell("<표 1> 물동량"))
    box = Box(cell("글상자"), caption=cell("그림 1. 부두"))
    right = (Paragraph("위", anchored=(inner,)), Paragraph("아래", anchored=(box,), is_below=True))
    assert parts(table((cell("왼쪽"), right))) == [
        (ROW, "왼쪽"),
        (PARAGRAPH, "위"),
        (BlockKind.CAPTION, "<표 1> 물동량"),
        (ROW, "부산 | 12척"),
        (BlockKind.CAPTION, "그림 1. 부두"),
        (PARAGRAPH, "글상자"),
        (PARAGRAPH, "아래"),
    ]


def test_bullets_that_no_other_font_can_show_are_left_out() -> None:
    assert parts(Paragraph("\U000f02b1 추진 배경"), Paragraph("\uf06c 하나"), Paragraph("\uf53a글")) == [
        (PARAGRAPH, "추진 배경"),
        (PARAGRAPH, "하나"),
        (PARAGRAPH, "\uf53a글"),
    ]


def test_notes_in_a_row_follow_it() -> None:
    noted = (Paragraph("12척", anchored=(Note(cell("2월 말 기준")),)),)
    assert parts(table((cell("척수"), noted, cell("비고")))) == [(ROW, "척수 | 12척 | 비고"), (NOTE, "2월 말 기준")]


def test_what_is_nested_without_end_ends() -> None:
    paragraph = Paragraph("바닥")
    for _ in range(400):
        paragraph = Paragraph("", anchored=(Box((paragraph,)),))
    assert parts(paragraph) == []


@pytest.mark.parametrize(
    ("part", "following", "kind"),
    [
        (Part("추진 배경", style="개요 1"), PROSE, HEADING),
        (Part("추진 배경", points=14), PROSE, HEADING),
        (Part("□ 추진 배경", points=14), PROSE, HEADING),
        (Part("1. 추진 배경", points=10), PROSE, HEADING),
        (Part("제2장 항만의 관리", points=10), PROSE, HEADING),
        (Part("추진 배경", points=10), PROSE, PARAGRAPH),
        (Part("1. 사과", points=10), "2. 배", PARAGRAPH),
        (Part("1. 일시: 3월 6일", points=10), PROSE, PARAGRAPH),
        (Part("○ 추진 배경", points=14), PROSE, PARAGRAPH),
        (Part("□ 정부는 6일 국무회의에서 새 항만 계획을 확정", points=14), PROSE, PARAGRAPH),
        (Part("부두를 열었다고 밝혔다.", style="제목"), PROSE, PARAGRAPH),
        (Part("한빛항만공단과 마루해운은", points=14), PROSE, PARAGRAPH),
        (Part("동쪽 부두의 모습", style="그림캡션"), PROSE, BlockKind.CAPTION),
        (Part("[표 1] 연도별 물동량", points=10), PROSE, BlockKind.CAPTION),
        (Part("<그림 2-1> 부두", points=10), PROSE, BlockKind.CAPTION),
    ],
)
def test_headings_and_captions_are_told_from_prose(part: Part, following: str, kind: BlockKind) -> None:
    assert with_headings([part, Part(following, points=10)])[0].kind is kind


def test_a_table_of_contents_is_furniture_and_what_follows_it_is_not() -> None:
    lines = ["목 차", "1. 배경 ····· 3", "2. 계획 12", PROSE, "인구 12"]
    kinds = [part.kind for part in with_headings([Part(line, points=10) for line in lines])]
    assert kinds == [*[BlockKind.FURNITURE] * 3, PARAGRAPH, PARAGRAPH]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("배포일시 | 2024. 3. 5.(화) / 총 5쪽", dt.date(2024, 3, 5)),
        ("보도시점 | ’24. 3. 6.(수) 조간 | 배포일 | ’24. 3. 5.(화)", dt.date(2024, 3, 5)),
        ("작성일자: 2024년 3월 5일", dt.date(2024, 3, 5)),
        ("2024. 3. 5.", dt.date(2024, 3, 5)),
        ("홍보실 | 2024. 3. 5.(화)", dt.date(2024, 3, 5)),
        ("시행 홍보실-123 (2024. 3. 5.)", None),
        ("공단은 2024년 3월 5일 부두를 열었다.", None),
    ],
)
def test_the_first_page_dates_a_document(words: str, date: dt.date | None) -> None:
    fallback = dt.date(2001, 1, 1)
    _, metadata = described([Part(words, ROW if "|" in words else PARAGRAPH)], Summary(date=fallback))
    assert metadata.date == (date or fallback)


def test_the_summary_names_a_title_only_where_the_text_does_or_says_nothing_else() -> None:
    lines = [Part("차림표"), Part(PROSE)]
    assert described(lines, Summary(title="항만 이야기"))[1].title == "항만 이야기"
    assert described([Part("항만 이야기", points=10), Part("차림표", points=22), *lines], Summary(title="항만 이야기"))[
        1
    ].title == ("항만 이야기")
    assert described(lines, Summary(title="한빛항만공단은 6일"))[1].title is None


def test_a_label_names_the_title() -> None:
    letter = [
        Part("한빛항만공단", points=22),
        Part("수신 부산광역시장"),
        Part("(경유)"),
        Part("제 목 부두 사용 협조 요청"),
    ]
    assert described(letter, Summary())[1].title == "부두 사용 협조 요청"
    assert described([Part("제 목 | 새 부두 문 연다 | 면수", ROW)], Summary())[1].title == "새 부두 문 연다"
    assert described([Part("제목 없이 쓰는 글은 길을 잃는다.")], Summary())[1].title is None


def test_a_press_releases_contacts_name_its_publisher() -> None:
    contacts = Part("담당 부서 | 해양수산부 | 책임자 | 과장 마루한", ROW)
    assert described([*[Part(PROSE)] * 30, contacts], Summary())[1].publisher == "해양수산부"
    assert described([*[Part(PROSE)] * 30, Part("협의 | 해양수산부", ROW)], Summary())[1].publisher is None


def test_an_author_is_a_person() -> None:
    assert described([], Summary(author="마소율"))[1].author == "마소율"
    assert described([], Summary(author="user"))[1].author is None


def test_a_table_between_words_breaks_their_line() -> None:
    table_record = (
        control_record("tbl ", 1) + record(77, 2, bytes(22)) + list_record(2) + paragraph_records("칸", [], 2)
    )
    from_hwp = deflated(paragraph_records(f"현황{control_units(11)}(단위: 척)", [table_record]))
    cells = "<hp:tr><hp:tc><hp:subList><hp:p><hp:run><hp:t>칸</hp:t></hp:run></hp:p></hp:subList></hp:tc></hp:tr>"
    runs = f"<hp:t>현황</hp:t><hp:tbl>{cells}</hp:tbl><hp:t>(단위: 척)</hp:t>"
    from_hwpx = hwpx_file(body=f"<hp:p><hp:run>{runs}</hp:run></hp:p>")
    assert read_hwp(hwp_file(sections=[from_hwp]), "a").text == "현황\n(단위: 척)\n\n칸"
    assert read_hwpx(from_hwpx, "a").text == "현황\n(단위: 척)\n\n칸"


words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
leaves = st.builds(Paragraph, words, st.sampled_from(["바탕글", "제목"]), st.sampled_from([10.0, 22.0]))
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        Paragraph,
        words,
        st.just("바탕글"),
        st.just(10.0),
        st.lists(
            st.builds(Note, st.tuples(inner))
            | st.builds(Box, st.tuples(inner), st.just(()) | st.tuples(inner))
            | st.builds(Table, st.tuples(st.tuples(st.tuples(inner), st.tuples(inner)))),
            min_size=1,
            max_size=2,
        ).map(tuple),
        st.booleans(),
    ),
    max_leaves=6,
)


@given(st.lists(trees, min_size=1, max_size=3))
def test_both_formats_read_what_was_written(paragraphs: list[Paragraph]) -> None:
    from_hwp = read_hwp(hwp_file(paragraphs), "a")
    assert from_hwp == read_hwpx(hwpx_file(paragraphs), "a")
    written = "".join("".join(part.words.split()) for part in parts_of(paragraphs))
    assert "".join(from_hwp.text.split()) == written
