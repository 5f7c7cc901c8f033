"""From question to Answer in an archive: `python -m tests.benchmarks.answer_times [--passages 100000] [--work DIR]`.

A made-up archive (see made_news.py) of so many paragraphs is written once below --work and kept for the next time,
as is the cache; without --work both are temporary. A fresh process reads the folder, from the cache where that is
good; a second one starts from the cache and is asked about people, people and topics, passages, and follow-ups.
Each question is new at first; then all are asked a second time. At last files are changed, one at a time, and looked
at, until an answer quotes the change. Three minutes at 100,000 paragraphs, most of it the first reading.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from retrieval import Answer, Library, Turn
from tests.benchmarks.engine_process import Memory, memory, peak_mb
from tests.benchmarks.made_news import Article, articles, write
from tests.benchmarks.scale_table import digits, p95, told

ASKED, CHANGES = 100, 5
SETTLED_SECONDS = 3.0
"""Files that were saved just now are read once more at the next start; an archive's are older."""
_SPAWN = multiprocessing.get_context("spawn")
_NOVELTY = "the lamp of the lighthouse is {}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a kind, and the one that it follows, if any."""

    kind: str
    words: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What one kind of question took: the answer's own time and the caller's, the first time and again."""

    kind: str
    questions: int
    answered: int
    median_ms: float
    p95_ms: float
    wall_median_ms: float
    wall_p95_ms: float
    again_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured of the process that starts from the cache."""

    load_seconds: float
    first_ms: float
    asked: tuple[Asked, ...]
    memory: Memory
    look_ms: float
    change_ms: float


def questions(sample: Iterable[Article]) -> Iterator[Question]:
    """About each article: its speaker, with and without a topic, its words, and what may follow."""
    for made in sample:
        if not (speech := next((speech for speech in made.speeches if len(speech.topic) >= 2), None)):
            continue
        about = f"what did {speech.name} say about {speech.topic[0]} and {speech.topic[-1]}"
        rare = sorted(set(speech.topic), key=lambda term: (-len(term), term))[:3]
        yield Question("a person", f"what did {speech.name} say")
        yield Question("a person and a topic", about)
        yield Question("a passage", f"how does {rare[0]} change the {' of the '.join(rare[1:])}")
        yield Question("a follow-up", "what else did he say?", about)
        yield Question("a follow-up", f"and about {rare[0]}?", about)


