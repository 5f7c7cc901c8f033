"""A question limits itself to a time, a document, the newest; what lies outside is called so."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval import AnswerKind, Library
from retrieval.narrowing import narrowed

FILES = {
    "old.md": ("Harbour forum", "2021-05-04", "Port Times", "Ann Lee, the mayor, said the harbour would close."),
    "mid.md": (
        "Fishery report",
        "2022-03-10",
        "Fish Weekly",
        "Ann Lee, the mayor, said the harbour might open in May.",
    ),
    "new.md": ("Council minutes", "2023-09-30", "Council", "Ann Lee, the mayor, said the harbour was open at last."),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("dated")
    for name, (title, date, publisher, text) in FILES.items():
        head = f"---\ntitle: {title}\ndate: {date}\npublisher: {publisher}\n---\n\n"
        (folder / name).write_text(head + text + "\n", encoding="utf-8")
    return Library.open(folder)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What did Ann Lee say in 2021?", "old.md"),
        ("What did Ann Lee say in March 2022?", "mid.md"),
        ("What did Ann Lee say about the harbour since 2023?", "new.md"),
        ("What did Ann Lee say before 2022?", "old.md"),
        ("What did Ann Lee say in the harbour forum?", "old.md"),
        ("According to the Fish Weekly report, what did Ann Lee say?", "mid.md"),
        ("What is the latest on the harbour?", "new.md"),
        ("harbour 최신 소식", "new.md"),
        ("What did Ann Lee say between 2022 and 2022?", "mid.md"),
        ("What did Ann Lee say between 2025 and 2023?", "new.md"),
    ],
)
def test_the_answer_lies_within_the_limit(library: Library, question: str, document: str) -> None:
    answer = library.ask(question)
    assert answer.kind is AnswerKind.ANSWER
    assert answer.quotes[0].document == document


def test_the_limit_is_said(library: Library) -> None:
    (reading,) = library.ask("What did Ann Lee say in 2021?").read_as
    assert (reading.asked, reading.meant) == ("in 2021", "2021-01-01 – 2021-12-31")


def test_what_lies_outside_is_called_so(library: Library) -> None:
    answer = library.ask("What did Ann Lee say in 1999?")
    assert (answer.kind, answer.quotes, answer.outside) == (AnswerKind.CLOSEST, (), True)
    assert len(answer.closest) == 3


def test_a_year_in_a_question_of_fact_is_no_limit(library: Library) -> None:
    assert not library.ask("When did the harbour open in 1999?").outside


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2022년에", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("2022년 3월부터", dt.date(2022, 3, 1), None),
        ("2022년 이전", None, dt.date(2021, 12, 31)),
        ("on March 5, 2022", dt.date(2022, 3, 5), dt.date(2022, 3, 5)),
        ("after 2022", dt.date(2023, 1, 1), None),
        ("on February 31, 2022", None, None),
    ],
)
def test_dates_are_read_in_both_languages(
    library: Library, text: str, since: dt.date | None, until: dt.date | None
) -> None:
    limits = narrowed(f"{text} harbour", library._snapshot.index, of_speech=True).limits
    assert (limits.since, limits.until) == (since, until)
