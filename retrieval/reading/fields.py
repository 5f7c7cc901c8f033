"""What a YAML mapping says of a document → Metadata; every complaint knows its line."""

from __future__ import annotations

import datetime as dt

import yaml

from retrieval.dates import dates_in
from retrieval.errors import RetrievalError
from retrieval.reading.yaml_text import yaml_nodes
from retrieval.records import Metadata

FIELDS = ("title", "author", "publisher", "date", "url", "language", "speaker", "section")
"""The keys that front matter and sources.yaml know."""


class FieldError(RetrievalError):
    """A field with a value that it cannot have; `line` counts from 1 within the YAML text."""

    def __init__(self, what: str, line: int, remedy: str = "") -> None:
        self.line = line
        super().__init__(what, remedy=remedy)


def composed(text: str) -> yaml.Node | None:
    """The YAML of `text` as nodes, which know their lines; None where there is none; raises FieldError."""
    try:
        return yaml_nodes(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        remedy = "Put text that has a colon or starts with a bracket or a quotation mark between quotation marks."
        line = min(mark.line, text.count("\n")) + 1 if mark else 1  # libyaml's end is a line behind the last
        raise FieldError(f"is not YAML: {problem}.", line, remedy) from error


def line_of(node: yaml.Node) -> int:
    """The line of `node`, counting from 1."""
    return int(node.start_mark.line) + 1


def pairs_of(node: yaml.Node, what: str) -> tuple[tuple[str, yaml.Node, yaml.Node], ...]:
    """The key, its node and its value's node of each line of the mapping `node`; a key given twice is an error."""
    if not isinstance(node, yaml.MappingNode):
        raise FieldError(f"{what} must be a list of `key: value` lines.", line_of(node))
    pairs: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FieldError(f"{what} has a key that is no plain word.", line_of(key))
        _refuse_half_pairs(key)
        if key.value in pairs:
            raise FieldError(f"{what} has the key `{key.value}` twice.", line_of(key), "Keep one of them.")
        pairs[key.value] = (key.value, key, value)
    return tuple(pairs.values())


def metadata_of(node: yaml.Node, what: str, *, strict: bool) -> Metadata:
    """The Metadata that the mapping `node` spells out; with `strict`, a key that is not in FIELDS raises FieldError."""
    texts: dict[str, str] = {}
    date = None
    for name, key, value in pairs_of(node, what):
        if name not in FIELDS:
            if strict:
                raise FieldError(
                    f"{what} has an unknown key `{name}`.", line_of(key), f"Known are {', '.join(FIELDS)}."
                )
        elif name == "date":
            date = _date_of(value)
        elif text := _text_of(value, name):
            texts[name] = text
    return Metadata(date=date, **texts)


def text_of(node: yaml.Node, name: str) -> str:
    """The words of a plain value; raises FieldError for a list, a mapping or nothing."""
    text = _text_of(node, name) if isinstance(node, yaml.ScalarNode) else ""
    if not text:
        raise FieldError(f"`{name}` must be text.", line_of(node))
    return text


def _text_of(node: yaml.Node, name: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        _refuse_half_pairs(node)
        return "" if node.tag == "tag:yaml.org,2002:null" else " ".join(node.value.split())
    if name == "author" and isinstance(node, yaml.SequenceNode):  # several authors, as many Markdown tools write them
        return ", ".join(text_of(item, name) for item in node.value)
    raise FieldError(f"`{name}` must be text.", line_of(node))


def _refuse_half_pairs(node: yaml.ScalarNode) -> None:
    """Half of a character pair, which an escape of YAML can make, can be neither kept nor shown."""
    if any("\ud800" <= letter <= "\udfff" for letter in node.value):
        raise FieldError("holds half a character pair.", line_of(node), "Write that character itself.")


def _date_of(node: yaml.Node) -> dt.date | None:
    words = _text_of(node, "date")
    if not words:
        return None
    spans = dates_in(words)
    if not spans or spans[0].start != 0:
        raise FieldError(f"`date: {words}` is no date.", line_of(node), "Write it as year-month-day: 2022-03-21.")
    return spans[0].date
