"""The lock: it has what pyproject.toml asks for, each with hashes, for those who run the bot and those who test it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
RUNNING, TESTING = (ROOT / name for name in ("requirements.lock", ".ci/requirements.lock"))
ENTRY = re.compile(r"([a-z0-9-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


def _locked(place: Path) -> dict[str, tuple[str, str]]:
    """Each package with its version and hashes; whatever else stands in the file is a comment."""
    text = place.read_text("utf-8")
    assert re.sub(r"#.*\n", "", ENTRY.sub("", text)) == ""
    return {name: (version, hashes) for name, version, hashes in ENTRY.findall(text)}


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        (RUNNING, PROJECT["dependencies"]),
        (TESTING, PROJECT["dependencies"]),
        (TESTING, PROJECT["optional-dependencies"]["test"]),
        (TESTING, PROJECT["optional-dependencies"]["lint"]),
        (TESTING, PYPROJECT["build-system"]["requires"]),
    ],
)
def test_what_is_asked_for_is_locked_at_a_version_that_fits(place: Path, asked: list[str]) -> None:
    locked = _locked(place)
    assert asked
    for requirement in map(Requirement, asked):
        version, _ = locked[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement}: {version} is locked; run .ci/lock"


def test_what_runs_is_what_was_tested() -> None:
    assert _locked(RUNNING).items() <= _locked(TESTING).items()


def test_ci_installs_from_the_lock_alone() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    installs = [line.strip() for line in script.splitlines() if "pip" in line and "install" in line and line[0] != "#"]
    assert installs == ['"$place/bin/pip" install -q --require-hashes -r .ci/requirements.lock']
