"""Webhook mode: where Telegram delivers updates, under a path and with a secret that nobody can guess."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from telegram.ext import Application

from bot.errors import SettingsError
from bot.settings import Secret, Settings


@dataclass(frozen=True, slots=True)
class Webhook:
    """Telegram posts to `url`, with `secret` in a header; the bot listens at `host` and `port` for it.

    `path` is a pattern: a proxy may hand on the whole path of `url`, or only its last part.
    """

    url: str
    host: str
    port: int
    path: str
    secret: str


def webhook_of(settings: Settings) -> Webhook:
    """The webhook that `settings` describe, which have a token and a webhook_url.

    The path is an HMAC of the token and the secret, and so is a secret that is not given: neither tells the token,
    and both are the same after a restart, without anything to be kept.
    """
    token = settings.telegram_bot_token.reveal() if settings.telegram_bot_token else ""
    secret = settings.webhook_secret.reveal() if settings.webhook_secret else _derived(token, "secret")
    last = _derived(token, f"path {secret}")
    prefix = urlsplit(settings.webhook_url).path.strip("/")
    host, _, port = settings.webhook_listen.rpartition(":")
    return Webhook(
        url=f"{settings.webhook_url}/{last}",
        host=host.strip("[]"),
        port=int(port),
        path=f"(?:{re.escape(prefix)}/)?{last}" if prefix else last,
        secret=secret,
    )


def webhook_secrets(settings: Settings) -> tuple[Secret, ...]:
    """What nobody may read in a log: the secret, set or derived, and the last part of the webhook's path."""
    if not settings.webhook_url:
        return (settings.webhook_secret,) if settings.webhook_secret else ()
    webhook = webhook_of(settings)
    return Secret(webhook.secret), Secret(webhook.url.rpartition("/")[2])


def run_by_webhook(
    application: Application[Any, Any, Any, Any, Any, Any],
    webhook: Webhook,
    allowed_updates: Sequence[str],
    bootstrap_retries: int,
) -> None:
    """Serve until the process is told to end. Raises SettingsError where nobody can listen there."""
    try:
        application.run_webhook(
            listen=webhook.host,
            port=webhook.port,
            url_path=webhook.path,
            webhook_url=webhook.url,
            secret_token=webhook.secret,
            allowed_updates=list(allowed_updates),
            bootstrap_retries=bootstrap_retries,
        )
    except OSError as error:
        raise SettingsError(
            f"WEBHOOK_LISTEN={webhook.host}:{webhook.port}: nobody can listen there ({error.strerror or error}). "
            "Name an address of this computer, and a port that is free."
        ) from error


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"webhook {purpose}".encode(), hashlib.sha256).hexdigest()[:40]
