"""A walk over a web page's elements: what of them can be seen, and where its lines and paragraphs end."""

from __future__ import annotations

import re
from typing import Any

from retrieval.reading.web_elements import WRITER_NAMES, Element, Run
from retrieval.reading.web_names import names_of
from retrieval.reading.web_runs import Segment, runs_of

UNSEEN = frozenset(
    """annotation annotation-xml applet area audio base basefont br button canvas colgroup datalist dialog embed frame
    frameset head iframe img input link map meta meter noframes noscript object optgroup option param progress rp script
    select source style svg template textarea title track video wbr""".split()
)
"""Elements without words that anybody sees."""
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math mfrac mi mn mo mover mrow
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover nobr picture q rb rt ruby s samp
    semantics small span strike strong sub sup time tt u var""".split()
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
_BOLD_STYLE = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
_BOLD_TAGS = frozenset({"b", "strong"})
_PICTURES = frozenset({"amp-img", "img"})
_TINY = re.compile(r"[1-4]?\d(?:px)?")
"""A picture of so few pixels is a sign within the text."""
_TIMES = frozenset({"published", "publishdate", "value-title"})
_LONGEST_NAME = 100
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})


class Walk:
    """A walk over a page; where a block begins or ends, the text met since is taken apart into runs.

    `unseen` are the tags of elements that are passed over.
    """

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
        self._bold: list[Element] = []
        self._links: list[Element] = []
        self._preformatted: list[Element] = []

    def enter(self, found: Any) -> bool:  # noqa: ANN401 -- lxml has no types
        """Begin an element; false where nothing in it can be seen."""
        parent = self._open[-1] if self._open else None
        tag = found.tag
        if tag == "br":
            self._segments.append(Segment("\n"))
        elif tag in _PICTURES and parent and not _TINY.fullmatch(found.get("width") or ""):
            self.pictured.add(parent)
        is_button_in_heading = tag == "button" and parent is not None and parent.tag in _HEADINGS
        if (tag in self._unseen and not is_button_in_heading) or not _is_seen(found):
            self._open.append(None)
            if found.get("itemprop") == "datePublished":
                self.times.append((len(self.runs), found.get("content") or ""))
            return False
        names, parts = names_of(found)
        element = Element(tag, parent, names, parts, _is_block(found, names, parent))
        self.elements.append(element)
        self._open.append(element)
        self._note(found, element)
        if element.is_block:
            self._end_run()
            self._blocks.append(element)
        for opened in self._kept(found, element):
            opened.append(element)
        self._add(found.text)
        return True

    def leave(self, found: Any) -> None:  # noqa: ANN401
        """End the element begun last; the text behind it is its parent's."""
        element = self._open.pop()
        if element:
            if element.is_block:
                self._end_run()
                self._blocks.pop()
            for opened in (self._bold, self._links, self._preformatted):
                if opened and opened[-1] is element:
                    opened.pop()
        self._add(found.tail)

    def _kept(self, found: Any, element: Element) -> list[list[Element]]:  # noqa: ANN401
        """The lists in which an element is kept while it is open, for the text in it has a quality."""
        if element.tag == "a":
            return [self._links]
        if element.tag == "pre":
            return [self._preformatted]
        is_bold = element.tag in _BOLD_TAGS or _BOLD_STYLE.search(found.get("style") or "")
        return [self._bold] if is_bold else []

    def _note(self, found: Any, element: Element) -> None:  # noqa: ANN401
        """Note the time or the writer's name that the element may give."""
        if element.tag == "time" or not _TIMES.isdisjoint(element.names) or found.get("itemprop") == "datePublished":
            self.times.append(
                (len(self.runs), found.get("datetime") or found.get("content") or found.get("title") or "")
            )
        is_writer = found.get("rel") == "author" or not WRITER_NAMES.isdisjoint(element.parts)
        if is_writer and (name := _short_text(found)):
            self.writers.append((len(self.runs), name))

    def _add(self, text: str | None) -> None:
        if text and (self._segments or not text.isspace()):
            shown = text if self._preformatted else text.replace("\n", " ")
            self._segments.append(Segment(shown, bool(self._links), bool(self._bold)))

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


def _is_seen(found: Any) -> bool:  # noqa: ANN401
    if found.tag in {"html", "body"}:
        return True
    if found.get("hidden") not in {None, "until-found"} or found.get("aria-hidden") == "true":
        return False
    style, classes = found.get("style"), found.get("class")
    return not (style and _UNSEEN_STYLE.search(style)) and not (
        classes and not _SPOKEN_ONLY.isdisjoint(classes.lower().split())
    )


def _is_block(found: Any, names: frozenset[str], parent: Element | None) -> bool:  # noqa: ANN401
    """Whether a line ends where the element begins; what nobody knows stands in the line, as in a browser."""
    tag = found.tag
    if parent is None or (tag not in _INLINE and "-" not in tag and ":" not in tag):
        return bool(tag != "button")
    style = found.get("style")
    return bool(style and _BLOCK_STYLE.search(style)) or not _CAPTIONS.isdisjoint(names)
