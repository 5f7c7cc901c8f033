"""Several volumes → one, without the documents that are gone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.columns import Array, Pieces, joined, pieces
from retrieval.directory import joined_directory
from retrieval.postings import GONE, Numbers, joined_postings
from retrieval.volumes import NONE, PASSAGE, STATEMENT, WORDS, Volume, firsts_of

_DOCUMENT_PIECES = ("paths", "documents", "metadata")
_DOCUMENT_COLUMNS = ("documents_checksums", "metadata_checksums", "fingerprints", "identities", "dates")
_MOVED_COLUMNS = ("author", *(f"passage_{name}" for name in PASSAGE), *(f"statement_{name}" for name in STATEMENT))
_NUMBERED = {"author": "authors", "passage_section": "sections", "statement_name": "names", "statement_role": "roles"}
"""Columns that hold numbers of texts, and where those stand."""


def joined_volumes(parts: Sequence[Volume], kept: Sequence[NDArray[np.bool_]]) -> Volume:
    """The documents of several volumes in one, without those that are not `kept`."""
    where = sorted((part.path(n), i, n) for i, part in enumerate(parts) for n in np.flatnonzero(kept[i]).tolist())
    bases = firsts_of(list(map(len, parts)))
    documents = np.array([bases[i] + n for _, i, n in where], dtype=np.int64)
    homes = [np.full(len(part), GONE, dtype=np.int64) for part in parts]
    for number, (_, i, n) in enumerate(where):
        homes[i][n] = number
    passages, firsts = _moves([part.firsts for part in parts], homes, len(where))
    statements, statement_firsts = _moves([part.statement_firsts for part in parts], homes, len(where))
    columns = {"firsts": firsts, "statement_firsts": statement_firsts, **_words_of(parts)}
    for name in _DOCUMENT_COLUMNS:
        columns[name] = np.concatenate([part.columns[name] for part in parts])[documents]
    moves = {"author": homes, "passage": passages, "statement": statements}
    sizes = {"author": len(where), "passage": int(firsts[-1]), "statement": int(statement_firsts[-1])}
    tables = {name: _table(parts, texts, name, moves[_kind(name)]) for name, texts in _NUMBERED.items()}
    for name in _MOVED_COLUMNS:
        each = [part.columns[name] for part in parts]
        if name in tables:
            each = [_through(table, column) for table, column in zip(tables[name][1], each, strict=True)]
        columns[name] = _moved(each, moves[_kind(name)], sizes[_kind(name)])
    held = {name: joined([part.pieces[name] for part in parts]).taken(documents) for name in _DOCUMENT_PIECES}
    names, name_moves = tables["statement_name"]
    return Volume.of(
        held | {texts: tables[name][0] for name, texts in _NUMBERED.items() if texts != "names"},
        columns,
        joined_directory([part.directory for part in parts], name_moves, len(names)),
        joined_postings([part.postings for part in parts], passages, int(firsts[-1])),
        joined_postings([part.headings for part in parts], homes, len(where)),
    )


def _moves(firsts: Sequence[Numbers], homes: Sequence[Numbers], documents: int) -> tuple[list[Numbers], Numbers]:
    """The new number of each row of each part, GONE with its document, and where those of each document begin."""
    counts = np.zeros(documents, dtype=np.int64)
    for first, home in zip(firsts, homes, strict=True):
        counts[home[home != GONE]] = np.diff(first)[home != GONE]
    begin = firsts_of(counts)
    found = []
    for first, home in zip(firsts, homes, strict=True):
        shifts = np.where(home == GONE, 0, begin[home]) - first[:-1]
        moved = np.repeat(shifts, np.diff(first)) + np.arange(int(first[-1]))
        found.append(np.where(np.repeat(home == GONE, np.diff(first)), GONE, moved))
    return found, begin


def _kind(column: str) -> str:
    """Of what a column has a value each: documents (`author`), passages or statements."""
    return column.partition("_")[0]


def _moved(columns: Sequence[Array], moves: Sequence[Numbers], size: int) -> Array:
    """A column of all parts, each value at its new place."""
    found = np.empty(size, dtype=columns[0].dtype)
    for column, move in zip(columns, moves, strict=True):
        kept = move != GONE
        found[move[kept]] = column[kept]
    return found


def _table(parts: Sequence[Volume], name: str, column: str, moves: Sequence[Numbers]) -> tuple[Pieces, list[Numbers]]:
    """The texts that the rows of all parts still name in a column, each once, and the new number of each part's."""
    known: dict[bytes, int] = {}
    found = []
    for part, move in zip(parts, moves, strict=True):
        texts = part.directory.spellings if name == "names" else part.pieces[name]
        table = np.full(len(texts), GONE, dtype=np.int64)
        for number in np.unique(part.columns[column][move != GONE]).tolist():
            if number != NONE:
                table[number] = known.setdefault(texts[number], len(known))
        found.append(table)
    return pieces(known), found


def _through(table: Numbers, column: Array) -> Array:
    """A column of numbers in a table as numbers in the table of all parts."""
    moved = np.full(len(column), NONE, dtype=column.dtype)
    held = column != NONE
    moved[held] = table[column[held]]
    return moved


def _words_of(parts: Sequence[Volume]) -> dict[str, Array]:
    names = {name for part in parts for name in part.columns if name.startswith(WORDS)}
    return {name: np.unique(np.concatenate([p.columns[name] for p in parts if name in p.columns])) for name in names}
