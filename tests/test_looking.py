"""A look at a folder takes in what changed and nothing else, and waits for what is still being written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import NotingWorkers, age, write

from retrieval import looking
from retrieval.contents import Contents
from retrieval.folder import Folder
from retrieval.index import Index
from retrieval.listing import Stamp
from retrieval.opening import content_of
from retrieval.store import Store

LAMP = "The lamp was lit at six, as it had been every evening since the storm.\n"
PIER = "The pier is closed, said Ann Lee, mayor of Port Hale.\n"


@pytest.fixture
def workers() -> Iterator[NotingWorkers]:
    found = NotingWorkers()
    yield found
    found.close()


class Look:
    """Looks at a folder again and again, with a clock of its own."""

    def __init__(self, root: Path, workers: NotingWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
        store = Store(root.parent / f"{root.name} kept", root)
        self._folder, self._contents = Folder(root, workers, store), None
        self._began, self.seconds = time.time_ns(), 0.0
        monkeypatch.setattr(looking.time, "time_ns", lambda: self._began + int(self.seconds * 1e9))
        monkeypatch.setattr(looking.time, "monotonic", lambda: self.seconds)

    def __call__(self, seconds: float = 60.0) -> Contents:
        """What the folder holds `seconds` later."""
        self.seconds += seconds
        self._contents = self._folder.look(self._contents)
        return self._contents

    def touch(self, path: Path) -> None:
        """Let `path` have been written now."""
        now = self._began + int(self.seconds * 1e9)
        os.utime(path, ns=(now, now))


@pytest.fixture
def look(tmp_path: Path, workers: NotingWorkers, monkeypatch: pytest.MonkeyPatch) -> Look:
    return Look(tmp_path, workers, monkeypatch)


def words(contents: Contents) -> dict[str, str]:
    return {document.path: document.text for document in contents.catalogue.documents}


def test_only_what_changed_is_taken_in(tmp_path: Path, look: Look, workers: NotingWorkers) -> None:
    write(tmp_path, a_txt=LAMP, b_txt=PIER)
    first = look()
    assert workers.take_notes() == ["a.txt", "b.txt"]
    write(tmp_path, b_txt=PIER + LAMP, c_txt="A third.\n")
    age(tmp_path / "a.txt")
    second = look()
    assert workers.take_notes() == ["b.txt", "c.txt"]
    assert second.files["a.txt"].identity == first.files["a.txt"].identity != 0


def test_what_is_renamed_moved_or_copied_is_not_taken_in_again(
    tmp_path: Path, look: Look, workers: NotingWorkers
) -> None:
    write(tmp_path, a_txt=LAMP, b_txt=PIER, c_txt=" ")
    look()
    workers.take_notes()
    (tmp_path / "a.txt").rename(tmp_path / "z.txt")
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.txt").rename(tmp_path / "deep" / "b.txt")
    (tmp_path / "c.txt").rename(tmp_path / "y.txt")
    contents = look()
    assert workers.take_notes() == []
    assert words(contents) == {"deep/b.txt": PIER, "z.txt": LAMP}
    index = Index(contents.catalogue)
    assert [passage.document for passage in index.passages] == ["deep/b.txt", "z.txt"]
    assert {statement.document for statement in index.statements_in(0)} == {"deep/b.txt"}
    assert [problem.where for problem in contents.problems] == ["y.txt"]
    write(tmp_path, z_md=LAMP)
    look()
    assert workers.take_notes() == ["z.md"], "another kind of file may read the same content otherwise"


def test_new_sources_are_analysed_again_only_where_that_makes_a_difference(
    tmp_path: Path, look: Look, workers: NotingWorkers
) -> None:
    write(tmp_path, a_txt=LAMP, b_txt=PIER)
    look()
    workers.take_notes()
    write(tmp_path, sources_yaml="defaults: {publisher: Harbour Office, date: 2024-01-05}\n")
    contents = look()
    assert workers.take_notes() == []
    assert {document.metadata.publisher for document in contents.catalogue.documents} == {"Harbour Office"}
    write(tmp_path, sources_yaml="documents: {b.txt: {title: Piers}}\n")
    contents = look()
    assert workers.take_notes() == ["+b.txt"]
    (b,) = (document for document in contents.catalogue.documents if document.path == "b.txt")
    assert (b.metadata.title, b.metadata.publisher) == ("Piers", None)


def test_a_file_that_grows_stays_as_it_was_until_it_is_left_alone(tmp_path: Path, look: Look) -> None:
    write(tmp_path, a_txt=LAMP, b_txt=PIER)
    look()
    for name in ("a.txt", "new.txt"):
        (tmp_path / name).write_text("Half a sent", encoding="utf-8")
        look.touch(tmp_path / name)
    assert words(contents := look(0.1)) == {"a.txt": LAMP, "b.txt": PIER}
    assert sorted(contents.waiting) == ["a.txt", "new.txt"]
    for name in ("a.txt", "new.txt"):
        (tmp_path / name).write_text("Half a sentence and the rest.\n", encoding="utf-8")
        look.touch(tmp_path / name)
    (tmp_path / "b.txt").unlink()
    assert words(look(0.1)) == {"a.txt": LAMP}, "what is gone is gone, whoever writes"
    contents = look(0.3)
    assert words(contents) == dict.fromkeys(("a.txt", "new.txt"), "Half a sentence and the rest.\n")
    assert not contents.waiting


def test_an_empty_file_is_given_time_to_be_written(tmp_path: Path, look: Look) -> None:
    write(tmp_path, a_txt=LAMP)
    look()
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    look.touch(tmp_path / "a.txt")
    assert words(look(1.5)) == {"a.txt": LAMP}
    contents = look(1.5)
    assert [(problem.where, problem.what) for problem in contents.problems if problem.where != "."] == [
        ("a.txt", "is empty.")
    ]


def test_a_file_that_is_written_to_all_the_time_is_read_now_and_then(tmp_path: Path, look: Look) -> None:
    write(tmp_path, a_txt=LAMP)
    look()
    read = []
    for number in range(120):
        with (tmp_path / "a.txt").open("a", encoding="utf-8") as file:
            file.write(f"Line {number}.\n")
        look.touch(tmp_path / "a.txt")
        read.append(words(look(0.2))["a.txt"].count("Line"))
    assert read[0] == 0
    assert len(set(read)) == 3


def test_a_file_that_changes_while_it_is_read_waits_even_at_first(
    tmp_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a_txt=LAMP, b_txt=PIER)

    def growing(path: Path, stamp: Stamp) -> tuple[bytes, bool]:
        if path.name == "a.txt":
            with path.open("a", encoding="utf-8") as file:
                file.write("More.\n")
        return content_of(path, stamp)

    with monkeypatch.context() as patched:
        patched.setattr(looking, "content_of", growing)
        contents = look()
    assert words(contents) == {"b.txt": PIER}
    assert list(contents.waiting) == ["a.txt"]
    assert words(look()) == {"a.txt": LAMP + "More.\n", "b.txt": PIER}


def test_a_clock_that_is_ahead_keeps_nothing_waiting(tmp_path: Path, look: Look) -> None:
    write(tmp_path, a_txt=LAMP)
    look()
    (tmp_path / "b.txt").write_text(PIER, encoding="utf-8")
    ahead = time.time() + 3600
    os.utime(tmp_path / "b.txt", (ahead, ahead))
    assert list(words(look(0))) == ["a.txt", "b.txt"]


def test_half_a_sources_file_is_waited_for(tmp_path: Path, look: Look) -> None:
    write(tmp_path, a_txt=LAMP, sources_yaml="documents: {a.txt: {title: Lamps}}\n")
    look()
    (tmp_path / "sources.yaml").write_text("documents: {a.txt:", encoding="utf-8")
    look.touch(tmp_path / "sources.yaml")
    contents = look(0.1)
    assert (contents.problems, contents.catalogue.documents[0].metadata.title) == ((), "Lamps")
    assert [problem.where for problem in look(1).problems] == ["sources.yaml, line 1"]


def test_a_pipe_in_a_files_place_holds_nobody_up(tmp_path: Path) -> None:
    write(tmp_path, a_txt=LAMP)
    stamp = Stamp.of((tmp_path / "a.txt").stat())
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OSError, match="It is no file"):
        content_of(tmp_path / "a.txt", stamp)
