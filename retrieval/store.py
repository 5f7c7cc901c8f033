"""What was taken in before, on disk: what did not change is not read again, and all of it may be deleted any time."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from retrieval.catalogue import Catalogue
from retrieval.edition import edition
from retrieval.ingestion import Ingested, unpacked
from retrieval.listing import Stamp
from retrieval.shelving import NOTHING_SHELVED, Shelf, Shelving
from retrieval.volumes import Volume

_CHECKSUM_BYTES = 16
_DAY_SECONDS = 24 * 3600
_KEPT_SECONDS = 7 * _DAY_SECONDS
"""What no file has any more is kept so long: it comes back with another branch, or a disk that is mounted again."""
_OTHERS_KEPT_SECONDS = 30 * _DAY_SECONDS
"""What was taken in of another folder is kept so long after its last use."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file whose content need not be looked at while it has this stamp: its hash."""

    stamp: Stamp
    digest: str


class Store:
    """What one edition of the program made of the files of one folder.

    Nothing here is ever an error: what is damaged, of another edition or of another folder is not there, what cannot
    be written is not kept, and `notice` says so in a sentence, empty where all is well.
    """

    def __init__(self, directory: Path, folder: Path) -> None:
        self._folder = os.fspath(folder.absolute())
        self._place = directory / hashlib.sha256(self._folder.encode(errors="surrogateescape")).hexdigest()[:16]
        self._about, self._stamps, self._list, self._outcomes = (
            self._place / name for name in ("about", "stamps", "list", "outcomes")
        )
        self._key = hashlib.sha256(f"{edition()}\0{self._folder}".encode(errors="surrogateescape")).digest()
        self._damaged = 0
        self._notice = ""
        self._is_begun, self._is_writable = False, True
        self.was_used_today = False
        """Whether somebody opened the store within a day before."""
        self._open(directory)
        self.known: Mapping[str, Known] = self._read_stamps()
        self._shelving = Shelving(self._place / "volumes", self._key)
        self.shelf = self._read_shelf()
        """The documents as they were written, until the folder has been looked at; none where none were."""

    @property
    def notice(self) -> str:
        """Why some of the folder or all of it had to be read anew, though it was read before."""
        if self._notice or not self._damaged:
            return self._notice
        return f"The cache in {self._place} is damaged in {self._damaged} place(s); what stood there is read anew."

    def get(self, digest: str, ending: str) -> Ingested | None:
        """What came of a file with this content under a name that ends so."""
        try:
            outcome = self._read(self._place_of(digest, ending))
            return unpacked(outcome) if outcome is not None else None
        except ValueError:
            self._damaged += 1
            return None

    def put(self, digest: str, ending: str, outcome: bytes) -> None:
        """Keep what came of a file with this content under a name that ends so."""
        self._write(self._place_of(digest, ending), self._checksum(outcome) + outcome)

    def keep(self, known: Mapping[str, Known]) -> None:
        """Keep which content each file has."""
        if known != self.known:
            self.known = known
            stamps = msgspec.msgpack.encode(known)
            self._write(self._stamps, self._checksum(stamps) + stamps)
            if not os.path.lexists(self._about):  # somebody deleted the cache meanwhile
                self._write(self._about, self._describe())

    def housed(self, volume: Volume) -> Volume:
        """The volume, on disk; as it is where it cannot be written."""
        if self._is_writable:
            try:
                return self._shelving.housed(volume)
            except OSError as error:
                self._note_unwritable(error)
        return volume

    def shelve(self, catalogue: Catalogue, digest_of: Callable[[str], str], sources: str) -> Catalogue:
        """The catalogue, kept if enough of it is new; `digest_of` tells of which content the document at a path is.

        The `shelf` is let go: what is still wanted of it is in the catalogue.
        """
        self.shelf = NOTHING_SHELVED
        if not self._shelving.is_due(catalogue):
            return catalogue
        catalogue = replace(catalogue, volumes=tuple(map(self.housed, catalogue.volumes)))
        if self._is_writable:
            told = self._shelving.list_of(catalogue, list(map(digest_of, catalogue)), sources)
            self._write(self._list, self._checksum(told) + told)
        if self._is_writable:  # else the list before counts, and its volumes with it
            self._shelving.tidy(catalogue)
        return catalogue

    def clear_out(self, kept: Collection[tuple[str, str]]) -> None:
        """Delete what came of contents other than `kept`, with their endings, and lost volumes, unless they are new."""
        self._shelving.clear_out()
        names = {self._place_of(*each).name for each in kept}
        oldest = time.time() - _KEPT_SECONDS
        with suppress(OSError):  # whatever cannot be deleted takes up room, and nothing else
            for place in (*self._outcomes.glob("*/*"), *self._place.glob(f"{tempfile.gettempprefix()}*")):
                if place.name not in names and place.stat().st_mtime < oldest:
                    place.unlink()

    def _open(self, directory: Path) -> None:
        """Make sure that what is there is ours."""
        try:
            about = self._about.read_bytes()
        except OSError:
            about = None
        if about == self._describe():
            self._is_begun = True
            with suppress(OSError):
                self.was_used_today = time.time() - self._about.stat().st_mtime < _DAY_SECONDS
                os.utime(self._about)  # the time of its last use
            return
        if about is not None or os.path.lexists(self._place):  # where nothing may be looked at, nothing is
            self._notice = f"{self._reason(about)} Every file is read anew."
            shutil.rmtree(self._place, ignore_errors=True)
        _delete_unused(directory)

    def _describe(self) -> bytes:
        return f"{edition()} {self._folder}\n".encode(errors="surrogateescape")

    def _reason(self, about: bytes | None) -> str:
        made_by, _, folder = (about or b"").rstrip(b"\n").partition(b" ")
        if len(made_by) != len(edition()) or not folder:
            return f"The cache in {self._place} is damaged."
        if folder != os.fsencode(self._folder):
            return f"The cache in {self._place} is of another folder."
        return f"The cache in {self._place} was made by another edition of this program."

    def _read_stamps(self) -> Mapping[str, Known]:
        try:
            stamps = self._read(self._stamps)
            return msgspec.msgpack.decode(stamps, type=dict[str, Known]) if stamps is not None else {}
        except (ValueError, msgspec.MsgspecError):
            self._damaged += 1
            return {}

    def _read_shelf(self) -> Shelf:
        try:
            told = self._read(self._list)
            return self._shelving.read(told) if told is not None else NOTHING_SHELVED
        except (ValueError, OSError):
            self._damaged += 1
            return NOTHING_SHELVED

    def _place_of(self, digest: str, ending: str) -> Path:
        name = hashlib.sha256(f"{digest} {ending}".encode()).hexdigest()[:32]
        return self._outcomes / name[:2] / name

    def _read(self, place: Path) -> bytes | None:
        """The content of one of our files, None where there is none; raises ValueError where it is not as written."""
        try:
            content = place.read_bytes()
        except OSError:
            return None
        checksum, kept = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
        if checksum != self._checksum(kept):
            raise ValueError(f"{place} is damaged")
        return kept

    def _checksum(self, content: bytes) -> bytes:
        return hashlib.blake2b(content, digest_size=_CHECKSUM_BYTES, key=self._key).digest()

    def _write(self, place: Path, content: bytes) -> None:
        """Put a file in its place whole, or give up writing.

        It is not forced to the disk: what a power cut tears shows by its checksum, and is read anew.
        """
        if not self._is_writable:
            return
        if not self._is_begun:
            self._is_begun = True
            self._write(self._about, self._describe())
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(name).replace(place)
            except OSError:
                Path(name).unlink()
                raise
        except OSError as error:
            self._note_unwritable(error)

    def _note_unwritable(self, error: OSError) -> None:
        self._is_writable = False
        self._notice = f"{self._place} cannot be written: {error.strerror or error}. What is read is not kept."


def _delete_unused(directory: Path) -> None:
    """Delete what was made of folders that nobody has asked for in a long time."""
    oldest = time.time() - _OTHERS_KEPT_SECONDS
    with suppress(OSError):  # whatever cannot be deleted takes up room, and nothing else
        for about in directory.glob("*/about"):
            if about.stat().st_mtime < oldest:
                shutil.rmtree(about.parent)
