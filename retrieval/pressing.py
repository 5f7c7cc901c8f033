"""What came of files → a Volume of them; several volumes → one, without the documents that are gone."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from retrieval.analysis import Analysis
from retrieval.bags import counted, number_of
from retrieval.columns import Array, Pieces, joined, pieces
from retrieval.directory import Directory, directory_of, joined_directory
from retrieval.ingestion import Ingested
from retrieval.postings import GONE, Numbers, Postings, joined_postings, postings_of
from retrieval.records import Metadata, Passage, Statement
from retrieval.volumes import HOWS, KINDS, NONE, PASSAGE, STATEMENT, Volume
from retrieval.words import terms

_DOCUMENT_PIECES = ("paths", "documents", "metadata")
_DOCUMENT_COLUMNS = ("documents_checksums", "metadata_checksums", "fingerprints", "identities", "dates")
_MOVED_COLUMNS = ("author", *(f"passage_{name}" for name in PASSAGE), *(f"statement_{name}" for name in STATEMENT))
_NUMBERED = {"author": "authors", "passage_section": "sections", "statement_name": "names", "statement_role": "roles"}
"""Columns that hold numbers of texts, and where those stand."""
_WORDS = "words_"


def pressed(found: Iterable[Ingested]) -> Volume:
    """The volume of what came of some files: of those that are documents."""
    held = sorted((each for each in found if each.document), key=lambda each: each.path)
    analyses = [each.analysis for each in held if each.analysis]
    passages = [passage for analysis in analyses for passage in analysis.passages]
    statements = [statement for analysis in analyses for statement in analysis.statements]
    sections = _numbered(passage.section for passage in passages)
    authors = _numbered(each.metadata.author for each in held)
    names, roles = _numbered(s.speaker for s in statements), _numbered(s.role for s in statements)
    documents = [msgspec.msgpack.encode(each.document) for each in held]
    known = [msgspec.msgpack.encode(each.metadata) for each in held]
    texts = {"authors": authors, "sections": sections, "roles": roles}
    return _volume(
        {
            "paths": pieces(each.path.encode() for each in held),
            "documents": pieces(documents),
            "metadata": pieces(known),
            **{name: pieces(text.encode() for text in each) for name, each in texts.items()},
        },
        {
            "documents_checksums": _checksums(documents),
            "metadata_checksums": _checksums(known),
            **_of_documents(held, analyses, authors),
            **_of_passages(passages, sections),
            **_of_statements(statements, names, roles),
        },
        directory_of(list(names)),
        postings_of(analysis.bag for analysis in analyses),
        postings_of(counted([_heading(each.path, each.metadata)]) for each in held),
        _by_length({word for analysis in analyses for word in analysis.bag.words}),
    )


def identity_of(found: Ingested) -> int:
    """The number by which a document that is as it was is known, with all that is known of it; never 0."""
    return number_of(msgspec.msgpack.encode(found.document) + msgspec.msgpack.encode(found.metadata)) or 1


def joined_volumes(parts: Sequence[Volume], kept: Sequence[NDArray[np.bool_]]) -> Volume:
    """The documents of several volumes in one, without those that are not `kept`."""
    where = sorted((part.path(n), i, n) for i, part in enumerate(parts) for n in np.flatnonzero(kept[i]).tolist())
    bases = _firsts(list(map(len, parts)))
    documents = np.array([bases[i] + n for _, i, n in where], dtype=np.int64)
    homes = [np.full(len(part), GONE, dtype=np.int64) for part in parts]
    for number, (_, i, n) in enumerate(where):
        homes[i][n] = number
    passages, firsts = _moves([part.firsts for part in parts], homes, len(where))
    statements, statement_firsts = _moves([part.statement_firsts for part in parts], homes, len(where))
    columns = {"firsts": firsts, "statement_firsts": statement_firsts}
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
    return _volume(
        held | {texts: tables[name][0] for name, texts in _NUMBERED.items() if texts != "names"},
        columns,
        joined_directory([part.directory for part in parts], name_moves, len(names)),
        joined_postings([part.postings for part in parts], passages, int(firsts[-1])),
        joined_postings([part.headings for part in parts], homes, len(where)),
        _words_of(parts),
    )


def _volume(  # noqa: PLR0913 (all that a volume is made of)
    texts: Mapping[str, Pieces],
    columns: Mapping[str, Array],
    directory: Directory,
    postings: Postings,
    headings: Postings,
    words: Mapping[str, Array],
) -> Volume:
    said = np.argsort(columns["statement_name"], kind="stable")
    names = np.arange(len(directory.spellings) + 1)
    return Volume(
        {
            **{name: each.content for name, each in texts.items()},
            **{f"{name}_ends": each.ends for name, each in texts.items()},
            **columns,
            "said": said.astype(np.int32),
            "said_starts": np.searchsorted(columns["statement_name"][said], names),
            **directory.columns(),
            **postings.columns("passage_"),
            **headings.columns("heading_"),
            **words,
        }
    )


def _of_documents(
    held: Sequence[Ingested], analyses: Sequence[Analysis], authors: Mapping[str, int]
) -> dict[str, Array]:
    same_words = (f"{one.fingerprint} {each.metadata.speaker}" for one, each in zip(analyses, held, strict=True))
    return {
        "fingerprints": np.fromiter((number_of(text) for text in same_words), dtype=np.uint64),
        "identities": np.fromiter(map(identity_of, held), dtype=np.uint64),
        "firsts": _firsts([len(analysis.passages) for analysis in analyses]),
        "statement_firsts": _firsts([len(analysis.statements) for analysis in analyses]),
        "dates": _ints(each.metadata.date.toordinal() if each.metadata.date else 0 for each in held),
        "author": _ints(NONE if not each.metadata.author else authors[each.metadata.author] for each in held),
    }


def _of_passages(passages: Sequence[Passage], sections: Mapping[str, int]) -> dict[str, Array]:
    return {
        "passage_start": _ints(passage.start for passage in passages),
        "passage_end": _ints(passage.end for passage in passages),
        "passage_kind": _ints(KINDS.index(passage.kind) for passage in passages).astype(np.uint8),
        "passage_paragraph": _ints(_or_none(passage.paragraph) for passage in passages),
        "passage_section": _ints(NONE if each.section is None else sections[each.section] for each in passages),
        "passage_page": _ints(_or_none(passage.page) for passage in passages),
    }


def _of_statements(
    statements: Sequence[Statement], names: Mapping[str, int], roles: Mapping[str, int]
) -> dict[str, Array]:
    return {
        "statement_start": _ints(statement.start for statement in statements),
        "statement_end": _ints(statement.end for statement in statements),
        "statement_sentence_start": _ints(statement.sentence_start for statement in statements),
        "statement_sentence_end": _ints(statement.sentence_end for statement in statements),
        "statement_how": _ints(HOWS.index(statement.how) for statement in statements).astype(np.uint8),
        "statement_confidence": np.array([statement.confidence for statement in statements], dtype=np.float64),
        "statement_name": _ints(names[statement.speaker] for statement in statements),
        "statement_role": _ints(NONE if each.role is None else roles[each.role] for each in statements),
    }


def _heading(path: str, metadata: Metadata) -> list[str]:
    """The terms of the words that name a document: in its title, publisher, section, author and file name."""
    name = re.sub(r"[\W_]+", " ", path.rpartition("/")[2].rpartition(".")[0])
    said = (metadata.title, metadata.publisher, metadata.section, metadata.author, name)
    return terms(" ".join(filter(None, said)))


def _moves(firsts: Sequence[Numbers], homes: Sequence[Numbers], documents: int) -> tuple[list[Numbers], Numbers]:
    """The new number of each row of each part, GONE with its document, and where those of each document begin."""
    counts = np.zeros(documents, dtype=np.int64)
    for first, home in zip(firsts, homes, strict=True):
        counts[home[home != GONE]] = np.diff(first)[home != GONE]
    begin = _firsts(counts)
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
    names = {name for part in parts for name in part.columns if name.startswith(_WORDS)}
    return {name: np.unique(np.concatenate([p.columns[name] for p in parts if name in p.columns])) for name in names}


def _by_length(words: Iterable[str]) -> dict[str, Array]:
    found: dict[int, list[bytes]] = defaultdict(list)
    for word in words:
        found[len(word)].append(word.encode())
    return {f"{_WORDS}{length}": np.unique(np.array(each, dtype=f"S{length}")) for length, each in found.items()}


def _numbered(texts: Iterable[str | None]) -> dict[str, int]:
    return {text: number for number, text in enumerate(dict.fromkeys(each for each in texts if each is not None))}


def _firsts(counts: Sequence[int] | Array) -> Numbers:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])


def _checksums(each: Iterable[bytes]) -> Array:
    return np.fromiter(map(zlib.crc32, each), dtype=np.uint32)


def _ints(numbers: Iterable[int]) -> Array:
    return np.fromiter(numbers, dtype=np.int32)


def _or_none(number: int | None) -> int:
    return NONE if number is None else number
