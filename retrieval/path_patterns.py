"""Patterns of paths, with * and ? within a folder and ** through folders: in steps that no pattern can multiply."""

from __future__ import annotations

import re
from functools import lru_cache

_PART = re.compile(r"(\*\*/|\*\*|\*|\?|\[[^\]/\[]+\])")
_RANGE = re.compile(r"(.)-(.)|(.)", re.DOTALL)


def fits(pattern: str, path: str) -> bool:
    """Whether `pattern` fits all of `path`; [a-c] stands for one of these characters, [!a-c] for one that is none.

    A regular expression would try every way to share the path among the stars; here are only the places that each
    part of the pattern can end at.
    """
    ends = {0}
    for part in _parts(pattern):
        if not ends:
            return False
        if part == "*":
            ends = _within_folder(ends, path)
        elif part in {"**", "**/"}:
            first = min(ends)
            ends |= {at for at in range(first, len(path) + 1) if part == "**" or path[max(first, at - 1) : at] == "/"}
        elif part == "?" or _PART.fullmatch(part):
            ends = {at + 1 for at in ends if at < len(path) and _is_one(part, path[at])}
        else:
            ends = {at + len(part) for at in ends if path.startswith(part, at)}
    return len(path) in ends


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[str, ...]:
    """What stands for anything, and the words between."""
    return tuple(filter(None, _PART.split(pattern)))


def _within_folder(starts: set[int], path: str) -> set[int]:
    """Where something that begins at one of `starts` can end without leaving its folder."""
    ends: set[int] = set()
    for start in sorted(starts):
        if start not in ends:
            wall = path.find("/", start)
            ends.update(range(start, (wall if wall >= 0 else len(path)) + 1))
    return ends


def _is_one(part: str, character: str) -> bool:
    """Whether ? or a class stands for `character`."""
    if part == "?":
        return character != "/"
    inside = part[1:-1]
    is_not = inside.startswith("!")
    ranges = _RANGE.findall(inside.removeprefix("!"))
    return any(low <= character <= high if low else character == one for low, high, one in ranges) is not is_not
