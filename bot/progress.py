"""How far the first reading of a long folder is: a bar on standard error, for a person who waits."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENT_SECONDS = 0.5
"""What is read sooner needs no bar."""


class ReadingBar:
    """To be told how many files of how many are read; shows it on a terminal, and nothing anywhere else."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` files of `total` are read, unless it does not take long."""
        if self._shown is None and sys.stderr.isatty() and time.monotonic() - self._began > PATIENT_SECONDS:
            self._shown = _begun(total)
        if self._shown:
            progress, task = self._shown
            progress.update(task, completed=done, total=total)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._shown[0].stop()


def _begun(total: int) -> tuple[Progress, TaskID]:
    # Imported here: rich is for people who wait, and other programs ask more often.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = TextColumn("Reading documents: {task.completed:,} of {task.total:,}"), BarColumn(), TimeRemainingColumn()
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=total)
    progress.start()
    return progress, task
