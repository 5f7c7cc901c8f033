"""Which files a folder holds, each with the stamp by which a change shows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import FolderError
from retrieval.records import Problem

MAKE_READABLE = "Allow the bot's user to read it."
_NO_DOCUMENTS = frozenset({"questions.yaml"})
_TEMPORARY_ENDINGS = ("~", ".tmp", ".temp", ".part", ".crdownload", ".bak", ".swp", ".swo")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Stamp:
    """By which a file is known to be as it was, without reading it."""

    size: int
    mtime_ns: int
    inode: int


def listed(root: Path) -> tuple[tuple[tuple[str, Stamp], ...], tuple[Problem, ...]]:
    """Every file below `root` with its POSIX path and Stamp, by path, and what could not be listed.

    Hidden and temporary files are as if they were not there, and so are links that lead out. Raises FolderError
    where `root` itself cannot be listed.
    """
    real, folders = _opened(root)
    found: list[tuple[str, Stamp]] = []
    problems: list[Problem] = []
    while folders:
        for entry in folders.pop():
            path = Path(entry.path).relative_to(root).as_posix()
            try:
                if not _is_utf8(path):
                    raise OSError("its name is not valid UTF-8")  # noqa: TRY301 - one way out for all that cannot be listed
                if entry.is_symlink() and not _leads_inside(entry, real):
                    continue
                if entry.is_dir():
                    folders.append(_entries(Path(entry.path)))
                elif entry.is_file() and path not in _NO_DOCUMENTS:
                    stat = entry.stat()
                    found.append((path, Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ino)))
            except FileNotFoundError:
                continue  # gone between listing and looking: not there
            except OSError as error:
                printable = path.encode(errors="replace").decode()
                problems.append(Problem(printable, f"cannot be listed: {error.strerror or error}.", MAKE_READABLE))
    return tuple(sorted(found)), tuple(sorted(problems, key=lambda problem: problem.where))


def _opened(root: Path) -> tuple[Path, list[list[os.DirEntry[str]]]]:
    """Where `root` really is, and what it holds."""
    try:
        return root.resolve(strict=True), [_entries(root)]
    except FileNotFoundError as error:
        raise FolderError("is not there.", where=str(root), remedy="Make the folder, or name another.") from error
    except NotADirectoryError as error:
        raise FolderError(
            "is no folder.", where=str(root), remedy="Name the folder that holds the documents."
        ) from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        reason = getattr(error, "strerror", None) or error
        raise FolderError(f"cannot be listed: {reason}.", where=str(root), remedy=MAKE_READABLE) from error


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not _is_hidden(entry.name)]


def _is_hidden(name: str) -> bool:
    return (
        name.startswith((".", "~$", "#")) or name.lower().endswith(_TEMPORARY_ENDINGS) or name.lower() in _SYSTEM_FILES
    )


def _leads_inside(link: os.DirEntry[str], root: Path) -> bool:
    """Whether `link` leads to a file of the folder that is not listed anyway, as Kubernetes mounts settings.

    A link to a folder is never followed: what lies inside is listed where it lies.
    """
    target = Path(link.path).resolve()
    if not target.is_relative_to(root) or target.is_dir():
        return False
    return any(_is_hidden(part) for part in target.relative_to(root).parts)


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
