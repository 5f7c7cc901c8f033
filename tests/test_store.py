"""What was taken in before is not taken in again; what is wrong with the cache is told in a sentence, and mended."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import NotingWorkers, age, write

from retrieval import Library, columns, edition, looking, shelving, store

HARBOUR = "Ann Lee, mayor of Port Hale, said the harbour would stay closed. She added that nobody was hurt.\n"
TARIFFS = "Kim Min-su, a fisherman, said that tariffs were too high. The market opens at six.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "knowledge", harbour_txt=HARBOUR, tariffs_md=TARIFFS, empty_txt=" ")
    return tmp_path / "knowledge"


def opened(folder: Path) -> tuple[list[str], str]:
    """What is taken in where the folder is opened, and the notice; the answers are always the same."""
    workers = NotingWorkers()
    library = Library.open(folder, data_dir=folder.parent / "data", workers=workers)
    assert library.ask("what did Ann Lee say").quotes[0].text == HARBOUR.strip()
    assert library.ask("what did Kim Min-su say").quotes[0].document == "tariffs.md"
    assert [problem.where for problem in library.problems] == ["empty.txt"]
    return workers.take_notes(), library.notice


def kept(folder: Path, name: str = "*/*") -> list[Path]:
    return sorted((folder.parent / "data" / "cache").glob(f"*/{name}"))


ALL = ["empty.txt", "harbour.txt", "tariffs.md"]


def test_an_unchanged_folder_is_not_even_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(folder) == (ALL, "")
    monkeypatch.delattr(looking, "content_of")
    assert opened(folder) == ([], "")


def test_a_file_with_a_new_time_is_opened_and_not_taken_in(folder: Path) -> None:
    opened(folder)
    age(folder / "harbour.txt")
    assert opened(folder) == ([], "")


def test_the_cache_may_be_deleted_at_any_time(folder: Path) -> None:
    opened(folder)
    shutil.rmtree(folder.parent / "data")
    assert opened(folder) == (ALL, "")
    for place in kept(folder, "outcomes/*/*"):
        place.unlink()
    assert opened(folder) == (ALL, "")
    assert opened(folder) == ([], "")


def _cut_short(place: Path) -> None:
    os.truncate(place, place.stat().st_size // 2)


def _turn_a_bit(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[-9] ^= 1
    place.write_bytes(content)


def _fill_with_garbage(place: Path) -> None:
    place.write_bytes(b"\xff\x00garbage" * 99)


@pytest.mark.parametrize("spoil", [_cut_short, _turn_a_bit, _fill_with_garbage])
def test_what_is_damaged_is_read_anew_and_told(folder: Path, spoil: Callable[[Path], None]) -> None:
    opened(folder)
    for place in kept(folder, "outcomes/*/*"):
        spoil(place)
    taken_in, notice = opened(folder)
    assert taken_in == ALL
    assert notice.endswith("is damaged in 3 place(s); what stood there is read anew.")
    assert opened(folder) == ([], "")


@pytest.mark.parametrize("name", ["stamps", "about"])
@pytest.mark.parametrize("spoil", [_cut_short, _turn_a_bit, _fill_with_garbage])
def test_the_rest_of_the_cache_may_be_damaged_too(folder: Path, name: str, spoil: Callable[[Path], None]) -> None:
    opened(folder)
    (place,) = kept(folder, name)
    spoil(place)
    notice = opened(folder)[1]
    assert "read anew" in notice
    assert "\n" not in notice
    assert opened(folder) == ([], "")


def test_a_cache_of_another_edition_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(folder)
    monkeypatch.setattr(store, "edition", lambda: "0123456789ab")
    taken_in, notice = opened(folder)
    assert taken_in == ALL
    assert notice.endswith("was made by another edition of this program. Every file is read anew.")
    assert opened(folder) == ([], "")


def test_a_cache_of_another_folder_is_not_trusted(folder: Path) -> None:
    opened(folder)
    (place,) = kept(folder, "about")
    other = folder.parent / "other"
    write(other, harbour_txt=HARBOUR, tariffs_md=TARIFFS, empty_txt=" ")
    assert opened(other) == (ALL, "")
    (elsewhere,) = (each for each in kept(folder, "about") if each != place)
    shutil.rmtree(elsewhere.parent)
    place.parent.rename(elsewhere.parent)
    taken_in, notice = opened(other)
    assert taken_in == ALL
    assert notice.endswith("is of another folder. Every file is read anew.")


def test_where_nothing_can_be_written_the_folder_is_read_all_the_same(folder: Path) -> None:
    (folder.parent / "data").write_text("a file, no directory", encoding="utf-8")
    for _ in range(2):
        taken_in, notice = opened(folder)
        assert taken_in == ALL
        assert notice.endswith("cannot be written: Not a directory. What is read is not kept.")


def test_what_is_of_no_use_any_more_is_deleted_after_a_while(folder: Path) -> None:
    write(folder, old_txt="The ferry no longer sails.\n")
    opened(folder)
    (folder / "old.txt").unlink()
    opened(folder)
    assert len(kept(folder, "outcomes/*/*")) == 4
    long_ago = time.time() - 8 * 24 * 3600
    for place in (*kept(folder, "outcomes/*/*"), *kept(folder, "about")):
        os.utime(place, (long_ago, long_ago))
    opened(folder)
    assert len(kept(folder, "outcomes/*/*")) == 3


def test_a_cache_that_is_not_asked_for_is_deleted_after_a_while(folder: Path) -> None:
    opened(folder)
    (about,) = kept(folder, "about")
    os.utime(about, (1, 1))
    write(folder.parent / "other", harbour_txt=HARBOUR, tariffs_md=TARIFFS, empty_txt=" ")
    opened(folder.parent / "other")
    assert not about.exists()


def test_the_edition_is_that_of_every_source_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(Path(edition.__file__).parent, tmp_path / "retrieval", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(edition, "__file__", str(tmp_path / "retrieval" / "edition.py"))
    before = edition.edition.__wrapped__()
    assert edition.edition.__wrapped__() == before
    with (tmp_path / "retrieval" / "reading" / "titles.py").open("a", encoding="utf-8") as source:
        source.write("# a change\n")
    assert edition.edition.__wrapped__() != before


@pytest.fixture
def shelved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose volumes are on disk, though they are small."""
    monkeypatch.setattr(shelving, "FEWEST_SHELVED", 0)
    assert opened(folder) == (ALL, "")
    assert len(kept(folder, "volumes/*")) == 1
    return folder


