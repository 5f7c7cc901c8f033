"""The words of one paragraph of a DOCX file, with the notes and text boxes that hang on it.

Deletions, comments, hidden text and the instructions of fields are no words of the document (ECMA-376 part 1, 17.13,
17.16); insertions are, and what was moved is where it was moved to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.reading.docx_styles import Styles, is_hidden, look_of
from retrieval.reading.office_headings import Look
from retrieval.reading.symbols import plain, raised, symbol
from retrieval.reading.xml_names import attribute, bare, child

NOT_THERE = frozenset({"del", "moveFrom", "delText", "delInstrText", "instrText"})
_SILENT = NOT_THERE | {"pPr", "sdtPr", "rt", "fldData", "posOffset", "commentReference", "annotationRef"}
_LONGEST_INSTRUCTION = 100
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
_MATHS = {"f": "/", "sSup": "^", "sSub": "_"}
"""What stands between the parts of a fraction, a power, an index when they are written in one line."""


@dataclass(frozen=True, slots=True)
class Note:
    """A mark in the text that refers to the footnote or endnote `identifier`."""

    kind: str
    identifier: str


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    instruction: str = ""
    is_shown: bool = False


@dataclass(slots=True)
class Line:
    """What one paragraph holds: words, a newline where a line is broken; notes and text boxes in their order.

    `is_contents` says that a field which makes a table of contents wrote the words.
    """

    parts: list[str] = field(default_factory=list)
    is_contents: bool = False
    notes: list[Note] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    looks: Counter[Look] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """The words in one string."""
        return "".join(self.parts)


class Inline:
    """Reads paragraphs, one after the other: a field may begin in one and end in another."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []  # those that are open, innermost last
        self._line = Line()
        self._look = Look()
        self._handlers: dict[str, Callable[[Element], None]] = {
            "tab": self._tab,
            "ptab": self._tab,
            "br": self._break,
            "cr": self._break,
            "noBreakHyphen": self._hyphen,
            "sym": self._symbol,
            "fldChar": self._field,
            "instrText": self._instruction,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "txbxContent": self._box,
            "txBody": self._box,
            "AlternateContent": self._alternatives,
            "sdt": self._control,
            "d": self._bracketed,
            **dict.fromkeys(_MATHS, self._formula),
        }

    def line(self, paragraph: Element, look: Look) -> Line:
        """What `paragraph` holds, whose style has this `look`."""
        self._line = Line()
        self._look = look
        self._walk(paragraph)
        # an instruction that never ends would swallow all that follows
        while self._fields and not self._fields[-1].is_shown:
            self._fields.pop()
        return self._line

    def _walk(self, element: Element) -> None:
        for each in element:
            name = bare(each.tag)
            if name == "r":
                self._run(each)
            elif handler := self._handlers.get(name):
                handler(each)
            elif name not in _SILENT and len(each):
                self._walk(each)

    def _run(self, run: Element) -> None:
        """A run of text, Word's or of a formula."""
        properties = run[0] if len(run) and bare(run[0].tag) == "rPr" else None
        if is_hidden(properties, self._styles):
            self._hidden_run(run)
            return
        for each in run:
            name = bare(each.tag)
            if name == "t":
                words = plain(each.text or "")
                self._say(raised(words) if _is_raised(properties) else words)
                self._line.looks[look_of(properties, self._look)] += len(words.strip())
            elif handler := self._handlers.get(name):
                handler(each)
                if name in _NOTES and attribute(each, "customMarkFollows") not in {"", "0", "false"}:
                    return  # the rest of the run is the mark itself
            elif name not in _SILENT and len(each) and name != "rPr":
                self._walk(each)

    def _hidden_run(self, run: Element) -> None:
        """Of hidden text only the bounds of fields count."""
        for each in run:
            if bare(each.tag) == "fldChar":
                self._field(each)

    def _say(self, words: str) -> None:
        if all(field.is_shown for field in self._fields):
            self._line.parts.append(words)
            self._line.is_contents |= any(field.instruction.split()[:1] == ["TOC"] for field in self._fields)

    def _tab(self, _: Element) -> None:
        self._say("\t")

    def _break(self, _: Element) -> None:
        self._say("\n")

    def _hyphen(self, _: Element) -> None:
        self._say("-")

    def _symbol(self, element: Element) -> None:
        self._say(symbol(attribute(element, "font"), attribute(element, "char")))

    def _field(self, element: Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_shown = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: Element) -> None:
        if self._fields and len(self._fields[-1].instruction) < _LONGEST_INSTRUCTION:
            self._fields[-1].instruction += element.text or ""

    def _note(self, element: Element) -> None:
        self._line.notes.append(Note(bare(element.tag).removesuffix("Reference"), attribute(element, "id")))

    def _box(self, element: Element) -> None:
        self._line.boxes.append(element)

    def _alternatives(self, element: Element) -> None:
        """The first of several forms of the same thing."""
        first = child(element, "Choice")
        first = child(element, "Fallback") if first is None else first
        if first is not None:
            self._walk(first)

    def _control(self, element: Element) -> None:
        """A form's field, unless it still shows its "click here"."""
        content = child(element, "sdtContent")
        if content is not None and not is_placeholder(element):
            self._walk(content)

    def _bracketed(self, element: Element) -> None:
        self._say("(")
        self._walk(element)
        self._say(")")

    def _formula(self, element: Element) -> None:
        sign = _MATHS[bare(element.tag)]
        for index, part in enumerate(part for part in element if not bare(part.tag).endswith("Pr")):
            if index:
                self._say(sign)
            self._walk(part)


def _is_raised(properties: Element | None) -> bool:
    align = child(properties, "vertAlign")
    return attribute(align, "val") == "superscript"


def is_placeholder(control: Element) -> bool:
    """Whether a content control still shows the words that ask for content."""
    return child(control, "sdtPr", "showingPlcHdr") is not None
