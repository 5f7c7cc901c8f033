"""Line numbers in a page's margin, as transcripts and pleadings have them: no words of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from retrieval.reading.pdf_words import Word

_FEWEST = 15
_SAME_PLACE = 3.0  # points
_MOST_DIGITS = 3
_UNEVEN = 0.35  # of the usual distance between two lines
_MARGIN = 0.05  # of the words may begin as far left: headers, stamps


def without_line_numbers(words: Sequence[Word]) -> list[Word]:
    """`words` without a column of numbers, each one more than the last and as far below it, left of all others."""
    places: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words:
        if word.text.isdecimal() and len(word.text) <= _MOST_DIGITS:
            places[round(word.right / _SAME_PLACE)].append(word)
    numbers = max(places.values(), key=len, default=[])
    if not _is_count(numbers) or not _is_in_margin(numbers, words):
        return list(words)
    dropped = set(map(id, numbers))
    return [word for word in words if id(word) not in dropped]


def _is_count(numbers: list[Word]) -> bool:
    if len(numbers) < _FEWEST:
        return False
    numbers.sort(key=lambda word: word.baseline)
    gaps = [following.baseline - word.baseline for word, following in pairwise(numbers)]
    is_even = max(gaps) - min(gaps) <= _UNEVEN * median(gaps)
    return is_even and all(int(following.text) == int(word.text) + 1 for word, following in pairwise(numbers))


def _is_in_margin(numbers: Sequence[Word], words: Sequence[Word]) -> bool:
    edge = max(word.right for word in numbers)
    beside = sum(word.left <= edge for word in words) - len(numbers)
    return beside <= _MARGIN * len(words)
