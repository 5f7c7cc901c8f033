"""A library is always current: what is told of changes, what is found once, what takes nothing down."""

from __future__ import annotations

import errno
import itertools
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from folders import NotingWorkers, age, write

from retrieval import Changes, Library, catalogue, looking, workers
from retrieval.errors import ClosedError, StillReadingError
from retrieval.listing import Stamp
from retrieval.opening import content_of
from retrieval.reading import yaml_text
from retrieval.workers import Limits, Workers

HARBOUR = "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.\n"
TARIFFS = "Kim Min-su, a fisherman, said that tariffs were too high. The market opens at six.\n"
NEW = "Bo Ek, a teacher, said that the school was full.\n"


def quoted(library: Library, who: str) -> list[str]:
    return [quote.document for quote in library.ask(f"what did {who} say").quotes]


def test_the_same_words_are_found_once_with_both_places(tmp_path: Path) -> None:
    write(tmp_path, b_txt=HARBOUR, c_md=HARBOUR.replace(". ", ".\n"), a_txt=TARIFFS)
    library = Library.open(tmp_path)
    (quote,) = library.ask("what did Ann Lee say").quotes
    assert (quote.document, quote.also) == ("b.txt", ("c.md",))
    assert [document.path for document in library.documents] == ["a.txt", "b.txt", "c.md"]
    assert library.passage_count == 2
    assert (library.same_words("c.md"), library.same_words("a.txt")) == (("b.txt",), ())
    (tmp_path / "b.txt").unlink()
    library.refresh()
    (quote,) = library.ask("what did Ann Lee say").quotes
    assert (quote.document, quote.also) == ("c.md", ())
    text = library.documents[1].text
    assert text[quote.start : quote.end] == quote.text
    write(tmp_path, b_txt=HARBOUR)
    library.refresh()
    assert library.ask("what did Ann Lee say").quotes[0].also == ("c.md",)


def test_the_same_words_of_two_speakers_are_two_statements(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_txt="We open at six.\n",
        b_txt="We open at six.\n",
        sources_yaml="documents: {a.txt: {speaker: Ann Lee}, b.txt: {speaker: Bo Ek}}\n",
    )
    library = Library.open(tmp_path)
    assert (quoted(library, "Ann Lee"), quoted(library, "Bo Ek")) == (["a.txt"], ["b.txt"])


def test_changes_and_problems_are_told_once(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR, bad_txt=" ")
    told: list[Changes] = []
    library = Library.open(tmp_path, report=told.append)
    assert told == []
    library.refresh()
    write(tmp_path, a_txt=TARIFFS, b_txt=NEW, worse_txt=" ")
    library.refresh()
    library.refresh()
    (changes,) = told
    assert (changes.added, changes.changed, changes.removed) == (("b.txt",), ("a.txt",), ())
    assert [problem.where for problem in changes.problems] == ["worse.txt"]
    (tmp_path / "b.txt").unlink()
    library.refresh()
    assert told[1:] == [Changes(removed=("b.txt",))]


def test_a_file_is_live_within_a_second_of_its_last_write(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path)
    with (tmp_path / "new.txt").open("w", encoding="utf-8") as file:
        file.write("Bo Ek, a teacher, said that")
        file.flush()
        assert quoted(library, "Bo Ek") == []
        file.write(" the school was full.\n")
    began = time.monotonic()
    library.refresh()
    assert time.monotonic() - began < 1
    assert library.ask("what did Bo Ek say").quotes[0].text == NEW.strip()


def test_data_inside_the_folder_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path, data_dir=tmp_path / "data")
    write(tmp_path, data__journal_txt=NEW)
    library.refresh()
    assert [document.path for document in library.documents] == ["a.txt"]
    assert (library.problems, library.notice) == ((), "")
    assert (tmp_path / "data" / "cache").is_dir()


def test_data_in_the_very_folder_leaves_the_documents_alone(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path, data_dir=tmp_path)
    library.refresh()
    assert [document.path for document in library.documents] == ["a.txt"]
    assert (library.problems, library.notice) == ((), "")


