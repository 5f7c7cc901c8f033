"""The title of a web page: as its head has it, without the site's name, and the line of the page that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.reading.imprint import FieldKind, fields_of, label_of, valued
from retrieval.reading.page import Part, Role
from retrieval.reading.titles import names_kind_of_text, title_index
from retrieval.reading.web_elements import Run
from retrieval.reading.web_head import Head
from retrieval.reading.writers import is_institution

_SEPARATOR = re.compile(r"\s*[|｜│]\s*|\s+(?:[-–—:·•»«<>]|::|--)\s+|\s+::$|^::\s+")
_RANKS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3}
_TITLE_NAMES = frozenset({"headline", "title", "tit", "subject", "heading"})
_MOST_PARTS = 8
_SHORTEST = 4
_LONGEST = 400
_NEAR, _MOST_LINKED = 12, 0.5


def title_of(head: Head, shown: Sequence[Run], above: int) -> tuple[str | None, Run | None]:
    """The title, and which of the runs `shown` has it, `above` of which stand above the body; None if there is none.

    What the page shows goes before what its head says: there a title is often cut, or followed by the site's name.
    """
    labelled = (run for label, run in pairwise(shown) if label_of(label.barred) is FieldKind.TITLE)
    named = next((run for run in labelled if valued(FieldKind.TITLE, run.words)), None)
    if run := named or _fitting(head, shown):
        return _one_line(run.words), run
    claim = next(filter(None, (_without_site(claim, head) for claim in _claims(head))), None)
    run = None if claim else _likely(shown[:above])
    return (_one_line(run.words), run) if run else (claim, None)


def _fitting(head: Head, shown: Sequence[Run]) -> Run | None:
    """The run that says what the head does, or else the last of the page's main headings."""
    claims, site = _claims(head), _names_of_site(head)
    forms = {form for claim in claims for form in _forms(claim)} - site
    possible = [run for run in shown if len(run.words) < _LONGEST and not names_kind_of_text(run.words)]
    fitting = [run for run in possible if _fits(run, forms, claims)]
    headings = [run for run in possible if _is_heading(run) and _key(run.words) not in site]
    surest = [run for run in fitting if _rank(run) < len(_RANKS)] or headings[-1:] or fitting
    return max(surest, key=lambda run: (len(_key(run.words)), -_rank(run)), default=None)


def _likely(above: Sequence[Run]) -> Run | None:
    """The line above the body that reads most like its title, as in a text without markup."""
    near = [run for run in above[-_NEAR:] if run.linked < _MOST_LINKED]
    parts = [Part(0, 0, _one_line(run.words), _role(run), 1) for run in near]
    index = title_index(parts, is_page=True)
    return None if index is None else near[index]


def _role(run: Run) -> Role:
    return Role.IMPRINT if fields_of(run.barred) else Role.TEXT


def _claims(head: Head) -> tuple[str, ...]:
    """What the head says the title is, the surest first."""
    named = head.values("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "title")
    return tuple(filter(None, (*named[:1], head.linked_data.headline, *named[1:], head.title)))


def _forms(claim: str) -> Iterator[str]:
    """What the title proper can be: the whole claim, or its first or last parts."""
    parts = _SEPARATOR.split(claim)[:_MOST_PARTS]
    yield _key(claim)
    for count in range(1, len(parts)):
        yield from filter(_is_long_enough, (_key(" ".join(parts[:count])), _key(" ".join(parts[count:]))))


def _fits(run: Run, forms: set[str], claims: Sequence[str]) -> bool:
    key = _key(run.words)
    return key in forms and (_rank(run) < len(_RANKS) or any(len(key) >= 0.6 * len(_key(claim)) for claim in claims))


def _is_long_enough(key: str) -> bool:
    return len(key) >= _SHORTEST


def _key(words: str) -> str:
    return "".join(re.findall(r"\w+", words.casefold()))


def _rank(run: Run) -> int:
    rank = _RANKS.get(run.element.tag, len(_RANKS))
    return min(rank, 2) if not _TITLE_NAMES.isdisjoint(run.element.parts) else rank


def _is_heading(run: Run) -> bool:
    return run.element.tag == "h1" and run.linked < 1


def _names_of_site(head: Head) -> set[str]:
    return {_key(name) for name in (head.site, *head.hosts)}


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _without_site(claim: str, head: Head) -> str:
    """The claim without the parts that name the site or a kind of text, at its end or its beginning."""
    parts, marks = _SEPARATOR.split(claim), _SEPARATOR.findall(claim)
    site = _names_of_site(head) | {""}
    while parts and _is_site(parts[-1], site):
        del parts[-1], marks[-1:]
    while parts and _is_site(parts[0], site):
        del parts[0], marks[:1]
    return "".join(part + mark for part, mark in zip(parts, (*marks, ""), strict=True)).strip() if parts else ""


def _is_site(part: str, site: set[str]) -> bool:
    return _key(part) in site or names_kind_of_text(part) or is_institution(part)
