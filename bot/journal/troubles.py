"""What may befall the journal while the bot runs, told once: in the log, and to whoever listens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.events import Event

log = logging.getLogger(__name__)

TOLD_AGAIN_SECONDS = 3600.0
"""A disk that is full, has room and is full again is news once an hour."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """The journal was damaged: it is kept under the name `aside`, and a new one was begun."""

    aside: Path


@dataclass(frozen=True, slots=True)
class Failing:
    """The journal cannot be used, for a `reason` in few words; the bot goes on without it until it can."""

    reason: str


Trouble = Damaged | Failing


class Troubles:
    """Knows why the journal fails, so that each failure is told once and not with every question.

    `reason` is empty while it works; `listener` is told of each trouble.
    """

    def __init__(self) -> None:
        self.listener: Callable[[Trouble], None] | None = None
        self.reason = ""
        self._told_at = -TOLD_AGAIN_SECONDS

    def damaged(self, path: Path, aside: Path, fault: str) -> None:
        """The journal was found damaged, and moved aside."""
        log.error(Event("journal_damaged", file=path, reason=fault, kept_as=aside, new="begun"))
        self._tell(Damaged(aside))

    def fails(self, path: Path, reason: str) -> None:
        """Something could not be read or written."""
        if self.reason:
            return
        self.reason = reason or "unknown"
        log.error(Event("journal_unusable", file=path, reason=reason, answers="sent, not remembered"))
        if time.monotonic() - self._told_at >= TOLD_AGAIN_SECONDS:
            self._told_at = time.monotonic()
            self._tell(Failing(reason))

    def works(self, path: Path) -> None:
        """Something was written."""
        if self.reason:
            self.reason = ""
            log.warning(Event("journal_usable_again", file=path))

    def _tell(self, trouble: Trouble) -> None:
        if self.listener is not None:
            self.listener(trouble)
