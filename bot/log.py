"""The log: to standard error, and never with the token in it."""

from __future__ import annotations

import logging
import sys
from urllib.parse import quote

from telegram.error import TelegramError

from bot.settings import Secret

LINE_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
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
    """Writes a record, its traceback included, with the secret replaced in all of it."""

    def __init__(self, secret: Secret) -> None:
        super().__init__(LINE_FORMAT)
        token = secret.reveal()
        part = token.partition(":")[2]
        spellings = {token, quote(token, safe=""), *([part] if len(part) >= SHORTEST_PART else [])}
        self._spellings = sorted(spellings, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without the secret."""
        text = super().format(record)
        for spelling in self._spellings:
            text = text.replace(spelling, "********")
        return text


def start_logging(level: str, secret: Secret) -> None:
    """Send everything from `level` on to standard error, without the secret; warnings too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secret))
    handler.addFilter(_without_network_traceback)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name, at_least in QUIET_LOGGERS.items():
        logging.getLogger(name).setLevel(max(at_least, logging.getLogger().level))


def _without_network_traceback(record: logging.LogRecord) -> bool:
    """Telegram's own refusals and a network that is down are told in their sentence; where in the code says nothing."""
    if record.exc_info and record.name.startswith("telegram") and isinstance(record.exc_info[1], TelegramError):
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]})", ()
        record.exc_info = None
    return True
