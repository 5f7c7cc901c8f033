"""The log: to standard error, one line an event, and never with a secret in it."""

from __future__ import annotations

import logging
import sys
import time
from urllib.parse import quote

from telegram.error import TelegramError

from bot.errors import UnusableJournalError
from bot.events import Event, pairs, printable
from bot.settings import Secret

SHORTEST_PART = 16
"""From this length on the half of a token behind its colon is replaced on its own, too."""

QUIET_LOGGERS = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,
    "aiosqlite": logging.INFO,
    "watchfiles": logging.WARNING,
}
"""The first three tell each request's address, of which the token is a part; then what people asked; each change."""


class RedactingFormatter(logging.Formatter):
    """Writes a record, its traceback included, with every secret replaced in all of it.

    A record is one line of `key=value` pairs, whatever is in it: time (UTC), level, event, and what is known of it;
    a message of another kind is the event `message`, with the logger that it is `by`. A terminal's reader gets the
    time of day first, and a traceback on lines of its own.
    """

    def __init__(self, *secrets: Secret, for_terminal: bool = False) -> None:
        super().__init__()
        spellings = {spelling for secret in secrets for spelling in _spellings(secret.reveal())}
        self._spellings = sorted(spellings, key=len, reverse=True)
        self._for_terminal = for_terminal

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without the secrets."""
        text = self._for_people(record) if self._for_terminal else self._for_programs(record)
        for spelling in self._spellings:
            text = text.replace(spelling, "********")
        return text

    def _for_programs(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z"
        fields: dict[str, object] = {"time": at, "level": record.levelname.lower()}
        if isinstance(record.msg, Event):
            fields |= {"event": record.msg.name, **record.msg.fields}
        else:
            fields |= {"event": "message", "by": record.name, "text": record.getMessage()}
        if trace := self._trace(record):
            fields["trace"] = trace
        return pairs(fields)

    def _for_people(self, record: logging.LogRecord) -> str:
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        text = str(record.msg) if isinstance(record.msg, Event) else f"{record.name}: {record.getMessage()}"
        lines = [f"{at} {record.levelname} {text}", *self._trace(record).splitlines()]
        return "\n".join(map(printable, lines))

    def _trace(self, record: logging.LogRecord) -> str:
        traces = (self.formatException(record.exc_info) if record.exc_info else "", record.stack_info or "")
        return "\n".join(filter(None, traces))


def start_logging(level: str, *secrets: Secret) -> None:
    """Send everything from `level` on to standard error, without the secrets; warnings too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(*secrets, for_terminal=sys.stderr.isatty()))
    handler.addFilter(_without_network_traceback)
    handler.addFilter(_is_not_told_yet)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name, at_least in QUIET_LOGGERS.items():
        logging.getLogger(name).setLevel(max(at_least, logging.getLogger().level))


def _spellings(secret: str) -> set[str]:
    """How a secret may be written: as it is, in an address, and the half of a token behind its colon."""
    part = secret.partition(":")[2]
    return {secret, quote(secret, safe=""), *([part] if len(part) >= SHORTEST_PART else [])} - {""}


def _without_network_traceback(record: logging.LogRecord) -> bool:
    """Telegram's own refusals and a network that is down are told in their sentence; where in the code says nothing."""
    if record.exc_info and record.name.startswith("telegram") and isinstance(record.exc_info[1], TelegramError):
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]})", ()
        record.exc_info = None
    return True


def _is_not_told_yet(record: logging.LogRecord) -> bool:
    """What follows from a journal that cannot be used is for DEBUG: it has said so itself, once and not every time."""
    follows = record.exc_info is not None and isinstance(record.exc_info[1], UnusableJournalError)
    return not follows or logging.getLogger().level <= logging.DEBUG
