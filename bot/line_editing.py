"""What a person types in the terminal, line by line, with editing and a history where there is somebody to edit."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import ModuleType

PROMPT = "› "
MOST_KEPT = 500
"""Lines of the history file."""


class Lines:
    """Standard input; `history` is where what was typed is kept for the next time, readable by its owner alone.

    A history that cannot be read or written costs nobody an answer: it is done without.
    """

    def __init__(self, history: Path | None = None) -> None:
        self._readline = _line_editor() if sys.stdin.isatty() else None
        self._history = history if self._readline else None
        if self._readline and self._history:
            with contextlib.suppress(OSError):
                self._readline.read_history_file(str(self._history))

    def next(self) -> str | None:
        """The next line that holds something, without white space at its ends; None where there are no more.

        Raises KeyboardInterrupt where the person presses Ctrl-C.
        """
        while (line := self._read()) is not None:
            if line := line.strip():
                return line
        return None

    def _read(self) -> str | None:
        if sys.stdin.isatty():
            try:
                return input(PROMPT)
            except EOFError:
                sys.stdout.write("\n")
                return None
        line = sys.stdin.readline()
        if line.strip():
            sys.stdout.write(f"{PROMPT}{line.strip()}\n")
        return line or None

    def forget(self) -> None:
        """Delete the history, here and in its file."""
        if self._readline:
            self._readline.clear_history()
        if self._history:
            self._history.unlink(missing_ok=True)

    def close(self) -> None:
        """Keep the history for the next time."""
        if not (self._readline and self._history and self._readline.get_current_history_length()):
            return
        self._readline.set_history_length(MOST_KEPT)
        with contextlib.suppress(OSError):
            self._history.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._history, os.O_CREAT | os.O_WRONLY, 0o600))
            self._history.chmod(0o600)
            self._readline.write_history_file(str(self._history))


def _line_editor() -> ModuleType | None:
    """GNU readline or what stands in for it; its import alone gives input() its line editing. None on some systems."""
    try:
        import readline  # noqa: PLC0415 (for those who type; pipes do without)
    except ImportError:
        return None
    return readline
