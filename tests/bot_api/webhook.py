"""Delivery of updates to the bot's webhook, one after another, each again until it is taken."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from .telegram import Telegram

LOOK_SECONDS = 0.1


@contextmanager
def delivering(telegram: Telegram) -> Iterator[None]:
    """Deliver while the webhook is set."""
    ended = threading.Event()

    def deliver() -> None:
        while not ended.is_set():
            update = telegram.next_update(LOOK_SECONDS)
            if update is None:
                continue
            secret = telegram.webhook.get("secret_token", "")
            status = post_update(telegram.webhook["url"], json.dumps(update).encode(), secret)
            if status == 200:
                telegram.delivered(update)
            else:
                time.sleep(LOOK_SECONDS)

    thread = threading.Thread(target=deliver)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def post_update(url: str, update: bytes, secret: str | None) -> int:
    """The status that the webhook answers with; 0 where nobody listens."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    try:
        connection.request("POST", parts.path, update, headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