def test_progress_is_told_while_others_ask(tmp_path: Path) -> None:
    for number in range(9):
        write(tmp_path, **{f"n{number}_txt": NEW.replace("school", f"school {number}")})
    library = Library(tmp_path)
    told: list[tuple[int, int]] = []
    seen: list[tuple[int, int] | None] = [library.reading]

    def note(done: int, total: int) -> None:
        told.append((done, total))
        seen.append(library.reading)
        with pytest.raises(StillReadingError, match=rf"is still being read: {done} of 9 files\."):
            library.ask("what did Bo Ek say")

    with pytest.raises(StillReadingError):
        library.ask("what did Bo Ek say")
    assert len(library.refresh(note).added) == 9
    assert told[0] == (0, 9)
    assert told[-1] == (9, 9)
    assert told == sorted(told)
    assert seen == [(0, 0), *told]
    assert library.reading is None
    assert library.ask("what did Bo Ek say").quotes


def test_a_reader_that_breaks_down_is_a_problem_of_its_file_until_that_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MOST_AT_ONCE_BYTES", 0)
    program = (
        "from retrieval.worker import serve; from retrieval.ingestion import ingested; import os, time\n"
        "def work(task): return os.abort() if b'!!' in task.content else ingested(task)\n"
        "serve({seconds}, {memory_bytes}, work)"
    )
    write(tmp_path, a_txt=HARBOUR, b_txt="!!", c_txt=TARIFFS)
    library = Library.open(tmp_path, data_dir=tmp_path / "data", workers=Workers(Limits(), program))
    assert [(each.where, each.what) for each in library.problems] == [("b.txt", "made its reader break down.")]
    assert (quoted(library, "Ann Lee"), quoted(library, "Kim Min-su")) == (["a.txt"], ["c.txt"])
    library.close()
    again = NotingWorkers()
    library = Library.open(tmp_path, data_dir=tmp_path / "data", workers=again)
    assert (again.take_notes(), len(library.problems)) == ([], 1)
    write(tmp_path, b_txt=NEW)
    library.refresh()
    assert (again.take_notes(), library.problems) == (["b.txt"], ())
    library.close()


def test_where_no_process_can_be_started_the_rest_is_read_and_the_file_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    write(tmp_path, a_txt=HARBOUR, b_txt=TARIFFS * 20)
    with monkeypatch.context() as patched:
        patched.setattr(workers, "MOST_AT_ONCE_BYTES", 200)
        patched.setattr(workers, "Process", refuse)
        library = Library.open(tmp_path, data_dir=tmp_path / "data")
        assert quoted(library, "Ann Lee") == ["a.txt"]
        what = "cannot be read: no process can be started for it: Cannot allocate memory."
        assert [(each.where, each.what) for each in library.problems] == [("b.txt", what)]
    assert library.refresh().added == ("b.txt",)
    assert library.problems == ()


def test_half_a_gigabyte_of_one_line_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR)
    with (tmp_path / "line.txt").open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    began = time.monotonic()
    library = Library.open(tmp_path)
    assert time.monotonic() - began < 1
    assert [(each.where, each.what) for each in library.problems] == [("line.txt", "is larger than 64 MiB.")]
    assert quoted(library, "Ann Lee") == ["a.txt"]


def test_answers_go_on_while_folders_come_and_go(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path)
    done = threading.Event()

    def stir() -> None:
        for number in range(150):
            folder = tmp_path / f"deep{number % 3}"
            (folder / "deeper").mkdir(parents=True, exist_ok=True)
            (folder / "deeper" / "b.txt").write_text(TARIFFS, encoding="utf-8")
            shutil.rmtree(folder)
        done.set()

    with ThreadPoolExecutor(1) as pool:
        stirring = pool.submit(stir)
        while not done.is_set():
            library.refresh()
            assert quoted(library, "Ann Lee") == ["a.txt"]
        stirring.result()
    library.refresh()
    assert [document.path for document in library.documents] == ["a.txt"]


