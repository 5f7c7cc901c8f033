"""`sources.yaml`: what the owner says of the files, and of the people in them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cached_property

import yaml

from retrieval.errors import ReadingError, SourcesError
from retrieval.path_patterns import fits
from retrieval.reading.decoding import decoded
from retrieval.reading.fields import FieldError, composed, line_of, metadata_of, pairs_of, text_of
from retrieval.records import Metadata, PersonEntry, Problem

SOURCES = "sources.yaml"
_NOTHING = Metadata()
_KEYS = "Known are defaults, documents, people."


@dataclass(frozen=True, slots=True)
class Entry:
    """What `documents:` says of the file, or of the files that fit the pattern, `name`."""

    name: str
    metadata: Metadata

    @property
    def is_pattern(self) -> bool:
        """Whether `name` may fit files of other names."""
        return re.search(r"[*?\[]", self.name) is not None

    def fits_exactly(self, path: str) -> bool:
        """Whether `name` is that of the file at `path`."""
        return self.name == _composed_name(path)

    def fits(self, path: str) -> bool:
        """Whether `name`, as a pattern, fits `path`: * and ? stay within a folder, ** goes through folders.

        A pattern without / fits names in any folder.
        """
        if not self.is_pattern:
            return False
        return fits(self.name, path if "/" in self.name else path.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Given:
    """What sources.yaml says of one file: by each entry that fits it, the exact one first, and by its defaults."""

    entries: tuple[Entry, ...] = ()
    defaults: Metadata = _NOTHING

    def merged(self, own: Metadata) -> Metadata:
        """What is known of the file: by the entries, then its `own` words, then the defaults."""
        return _first_known(*(entry.metadata for entry in self.entries), own, self.defaults)

    def origin(self, field: str) -> Entry | None:
        """Which entry gives `field`, whatever the file says itself; None where none does."""
        return next((entry for entry in self.entries if getattr(entry.metadata, field) is not None), None)


@dataclass(frozen=True)
class Sources:
    """All that sources.yaml says."""

    defaults: Metadata = _NOTHING
    entries: tuple[Entry, ...] = ()
    people: tuple[PersonEntry, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.name].append(entry)
        return found

    @cached_property
    def _patterns(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.is_pattern)

    def given(self, path: str) -> Given:
        """What is said of the file at `path`."""
        path = _composed_name(path)
        fitting = (entry for entry in self._patterns if entry.name != path and entry.fits(path))
        return Given((*self._by_name.get(path, ()), *fitting), self.defaults)

    def merged(self, path: str, own: Metadata) -> Metadata:
        """What is known of the file at `path`: by its exact entry, the first pattern that fits, `own`, the defaults."""
        return self.given(path).merged(own)

    def problems(self, paths: tuple[str, ...]) -> tuple[Problem, ...]:
        """A problem for each entry that none of the files at `paths` answers to."""
        names = frozenset(map(_composed_name, paths))
        return tuple(
            Problem(
                SOURCES, f"has an entry for {entry.name}, which is not there.", "Mend its name or delete the entry."
            )
            for entry in self.entries
            if entry.name not in names and not any(map(entry.fits, names))
        )


def sources_of(content: bytes) -> Sources:
    """The Sources that the bytes of a sources.yaml spell out; raises SourcesError, naming the line."""
    try:
        node = composed(decoded(content, SOURCES)) if content.strip() else None
        return _sources(node) if node and not _is_nothing(node) else Sources()
    except ReadingError as error:
        raise SourcesError(error.what, where=SOURCES, remedy=error.remedy) from error
    except FieldError as error:
        raise SourcesError(error.what, where=f"{SOURCES}, line {error.line}", remedy=error.remedy) from error


def _sources(node: yaml.Node) -> Sources:
    defaults = _NOTHING
    entries: tuple[Entry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    for name, key, value in pairs_of(node, "the file"):
        if _is_nothing(value):
            continue
        if name == "defaults":
            defaults = metadata_of(value, "`defaults`", strict=True)
        elif name == "documents":
            entries = tuple(_entry(file, said) for file, _, said in pairs_of(value, "`documents`"))
        elif name == "people":
            people = tuple(map(_person, _items(value, "people")))
        else:
            raise FieldError(f"has an unknown key `{name}`.", line_of(key), _KEYS)
    return Sources(defaults, entries, people)


def _entry(name: str, node: yaml.Node) -> Entry:
    metadata = Metadata() if _is_nothing(node) else metadata_of(node, f"the entry `{name}`", strict=True)
    return Entry(_composed_name(name).removeprefix("./"), metadata)


def _person(node: yaml.Node) -> PersonEntry:
    name, role = "", None
    also: tuple[str, ...] = ()
    for key, key_node, value in pairs_of(node, "an entry of `people`"):
        if key == "name":
            name = text_of(value, "name")
        elif key == "also":
            also = tuple(text_of(item, "also") for item in _items(value, "also"))
        elif key == "role":
            role = text_of(value, "role")
        else:
            raise FieldError(
                f"an entry of `people` has an unknown key `{key}`.", line_of(key_node), "Known are name, also, role."
            )
    if not name:
        raise FieldError("an entry of `people` has no name.", line_of(node), "Write `name: …` into it.")
    return PersonEntry(name, also, role)


def _items(node: yaml.Node, name: str) -> tuple[yaml.Node, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise FieldError(
            f"`{name}` must be a list.", line_of(node), f"Write `{name}: [one, another]`, or each after a dash."
        )
    return tuple(node.value)


def _is_nothing(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"


def _first_known(*known: Metadata) -> Metadata:
    """For each field the first value that somebody gives."""
    values = {
        name: next((value for each in known if (value := getattr(each, name)) is not None), None)
        for name in (field.name for field in fields(Metadata))
    }
    return Metadata(**values)


def _composed_name(name: str) -> str:
    """`name` in Unicode's composed form: some file systems take Korean names apart."""
    return unicodedata.normalize("NFC", name)
