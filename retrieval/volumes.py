"""Some documents taken apart, in arrays: a folder is searched without an object for each of its passages."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from retrieval import columns
from retrieval.columns import Array, Pieces
from retrieval.directory import Directory
from retrieval.errors import RetrievalError
from retrieval.postings import Numbers, Postings
from retrieval.records import BlockKind, Document, How, Metadata, Passage, Statement

KINDS, HOWS = tuple(BlockKind), tuple(How)
PIECES = ("paths", "documents", "metadata", "authors", "sections", "roles")
PASSAGE = ("start", "end", "kind", "paragraph", "section", "page")
STATEMENT = ("start", "end", "sentence_start", "sentence_end", "how", "confidence", "name", "role")
_UNCHECKED = frozenset({"documents", "metadata", "passage_rows", "passage_frequencies"})
"""Columns too large to be looked at when a volume is opened; what is known of each document, and its words, have a
checksum of their own."""
NONE = -1
"""In place of a text's number, or of a paragraph's or page's, where there is none."""
WORDS = "words_"
"""What the names of the columns with words begin with; their length follows."""


class _Text(msgspec.Struct):
    text: str


class Volume:
    """Documents in the order of their paths, never changed: a document's number is its place, a passage's among all.

    Its columns lie in memory, or are mapped from a file. `own`, `text`, `metadata` and `document` raise RetrievalError
    where the file has been damaged since, and delete it, so that the next start reads the documents anew.
    """

    def __init__(self, held: Mapping[str, Array], place: Path | None = None) -> None:
        self.columns, self.place = held, place
        self.pieces = {name: Pieces(held[name], held[f"{name}_ends"]) for name in PIECES}
        self.firsts: Numbers = held["firsts"]
        """Where the passages of each document begin, and where those of the last end."""
        self.statement_firsts: Numbers = held["statement_firsts"]
        self.dates: Array = held["dates"]
        """The day of each document, from the beginning of the calendar; 0 where none is known."""
        self.fingerprints: Array = held["fingerprints"]
        """By which documents with the same words, of the same speaker, know each other."""
        self.identities: Array = held["identities"]
        """By which a document that is as it was is known, with all that is known of it."""
        self.directory = Directory.of_columns(held)
        self.postings = Postings.of_columns(held, "passage_")
        self.headings = Postings.of_columns(held, "heading_")
        """Of the words that name each document: those of its title, publisher, section, author and file."""

    def __len__(self) -> int:
        return len(self.firsts) - 1

    @classmethod
    def of(
        cls,
        texts: Mapping[str, Pieces],
        held: Mapping[str, Array],
        directory: Directory,
        postings: Postings,
        headings: Postings,
    ) -> Volume:
        """The volume, in memory, of these texts, other columns, names and postings."""
        said = np.argsort(held["statement_name"], kind="stable")
        names = np.arange(len(directory.spellings) + 1)
        return cls(
            {
                **{name: each.content for name, each in texts.items()},
                **{f"{name}_ends": each.ends for name, each in texts.items()},
                **held,
                "said": said.astype(np.int32),
                "said_starts": np.searchsorted(held["statement_name"][said], names),
                **directory.columns(),
                **postings.columns("passage_"),
                **headings.columns("heading_"),
            }
        )

    def save(self, place: Path, key: bytes) -> None:
        """Write the volume into a file, whole or not at all; raises OSError."""
        columns.write(place, self.columns, key)

    @classmethod
    def open(cls, place: Path, key: bytes) -> Volume:
        """The volume in a file, mapped; raises ValueError where it is not as it was written, or OSError."""
        return cls(columns.opened(place, key, _UNCHECKED), place)

    def words_of_length(self, length: int) -> list[str]:
        """The words of so many letters a to z that a document has, in alphabetical order."""
        held = self.columns.get(f"{WORDS}{length}")
        return [] if held is None else [word.decode() for word in held.tolist()]

    def path(self, document: int) -> str:
        """The path of a document."""
        return self.pieces["paths"][document].decode()

    def own(self, document: int) -> Document:
        """A document, with what the file says of itself."""
        return msgspec.msgpack.decode(self._sound("documents", document), type=Document)

    def text(self, document: int) -> str:
        """The text of a document."""
        return msgspec.msgpack.decode(self._sound("documents", document), type=_Text).text

    def metadata(self, document: int) -> Metadata:
        """All that is known of a document."""
        return msgspec.msgpack.decode(self._sound("metadata", document), type=Metadata)

    def document(self, document: int) -> Document:
        """A document, with all that is known of it."""
        return replace(self.own(document), metadata=self.metadata(document))

    def document_of(self, passage: int) -> int:
        """The document that a passage is of."""
        return int(np.searchsorted(self.firsts, passage, side="right")) - 1

    def passages(self, numbers: range) -> tuple[Passage, ...]:
        """Passages of one document that follow each other."""
        if not numbers:
            return ()
        path = self.path(self.document_of(numbers.start))
        held = (self.columns[f"passage_{name}"][numbers.start : numbers.stop].tolist() for name in PASSAGE)
        return tuple(
            Passage(
                path,
                start,
                end,
                KINDS[kind],
                None if paragraph == NONE else paragraph,
                None if section == NONE else self.pieces["sections"][section].decode(),
                None if page == NONE else page,
            )
            for start, end, kind, paragraph, section, page in zip(*held, strict=True)
        )

    def statements(self, numbers: Array) -> tuple[Statement, ...]:
        """Some statements, in that order."""
        owners = (np.searchsorted(self.statement_firsts, numbers, side="right") - 1).tolist()
        held = (self.columns[f"statement_{name}"][numbers].tolist() for name in STATEMENT)
        paths = {owner: self.path(owner) for owner in set(owners)}
        spelt = self.directory.spelt
        return tuple(
            Statement(
                paths[owner],
                spelt(name),
                None if role == NONE else self.pieces["roles"][role].decode(),
                start,
                end,
                sentence_start,
                sentence_end,
                HOWS[how],
                confidence,
            )
            for owner, start, end, sentence_start, sentence_end, how, confidence, name, role in zip(
                owners, *held, strict=True
            )
        )

    def passage_starts(self, document: int) -> list[int]:
        """Where each passage of a document begins."""
        first, last = self.firsts[document : document + 2].tolist()
        found: list[int] = self.columns["passage_start"][first:last].tolist()
        return found

    def body_counts(self) -> Numbers:
        """How many passages of the body each document has: captions and by-lines left out."""
        before = np.append(0, np.cumsum(self.columns["passage_paragraph"] != NONE))
        found: Numbers = before[self.firsts[1:]] - before[self.firsts[:-1]]
        return found

    def statements_of(self, name: int) -> Numbers:
        """The statements of whoever is called by the name of that number in the directory, in order."""
        starts = self.columns["said_starts"]
        found: Numbers = self.columns["said"][starts[name] : starts[name + 1]].astype(np.int64)
        return found

    @property
    def statement_names(self) -> Array:
        """The name of each statement's speaker, as its number in the directory."""
        return self.columns["statement_name"]

    def role_counts(self, statements: Numbers) -> dict[str, int]:
        """How often each role is given in some statements, in the order in which they are met."""
        roles = self.columns["statement_role"][statements]
        found, firsts, counts = np.unique(roles[roles != NONE], return_index=True, return_counts=True)
        order = np.argsort(firsts).tolist()
        return {self.pieces["roles"][int(found[i])].decode(): int(counts[i]) for i in order}

    def roles(self) -> list[str]:
        """Every role that somebody has here."""
        return [role.decode() for role in self.pieces["roles"]]

    def names_with_roles(self, roles: list[int]) -> list[int]:
        """The names, as numbers in the directory, of those who are met with a role of these numbers."""
        held = np.isin(self.columns["statement_role"], roles)
        found: list[int] = np.unique(self.statement_names[held]).tolist()
        return found

    def _sound(self, name: str, document: int) -> bytes:
        """A document's piece of that name; raises RetrievalError where it is not as it was written."""
        held = self.pieces[name][document]
        if zlib.crc32(held) != int(self.columns[f"{name}_checksums"][document]):
            if self.place:
                self.place.unlink(missing_ok=True)
            raise RetrievalError(
                "was kept in the cache, and the cache is damaged.",
                where=self.path(document),
                remedy="Start the program again; it is read anew.",
            )
        return held


def firsts_of(counts: Sequence[int] | Array) -> Numbers:
    """Where the rows of each of several begin, that have so many, and where those of the last end."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
