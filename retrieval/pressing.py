"""What came of files → a Volume of the documents among them."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from retrieval.analysis import Analysis
from retrieval.bags import counted, number_of
from retrieval.columns import Array, pieces
from retrieval.directory import directory_of
from retrieval.ingestion import Ingested
from retrieval.postings import postings_of
from retrieval.records import Metadata, Passage, Statement
from retrieval.volumes import HOWS, KINDS, NONE, WORDS, Volume, firsts_of
from retrieval.words import terms


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
    return Volume.of(
        {
            "paths": pieces(each.path.encode() for each in held),
            "documents": pieces(documents),
            "metadata": pieces(known),
            **{name: pieces(text.encode() for text in each) for name, each in texts.items()},
        },
        {
            "documents_checksums": _checksums(documents),
            "metadata_checksums": _checksums(known),
            "identities": np.fromiter(map(_identity, documents, known), dtype=np.uint64),
            **_of_documents(held, analyses, authors),
            **_of_passages(passages, sections),
            **_of_statements(statements, names, roles),
            **_by_length({word for analysis in analyses for word in analysis.bag.words}),
        },
        directory_of(list(names)),
        postings_of(analysis.bag for analysis in analyses),
        postings_of(counted([_heading(each.path, each.metadata)]) for each in held),
    )


def identity_of(found: Ingested) -> int:
    """The number by which a document that is as it was is known, with all that is known of it; never 0."""
    return _identity(msgspec.msgpack.encode(found.document), msgspec.msgpack.encode(found.metadata))


def _identity(document: bytes, known: bytes) -> int:
    return number_of(document + known) or 1


def _of_documents(
    held: Sequence[Ingested], analyses: Sequence[Analysis], authors: Mapping[str, int]
) -> dict[str, Array]:
    same_words = (f"{one.fingerprint} {each.metadata.speaker}" for one, each in zip(analyses, held, strict=True))
    return {
        "fingerprints": np.fromiter((number_of(text) for text in same_words), dtype=np.uint64),
        "firsts": firsts_of([len(analysis.passages) for analysis in analyses]),
        "statement_firsts": firsts_of([len(analysis.statements) for analysis in analyses]),
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


def _by_length(words: Iterable[str]) -> dict[str, Array]:
    found: dict[int, list[bytes]] = defaultdict(list)
    for word in words:
        found[len(word)].append(word.encode())
    return {f"{WORDS}{length}": np.unique(np.array(each, dtype=f"S{length}")) for length, each in found.items()}


def _numbered(texts: Iterable[str | None]) -> dict[str, int]:
    return {text: number for number, text in enumerate(dict.fromkeys(each for each in texts if each is not None))}


def _checksums(each: Iterable[bytes]) -> Array:
    return np.fromiter(map(zlib.crc32, each), dtype=np.uint32)


def _ints(numbers: Iterable[int]) -> Array:
    return np.fromiter(numbers, dtype=np.int32)


def _or_none(number: int | None) -> int:
    return NONE if number is None else number
