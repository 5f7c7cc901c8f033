"""Which parts of a Hangul document are headings, captions and contents, by style, size and numbering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.reading.captions import ends_sentence, is_noun_phrase
from retrieval.reading.hangul import Part
from retrieval.records import BlockKind

_HEADING_STYLE = re.compile(r"제목|타이틀|^개요\s?\d|^(?:heading|outline|title|subtitle)\b", re.IGNORECASE)
_CAPTION_STYLE = re.compile(r"캡션|^(?:표|그림|도표)\s?제목|^caption\b", re.IGNORECASE)
_CAPTION = re.compile(r"[\[<〈《【(]\s?(?:표|그림|도표|사진|부표|참고\s?그림)\s?[\dⅠ-Ⅹ.\-–]{1,9}\s?[\]>〉》】)]")
_ITEM = re.compile(r"[○◦ㅇ●•·∙*※☞→⇒⇨◇◈▸▹►✓✔-]|[–—―]\s")
_SQUARE = re.compile(r"[□■▣◆◼▪❑❏\U000f0000-\U000ffffd\ue000-\uf8ff]\s?")
_NUMBERED = re.compile(
    r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,4}|\d{1,2}(?:[.\-]\d{1,2}){0,3}|[가-하])\s?[.)]\s*\S|제\s?\d{1,3}\s?[장절편부관]\s*\S|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s*\S|[【\[]\s?(?:붙임|참고|별첨|별지|부록)"
)
_BROKEN_OFF = re.compile(r"(?:[은는를와며]|(?<!마)을|\s및)$")
_CONTENTS = re.compile(
    r"[<\[〈]?\s?(?:표\s?|그림\s?)?(?:목\s?차|차\s?례|순\s?서|table of contents|contents)\s?[>\]〉]?", re.IGNORECASE
)
_ENTRY = re.compile(r".{0,120}\S[\s.·․‥…ㆍ|/]+\d{1,4}")
_LONGEST_ENTRY = 200
_LONGEST, _LONGEST_SQUARE = 80, 20
_LARGER = 1.08


def with_headings(parts: Sequence[Part]) -> list[Part]:
    """`parts`, headings and captions among them labelled; what may as well be prose stays a paragraph.

    The entries of a table of contents are furniture: they say nothing that does not stand over a text.
    """
    body_points = usual_points(parts)
    labelled = []
    is_contents = False
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        is_entry = part.style.startswith("차례 ") or _is_entry(part.words)
        is_contents = bool(_CONTENTS.fullmatch(part.words)) or (is_contents and is_entry)
        is_furniture = is_contents or (is_entry and part.style.startswith("차례"))
        labelled.append(
            replace(part, kind=BlockKind.FURNITURE) if is_furniture else _labelled(part, following, body_points)
        )
    return labelled


def usual_points(parts: Sequence[Part]) -> float:
    """The size in points that most of the characters have; 0 where no part has a size."""
    sizes: Counter[float] = Counter()
    for part in parts:
        if part.points and part.kind is BlockKind.PARAGRAPH:
            sizes[part.points] += len(part.words)
    return max(sizes, key=lambda points: (sizes[points], points), default=0)


def _labelled(part: Part, following: Part | None, body_points: float) -> Part:
    if part.kind is not BlockKind.PARAGRAPH:
        return part
    if _CAPTION_STYLE.search(part.style) or (_CAPTION.match(part.words) and not ends_sentence(part.words)):
        return replace(part, kind=BlockKind.CAPTION) if len(part.words) <= 2 * _LONGEST else part
    if not _can_be_heading(part.words):
        return part
    is_marked = bool(_HEADING_STYLE.search(part.style)) and not part.style.startswith("차례")
    is_larger = part.points > body_points * _LARGER > 0
    if is_marked or is_larger or _is_number_above_prose(part.words, following):
        return replace(part, kind=BlockKind.HEADING)
    return part


def _is_entry(words: str) -> bool:
    """Whether `words` end in a page number, as the lines of a table of contents do."""
    return len(words) <= _LONGEST_ENTRY and _ENTRY.fullmatch(words) is not None


def _can_be_heading(words: str) -> bool:
    if len(words) > _LONGEST or _ITEM.match(words) or not re.search(r"[^\W\d_]{2}", words):
        return False
    if _BROKEN_OFF.search(words) or (_NUMBERED.match(words) and re.search(r"[:：]\s?\S", words)):
        return False
    if (square := _SQUARE.match(words)) and len(words) - square.end() > _LONGEST_SQUARE:
        return False
    return is_noun_phrase(words)


def _is_number_above_prose(words: str, following: Part | None) -> bool:
    """Whether a numbered line stands over text that is no item of the same list."""
    if not _NUMBERED.match(words) or following is None or following.kind is not BlockKind.PARAGRAPH:
        return False
    return len(following.words) > 1.5 * len(words) and not _NUMBERED.match(following.words)
