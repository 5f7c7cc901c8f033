"""A library that was kept, changed and started again any number of times is one that is opened anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from folders import write
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval import Library, catalogue, looking, people, shelving

PATHS = ("a.txt", "a-b.txt", "a/Z.md", "항구.txt")
SAID = (
    "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.",
    "ANN LEE: The ferry is late, and the harbour is full of mud.\n\nBO EK: Nobody asked me of the ferry, you know.",
    "Bo Ek, a fisherman, said that tariffs on mud were too high.",
    "Lee Ann said that the ferry would sail again. Bo Eck said that it would not.",
    "이영희 원장은 항구를 곧 열겠다고 밝혔다. 그는 배가 늦었다고 말했다.",
    "# The harbour of Port Hale\n\n## Mud",
    "---\ntitle: Ferry report\nauthor: Bo Ek\ndate: 2024-02-03\nspeaker: Ann Lee\n---\n\nThe ferry stays where it is.",
    " ",
    "---\ntitle: [\n---\n\nNo title.",
)
SOURCES = (
    "",
    "people: [{name: Ann Lee, also: [이영희], role: Harbour master}]",
    "defaults: {publisher: Harbour Office, date: 2023-05-06}",
    "documents: {a.txt: {title: Tariff paper, speaker: Bo Ek}, gone.txt: {title: Gone}}",
    "documents: {'*.md': {author: Ada Quay}}\npeople: [{name: Bo Ek}]",
)
QUESTIONS = (
    "what did Ann Lee say",
    "what did Bo Ek say about the ferry",
    "who said tariffs were high",
    "is there mud in the harbour",
    "what did Ann Lee say in 2024",
    "what did the mayor say in the ferry report",
    "이영희는 무엇을 말했나요?",
    "who is Bo Ek",
    "what did Ann Leeb say",
    "what did Ada Quay write",
)
TEXTS = st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(lambda said: "\n\n".join(said) + "\n")
DOINGS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(PATHS), TEXTS),
    st.tuples(st.just("move"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("copy"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("delete"), st.sampled_from(PATHS), st.just("")),
    st.tuples(st.just("sources"), st.just("sources.yaml"), st.sampled_from(SOURCES)),
)
THEN = st.sampled_from(["", "refresh", "start", "start"])


@contextmanager
def volumes_of_little(ratio: int) -> Iterator[None]:
    """Let volumes be many, all of them on disk, though the folder is small."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "RATIO", ratio)
        patched.setattr(catalogue, "SMALL", 0)
        patched.setattr(shelving, "FEWEST_SHELVED", 0)
        patched.setattr(shelving, "SHARE_AT_HAND", 0)
        patched.setattr(looking, "MOST_AT_HAND", 2)
        patched.setattr(people, "MOST_FITTED", 3)
        yield


def do(folder: Path, what: str, path: str, other: str) -> None:
    """One thing that an owner may do to the files of the folder."""
    place = folder / path
    if what in {"write", "sources"}:
        write(folder, **{path.replace(".", "_").replace("/", "__"): other})
    elif place.is_file() and what == "delete":
        place.unlink()
    elif place.is_file() and what == "copy":
        write(folder, **{other.replace(".", "_").replace("/", "__"): place.read_text(encoding="utf-8")})
    elif place.is_file() and what == "move":
        (folder / other).parent.mkdir(exist_ok=True)
        place.rename(folder / other)


def told(library: Library) -> dict[str, object]:
    """All that a library tells."""
    answers = [replace(library.ask(question), elapsed_ms=0) for question in QUESTIONS]
    documents = list(library.documents)
    return {
        "answers": answers,
        "people": (library.people, library.speaker_count, library.alike()),
        "documents": (documents, list(library.covers()), library.passage_count),
        "of each": [
            (library.origins(each.path), library.same_words(each.path), library.speakers_in(each.path))
            for each in documents
        ],
        "folder": (library.version, library.problems, library.notice),
    }


@settings(max_examples=25, deadline=None)
@example([(("write", "a.txt", f"{SAID[2]}\n"), "start")], 2)
@example([(("sources", "sources.yaml", SOURCES[3]), "start"), (("delete", "a.txt", ""), "start")], 0)
@given(st.lists(st.tuples(DOINGS, THEN), min_size=2, max_size=9), st.sampled_from([0, 2]))
def test_whatever_was_done_before_a_library_tells_what_is_there(
    steps: list[tuple[tuple[str, str, str], str]], ratio: int
) -> None:
    with tempfile.TemporaryDirectory() as made, volumes_of_little(ratio):
        folder, data_dir = Path(made) / "knowledge", Path(made) / "data"
        write(folder, a_txt=f"{SAID[0]}\n")
        library = Library.open(folder, data_dir=data_dir)
        for doing, then in steps:
            do(folder, *doing)
            if then == "start":
                library = Library.open(folder, data_dir=data_dir)
            elif then == "refresh":
                library.refresh()
        library.refresh()
        anew = told(Library.open(folder))
        assert told(library) == anew
        assert told(Library.open(folder, data_dir=data_dir)) == anew
