"""The imprint of a web page: the lines above and below the text that say who wrote it, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.dates import dates_in
from retrieval.reading.bylines import affiliated_author, byline_author
from retrieval.reading.imprint import Field, FieldKind, fields_of, label_of, valued
from retrieval.reading.web_elements import Run
from retrieval.reading.writers import is_person
from retrieval.records import BlockKind

_LONGEST = 160
_BEFORE_DATE = re.compile(
    r"(?:[\s,:|·•–—-]|\b(?:on|at|(?:last )?(?:updated|modified)|published|posted))*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines of an imprint: what each is (None: nothing worth keeping), their fields, and those with a date."""

    kinds: Mapping[Run, BlockKind | None]
    fields: tuple[Field, ...]
    dated: tuple[str, ...]


def imprint_of(runs: Sequence[Run], captions: frozenset[Run], bylines: frozenset[Run]) -> Imprint:
    """The imprint among the `runs` of an article, whose `captions` and `bylines` are those that the markup calls so.

    It stands above the prose, or below its first sentence if that is a summary, and below the last.
    """
    prose = [index for index, run in enumerate(runs) if run.is_prose and run not in captions]
    first, second = (*prose, *[len(runs)] * 2)[:2]
    fields = fields_in(runs)
    kinds: dict[Run, BlockKind | None] = {}
    for index, run in enumerate(runs):
        is_above = index < first or (index < second and not kinds)
        if (is_above or index > (0, *prose)[-1]) and (run in bylines or _is_line(run, fields[run], is_above=is_above)):
            kinds[run] = _kind(run, fields[run], is_above=is_above)
    found = tuple(field for run in kinds for field in fields[run] or ())
    return Imprint(kinds, found, tuple(run.words for run, kind in kinds.items() if kind and dates_in(run.words)))


def fields_in(runs: Sequence[Run]) -> Mapping[Run, tuple[Field, ...] | None]:
    """The fields of each line, where label and value may be neighbours; None for a line that is no imprint's.

    A line that is but a label has no fields of its own.
    """
    fields: dict[Run, tuple[Field, ...] | None] = {run: fields_of(_line(run)) or None for run in runs}
    for label, value in pairwise(runs):
        kind = None if fields[label] else label_of(_line(label))
        if kind and (field := valued(kind, _line(value))):
            fields[label], fields[value] = (), (field,)
    return fields


def is_imprint(run: Run, fields: tuple[Field, ...] | None, bylines: frozenset[Run]) -> bool:
    """Whether a line above the prose, with `fields`, belongs to the imprint."""
    return run in bylines or _is_line(run, fields, is_above=True)


def _is_line(run: Run, fields: tuple[Field, ...] | None, *, is_above: bool) -> bool:
    """Above the text a short line with a date says when it appeared, however it says it."""
    if len(run.words) > _LONGEST or (run.is_prose and not fields):
        return False
    return fields is not None or bool(byline_author(_line(run))) or (is_above and bool(dates_in(run.words)))


def _kind(run: Run, fields: tuple[Field, ...] | None, *, is_above: bool) -> BlockKind | None:
    words = _line(run)
    writers = [field.value for field in fields or () if field.kind is FieldKind.WRITER]
    if byline_author(words) or any(is_person(writer.split(",")[0]) for writer in writers):
        return BlockKind.BYLINE
    dates = dates_in(words)
    if is_above and dates and byline_author(_BEFORE_DATE.sub("", words[: dates[0].start])):
        return BlockKind.BYLINE
    if not dates and not fields and (is_person(words) or affiliated_author(words)):
        return BlockKind.BYLINE
    return BlockKind.FURNITURE if dates or fields is not None else None


def _line(run: Run) -> str:
    return " ".join(run.words.split())
