"""A folder is read once, then only what changed; nothing in it can take the rest down."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest
from folders import age, write

from retrieval import looking
from retrieval.contents import Contents, changes_between
from retrieval.errors import FolderError, SourcesError
from retrieval.folder import Folder
from retrieval.listing import Stamp
from retrieval.opening import content_of
from retrieval.reading import ENDINGS
from retrieval.records import Changes, PersonEntry
from retrieval.workers import Workers

TEXT = "The lamp was lit at six, as it had been every evening since the storm.\n"


def read_folder(root: Path, before: Contents | None = None) -> tuple[Contents, Changes]:
    contents = Folder(root, Workers()).look(before)
    return contents, changes_between(before or Contents(), contents)


def paths(contents: Contents) -> list[str]:
    return [document.path for document in contents.catalogue.documents]


def problems(contents: Contents) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in contents.problems]


def test_files_are_read_by_path_in_every_folder_below(tmp_path: Path) -> None:
    write(tmp_path, b_txt=TEXT, a__deep__c_md=TEXT, a__B_MARKDOWN=TEXT)
    contents, changes = read_folder(tmp_path)
    assert paths(contents) == ["a/B.MARKDOWN", "a/deep/c.md", "b.txt"]
    assert changes == Changes(added=("a/B.MARKDOWN", "a/deep/c.md", "b.txt"))
    assert contents.problems == ()
    assert len(contents.version) == 12
    assert set(contents.version) <= set("0123456789abcdef")


def test_hidden_and_temporary_files_and_the_folders_own_are_no_documents(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, sources_yaml="", questions_yaml="- id: q1\n")
    for name in (".hidden.txt", "~$a.txt", "a.txt~", "b.txt.tmp", "c.txt.part", ".git/d.txt", "#e.txt#"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    contents, _ = read_folder(tmp_path)
    assert paths(contents) == ["a.txt"]
    assert contents.problems == ()


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "folder"
    write(outside, secret_txt=TEXT)
    write(folder, a_txt=TEXT)
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "self").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    contents, _ = read_folder(folder)
    assert paths(contents) == ["a.txt"]


def test_links_to_hidden_files_of_the_folder_are_followed(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT)
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "..data" / "b.txt")
    (tmp_path / "twice.txt").symlink_to(tmp_path / "a.txt")
    assert paths(read_folder(tmp_path)[0]) == ["a.txt", "b.txt"]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", a_txt=TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert paths(read_folder(tmp_path / "link")[0]) == ["a.txt"]


def test_where_nothing_changed_the_same_contents_come_back(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, sources_yaml="people: [{name: Ada Holm}]", picture_jpg="")
    contents, _ = read_folder(tmp_path)
    again, changes = read_folder(tmp_path, contents)
    assert again is contents
    assert not changes


def test_changed_new_and_deleted_files_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, b_txt=TEXT, c_txt=TEXT)
    before, _ = read_folder(tmp_path)
    write(tmp_path, b_txt=TEXT + TEXT, d_txt=TEXT)
    (tmp_path / "c.txt").unlink()
    after, changes = read_folder(tmp_path, before)
    assert changes == Changes(added=("d.txt",), changed=("b.txt",), removed=("c.txt",))
    assert paths(after) == ["a.txt", "b.txt", "d.txt"]
    assert after.version != before.version
    assert after.files["a.txt"] is before.files["a.txt"]


def test_a_new_time_with_the_same_content_is_no_change(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT)
    before, _ = read_folder(tmp_path)
    age(tmp_path / "a.txt")
    after, changes = read_folder(tmp_path, before)
    assert not changes
    assert after.version == before.version
    assert after.catalogue is before.catalogue


def test_a_change_within_the_clocks_tick_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The lamp was lit at six.", encoding="utf-8")
    before, _ = read_folder(tmp_path)
    path.write_text("The lamp was lit at ten.", encoding="utf-8")
    file = replace(before.files["a.txt"], stamp=Stamp.of(path.stat()))  # as where the clock has not moved on
    _, changes = read_folder(tmp_path, replace(before, files={"a.txt": file}))
    assert changes == Changes(changed=("a.txt",))


def test_a_file_written_just_now_and_left_alone_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    before, _ = read_folder(tmp_path)
    assert read_folder(tmp_path, before) == (before, Changes())


def test_one_bad_file_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, empty_txt="")
    (tmp_path / "odd.txt").write_bytes(b"caf\xe9 au lait")
    contents, _ = read_folder(tmp_path)
    assert paths(contents) == ["a.txt"]
    assert problems(contents) == [
        ("empty.txt", "is empty."),
        ("odd.txt", "is neither UTF-8 nor Korean CP949: byte 3 (0xE9, line 1) fits neither."),
    ]
    assert all(problem.remedy for problem in contents.problems)


def test_a_mended_file_is_read_and_a_broken_one_is_gone(tmp_path: Path) -> None:
    write(tmp_path, a_txt="", b_txt=TEXT)
    before, _ = read_folder(tmp_path)
    write(tmp_path, a_txt=TEXT, b_txt=" \n ")
    after, changes = read_folder(tmp_path, before)
    assert changes == Changes(added=("a.txt",), removed=("b.txt",))
    assert problems(after) == [("b.txt", "is empty.")]


def test_a_file_that_may_not_be_read_is_a_problem_until_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=TEXT, b_txt=TEXT)

    def refuse(path: Path, stamp: Stamp) -> tuple[bytes, bool]:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return content_of(path, stamp)

    with monkeypatch.context() as patched:
        patched.setattr(looking, "content_of", refuse)
        before, _ = read_folder(tmp_path)
        assert read_folder(tmp_path, before)[0] is before
    assert problems(before) == [("b.txt", "cannot be read: Permission denied.")]
    after, changes = read_folder(tmp_path, before)
    assert changes == Changes(added=("b.txt",))
    assert after.problems == ()


def test_a_file_that_vanishes_while_reading_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=TEXT, b_txt=TEXT)

    def vanish(path: Path, stamp: Stamp) -> tuple[bytes, bool]:
        if path.name == "b.txt":
            path.unlink()
        return content_of(path, stamp)

    monkeypatch.setattr(looking, "content_of", vanish)
    contents, _ = read_folder(tmp_path)
    assert (paths(contents), contents.problems) == (["a.txt"], ())


def test_a_file_that_is_too_large_is_never_read(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT)
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    contents, _ = read_folder(tmp_path)
    assert problems(contents) == [("huge.txt", "is larger than 64 MiB.")]


def test_other_kinds_of_file_are_named_but_not_all_of_a_multitude(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT)
    for number in range(23):
        (tmp_path / f"{number:02}.jpg").touch()
    found = problems(read_folder(tmp_path)[0])
    assert len(found) == 21
    assert found[0] == ("00.jpg", "is not a kind of file that is read.")
    assert found[-1] == (".", "holds 3 more files of kinds that are not read.")


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT)
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb0\xa1.txt")).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    contents, _ = read_folder(tmp_path)
    assert paths(contents) == ["a.txt"]
    assert problems(contents) == [("??.txt", "has a name that is not valid UTF-8.")]


def test_an_empty_folder_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    contents, changes = read_folder(tmp_path)
    assert (len(contents.catalogue), bool(changes)) == (0, False)
    assert problems(contents) == [(".", "is empty.")]
    assert contents.problems[0].remedy == f"Put documents into it: {', '.join(ENDINGS)}."


def test_a_missing_folder_and_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"missing: is not there\. Make the folder, or name another\."):
        read_folder(tmp_path / "missing")
    write(tmp_path, a_txt=TEXT)
    with pytest.raises(FolderError, match=r"a\.txt: is no folder\. Name the folder that holds the documents\."):
        read_folder(tmp_path / "a.txt")


def test_a_folder_that_may_not_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(FolderError, match=r"cannot be listed: Permission denied\. Allow the bot's user to read it\."):
        read_folder(tmp_path)


def test_sources_win_over_front_matter_and_text(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_md="---\ntitle: Own title\nauthor: Own author\ndate: 2001-01-01\n---\n\nText.\n",
        sources_yaml="defaults: {language: en, author: Nobody}\ndocuments:\n  a.md: {title: Given title}\n"
        "people:\n  - {name: Ada Holm, also: [A. Holm], role: Governor}\n",
    )
    contents, _ = read_folder(tmp_path)
    metadata = contents.catalogue.documents[0].metadata
    assert (metadata.title, metadata.author, metadata.language) == ("Given title", "Own author", "en")
    assert metadata.date == dt.date(2001, 1, 1)
    assert contents.people == (PersonEntry("Ada Holm", ("A. Holm",), "Governor"),)


def test_new_sources_change_the_documents_that_they_speak_of(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, b_txt=TEXT)
    before, _ = read_folder(tmp_path)
    write(tmp_path, sources_yaml="documents: {a.txt: {title: Lamps}}\n")
    after, changes = read_folder(tmp_path, before)
    assert changes == Changes(changed=("a.txt",))
    assert after.version != before.version
    (tmp_path / "sources.yaml").unlink()
    again, changes = read_folder(tmp_path, after)
    assert changes == Changes(changed=("a.txt",))
    assert again.version == before.version
    assert list(again.catalogue.documents) == list(before.catalogue.documents)


def test_an_entry_for_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, empty_txt="", sources_yaml="documents: {b.txt: {title: B}, empty.txt: {title: E}}\n")
    assert problems(read_folder(tmp_path)[0]) == [
        ("empty.txt", "is empty."),
        ("sources.yaml", "has an entry for b.txt, which is not there."),
    ]


def test_broken_sources_are_refused_at_first_and_a_problem_later(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, sources_yaml="documents: {a.txt: {title: Lamps}}\n")
    before, _ = read_folder(tmp_path)
    write(tmp_path, b_txt=TEXT, sources_yaml="documents: [\n")
    after, changes = read_folder(tmp_path, before)
    assert changes == Changes(added=("b.txt",))
    assert after.catalogue.documents[0].metadata.title == "Lamps"
    assert [problem.where for problem in after.problems] == ["sources.yaml, line 2"]
    assert read_folder(tmp_path, after)[0] is after
    with pytest.raises(SourcesError, match=r"sources\.yaml, line 2"):
        read_folder(tmp_path)
    write(tmp_path, sources_yaml="documents: {a.txt: {title: Lamps}}\n")
    assert read_folder(tmp_path, after)[0].problems == ()


def test_the_seeds_are_read_as_they_are() -> None:
    contents, _ = read_folder(Path(__file__).parent.parent / "knowledge")
    assert contents.problems == ()
    assert {"000_d415738d89cd3f14.txt", "004_f4616064eea9cb1e.txt"} <= set(paths(contents))
    assert contents.people[0].also == ("Jeong Byeong-seon",)
