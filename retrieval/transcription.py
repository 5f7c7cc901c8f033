"""Foreign names in Hangul: whether 마르타 올센 may be Marta Olsen.

Hangul writes a foreign name as it is said, so of a Latin spelling the consonants alone are held against it, by where in
the mouth they are made (the National Institute of Korean Language's rules for loanwords, 1986): an r before a
consonant may be silent, c, g and th may be said in two ways, h, w and y are parts of vowels.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.romanisation import hangul_letters

FEWEST_CONSONANTS = 3
"""With fewer of them too many names would agree."""
LONGEST = 30
"""Letters of a name that are looked at: so few can be matched in few ways."""
_HANGUL = {
    **dict.fromkeys("ㄱㄲㅋ", "K"), **dict.fromkeys("ㄷㄸㅌ", "T"), **dict.fromkeys("ㅂㅃㅍ", "P"),
    **dict.fromkeys("ㅅㅆㅈㅉㅊ", "S"), "ㄹ": "L", "ㅁ": "M", "ㄴ": "N",
}  # fmt: skip
_FINALS = {"ㅅ": "T", "ㅇ": "N"}
"""Finals that sound otherwise than the same letter before a vowel; "ng" counts as n, its g is said or not."""
_SOUNDS = (
    ("sch", "S"), ("tch", "S"), ("ch", "[SK]?"), ("sh", "S"), ("th", "[ST]"), ("ph", "P"), ("ck", "K"), ("gh", "K?"),
    ("tz", "T?S"), ("ts", "T?S"), ("ng", "NK?"), ("x", "K?S"), ("j", "S?"), ("g", "[KS]"), ("c", "[KS]"),
    ("r", "L?"), ("l", "L"),
    *((letter, "K") for letter in "kq"), *((letter, "T") for letter in "dt"), *((letter, "P") for letter in "bfpv"),
    ("s", "S"), ("z", "S"), ("m", "M"), ("n", "N"),
)  # fmt: skip
_CLUSTER = re.compile("(?P<said>r(?=[aeiouy]))|" + "|".join(letters for letters, _ in _SOUNDS))
_OF = dict(_SOUNDS)


def agree(one: str, other: str, fewest_consonants: int = FEWEST_CONSONANTS) -> bool:
    """Whether of two names in lower case one is in Hangul what the other is in Latin letters."""
    hangul, latin = (one, other) if _is_hangul(one) else (other, one)
    if not _is_hangul(hangul) or not latin.isascii():
        return False
    heard = _consonants(hangul)
    return len(heard) >= fewest_consonants and _pattern(latin).fullmatch(heard) is not None


def _is_hangul(name: str) -> bool:
    return bool(name) and all("가" <= letter <= "힣" for letter in name)


@lru_cache(maxsize=4096)
def _consonants(hangul: str) -> str:
    """The consonants of Hangul; one that closes a syllable and opens the next is one: ㄹㄹ is the l of 켈러."""
    found: list[str] = []
    final = ""
    for syllable in hangul[:LONGEST]:
        initial, _, closing = hangul_letters(syllable)
        if initial != final:
            found.append(_HANGUL.get(initial, ""))
        found.append(_FINALS.get(closing) or _HANGUL.get(closing, ""))
        final = closing
    return "".join(found)


@lru_cache(maxsize=4096)
def _pattern(latin: str) -> re.Pattern[str]:
    """What the consonants of a Latin name may be in Hangul; of two that touch and sound alike there is one."""
    sounds: list[str] = []
    end = -1
    for match in _CLUSTER.finditer(latin[:LONGEST]):
        sound = "L" if match["said"] else _OF[match.group()]
        if match.start() != end or sounds[-1] != sound:
            sounds.append(sound)
        end = match.end()
    return re.compile("".join(sounds))
