"""Numbers as lists write them: 3, iii, C, 다, ③."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999
_LARGEST = 99_999
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SYLLABLES = "가나다라마바사아자차카타파하"
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_KOREAN_DIGITS = "일이삼사오육칠팔구십"
_HAN_DIGITS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_BRACKETS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"


def _roman(number: int) -> str | None:
    if number > _LARGEST_ROMAN:
        return None
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _lettered(number: int) -> str:
    """Letters from a to z, then aa, bb: as word processors go on, not as spreadsheets do."""
    turns, place = divmod(number - 1, len(_LETTERS))
    return _LETTERS[place] * min(turns + 1, 9)


def _one_of(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[number - 1] if number <= len(signs) else None


def _upper(written: Callable[[int], str | None]) -> Callable[[int], str | None]:
    return lambda number: (written(number) or "").upper() or None


_WRITTEN: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": str,
    "lowerRoman": _roman,
    "upperRoman": _upper(_roman),
    "lowerLetter": _lettered,
    "upperLetter": _upper(_lettered),
    "ganada": _one_of(_SYLLABLES),
    "chosung": _one_of(_CONSONANTS),
    "koreanDigital": _one_of(_KOREAN_DIGITS),
    "koreanCounting": _one_of(_KOREAN_DIGITS),
    "koreanDigital2": _one_of(_HAN_DIGITS),
    "ideographDigital": _one_of(_HAN_DIGITS),
    "chineseCounting": _one_of(_HAN_DIGITS),
    "chineseCountingThousand": _one_of(_HAN_DIGITS),
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of(_IN_BRACKETS),
    "ordinal": lambda number: f"{number}{_ordinal_ending(number)}",
}
"""By the names that ECMA-376 part 1, 17.18.59 gives to the formats."""


def written(number: int, number_format: str) -> str | None:
    """`number` in the format that a list names; None where the format, or so large a number in it, is not known."""
    if number == 0 and number_format.startswith("decimal") and "Enclosed" not in number_format:
        return "0"
    if not 0 < number <= _LARGEST or number_format not in _WRITTEN:
        return None
    return _WRITTEN[number_format](number)


def _ordinal_ending(number: int) -> str:
    is_teen = number % 100 in {11, 12, 13}
    return "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
