"""Engines side by side behind four methods, each fed with the very same terms and kept as near to our BM25 as it goes.

The peers come with `pip install -e '.[peers]'`, but for rank_bm25, which the product has, and SQLite, which Python has.
k1 is 0.5 and b 0.75, as in the product, where an engine lets one choose; tantivy and SQLite have k1 1.2 and b 0.75.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rank_bm25 import BM25Okapi

from retrieval.ranking import K1, B
from tests.benchmarks.corpora import MadeDocument
from tests.benchmarks.our_engine import Ours

Found = list[tuple[int, float]]
_WRITER_BYTES = 128_000_000


class Engine(Protocol):
    """What an engine must do; `build` and `open` happen in processes of their own."""

    can_change: bool
    """Whether one document can change without all being indexed anew."""

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        """Index the documents, which come as a stream, and write into `directory` what `open` needs."""

    def open(self, directory: Path) -> None:
        """Get ready for questions."""

    def top(self, terms: Sequence[str], count: int) -> Found:
        """The numbers of the best passages and their scores, best first."""

    def change(self, before: MadeDocument, after: MadeDocument) -> None:
        """Put `after` in the place of `before`; once this returns it is found."""


class Reference(BM25Okapi):  # type: ignore[misc]  # rank_bm25 carries no types
    """rank_bm25's own scoring, with nothing changed but the idf, which is Lucene's."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for term, n in nd.items()}


class RankBM25:
    """rank_bm25, kept as a pickle, for it has no format of its own."""

    can_change = False

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        index = Reference((terms for document in documents for terms in document.passages), k1=K1, b=B)
        with (directory / "rank_bm25").open("wb") as file:
            pickle.dump(index, file)

    def open(self, directory: Path) -> None:
        with (directory / "rank_bm25").open("rb") as file:
            self._index = pickle.load(file)  # noqa: S301 (written by this very run)

    def top(self, terms: Sequence[str], count: int) -> Found:
        scores = self._index.get_scores(terms)
        best = (-scores).argsort(kind="stable")[:count]
        return [(number, score) for number, score in zip(best.tolist(), scores[best].tolist(), strict=True) if score]

    def change(self, before: MadeDocument, after: MadeDocument) -> None:
        raise NotImplementedError


class BM25S:
    """bm25s, memory-mapped, with numpy or compiled by numba."""

    can_change = False

    def __init__(self, backend: str = "numpy") -> None:
        self._backend = backend

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        import bm25s  # noqa: PLC0415 (optional)

        vocabulary: dict[str, int] = {}
        passages = [
            [vocabulary.setdefault(term, len(vocabulary)) for term in terms]
            for document in documents
            for terms in document.passages
        ]
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        index.index((passages, vocabulary), show_progress=False)
        index.save(directory / "bm25s", show_progress=False)

    def open(self, directory: Path) -> None:
        import bm25s  # noqa: PLC0415 (optional)

        self._index: Any = bm25s.BM25.load(directory / "bm25s", mmap=True)
        self._index.backend = self._backend
        if self._backend == "numba":
            self._index.activate_numba_scorer()

    def top(self, terms: Sequence[str], count: int) -> Found:
        found = self._index.retrieve([list(terms)], k=count, show_progress=False)
        return [(int(number), float(score)) for number, score in zip(found[0][0], found[1][0], strict=True) if score]

    def change(self, before: MadeDocument, after: MadeDocument) -> None:
        raise NotImplementedError


class Tantivy:
    """tantivy, with one thread that writes; the text is not stored."""

    can_change = True

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        self._set_up(directory)
        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for document in documents:
            self._add(writer, document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> None:
        self._set_up(directory)
        self._index.reload()
        self._searcher = self._index.searcher()
        self._writer: Any = None

    def top(self, terms: Sequence[str], count: int) -> Found:
        query, occur = self._tantivy.Query, self._tantivy.Occur.Should
        parts = [(occur, query.term_query(self._schema, "text", term, "freq")) for term in terms]
        hits = self._searcher.search(query.boolean_query(parts), count, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits]) if hits else []
        return [(int(number), score) for number, (score, _) in zip(numbers, hits, strict=True)]

    def change(self, before: MadeDocument, after: MadeDocument) -> None:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        self._writer.delete_documents("document", before.number)
        self._add(self._writer, after)
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _set_up(self, directory: Path) -> None:
        import tantivy  # noqa: PLC0415 (optional)

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("document", stored=False, indexed=True)
        builder.add_unsigned_field("number", stored=False, fast=True)
        self._schema = builder.build()
        place = directory / "tantivy"
        place.mkdir(exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(place))

    def _add(self, writer: Any, document: MadeDocument) -> None:
        for place, terms in enumerate(document.passages):
            made = self._tantivy.Document()
            made.add_text("text", " ".join(terms))
            made.add_unsigned("document", document.number)
            made.add_unsigned("number", document.first + place)
            writer.add_document(made)


class FTS5:
    """SQLite's full-text search, without the text (a contentless table)."""

    can_change = True

    def build(self, documents: Iterable[MadeDocument], directory: Path) -> None:
        self.open(directory)
        self._database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='ascii')")
        self._database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", _rows(documents))
        self._database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        self._database.commit()
        self._database.close()

    def open(self, directory: Path) -> None:
        self._database = sqlite3.connect(directory / "fts5.sqlite")

    def top(self, terms: Sequence[str], count: int) -> Found:
        asked = " OR ".join(f'"{term}"' for term in terms)
        found = "SELECT rowid, -rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return self._database.execute(found, (asked, count)).fetchall()

    def change(self, before: MadeDocument, after: MadeDocument) -> None:
        gone = "INSERT INTO passages(passages, rowid, text) VALUES ('delete', ?, ?)"
        self._database.executemany(gone, _rows([before]))
        self._database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", _rows([after]))
        self._database.commit()


def _rows(documents: Iterable[MadeDocument]) -> Iterator[tuple[int, str]]:
    for document in documents:
        for place, terms in enumerate(document.passages):
            yield document.first + place, " ".join(terms)


@dataclass(frozen=True, slots=True)
class Entry:
    """An engine of the table: how it is made, the modules it needs, whose build it opens, up to which size it goes."""

    make: Callable[[], Engine]
    modules: tuple[str, ...]
    build: str
    largest: int | None = None

    @property
    def is_installed(self) -> bool:
        """Whether all that it needs is there."""
        return all(importlib.util.find_spec(module) for module in self.modules)

    def load_modules(self) -> None:
        """Import what it needs, so that its times do not count that."""
        for module in self.modules:
            importlib.import_module(module)


OURS = "ours"
ENGINES = {
    OURS: Entry(Ours, ("retrieval",), OURS),
    "rank_bm25": Entry(RankBM25, ("rank_bm25",), "rank_bm25", 100_000),
    "bm25s numpy": Entry(BM25S, ("bm25s",), "bm25s numpy"),
    "bm25s numba": Entry(lambda: BM25S("numba"), ("bm25s", "numba"), "bm25s numpy"),
    "tantivy": Entry(Tantivy, ("tantivy",), "tantivy"),
    "SQLite FTS5": Entry(FTS5, ("sqlite3",), "SQLite FTS5"),
}
"""By the name in the table; rank_bm25 takes 8 GB to build a million passages, so it stops before."""
