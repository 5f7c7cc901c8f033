"""Whether a space belongs between two lines of Korean: files break lines inside words and between them alike.

Learnt from each file itself, from what stands before, behind and instead of the spaces within its lines; the weights
were fitted on encyclopedia articles wrapped at several widths, where nine joints in ten come out right (93 % in a file
of twenty pages). How often a line ends between words, 32 % where lines break anywhere and nearly always elsewhere, is
estimated for each file by expectation maximisation.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_INSIDE = "\0"
_DIGIT = re.compile(r"\d")
_LATIN = re.compile(r"[A-Za-z]")
_MOST_LETTERS = 300_000  # more of a file teaches no more
_ROUNDS = 20
_SMOOTHING = 0.5
_ENDING, _BEGINNING, _PAIR, _LONG_ENDING, _LONG_BEGINNING, _LONG_PAIR = 0.5, 0.5, 0.9, 0.4, 1.0, 0.6
_KNOWN_WORD, _LONE_SYLLABLE = -1.2, -2.2

Joint = tuple[str, str]  # the last word of a line and the first of the next


def is_hangul(character: str) -> bool:
    """Whether `character` is a Hangul syllable."""
    return "가" <= character <= "힣"


class KoreanSpaces:
    """What the lines of one file say of where its words part."""

    def __init__(self, lines: Iterable[str], joints: Sequence[Joint]) -> None:
        """Learn from what stands within `lines`, and from the `joints` where they meet."""
        text = _classed("\n".join(lines)[:_MOST_LETTERS])
        self._words = Counter(word for line in text.split("\n") for word in line.split()[1:-1])
        self._runs = _runs(text)
        parted = sum(count for run, count in self._runs.items() if len(run) == 3 and run[1] == " ")
        whole = sum(count for run, count in self._runs.items() if len(run) == 2 and run[1] == _INSIDE)
        self._share = (parted + 1) / (parted + whole + 2)
        self._at_ends = self._log_odds_at_ends(joints)

    def part(self, before: str, after: str) -> bool:
        """Whether a space belongs between `before`, the last word of a line, and `after`, the next line's first."""
        return self._at_ends + self._evidence(_classed(before), _classed(after)) > 0

    def _log_odds_at_ends(self, joints: Sequence[Joint]) -> float:
        evidence = [self._evidence(_classed(before), _classed(after)) for before, after in joints]
        log_odds = 0.0
        for _ in range(_ROUNDS if evidence else 0):
            total = sum(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds + each)))) for each in evidence)
            share = (total + _SMOOTHING) / (len(evidence) + 2 * _SMOOTHING)
            log_odds = math.log(share / (1 - share))
        return log_odds

    def _evidence(self, before: str, after: str) -> float:
        """The log-odds that a space belongs there, apart from how usual spaces are at line ends."""
        last, first, longer = before[-1], after[0], before[-2:]
        evidence = (
            _ENDING * self._odds(last + " ", last + _INSIDE)
            + _BEGINNING * self._odds(" " + first, _INSIDE + first)
            + _PAIR * self._odds(f"{last} {first}", last + first)
            + _KNOWN_WORD * min(self._words[before + after], 3)
        )
        if len(before) > 1:
            evidence += _LONG_ENDING * self._odds(longer + " ", longer + _INSIDE)
            evidence += _LONG_PAIR * self._odds(f"{longer} {first}", longer + first)
        if len(after) > 1:
            evidence += _LONG_BEGINNING * self._odds(" " + after[:2], _INSIDE + after[:2])
        return evidence + (_LONE_SYLLABLE if len(before) == 1 else 0.0)

    def _odds(self, parted: str, whole: str) -> float:
        """How much more often the run is `parted` by a space than it is `whole`, next to how often runs are."""
        with_space, without = self._runs[parted], self._runs[whole]
        if not with_space + without:
            return 0.0
        usual = math.log(self._share / (1 - self._share))
        return math.log((with_space + self._share) / (without + 1 - self._share)) - usual


def _classed(text: str) -> str:
    """`text` with one digit for all digits, one letter for all Latin letters."""
    return _LATIN.sub("A", _DIGIT.sub("0", text))


def _runs(text: str) -> Counter[str]:
    """How often up to four characters follow each other in `text`; `_INSIDE` stands for anything but a space."""
    runs = Counter[str]()
    for length in (2, 3, 4):
        for run, count in Counter(zip(*(text[shift:] for shift in range(length)), strict=False)).items():
            spaces = run.count(" ")
            if "\n" in run or spaces > 1 or (length == 4 and run[2] != " "):
                continue
            runs["".join(run)] += count
            if not spaces:
                runs["".join(run[:-1]) + _INSIDE] += count
                runs[_INSIDE + "".join(run[1:])] += count
    return runs
