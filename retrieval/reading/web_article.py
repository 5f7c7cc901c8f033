"""A web page → the runs of text that are its article: from its title down, without what the site put around it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.reading.captions import ends_sentence
from retrieval.reading.web_captions import captions_of
from retrieval.reading.web_elements import WRITER_NAMES, Element, Run, Tree
from retrieval.reading.web_furniture import furniture_of, is_button, leads_away, prose_of, teasers_of
from retrieval.reading.web_head import Head
from retrieval.reading.web_imprint import fields_in, is_imprint
from retrieval.reading.web_tables import Cell, cells_of
from retrieval.reading.web_titles import title_of

_NAMES = frozenset(
    """articlebody article-body article_body articlecontent article-content article_content entry-content entrycontent
    post-content post-body post_content story-body storybody article-text article__body news_body newsbody
    article_txt""".split()
)
_LEAF_TAGS = frozenset({"blockquote", "dd", "dl", "li", "ol", "p", "pre", "table", "tbody", "td", "tr", "ul"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SUBTITLE_NAMES = frozenset(
    """abstract deck dek description excerpt intro lead lede standfirst subhead subheading subtit subtitle
    summary""".split()
)
_NOTES = frozenset(
    """doc-endnote doc-endnotes doc-footnote endnote endnotes fn footnote footnotes references reflist
    sdfootnote""".split()
)
_TEASERS = frozenset({"teaser", "teasers"})
"""Between title and body this is the name of a summary."""
_MAIN, _MAIN_IF_NAMED = 0.9, 0.6
"""The article is looked for within the element that holds so much of the prose, where it holds all that is around."""
_FEWEST_TITLES = 4
_MOST_TIMES, _SHORTEST_REPEATED = 3, 15
_LONGEST_BYLINE = 700
"""What is named after its writer and longer than this is the text itself."""
_LONG = 60
"""So many characters between title and body are a summary, whether they end as a sentence does or not."""
_LATE = 0.25
"""What leads away from the article closes it if no more of its prose than this comes after."""


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page: its title, the run that shows it, and its runs in the page's order.

    `captions`, `bylines` and `notes` are the runs that the markup calls so, `cells` has the cells of those in tables.
    `times` and `writers` are what the tree has of them between the title and the end.
    """

    title: str | None
    heading: Run | None
    runs: tuple[Run, ...]
    captions: frozenset[Run]
    bylines: frozenset[Run]
    notes: frozenset[Run]
    cells: Mapping[Run, Cell]
    times: tuple[str, ...]
    writers: tuple[str, ...]


def article_of(tree: Tree, head: Head) -> Article:
    """The article of the page `tree`, whose head is `head`."""
    captions = captions_of(tree)
    sizes = tree.sums(tree.runs, lambda run: len(run.words))
    named = tree.nearest(lambda e: sizes[e] <= _LONGEST_BYLINE and not WRITER_NAMES.isdisjoint(e.parts))
    bylines = frozenset(run for run in tree.runs if named[run.element])
    furniture = furniture_of(tree)
    seen = [run for run in tree.runs if run.element not in furniture]
    teasers = teasers_of(tree, seen)
    seen = [run for run in seen if run.element not in teasers]
    main = _main(tree, tree.sums(seen, prose_of))
    inside = tree.nearest(lambda element: element is main)
    within = [run for run in seen if inside[run.element]]
    cells = cells_of(tree, within)
    body = [run for run in within if run in cells or run in captions or not (is_button(run) or _is_bio(run, bylines))]
    first = next((index for index, run in enumerate(body) if prose_of(run) and run not in captions), None)
    opening = len(tree.runs) if first is None else tree.runs.index(body[first])
    title, heading = title_of(head, tree.runs[: opening + 3], opening)
    if heading in body:
        at = body.index(heading)
        above = [run for run in body[:at] if prose_of(run) and run not in captions]
        body = [*above, *body[at:]]
    else:
        unseen = frozenset(element for element in furniture if _TEASERS.isdisjoint(element.parts))
        shown = [run for run in tree.runs if run.element not in unseen or run is heading]
        body = [*_between(shown, heading, body[0] if body else None, captions, bylines), *body]
    noted = tree.nearest(lambda element: not _NOTES.isdisjoint(element.names | element.parts))
    notes = frozenset(run for run in body if noted[run.element])
    runs = tuple(_without_repetitions(tuple(_cut(body, notes)), captions | frozenset(cells)))
    start, end = (tree.runs.index(runs[0]), tree.runs.index(runs[-1]) + 2) if runs else (0, len(tree.runs))
    times = tuple(time for at, time in tree.times if start <= at <= end)
    writers = tuple(name for at, name in tree.writers if start <= at <= end)
    return Article(title, heading, runs, captions, bylines, notes, cells, times, writers)


