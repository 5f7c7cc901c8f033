"""Lines of a report, wrapped to a terminal's width with their indent kept."""

from __future__ import annotations

from rich.cells import cell_len

HANGING = "  "
"""What a line's continuation stands in further than the line itself."""


def wrap_line(line: str, width: int) -> str:
    """`line` as lines of at most `width` columns, broken at spaces alone: a path stays one piece however long it is."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    lines: list[str] = []
    for word in line.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{indent}{HANGING if lines else ''}{word}")
    return "\n".join(lines)
