from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ReadingError
from retrieval.reading.decoding import decoded

NOTICE = """┌────────────┐
│ 보 도 자 료 │
└────────────┘
□ 한빛항만공단(이사장 마루한)은 ’24. 3. 6.(수) “바닷길·하늘길”을 잇는다고 밝혔다.
  ○ 물동량은 前年 대비 12.3％ 늘어 1,234만 개를 기록(※ 잠정치)
   - 埠頭 사용료 ￦30,000 → ￦25,000 (∼’25년)
  ▲ 『항만법』 제3조 「부두」 ①항 ㈜한빛 ☎ 051-000-0000 ㎢ ℃ Ⅳ ½ ± × ÷
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_korean_notice_is_read_in_every_encoding_with_every_line_end(encoding: str, line_end: str) -> None:
    assert decoded(NOTICE.replace("\n", line_end).encode(encoding), "a.txt") == NOTICE


def test_utf16_is_read_in_either_order() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert decoded(mark + NOTICE.encode(encoding), "a.txt") == NOTICE


def test_the_mark_that_dos_wrote_at_the_end_is_no_text() -> None:
    assert decoded("등대\r\n".encode("cp949") + b"\x1a", "a.txt") == "등대\n"


CP949, UTF8 = NOTICE.encode("cp949"), NOTICE.encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (CP949[:300] + b"\xff\x20" + CP949[302:], "is neither UTF-8 nor Korean CP949: byte 299 (0xA1, line 7)"),
        (b"\x80" + CP949, "is neither UTF-8 nor Korean CP949: byte 0 (0x80, line 1)"),
        (UTF8[:-20] + b"\xea\n", "is UTF-8, but byte 456 (0xEA, line 7) is broken (invalid continuation byte)."),
        ("등대는 바다에 있".encode()[:-1], "is UTF-8, but byte 20 (0xEC, line 1) is broken (unexpected end of data)."),
        ("등대는 바다에".encode()[1:], "is UTF-8, but byte 0 (0x93, line 1) is broken (invalid start byte)."),
    ],
)
def test_broken_bytes_are_named_with_their_place(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as refused:
        decoded(content, "a.txt")
    assert str(refused.value).startswith(f"a.txt: {message}")


@pytest.mark.parametrize("length", range(3, 24, 2))
def test_a_utf8_text_that_lost_a_byte_is_never_read_as_cp949(length: int) -> None:
    with pytest.raises(ReadingError, match=r"is UTF-8, but byte \d+ "):
        decoded("등대는바다에있고배는부두에있다물결은잔잔하다"[:length].encode()[:-1] + b" ", "a.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_without_nul_and_carriage_returns_or_a_reading_error(content: bytes) -> None:
    try:
        text = decoded(content, "a.txt")
    except ReadingError as error:
        assert error.where == "a.txt"  # noqa: PT017 - either way has its law
    else:
        assert text.strip()
        assert not {"\0", "\r"} & set(text)
