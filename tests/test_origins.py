"""Where what is known of a document comes from, and that `check` says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write

from bot.checkup import report_folder
from retrieval import Library

TEXT = "The lamp was lit at six, as it had been every evening since the storm.\n"
SOURCES = """
defaults: {language: en, author: Nobody, publisher: Harbour Office}
documents:
  press/a.md: {date: 2024-02-03}
  press/*.md: {date: 2020-01-01, publisher: Press Office}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write(
        tmp_path,
        sources_yaml=SOURCES,
        press__a_md=f"---\nauthor: Ada Holm\npublisher: Herself\n---\n\n# Lamps\n\n{TEXT}",
        press__b_md=f"# Lamps of old\n\n{TEXT}",
        c_txt="Something else.\n",
    )
    return Library.open(tmp_path)


def test_each_value_has_the_origin_that_wins(library: Library) -> None:
    found = {origin.field: (origin.value, origin.giver, origin.pattern) for origin in library.origins("press/a.md")}
    assert found == {
        "title": ("Lamps", "file", ""),
        "author": ("Ada Holm", "front matter", ""),
        "publisher": ("Press Office", "pattern", "press/*.md"),
        "date": ("2024-02-03", "entry", ""),
        "language": ("en", "defaults", ""),
    }
    assert library.origins("nowhere.txt") == ()


def test_check_says_where_values_come_from_what_is_missing_and_what_stands_twice(
    library: Library, tmp_path: Path
) -> None:
    lines = list(report_folder(library, tmp_path))
    assert lines[1] == "  documents: 3 (2 .md, 1 .txt), passages: 2, people: 0"
    start = lines.index("Documents")
    assert lines[start + 1 : lines.index("", start)] == [
        "  c.txt",
        "    author: Nobody (sources.yaml, defaults)",
        "    publisher: Harbour Office (sources.yaml, defaults)",
        "    language: en (sources.yaml, defaults)",
        "    no title, no date: name it in sources.yaml",
        "  press/a.md",
        "    title: Lamps (the file)",
        "    author: Ada Holm (front matter)",
        "    publisher: Press Office (sources.yaml, press/*.md)",
        "    date: 2024-02-03 (sources.yaml)",
        "    language: en (sources.yaml, defaults)",
        "    the same words as press/b.md; they are found once",
        "  press/b.md",
        "    title: Lamps of old (the file)",
        "    author: Nobody (sources.yaml, defaults)",
        "    publisher: Press Office (sources.yaml, press/*.md)",
        "    date: 2020-01-01 (sources.yaml, press/*.md)",
        "    language: en (sources.yaml, defaults)",
        "    the same words as press/a.md; they are found once",
    ]
