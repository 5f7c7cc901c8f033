"""sources.yaml says what a file cannot; what is wrong in it is named with its line."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from retrieval.errors import SourcesError
from retrieval.records import Metadata, PersonEntry, Problem
from retrieval.sources import Sources, sources_of


def sources(text: str) -> Sources:
    return sources_of(text.encode())


def test_every_key_is_understood() -> None:
    found = sources(
        """
defaults: {language: en, publisher: Harbour Office}
documents:
  a.txt: {title: "Tides: a talk", author: Jane Roe, publisher: Sea Board, date: 2022-03-21, url: "https://sea.example/a",
          language: ko, speaker: Ada Holm, section: Talks}
people:
  - {name: Ada Holm, also: [A. Holm, 홍아다], role: Governor}
  - name: Jane Roe
"""
    )
    assert found.merged("a.txt", Metadata()) == Metadata(
        title="Tides: a talk",
        author="Jane Roe",
        publisher="Sea Board",
        date=dt.date(2022, 3, 21),
        url="https://sea.example/a",
        language="ko",
        speaker="Ada Holm",
        section="Talks",
    )
    assert found.merged("b.txt", Metadata()) == Metadata(language="en", publisher="Harbour Office")
    assert found.people == (PersonEntry("Ada Holm", ("A. Holm", "홍아다"), "Governor"), PersonEntry("Jane Roe"))


def test_an_exact_entry_wins_over_a_pattern_and_both_over_the_file() -> None:
    found = sources(
        """
defaults: {title: default, author: default, publisher: default, section: default}
documents:
  "press/*.txt": {title: pattern, author: pattern}
  press/a.txt: {title: exact}
