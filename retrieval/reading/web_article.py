"""A web page → the runs of text that are its article: from its title down, without what the site put around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.reading.web_body import Body, body_of
from retrieval.reading.web_elements import Run, Tree
from retrieval.reading.web_furniture import is_button, prose_of
from retrieval.reading.web_head import Head
from retrieval.reading.web_imprint import fields_in, is_imprint
from retrieval.reading.web_marks import Marks, marks_of
from retrieval.reading.web_tables import Cell
from retrieval.reading.web_titles import title_of
from retrieval.reading.web_trimming import without_other_texts, without_repetitions

_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SUBTITLE_NAMES = frozenset(
    """abstract deck dek description excerpt intro lead lede standfirst subhead subheading subtit subtitle
    summary""".split()
)
_TEASERS = frozenset({"teaser", "teasers"})
"""Between title and body this is the name of a summary."""
_LONG, _MOST_LINKED = 60, 0.3
"""So many characters between title and body are a summary, whether they end as a sentence does or not."""
_BELOW_OPENING = 3
"""The title may stand a few runs below the first prose: some pages have it under a summary."""


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page: its title, the run that shows it, and its runs in the page's order.

    `times` and `writers` are what the tree has of them between the title and the end.
    """

    title: str | None
    heading: Run | None
    runs: tuple[Run, ...]
    marks: Marks
    cells: Mapping[Run, Cell]
    times: tuple[str, ...]
    writers: tuple[str, ...]


def article_of(tree: Tree, head: Head) -> Article:
    """The article of the page `tree`, whose head is `head`."""
    marks = marks_of(tree)
    body = body_of(tree, marks)
    opening = next((run for run in body.runs if prose_of(run) and run not in marks.captions), None)
    above = tree.runs.index(opening) if opening else len(tree.runs)
    title, heading = title_of(head, tree.runs[: above + _BELOW_OPENING], above)
    runs = tuple(without_other_texts(tuple(_with_heading(tree, body, heading, marks)), marks.notes))
    runs = tuple(without_repetitions(runs, marks.captions | frozenset(body.cells)))
    start, end = (tree.runs.index(runs[0]), tree.runs.index(runs[-1]) + 2) if runs else (0, len(tree.runs))
    times = tuple(time for at, time in tree.times if start <= at <= end)
    writers = tuple(name for at, name in tree.writers if start <= at <= end)
    return Article(title, heading, runs, marks, body.cells, times, writers)


def _with_heading(tree: Tree, body: Body, heading: Run | None, marks: Marks) -> Iterator[Run]:
    """The title, and from there on the body; above a title within the body only prose belongs to it."""
    if heading in body.runs:
        at = body.runs.index(heading)
        yield from (run for run in body.runs[:at] if prose_of(run) and run not in marks.captions)
        yield from body.runs[at:]
        return
    if heading:
        unseen = frozenset(element for element in body.furniture if _TEASERS.isdisjoint(element.parts))
        end = tree.runs.index(body.runs[0]) if body.runs else len(tree.runs)
        between = tree.runs[tree.runs.index(heading) + 1 : end]
        yield heading
        yield from _summary_and_imprint([run for run in between if run.element not in unseen], marks)
    yield from body.runs


def _summary_and_imprint(between: Sequence[Run], marks: Marks) -> Iterator[Run]:
    """What of the runs between title and body belongs to the article."""
    fields = fields_in(between)
    for run in between:
        is_subtitle = run.element.tag in _HEADING_TAGS or not _SUBTITLE_NAMES.isdisjoint(run.element.parts)
        is_long = len(run.words) >= _LONG and run.linked < _MOST_LINKED
        is_text = prose_of(run) or run in marks.captions or is_subtitle or is_long
        if is_imprint(run, fields[run], marks.bylines) or (is_text and not is_button(run)):
            yield run