def test_a_start_maps_the_volumes_and_opens_nothing_else(shelved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(looking, "content_of")
    for place in kept(shelved, "outcomes/*/*"):
        if b"harbour" in place.read_bytes() or b"tariffs" in place.read_bytes():
            place.unlink()
    assert opened(shelved) == ([], "")


def test_volumes_cut_short_anywhere_are_made_anew_of_what_was_read(shelved: Path) -> None:
    (volume,) = kept(shelved, "volumes/*")
    for length in (0, 1, 40, volume.stat().st_size // 2, volume.stat().st_size - 1):
        (volume,) = kept(shelved, "volumes/*")
        volume.write_bytes(volume.read_bytes()[:length])
        notes, notice = opened(shelved)
        assert notes == []
        assert notice.endswith("is damaged in 1 place(s); what stood there is read anew.")
        assert opened(shelved) == ([], "")


def test_a_list_of_volumes_cut_short_is_made_anew(shelved: Path) -> None:
    (told,) = kept(shelved, "list")
    for length in range(0, told.stat().st_size, 7):
        told.write_bytes(told.read_bytes()[:length])
        notes, notice = opened(shelved)
        assert notes == []
        assert notice.endswith("is damaged in 1 place(s); what stood there is read anew.")


def test_where_the_disk_is_full_the_volumes_before_stay(shelved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept(shelved, "volumes/*")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    write(shelved, third_txt="Bo Ek, a pilot, said the ferry was late.\n")
    with monkeypatch.context() as patched:
        patched.setattr(columns, "write", full)
        notes, notice = opened(shelved)
    assert notes == ["third.txt"]
    assert notice.endswith("cannot be written: No space left on device. What is read is not kept.")
    assert kept(shelved, "volumes/*") == before
    assert opened(shelved)[1] == ""


def test_where_the_disk_is_full_for_the_list_alone_the_volumes_before_stay(
    shelved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, place = kept(shelved, "volumes/*"), Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "list":
            raise OSError(errno.ENOSPC, "No space left on device")
        return place(self, target)

    write(shelved, third_txt="Bo Ek, a pilot, said the ferry was late.\n")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert opened(shelved)[1].endswith("cannot be written: No space left on device. What is read is not kept.")
    assert set(before) <= set(kept(shelved, "volumes/*"))
    assert opened(shelved) == ([], "")


def test_once_the_folder_was_read_the_shelf_is_not_held_on_to(shelved: Path) -> None:
    library = Library.open(shelved, data_dir=shelved.parent / "data")
    (before,) = library._snapshot.contents.catalogue.volumes
    mapped = weakref.ref(before)
    del before
    write(shelved, third_txt=f"Bo Ek, a pilot, said the ferry was late.{' He said so again.' * 99}\n")
    library.refresh()
    gc.collect()
    assert mapped() is None


def test_a_start_leaves_no_volume_behind_that_no_other_will_find(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        opened(folder)
    assert kept(folder, "volumes/*") == []
    monkeypatch.setattr(looking, "MOST_AT_HAND", 0)
    monkeypatch.setattr(shelving, "FEWEST_SHELVED", 0)
    opened(folder)
    assert len(kept(folder, "volumes/*")) == 1


def test_what_a_killed_program_was_writing_is_deleted_after_a_while(folder: Path) -> None:
    opened(folder)
    (about,) = kept(folder, "about")
    torn = [place.with_name("tmp12345678") for place in (about, kept(folder, "outcomes/*/*")[0])]
    long_ago = time.time() - 8 * 24 * 3600
    for place in torn:
        place.write_bytes(b"half")
        os.utime(place, (long_ago, long_ago))
    os.utime(about, (long_ago, long_ago))
    assert opened(folder) == ([], "")
    assert not any(place.exists() for place in torn)


def test_a_volume_that_nobody_listed_is_deleted_after_a_while(shelved: Path) -> None:
    (listed,) = kept(shelved, "volumes/*")
    for name in ("new", "old"):
        shutil.copy(listed, listed.with_name(name))
    long_ago = time.time() - 8 * 24 * 3600
    for place in (listed, listed.with_name("old"), *kept(shelved, "about")):
        os.utime(place, (long_ago, long_ago))
    opened(shelved)
    assert kept(shelved, "volumes/*") == sorted((listed, listed.with_name("new")))


def test_two_programs_on_one_cache_do_each_other_no_harm(shelved: Path) -> None:
    one, other = (Library.open(shelved, data_dir=shelved.parent / "data") for _ in range(2))
    for turn in range(4):
        for library in (one, other):
            write(shelved, third_txt=f"Bo Ek, a pilot, said ferry number {turn} was late.\n")
            library.refresh()
            assert f"number {turn}" in library.ask("what did Bo Ek say").quotes[0].text
            assert library.ask("what did Ann Lee say").quotes[0].text == HARBOUR.strip()
    assert opened(shelved) == ([], "")
    assert len(kept(shelved, "volumes/*")) <= 2


def test_new_sources_count_at_a_start_from_volumes(shelved: Path) -> None:
    write(shelved, sources_yaml="defaults: {publisher: Harbour Office}\n")
    assert opened(shelved) == ([], "")
    library = Library.open(shelved, data_dir=shelved.parent / "data")
    assert {document.metadata.publisher for document in library.documents} == {"Harbour Office"}
