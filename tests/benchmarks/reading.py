"""How fast each kind of file is read: `python -m tests.benchmarks.reading [FOLDER] [--files 20] [--paragraphs 60]`.

Without FOLDER the files are made up, so many of each kind. Reading is from bytes to a Document, analysis from there to
passages, terms and statements; each file is read twice, and the quicker time counts. Half a minute.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from retrieval.analysis import analysed
from retrieval.errors import ReadingError
from retrieval.reading import is_readable, read
from tests.benchmarks.made_files import KOREAN, MAKERS
from tests.benchmarks.made_words import Words

Result = TypeVar("Result")


@dataclass
class Kind:
    """What was measured of one kind of file."""

    files: int = 0
    refused: int = 0
    size_bytes: int = 0
    characters: int = 0
    reading_seconds: float = 0.0
    analysis_seconds: float = 0.0


def made_up(files: int, paragraphs: int) -> Iterator[tuple[str, bytes]]:
    """So many files of each kind, with so many paragraphs."""
    for ending, make in MAKERS.items():
        words = Words()
        for number in range(files):
            yield f"file{number}{ending}", make(words.paragraphs(paragraphs, is_korean=ending in KOREAN))


def those_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder` of a kind that is read."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and is_readable(path.name):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def measure(files: Iterator[tuple[str, bytes]]) -> dict[str, Kind]:
    """Read and analyse each of `files`, sorted by how their names end."""
    found: dict[str, Kind] = defaultdict(Kind)
    for name, content in files:
        kind = found[Path(name).suffix.lower()]
        kind.files += 1
        try:
            document, reading = _timed(partial(read, content, name))
        except ReadingError as error:
            kind.refused += 1
            print(error)
            continue
        _, analysis = _timed(partial(analysed, document))
        kind.size_bytes += len(content)
        kind.characters += len(document.text)
        kind.reading_seconds += reading
        kind.analysis_seconds += analysis
    return found


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What comes of `work`, and the shorter of the two times that it took."""
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - began)
    return result, min(seconds)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--paragraphs", type=int, default=60)
    options = parser.parse_args()
    found = measure(those_in(options.folder) if options.folder else made_up(options.files, options.paragraphs))
    print("kind    files  refused  KiB a file  ms a file to read  thousand characters a second: read  analysed")
    for ending, kind in found.items():
        read_files = max(1, kind.files - kind.refused)
        print(
            f"{ending:6}  {kind.files:>5}  {kind.refused:>7}  {kind.size_bytes / 1024 / read_files:>10.0f}"
            f"  {kind.reading_seconds * 1000 / read_files:>17.1f}"
            f"  {kind.characters / 1000 / (kind.reading_seconds or 1):>34,.0f}"
            f"  {kind.characters / 1000 / (kind.analysis_seconds or 1):>8,.0f}"
        )


if __name__ == "__main__":
    main()
