"""What the markup of a web page calls its runs: captions, by-lines, notes."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.reading.web_captions import captions_of
from retrieval.reading.web_elements import WRITER_NAMES, Element, Run, Tree

_NOTES = frozenset(
    """doc-endnote doc-endnotes doc-footnote endnote endnotes fn footnote footnotes references reflist
    sdfootnote""".split()
)
_LONGEST_BYLINE = 700
"""What is named after its writer and longer than this is the text itself."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The runs that the markup calls captions, by-lines and notes."""

    captions: frozenset[Run]
    bylines: frozenset[Run]
    notes: frozenset[Run]


def marks_of(tree: Tree) -> Marks:
    """What the markup of `tree` calls its runs."""
    sizes = tree.sums(tree.runs, lambda run: len(run.words))

    def names_writer(element: Element) -> bool:
        return sizes[element] <= _LONGEST_BYLINE and not WRITER_NAMES.isdisjoint(element.parts)

    writers = tree.nearest(names_writer)
    notes = tree.nearest(lambda element: not _NOTES.isdisjoint(element.names | element.parts))
    return Marks(
        captions_of(tree),
        frozenset(run for run in tree.runs if writers[run.element]),
        frozenset(run for run in tree.runs if notes[run.element]),
    )
