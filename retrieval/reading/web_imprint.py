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
from retrieval.reading.web_marks import Marks
from retrieval.reading.writers import is_person
from retrieval.records import BlockKind

_LONGEST, _LONGEST_ADDRESS = 160, 60
_HIGHEST, _LOWEST = 40, 8
"""Among so many lines at either end an imprint may stand; a table that is no table in the markup has many more."""
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_BEFORE_DATE = re.compile(
    r"(?:[\s,:|·•–—-]|\b(?:on|at|(?:last )?(?:updated|modified)|published|posted)){0,20}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines of an imprint: what each is, None if not worth keeping.

    `fields` are what they tell, `dated` those with a date, `authors` whom they name as writers.
    """

    kinds: Mapping[Run, BlockKind | None]
    fields: tuple[Field, ...]
    dated: tuple[str, ...]
    authors: tuple[str, ...]


def imprint_of(runs: Sequence[Run], marks: Marks) -> Imprint:
    """The imprint among the `runs` of an article.

    It stands above the prose, below its first sentence too if that is a summary, and below the last.
    """
    prose = [index for index, run in enumerate(runs) if run.is_prose and run not in marks.captions]
    first, second = (*prose, *[len(runs)] * 2)[:2]
    above = runs[: min(second, _HIGHEST)]
    below = runs[max(prose[-1] + 1 if prose else 0, len(runs) - _LOWEST, len(above)) :]
    fields = {**fields_in(above), **fields_in(below)}
    kinds: dict[Run, BlockKind | None] = {}
    for index, run in enumerate((*above, *below)):
        is_above = index < min(first, _HIGHEST) or (index < len(above) and (not kinds or fields[run] is not None))
        is_candidate = is_above or index >= len(above)
        if is_candidate and (run in marks.bylines or _is_line(run, fields[run], is_above=is_above)):
            kinds[run] = _kind(run, fields[run], is_above=is_above)
    found = tuple(field for run in kinds for field in fields[run] or ())
    dated = tuple(run.barred for run, kind in kinds.items() if kind and dates_in(run.barred))
    writers = (field.value for field in found if field.kind is FieldKind.WRITER)
    return Imprint(kinds, found, dated, tuple(filter(None, (*map(_author, kinds), *writers))))


def fields_in(runs: Sequence[Run]) -> Mapping[Run, tuple[Field, ...] | None]:
    """The fields of each line, where label and value may be neighbours; None for a line that is no imprint's.

    A line that is but a label has no fields of its own.
    """
    fields: dict[Run, tuple[Field, ...] | None] = {}
    for run in runs:
        fields[run] = next(filter(None, map(fields_of, _readings(run))), None)
    for label, value in pairwise(runs):
        kind = None if fields[label] else label_of(label.barred)
        if kind and (field := valued(kind, value.barred)):
            fields[label], fields[value] = (), (field,)
    return fields


def is_imprint(run: Run, fields: tuple[Field, ...] | None, bylines: frozenset[Run]) -> bool:
    """Whether a line above the prose, with `fields`, belongs to the imprint."""
    return run in bylines or _is_line(run, fields, is_above=True)


def _is_line(run: Run, fields: tuple[Field, ...] | None, *, is_above: bool) -> bool:
    """Above the text a short line with a date says when it appeared, however it says it."""
    if len(run.words) > _LONGEST or (run.is_prose and not fields):
        return False
    if fields is not None or _author(run) or (is_above and dates_in(run.barred)):
        return True
    return len(run.words) <= _LONGEST_ADDRESS and _EMAIL.search(run.words) is not None


def _author(run: Run) -> str | None:
    """The writers in a by-line, which may have their address in its midst."""
    lines = _readings(run)
    without_addresses = (" ".join(_EMAIL.sub(" ", line).split()) for line in lines)
    return next(filter(None, map(byline_author, (*lines, *without_addresses))), None)


def _readings(run: Run) -> tuple[str, str]:
    """The words of a line as they stand, and with bars between elements."""
    return " ".join(run.words.split()), run.barred


def _kind(run: Run, fields: tuple[Field, ...] | None, *, is_above: bool) -> BlockKind | None:
    words = run.barred
    writers = [field.value for field in fields or () if field.kind is FieldKind.WRITER]
    if _author(run) or any(is_person(writer.split(",")[0]) for writer in writers):
        return BlockKind.BYLINE
    dates = dates_in(words)
    if is_above and dates and byline_author(_BEFORE_DATE.sub("", words[: dates[0].start])):
        return BlockKind.BYLINE
    if not dates and not fields and (is_person(words) or affiliated_author(words)):
        return BlockKind.BYLINE
    return BlockKind.FURNITURE if dates or fields is not None or _EMAIL.search(words) else None
