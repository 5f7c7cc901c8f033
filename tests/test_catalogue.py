"""After any history of changes the catalogue is that of its documents pressed anew, in however many volumes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import document

from retrieval import catalogue as catalogue_room
from retrieval.analysis import analysed
from retrieval.answering import answered
from retrieval.catalogue import Catalogue
from retrieval.errors import RetrievalError
from retrieval.index import Index
from retrieval.ingestion import Ingested
from retrieval.pressing import pressed
from retrieval.records import Document, PersonEntry
from retrieval.volumes import Volume

SAID = (
    "Ann Lee, mayor of Port Hale, said the harbour would stay closed.",
    "ANN LEE: The ferry is late, and the harbour is full of mud.",
    "Bo Ek, a fisherman, said that tariffs on mud were too high. He also said that nobody asked him.",
    "이영희 원장은 항구를 곧 열겠다고 밝혔다. 그는 배가 늦었다고 말했다.",
    "Mud and silt lie in the harbour, and the ferry is late again.",
    "The mayor, A. Lee, said nothing of the ferry.",
)
DOCUMENTS = st.builds(
    lambda title, said, day: replace(
        document("", title, tuple(said)), metadata=document("", title, ()).metadata.__class__(title=title, date=day)
    ),
    st.sampled_from(["Harbour news", "Tariffs", "항구 소식"]),
    st.lists(st.sampled_from(SAID), min_size=1, max_size=4),
    st.sampled_from([None, dt.date(2024, 1, 5), dt.date(2025, 2, 6)]),
)
PATHS = [f"{letter}/{number}.txt" for letter in "ab" for number in range(4)]
HISTORIES = st.lists(st.dictionaries(st.sampled_from(PATHS), st.none() | DOCUMENTS, min_size=1, max_size=4), max_size=5)
QUESTIONS = (
    "what did Ann Lee say",
    "what did Ann Lee say about the harbour",
    "who said tariffs were high",
    "is there mud in the harbour",
    "what did Bo Ek say in 2024",
    "what did the mayor say in the harbour news report",
    "이영희는 무엇을 말했나요?",
    "who is Ann Lee",
)


def taken_apart(found: Document) -> Ingested:
    return Ingested(found.path, found, found.metadata, analysed(found))


@settings(max_examples=30, deadline=None)
@given(HISTORIES, st.sampled_from([0, 2, 8]))
def test_any_history_of_changes_comes_to_what_is_there(history: list[dict[str, Document | None]], ratio: int) -> None:
    there: dict[str, Document] = {}
    found = Catalogue()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue_room, "RATIO", ratio)
        patched.setattr(catalogue_room, "SMALL", 0 if ratio < 8 else 2_000)
        for changes in history:
            new = [replace(each, path=path) for path, each in changes.items() if each]
            found = found.with_changes(changes, [pressed(map(taken_apart, new))])
            there = {path: each for path, each in there.items() if path not in changes}
            there |= {each.path: each for each in new}
    anew = Catalogue().with_changes(new=[pressed(taken_apart(each) for _, each in sorted(there.items()))])
    assert list(found) == sorted(there)
    assert list(found.documents) == list(anew.documents) == [each for _, each in sorted(there.items())]
    assert found.fingerprints.tolist() == anew.fingerprints.tolist()
    entries = (PersonEntry("Ann Lee", ("A. Lee",)),)
    one, other = Index(found, people=entries), Index(anew, people=entries)
    assert list(one.passages) == list(other.passages)
    assert [one.statements_in(n) for n in range(len(one.passages))] == [
        other.statements_in(n) for n in range(len(other.passages))
    ]
    assert (one.people.all, one.body_count, one.dates.tolist()) == (
        other.people.all,
        other.body_count,
        other.dates.tolist(),
    )
    for question in QUESTIONS:
        assert answered(question, (), one, 3) == answered(question, (), other, 3)


def test_volumes_stay_few_and_hold_few_of_the_gone() -> None:
    found = Catalogue()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue_room, "SMALL", 0)
        for number in range(200):
            new = pressed([taken_apart(document(f"{number:03}.txt", "Harbour news", SAID[:2]))])
            found = found.with_changes([f"{number - 150:03}.txt"], [new])
    assert len(found) == 150
    assert len(found.volumes) <= 3
    assert sum(map(len, found.volumes)) <= 2 * len(found)


def test_a_snapshot_goes_on_as_it_was() -> None:
    before = Catalogue().with_changes(new=[pressed([taken_apart(document("a.txt", "Harbour news", SAID[:1]))])])
    before.with_changes(["a.txt"], [pressed([taken_apart(document("b.txt", "Tariffs", SAID[2:3]))])])
    assert list(before) == ["a.txt"]
    assert before.document(0).metadata.title == "Harbour news"


def test_a_volume_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    volume = pressed(taken_apart(document(f"{n}.txt", "Harbour news", SAID[n:])) for n in range(4))
    volume.save(tmp_path / "held", b"key")
    again = Volume.open(tmp_path / "held", b"key")
    assert {name: each.tolist() for name, each in again.columns.items()} == {
        name: each.tolist() for name, each in volume.columns.items()
    }
    assert [again.document(n) for n in range(4)] == [volume.document(n) for n in range(4)]


@pytest.mark.parametrize(
    ("words", "others", "told"),
    [(b"stay closed", b"stay opened", Volume.text), (b"Harbour news", b"Tariff views", Volume.metadata)],
)
def test_words_that_the_disk_has_damaged_are_not_told(
    tmp_path: Path, words: bytes, others: bytes, told: Callable[[Volume, int], object]
) -> None:
    volume = pressed([taken_apart(document("a.txt", "Harbour news", SAID[:1]))])
    volume.save(tmp_path / "held", b"key")
    whole = (tmp_path / "held").read_bytes()
    (tmp_path / "held").write_bytes(whole.replace(words, others))
    damaged = Volume.open(tmp_path / "held", b"key")
    with pytest.raises(RetrievalError, match=r"a\.txt: was kept in the cache, and the cache is damaged\. Start the"):
        told(damaged, 0)
    assert not (tmp_path / "held").exists(), "the next start reads it anew"


def test_the_day_and_the_file_of_a_document_are_found_by_arrays_alone() -> None:
    made = replace(document("harbour-report.txt", "Mud", SAID[:1]), metadata=document("", "Mud", ()).metadata)
    index = Index(Catalogue().with_changes(new=[pressed([taken_apart(made)])]))
    assert index.headings.shares([["harbour"], ["report"], ["tariff"]]).tolist() == [2 / 3]
    assert np.array_equal(index.dates, [0])
