"""Where on a web page its article's body is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.reading.web_elements import Element, Run, Tree
from retrieval.reading.web_furniture import furniture_of, is_button, leads_away, prose_of, teasers_of
from retrieval.reading.web_marks import Marks
from retrieval.reading.web_tables import Cell, cells_of

_NAMES = frozenset(
    """articlebody article-body article_body articlecontent article-content article_content entry-content entrycontent
    post-content post-body post_content story-body storybody article-text article__body news_body newsbody
    article_txt""".split()
)
_LEAF_TAGS = frozenset({"blockquote", "dd", "dl", "li", "ol", "p", "pre", "table", "tbody", "td", "tr", "ul"})
_MAIN, _MAIN_IF_NAMED = 0.9, 0.6
"""The article is looked for within the element that holds so much of the prose, where it holds all that is around."""


@dataclass(frozen=True, slots=True)
class Body:
    """The runs of a body, as the page has them, the cells of those in tables, and what of the page is furniture."""

    runs: tuple[Run, ...]
    cells: Mapping[Run, Cell]
    furniture: frozenset[Element]


def body_of(tree: Tree, marks: Marks) -> Body:
    """What stands in the element that holds nearly all of the page's prose, without what is furniture there."""
    furniture = furniture_of(tree)
    seen = [run for run in tree.runs if run.element not in furniture]
    teasers = teasers_of(tree, seen)
    seen = [run for run in seen if run.element not in teasers]
    main = _main(tree, tree.sums(seen, prose_of))
    inside = tree.nearest(lambda element: element is main)
    seen = [run for run in seen if inside[run.element]]
    cells = cells_of(tree, seen)
    return Body(tuple(run for run in seen if run in cells or _belongs(run, marks)), cells, furniture)


def _belongs(run: Run, marks: Marks) -> bool:
    """Whether it is neither a button nor the life of the writer; what leads away tells where the article ends."""
    is_life = run.is_prose and run in marks.bylines
    return run in marks.captions or leads_away(run) or not (is_button(run) or is_life)


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
