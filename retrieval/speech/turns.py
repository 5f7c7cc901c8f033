"""Transcripts, minutes and interviews: who opens each turn, and where its words stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.records import Block
from retrieval.speech.interviews import interviewee
from retrieval.speech.korean_names import COURTESIES, is_name_shaped, title_in
from retrieval.speech.turn_labels import Label, Opens, is_listed_once, label_at, mark_at, without_brackets

FEWEST_TURNS = 3
SHARE_OF_TURNS = 0.4
"""A document is a transcript where at least this share of its paragraphs opens with a label."""
FEWEST_REPLIES = 2
"""An interview has so many questions and answers at least."""
_ASKS = re.compile(r"(?:Q|Question|문|질문|INTERVIEWER|Interviewer)\s?\d*\.?$")
_REPLIES = re.compile(r"(?:A|Answer|답|답변)\s?\d*\.?$")
_OFFICE = re.compile(r"(?:The|Le|La)\b|(?:Acting|Deputy|Chair|위원장|의장|사회자|좌장)")
_CLOSING = re.compile(r"[^@\n]{0,60}[\w-]@[\w-]+\.|(?:글|사진|글·사진|정리)? ?\S{2,4} (?:기자|특파원)$")
"""A by-line at an interview's end is no part of the last answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: who, with the role that the label gives, and where the words stand.

    `goes_on` where no label of its own names the speaker: a further paragraph, or the answer of an interview.
    """

    speaker: str
    role: str | None
    start: int
    end: int
    goes_on: bool


def turns(text: str, blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; empty where the document is none."""
    labels = _labels(text, blocks)
    if not labels:
        return ()
    first = next(block for block, label in zip(blocks, labels, strict=True) if label and label.opens is not Opens.FIELD)
    answers = interviewee(text, first.start)
    found: list[Turn] = []
    current: Turn | None = None
    before = 0
    for block, label in zip(blocks, labels, strict=True):
        if "\n#" in text[before : block.start] and label is None:
            current = None  # a heading: nobody speaks on from before it
        before = block.end
        if label is not None:
            current = _opened(label, answers)
            if current is not None and label.end < block.end:
                found.append(Turn(current.speaker, current.role, label.end, block.end, current.goes_on))
        elif current is not None and text[block.start] not in "([（【":
            if _CLOSING.match(text, block.start, min(block.end, block.start + 120)):
                current = None
            else:
                found.append(Turn(current.speaker, current.role, block.start, block.end, goes_on=True))
    return tuple(found)


def is_question(label: str) -> bool:
    """Whether a label only marks the one who asks."""
    return bool(_ASKS.match(label))


def is_reply(label: str) -> bool:
    """Whether a label only marks the one who answers."""
    return bool(_REPLIES.match(label))


def _labels(text: str, blocks: Sequence[Block]) -> list[Label | None]:
    """Each paragraph's label where the document is a transcript; empty where it is none."""
    labels = [label_at(text, block.start, block.end) for block in blocks]
    counts = Counter(label.words for label in labels if label and label.opens is Opens.NAME)
    labels = [
        Label(Opens.FIELD, label.words, label.end)
        if label and label.opens is Opens.NAME and counts[label.words] == 1 and is_listed_once(label.words)
        else label
        for label in labels
    ]
    named = [label for label in labels if label and label.opens is Opens.NAME]
    if len(named) >= FEWEST_TURNS and len(named) >= SHARE_OF_TURNS * len(blocks) and max(counts.values()) > 1:
        return labels
    if _is_interview(labels):
        return labels
    marked = [label or mark_at(text, block.start, block.end) for label, block in zip(labels, blocks, strict=True)]
    return marked if _is_interview(marked) and _alternate(marked) else []


def _is_interview(labels: Sequence[Label | None]) -> bool:
    kinds = Counter(label.opens for label in labels if label)
    return min(kinds[Opens.ASKS], kinds[Opens.ANSWERS]) >= FEWEST_REPLIES


def _alternate(labels: Sequence[Label | None]) -> bool:
    """Whether questions and answers take turns, so that the marks are no mere bullets."""
    kinds = [label.opens for label in labels if label and label.opens in {Opens.ASKS, Opens.ANSWERS}]
    changes = sum(one is not other for one, other in pairwise(kinds))
    return kinds[0] is Opens.ASKS and 2 * changes > len(kinds) - 1


def _opened(label: Label, answers: str | None) -> Turn | None:
    """The turn that a label opens, as yet without words; None for particulars."""
    if label.opens is Opens.NAME:
        return Turn(*_speaker(label.words), 0, 0, goes_on=False)
    if label.opens is Opens.ANSWERS:
        return Turn(answers or "A", None, 0, 0, goes_on=answers is not None)
    return Turn("Q", None, 0, 0, goes_on=False) if label.opens is Opens.ASKS else None


def _speaker(label: str) -> tuple[str, str | None]:
    """Name and role: "Ann Lee (Chair)", "The Chair (Ms. Ann Lee)" are Ann Lee, "위원장 홍길동" is 홍길동."""
    outside, inside = without_brackets(label)
    if not outside:
        return inside, None
    inside, _ = without_brackets(inside)
    if inside and _OFFICE.match(outside) and len(inside.split()) >= 2 and not is_name_shaped(outside):
        return inside, outside
    words = outside.split()
    if len(words) > 1 and "가" <= words[0][0] <= "힣":
        name = _korean_name(words)
        if name is not None:
            role = " ".join(word for word in words if word != name and word not in COURTESIES)
            return name, role or inside or None
    return outside, inside or None


def _korean_name(words: list[str]) -> str | None:
    """The name among a label's words: behind an office, or before one."""
    if title_in(words[-1]) and is_name_shaped(words[0]) and not title_in(words[0]):
        return words[0]
    if is_name_shaped(words[-1]) and title_in(words[-2]):
        return words[-1]
    return next((word for word in words if is_name_shaped(word) and not title_in(word)), None)
