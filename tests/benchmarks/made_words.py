"""Made-up documents without end, the same for the same seed: English and Korean, with people who say things."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

_ENGLISH = tuple(
    a + b
    for a in "ba de fi go hu ka le mi no pu ra se ti vo wu za".split()
    for b in "lor mant ning der sel ton".split()
)
_KOREAN = tuple(
    a + b for a in "가 나 다 라 마 바 사 아 자 차 카 타 파 하".split() for b in "람 선 물 길 빛 들 산 강 별 꽃".split()
)
_FIRST = "Ada Bo Cleo Dan Eva Finn Gus Hana Ivo Jun Kim Lea Mina Nils Olga Per".split()
_LAST = "Ferry Quay Lamp Holm Strand Bell Reed Marsh Pier Stone Wick Dune Tide Gull Mast Rope".split()
_KOREAN_NAMES = tuple(a + b for a in "김이박최정강" for b in ("바다", "하늘", "나루", "보람", "슬기", "여울"))
_OFFICES = ("mayor of the harbour", "keeper of the lighthouse", "head of the ferry company")


class Words:
    """Writes documents; rare words are rare as in real texts (Zipf's law), and each document has words of its own."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._english = tuple(a + b for a in _ENGLISH for b in ("", *_ENGLISH[:40]))
        self._english_weights = tuple(accumulate(1 / rank for rank in range(1, len(self._english) + 1)))
        self._korean_weights = tuple(accumulate(1 / rank for rank in range(1, len(_KOREAN) + 1)))

    def paragraphs(self, count: int = 10, *, is_korean: bool = False) -> list[str]:
        """So many paragraphs of about 600 characters."""
        return [self._korean_paragraph() if is_korean else self._english_paragraph() for _ in range(count)]

    def document(self, title: str, count: int = 10) -> str:
        """A text with a title; one in five is Korean."""
        is_korean = self._random.random() < 0.2
        return "\n\n".join([title, *self.paragraphs(count, is_korean=is_korean)]) + "\n"

    def choice(self, choices: Sequence[str]) -> str:
        """One of `choices`."""
        return self._random.choice(choices)

    def person(self) -> str:
        """Somebody of an English document."""
        return f"{self._random.choice(_FIRST)} {self._random.choice(_LAST)}"

    def _english_paragraph(self) -> str:
        return " ".join(self._english_sentences())

    def _english_sentences(self) -> Iterator[str]:
        for number in range(6):
            words = self._random.choices(self._english, cum_weights=self._english_weights, k=14)
            sentence = f"the {' '.join(words[:7])} of the {' '.join(words[7:])}"
            if number == 2:
                yield f"{self.person()}, {self._random.choice(_OFFICES)}, said that {sentence}."
            else:
                yield f"{sentence.capitalize()}."

    def _korean_paragraph(self) -> str:
        def clause(length: int) -> str:
            words = self._random.choices(_KOREAN, cum_weights=self._korean_weights, k=length)
            return " ".join(word + self._random.choice(("은", "을", "에", "의", "")) for word in words)

        name = self._random.choice(_KOREAN_NAMES)
        return f"{clause(12)} 있다. {name} 등대지기는 “{clause(9)} 한다”고 말했다. " + " ".join(
            f"{clause(10)} 하였다." for _ in range(5)
        )
