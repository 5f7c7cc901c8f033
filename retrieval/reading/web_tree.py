"""A web page's markup → what of it can be seen."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from retrieval.errors import ReadingError
from retrieval.reading.web_elements import Tree
from retrieval.reading.web_walk import UNSEEN, Walk

MOST_ELEMENTS = 250_000
"""A page of more elements is refused: the longest articles of encyclopaedias have a fifth."""
_SELF_CLOSED = re.compile(
    r"<((?!(?:area|base|br|col|embed|hr|img|input|link|meta|param)\b)[a-z][\w:-]{0,30})((?:\s[^<>]{0,2000})?)/>",
    re.IGNORECASE,
)


def parsed(text: str, name: str) -> Any:  # noqa: ANN401 -- lxml has no types
    """The root of the page `text`; raises ReadingError, naming the file `name`, where it is none or too deep."""
    if "xhtml" in text[:2048].lower():
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ReadingError("is nested too deeply to be read.", where=name, remedy="Save its text as .txt.")
    if root is None:
        raise ReadingError("is a web page without words.", where=name, remedy="Save the page anew or delete it.")
    return root


def tree_of(root: Any, name: str) -> Tree:  # noqa: ANN401
    """What of the page under `root` can be seen; raises ReadingError where it has too many elements.

    Where that is no prose, what the page has for browsers without scripts is seen as well.
    """
    tree = _tree_of(root, name, Walk(UNSEEN))
    return tree if any(run.is_prose for run in tree.runs) else _tree_of(root, name, Walk(UNSEEN - {"noscript"}))


def _tree_of(root: Any, name: str, walk: Walk) -> Tree:  # noqa: ANN401
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            walk.leave(element)
        elif not walk.enter(element):
            events.skip_subtree()
        if len(walk.elements) > MOST_ELEMENTS:
            what = f"is a web page of more than {MOST_ELEMENTS:,} elements."
            raise ReadingError(what, where=name, remedy="Save its text as .txt.")
    return Tree(
        tuple(walk.elements), tuple(walk.runs), frozenset(walk.pictured), tuple(walk.times), tuple(walk.writers)
    )
