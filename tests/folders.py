"""Made-up folders, and workers that remember what they were given to do."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from retrieval.ingestion import Task
from retrieval.workers import Workers

_MOMENTS = itertools.count(1_700_000_000)


class NotingWorkers(Workers):
    """Notes the paths of what is taken in; what is only analysed again has a + before it."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[str] = []

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, bytes]]:
        for task, outcome in super().outcomes(tasks):
            self.noted.append(f"+{task.path}" if task.document else task.path)
            yield task, outcome

    def take_notes(self) -> list[str]:
        """What was noted since the last time, in order of paths."""
        found, self.noted = sorted(self.noted), []
        return found


def write(folder: Path, **files: str) -> None:
    """Write files long ago, each after those before it; names are keywords with _ for . and __ for /."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        age(path)


def age(path: Path) -> None:
    """Let `path` have been written long ago, and after every file aged before."""
    moment = next(_MOMENTS)
    os.utime(path, (moment, moment))
