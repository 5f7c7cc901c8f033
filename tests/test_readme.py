"""The README: its sample is what the bot prints, and its commands are those that there are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.handlers.owners import OWNER_MENU

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = {"ask", "chat", "check", "evaluate", "text", "backup", "restore"}


def _run(*arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME"}}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=20, check=True
    ).stdout


def test_the_sample_is_what_the_bot_prints() -> None:
    (question, reply), *_ = re.findall(r'```\n\$ python -m bot ask "([^"\n]+)"\n(.*?)\n```', README, flags=re.DOTALL)
    assert reply == _run("bot", "ask", question).rstrip("\n")


def test_a_question_and_its_reply_stand_at_the_top_and_a_way_to_ask_without_a_token_soon_after() -> None:
    lines = README.splitlines()
    assert any(line.startswith("$ python -m bot ask") for line in lines[:10])
    assert any("pip install" in line and "bot ask" in line for line in lines[:25])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented_and_every_documented_one_is_there(command: str) -> None:
    documented = set(re.findall(r"`python -m bot (\w+)", README))
    assert documented == COMMANDS
    assert f"python -m bot {command}" in _run("bot", command, "--help")


def test_every_command_of_an_owner_is_documented() -> None:
    section = README.partition("## For its owner")[2].partition("\n## ")[0]
    assert set(re.findall(r"`/(\w+)", section)) == set(OWNER_MENU)


def test_ci_runs_the_readmes_own_test_command() -> None:
    commands = [line for line in README.splitlines() if "-m pytest" in line]
    assert commands == ["python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"]
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith('bash -c "$tests"')
    assert "tests=$(grep -- '-m pytest' README.md)" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_test_that_the_readme_names_is_there() -> None:
    threats = README.partition("## Who may mean harm")[2].partition("\n## ")[0]
    name = ""
    for place, test in re.findall(r"`(test_\w+\.py)?(?:::(\w+))?`", threats):
        name = place or name
        assert not test or f"def {test}(" in (ROOT / "tests" / name).read_text("utf-8"), (name, test)
        assert (ROOT / "tests" / name).exists()


def test_every_command_of_the_tests_table_is_there() -> None:
    named = re.findall(r"`((?:benchmarks|browser)\.\w+)", README.partition("## Tests")[2])
    assert len(named) > 10
    for module in named:
        assert (ROOT / "tests" / f"{module.replace('.', '/')}.py").exists(), module
