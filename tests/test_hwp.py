from __future__ import annotations

import datetime as dt
import struct

import pytest
from hangul_files import (
    COMPRESSED,
    DISTRIBUTION,
    PASSWORD,
    compound_file,
    control_record,
    control_units,
    deflated,
    hwp_file,
    list_record,
    paragraph_records,
    record,
    section_of,
    string,
)
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ReadingError
from retrieval.reading import hwp_records, read
from retrieval.reading.hangul import Note, Paragraph, Table
from retrieval.reading.hwp import read_hwp
from retrieval.reading.hwp_distribution import decrypted
from retrieval.records import Block, BlockKind

WORDS = "부두는 여섯 시에 연다."


def text_of(*records: bytes) -> str:
    return read_hwp(hwp_file(sections=[deflated(b"".join(records))]), "a.hwp").text


def refusal(content: bytes) -> str:
    with pytest.raises(ReadingError) as refused:
        read(content, "a.hwp")
    return str(refused.value)


@pytest.mark.parametrize("flags", [0, COMPRESSED])
def test_a_file_is_read_packed_or_not(flags: int) -> None:
    document = read(hwp_file([Paragraph(WORDS)], flags=flags), "a.hwp")
    assert document.text == WORDS
    assert document.blocks == (Block(0, len(WORDS), BlockKind.PARAGRAPH),)


def test_sections_follow_each_other_by_number() -> None:
    sections = [deflated(section_of([Paragraph(f"{number}절이 있다.")])) for number in range(11)]
    document = read_hwp(hwp_file(sections=sections), "a.hwp")
    assert document.text.split("\n\n") == [f"{number}절이 있다." for number in range(11)]


def test_the_signs_between_letters_are_read() -> None:
    units = f"탭{control_units(9)}줄\n이음\x18표 묶음\x1e빈칸\x1f고정 😀"
    assert text_of(paragraph_records(units, [])) == "탭 줄\n이음-표 묶음 빈칸 고정 😀"


def test_a_field_is_the_words_that_it_shows() -> None:
    link = control_record("%hlk", 1)
    units = f"누리집 {control_units(3)}항만 소식{control_units(4)} 참조"
    assert text_of(paragraph_records(units, [link])) == "누리집 항만 소식 참조"


def test_numbers_of_figures_glosses_and_joined_letters_stand_in_the_line() -> None:
    number = control_record("atno", 1, struct.pack("<IH", 4, 12))
    note_number = control_record("atno", 1, struct.pack("<IH", 1, 3))
    gloss = control_record("tdut", 1, string("부두") + string("埠頭"))
    joined = control_record("tcps", 1, string("①"))
    units = f"표 {control_units(18)}. {control_units(18)}{control_units(23)}의 {control_units(23)}"
    assert text_of(paragraph_records(units, [number, note_number, gloss, joined])) == "표 12. 부두의 ①"


@pytest.mark.parametrize("kind", ["head", "foot", "tcmt", "secd", "%%me"])
def test_running_heads_hidden_words_and_memos_are_left_out(kind: str) -> None:
    hidden = control_record(kind, 1) + list_record(2) + paragraph_records("숨은 말", [], 2)
    assert text_of(paragraph_records(f"{control_units(16)}{WORDS}", [hidden])) == WORDS


def test_memos_at_the_end_of_a_section_are_left_out() -> None:
    memo = record(93, 1, bytes(4)) + list_record(2) + paragraph_records("메모", [], 2)
    assert text_of(paragraph_records(WORDS, [memo])) == WORDS


def test_cells_stand_where_their_addresses_say() -> None:
    cells = [(1, 1, "라"), (0, 1, "다"), (1, 0, "나"), (0, 0, "가")]
    inside = b"".join(list_record(2, *place) + paragraph_records(words, [], 2) for *place, words in cells)
    table = control_record("tbl ", 1) + record(77, 2, bytes(22)) + inside
    assert text_of(paragraph_records(control_units(11), [table])) == "가 | 나\n다 | 라"


def test_shapes_in_a_group_are_read() -> None:
    inner = record(76, 3, b"") + list_record(4) + paragraph_records("묶인 글상자", [], 4)
    group = control_record("gso ", 1) + record(76, 2, b"") + inner
    assert text_of(paragraph_records(control_units(11), [group])) == "묶인 글상자"


def test_a_copy_for_distribution_is_read() -> None:
    """Enciphered by another program with the key 0123456789ABCDEF; FIPS 197, appendix C.1, has the other pair."""
    enciphered = bytes.fromhex(
        "3a774dc08d0d43cd7f8f6adcd36342571469f207e32b571e8091bb592bcafbcd"
        "ad479bc426fe2e4f1a89e5a81a9c164435ddb17caaa7313574cd446816fa04f6"
    )
    section = record(28, 0, _masked(b"0123456789ABCDEF")) + enciphered
    content = hwp_file(sections=[section], flags=COMPRESSED | DISTRIBUTION, folder="ViewText")
    assert read(content, "a.hwp").text == WORDS
    plain = bytes.fromhex("00112233445566778899aabbccddeeff")
    assert decrypted(bytes.fromhex("69c4e0d86a7b0430d8cdb78070b4c55a"), bytes(range(16))) == plain


def _masked(key: bytes, seed: int = 0x5BF764BE) -> bytes:
    mask = bytearray()
    state = seed
    while len(mask) < 256:
        state = (state * 214013 + 2531011) & 0xFFFFFFFF
        value = state >> 16 & 0xFF
        state = (state * 214013 + 2531011) & 0xFFFFFFFF
        mask += bytes([value]) * ((state >> 16 & 0xF) + 1)
    clear = bytearray(256)
    at = 4 + (seed & 0xF)
    clear[at : at + 16] = key
    return struct.pack("<I", seed) + bytes(a ^ b for a, b in zip(clear[4:], mask[4:256], strict=True))


