"""Our ranking as the benchmark asks it, through the rooms that a folder's documents go through; without their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.analysis import Analysis
from retrieval.bags import counted
from retrieval.catalogue import Catalogue
from retrieval.index import Index
from retrieval.ingestion import Ingested
from retrieval.looking import MOST_AT_HAND
from retrieval.pressing import pressed
from retrieval.records import BlockKind, Document, Metadata, Passage
from retrieval.shelving import Shelving
from retrieval.volumes import Volume
from tests.benchmarks.corpora import MadeDocument

_LIST, _KEY = "list", b"benchmark"


class Ours:
    """Volumes on disk, mapped into memory; a change makes the next snapshot."""

    can_change = True

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        """Write into `directory` what `open` needs."""
        shelving = Shelving(directory / "volumes", _KEY)
        catalogue = Catalogue().with_changes(new=[shelving.housed(volume) for volume in _volumes(documents)])
        catalogue = replace(catalogue, volumes=tuple(map(shelving.housed, catalogue.volumes)))
        (directory / _LIST).write_bytes(shelving.list_of(catalogue, [""] * len(catalogue), ""))
        shelving.tidy(catalogue)

    def open(self, directory: Path) -> None:
        """Get ready for questions."""
        shelf = Shelving(directory / "volumes", _KEY).read((directory / _LIST).read_bytes())
        self._index = Index(shelf.catalogue)

    def top(self, terms: Sequence[str], count: int) -> list[tuple[int, float]]:
        """The best passages with their scores, best first, the earlier one first where they tie."""
        return self._index.ranking.top(dict.fromkeys(terms, 1.0), count)

    def change(self, _: MadeDocument, after: MadeDocument) -> None:
        """Put `after` in the place of the document of its number."""
        new = pressed([_ingested(after)])
        self._index = Index(self._index.documents.with_changes([new.path(0)], [new]))


def _volumes(documents: Iterable[MadeDocument]) -> Iterator[Volume]:
    """The documents in volumes of as many passages as a look at a folder puts into one."""
    held: list[Ingested] = []
    count = 0
    for document in documents:
        held.append(_ingested(document))
        count += len(document.passages)
        if count > MOST_AT_HAND:
            yield pressed(held)
            held, count = [], 0
    if held:
        yield pressed(held)


def _ingested(made: MadeDocument) -> Ingested:
    path = f"{made.number:08}.txt"  # so that documents are in the order of their numbers
    document = Document(path, "", (), Metadata())
    passages = tuple(Passage(path, 0, 0, BlockKind.PARAGRAPH, number) for number in range(1, len(made.passages) + 1))
    return Ingested(path, document, analysis=Analysis(passages, counted(made.passages), (), path))
