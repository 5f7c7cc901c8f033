"""What people and programs do to the files of a folder, at random."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.made_words import Words

MOST_FILES = 120
_FOLDERS = ("", "", "minutes", "minutes/old", "press")
_SOURCES = (
    "",
    "defaults: {publisher: Harbour Office, language: en}\n",
    "documents: {minutes/*.txt: {publisher: Harbour Board, date: 2023-04-05}}\n",
    "documents: {press/**: {title: Press release}, nowhere.txt: {title: Nothing}}\n",
    "people: [{name: Ada Ferry, also: [A. Ferry], role: Queen}]\n",
)


class Operations:
    """One operation after another on the files below `folder`."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder, self._chance, self._words = folder, chance, Words(seed=3)
        self._number = 0
        self._unfinished: list[Path] = []
        self._operations: tuple[tuple[Callable[[], None], int], ...] = (
            (self._create, 20),
            (self._overwrite, 15),
            (self._save_by_rename, 10),
            (self._begin_to_write, 5),
            (self._go_on_writing, 8),
            (self._rename, 8),
            (self._copy, 5),
            (self._delete, 14),
            (self._touch, 4),
            (self._spoil, 4),
            (self._write_sources, 3),
            (self._break_sources, 1),
            (self._delete_a_folder, 1),
            (self._make_a_temporary_file, 2),
        )

    def one(self) -> None:
        """Do something."""
        operations, weights = zip(*self._operations, strict=True)
        if len(self._files()) > MOST_FILES:
            self._delete()
        self._chance.choices(operations, weights)[0]()

    def settle(self) -> None:
        """Leave nothing half done."""
        while self._unfinished:
            self._go_on_writing()
        self._write_sources()

    def _files(self) -> list[Path]:
        return sorted(path for path in self._folder.rglob("*.txt") if path.is_file())

    def _some_file(self) -> Path:
        """A file that is there, or where there is none, will be."""
        files = self._files()
        return self._chance.choice(files) if files else self._new_path()

    def _new_path(self) -> Path:
        self._number += 1
        path = self._folder / self._chance.choice(_FOLDERS) / f"file{self._number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _text(self) -> str:
        return self._words.document(f"Report {self._chance.randrange(40)}", self._chance.randrange(1, 4))

    def _create(self) -> None:
        self._new_path().write_text(self._text(), encoding="utf-8")

    def _overwrite(self) -> None:
        self._some_file().write_text(self._text(), encoding="utf-8")

    def _save_by_rename(self) -> None:
        path = self._some_file()
        temporary = path.with_name(f".{path.name}.Xa3")
        temporary.write_text(self._text(), encoding="utf-8")
        temporary.replace(path)

    def _begin_to_write(self) -> None:
        path = self._new_path()
        path.write_text(self._text()[:300], encoding="utf-8")
        self._unfinished.append(path)

    def _go_on_writing(self) -> None:
        if self._unfinished:
            path = self._unfinished.pop(0)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(self._text())

    def _rename(self) -> None:
        path = self._some_file()
        if path.exists():
            path.rename(self._new_path())

    def _copy(self) -> None:
        path = self._some_file()
        if path.exists():
            shutil.copy2(path, self._new_path())

    def _delete(self) -> None:
        self._some_file().unlink(missing_ok=True)

    def _touch(self) -> None:
        path = self._some_file()
        if path.exists():
            os.utime(path)

    def _spoil(self) -> None:
        spoilt = (b"", b" \n", b"\xff\xfe\xfd" * 30, b"\0" * 100, b"---\ntitle: [\n")
        self._some_file().write_bytes(self._chance.choice(spoilt))

    def _write_sources(self) -> None:
        (self._folder / "sources.yaml").write_text(self._chance.choice(_SOURCES), encoding="utf-8")

    def _break_sources(self) -> None:
        (self._folder / "sources.yaml").write_text("documents: [", encoding="utf-8")

    def _delete_a_folder(self) -> None:
        shutil.rmtree(self._folder / "minutes", ignore_errors=True)

    def _make_a_temporary_file(self) -> None:
        path = self._some_file()
        path.with_name(f"~${path.name}").write_text("locked", encoding="utf-8")
        path.with_name(f"{path.name}.part").write_text(self._text()[:100], encoding="utf-8")
