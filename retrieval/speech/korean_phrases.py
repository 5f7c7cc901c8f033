"""Korean words that may speak: a name with its title, a surname with one, a pronoun, an office, a body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from retrieval.speech.korean_lexicon import ARTISTS, ATTRIBUTES, PLACES
from retrieval.speech.korean_names import (
    Case,
    Noun,
    is_affiliation,
    is_body,
    is_foreign_shaped,
    is_generic,
    is_latin,
    name_score,
    noun,
    title_in,
)
from retrieval.speech.korean_phrase import ENOUGH, By, Phrase, first_of, role_before
from retrieval.speech.korean_titled import titled_phrase

_OCCUPATIONS = frozenset("사가자인생수관장백꾼")
"""Last syllables of words for what somebody is, which no list holds."""
_PRONOUNS = {"그": By.PRONOUN, "그녀": By.PRONOUN, "그분": By.PRONOUN, "이들": By.GROUP, "양측": By.GROUP}
_STEMS_OF_VERBS = tuple(
    """
    하 되 해 지어 려 시키 이루 오르 나오 어지 해지 뤄지 려지 부르 다루 나누 바꾸 받 있 없 같 많 않 와주 아주 어주
    해주 다 의 에
    """.split()
)


def phrase_at(
    words: Sequence[str], last: int, knows: Callable[[str], bool], bracketed: frozenset[int] = frozenset()
) -> Phrase:
    """The phrase that ends at `words[last]`.

    "" among the words is a boundary; `bracketed` are words before a bracket; `knows` knows the document's full names.
    """
    taken = noun(words[last])
    if knows(words[last]):
        taken = Noun(words[last], words[last], Case.NONE, "")
    stem = taken.stem
    if not _may_speak(stem) and not knows(stem) and not (last and _may_follow(words[last - 1], stem)):
        return Phrase(By.UNKNOWN, stem, "", last, last, taken.case)
    first = first_of(words, last, knows)
    if stem in _PRONOUNS:
        return Phrase(_PRONOUNS[stem], stem, "", last, last, taken.case)
    if knows(stem):
        return Phrase(By.NAME, stem, "", first, last, taken.case, role_before(words, first, last), taken.aside)
    if stem == "측":
        return _side(words, last, taken, knows)
    if is_generic(stem) and not _names_somebody(words, first, last, taken, knows):
        return Phrase(By.GENERIC, stem, "", last, last, taken.case)
    if taken.title and (stem == taken.title or not is_body(stem)):
        return titled_phrase(words, first, last, taken, knows, bracketed)
    if is_latin(stem) or is_body(stem) or stem in PLACES:
        return _body(words, first, last, taken)
    titled_before = first < last and title_in(words[last - 1]) != ""
    if _is_unseen_name(taken) and name_score(stem) + 1.5 * titled_before >= ENOUGH:
        return Phrase(By.NAME, stem, "", first, last, taken.case, role_before(words, first, last), taken.aside)
    return _stranger(words, first, last, taken) or Phrase(By.UNKNOWN, stem, "", last, last, taken.case)


def _may_follow(before: str, stem: str) -> bool:
    """Whether the word before makes a name or an occupation of one that nothing else proves."""
    if title_in(before) or is_foreign_shaped(before):
        return True
    return stem[-1:] in _OCCUPATIONS and name_score(before) >= ENOUGH


def _side(words: Sequence[str], last: int, taken: Noun, knows: Callable[[str], bool]) -> Phrase:
    """ "공화국 측은" is the body, "이 대표 측은" nobody in particular."""
    side = phrase_at(words, last - 1, knows) if last and words[last - 1] else None
    if side is not None and side.by is By.BODY:
        return Phrase(By.BODY, side.name, "", side.first, last, taken.case)
    return Phrase(By.GENERIC, taken.stem, "", last, last, taken.case, aside=True)


def _names_somebody(words: Sequence[str], first: int, last: int, taken: Noun, knows: Callable[[str], bool]) -> bool:
    """Whether a common noun stands with a name: "최막동 할아버지"."""
    return bool(taken.title) and first < last and (knows(words[last - 1]) or name_score(words[last - 1]) >= ENOUGH)


def _stranger(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase | None:
    """Somebody whom a title or an occupation beside makes a person: "가수 도리는", "수석 피터 월러는"."""
    stem = taken.stem
    if last > first and words[last - 1] in ARTISTS and _is_subject(taken) and 2 <= len(stem) <= 5:
        return Phrase(By.NAME, stem, "", first, last, taken.case, role_before(words, first, last))
    if last - first in {1, 2} and stem[-1] in _OCCUPATIONS and name_score(words[first]) >= ENOUGH:
        role = " ".join([*words[first + 1 : last], stem])
        return Phrase(By.NAME, words[first], stem, first, last, taken.case, role)
    start = last
    while start > first and last - start < 2 and not _is_role(words[start - 1]):
        start -= 1
    name = [*words[start:last], stem]
    if start in {first, last} or not title_in(words[start - 1]) or not any(map(is_foreign_shaped, name)):
        return None
    return Phrase(By.FOREIGN, " ".join(name), "", first, last, taken.case, role_before(words, first, start))


def _is_subject(taken: Noun) -> bool:
    return taken.case is Case.TOPIC or taken.case is Case.SUBJECT


def _is_role(word: str) -> bool:
    """Whether a word belongs to what somebody is rather than to a name."""
    return title_in(word) != "" or word in ATTRIBUTES or is_affiliation(word)


@lru_cache(maxsize=1 << 16)
def _may_speak(stem: str) -> bool:
    """Whether a word by itself could end the name, the title or the pronoun of somebody who speaks."""
    return (
        stem in _PRONOUNS
        or stem == "측"
        or title_in(stem) != ""
        or name_score(stem) >= 0.5
        or is_generic(stem)
        or is_latin(stem)
        or is_body(stem)
        or stem in PLACES
    )


def _is_unseen_name(taken: Noun) -> bool:
    """Whether a word that nothing proves a name may still be one, rather than the stem of a verb."""
    return taken.bare[-1:] in "은는이가" and not taken.stem.endswith(_STEMS_OF_VERBS)


def _body(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase:
    """A body by its name; the word before belongs to it where that is a place, a body, or one more word of a name."""
    start = last
    if is_latin(taken.stem):
        while start > first and is_latin(words[start - 1]):
            start -= 1
    while start > first and last - start < 3:
        word = words[start - 1]
        if title_in(word) or len(word) < 2 or word in ATTRIBUTES or is_latin(word):
            break
        if not (
            is_body(word) or word in PLACES or is_foreign_shaped(word) or (len(word) > 2 and word[-1] in "대사부원")
        ):
            break
        start -= 1
    name = " ".join([*words[start:last], taken.stem])
    return Phrase(
        By.BODY, name, "", start, last, taken.case, aside=taken.aside and taken.bare.endswith(("측은", "측이"))
    )
