"""Which folders are out of reach, rather than emptied: unmounted, or on a disk that does not answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from retrieval.listing import ROOT, FolderId, Listing
from retrieval.records import Problem

_REMEDY = "Mount it again; if what it held is to be forgotten, start the bot anew."


def out_of_reach(before: Mapping[str, FolderId], known: Collection[str], now: Listing) -> tuple[Problem, ...]:
    """The folders, with the reason, whose files among the paths `known` are to be kept as they were.

    That is said of a folder of another identity than `before` that holds nothing any more: what unmounting leaves. A
    folder that is emptied file by file keeps its identity, one that is put in another's place holds something.
    """
    gone = (folder for folder in before if _is_other(folder, before, now) and not _any_below(folder, now.files))
    return tuple(
        Problem(folder, "is empty all at once, as if it were unmounted; what it held goes on answering.", _REMEDY)
        for folder in gone
        if _any_below(folder, known)
    )


def is_below(path: str, folder: str) -> bool:
    """Whether `path` is the folder itself or anywhere below it."""
    return folder in {ROOT, path} or path.startswith(f"{folder}/")


def _any_below(folder: str, paths: Collection[str]) -> bool:
    return any(is_below(path, folder) for path in paths)


def _is_other(folder: str, before: Mapping[str, FolderId], now: Listing) -> bool:
    """Whether another folder is in the place of this one, or nothing in the place of one that was mounted."""
    was, found = before[folder], now.folders.get(folder)
    if folder == ROOT:
        return found != was
    parent = before.get(folder.rpartition("/")[0] or ROOT)
    was_mounted = parent is not None and parent.device != was.device
    return (found.device != was.device) if found else was_mounted
