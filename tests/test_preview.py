"""A preview: what a file would be as a document of the folder, with nothing of it kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from retrieval import Library

REPORT = b"# Harbour report\n\nAda Ferry said that the lamp must burn all night.\n\nThe pier is closed.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "a.txt").write_text("The pier is open.\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        "documents: {report.md: {date: 2024-05-03}}\npeople: [{name: Ada Ferry, role: keeper}]\n", encoding="utf-8"
    )
    return Library.open(tmp_path)


def test_a_file_is_read_as_the_folder_would_read_it(library: Library) -> None:
    preview = library.preview("report.md", REPORT)
    assert preview.document is not None
    assert preview.document.metadata.title == "Harbour report"
    assert preview.document.metadata.date == dt.date(2024, 5, 3)
    assert preview.passage_count == 2
    assert [(person.name, person.role, person.statements) for person in preview.people] == [("Ada Ferry", "keeper", 1)]
    assert preview.problem is None


def test_nothing_of_it_is_kept(library: Library) -> None:
    version = library.version
    library.preview("report.md", REPORT)
    library.refresh()
    assert (library.version, len(library.documents)) == (version, 1)
    assert not library.ask("who said the lamp must burn").answered


@pytest.mark.parametrize(
    ("path", "content", "what"),
    [
        ("a.md", b"", "is empty."),
        ("a.hwp", b"nonsense\x00", "is no Hangul document"),
        ("a.exe", b"MZ", "is not a kind"),
    ],
)
def test_what_cannot_be_read_is_a_problem(library: Library, path: str, content: bytes, what: str) -> None:
    preview = library.preview(path, content)
    assert preview.document is None
    assert preview.problem is not None
    assert (preview.problem.where, preview.problem.what.startswith(what)) == (path, True)
