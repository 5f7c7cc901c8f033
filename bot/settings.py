"""Settings: the environment and `.env`, read once into one frozen record; nothing else reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SettingsError


class Secret:
    """A value that prints as stars; `reveal()` alone tells it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('********')"

    def __str__(self) -> str:
        return "********"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set; each field is the key of the same name, in capitals.

    `retention_days` is 0 where the journal keeps turns for good, `conversation_minutes` where a conversation never
    lapses, `questions_a_minute` where nobody is held back; no `allowed_chats` means that everybody may ask, no
    `webhook_url` that Telegram is asked for updates.
    """

    telegram_bot_token: Secret | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_test_environment: bool = False
    knowledge_dir: Path = Path("knowledge")
    data_dir: Path = Path("data")
    owners: frozenset[int] = frozenset()
    allowed_chats: frozenset[int] = frozenset()
    retention_days: int = 90
    conversation_minutes: int = 60
    questions_a_minute: int = 20
    send_files: bool = False
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8080"
    webhook_secret: Secret | None = None
    log_level: str = "INFO"


def load_settings(env_file: Path = Path(".env")) -> Settings:
    """The settings of this process: its environment, and `env_file` for what the environment leaves open."""
    try:
        from_file = dotenv_values(env_file, interpolate=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read ({error}). Save it as UTF-8 text, or remove it.") from error
    return parse_settings({**{key: value or "" for key, value in from_file.items()}, **os.environ})


def system_language() -> str | None:
    """The language that the system speaks to this process, like "ko_KR.UTF-8"; None where it does not say.

    Read as the C library reads it, whether or not that language is installed
    (https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html).
    """
    return next(filter(None, (os.environ.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))), None)


def parse_settings(values: Mapping[str, str]) -> Settings:
    """The settings that `values` spell; what is absent or empty keeps its default. Raises SettingsError."""
    given = {key: value.strip() for key, value in values.items() if value.strip()}
    default = Settings()
    return Settings(
        telegram_bot_token=_parse_token(given),
        telegram_api_url=_parse_url(given, "TELEGRAM_API_URL", default.telegram_api_url),
        telegram_test_environment=_parse_switch(given, "TELEGRAM_TEST_ENVIRONMENT"),
        knowledge_dir=Path(given.get("KNOWLEDGE_DIR", default.knowledge_dir)),
        data_dir=Path(given.get("DATA_DIR", default.data_dir)),
        owners=_parse_ids(given, "OWNERS"),
        allowed_chats=_parse_ids(given, "ALLOWED_CHATS"),
        retention_days=_parse_days(given, "RETENTION_DAYS", default.retention_days),
        conversation_minutes=_parse_minutes(given, "CONVERSATION_MINUTES", default.conversation_minutes),
        questions_a_minute=_parse_count(given, "QUESTIONS_A_MINUTE", default.questions_a_minute),
        send_files=_parse_switch(given, "SEND_FILES"),
        webhook_url=_parse_webhook_url(given, "WEBHOOK_URL"),
        webhook_listen=_parse_listen(given, "WEBHOOK_LISTEN", default.webhook_listen),
        webhook_secret=_parse_secret(given, "WEBHOOK_SECRET"),
        log_level=_parse_level(given, "LOG_LEVEL", default.log_level),
    )


def _parse_token(given: Mapping[str, str]) -> Secret | None:
    token = given.get("TELEGRAM_BOT_TOKEN")
    if token is None:
        return None
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is no bot token (its value is not shown). "
            "Copy the token from @BotFather whole: digits, a colon, then letters, digits, - and _."
        )
    return Secret(token)


def _parse_url(given: Mapping[str, str], key: str, default: str) -> str:
    url = given.get(key, default)
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or set(url) & set(" {}?#"):
        raise SettingsError(
            f"{key}={url} is no address. Write it like https://api.telegram.org or http://127.0.0.1:8081."
        )
    return url.rstrip("/")


def _parse_webhook_url(given: Mapping[str, str], key: str) -> str:
    """Where Telegram itself delivers (https://core.telegram.org/bots/webhooks); other servers may deliver anywhere."""
    if key not in given:
        return ""
    url = _parse_url(given, key, "")
    parts = urlsplit(url)
    if "TELEGRAM_API_URL" not in given or given["TELEGRAM_API_URL"].rstrip("/") == Settings().telegram_api_url:
        if parts.scheme != "https":
            raise SettingsError(f"{key}={url}: Telegram delivers to https:// alone. Put a proxy before the bot.")
        if parts.port not in {None, 443, 80, 88, 8443}:
            raise SettingsError(f"{key}={url}: Telegram delivers to ports 443, 80, 88 and 8443 alone. Name one.")
    return url


def _parse_listen(given: Mapping[str, str], key: str, default: str) -> str:
    value = given.get(key, default)
    found = re.fullmatch(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})", value, re.ASCII)
    if not found or not 0 < int(found[1]) < 65536:
        raise SettingsError(f"{key}={value} is no address to listen at. Write host and port, like 127.0.0.1:8080.")
    return value


def _parse_secret(given: Mapping[str, str], key: str) -> Secret | None:
    value = given.get(key)
    if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise SettingsError(
            f"{key} is no secret that Telegram takes (its value is not shown). "
            "Write at most 256 letters of A-Z, a-z, digits, _ and -, or leave it out: then one is made from the token."
        )
    return Secret(value) if value else None


def _parse_switch(given: Mapping[str, str], key: str) -> bool:
    value = given.get(key, "no")
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise SettingsError(f"{key}={value} is neither yes nor no. Write yes or no.")


def _parse_ids(given: Mapping[str, str], key: str) -> frozenset[int]:
    ids = re.split(r"[,\s]+", given.get(key, "").strip(", "))
    for number in filter(None, ids):
        if not re.fullmatch(r"-?[0-9]{1,18}", number):
            raise SettingsError(
                f"{key}={given[key]}: {number} is no id. Write numbers with commas between, like 12345, -100678."
            )
    return frozenset(int(number) for number in ids if number)


def _parse_days(given: Mapping[str, str], key: str, default: int) -> int:
    value = given.get(key, str(default))
    if not re.fullmatch(r"[0-9]{1,5}", value):
        raise SettingsError(f"{key}={value} is no number of days. Write a whole number, 0 to keep everything.")
    return int(value)


def _parse_minutes(given: Mapping[str, str], key: str, default: int) -> int:
    value = given.get(key, str(default))
    if not re.fullmatch(r"[0-9]{1,7}", value):
        raise SettingsError(f"{key}={value} is no number of minutes. Write a whole number, 0 for no end.")
    return int(value)


def _parse_count(given: Mapping[str, str], key: str, default: int) -> int:
    value = given.get(key, str(default))
    if not re.fullmatch(r"[0-9]{1,4}", value):
        raise SettingsError(
            f"{key}={value} is no number of questions. Write a whole number up to 9999, 0 for no limit."
        )
    return int(value)


def _parse_level(given: Mapping[str, str], key: str, default: str) -> str:
    level = given.get(key, default).upper()
    levels = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    if level not in levels:
        raise SettingsError(f"{key}={given[key]} is no level. Write one of {', '.join(levels)}.")
    return level
