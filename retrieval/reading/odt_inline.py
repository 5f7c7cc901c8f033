"""The words of one paragraph of an OpenDocument text, with the notes and frames that hang on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.reading.odt_styles import Styles
from retrieval.reading.symbols import plain, raised
from retrieval.reading.xml_names import attribute, bare

DRAWN = frozenset(
    """frame custom-shape rect ellipse circle line polygon polyline path connector caption g measure regular-polygon
    control page-thumbnail text-box""".split()
)
NOT_THERE = frozenset(
    """annotation annotation-end tracked-changes placeholder ruby-text image object object-ole plugin applet
    floating-frame number script event-listeners forms sequence-decls variable-decls user-field-decls
    dde-connection-decls""".split()
)
"""Comments, deletions, prompts, pictures and declarations."""
_GAPS = {"s": " ", "tab": "\t", "line-break": "\n"}


@dataclass(slots=True)
class Line:
    """What one paragraph holds: words, a newline where a line is broken; notes and frames in their order."""

    parts: list[str] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words in one string."""
        return "".join(self.parts)


def line_of(paragraph: Element, styles: Styles) -> Line:
    """What `paragraph` holds."""
    line = Line()
    _walk(paragraph, styles, line, is_raised=False)
    return line


def _walk(element: Element, styles: Styles, line: Line, *, is_raised: bool) -> None:
    _say(element.text, line, is_raised=is_raised)
    for each in element:
        name = bare(each.tag)
        if name in _GAPS:
            line.parts.append(_GAPS[name])
        elif name == "note":
            line.notes.append(each)
        elif name in DRAWN:
            line.boxes.append(each)
        elif name == "span":
            style = attribute(each, "style-name")
            if not styles.hides("text", style):
                _walk(each, styles, line, is_raised=is_raised or styles.raises(style))
        elif name not in NOT_THERE and not (name.startswith("hidden-") and attribute(each, "is-hidden") == "true"):
            _walk(each, styles, line, is_raised=is_raised)
        _say(each.tail, line, is_raised=is_raised)


def _say(text: str | None, line: Line, *, is_raised: bool) -> None:
    if text:
        words = plain(text)
        line.parts.append(raised(words) if is_raised else words)
