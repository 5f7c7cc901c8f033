"""The name under which a file that somebody sent may lie in a folder; pure."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME_BYTES = 255
"""What file systems take (https://man7.org/linux/man-pages/man7/path_resolution.7.html)."""

LARGEST_BYTES = 20 * 1024 * 1024
"""What a bot may fetch (https://core.telegram.org/bots/api#getfile)."""

_PASSED_OVER = re.compile(r"(?:[\s.#]|~\$)+")
"""How names begin that a knowledge folder passes over: hidden ones, and those of programs' own files."""


def safe_name(name: str) -> str:
    """`name` without folders, control characters and what would hide it, composed, and no longer than a name may be.

    Its ending stays. Empty where nothing is left.
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(character for character in last if not unicodedata.category(character).startswith("C"))
    folded = " ".join(unicodedata.normalize("NFC", visible).split())
    shown = folded[found.end() :] if (found := _PASSED_OVER.match(folded)) else folded
    ending = _first_bytes(PurePosixPath(shown).suffix, LONGEST_NAME_BYTES // 2)
    stem = shown.removesuffix(ending)
    return _first_bytes(stem, LONGEST_NAME_BYTES - len(ending.encode())).rstrip() + ending


def _first_bytes(text: str, most: int) -> str:
    """As many whole characters of `text` as `most` bytes of UTF-8 hold."""
    return text.encode()[:most].decode(errors="ignore")
