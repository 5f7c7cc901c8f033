"""Settings: each value is checked at the door, and the token is never shown."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from bot_api.telegram import TOKEN

from bot.errors import SettingsError
from bot.settings import Secret, Settings, load_settings, parse_settings

ROOT = Path(__file__).parent.parent


def test_nothing_set_gives_the_defaults() -> None:
    assert parse_settings({}) == Settings()
    assert parse_settings(dict.fromkeys(("TELEGRAM_BOT_TOKEN", "OWNERS", "LOG_LEVEL"), " ")) == Settings()


def test_every_key_reaches_its_field() -> None:
    assert parse_settings(
        {
            "TELEGRAM_BOT_TOKEN": f" {TOKEN}\n",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "TELEGRAM_TEST_ENVIRONMENT": "Yes",
            "KNOWLEDGE_DIR": "k",
            "DATA_DIR": "/d",
            "OWNERS": "1, 2",
            "ALLOWED_CHATS": "-1001 7,",
            "RETENTION_DAYS": "0",
            "CONVERSATION_MINUTES": "5",
            "QUESTIONS_A_MINUTE": "7",
            "SEND_FILES": "yes",
            "WEBHOOK_URL": "http://127.0.0.1:8443/hook/",
            "WEBHOOK_LISTEN": "[::1]:8081",
            "WEBHOOK_SECRET": "s3cret",
            "LOG_LEVEL": "debug",
        }
    ) == Settings(
        telegram_bot_token=Secret(TOKEN),
        telegram_api_url="http://127.0.0.1:8081",
        telegram_test_environment=True,
        knowledge_dir=Path("k"),
        data_dir=Path("/d"),
        owners=frozenset({1, 2}),
        allowed_chats=frozenset({-1001, 7}),
        retention_days=0,
        conversation_minutes=5,
        questions_a_minute=7,
        send_files=True,
        webhook_url="http://127.0.0.1:8443/hook",
        webhook_listen="[::1]:8081",
        webhook_secret=Secret("s3cret"),
        log_level="DEBUG",
    )


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("TELEGRAM_API_URL", "ftp://x", "TELEGRAM_API_URL=ftp://x is no address."),
        ("TELEGRAM_API_URL", "http://[", "TELEGRAM_API_URL=http://[ is no address."),
        ("TELEGRAM_API_URL", "http://x:99999", "TELEGRAM_API_URL=http://x:99999 is no address."),
        (
            "TELEGRAM_TEST_ENVIRONMENT",
            "maybe",
            "TELEGRAM_TEST_ENVIRONMENT=maybe is neither yes nor no. Write yes or no.",
        ),
        ("OWNERS", "1, @me", "OWNERS=1, @me: @me is no id. Write numbers with commas between, like 12345, -100678."),
        ("ALLOWED_CHATS", "1-2", "ALLOWED_CHATS=1-2: 1-2 is no id."),
        ("RETENTION_DAYS", "-1", "RETENTION_DAYS=-1 is no number of days. Write a whole number, 0 to keep everything."),
        ("QUESTIONS_A_MINUTE", "many", "QUESTIONS_A_MINUTE=many is no number of questions. Write a whole number up to"),
        ("WEBHOOK_URL", "bot.example", "WEBHOOK_URL=bot.example is no address."),
        ("WEBHOOK_URL", "http://bot.example", "WEBHOOK_URL=http://bot.example: Telegram delivers to https:// alone."),
        (
            "WEBHOOK_URL",
            "https://bot.example:9000",
            "WEBHOOK_URL=https://bot.example:9000: Telegram delivers to ports 443, 80, 88 and 8443 alone. Name one.",
        ),
        ("WEBHOOK_LISTEN", "8080", "WEBHOOK_LISTEN=8080 is no address to listen at. Write host and port, like 127."),
        ("WEBHOOK_LISTEN", "localhost:0", "WEBHOOK_LISTEN=localhost:0 is no address to listen at."),
        ("WEBHOOK_LISTEN", "a b:1", "WEBHOOK_LISTEN=a b:1 is no address to listen at."),
        ("WEBHOOK_SECRET", "not allowed", "WEBHOOK_SECRET is no secret that Telegram takes (its value is not shown)."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=loud is no level. Write one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_key(key: str, value: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match="^" + re.escape(complaint)):
        parse_settings({key: value})


@pytest.mark.parametrize("token", ["123:abc/def", "abc", ":abc", "123:", "bot123:abc"])
def test_a_token_that_is_none_is_not_shown(token: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_settings({"TELEGRAM_BOT_TOKEN": token})
    assert str(refused.value).startswith("TELEGRAM_BOT_TOKEN is no bot token (its value is not shown).")
    assert "abc" not in str(refused.value)


def test_a_secret_prints_as_stars_everywhere() -> None:
    secret = Secret(TOKEN)
    settings = Settings(telegram_bot_token=secret)
    for shown in (
        str(secret),
        repr(secret),
        f"{secret}",
        f"{secret:>40}",
        f"{secret!r}",
        repr(settings),
    ):
        assert TOKEN not in shown
        assert "********" in shown
    assert secret.reveal() == TOKEN
    assert secret == Secret(TOKEN) != Secret("1:x")


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("KNOWLEDGE_DIR=from-file\nDATA_DIR=from-file\nOWNERS\n", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", "from-environment")
    settings = load_settings(tmp_path / ".env")
    assert (settings.knowledge_dir, settings.data_dir) == (Path("from-file"), Path("from-environment"))


def test_a_file_of_settings_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"OWNERS=\xff\xfe")
    with pytest.raises(SettingsError, match=r"cannot be read.*Save it as UTF-8 text, or remove it"):
        load_settings(tmp_path / ".env")


def test_the_example_names_every_setting_once_with_one_comment_and_its_default() -> None:
    blocks = (ROOT / ".env.example").read_text("utf-8").strip().split("\n\n")[1:]
    found = {}
    for block in blocks:
        comment, line = block.splitlines()
        assert comment.startswith("# ")
        key, _, value = line.partition("=")
        found[key] = value
    assert list(found) == [field.name.upper() for field in dataclasses.fields(Settings)]
    assert parse_settings(found) == Settings()
