"""The words of one paragraph of an OpenDocument text, with the notes and frames that hang on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.reading.odt_styles import Styles
from retrieval.reading.office_headings import Look
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
_DEFAULT_POINTS = 12.0
_GAPS = {"s": " ", "tab": "\t", "line-break": "\n"}


@dataclass(slots=True)
class Line:
    """What one paragraph holds: words, a newline where a line is broken; notes and frames in their order."""

    parts: list[str] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    looks: Counter[Look] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """The words in one string."""
        return "".join(self.parts)


def line_of(paragraph: Element, styles: Styles) -> Line:
    """What `paragraph` holds."""
    line = Line()
    look = styles.look("paragraph", attribute(paragraph, "style-name"), Look(_DEFAULT_POINTS))
    _walk(paragraph, styles, line, _Setting(look))
    return line


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the text at some place is set."""

    look: Look
    is_raised: bool = False


def _walk(element: Element, styles: Styles, line: Line, setting: _Setting) -> None:
    _say(element.text, line, setting)
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
                look = styles.look("text", style, setting.look)
                _walk(each, styles, line, _Setting(look, setting.is_raised or styles.raises(style)))
        elif name not in NOT_THERE and not (name.startswith("hidden-") and attribute(each, "is-hidden") == "true"):
            _walk(each, styles, line, setting)
        _say(each.tail, line, setting)


def _say(text: str | None, line: Line, setting: _Setting) -> None:
    if text:
        words = plain(text)
        line.parts.append(raised(words) if setting.is_raised else words)
        line.looks[setting.look] += len(words.strip())
