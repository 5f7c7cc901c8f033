"""The two bots of the load benchmark, each a process: `python -m tests.benchmarks.load_bots ours|echo`.

Telegram lets thirty messages a second go, and both bots keep to that; here that limit is lifted, for beside it nothing
else would be seen. All else is as shipped; the echo bot has the same library, limiter, connections and turns.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.__main__ import main
from bot.app import ALLOWED_UPDATES
from bot.settings import load_settings
from bot.update_order import MOST_AT_ONCE

ROOT = Path(__file__).parent.parent.parent
CONNECTIONS = 64
GOODBYE_SECONDS = 15.0
NO_LIMIT = 0.0


def lift_sending_limit() -> None:
    """Let a limiter that is made without arguments let everything go at once."""
    _, *others = AIORateLimiter.__init__.__defaults__ or ()
    AIORateLimiter.__init__.__defaults__ = (NO_LIMIT, *others)


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def echo_inline(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Offer what was typed."""
    assert update.inline_query is not None
    words = update.inline_query.query
    content = InputTextMessageContent(words)
    article = InlineQueryResultArticle(hashlib.sha256(words.encode()).hexdigest()[:32], words, content)
    await update.inline_query.answer([article])


def run_echo() -> int:
    """Serve until the process is told to end."""
    settings = load_settings()
    assert settings.telegram_bot_token is not None
    application: Application[object, object, object, object, object, object] = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.reveal())
        .base_url(f"{settings.telegram_api_url}/bot")
        .request(HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=60))
        .rate_limiter(AIORateLimiter())
        .concurrent_updates(MOST_AT_ONCE)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(InlineQueryHandler(echo_inline))
    application.run_polling(allowed_updates=ALLOWED_UPDATES)
    return 0


class BotProcess:
    """One of the two bots while it runs, and what it takes."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._log = log
        self._place = Path("/proc") / str(process.pid)

    @property
    def resident_mib(self) -> float:
        """The memory that it holds, in MiB; without what it shares with files."""
        pages = (self._place / "statm").read_text("ascii").split()
        return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE") / 2**20

    @property
    def worked_seconds(self) -> float:
        """How long processors have worked for it (proc_pid_stat(5), utime and stime)."""
        fields = (self._place / "stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def log(self) -> str:
        """The end of what it told on standard error."""
        return self._log.read_text("utf-8")[-3000:]


@contextmanager
def running(which: str, place: Path, settings: dict[str, str]) -> Iterator[BotProcess]:
    """The bot of that name, its log in `place`; it is ended as an operator would end it."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    command = [sys.executable, "-m", "tests.benchmarks.load_bots", which]
    with (place / f"{which}.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=kept | settings, stdout=log, stderr=log)
        try:
            yield BotProcess(process, place / f"{which}.log")
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(GOODBYE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if __name__ == "__main__":
    lift_sending_limit()
    sys.exit(run_echo() if sys.argv[1] == "echo" else main([]))
