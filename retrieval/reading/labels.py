"""What each part of a page is, judged by where it stands: title, heading, by-line, caption, body, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.reading.bylines import affiliated_author
from retrieval.reading.captions import ends_sentence, is_credit, is_marked_caption, is_noun_phrase, opening_name
from retrieval.reading.furniture import is_lone_mark
from retrieval.reading.imprint import FieldKind
from retrieval.reading.page import Part, Role, joined
from retrieval.reading.page_metadata import page_metadata
from retrieval.reading.titles import is_same_title
from retrieval.reading.turns import is_turn
from retrieval.reading.wrapping import is_item
from retrieval.reading.writers import is_person
from retrieval.reading.zones import Zones, zones_of
from retrieval.records import BlockKind, Metadata

_FAR = 40
"""Among so many parts below a heading stands the text that it is over."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page with their kinds, and what its head and foot say of it."""

    blocks: tuple[tuple[Part, BlockKind], ...]
    metadata: Metadata


def labelled(parts: Sequence[Part], known_title: str | None = None, *, is_page: bool) -> Page:
    """The kinds of `parts`, and the metadata that they give; `known_title` is the title where front matter names it."""
    zones = zones_of(parts, is_page=is_page)
    title = known_title or (parts[zones.title].words if zones.title is not None else None)
    blocks: list[tuple[Part, BlockKind]] = []
    for index, part in enumerate(parts):
        kind = _kind(parts, index, zones, title)
        if blocks and _completes_caption(blocks[-1], part, kind):
            blocks[-1] = (joined(blocks[-1][0], part), BlockKind.CAPTION)
        else:
            blocks.append((part, kind))
    return Page(tuple(blocks), page_metadata(parts, blocks, zones.body, title))


def _kind(parts: Sequence[Part], index: int, zones: Zones, title: str | None) -> BlockKind:
    part = parts[index]
    if part.role is not Role.TEXT:
        return BlockKind.BYLINE if _names_person(part) else BlockKind.FURNITURE
    if title and is_same_title(part.words, title) and not part.is_prose:
        return BlockKind.HEADING if len(part.words) <= len(title) + 2 else BlockKind.FURNITURE
    if _is_below_article(parts, index, zones):
        return BlockKind.FURNITURE
    if _is_caption(parts, index, zones):
        return BlockKind.CAPTION
    is_above_title = zones.title is not None and index < zones.title
    if index < zones.body and not (part.is_prose if is_above_title else part.is_body):
        return _kind_in_head(parts, index, zones)
    return BlockKind.HEADING if is_heading(parts, index, is_page=zones.is_page) else BlockKind.PARAGRAPH


def _names_person(part: Part) -> bool:
    """Whether a line of an imprint names the person who wrote the text."""
    writers = (field.value for field in part.fields if field.kind is FieldKind.WRITER)
    return any(is_person(writer.split(",")[0]) for writer in writers)


def _is_below_article(parts: Sequence[Part], index: int, zones: Zones) -> bool:
    """Whether what is no prose stands below a sign that the article is over, or below furniture under its end."""
    if index >= zones.foot:
        return not parts[index].is_prose
    return zones.is_page and zones.furniture < index and not parts[index].is_body


def _is_caption(parts: Sequence[Part], index: int, zones: Zones) -> bool:
    is_marked = is_marked_caption(parts[index].words) and not _is_among_items(parts, index)
    return is_marked or _is_beside_credit(parts, index, zones) or _is_name_under_picture(parts, index)


def _kind_in_head(parts: Sequence[Part], index: int, zones: Zones) -> BlockKind:
    """Above the title everything is the page's; below it stand by-lines and sub-titles."""
    words = parts[index].words
    if zones.title is None or index < zones.title:
        return BlockKind.FURNITURE
    below = parts[index + 1] if index + 1 < len(parts) else None
    is_between = below is not None and (below.role is Role.IMPRINT or parts[index - 1].role is Role.IMPRINT)
    if affiliated_author(words) or (is_between and is_person(words)):
        return BlockKind.BYLINE
    below_title = (at for at in range(zones.title + 1, zones.body) if parts[at].role is Role.TEXT)
    is_text = len(list(islice(below_title, 5))) > 4 or parts[index].line_count > 1 or ends_sentence(words)
    return BlockKind.PARAGRAPH if is_text else BlockKind.HEADING