@pytest.mark.parametrize(
    "said",
    [
        'defaults: {publisher: "Port \\ud800"}',
        'documents: {a.txt: {title: "Port \\udcff"}}',
        'documents: {"\\ud800.txt": {title: Port}}',
        'people: [{name: "Ann \\ud800 Lee"}]',
    ],
)
def test_half_a_character_pair_in_sources_is_a_problem_and_takes_nothing_down(
    tmp_path: Path, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)  # libyaml refuses it itself
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path)
    write(tmp_path, sources_yaml=f"{said}\n")
    library.refresh()
    assert quoted(library, "Ann Lee") == ["a.txt"]
    assert [(each.where, each.what) for each in library.problems] == [
        ("sources.yaml, line 1", "holds half a character pair.")
    ]


def test_several_ask_at_once_while_the_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "SMALL", 0)
    write(tmp_path, a_txt=HARBOUR, b_txt=TARIFFS)
    library = Library.open(tmp_path)
    done = threading.Event()

    def ask() -> int:
        asked = 0
        while not done.is_set():
            asked += 1
            assert quoted(library, "Ann Lee") == ["a.txt"]
            assert library.ask("what did Bo Ekk say about ferries").kind
            assert {person.name for person in library.people} >= {"Ann Lee"}
        return asked

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        for number in range(20):
            write(tmp_path, **{f"n{number % 3}_txt": NEW.replace("full", f"full {number} times")})
            library.refresh()
        done.set()
        assert all(each.result() for each in asking)
    assert len(library.ask("what did Bo Ek say").quotes) == 3


def test_half_a_character_pair_in_a_question_finds_nothing_and_takes_nothing_down(tmp_path: Path) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path)
    for question in ("what did \ud800 say", "who is \udcffQuay", "\ud800", "what did Bo\ud83d say of the \ud83d"):
        assert not library.ask(question).answered


def test_a_closed_library_answers_however_long_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=HARBOUR)
    moments = itertools.count(step=10)
    library = Library.open(tmp_path, clock=lambda: next(moments))
    library.close()
    monkeypatch.setattr(workers, "MOST_AT_ONCE_BYTES", 0)
    write(tmp_path, b_txt=TARIFFS)
    assert quoted(library, "Ann Lee") == ["a.txt"]


def test_a_copy_of_a_file_that_cannot_be_read_now_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path)

    def broken(place: Path, stamp: Stamp) -> tuple[bytes, bool]:
        if place.name == "a.txt":
            raise OSError(errno.EIO, "Input/output error")
        return content_of(place, stamp)

    monkeypatch.setattr(looking, "content_of", broken)
    age(tmp_path / "a.txt")
    library.refresh()
    write(tmp_path, b_txt=HARBOUR)
    library.refresh()
    assert library.same_words("a.txt") == ("b.txt",)
    assert [problem.where for problem in library.problems] == ["a.txt"]


def test_a_closed_library_answers_and_reads_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=HARBOUR)
    library = Library.open(tmp_path)
    library.close()
    monkeypatch.setattr(workers, "MOST_AT_ONCE_BYTES", 0)
    write(tmp_path, b_txt=TARIFFS)
    with pytest.raises(ClosedError):
        library.refresh()
    assert quoted(library, "Ann Lee") == ["a.txt"]


@pytest.mark.parametrize("ratio", [catalogue.RATIO, 0], ids=["in one volume", "in a volume a change"])
def test_a_snapshot_after_changes_answers_as_one_read_at_once(
    tmp_path: Path, ratio: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not ratio:
        monkeypatch.setattr(catalogue, "RATIO", 0)
        monkeypatch.setattr(catalogue, "SMALL", 0)
    write(tmp_path, a_txt=HARBOUR, b_txt=TARIFFS, c_txt=NEW)
    library = Library.open(tmp_path)
    write(tmp_path, b_txt=NEW + TARIFFS, aa_txt=TARIFFS + HARBOUR)
    (tmp_path / "a.txt").rename(tmp_path / "z.txt")
    (tmp_path / "c.txt").unlink()
    library.refresh()
    anew = Library.open(tmp_path)
    assert (library.version, library.people) == (anew.version, anew.people)
    assert list(library.documents) == list(anew.documents)
    for question in ("what did Ann Lee say", "what did Bo Ek say", "is the market open", "who said tariffs were high"):
        one, other = library.ask(question), anew.ask(question)
        assert (one.kind, one.quotes, one.closest) == (other.kind, other.quotes, other.closest)
