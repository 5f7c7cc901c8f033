"""Which runs of a page stand under a picture, as far as the markup tells."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.reading.web_elements import Element, Run, Tree

_CAPTION_NAME = re.compile(
    r".*caption|.*cutline|(?:.*[-_])?(?:figure|image|img|photo|pic|picture)(?:[-_]?(?:area|box|wrap))?[-_]?"
    r"(?:cap|credits?|desc|description|info|source|te?xt)"
)
_PICTURE_NAMES = frozenset("figure image images img photo photos pic picture".split())
_CAPTION_TAGS = frozenset({"caption", "figcaption", "figure"})
_NO_CAPTIONS_IN = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre"})
_LONGEST, _LONGEST_IN_BOX = 800, 250
"""What is called a caption holds no more text than this, and a box with a picture if the words in it are a caption."""


def captions_of(tree: Tree) -> frozenset[Run]:
    """The runs that are captions: called so, in a figure, or alone with a picture in a small box."""
    sizes = tree.sums(tree.runs, lambda run: len(run.words))
    prose = tree.sums(tree.runs, lambda run: run.is_prose)
    boxes = {element for element in _pictured(tree) if sizes[element] <= _LONGEST_IN_BOX and prose[element] <= 1}
    sure: dict[Element, bool] = {}
    likely: dict[Element, bool] = {}
    for element in tree.elements:
        is_called_so = element.tag in _CAPTION_TAGS or _is_caption_name(element.names)
        is_named = is_called_so and sizes[element] <= _LONGEST
        is_boxed = element in boxes and not prose[element]
        is_picture = element in boxes and (element.tag == "table" or not _PICTURE_NAMES.isdisjoint(element.parts))
        for known, found in ((sure, is_named or is_picture), (likely, is_named or is_boxed)):
            inherited = element.parent is not None and known[element.parent]
            known[element] = element.tag not in _NO_CAPTIONS_IN and (found or inherited)
    return frozenset(run for run in tree.runs if (sure if run.is_prose else likely)[run.element])


def _pictured(tree: Tree) -> set[Element]:
    pictured = set(tree.pictured)
    for element in reversed(tree.elements):
        if element.parent and element in pictured:
            pictured.add(element.parent)
    return pictured


@lru_cache(maxsize=4096)
def _is_caption_name(names: frozenset[str]) -> bool:
    return any(_CAPTION_NAME.fullmatch(name) for name in names)
