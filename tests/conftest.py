"""What every test may lean on: no network beyond this machine, no settings from outside."""

from __future__ import annotations

import pytest
import pytest_socket


def pytest_runtest_setup() -> None:
    """Let a test reach this machine at most."""
    pytest_socket.socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in (
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_URL",
        "KNOWLEDGE_DIR",
        "DATA_DIR",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
    ):
        monkeypatch.delenv(key, raising=False)
