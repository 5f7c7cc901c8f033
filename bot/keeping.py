"""`backup` and `restore` on the command line: what was kept, where, and what that means for those who asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from bot.journal.copies import Holding, back_up, restore


def report_backup(journal: Path, copy: Path) -> Iterator[str]:
    """Make the copy; line by line what it holds."""
    holding = back_up(journal, copy)
    yield f"{copy} is a whole copy of {journal}."
    yield from _holding_lines(holding)
    yield "It keeps what /forget and RETENTION_DAYS take out of the journal: delete it once you need it no more."


def report_restore(copy: Path, journal: Path) -> Iterator[str]:
    """Put the copy in the journal's place; line by line what it holds, and where the one before is."""
    holding, aside = restore(copy, journal, dt.datetime.now().astimezone().date())
    yield f"{journal} is the journal of {copy} now."
    yield from _holding_lines(holding)
    if aside:
        yield f"The one before is kept as {aside}: delete it once you need it no more."
    yield "What was deleted by /forget since the backup is in it again; outdated answers go when the bot starts."


def _holding_lines(holding: Holding) -> Iterator[str]:
    days = f", from {holding.first} to {holding.last}" if holding.first and holding.last else ""
    yield f"  answers: {holding.answers}{days}"
    yield f"  votes: {holding.votes}, languages chosen: {holding.languages}, chats let in: {holding.admitted}"
    yield f"  addresses of quotes: {holding.links}, size: {holding.size_bytes / 1e6:.1f} MB"
