"""What each part of a page is, judged by where it stands: title, heading, by-line, caption, body, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.dates import first_date
from retrieval.reading.bylines import affiliated_author, byline_author
from retrieval.reading.captions import ends_sentence, is_credit, is_marked_caption, is_noun_phrase, opening_name
from retrieval.reading.furniture import closes_article, is_lone_mark
from retrieval.reading.imprint import Field, FieldKind
from retrieval.reading.page import Part, Role, joined
from retrieval.reading.titles import is_same_title, title_index
from retrieval.reading.turns import is_turn
from retrieval.reading.wrapping import is_item
from retrieval.reading.writers import is_institution, is_person
from retrieval.records import BlockKind, Metadata


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page with their kinds, and what its head and foot say of it."""

    blocks: tuple[tuple[Part, BlockKind], ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class _Zones:
    """Where the body begins and ends among the parts, and which of them is the title."""

    is_page: bool
    title: int | None
    body: int
    foot: int
    last_prose: int


def labelled(parts: Sequence[Part], known_title: str | None = None, *, is_page: bool) -> Page:
    """The kinds of `parts`, and the metadata that they give; `known_title` is the title where front matter names it."""
    zones = _zones(parts, is_page=is_page)
    title = known_title or (parts[zones.title].words if zones.title is not None else None)
    blocks: list[tuple[Part, BlockKind]] = []
    for index, part in enumerate(parts):
        kind = _kind(parts, index, zones, title)
        if blocks and _completes_caption(blocks[-1], part, kind):
            blocks[-1] = (joined(blocks[-1][0], part), BlockKind.CAPTION)
        else:
            blocks.append((part, kind))
    return Page(tuple(blocks), _metadata(parts, blocks, zones, title))


def _zones(parts: Sequence[Part], *, is_page: bool) -> _Zones:
    if not is_page:
        title = title_index(parts[:2], is_page=False) if len(parts) > 1 else None
        return _Zones(is_page=False, title=title, body=0, foot=len(parts), last_prose=len(parts))
    imprint = _end_of_imprint(parts)
    above = {part.words for part in parts[:imprint]}
    opens = (
        index for index in range(imprint, len(parts)) if _opens_body(parts[index], above, after_imprint=imprint > 0)
    )
    body = next(opens, imprint)
    named = (index for index in range(body) if any(field.kind is FieldKind.TITLE for field in parts[index].fields))
    title = next(named, None)
    if title is None:
        title = title_index(parts[:body], is_page=True)
    if title is not None:
        title = max(index for index in range(body) if is_same_title(parts[index].words, parts[title].words))
    last_prose = max((index for index, part in enumerate(parts) if part.is_prose), default=len(parts))
    return _Zones(is_page=True, title=title, body=body, foot=_foot(parts, body), last_prose=last_prose)


def _opens_body(part: Part, above: set[str], *, after_imprint: bool) -> bool:
    return part.words not in above and (part.is_body if after_imprint else part.is_prose)


def _end_of_imprint(parts: Sequence[Part]) -> int:
    """The index after the last part of the imprint in the head: above it stands at most one paragraph, as under a headline."""
    end, prose = 0, 0
    for index, part in enumerate(parts):
        prose += part.is_prose
        if prose > 1:
            break
        end = index + 1 if part.role is Role.IMPRINT else end
    return end


def _foot(parts: Sequence[Part], body: int) -> int:
    """The index of the first part below the article: after it comes next to no prose."""
    below = sum(len(part.words) for part in parts[body:] if part.is_prose)
    whole = below
    for index in range(body, len(parts)):
        part = parts[index]
        below -= len(part.words) if part.is_prose else 0
        if part.role is Role.FURNITURE and closes_article(part.words) and below * 4 <= whole:
            return index
    return len(parts)


def _kind(parts: Sequence[Part], index: int, zones: _Zones, title: str | None) -> BlockKind:
    part = parts[index]
    if part.role is Role.FURNITURE:
        return BlockKind.FURNITURE
    if part.role is Role.IMPRINT:
        is_byline = any(
            field.kind is FieldKind.WRITER and is_person(field.value.split(",")[0]) for field in part.fields
        )
        return BlockKind.BYLINE if is_byline else BlockKind.FURNITURE
    if title and is_same_title(part.words, title) and not part.is_prose:
        return BlockKind.HEADING if len(part.words) <= len(title) + 2 else BlockKind.FURNITURE
    if index >= zones.foot and not part.is_prose:
        return BlockKind.FURNITURE
    if _is_beside_credit(parts, index, zones):
        return BlockKind.CAPTION
    if (is_marked_caption(part.words) and not _is_among_items(parts, index)) or _is_name_under_picture(parts, index):
        return BlockKind.CAPTION
    is_above_title = zones.title is not None and index < zones.title
    if index < zones.body and not (part.is_prose if is_above_title else part.is_body):
        return _kind_in_head(parts, index, zones)
    if index > zones.last_prose and _follows_furniture(parts, index, zones) and not part.is_body:
        return BlockKind.FURNITURE
    return BlockKind.HEADING if _is_heading(parts, index, is_page=zones.is_page) else BlockKind.PARAGRAPH


def _follows_furniture(parts: Sequence[Part], index: int, zones: _Zones) -> bool:
    """Whether furniture that is more than a number stands between the last paragraph and this part."""
    between = parts[zones.last_prose + 1 : index]
    return zones.is_page and any(part.role is Role.FURNITURE and not is_lone_mark(part.words) for part in between)


def _kind_in_head(parts: Sequence[Part], index: int, zones: _Zones) -> BlockKind:
    """Above the title everything is the page's; below it stand by-lines and sub-titles."""
    words = parts[index].words
    if zones.title is None or index < zones.title:
        return BlockKind.FURNITURE
    below = parts[index + 1] if index + 1 < len(parts) else None
    is_between = below is not None and (below.role is Role.IMPRINT or parts[index - 1].role is Role.IMPRINT)
    if affiliated_author(words) or (is_between and is_person(words)):
        return BlockKind.BYLINE
    below_title = [part for part in parts[zones.title + 1 : zones.body] if part.role is Role.TEXT]
    is_text = len(below_title) > 4 or parts[index].line_count > 1 or ends_sentence(words)
    return BlockKind.PARAGRAPH if is_text else BlockKind.HEADING


def _is_heading(parts: Sequence[Part], index: int, *, is_page: bool) -> bool:
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
    following = next((other for other in parts[index + 1 :] if other.role is Role.TEXT), None)
    before = parts[index - 1] if index else None
    unfinished = before is not None and before.role is Role.TEXT and before.is_prose and not ends_sentence(before.words)
    return following is not None and following.is_prose and len(following.words) > 1.5 * len(words) and not unfinished


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


def _is_beside_credit(parts: Sequence[Part], index: int, zones: _Zones) -> bool:
    """Whether a line of the head has a photographer's credit right under it, or right above it without a blank line."""
    part = parts[index]
    if not zones.is_page or len(part.words.split()) > 40 or (zones.title is not None and index <= zones.title):
        return False
    below = parts[index + 1] if index + 1 < len(parts) else part
    above = parts[index - 1]
    is_above_credit = below.gap == 0 and is_credit(below.words)
    return is_above_credit or (index < zones.body + 2 and part.gap == 0 and index > 0 and is_credit(above.words))


def _is_name_under_picture(parts: Sequence[Part], index: int) -> bool:
    """Whether a part is a name and a role without a verb, beside a paragraph on the same person or under a picture's number."""
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


def _metadata(
    parts: Sequence[Part], blocks: Sequence[tuple[Part, BlockKind]], zones: _Zones, title: str | None
) -> Metadata:
    fields = [field for part in parts for field in part.fields]
    head_fields = [field for part in parts[: max(zones.body, 8)] for field in part.fields]
    writers = [field.value for field in fields if field.kind is FieldKind.WRITER]
    bylines = (
        byline_author(part.words) or affiliated_author(part.words) or _bare_name(part) for part, kind in blocks if kind is BlockKind.BYLINE
    )
    dates = (
        *(field for field in fields if field.kind is FieldKind.DATE and field.labelled),
        *(field for field in head_fields if field.kind is FieldKind.DATE),
        *(field for field in fields if field.kind is FieldKind.CHANGED),
    )
    publishers = (value for value in (*_values(fields, FieldKind.PUBLISHER), *writers) if is_institution(value))
    return Metadata(
        title=next(iter(_values(fields, FieldKind.TITLE)), title),
        author=next((name for name in (*bylines, *(name for name in writers if is_person(name))) if name), None),
        publisher=next(publishers, None) or _copyright_holder(parts),
        date=next((date for field in dates if (date := first_date(field.value))), None),
        url=next(iter(_values(fields, FieldKind.URL)), None),
    )


def _bare_name(part: Part) -> str | None:
    return part.words if part.role is Role.TEXT and is_person(part.words) else None


def _values(fields: Sequence[Field], kind: FieldKind) -> tuple[str, ...]:
    return tuple(field.value for field in fields if field.kind is kind)


def _copyright_holder(parts: Sequence[Part]) -> str | None:
    """The institution that a footer's copyright line names."""
    for part in reversed(parts):
        match = re.match(
            r"(?:copyrights?|저작권자|[\s<\[]|©|ⓒ|\(c\)|by|(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?|[.,:])+(?P<name>[^.,|>\]]{2,60})",
            part.words,
            re.IGNORECASE,
        )
        if part.role is Role.FURNITURE and match:
            name = re.sub(r"\s*(?:all rights.*|무단.*)$", "", match["name"], flags=re.IGNORECASE).strip()
            return name if is_institution(name) else None
    return None
