"""The text of one block of a web page → the paragraphs that its line breaks make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.reading.lines import BLANKS, Line
from retrieval.reading.page import is_prose
from retrieval.reading.web_elements import Element, Run
from retrieval.reading.wrapping import wrapped_paragraphs, wrapped_width

_LONGEST_LINE = 300
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a block's text within one element; a newline in it is a line break of the page."""

    text: str
    is_linked: bool = False
    is_bold: bool = False


@dataclass(slots=True)
class _Line:
    """One line as it grows: its text, and how many of its characters there are, are a link's, are bold."""

    texts: list[str] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    bold: int = 0

    def add(self, text: str, segment: Segment) -> None:
        size = len("".join(text.split()))
        self.texts.append(text)
        self.size += size
        self.linked += size * segment.is_linked
        self.bold += size * segment.is_bold


def runs_of(segments: Sequence[Segment], element: Element) -> Iterator[Run]:
    """The paragraphs of one block, in order: two line breaks part them, and one does where its lines are no verse.

    Many pages have no other mark of a paragraph than `<br><br>`. A heading stays whole.
    """
    kept: list[_Line] = []
    lines: list[Line] = []
    gap = 0
    for line in _lines(segments):
        words = " ".join("".join(line.texts).split()).strip(BLANKS)
        if words:
            lines.append(Line(len(kept), len(kept), words, gap, 0))
            kept.append(line)
        gap = 0 if words else gap + 1
    is_whole = len(lines) < 2 or element.tag in _HEADINGS
    paragraphs = [tuple(lines)] if is_whole else wrapped_paragraphs(lines, wrapped_width(lines), has_verse=True)
    for paragraph in filter(None, paragraphs):
        counted = [kept[line.start] for line in paragraph]
        size = sum(line.size for line in counted)
        linked = sum(line.linked for line in counted) / size
        bold = sum(line.bold for line in counted) / size
        words = "\n".join(line.words for line in paragraph)
        barred = " ".join(map(_with_bars, counted)) if len(words) <= _LONGEST_LINE else words
        yield Run(words, element, linked, bold, is_prose(words), barred)


def _with_bars(line: _Line) -> str:
    """The words of a line, with a bar wherever one element's letters run into the next's."""
    joined = ""
    for text in filter(None, line.texts):
        joined += f" | {text}" if joined[-1:].isalnum() and text[0].isalnum() else text
    return " ".join(joined.split()).strip(BLANKS)


def _lines(segments: Sequence[Segment]) -> Iterator[_Line]:
    line = _Line()
    for segment in segments:
        first, *others = segment.text.split("\n")
        line.add(first, segment)
        for text in others:
            yield line
            line = _Line()
            line.add(text, segment)
    yield line
