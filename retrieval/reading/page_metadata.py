"""What the head and the foot of a page say of it: author, publisher, date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.dates import first_date
from retrieval.reading.bylines import affiliated_author, byline_author
from retrieval.reading.imprint import Field, FieldKind
from retrieval.reading.page import Part, Role
from retrieval.reading.writers import is_institution, is_person, without_title
from retrieval.records import BlockKind, Metadata

_COPYRIGHT = re.compile(
    r"(?:copyrights?|저작권자|[\s<\[]|©|ⓒ|\(c\)|by|(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?|[.,:])+(?P<name>[^.,|>\]]{2,60})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:all rights|무단).*$", re.IGNORECASE)


def page_metadata(
    parts: Sequence[Part], blocks: Sequence[tuple[Part, BlockKind]], body: int, title: str | None
) -> Metadata:
    """What the fields and by-lines of a page tell; `body` is the index of the part where its body begins.

    A date with a label goes before one that stands alone above the body, and both before one of the last change.
    """
    fields = [field for part in parts for field in part.fields]
    head_fields = [field for part in parts[: max(body, 8)] for field in part.fields]
    writers = [field.value for field in fields if field.kind is FieldKind.WRITER]
    bylines = (_author_in(part) for part, kind in blocks if kind is BlockKind.BYLINE)
    dates = (
        *(field for field in fields if field.kind is FieldKind.DATE and field.labelled),
        *(field for field in head_fields if field.kind is FieldKind.DATE),
        *(field for field in fields if field.kind is FieldKind.CHANGED),
    )
    publishers = (value for value in (*_values(fields, FieldKind.PUBLISHER), *writers) if is_institution(value))
    return Metadata(
        title=next(iter(_values(fields, FieldKind.TITLE)), title),
        author=next(
            (name for name in (*bylines, *(without_title(name) for name in writers if is_person(name))) if name), None
        ),
        publisher=next(publishers, None) or _copyright_holder(parts),
        date=next((date for field in dates if (date := first_date(field.value))), None),
        url=next(iter(_values(fields, FieldKind.URL)), None),
    )


def _author_in(byline: Part) -> str | None:
    named = [field.value for field in byline.fields if field.kind is FieldKind.WRITER]
    authors = ", ".join(byline_author(name) or without_title(name) for name in named)
    bare_name = byline.words if byline.role is Role.TEXT and is_person(byline.words) else None
    return authors or byline_author(byline.words) or affiliated_author(byline.words) or bare_name


def _values(fields: Sequence[Field], kind: FieldKind) -> tuple[str, ...]:
    return tuple(field.value for field in fields if field.kind is kind)


def _copyright_holder(parts: Sequence[Part]) -> str | None:
    """The institution that a footer's copyright line names."""
    for part in reversed(parts):
        match = _COPYRIGHT.match(part.words)
        if part.role is Role.FURNITURE and match:
            name = _RIGHTS.sub("", match["name"]).strip()
            return name if is_institution(name) else None
    return None
