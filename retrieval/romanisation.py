"""Korean names in Latin letters: which Hangul syllables a spelling may stand for.

A Latin syllable stands for several Hangul ones ("su" for 수, "jung" for 정 or 중), and which depends on the letters
around it, so nothing is folded into one class: two spellings agree where, syllable by syllable, one Hangul reading
is common to both. Initials, vowels and finals follow Revised Romanization (2000), McCune-Reischauer (1939) and the
habits of Korean passports; surnames keep their customary spellings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

_INITIALS = {
    "kk": "ㄲ", "gg": "ㄲ", "k": "ㄱㅋㄲ", "g": "ㄱㄲ", "c": "ㄱㅋ", "tt": "ㄸ", "dd": "ㄸ", "t": "ㄷㅌㄸ", "d": "ㄷㄸ",
    "pp": "ㅃ", "bb": "ㅃ", "p": "ㅂㅍㅃ", "b": "ㅂㅃ", "ss": "ㅆ", "sh": "ㅅㅆ", "s": "ㅅㅆ", "jj": "ㅉ", "tch": "ㅉ",
    "ch": "ㅈㅊㅉ", "j": "ㅈㅉ", "z": "ㅈ", "h": "ㅎ", "wh": "ㅎ", "n": "ㄴ", "m": "ㅁ", "r": "ㄹ", "l": "ㄹ", "rh": "ㄹ", "": "ㅇ",
}  # fmt: skip
_OPEN_VOWELS = {
    "a": "ㅏ", "ah": "ㅏ", "ae": "ㅐ", "ai": "ㅐ", "ay": "ㅐ", "e": "ㅔㅐ", "eh": "ㅔㅐ", "ya": "ㅑ", "yae": "ㅒ", "ye": "ㅖ",
    "eo": "ㅓ", "uh": "ㅓ", "ur": "ㅓ", "u": "ㅜ", "oo": "ㅜ", "ou": "ㅓㅜ", "woo": "ㅜ", "wu": "ㅜ", "o": "ㅗ", "oh": "ㅗ", "oe": "ㅚ",
    "yeo": "ㅕ", "yo": "ㅛ", "yu": "ㅠ", "yoo": "ㅠ", "you": "ㅠㅕ", "yuh": "ㅕ", "eu": "ㅡ", "i": "ㅣ", "ee": "ㅣ", "y": "ㅣ", "yi": "ㅣㅢ",
    "ui": "ㅢㅟ", "eui": "ㅢ", "wi": "ㅟ", "we": "ㅞㅙㅚ", "wae": "ㅙ", "wa": "ㅘ", "wah": "ㅘ", "wo": "ㅝ", "weo": "ㅝ", "wuh": "ㅝ",
    "ie": "ㅣ", "ei": "ㅔ", "yeoh": "ㅕ", "wy": "ㅟ", "oi": "ㅚ",
}  # fmt: skip
_CLOSED_VOWELS = _OPEN_VOWELS | {
    "u": "ㅜㅓㅡ", "o": "ㅗㅓ", "yu": "ㅠㅕ", "you": "ㅕㅠ", "yo": "ㅛㅕ", "oo": "ㅜㅡ", "eu": "ㅡㅓ", "a": "ㅏㅐ", "wo": "ㅝ", "yoo": "ㅠ",
    "oa": "ㅏ", "io": "ㅕ", "ow": "ㅗ",
}  # fmt: skip
_AFTER_H = {"i": "ㅣㅢ", "ee": "ㅣㅢ", "y": "ㅣㅢ", "ye": "ㅖ", "ea": "ㅖ", "ae": "ㅐㅖ", "ai": "ㅐ", "u": "ㅜㅓ"}
_FINALS = {
    "ng": "ㅇ", "n": "ㄴ", "m": "ㅁ", "k": "ㄱㄲㅋ", "g": "ㄱ", "ck": "ㄱ", "c": "ㄱ", "l": "ㄹ", "r": "ㄹ", "p": "ㅂㅍ", "b": "ㅂ",
    "t": "ㄷㅅㅈㅊㅌ", "d": "ㄷ", "s": "ㅅ",
}  # fmt: skip
# Surnames whose customary spelling no rule of sound gives.
_SURNAMES = {
    "lee": "이", "yi": "이", "rhee": "이", "ri": "이리", "li": "이", "rhie": "이", "yee": "이", "leigh": "이", "park": "박",
    "pak": "박", "bak": "박", "bahk": "박", "choi": "최", "choe": "최", "chey": "최", "choy": "최", "noh": "노", "roh": "노",
    "no": "노", "ro": "노", "rho": "노", "oh": "오", "o": "오", "woo": "우", "wu": "우", "u": "우", "lim": "임림", "im": "임",
    "rim": "임림", "yim": "임", "leem": "임림", "yoo": "유류", "yu": "유류", "you": "유", "ryu": "류유", "ryoo": "류유",
    "lyu": "류유", "lew": "류유", "ko": "고", "koh": "고", "goh": "고", "go": "고", "kim": "김", "gim": "김", "shin": "신",
    "sin": "신", "sheen": "신", "chung": "정", "jung": "정", "jeong": "정", "cheong": "정", "joung": "정", "jo": "조",
    "cho": "조", "joe": "조", "suh": "서", "seo": "서", "so": "서소", "sur": "서", "paik": "백", "baik": "백", "baek": "백",
    "paek": "백", "back": "백", "hahn": "한", "ahn": "안", "an": "안", "kwak": "곽", "gwak": "곽", "kwon": "권", "gwon": "권",
    "whang": "황", "hwang": "황", "hur": "허", "heo": "허", "huh": "허", "chun": "전천", "jun": "전", "jeon": "전", "cheon": "천",
    "na": "나", "ra": "나라", "rah": "나라", "nah": "나", "la": "나라", "yang": "양", "ryang": "양량", "ryou": "류유", "yeo": "여",
    "lyeo": "여", "son": "손", "sohn": "손", "shon": "손", "cha": "차", "tcha": "차", "ju": "주", "joo": "주", "chu": "주추",
    "sung": "성", "seong": "성", "sim": "심", "shim": "심", "yeom": "염", "yum": "염", "min": "민", "koo": "구", "ku": "구",
    "gu": "구", "goo": "구", "ki": "기", "kee": "기", "pyo": "표", "phyo": "표", "eom": "엄", "um": "엄", "uhm": "엄", "moon": "문",
    "mun": "문", "yoon": "윤", "yun": "윤", "youn": "윤", "jin": "진", "chin": "진", "lyou": "류유", "kang": "강", "gang": "강",
    "kahng": "강", "chang": "장창", "jang": "장", "bae": "배", "pae": "배", "bai": "배", "seok": "석", "suk": "석", "sok": "석",
    "namgung": "남궁", "namkoong": "남궁", "sunwoo": "선우", "seonwoo": "선우", "hwangbo": "황보",
}  # fmt: skip
_LONGEST_GIVEN_NAME = 24
_MOST_READINGS = 64

Syllable = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""The initials, vowels and finals that one syllable may have, as Hangul letters; "" is no final."""
Reading = tuple[Syllable, ...]


