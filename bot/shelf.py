"""The knowledge folder as its owners change it: files come in and go out whole, and nothing outside is touched."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

INCOMING = "incoming"
REMOVED = "removed"
"""Directories below the data directory: what waits to be confirmed, and what was taken out."""


class Shelf:
    """Every method may raise OSError, where the disk does not let it."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self._folder = folder
        self._incoming, self._removed = data_dir / INCOMING, data_dir / REMOVED

    def keep(self, key: str, content: bytes) -> None:
        """Keep what is not yet part of the folder."""
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(self._incoming / key, content)

    def kept(self, key: str) -> bytes | None:
        """What was kept by that key; None where it is there no more."""
        try:
            return (self._incoming / key).read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, key: str) -> None:
        """Keep it no longer."""
        (self._incoming / key).unlink(missing_ok=True)

    def drop_older(self, seconds: float) -> None:
        """Keep nothing longer than that."""
        for file in self._incoming.glob("*"):
            with suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > seconds:
                    file.unlink()

    def holds(self, path: str) -> bool:
        """Whether there is a file of the folder's own at `path`."""
        file = self._folder / path
        return self._is_inside(file) and file.is_file() and not file.is_symlink()

    def standing(self, name: str) -> str | None:
        """What at the top of the folder is called `name`, however its letters are composed there."""
        names = (entry.name for entry in self._folder.iterdir())
        return next((each for each in names if unicodedata.normalize("NFC", each) == name), None)

    def twin(self, content: bytes, paths: Iterable[str]) -> str | None:
        """The first of the folder's files at `paths` that holds just that content."""
        for path in paths:
            file = self._folder / path
            if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
                return path
        return None

    def changed_at(self, paths: Iterable[str]) -> float:
        """When the latest of the folder's files at `paths` was written, in seconds; 0 where there is none."""
        times = []
        for path in paths:
            with suppress(FileNotFoundError):
                times.append((self._folder / path).stat().st_mtime)
        return max(times, default=0.0)

    def place(self, name: str, content: bytes, *, replace: bool) -> None:
        """Let the file `name` at the top of the folder hold `content`, from one moment to the next.

        Raises FileExistsError where there is one already, unless it is to `replace` that.
        """
        standing = self.standing(name)
        if standing is not None and not replace:
            raise FileExistsError(name)
        target = self._folder / (standing or name)
        self._check(target)
        coming = self._folder / f".{secrets.token_hex(8)}.part"
        try:
            _write(coming, content)
            os.replace(coming, target)  # noqa: PTH105 (the one call that replaces at once on every system)
        finally:
            coming.unlink(missing_ok=True)

    def set_aside(self, path: str) -> Path:
        """Move the folder's file at `path` below the data directory; returns where it is now."""
        file = self._folder / path
        self._check(file)
        day = dt.datetime.now().astimezone().strftime("%Y-%m-%d")
        place = self._removed / f"{day}-{secrets.token_hex(4)}" / path
        place.parent.mkdir(mode=0o700, parents=True)
        shutil.move(file, place)
        return place

    def _check(self, file: Path) -> None:
        """Raise PermissionError unless `file` lies in the folder, or would, and is no link to elsewhere."""
        if not self._is_inside(file) or file.is_symlink() or file.is_dir():
            raise PermissionError(13, "It is no file of the folder", file.name)

    def _is_inside(self, file: Path) -> bool:
        return file.parent.resolve().is_relative_to(self._folder.resolve())


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
