"""kill -9 at any moment: the journal keeps what it said it kept; what was read of a folder is read right again."""

from __future__ import annotations

import random
from pathlib import Path

from killing import answers_of, check_journal, kill_reader, kill_writer, write_folder


def test_a_journal_whose_writer_is_killed_keeps_every_turn(tmp_path: Path) -> None:
    chance, kept = random.Random(5), []  # noqa: S311 (no secret)
    for _ in range(3):
        kept += kill_writer(tmp_path / "data" / "journal.sqlite3", chance, 0.2)
        check_journal(tmp_path / "data" / "journal.sqlite3", kept)
    assert len(kept) > 10


def test_a_folder_whose_reader_is_killed_answers_as_if_nothing_had_been_kept(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 (no secret)
    for _ in range(2):
        write_folder(tmp_path / "knowledge", chance, 12)
        kill_reader(tmp_path / "knowledge", tmp_path / "data", chance, 0.2)
        assert answers_of(tmp_path / "knowledge", tmp_path / "data") == answers_of(tmp_path / "knowledge", None)
