"""What the bot needs to run, each thing looked at: all is well, or what to do."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from bot.reaching import Reached, reach_telegram
from bot.settings import Settings
from retrieval import Library

DISTRIBUTION = "chapter-and-verse"
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
"""In a checkout this says what is needed; elsewhere what was installed does."""

LITTLE_SPACE_BYTES = 100_000_000
MOST_CLOCK_SECONDS = 60


class State(StrEnum):
    """How a thing stands, as its line begins."""

    GOOD = "OK"
    KNOWN = "NOTE"
    BAD = "MEND"


@dataclass(frozen=True, slots=True)
class Condition:
    """How one thing stands; where it is not well, `says` ends with what to do."""

    state: State
    about: str
    says: str

    def __str__(self) -> str:
        return f"{self.state} {self.about}: {self.says}"


def conditions(settings: Settings, library: Library, folder: Path) -> Iterator[Condition]:
    """Settings, token, clock, folder, disk and versions, in this order; the token is never told."""
    asking = _ids(settings.allowed_chats | settings.owners) if settings.allowed_chats else "everybody"
    yield Condition(State.GOOD, "Settings", f"all can be used; {asking} may ask")
    if settings.telegram_bot_token is None:
        says = "no TELEGRAM_BOT_TOKEN; get one from @BotFather to run the bot, ask and chat work without"
        yield Condition(State.KNOWN, "Token", says)
    else:
        reached = reach_telegram(settings)
        yield _token(settings, reached)
        yield _clock(reached)
    yield _folder(library, folder)
    yield _data(settings.data_dir)
    yield from _versions()


def _token(settings: Settings, reached: Reached) -> Condition:
    where = settings.telegram_api_url
    if reached.name:
        return Condition(State.GOOD, "Token", f"that of @{reached.name} at {where} (not shown)")
    if reached.is_refused:
        says = f"refused by {where} ({reached.failure}; it is not shown); copy it again from @BotFather"
        return Condition(State.BAD, "Token", says)
    says = f"{where} cannot be asked ({reached.failure}); look at the network, or set TELEGRAM_API_URL"
    return Condition(State.BAD, "Token", says)


def _clock(reached: Reached) -> Condition:
    if reached.ahead is None:
        return Condition(State.KNOWN, "Clock", "not compared, for nobody told the time")
    seconds = round(reached.ahead.total_seconds())
    if abs(seconds) <= MOST_CLOCK_SECONDS:
        return Condition(State.GOOD, "Clock", f"within {MOST_CLOCK_SECONDS} seconds of the server's")
    side = "ahead of" if seconds > 0 else "behind"
    says = f"{abs(seconds):,} seconds {side} the server's; let a time service set it"
    return Condition(State.BAD, "Clock", says)


def _folder(library: Library, folder: Path) -> Condition:
    count, problems = len(library.documents), len(library.problems)
    if not count:
        return Condition(State.BAD, "Folder", f"{folder} holds no document that can be read; put some into it")
    if problems:
        says = f"{folder} has documents to answer from ({count}), and problems ({problems}); mend what is named above"
        return Condition(State.KNOWN, "Folder", says)
    return Condition(State.GOOD, "Folder", f"{folder} has documents to answer from ({count})")


def _data(data_dir: Path) -> Condition:
    place = data_dir.absolute()
    while not place.exists():
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(bytes(4096))
        free = shutil.disk_usage(place).free
    except OSError as error:
        says = f"{data_dir} cannot be written ({error.strerror}); make it writable, or let DATA_DIR name another place"
        return Condition(State.BAD, "Data", says)
    if free < LITTLE_SPACE_BYTES:
        return Condition(State.BAD, "Data", f"{data_dir} can be written, but {free / 1e6:.0f} MB are free; make room")
    return Condition(State.GOOD, "Data", f"{data_dir} can be written, {free / 1e9:.1f} GB free")


def _versions() -> Iterator[Condition]:
    python, requirements = _needs()
    here = platform.python_version()
    if here in SpecifierSet(python):
        yield Condition(State.GOOD, "Python", here)
    else:
        yield Condition(State.BAD, "Python", f"{here} is here, {python} is needed; make the environment anew with one")
    faults = [fault for fault in map(_fault, requirements) if fault]
    for fault in faults:
        yield Condition(State.BAD, "Packages", f"{fault}; `pip install -e .` mends it")
    if not faults:
        yield Condition(State.GOOD, "Packages", f"all {len(requirements)} have a version that fits")


def _needs() -> tuple[str, tuple[Requirement, ...]]:
    """Which Python is needed, and which packages to run."""
    if PYPROJECT.is_file():
        project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
        return project["requires-python"], tuple(map(Requirement, project["dependencies"]))
    own = importlib.metadata.metadata(DISTRIBUTION)
    every = map(Requirement, own.get_all("Requires-Dist") or ())
    needed = tuple(each for each in every if each.marker is None or each.marker.evaluate({"extra": ""}))
    return own["Requires-Python"], needed


def _fault(requirement: Requirement) -> str:
    """What is wrong with the package asked for; empty where nothing is."""
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{requirement.name} is missing"
    if requirement.specifier.contains(version, prereleases=True):
        return ""
    return f"{requirement.name} {version} is here, {requirement.specifier} is needed"


def _ids(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
