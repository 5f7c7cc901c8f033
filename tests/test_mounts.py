"""A folder that is unmounted goes on answering; one that is emptied does not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import write

from retrieval import Library
from retrieval.listing import FolderId, Listing, Stamp
from retrieval.mounts import out_of_reach

LAMP = "The lamp was lit at six, as it had been every evening since the storm.\n"
PIER = "The pier is closed, said Ann Lee, mayor of Port Hale.\n"
GONE = "is empty all at once, as if it were unmounted; what it held goes on answering."


def paths(library: Library) -> list[str]:
    return [document.path for document in library.documents]


def problems(library: Library) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in library.problems]


def test_a_folder_that_is_gone_or_empty_all_at_once_goes_on_answering(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    write(folder, a_txt=LAMP, deep__b_txt=PIER, sources_yaml="people: [{name: Ann Lee, role: Queen}]\n")
    library = Library.open(folder)
    version = library.version
    folder.rename(tmp_path / "away")
    assert not library.refresh().removed
    assert problems(library) == [(str(folder), "is not there.")]
    folder.mkdir()
    changes = library.refresh()
    assert (changes.removed, [problem.what for problem in changes.problems]) == ((), [GONE])
    assert not library.refresh(), "once is enough"
    assert (paths(library), library.version) == (["a.txt", "deep/b.txt"], version)
    assert library.ask("what did Ann Lee say").quotes[0].role
    assert problems(library) == [(".", GONE)]
    folder.rmdir()
    (tmp_path / "away").rename(folder)
    assert not library.refresh()
    assert problems(library) == []


def test_another_folder_in_its_place_counts_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    write(folder, a_txt=LAMP)
    library = Library.open(folder)
    folder.rename(tmp_path / "away")
    write(folder, b_txt=PIER)
    library.refresh()
    assert paths(library) == ["b.txt"]


def test_a_folder_that_is_emptied_is_empty(tmp_path: Path) -> None:
    write(tmp_path, a_txt=LAMP, deep__b_txt=PIER)
    library = Library.open(tmp_path)
    (tmp_path / "a.txt").unlink()
    assert library.refresh().removed == ("a.txt",)
    shutil.rmtree(tmp_path / "deep")
    assert library.refresh().removed == ("deep/b.txt",)
    assert problems(library) == [(".", "is empty.")]


STAMP = Stamp(1, 1, 1, 1)
HERE, THERE = FolderId(1, 10), FolderId(2, 20)


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        pytest.param(Listing({}, {".": HERE, "share": FolderId(1, 30)}), ["share"], id="unmounted"),
        pytest.param(Listing({}, {".": HERE}), ["share"], id="and its place removed"),
        pytest.param(Listing({}, {".": HERE, "share": THERE}), [], id="emptied"),
        pytest.param(Listing({"share/b.txt": STAMP}, {".": HERE, "share": FolderId(3, 1)}), [], id="mounted over"),
    ],
)
def test_a_share_inside_the_folder_is_told_from_a_folder_that_is_emptied(now: Listing, kept: list[str]) -> None:
    before = {".": HERE, "share": THERE, "share/deep": FolderId(2, 21)}
    assert [problem.where for problem in out_of_reach(before, ["share/a.txt", "c.txt"], now)] == kept


def test_a_folder_of_the_same_disk_may_be_deleted() -> None:
    before = {".": HERE, "deep": FolderId(1, 11)}
    assert out_of_reach(before, ["deep/a.txt"], Listing({}, {".": HERE})) == ()


def test_a_folder_that_cannot_be_listed_for_the_disks_sake_goes_on_answering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a_txt=LAMP, deep__b_txt=PIER)
    library = Library.open(tmp_path)
    scandir = os.scandir

    def failing(number: int) -> None:
        def refuse(place: Path) -> Iterator[os.DirEntry[str]]:
            if Path(place).name == "deep":
                raise OSError(number, os.strerror(number))
            return scandir(place)

        monkeypatch.setattr(os, "scandir", refuse)
        library.refresh()

    failing(5)
    assert paths(library) == ["a.txt", "deep/b.txt"]
    assert problems(library) == [("deep", "cannot be listed: Input/output error.")]
    failing(13)
    assert paths(library) == ["a.txt"], "what may not be read may not be quoted"
    assert problems(library) == [("deep", "cannot be listed: Permission denied.")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_real_mount_comes_and_goes(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "none", str(share)], capture_output=True, check=False)  # noqa: S607 (wherever it is)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        write(tmp_path, a_txt=LAMP, share__b_txt=PIER)
        library = Library.open(tmp_path)
    finally:
        subprocess.run(["umount", str(share)], check=True)  # noqa: S607 (wherever it is)
    library.refresh()
    assert paths(library) == ["a.txt", "share/b.txt"]
    assert problems(library) == [("share", GONE)]
