"""Transcripts, minutes and interviews: "NAME: words", "Q:" and "A:", "○위원장 이름 말"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from retrieval.records import Block

_LABEL = re.compile(r"(?P<label>[^\n:：“\"]{1,90}?)\s?[:：][ \t\u00a0\n]+(?=\S)")
_ASSEMBLY = re.compile(r"[○◯◇◆●]\s?(?P<label>[가-힣]{1,14}(?:\s[가-힣]{1,14}){0,3}?)(?:\s{2,}|\s)(?=\S)")
_PARENTHESIS = re.compile(r"\s*[\(\[（](?P<inside>[^)\]）]*)[)\]）]\s*")
_QUESTION = re.compile(r"(?:Q|Question|문|질문|INTERVIEWER|Interviewer)\s?\d*\.?$")
_REPLY = re.compile(r"(?:A|Answer|답|답변)\s?\d*\.?$")
MOST_WORDS_IN_LABEL = 9
FEWEST_TURNS = 3
SHARE_OF_TURNS = 0.4
"""A document is a transcript where at least this share of its paragraphs opens with a label."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: who, with the role in brackets, and where the words stand."""

    speaker: str
    role: str | None
    start: int
    end: int
    goes_on: bool  # a paragraph without a label of its own


def turns(text: str, blocks: list[Block]) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; empty where the document is none."""
    labels = [_label(text, block) for block in blocks]
    held = [label for label in labels if label]
    if len(held) < FEWEST_TURNS or len(held) < SHARE_OF_TURNS * len(blocks) or not _repeats(held):
        return ()
    found: list[Turn] = []
    current: tuple[str, str | None] | None = None
    for block, label in zip(blocks, labels, strict=True):
        if label:
            name, start = label
            current = _speaker(name)
            if start < block.end:
                found.append(Turn(*current, start, block.end, goes_on=False))
        elif current is not None and not text[block.start] in "([（":
            found.append(Turn(*current, block.start, block.end, goes_on=True))
    return tuple(found)


def is_question(label: str) -> bool:
    """Whether a label only marks the one who asks."""
    return bool(_QUESTION.match(label))


def is_reply(label: str) -> bool:
    """Whether a label only marks the one who answers."""
    return bool(_REPLY.match(label))


def _label(text: str, block: Block) -> tuple[str, int] | None:
    match = _ASSEMBLY.match(text, block.start, block.end) or _LABEL.match(text, block.start, block.end)
    if match is None:
        return None
    label = match["label"].strip()
    words = label.split()
    if not words or len(words) > MOST_WORDS_IN_LABEL or not (words[0][0].isupper() or "가" <= words[0][0] <= "힣"):
        return None
    if not all(
        w[0].isupper() or not w[0].isalpha() or "가" <= w[0] <= "힣" or len(w) <= 3 or w.isdigit() for w in words
    ):
        return None
    return label, match.end()


def _repeats(held: list[tuple[str, int]]) -> bool:
    """Whether speakers come back, or each line looks like a turn: a list of "Key: value" lines repeats nobody."""
    counts = Counter(label for label, _ in held)
    return max(counts.values()) > 1


def _speaker(label: str) -> tuple[str, str | None]:
    """Name and role: "Ann Lee (Chair)" is Ann Lee, "The Chair (Ms. Ann Lee)" too."""
    match = _PARENTHESIS.search(label)
    if match is None:
        return label, None
    outside, inside = _PARENTHESIS.sub(" ", label).strip(), match["inside"].strip()
    if not outside:
        return inside, None
    if re.match(r"(?:The|Le|La)\b|(?:Acting|Deputy|Chair|위원장|의장|사회자)", outside) and len(inside.split()) >= 2:
        return inside, outside
    return outside, inside or None
