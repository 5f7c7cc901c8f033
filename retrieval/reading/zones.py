"""Where on a page the body begins and ends, and which part is the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.reading.furniture import closes_article, is_lone_mark
from retrieval.reading.imprint import FieldKind
from retrieval.reading.page import Part, Role
from retrieval.reading.titles import is_same_title, title_index


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the body begins and ends among the parts, and which of them is the title; `foot` is below the article.

    `furniture` is the first piece of it behind the last prose; it and `last_prose` lie behind all parts where there
    is none.
    """

    is_page: bool
    title: int | None
    body: int
    foot: int
    last_prose: int
    furniture: int


def zones_of(parts: Sequence[Part], *, is_page: bool) -> Zones:
    """The zones of a page; a text that is no page is body from its beginning to its end."""
    if not is_page:
        title = title_index(parts[:2], is_page=False) if len(parts) > 1 else None
        return Zones(is_page=False, title=title, body=0, foot=len(parts), last_prose=len(parts), furniture=len(parts))
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
    furniture = next((index for index in range(last_prose + 1, len(parts)) if _is_furniture(parts[index])), len(parts))
    return Zones(
        is_page=True, title=title, body=body, foot=_foot(parts, body), last_prose=last_prose, furniture=furniture
    )


def _is_furniture(part: Part) -> bool:
    return part.role is Role.FURNITURE and not is_lone_mark(part.words)


def _opens_body(part: Part, above: set[str], *, after_imprint: bool) -> bool:
    return part.words not in above and (part.is_body if after_imprint else part.is_prose)


def _end_of_imprint(parts: Sequence[Part]) -> int:
    """The index after the last part of the imprint in the head: at most one paragraph stands above, a sub-title."""
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
