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

_ENDS = """
으로 에서 에는 에도 에게 까지 부터 서는 로는 들은 들이 들을 들의 하고 하여 하며 하는 하게 하기 했다 했던 했고 으며
한다 된다 되는 되어 되고 되며 됐다 이다 이며 이고 있다 있는 있고 없다 없는 라고 다고 라는 다는 라며 다며 면서 지만
도록 려고 리고 러나 러한 또한 등을 등의 등이 것은 것을 것이 대한 대해 대로 위해 위한 통해 따라 관한 의한 의해 인해
인한 따른 같은 같이 많은 모든 다른 여러 모두 매우 가장 다시 이후 이전 당시 번째 각각 함께 현재 바로 특히 만에 년간
적인 로서 로써 에선 보다 만큼 처럼 마다 이나 거나 든지 문에 니다 되지 하지 았던 었던 였던 않은 않고 또는 혹은 이를
이는 이에 그의 그는 이런 이미 결국 서도 기로 기도 들과 와의 과의 간의 로운 양한 어난 받은 아닌 높은 지난 안에 동안
강한 거의 것도 없이 장은 장이 부는 부가 국의 국이 국은 원은 원이 원의 회는 회의 회가 사는 사의 관은 관의 정은 정을
술을 술의 책을
"""
_BEGINS = """
있다 있는 있었 있으 있고 있어 있도 없다 없는 없이 대한 대해 대하 위해 위한 위하 통해 통한 따라 따른 관련 관한 관하
인해 인한 의해 의한 것을 것이 것은 것으 것에 것도 때문 같은 같이 모든 다른 여러 등을 등의 등이 등에 등으 이러 그러
그리 하지 또한 또는 혹은 함께 이후 이전 현재 당시 다시 가장 매우 모두 각각 특히 바로 이미 아직 그의 그는 그가 이를
이는 우리 사용 이용 관계 필요 가능 중요 주요 새로 만들 받은 받아 받고 밝혔 말했 했다 했으 한다 하고 하는 하며 않은
않고 않는 않았 못한 못하 아니 많은 높은 지난 올해 최근 내년 경우 정도 이상 이하 사이 동안 가운 중에 중인 위에 아래
앞으 대비 기준 추진 발표 지원 강화 확대 계획 방안 예정 결과 사람 문제 미국 한국 일본 중국 서울 정부 국가 사회 경제
기술 시작 주장 진행 활동 사업 정책 제도 개발 연구 조사 평가 지적 설명 강조 제안 제공 구성 참여 발생 시행 개최 운영
관리 전문 분야 지역 국제 세계 기존 다양 일부 전체 내용 과정 상황 영향 효과 수준 기관 기업 산업 시장 환경 안전 교육
공동 협력 마련 수립 도입 적용 설치 실시 해당 이루 나타 알려
"""
_LAST_SYLLABLES = "은는을를의로며던된할한과와서게등및"
_USUAL = Counter(
    {f"{end} ": 4 for end in _ENDS.split()}
    | {f" {start}": 4 for start in _BEGINS.split()}
    | {f"{syllable} ": 8 for syllable in _LAST_SYLLABLES}
)

Joint = tuple[str, str]  # the last word of a line and the first of the next


def is_hangul(character: str) -> bool:
    """Whether `character` is a Hangul syllable."""
    return "가" <= character <= "힣"


class KoreanSpaces:
    """What the lines of one file say of where its words part."""

    def __init__(self, lines: Iterable[str], joints: Sequence[Joint]) -> None:
        """Learn from what stands within `lines`, and from the `joints` where they meet."""
        text = _classed("\n".join(lines)[:_MOST_LETTERS]) if joints else ""
        self._words = Counter(word for line in text.split("\n") for word in line.split()[1:-1])
        self._runs = _runs(text)
        parted = sum(count for run, count in self._runs.items() if len(run) == 3 and run[1] == " ")
        whole = sum(count for run, count in self._runs.items() if len(run) == 2 and run[1] == _INSIDE)
        self._share = (parted + 1) / (parted + whole + 2)
        self._runs.update(_USUAL)
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
