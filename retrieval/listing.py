"""Which files a folder holds, each with the stamp by which a change shows."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.errors import FolderError
from retrieval.records import Problem

MAKE_READABLE = "Allow the bot's user to read it."
ROOT = "."
_NO_DOCUMENTS = frozenset({"questions.yaml"})
_TEMPORARY_ENDINGS = ("~", ".tmp", ".temp", ".part", ".crdownload", ".bak", ".swp", ".swo")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_REFUSALS = frozenset({errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG})


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """By which a file is known to be as it was, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Stamp:
        """The stamp of the file that `stat` describes."""
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


@dataclass(frozen=True, slots=True)
class FolderId:
    """By which a folder is known to be the same one: another file system mounted there is another folder."""

    device: int
    inode: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds, by POSIX paths below it in order; the folder itself is ROOT.

    `unreachable` are the folders of `problems` that the disk or the network kept from being listed, rather than a
    rule: what they hold is not known.
    """

    files: Mapping[str, Stamp]
    folders: Mapping[str, FolderId]
    problems: tuple[Problem, ...] = ()
    unreachable: tuple[str, ...] = ()


def is_refusal(error: OSError) -> bool:
    """Whether the file is not to be had by a rule; else the disk or the network is to blame, and may come back."""
    return error.errno in _REFUSALS or error.errno is None


def listed(root: Path, ignored: frozenset[Path] = frozenset()) -> Listing:
    """What is below `root`, without the folders of `ignored`, which are resolved paths.

    Hidden and temporary files are as if they were not there, and so are links that lead out. Raises FolderError
    where `root` itself cannot be listed.
    """
    try:
        return _Walk(root.resolve(strict=True), ignored).listing()
    except FileNotFoundError as error:
        raise FolderError("is not there.", where=str(root), remedy="Make the folder, or name another.") from error
    except NotADirectoryError as error:
        raise FolderError(
            "is no folder.", where=str(root), remedy="Name the folder that holds the documents."
        ) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        reason = getattr(error, "strerror", None) or error
        raise FolderError(f"cannot be listed: {reason}.", where=str(root), remedy=MAKE_READABLE) from error


@dataclass(slots=True)
class _Walk:
    """One walk through all folders below `root`."""

    root: Path
    ignored: frozenset[Path]
    files: dict[str, Stamp] = field(default_factory=dict)
    folders: dict[str, FolderId] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)

    def listing(self) -> Listing:
        """Go through all of it, folder by folder."""
        pending = [ROOT]
        while pending:
            folder = pending.pop()
            try:
                entries = self._enter(folder)
            except (FileNotFoundError, NotADirectoryError):
                if folder == ROOT:
                    raise
                continue  # gone between listing and looking: not there
            except OSError as error:
                if folder == ROOT:
                    raise
                self._fail(folder, error)
                continue
            below = "" if folder == ROOT else f"{folder}/"
            pending += [path for entry in entries if self._is_folder(entry, path := below + entry.name)]
        problems = sorted(self.problems, key=lambda problem: problem.where)
        return Listing(dict(sorted(self.files.items())), self.folders, tuple(problems), tuple(self.unreachable))

    def _enter(self, folder: str) -> list[os.DirEntry[str]]:
        place = self.root / folder
        stat = place.stat()
        with os.scandir(place) as entries:
            found = [entry for entry in entries if not _is_hidden(entry.name)]
        self.folders[folder] = FolderId(stat.st_dev, stat.st_ino)
        return found

    def _is_folder(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether to go into `entry`; a file is noted here."""
        try:
            if not _is_utf8(path):
                self.problems.append(Problem(_printable(path), "has a name that is not valid UTF-8.", "Rename it."))
            elif entry.is_dir(follow_symlinks=False):
                return self.root / path not in self.ignored
            elif self._is_document(entry, path):
                self.files[path] = Stamp.of(entry.stat())
        except FileNotFoundError:
            pass  # gone between listing and looking: not there
        except OSError as error:
            self._fail(path, error)
        return False

    def _is_document(self, entry: os.DirEntry[str], path: str) -> bool:
        if path in _NO_DOCUMENTS or not entry.is_file():
            return False
        return not entry.is_symlink() or _leads_inside(entry, self.root)

    def _fail(self, path: str, error: OSError) -> None:
        if not is_refusal(error):
            self.unreachable.append(path)
        self.problems.append(Problem(path, f"cannot be listed: {error.strerror or error}.", MAKE_READABLE))


def _is_hidden(name: str) -> bool:
    return (
        name.startswith((".", "~$", "#")) or name.lower().endswith(_TEMPORARY_ENDINGS) or name.lower() in _SYSTEM_FILES
    )


def _leads_inside(link: os.DirEntry[str], root: Path) -> bool:
    """Whether `link` leads to a file of the folder that is not listed anyway, as Kubernetes mounts settings.

    A link to a folder is never followed: what lies inside is listed where it lies.
    """
    target = Path(link.path).resolve()
    return target.is_relative_to(root) and any(map(_is_hidden, target.relative_to(root).parts))


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(path: str) -> str:
    return path.encode(errors="replace").decode()
