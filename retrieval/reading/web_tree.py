"""A web page's markup → what of it can be seen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from retrieval.errors import ReadingError
from retrieval.reading.web_elements import WRITER_NAMES, Element, Run, Tree
from retrieval.reading.web_runs import Segment, runs_of

MOST_ELEMENTS = 400_000
"""A page of more elements is refused: the longest articles of encyclopaedias have a tenth."""
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math mfrac mi mn mo mover mrow
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover nobr picture q rb rt ruby s samp
    semantics small span strike strong sub sup time tt u var""".split()
)
_UNSEEN = frozenset(
    """annotation annotation-xml applet area audio base basefont br button canvas colgroup datalist dialog embed frame
    frameset head iframe img input link map meta meter noframes noscript object optgroup option param progress rp script
    select source style svg template textarea title track video wbr""".split()
)
_SPOKEN_ONLY = frozenset(
    """a11y-hidden assistive-text blind element-invisible ir_su mw-cite-backlink mw-editsection screen-reader
    screen-reader-only screen-reader-text screenreader-only show-for-sr skip-link sound_only sr-only u_hc
    u-visually-hidden visually-hidden visuallyhidden""".split()
)
"""Classes of what only screen readers are given, and of buttons within a line."""
_CAPTIONS = frozenset({"caption", "captions", "figcaption", "imgdesc", "img_desc", "img-desc"})
"""Names of captions, which stand apart from the text around them even if the markup has them in its line."""
_UNSEEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s{0,9}:\s{0,9}(?:block|flex|grid|table)", re.IGNORECASE)
_SELF_CLOSED = re.compile(
    r"<((?!(?:area|base|br|col|embed|hr|img|input|link|meta|param)\b)[a-z][\w:-]{0,30})((?:\s[^<>]{0,2000})?)/>",
    re.IGNORECASE,
)
_NAMING = ("id", "class", "role", "itemprop", "data-testid", "data-component")
_PART_OF_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_NAMES, _LONGEST_IDENTIFIER, _SHORTEST_PART = 50, 3, 3
_TIMES = frozenset({"published", "publishdate", "value-title"})
_LONGEST_NAME = 100
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})


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
    tree = _tree_of(root, name, _Walk(_UNSEEN))
    return tree if any(run.is_prose for run in tree.runs) else _tree_of(root, name, _Walk(_UNSEEN - {"noscript"}))


def _tree_of(root: Any, name: str, walk: _Walk) -> Tree:  # noqa: ANN401
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


class _Walk:
    """A walk over a page; where a block begins or ends, the text met since is taken apart into runs."""

    def __init__(self, unseen: frozenset[str]) -> None:
        self._unseen = unseen
        self.elements: list[Element] = []
        self.runs: list[Run] = []
        self.pictured: set[Element] = set()
        self.times: list[tuple[int, str]] = []
        self.writers: list[tuple[int, str]] = []
        self._open: list[Element | None] = []
        self._blocks: list[Element] = []
        self._segments: list[Segment] = []
        self._inside = dict.fromkeys(("a", "b", "strong", "pre"), 0)

    def enter(self, found: Any) -> bool:  # noqa: ANN401
        """Begin an element; false where nothing in it can be seen."""
        parent = self._open[-1] if self._open else None
        if found.tag in {"img", "amp-img"} and parent:
            self.pictured.add(parent)
        elif found.tag == "br":
            self._segments.append(Segment("\n"))
        if time := _time(found):
            self.times.append((len(self.runs), time))
        is_unseen = found.tag in self._unseen and not _is_button_in_heading(found.tag, parent)
        if is_unseen or not _is_seen(found):
            self._open.append(None)
            return False
        element = Element(found.tag, parent, *_names(found), _is_block(found, parent))
        self.elements.append(element)
        self._open.append(element)
        if (found.get("rel") == "author" or not WRITER_NAMES.isdisjoint(element.parts)) and (
            name := _short_text(found)
        ):
            self.writers.append((len(self.runs), name))
        if element.is_block:
            self._end_run()
            self._blocks.append(element)
        if element.tag in self._inside:
            self._inside[element.tag] += 1
        self._add(found.text)
        return True

    def leave(self, found: Any) -> None:  # noqa: ANN401
        """End the element begun last; the text behind it is its parent's."""
        element = self._open.pop()
        if element:
            if element.is_block:
                self._end_run()
                self._blocks.pop()
            if element.tag in self._inside:
                self._inside[element.tag] -= 1
        self._add(found.tail)

    def _add(self, text: str | None) -> None:
        if text:
            shown = text if self._inside["pre"] else text.replace("\n", " ")
            is_bold = bool(self._inside["b"] or self._inside["strong"])
            self._segments.append(Segment(shown, bool(self._inside["a"]), is_bold))

    def _end_run(self) -> None:
        if self._segments and self._blocks:
            self.runs += runs_of(self._segments, self._blocks[-1])
        self._segments.clear()


def _short_text(found: Any) -> str:  # noqa: ANN401
    """The words of an element if they are as few as a name has."""
    words = ""
    for text in found.itertext():
        words += text
        if len(words) > _LONGEST_NAME:
            return ""
    return " ".join(words.split())


def _time(found: Any) -> str:  # noqa: ANN401
    """The time that an element gives machines to read."""
    is_publication = found.get("itemprop") == "datePublished" or not _TIMES.isdisjoint(_names(found)[0])
    if found.tag == "time" or is_publication:
        return found.get("datetime") or found.get("content") or found.get("title") or ""
    return ""


def _is_button_in_heading(tag: str, parent: Element | None) -> bool:
    return tag == "button" and parent is not None and parent.tag in _HEADINGS


def _is_seen(found: Any) -> bool:  # noqa: ANN401
    if found.tag in {"html", "body"}:
        return True
    if found.get("hidden") not in {None, "until-found"} or found.get("aria-hidden") == "true":
        return False
    style, classes = found.get("style"), found.get("class")
    return not (style and _UNSEEN_STYLE.search(style)) and not (
        classes and not _SPOKEN_ONLY.isdisjoint(classes.lower().split())
    )


def _is_block(found: Any, parent: Element | None) -> bool:  # noqa: ANN401
    """Whether a line ends where the element begins; what nobody knows stands in the line, as in a browser."""
    tag = found.tag
    if parent is None or (tag not in _INLINE and "-" not in tag and ":" not in tag):
        return bool(tag != "button")
    style = found.get("style")
    return bool(style and _BLOCK_STYLE.search(style)) or not _CAPTIONS.isdisjoint(_names(found)[0])


def _names(found: Any) -> tuple[frozenset[str], frozenset[str]]:  # noqa: ANN401
    return _named(" ".join(filter(None, map(found.get, _NAMING))), found.get("id") or "")


@lru_cache(maxsize=4096)
def _named(names: str, identifier: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names in lower case, and the words in them: "entry-content" and "articleBody" hold two each.

    An identifier of many words is a heading's own text. Two or three letters between capitals are chance: many names
    are made by machines.
    """
    whole = names.split()[:_MOST_NAMES]
    parts: set[str] = set()
    for name in whole:
        words = [word for word in re.split(r"[^A-Za-z]+", name) if word]
        if name != identifier or len(words) <= _LONGEST_IDENTIFIER:
            parts.update(words)
            parts.update(part for word in words for part in _PART_OF_WORD.findall(word) if len(part) > _SHORTEST_PART)
    return frozenset(map(str.lower, whole)), frozenset(map(str.lower, parts))
