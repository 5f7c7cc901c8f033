"""What `check` says of people: who they are, how else they are spelt, and who may be one or two."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from canned import CannedLibrary, refused
from rich.cells import cell_len

from bot.checkup import MOST_PEOPLE, report_folder
from bot.wrapping import wrap_line
from retrieval import Library, Person

ADA = Person("Ada Ferry", ("A. Ferry", "FERRY, Ada"), "keeper of the lighthouse", 2, ("a.md", "b.md"))


def _check(people: tuple[Person, ...], *pairs: tuple[Person, Person], width: int = 80) -> list[str]:
    library = CannedLibrary(lambda _question, _conversation: refused())
    library.people, library.pairs = people, pairs
    lines = report_folder(library, Path("knowledge"))  # type: ignore[arg-type]
    whole = "\n".join(wrap_line(line, width) for line in lines)
    return whole.partition("\nPeople, who say most first\n")[2].partition("\n\nProblems")[0].split("\n")


def test_a_person_has_statements_documents_a_role_and_other_spellings() -> None:
    assert _check((ADA, Person("차나무", statements=1, documents=("a.md",)), Person("Bo Quay"))) == [
        "  Ada Ferry: 2 statements in 2 documents",
        "    keeper of the lighthouse",
        "    also: A. Ferry, FERRY, Ada",
        "  차나무: 1 statement in 1 document",
        "  Bo Quay: no statement",
    ]


def test_of_many_people_and_spellings_the_rest_is_counted() -> None:
    many = tuple(Person(f"Speaker {number}", statements=1, documents=("a.md",)) for number in range(MOST_PEOPLE + 7))
    lines = _check(many)
    assert len(lines) == MOST_PEOPLE + 1
    assert lines[-1] == "  … and 7 more"
    assert _check((Person("Ada", tuple("abcdefghijk")),))[1] == "    also: a, b, c, d, e, f, g, h, 3 more"


def test_a_pair_comes_with_two_lines_to_paste() -> None:
    lines = _check((ADA,), (ADA, Person('Ada "F": Ferri', statements=1)))
    assert lines[3:] == [
        "",
        "May be one person or two: 1 pair",
        "  If they are one, put the two lines under `people:` in sources.yaml; if two,",
        "    give each a line `- name: …`.",
        '  Ada Ferry (2) and Ada "F": Ferri (1)',
        '    - name: "Ada Ferry"',
        '      also: ["Ada \\"F\\": Ferri"]',
    ]


@pytest.mark.parametrize("width", [80, 44])
def test_what_is_pasted_makes_one_person_of_two_in_any_width(tmp_path: Path, width: int) -> None:
    (tmp_path / "a.txt").write_text(
        "Alexandra Featherstonehaugh-Montgomery said, “The pier must stay open for all boats.”\n"
    )
    (tmp_path / "b.txt").write_text(
        "Alexandria Featherstonehaugh-Montgomery said, “The lamp must burn all night long.”\n"
    )
    library = Library.open(tmp_path)
    (pair,) = library.alike()
    lines = _check(library.people, pair, width=width)
    start = next(number for number, line in enumerate(lines) if line.lstrip().startswith("- name:"))
    (tmp_path / "sources.yaml").write_text("\n".join(["people:", *lines[start:]]))
    assert yaml.safe_load((tmp_path / "sources.yaml").read_text())["people"][0]["name"] == pair[0].name
    joined = Library.open(tmp_path)
    assert (len(joined.people), joined.alike()) == (1, ())


@pytest.mark.parametrize("width", [80, 44])
def test_no_line_is_wider_than_the_terminal_but_a_word_that_is(width: int) -> None:
    role = "대한민국 등대 관리 위원회의 등불을 밤새 지키는 등대지기 " * 3
    lines = _check((Person("한바다", ("Han Bada",) * 6, role, 2, ("a.md",)),), (ADA, ADA), width=width)
    assert max(map(cell_len, lines)) <= width
    assert all(line.startswith("  ") for line in lines[:3])
    assert wrap_line("  a " + "x" * 99, 44) == "  a\n    " + "x" * 99