def test_the_summary_tells_title_author_and_day() -> None:
    saved = int(dt.datetime(2024, 3, 4, 23, tzinfo=dt.UTC).timestamp() + 11_644_473_600) * 10_000_000
    values = {
        2: struct.pack("<II", 31, 7) + "항만 이야기\0".encode("utf-16-le"),
        4: struct.pack("<II", 31, 4) + "마소율\0".encode("utf-16-le"),
        13: struct.pack("<IQ", 64, saved),
    }
    index, inside = b"", b""
    for number, value in values.items():
        index += struct.pack("<II", number, 8 + 8 * len(values) + len(inside))
        inside += value
    summary = bytes(44) + struct.pack("<III", 48, 0, len(values)) + index + inside
    metadata = read(hwp_file([Paragraph(WORDS)], summary=summary), "a.hwp").metadata
    assert (metadata.title, metadata.author, metadata.date) == ("항만 이야기", "마소율", dt.date(2024, 3, 5))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05",
            "a.hwp: is a Hangul document of before 2000 (HWP 3). Open it in Hangul and save it as .hwpx.",
        ),
        (
            hwp_file([Paragraph(WORDS)], flags=COMPRESSED | PASSWORD),
            "a.hwp: is protected by a password. Save it without a password or other protection.",
        ),
        (hwp_file(), "a.hwp: has no words in it. "),
        (hwp_file(sections=[]), "a.hwp: is damaged or not all there (no text is in it). "),
        (hwp_file(sections=[b"\xff" * 99]), "a.hwp: is damaged or not all there (Error -3 "),
        (hwp_file(sections=[deflated(bytes(9999))[:9]]), "a.hwp: is damaged or not all there ("),
        (hwp_file(sections=[deflated(record(66, 0, bytes(24))[:-9])]), "a.hwp: is damaged (a record ends too soon). "),
        (
            hwp_file(sections=[b"\0" * 99], flags=DISTRIBUTION, folder="ViewText"),
            "a.hwp: is damaged or not all there (",
        ),
        (hwp_file(sections=[deflated(bytes(1 << 26) + b"1")]), "a.hwp: unpacks to more than 64 MiB of text. "),
        (hwp_file(sections=[deflated(bytes(1 << 25))] * 5), "a.hwp: unpacks to more than 64 MiB of text. "),
        (compound_file({"FileHeader": b"HWP"}, {}), "a.hwp: is damaged or not all there ("),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    assert refusal(content).startswith(message)


def test_more_records_than_a_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwp_records, "MOST_RECORDS", 10)
    assert refusal(hwp_file([Paragraph(WORDS)] * 4)).startswith("a.hwp: is damaged (it has more than 10 records).")


@pytest.mark.parametrize(
    ("at", "value"),
    [(30, b"\xff\xff"), (44, b"\xff\xff\xff\x0f"), (64, b"\xff\xff\xff\x0f"), (72, b"\xff\xff\xff\x0f")],
)
def test_a_header_that_promises_more_than_the_file_holds_is_refused(at: int, value: bytes) -> None:
    content = bytearray(hwp_file([Paragraph(WORDS)]))
    content[at : at + len(value)] = value
    assert refusal(bytes(content)).startswith("a.hwp: is damaged or not all there (its header is wrong).")


def test_a_stream_that_says_to_be_larger_than_the_file_is_refused() -> None:
    content = bytearray(hwp_file([Paragraph(WORDS)]))
    entry = content.index("DocInfo".encode("utf-16-le"))
    content[entry + 120 : entry + 128] = (1 << 31).to_bytes(8, "little")
    assert refusal(bytes(content)).startswith("a.hwp: is damaged or not all there (a stream in it is larger than")


def test_a_directory_without_end_is_refused() -> None:
    endless = compound_file({"FileHeader": b"HWP Document File"}, {f"{number}": {} for number in range(3000)})
    assert refusal(endless).startswith("a.hwp: is damaged or not all there (its folders never end).")


WHOLE = hwp_file([
    Paragraph(WORDS, anchored=(Note((Paragraph("주석"),)), Table((((Paragraph("칸"),), (Paragraph("칸"),)),)))),
])  # fmt: skip
SECTION = section_of([Paragraph(WORDS, anchored=(Table((((Paragraph("칸"),), (Paragraph("칸"),)),)),))] * 2)


def is_refused_or_read(content: bytes) -> bool:
    """Whether it is a document, or refused for a reason that the reader itself gives."""
    try:
        read(content, "a.hwp")
    except ReadingError as error:
        return "made its reader fail" not in error.what
    return True


@given(st.integers(0, len(WHOLE)), st.binary(max_size=40))
def test_any_bytes_are_a_document_or_a_reading_error(at: int, noise: bytes) -> None:
    assert is_refused_or_read(WHOLE[:at] + noise)
    assert is_refused_or_read(WHOLE[:at] + noise + WHOLE[at + len(noise) :])


@given(st.integers(0, len(SECTION)), st.binary(max_size=8), st.integers(0, len(SECTION)))
def test_any_records_are_a_document_or_a_reading_error(at: int, noise: bytes, after: int) -> None:
    for section in (SECTION[:at] + noise + SECTION[at + len(noise) :], SECTION[:at] + noise + SECTION[after:]):
        assert is_refused_or_read(hwp_file(sections=[deflated(section)]))
