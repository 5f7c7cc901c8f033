"""A folder as one object: it answers, notices what changed, and never quotes what is not there."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import AnswerKind, FolderError, Library, QuoteKind, SourcesError

HARBOUR = "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.\n"
TARIFFS = "Kim Min-su, a fisherman, said that tariffs were too high. The market opens at six.\n"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "tariffs.md").write_text(f"---\ntitle: Tariffs\ndate: 2024-05-01\n---\n\n{TARIFFS}", encoding="utf-8")
    return tmp_path


def test_a_person_is_quoted_in_the_run_of_their_sentences(folder: Path) -> None:
    answer = Library.open(folder).ask("what did Ann Lee say")
    (quote,) = answer.quotes
    assert (quote.text, quote.speaker, quote.kind) == (HARBOUR.strip(), "Ann Lee", QuoteKind.STATEMENT)
    assert quote.role == "mayor of Port Hale"


def test_a_quote_tells_its_source(folder: Path) -> None:
    (quote,) = Library.open(folder).ask("what did Kim Min-su say?").quotes
    assert (quote.title, str(quote.date), quote.document, quote.paragraph) == ("Tariffs", "2024-05-01", "tariffs.md", 1)


def test_what_the_person_did_not_speak_of_is_said(folder: Path) -> None:
    answer = Library.open(folder).ask("what did Ann Lee say about whales?")
    assert (answer.kind, answer.quotes, answer.missing) == (AnswerKind.CLOSEST, (), ("whales",))
    assert answer.closest[0].speaker == "Ann Lee"


def test_what_the_folder_does_not_hold_is_refused(folder: Path) -> None:
    answer = Library.open(folder).ask("What is the capital of France?")
    assert (answer.kind, answer.quotes) == (AnswerKind.NOTHING, ())


def test_a_name_that_nobody_has_is_missing_and_near_ones_are_offered(folder: Path) -> None:
    answer = Library.open(folder).ask("What did Anna Leeds say?")
    assert answer.kind is AnswerKind.NOTHING
    assert answer.missing[0] == "Anna Leeds"
    assert answer.choices == ("Ann Lee",)


def test_a_changed_a_new_and_a_deleted_file_are_noticed_before_a_question(folder: Path) -> None:
    clock = Clock()
    library = Library.open(folder, clock=clock)
    first = library.version
    (folder / "harbour.txt").write_text(HARBOUR.replace("closed", "open for ever"), encoding="utf-8")
    (folder / "new.txt").write_text("Bo Ek, a teacher, said that the school was full.\n", encoding="utf-8")
    (folder / "tariffs.md").unlink()
    assert "closed" in library.ask("what did Ann Lee say").quotes[0].text, (
        "within a second of the last look nothing is read"
    )
    clock.now = 1.1
    assert "open for ever" in library.ask("what did Ann Lee say").quotes[0].text
    assert library.ask("what did Bo Ek say").quotes
    assert not library.ask("what did Kim Min-su say").quotes
    assert library.version != first
    assert [document.path for document in library.documents] == ["harbour.txt", "new.txt"]


def test_a_folder_that_goes_bad_goes_on_answering_and_says_so(folder: Path) -> None:
    library = Library.open(folder)
    (folder / "sources.yaml").write_text("documents: [", encoding="utf-8")
    library.refresh()
    assert library.ask("what did Ann Lee say").quotes
    assert any("sources.yaml" in problem.where for problem in library.problems)
    (folder / "sources.yaml").write_text("people: [{name: Ann Lee, role: Queen}]", encoding="utf-8")
    library.refresh()
    assert not library.problems
    assert library.people[0].role == "Queen"


def test_one_bad_file_takes_nothing_down(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    library = Library.open(folder)
    assert library.ask("what did Ann Lee say").quotes
    assert [problem.where for problem in library.problems] == ["bad.txt"]


def test_a_missing_folder_and_malformed_sources_are_refused_at_the_door(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        Library.open(tmp_path / "nowhere")
    (tmp_path / "sources.yaml").write_text("documents: 7", encoding="utf-8")
    with pytest.raises(SourcesError):
        Library.open(tmp_path)


def test_an_empty_folder_answers_nothing(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    assert library.ask("what did Ann Lee say").kind is AnswerKind.NOTHING
    assert library.ask("anything at all").kind is AnswerKind.NOTHING
    assert library.problems


def test_the_same_question_gets_the_same_answer_from_many_threads(folder: Path) -> None:
    library = Library.open(folder)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(library.ask, ["what did Ann Lee say"] * 40))
    assert len({dataclasses.replace(answer, elapsed_ms=0) for answer in answers}) == 1


ASKED = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            "what did Ann Lee Kim Min-su say who is about harbour tariffs when the why 항만 말했나".split()
        ),
        max_size=9,
    ).map(" ".join),
)


@settings(deadline=None)
@given(question=ASKED, limit=st.integers(1, 5))
def test_every_quote_is_a_slice_of_its_source(
    tmp_path_factory: pytest.TempPathFactory, question: str, limit: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "slices"
    if not folder.exists():
        folder.mkdir()
        (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
        (folder / "tariffs.txt").write_text(TARIFFS, encoding="utf-8")
    library = Library.open(folder)
    texts = {document.path: document.text for document in library.documents}
    answer = library.ask(question, limit=limit)
    assert len(answer.quotes) <= limit
    assert len(answer.closest) <= limit
    assert bool(answer.quotes) is answer.answered
    for quote in (*answer.quotes, *answer.closest):
        assert texts[quote.document][quote.start : quote.end] == quote.text
        assert quote.passage_start <= quote.start < quote.end <= quote.passage_end
