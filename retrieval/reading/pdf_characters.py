"""What a character code of a PDF says: ligatures and pictures spelled out, controls gone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACE = " "
SOFT_HYPHEN = "\u00ad"
_SPACES = frozenset({0x09, 0x20, 0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)})
_READ_AS = {
    0x02: "-", 0xFFFE: "-",  # a hyphen at a line's end as PDFium marks it
    0xAD: SOFT_HYPHEN,
    # Codes of TeX's fonts where a file has no table for them: ligatures, quotation marks, dashes.
    0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl", 0x10: "“", 0x11: "”", 0x15: "–", 0x16: "—",
    0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl",
    # Bullets and arrows of Symbol and Wingdings, which live in the private use area.
    0xF0B7: "•", 0xF09F: "•", 0xF0A7: "▪", 0xF06C: "●", 0xF06D: "○", 0xF06E: "■", 0xF06F: "□", 0xF071: "□",
    0xF0A8: "□", 0xF075: "◆", 0xF076: "❖", 0xF077: "◆", 0xF0D8: "➢", 0xF0D7: "•", 0xF0FC: "✓", 0xF0E0: "→",
    0xF0E8: "→", 0xF02D: "-", 0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×", 0xF046: "☞", 0xF097: "•", 0xF09E: "·",
    0xF0A1: "○", 0xF02A: "*",
}  # fmt: skip
_COMPATIBILITY = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0001d400-\U0001d7ff\U0002f800-\U0002fa1f]")
_DINGBATS = re.compile("[\u2500-\u27bf]")
_GARBLED = 0.3  # of a text are dingbats where a font does not say what its letters are
_ACCENTS = {
    "´": "\u0301", "ˋ": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "¨": "\u0308", "˚": "\u030a", "ˇ": "\u030c",
    "˘": "\u0306", "¯": "\u0304", "˙": "\u0307", "˝": "\u030b", "¸": "\u0327",
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def character(code: int) -> str:
    """What `code` says; empty for controls, marks of direction, and private use that nobody knows."""
    if code in _READ_AS:
        return _READ_AS[code]
    if code in _SPACES:
        return SPACE
    text = chr(code)
    if unicodedata.category(text) in {"Cc", "Cf", "Co", "Cs", "Cn"} or code == 0xFFFD:
        return ""
    return unicodedata.normalize("NFKC", text) if _COMPATIBILITY.match(text) else text


def accented(accent: str, letter: str) -> str:
    """`letter` with `accent` on it; empty where that is no character."""
    composed = unicodedata.normalize("NFC", letter + _ACCENTS.get(accent, accent))
    return composed if len(composed) == 1 else ""


def is_garbled(text: str) -> bool:
    """Whether a good part of `text` are ornaments, as where a font's letters have lost their meaning."""
    return len(_DINGBATS.findall(text)) > _GARBLED * len(text)