def _main(tree: Tree, prose: Mapping[Element, float]) -> Element:
    """The lowest element that holds nearly all of the page's prose."""
    children: dict[Element, list[Element]] = defaultdict(list)
    for element in tree.elements:
        if element.parent and prose[element]:
            children[element.parent].append(element)
    main = tree.elements[0]
    while True:
        largest = max(children[main], key=lambda child: prose[child], default=None)
        if largest is None or largest.tag in _LEAF_TAGS:
            return main
        is_named = largest.tag in {"article", "main"} or not _NAMES.isdisjoint(largest.names)
        if prose[largest] < prose[main] * (_MAIN_IF_NAMED if is_named else _MAIN):
            return main
        main = largest


def _between(
    runs: Sequence[Run], heading: Run | None, first: Run | None, captions: frozenset[Run], bylines: frozenset[Run]
) -> Iterator[Run]:
    """The title, and what of the text between it and the body belongs to the article."""
    if heading is None:
        return
    yield heading
    between = runs[runs.index(heading) + 1 : runs.index(first) if first else len(runs)]
    fields = fields_in(between)
    for run in between:
        is_subtitle = run.element.tag in _HEADING_TAGS or not _SUBTITLE_NAMES.isdisjoint(run.element.parts)
        is_long = len(run.words) >= _LONG and run.linked < 0.3
        is_text = prose_of(run) or run in captions or is_subtitle or is_long
        if is_imprint(run, fields[run], bylines) or (is_text and not is_button(run)):
            yield run


def _cut(body: Sequence[Run], notes: frozenset[Run]) -> Iterator[Run]:
    """The body up to what leads away from it, if next to no prose comes after; its `notes` stay wherever they stand.

    Below a heading that leads away nothing belongs to the article, below another such line what is no prose.
    """
    whole = left = sum(map(prose_of, body))
    is_over = is_away = False
    for run in body:
        is_below = left < whole
        left -= prose_of(run)
        if is_below and left <= whole * _LATE and leads_away(run):
            is_away = True
            is_over = is_over or run.element.tag in _HEADING_TAGS
        elif prose_of(run) or run.element.tag in _HEADING_TAGS:
            is_away = False
        if run in notes or not (is_over or is_away):
            yield run


def _without_repetitions(body: Sequence[Run], others: frozenset[Run]) -> Iterator[Run]:
    """The body without buttons that stand in it over and over, and without lists of other articles' titles.

    Such titles are headings of one sort that follow each other with no text between. Cells, captions (the `others`),
    sentences and lines of code may be repeated.
    """
    buttons = (run for run in body if run not in others and run.element.tag != "pre" and not ends_sentence(run.words))
    times = Counter(run.words for run in buttons if len(run.words) >= _SHORTEST_REPEATED)
    for sort, group in groupby(body, lambda run: (run.element.tag, run.element.names)):
        runs = list(group)
        if sort[0] not in _HEADING_TAGS or len(runs) < _FEWEST_TITLES:
            yield from (run for run in runs if times[run.words] <= _MOST_TIMES)


def _is_bio(run: Run, bylines: frozenset[Run]) -> bool:
    """Whether it speaks of the writer rather than being written by them."""
    return run.is_prose and run in bylines
