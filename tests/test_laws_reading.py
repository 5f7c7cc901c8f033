"""A law of every reader: whatever bytes a file holds, it is a Document whose blocks stand in order and hold words, or a
ReadingError that says what is wrong, where, and what to do; nothing else, and no reader fails."""

from __future__ import annotations

import pytest
from books import book, page
from hangul_files import hwp_file, hwpx_file
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_pdf import pdf_file
from word_files import p, word_file
from zip_files import zipped

from retrieval.errors import ReadingError
from retrieval.reading import read
from retrieval.reading.hangul import Paragraph
from retrieval.records import Document

PROSE = "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night. 김영희 교수는 산이 높다고 말했다."
ODT = zipped(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
            f"<text:h>Lamps</text:h><text:p>{PROSE}</text:p></office:text></office:body></office:document-content>"
        ),
    }
)
VALID = {
    "txt": f"Lamps\n\n{PROSE}\n\nANN LEE: It burns.\n".encode(),
    "md": f"---\ntitle: Lamps\n---\n# Lamps\n\n{PROSE}\n\n- one\n\n| a | b |\n|---|---|\n| c | d |\n".encode(),
    "html": f"<html><head><title>Lamps</title></head><h1>Lamps</h1><p>{PROSE}</p><table><tr><td>a".encode(),
    "pdf": pdf_file([["# Lamps", "Ada Ferry said that the lamp must burn."]]),
    "docx": word_file(p("Lamps", "Heading1") + p(PROSE)),
    "odt": ODT,
    "epub": book({"one.xhtml": page(f"<h1>Lamps</h1><p>{PROSE}</p>")}),
    "hwp": hwp_file([Paragraph(PROSE)]),
    "hwpx": hwpx_file([Paragraph(PROSE)]),
}
law = settings(deadline=None, derandomize=True, max_examples=25)


def outcome(content: bytes, name: str) -> Document | ReadingError:
    """What became of the file, checked."""
    try:
        document = read(content, name)
    except ReadingError as refusal:
        return _told(refusal, name)
    end = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert end <= block.start < block.end <= len(document.text)
        assert words == words.strip()
        end = block.end
    assert document.path == name
    return document


def _told(error: ReadingError, name: str) -> ReadingError:
    assert error.what
    assert "made its reader fail" not in error.what
    assert "was read wrongly" not in error.what
    assert error.where.partition(", line ")[0] == name
    assert error.remedy or "must be" in error.what
    return error


@pytest.mark.parametrize("ending", VALID)
def test_a_valid_file_is_read(ending: str) -> None:
    document = outcome(VALID[ending], f"a.{ending}")
    assert isinstance(document, Document)
    assert "lamp" in document.text


@pytest.mark.parametrize("ending", VALID)
@law
@given(content=st.binary(max_size=300))
def test_arbitrary_bytes(ending: str, content: bytes) -> None:
    outcome(content, f"a.{ending}")


@pytest.mark.parametrize("ending", VALID)
@law
@given(data=st.data())
def test_a_valid_file_that_somebody_changed(ending: str, data: st.DataObject) -> None:
    content = bytearray(VALID[ending])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[at : at + length] = data.draw(st.binary(max_size=12))
        if not content:
            break
    outcome(bytes(content), f"a.{ending}")


@pytest.mark.parametrize("ending", VALID)
@law
@given(cut=st.floats(0, 1), other=st.sampled_from(sorted(VALID)))
def test_half_of_one_file_and_half_of_another_under_any_name(ending: str, cut: float, other: str) -> None:
    first, second = VALID[ending], VALID[other]
    outcome(first[: int(len(first) * cut)] + second[int(len(second) * cut) :], f"a.{ending}")


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
@law
@given(
    st.lists(
        st.sampled_from(
            ["\r", "\n", "\u2028", "\x0c", "\x00", "\ufeff", "\u3000", "---\n", "a", "# ", "<p>", "“", "\x1a", " "]
        )
        | st.text(max_size=6),
        max_size=30,
    )
)
def test_arbitrary_text(ending: str, pieces: list[str]) -> None:
    outcome("".join(pieces).encode("utf-8", "surrogatepass"), f"a.{ending}")
