"""Characters that mean what they show: those of symbol fonts, which have codes of their own, and raised digits."""

from __future__ import annotations

_NO_WORDS = str.maketrans({"\n": " ", "\r": " ", "\u00ad": None, "\ufeff": None, "\u200b": None})
_FIRST_PRIVATE, _LAST_PRIVATE = 0xF000, 0xF0FF
_LARGEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
_GREEK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SIGNS = {0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷"}
_SIGNS |= {0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC5: "⊕", 0xD6: "√", 0xD7: "⋅", 0xE5: "∑", 0xF2: "∫"}
_CAN_RISE = frozenset("0123456789+-−")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def symbol(font: str, code: str) -> str:
    """The character that the hexadecimal `code` shows in `font`; empty where it is an ornament, or no code at all.

    Of the fonts with codes of their own only Symbol holds letters; its codes are Adobe's Symbol encoding.
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if _FIRST_PRIVATE <= place <= _LAST_PRIVATE:
        place -= _FIRST_PRIVATE
        return _in_symbol(place) if font.casefold() == "symbol" else ""
    if not 0x20 <= place <= _LARGEST or place in _SURROGATES:
        return ""
    return chr(place)


def plain(words: str) -> str:
    """`words` of a file's XML: its line ends are spaces, and what is never seen (soft hyphens, marks) is left out."""
    return words.translate(_NO_WORDS)


def raised(words: str) -> str:
    """`words` as they stand above the line: digits as the characters that do so, lest 10² become 102."""
    return words.translate(_RAISED) if words.strip() and not set(words.strip()) - _CAN_RISE else words


def _in_symbol(place: int) -> str:
    if place < 0x80:
        return _GREEK.get(chr(place), chr(place) if chr(place).isprintable() else "")
    return _SIGNS.get(place, "")
