"""Which characters of a page are the quoted words: by their letters alone, and never by a guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from operator import eq, truth

_CLEAR_LETTERS = 12
"""Fewer letters stand on a page by chance: what surrounds them has to be the same too."""
_LEAST_RUN = 16
"""Where the words are interrupted, by a foot of the page for example, so many letters in a row are still the quote."""
_FOOT = 60
"""At most so many letters stand at a page's foot, behind words that go on on the next page."""
_MARK = 4
"""So many letters may interrupt a line: the number of a note, or of the line."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a quote, and those beside it in its document."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """The letters of a page, and for each the number of the character that it belongs to."""

    letters: str
    characters: Sequence[int]

    def stretch(self, start: int, end: int) -> range:
        return range(self.characters[start], self.characters[end - 1] + 1)


def highlighted(characters: Sequence[str], quoted: Quoted) -> list[range]:
    """The stretches of `characters`, a page's in the order of the file, that are the quoted words.

    White space, hyphens, accents, capitals and ligatures make no difference. A quote that goes on behind the page's
    end is there as far as it goes. Empty where the words are not there, or where nothing tells which of several
    places is theirs.
    """
    found = [(letter, number) for number, each in enumerate(characters) for letter in letters_of(each)]
    page = _Page("".join(letter for letter, _ in found), [number for _, number in found])
    words, before, after = ("".join(map(letters_of, text)) for text in (quoted.words, quoted.before, quoted.after))
    if not words:
        return []
    if words in page.letters:
        start = _place(page.letters, words, before, after)
        return [] if start is None else [page.stretch(start, start + len(words))]
    return _runs(page, words, before)


@lru_cache(maxsize=1 << 12)
def letters_of(character: str) -> str:
    """The letters and digits of a character, without accents and capitals; a ligature has several."""
    apart = unicodedata.normalize("NFKD", character).casefold()
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if letter.isalnum()))


def _place(page: str, words: str, before: str, after: str) -> int | None:
    """Where `words` stand on `page`: of several places the one among the same letters as in the document."""
    alike = {
        start: _alike_before(page, start, before) + _alike_behind(page, start + len(words), after)
        for start in _occurrences(page, words)
    }
    most = max(alike.values())
    best = [start for start, count in alike.items() if count == most]
    needed = min(_CLEAR_LETTERS, len(before) + len(after)) if len(words) < _CLEAR_LETTERS else 0
    return best[0] if len(best) == 1 and most >= needed else None


def _runs(page: _Page, words: str, before: str) -> list[range]:
    """The words in pieces, where something stands between them on the page, or the rest on the next page."""
    length = _longest(page.letters, words, 0)
    start = _place(page.letters, words[:length], before, "") if length >= _LEAST_RUN else None
    if start is None:
        return []
    runs = [page.stretch(start, start + length)]
    is_last = len(page.letters) - (start + length) <= _FOOT
    is_sure = is_last or _alike_before(page.letters, start, before) >= _CLEAR_LETTERS
    done, at = length, start + length
    while done < len(words):
        length = _longest(page.letters, words[done:], at)
        start = page.letters.find(words[done : done + length], at)
        is_rest = done + length == len(words) and start - at <= _MARK
        if length < _LEAST_RUN and not is_rest:
            break
        runs.append(page.stretch(start, start + length))
        done, at = done + length, start + length
    return runs if is_sure or done * 2 >= len(words) else []


def _longest(page: str, words: str, at: int) -> int:
    """How many of the first letters of `words` stand in a row somewhere on `page` from `at` on."""
    least, most = 0, len(words)
    while least < most:
        middle = (least + most + 1) // 2
        if page.find(words[:middle], at) >= 0:
            least = middle
        else:
            most = middle - 1
    return least


def _occurrences(page: str, words: str) -> Iterator[int]:
    start = page.find(words)
    while start >= 0:
        yield start
        start = page.find(words, start + len(words))


def _alike_before(page: str, end: int, before: str) -> int:
    """How many letters before `end` are the last ones of `before`."""
    return _alike(page[max(0, end - len(before)) : end][::-1], before[::-1])


def _alike_behind(page: str, start: int, after: str) -> int:
    """How many letters from `start` on are the first ones of `after`."""
    return _alike(page[start : start + len(after)], after)


def _alike(one: str, other: str) -> int:
    """With how many of the same letters both begin."""
    return sum(1 for _ in takewhile(truth, map(eq, one, other)))