def hangul_letters(syllable: str) -> tuple[str, str, str]:
    """The initial, vowel and final of one Hangul syllable (final "" where it has none), by Unicode's arithmetic."""
    code = ord(syllable) - 0xAC00
    initial, rest = divmod(code, 588)
    vowel, final = divmod(rest, 28)
    return "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[initial], chr(0x314F + vowel), _final_sound(final)


def _final_sound(final: int) -> str:
    letters = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
    return letters[final].strip()


def readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """Every way to hear a name's words (surname first, lower case or Hangul) as Korean syllables; none if it is not Korean."""
    if not words or not words[0]:
        return ()
    joined = "".join(words)
    if all("가" <= c <= "힣" for c in joined):
        return (tuple(_exactly(c) for c in joined),)
    if len(words) == 1 or not joined.isascii():
        return ()
    surname, given = words[0], "".join(words[1:])
    if len(given) > _LONGEST_GIVEN_NAME:
        return ()
    first = _surname_readings(surname)
    rest = [reading for reading in _latin_readings(given) if 1 <= len(reading) <= 3]
    return tuple(head + tail for head, tail in product(first, rest))[:_MOST_READINGS]


def agree(one: Reading, other: Reading) -> bool:
    """Whether two readings may be one name: as many syllables, each with an initial, vowel and final in common."""
    return len(one) == len(other) and all(
        all(x & y for x, y in zip(a, b, strict=True)) for a, b in zip(one, other, strict=True)
    )