def spread(passages: int, count: int) -> list[Article]:
    """So many articles from all over the archive."""
    whole = list(range(passages // 10))
    wanted = set(whole[:: max(1, len(whole) // count)])
    return [made for number, made in enumerate(articles(passages)) if number in wanted]


def read(connection: Connection, folder: Path, data: Path) -> None:
    """Read the folder, keep what was read in the cache, and tell seconds and peak memory."""
    began = time.perf_counter()
    library = Library.open(folder, data_dir=data)
    seconds = time.perf_counter() - began
    library.close()
    connection.send((seconds, peak_mb(), library.passage_count, len(library.people)))


def asked(connection: Connection, folder: Path, data: Path, sample: list[Article]) -> None:
    """Start from the cache, ask, change files, and tell what it took."""
    began = time.perf_counter()
    library = Library(folder, data_dir=data, look_every_seconds=math.inf)
    library.refresh()
    load_seconds = time.perf_counter() - began
    made = list(questions(sample))
    first_ms = _timed(library, made[-2].words, ())[1]
    times = {kind: _times(library, [each for each in made if each.kind == kind]) for kind in _kinds(made)}
    held = memory()
    began = time.perf_counter()
    library.refresh()
    look_ms = (time.perf_counter() - began) * 1e3
    changing = sample[:: len(sample) // CHANGES][:CHANGES]
    changes = [_change_ms(library, folder, place, article) for place, article in enumerate(changing)]
    library.close()
    times["all of them"] = [each for found in times.values() for each in found]
    kinds = tuple(_summary(kind, found) for kind, found in times.items())
    connection.send(Figures(load_seconds, first_ms, kinds, held, look_ms, statistics.median(changes)))


def _kinds(made: Iterable[Question]) -> list[str]:
    return list(dict.fromkeys(question.kind for question in made))


def _times(library: Library, made: list[Question]) -> list[tuple[Answer, float, float]]:
    """For each question its first answer, the caller's milliseconds for that, and the answer's own when asked again."""
    turns = [(library.ask(question.after).as_turn(),) if question.after else () for question in made]
    first = [_timed(library, each.words, turn) for each, turn in zip(made, turns, strict=True)]
    again = [_timed(library, each.words, turn) for each, turn in zip(made, turns, strict=True)]
    return [(answer, took, once_more.elapsed_ms) for (answer, took), (once_more, _) in zip(first, again, strict=True)]


def _summary(kind: str, times: list[tuple[Answer, float, float]]) -> Asked:
    answers, wall, again = zip(*times, strict=True)
    own = [answer.elapsed_ms for answer in answers]
    return Asked(
        kind=kind,
        questions=len(answers),
        answered=sum(answer.answered for answer in answers),
        median_ms=statistics.median(own),
        p95_ms=p95(own),
        wall_median_ms=statistics.median(wall),
        wall_p95_ms=p95(wall),
        again_ms=statistics.median(again),
    )


def _timed(library: Library, words: str, conversation: tuple[Turn, ...]) -> tuple[Answer, float]:
    began = time.perf_counter()
    answer = library.ask(words, conversation)
    return answer, (time.perf_counter() - began) * 1e3


def _change_ms(library: Library, folder: Path, place: int, made: Article) -> float:
    """From the look at a changed file until an answer quotes the change; after that the file is as before.

    The save is dated back, so that nobody waits for its writer to be done; currency.py measures that too.
    """
    said = _NOVELTY.format(("green", "white", "amber", "violet", "blue")[place % 5])
    path = folder / made.path
    path.write_text(f"{made.text}\nWilma Waterford said that {said}.\n", encoding="utf-8")
    os.utime(path, (time.time() - SETTLED_SECONDS,) * 2)
    try:
        began = time.perf_counter()
        library.refresh()
        answer = library.ask(f"what did Wilma Waterford say about {said}")
        took = (time.perf_counter() - began) * 1e3
        if not any(said in quote.text for quote in answer.quotes):
            raise SystemExit(f"“{said}” is not quoted: {answer}")
    finally:
        path.write_text(made.text, encoding="utf-8")
    library.refresh()
    return took


def in_a_process(target: Callable[..., None], *given: Any) -> Any:
    """What `target` sends from a process of its own."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=target, args=(theirs, *given))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        raise SystemExit("The process failed; its message is above.") from None
    finally:
        process.join()


def table(figures: Figures) -> str:
    """The figures, fixed in width."""
    held = figures.memory
    lines = [
        f"start from the cache          {digits(figures.load_seconds):>7} s",
        f"first answer                  {digits(figures.first_ms):>7} ms",
        f"memory after all questions    {held.resident_mb:>7.0f} MB, {held.file_mb:.0f} of them pages of files",
        f"a look at an unchanged folder {digits(figures.look_ms):>7} ms",
        f"one changed file answers      {digits(figures.change_ms):>7} ms after a look",
        "                                 answer's own ms   as its caller sees   asked again",
        "asked about             n answered  median    p95         median    p95        median",
        *(_line(row) for row in figures.asked),
    ]
    return "\n".join(lines)


def _line(row: Asked) -> str:
    return (
        f"{row.kind:<20}{row.questions:5}{row.answered:9}{digits(row.median_ms):>8}{digits(row.p95_ms):>7}"
        f"{digits(row.wall_median_ms):>15}{digits(row.wall_p95_ms):>7}{digits(row.again_ms):>14}"
    )


def measured(passages: int, work: Path) -> Figures:
    """Write the archive where that is not done yet, read it, ask it, and print what was found."""
    folder, data = work / f"news{passages}", work / f"data{passages}"
    if not _is_written(folder, passages):
        told(f"{passages:,} paragraphs: written")
        write(folder, passages)
        time.sleep(SETTLED_SECONDS)
    told(f"{passages:,} paragraphs: read")
    seconds, peak, count, people = in_a_process(read, folder, data)
    print(f"{count:,} paragraphs, {people:,} people · read or found in the cache in {digits(seconds)} s, {peak:.0f} MB")
    told(f"{passages:,} paragraphs: asked")
    figures: Figures = in_a_process(asked, folder, data, spread(passages, ASKED))
    print(table(figures), flush=True)
    return figures


def _is_written(folder: Path, passages: int) -> bool:
    *_, last = articles(passages)  # written last, so that all is there where it is
    path = folder / last.path
    return path.exists() and path.read_text(encoding="utf-8") == last.text


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--work", type=Path, help="where folder and cache are kept between runs")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        figures = measured(options.passages, options.work or Path(place))
    if options.json:
        options.json.write_text(json.dumps(asdict(figures), indent=1) + "\n")


if __name__ == "__main__":
    main()
