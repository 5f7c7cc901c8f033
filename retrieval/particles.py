"""Korean particles that depend on how the word before them ends: 한바다는, 바람은."""

from __future__ import annotations

PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "이라(라)": ("이라", "라"),
    "으로(로)": ("으로", "로"),
}
"""How wording writes a particle: the form after a final consonant, then the one after a vowel."""

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_FINAL_RIEUL = 8
_DIGITS_WITH_FINAL = frozenset("013678")
"""Digits whose Korean readings end in a consonant: 영 일 삼 육 칠 팔."""
_RIEUL = frozenset("178lL")
_HYPHENATED_FINALS = ("k", "p", "t")
"""Letters that end a syllable of a Korean name in Latin script (Min-seok); in other names a vowel is heard after."""


def fitted(before: str, text: str) -> str:
    """`text`, its leading pair of particles replaced by the one that fits the end of `before`."""
    for pair, (after_consonant, after_vowel) in PAIRS.items():
        if text.startswith(pair):
            takes_vowel = not ends_in_consonant(before) or (pair == "으로(로)" and _ends_in_rieul(before))
            return (after_vowel if takes_vowel else after_consonant) + text[len(pair) :]
    return text


def topic_particle(word: str) -> str:
    """은 or 는, as fits the end of `word`: 한바다는, 바람은."""
    return fitted(word, "은(는)")


def refitted(before: str, text: str) -> str:
    """`text`, the lone particle that it begins with changed to the one that fits the end of `before`."""
    for pair, forms in PAIRS.items():
        particle = next((form for form in forms if text.startswith(form)), "")
        rest = text[len(particle) :]
        if particle and (not "가" <= rest[:1] <= "힣" or rest.startswith("요")):
            return fitted(before, pair + rest)
    return text


def ends_in_consonant(word: str) -> bool:
    """Whether the last letter or digit of `word` is heard with a final consonant."""
    last = next((character for character in reversed(word) if character.isalnum()), "")
    if not last:
        return False
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST_SYLLABLE) % _FINALS != 0
    if last.isdigit():
        return last in _DIGITS_WITH_FINAL
    tail = word.rstrip(" ”’\"').]").lower().rpartition(" ")[2]
    return tail.endswith(("l", "m", "n", "ng")) or ("-" in tail and tail.endswith(_HYPHENATED_FINALS))


def _ends_in_rieul(word: str) -> bool:
    last = next((character for character in reversed(word) if character.isalnum()), "")
    if last and _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST_SYLLABLE) % _FINALS == _FINAL_RIEUL
    return last in _RIEUL