def is_heading(parts: Sequence[Part], index: int, *, is_page: bool) -> bool:
    """Whether a line of the body stands over the text below it: short, alone, no sentence, and longer text follows.

    On a page a heading may have a verb ("When warnings are issued"); elsewhere such a line may as well be prose.
    """
    part = parts[index]
    words = part.words
    if not is_page and not is_noun_phrase(words):
        return False
    if part.line_count > 1 or part.is_prose or len(words) > 90 or len(words.split()) > 14 or is_turn(words):
        return False
    if re.search(r"[.?!,;:。…：\"”’'」』)]$|[다요죠까]$", words) and not re.search(r"\w\)$", words):
        return False
    is_numbered = is_item(words)
    if is_numbered and (re.search(r"[:：]\s?\S", words) or _has_item_beside(parts, index)):
        return False
    if re.match(r"[•·∙*○●◦▪※☞▲]|[-–—]\s|[a-z]", words) or re.match(r"dear\b", words, re.IGNORECASE):
        return False
    below = parts[index + 1 : index + 1 + _FAR]
    following = next((other for other in below if other.role is Role.TEXT), None)
    before = parts[index - 1] if index else None
    is_turns_end = before is not None and part.gap == 0 and is_turn(before.words)
    unfinished = before is not None and before.role is Role.TEXT and before.is_prose and not ends_sentence(before.words)
    return (
        following is not None
        and following.is_prose
        and len(following.words) > 1.5 * len(words)
        and not (unfinished or is_turns_end)
    )


def _has_item_beside(parts: Sequence[Part], index: int) -> bool:
    """Whether the line right above or below is an item of the same list."""
    above = index > 0 and parts[index].gap == 0 and is_item(parts[index - 1].words)
    below = index + 1 < len(parts) and parts[index + 1].gap == 0 and is_item(parts[index + 1].words)
    return above or below


def _is_among_items(parts: Sequence[Part], index: int) -> bool:
    """Whether ▲ is a bullet here: the next line, or the one before, has it too."""
    part = parts[index]
    above = index > 0 and part.gap == 0 and parts[index - 1].words[0] == part.words[0]
    below = index + 1 < len(parts) and parts[index + 1].gap == 0 and parts[index + 1].words[0] == part.words[0]
    return part.words[0] in "▲△▼◀◁▶" and (above or below)


def _is_beside_credit(parts: Sequence[Part], index: int, zones: Zones) -> bool:
    """Whether a line of the head has a photographer's credit right under it, or right above it without a blank line."""
    part = parts[index]
    if not zones.is_page or len(part.words.split()) > 40 or (zones.title is not None and index <= zones.title):
        return False
    below = parts[index + 1] if index + 1 < len(parts) else part
    above = parts[index - 1]
    is_above_credit = below.gap == 0 and is_credit(below.words)
    return is_above_credit or (index < zones.body + 2 and part.gap == 0 and index > 0 and is_credit(above.words))


def _is_name_under_picture(parts: Sequence[Part], index: int) -> bool:
    """Whether a part is a name and a role without a verb, beside a paragraph on that person or under a number."""
    part = parts[index]
    name = opening_name(part.words)
    if not name or part.is_prose or is_turn(part.words) or not is_noun_phrase(part.words):
        return False
    if re.match(r"[가-힣]", name) and not (len(name) == 3 and is_person(name)):
        return False
    neighbours = [
        other for other in (*parts[max(0, index - 2) : index], *parts[index + 1 : index + 4]) if other.is_prose
    ]
    rest = part.words[part.words.find(name) + len(name) :]
    has_role = rest == "" or bool(re.match(r"\s?[,(]|\s+(?:of|at|from|,)\s|\s+\S*[가-힣]", rest))
    if any(other.words.startswith(name) for other in neighbours):
        return has_role
    is_under_number = index > 0 and parts[index - 1].role is Role.FURNITURE and is_lone_mark(parts[index - 1].words)
    if re.match(r"[가-힣]", name):
        return is_under_number and rest != "" and is_person(f"{name} {part.words.split()[-1]}")
    return is_under_number and has_role and rest != "" and is_person(name)


def _completes_caption(above: tuple[Part, BlockKind], part: Part, part_kind: BlockKind) -> bool:
    """Whether `part` is the rest of a caption that a blank line broke in two."""
    caption, kind = above
    if kind is not BlockKind.CAPTION or part.role is not Role.TEXT:
        return False
    if part.gap == 0 and (is_credit(part.words) or (is_credit(caption.words) and part_kind is BlockKind.CAPTION)):
        return True
    if ends_sentence(caption.words):
        return False
    return part.words[0].islower() and len(part.words.split()) <= 20 and is_noun_phrase(part.words)