def is_surname(word: str) -> bool:
    """Whether `word`, in lower case, is a customary Latin spelling of a Korean surname."""
    return word in _SURNAMES or (word in _COMMON_BY_SOUND and len(_latin_readings(word)) > 0)


_COMMON_BY_SOUND = frozenset(
    "hong song nam ha heo hong bang byun byeon ban doh do ok ohm pi maeng myung chae pyun".split()
)


def _exactly(syllable: str) -> Syllable:
    initial, vowel, final = hangul_letters(syllable)
    # An initial ㄹ or ㄴ is written and said ㅇ or ㄴ at a word's beginning, so surnames 류/유, 라/나 stay apart only by letters.
    return frozenset(initial), frozenset(vowel), frozenset({final})


def _surname_readings(word: str) -> list[Reading]:
    if word in _SURNAMES:
        hangul = _SURNAMES[word]
        if len(hangul) == 2 and hangul in {"남궁", "선우", "황보"}:
            return [tuple(_exactly(c) for c in hangul)]
        return [(_exactly(c),) for c in hangul]
    return [reading for reading in _latin_readings(word) if len(reading) == 1]


@lru_cache(maxsize=4096)
def _latin_readings(word: str) -> tuple[Reading, ...]:
    """Every cut of a Latin word into Korean syllables."""
    word = unicodedata.normalize("NFC", word)
    if not re.fullmatch(r"[a-z]{1,24}", word):
        return ()
    start_of_word: list[Reading] = [()]
    ends: list[list[Reading]] = [start_of_word, *([] for _ in word)]
    for start in range(len(word)):
        if not ends[start]:
            continue
        for stop, syllable in _syllables_at(word, start):
            ends[stop].extend([(*reading, syllable) for reading in ends[start]][:_MOST_READINGS])
            del ends[stop][_MOST_READINGS:]
    return tuple(ends[-1])


def _syllables_at(word: str, start: int) -> list[tuple[int, Syllable]]:
    found: list[tuple[int, Syllable]] = []
    for initial, sounds in _INITIALS.items():
        if not word.startswith(initial, start):
            continue
        after = start + len(initial)
        for length in range(1, 5):
            vowel, stop = word[after : after + length], after + length
            if stop > len(word):
                break
            if open_vowel := _vowel(_OPEN_VOWELS, initial, vowel):
                found.append((stop, (frozenset(sounds), open_vowel, frozenset({""}))))
            if closed_vowel := _vowel(_CLOSED_VOWELS, initial, vowel):
                for final, closing in _FINALS.items():
                    if word.startswith(final, stop):
                        found.append((stop + len(final), (frozenset(sounds), closed_vowel, frozenset(closing))))
    return found


def _vowel(table: dict[str, str], initial: str, vowel: str) -> frozenset[str]:
    hangul = table.get(vowel, "")
    if initial == "wh":  # the w of "wha" is its vowel's
        hangul = {"a": "ㅘ", "ang": "ㅘ"}.get(vowel, "")
    if initial == "h" and vowel in _AFTER_H and table is _OPEN_VOWELS:
        hangul += _AFTER_H[vowel]
    return frozenset(hangul)
