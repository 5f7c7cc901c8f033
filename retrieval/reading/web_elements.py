"""What of a web page can be seen: its elements, and the runs of text in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

WRITER_NAMES = frozenset({"author", "authors", "byline", "journalist", "reporter", "writer"})
"""What a page's author calls the elements that name a text's writer."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element of a page; `names` are what its author calls it by id, class and role, `parts` the words in them."""

    tag: str
    parent: Element | None
    names: frozenset[str]
    parts: frozenset[str]
    is_block: bool


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A paragraph's worth of text: `words` with single spaces, a newline where the page breaks the line.

    `element` is the block that it stands in, `linked` and `bold` are the shares of it that are a link's and bold;
    `is_prose` says whether it speaks in whole sentences. `barred` has a short run's words in one line, with a
    bar where elements adjoin without a space: pages part labels from values by their looks alone.
    """

    words: str
    element: Element
    linked: float
    bold: float
    is_prose: bool
    barred: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A page: its elements, parents before their children, and its runs, both in the page's order.

    `pictured` are the elements that have a picture right in them. `times` are the times that the page gives machines
    to read, `writers` the short texts that it calls a writer's name, each with the number of runs above it.
    """

    elements: tuple[Element, ...]
    runs: tuple[Run, ...]
    pictured: frozenset[Element]
    times: tuple[tuple[int, str], ...] = ()
    writers: tuple[tuple[int, str], ...] = ()

    def sums(self, runs: Iterable[Run], measure: Callable[[Run], float]) -> Mapping[Element, float]:
        """For each element the sum of `measure` over those of the `runs` that stand in it."""
        sums = dict.fromkeys(self.elements, 0.0)
        for run in runs:
            sums[run.element] += measure(run)
        for element in reversed(self.elements):
            if element.parent:
                sums[element.parent] += sums[element]
        return sums

    def nearest(self, is_such: Callable[[Element], bool]) -> Mapping[Element, Element | None]:
        """For each element, itself if it `is_such`, else the nearest around it that is."""
        nearest: dict[Element, Element | None] = {}
        for element in self.elements:
            outer = nearest[element.parent] if element.parent else None
            nearest[element] = element if is_such(element) else outer
        return nearest
