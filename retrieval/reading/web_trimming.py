"""What stands among and below the paragraphs of an article, and is none of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.reading.captions import ends_sentence
from retrieval.reading.web_elements import Run
from retrieval.reading.web_furniture import is_button, leads_away, prose_of

_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FEWEST_TITLES = 4
_MOST_TIMES, _SHORTEST_REPEATED = 3, 15
_LATE = 0.25
"""What leads away from the article closes it if no more of its prose than this comes after."""


def without_other_texts(runs: Sequence[Run], notes: frozenset[Run]) -> Iterator[Run]:
    """The runs up to what leads away from them, if next to no prose comes after; its `notes` stay wherever they stand.

    Below a heading that leads away nothing belongs to the article, below another such line what is no prose.
    """
    whole = left = sum(map(prose_of, runs))
    is_over = is_away = False
    for run in runs:
        is_below = left < whole
        left -= prose_of(run)
        if is_below and left <= whole * _LATE and leads_away(run):
            is_away = True
            is_over = is_over or run.element.tag in _HEADING_TAGS
        elif prose_of(run) or run.element.tag in _HEADING_TAGS:
            is_away = False
        if run in notes or not (is_over or is_away or (leads_away(run) and is_button(run))):
            yield run


def without_repetitions(runs: Sequence[Run], others: frozenset[Run]) -> Iterator[Run]:
    """The runs without buttons that stand among them over and over, and without lists of other articles' titles.

    Such titles are headings of one sort that follow each other with no text between. Cells, captions (the `others`),
    sentences and lines of code may be repeated.
    """
    buttons = (run for run in runs if run not in others and run.element.tag != "pre" and not ends_sentence(run.words))
    times = Counter(run.words for run in buttons if len(run.words) >= _SHORTEST_REPEATED)
    for sort, group in groupby(runs, lambda run: (run.element.tag, run.element.names)):
        alike = list(group)
        if sort[0] not in _HEADING_TAGS or len(alike) < _FEWEST_TITLES:
            yield from (run for run in alike if times[run.words] <= _MOST_TIMES)
