"""A Korean noun phrase that ends in a title: the name before it, a surname, a foreign name, or the office alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.speech.korean_lexicon import ATTRIBUTES, COMMON_SURNAMES, PLACES
from retrieval.speech.korean_names import (
    COURTESIES,
    Noun,
    is_affiliation,
    is_body,
    is_foreign_shaped,
    is_latin,
    is_name_shaped,
    is_surname,
    name_score,
    title_in,
)
from retrieval.speech.korean_phrase import ENOUGH, By, Phrase, role_before

_KNOWN = 6.0
_ACADEMIC = frozenset("교수 명예교수 총장 학장 부총장 석좌교수".split())
_VAGUE = frozenset("한 어느 이 그 해당 일부 여러 현직 전직".split())


def titled_phrase(  # noqa: PLR0913  a phrase is these things
    words: Sequence[str], first: int, last: int, taken: Noun, knows: Callable[[str], bool], bracketed: frozenset[int]
) -> Phrase:
    """The phrase `words[first:last + 1]` whose last word, taken apart as `taken`, ends in a title."""
    stem, title = taken.stem, taken.title
    glued = stem[: len(stem) - len(title)]
    if glued and (knows(glued) or (title in COURTESIES and is_name_shaped(glued))):
        role = role_before(words, first, last) if title in COURTESIES else title
        return Phrase(By.NAME, glued, title, first, last, taken.case, role, taken.aside)
    if glued and title in COURTESIES and is_surname(glued):
        return Phrase(By.SURNAME, glued, title, last, last, taken.case, aside=taken.aside)
    words = [*words[:last], stem]
    best, at = max(
        ((_score(words, first, last, p, title == stem, knows, bracketed), -p) for p in range(first, last)),
        default=(0.0, 0),
    )
    if best >= ENOUGH:
        return _named(words, first, last, -at, taken)
    return (
        _surnamed(words, first, last, taken)
        or _foreign(words, first, last, taken, bracketed)
        or _office(words, first, last, taken)
    )


def _score(  # noqa: PLR0913  a place in a phrase is these things
    words: Sequence[str],
    first: int,
    last: int,
    p: int,
    exact: bool,
    knows: Callable[[str], bool],
    bracketed: frozenset[int],
) -> float:
    word = words[p]
    if knows(word):
        return _KNOWN + 0.1 * p
    if not is_name_shaped(word):
        return -9.0
    after = words[p + 1]
    suits_body = p != last - 1 or p == first or not title_in(after) or word[-1] != title_in(after)[0]
    academic = word[-1] == "대" and title_in(after) in _ACADEMIC
    score = name_score(word) - (0 if suits_body else 2.0) - (3.0 if academic else 0)
    stands_off = p == first and p < last - 1 and word[0] not in COMMON_SURNAMES
    score -= 1.0 if stands_off and not (after in ATTRIBUTES or is_affiliation(after)) else 0
    score += (p == first) + (p == last - 1 and exact) + 2 * (p in bracketed)
    if len(word) == 2 and p == last - 1 and p > first and is_affiliation(words[p - 1]):
        score += 0.5
    return score + (0.5 if p == first and (after in ATTRIBUTES or is_affiliation(after)) else 0)


def _named(words: Sequence[str], first: int, last: int, at: int, taken: Noun) -> Phrase:
    behind = [*words[at + 1 : last], taken.stem]
    if behind[-1] in COURTESIES:
        behind.pop()
    role = " ".join(behind) if behind else role_before(words, first, at)
    return Phrase(By.NAME, words[at], taken.title, first, last, taken.case, role, taken.aside)


def _surnamed(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase | None:
    at = last - 1
    if at > first and words[at] in ATTRIBUTES and is_surname(words[at - 1]):
        at -= 1
    if at < first or not is_surname(words[at]) or title_in(taken.stem) != taken.stem:
        return None
    return Phrase(By.SURNAME, words[at], taken.title, at, last, taken.case, aside=taken.aside)


def _foreign(words: Sequence[str], first: int, last: int, taken: Noun, bracketed: frozenset[int]) -> Phrase | None:
    """A foreign name, in Hangul or Latin letters: the words before the first that says where somebody belongs."""
    beside = words[last - 1] if last > first + 1 else ""
    if is_foreign_shaped(beside) and not is_affiliation(beside) and all(map(is_affiliation, words[first : last - 1])):
        return Phrase(By.FOREIGN, beside, taken.title, first, last, taken.case, taken.stem, taken.aside)
    first = next((n for n in range(first, last) if is_latin(words[n])), first)
    leading = next((n for n in range(last - first) if _says_where(words[first + n], n)), last - first)
    if words[first] and is_latin(words[first]):
        leading = next((n for n, word in enumerate(words[first:last]) if not is_latin(word)), last - first)
    elif leading > 3 or not any(is_foreign_shaped(words[n]) or n in bracketed for n in range(first, first + leading)):
        return None
    if not leading:
        return None
    if leading == 3 and not is_latin(words[first]):
        leading = 2  # the third is the country
    name = " ".join(words[first : first + leading])
    behind = [word for word in (*words[first + leading : last], taken.stem) if word not in COURTESIES]
    return Phrase(By.FOREIGN, name, taken.title, first, last, taken.case, " ".join(behind), taken.aside)


def _says_where(word: str, place: int) -> bool:
    """Whether a word says where somebody belongs, rather than being the first or second of a foreign name."""
    if word in ATTRIBUTES:
        return True
    may_be_name = is_foreign_shaped(word) and place < 2 and not is_body(word) and word not in PLACES
    return is_affiliation(word) and not may_be_name


def _office(words: Sequence[str], first: int, last: int, taken: Noun) -> Phrase:
    before = words[last - 1] if last > first else ""
    if before and before not in ATTRIBUTES and not is_affiliation(before) and before != "한":
        return Phrase(By.GENERIC, taken.stem, taken.title, last, last, taken.case)
    vague = last > 0 and words[last - 1] in _VAGUE
    if is_body(taken.stem) and not vague and taken.stem.endswith("원") and not before:
        return Phrase(By.OFFICE, taken.stem, taken.title, last, last, taken.case, aside=taken.aside)
    kind = By.GENERIC if vague and words[last - 1] not in {"이", "그"} else By.OFFICE
    return Phrase(kind, taken.stem, taken.title, last, last, taken.case, aside=taken.aside)
