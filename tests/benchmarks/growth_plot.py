"""Draws what a query costs as the corpus grows: `python -m tests.benchmarks.growth_plot FIGURES.json [OUT.svg]`.

FIGURES is what `python -m tests.benchmarks.scale --json` wrote. Both scales are logarithmic; each line bears its
engine's name; the colours stand on light and on dark pages.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.engines import OURS

OUT = Path(__file__).with_name("growth.svg")
Points = dict[str, list[tuple[int, float]]]

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 590, 34, 352
_NEAREST_LABELS = 16
_ACCENT, _GREY = "#d9680a", "#7d8590"  # at least 3.4 : 1 on white and on #0d1117
_STYLE = f"text{{font:13px system-ui,sans-serif;fill:{_GREY}}}.ours{{fill:{_ACCENT};font-weight:700}}"


def medians(figures: str) -> Points:
    """By engine its median milliseconds at each size, in order of size."""
    found: Points = defaultdict(list)
    for row in json.loads(figures)["rows"]:
        found[row["engine"]].append((row["passages"], statistics.median(row["times_ms"])))
    return {engine: sorted(points) for engine, points in found.items()}


def drawn(lines: Points) -> str:
    """The picture as SVG."""
    sizes = sorted({size for points in lines.values() for size, _ in points})
    times = [time for points in lines.values() for _, time in points]
    scale = _Scale(sizes, math.floor(math.log10(min(times))), math.ceil(math.log10(max(times))))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        "<title>Median time of a query as the number of passages grows</title>",
        f"<style>{_STYLE}</style>",
        f'<text x="{_LEFT}" y="18">median time of a query, by number of passages (both scales logarithmic)</text>',
        *_grid(scale, sizes),
        *_curves(scale, lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Scale:
    """Where a size and a time lie in the picture."""

    def __init__(self, sizes: list[int], least: int, most: int) -> None:
        self._first, self._span = math.log10(sizes[0]), math.log10(sizes[-1]) - math.log10(sizes[0]) or 1.0
        self.powers = range(least, max(most, least + 1) + 1)

    def x(self, size: int) -> float:
        return _LEFT + (math.log10(size) - self._first) / self._span * (_RIGHT - _LEFT)

    def y(self, milliseconds: float) -> float:
        share = (math.log10(milliseconds) - self.powers[0]) / (self.powers[-1] - self.powers[0])
        return _BOTTOM - share * (_BOTTOM - _TOP)


def _grid(scale: _Scale, sizes: list[int]) -> Iterator[str]:
    for power in scale.powers:
        y = scale.y(10.0**power)
        label = f"{10 ** (power - 3)} s" if power >= 3 else f"{10**power:g} ms"
        yield f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="{_GREY}" stroke-opacity=".3"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    for size in sizes:
        label = f"{size // 10**6} million" if size % 10**6 == 0 else f"{size:,}"
        yield f'<text x="{scale.x(size):.1f}" y="{_BOTTOM + 24}" text-anchor="middle">{label}</text>'


def _curves(scale: _Scale, lines: Points) -> Iterator[str]:
    for engine, points in sorted(lines.items(), key=lambda line: line[0] == OURS):  # ours lies on top
        colour, width = (_ACCENT, 3) if engine == OURS else (_GREY, 1.5)
        places = [(scale.x(size), scale.y(time)) for size, time in points]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width + 1}" fill="{colour}"/>' for x, y in places)
    ends: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for engine, points in lines.items():
        ends[points[-1][0]].append((scale.y(points[-1][1]), engine))
    for size, labels in ends.items():
        for y, engine in _apart(sorted(labels)):
            kind = ' class="ours"' if engine == OURS else ""
            yield f'<text x="{scale.x(size) + 10:.1f}" y="{y + 4:.1f}"{kind}>{escape(engine)}</text>'


def _apart(labels: Iterable[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """The labels from top to bottom, each moved down as far as the one above it asks for."""
    last = -math.inf
    for y, label in labels:
        last = max(y, last + _NEAREST_LABELS)
        yield last, label


def main() -> None:
    """Draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    options = parser.parse_args()
    options.out.write_text(drawn(medians(options.figures.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