"""
    )
    own = Metadata(title="own", author="own", publisher="own")
    assert found.merged("press/a.txt", own) == Metadata("exact", "pattern", "own", section="default")
    assert found.merged("press/b.txt", own) == Metadata("pattern", "pattern", "own", section="default")
    assert found.merged("b.txt", own) == Metadata("own", "own", "own", section="default")


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("press/*.txt", "press/a.txt", True),
        ("press/*.txt", "press/deep/a.txt", False),
        ("press/**", "press/deep/a.txt", True),
        ("**/*.txt", "a.txt", True),
        ("**/*.txt", "press/deep/a.txt", True),
        ("*.txt", "press/a.txt", True),
        ("a?.txt", "ab.txt", True),
        ("a?.txt", "a.txt", False),
        ("[ab].txt", "b.txt", True),
        ("[!ab].txt", "b.txt", False),
        ("*.txt", "a.md", False),
        ("a.txt", "axtxt", False),
        ("*(1).txt", "a(1).txt", True),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    found = sources(f'documents: {{"{pattern}": {{title: T}}}}')
    assert (found.merged(path, Metadata()).title == "T") is fits


def test_the_first_pattern_that_fits_wins() -> None:
    found = sources("documents:\n  'a*': {title: first}\n  '*.txt': {title: second, author: second}\n")
    assert found.merged("a.txt", Metadata()) == Metadata("first", "second")


def test_a_name_in_brackets_is_a_name_before_it_is_a_pattern() -> None:
    found = sources("documents: {'[Press] a.txt': {title: T}}")
    assert found.merged("[Press] a.txt", Metadata()).title == "T"
    assert found.problems(("[Press] a.txt",)) == ()


def test_a_korean_name_fits_however_the_file_system_composes_it() -> None:
    found = sources("documents: {보도자료.txt: {title: T}}")
    assert found.merged(unicodedata.normalize("NFD", "보도자료.txt"), Metadata()).title == "T"


def test_entries_that_nothing_answers_to_are_problems() -> None:
    found = sources("documents: {a.txt: {title: A}, b.txt: {title: B}, 'c/*.txt': {title: C}, './d.txt': {title: D}}")
    assert found.problems(("a.txt", "d.txt")) == (
        Problem("sources.yaml", "has an entry for b.txt, which is not there.", "Mend its name or delete the entry."),
        Problem("sources.yaml", "has an entry for c/*.txt, which is not there.", "Mend its name or delete the entry."),
    )


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "documents:\npeople:\ndefaults:\n", "null"])
def test_nothing_is_said_by_an_empty_file(text: str) -> None:
    assert sources(text) == Sources()


def test_an_entry_without_words_is_no_error() -> None:
    assert sources("documents: {a.txt: , b.txt: {title: }}").merged("b.txt", Metadata("own")).title == "own"


@pytest.mark.parametrize(
    "date", ["2022-03-21", '"2022-03-21"', "2022-03-21T10:00:00+09:00", "March 21, 2022", "2022. 3. 21."]
)
def test_a_date_in_any_spelling(date: str) -> None:
    found = sources(f"documents: {{a.txt: {{date: {date!s}}}}}" if "," not in date else f'defaults: {{date: "{date}"}}')
    assert found.merged("a.txt", Metadata()).date == dt.date(2022, 3, 21)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("documents: [\n", "sources.yaml, line 2: is not YAML"),
        ("a: b: c\n", "sources.yaml, line 1: is not YAML"),
        ("documents:\n\ta.txt: {title: A}\n", "sources.yaml, line 2: is not YAML"),
        ("- a.txt\n", "sources.yaml, line 1: the file must be a list of `key: value` lines."),
        ("just words\n", "sources.yaml, line 1: the file must be a list of `key: value` lines."),
        (
            "document:\n  a.txt: {}\n",
            "sources.yaml, line 1: has an unknown key `document`. Known are defaults, documents, people.",
        ),
        ("documents:\n  - a.txt\n", "sources.yaml, line 2: `documents` must be a list of `key: value` lines."),
        (
            "documents:\n  a.txt: Tides\n",
            "sources.yaml, line 2: the entry `a.txt` must be a list of `key: value` lines.",
        ),
        (
            "documents:\n  a.txt:\n    titel: Tides\n",
            "sources.yaml, line 3: the entry `a.txt` has an unknown key `titel`.",
        ),
        (
            "documents:\n  a.txt: {title: A}\n  a.txt: {title: B}\n",
            "sources.yaml, line 3: `documents` has the key `a.txt` twice.",
        ),
        (
            "documents:\n  a.txt:\n    date: soon\n",
            "sources.yaml, line 3: `date: soon` is no date. Write it as year-month-day: 2022-03-21.",
        ),
        ("documents:\n  a.txt: {date: 2022-02-30}\n", "sources.yaml, line 2: `date: 2022-02-30` is no date."),
        ("documents:\n  a.txt: {date: 2022}\n", "sources.yaml, line 2: `date: 2022` is no date."),
        ("documents:\n  a.txt: {title: [A, B]}\n", "sources.yaml, line 2: `title` must be text."),
        ("people: {name: Ada}\n", "sources.yaml, line 1: `people` must be a list."),
        ("people:\n  - Ada\n", "sources.yaml, line 2: an entry of `people` must be a list of `key: value` lines."),
        (
            "people:\n  - {role: Governor}\n",
            "sources.yaml, line 2: an entry of `people` has no name. Write `name: …` into it.",
        ),
        ("people:\n  - {name: Ada, also: A. Holm}\n", "sources.yaml, line 2: `also` must be a list."),
        (
            "people:\n  - {name: Ada, job: Governor}\n",
            "sources.yaml, line 2: an entry of `people` has an unknown key `job`.",
        ),
        ("? [a, b]\n: c\n", "sources.yaml, line 1: the file has a key that is no plain word."),
        ("defaults: !!python/object/apply:os.getcwd []\n", "sources.yaml, line 1: `defaults` must be a list"),
        ("a: 1\n---\nb: 2\n", "sources.yaml, line 2: is not YAML"),
        (
            "title: a long enough line of words, so that one bell is no noise: \x07\n",
            "sources.yaml, line 1: is not YAML",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(SourcesError) as raised:
        sources(text)
    assert message in str(raised.value)


def test_sources_that_are_no_text_are_refused() -> None:
    with pytest.raises(SourcesError, match=r"sources\.yaml: is no text: it has a NUL byte at offset 2"):
        sources_of(b"a:\0")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(SourcesError, match=r"sources\.yaml"):
        sources("[" * 5000)
