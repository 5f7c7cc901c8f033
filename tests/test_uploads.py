"""Names of files that somebody sent: whatever they are, they stay in the folder and can be seen there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.uploads import LONGEST_NAME_BYTES, safe_name


@pytest.mark.parametrize(
    ("sent", "safe"),
    [
        ("report.txt", "report.txt"),
        ("../../x.txt", "x.txt"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\min\\notes.md", "notes.md"),
        ("..", ""),
        (".env.txt", "env.txt"),
        ("~$minutes.docx", "minutes.docx"),
        ("# plan.md", "plan.md"),
        ("  a \t b\n.txt", "a b.txt"),
        ("evil\x00\u202etxt.pdf", "eviltxt.pdf"),
        (unicodedata.normalize("NFD", "회의록.hwp"), "회의록.hwp"),
        ("", ""),
    ],
)
def test_a_name_is_made_safe(sent: str, safe: str) -> None:
    assert safe_name(sent) == safe


def test_a_long_name_keeps_its_ending_and_whole_characters() -> None:
    name = safe_name("차" * 300 + ".hwpx")
    assert name == "차" * 83 + ".hwpx"
    assert safe_name("a" * 251 + ".txt") == "a" * 251 + ".txt"
    assert safe_name("a" * 252 + ".txt") == "a" * 251 + ".txt"


@given(st.text(max_size=400) | st.text(alphabet="./\\#~$ \u0301가a", max_size=400))
def test_whatever_is_sent_its_name_is_one_of_a_file_that_is_read(sent: str) -> None:
    name = safe_name(sent)
    assert len(name.encode()) <= LONGEST_NAME_BYTES
    assert not set(name) & set("/\\\0\n")
    assert not name.startswith((".", "~$", "#", " "))
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name
