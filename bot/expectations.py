"""An owner's own questions with what their answers must show: YAML, checked whole before anything is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import QuestionFileError
from retrieval.reading.yaml_text import yaml_nodes

SOURCE_KEYS = ("title", "author", "publisher", "date", "url", "page", "section", "paragraph")
"""What `source` can name of a quote's source."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One question and what its answer must show; what is empty or None is not asked for.

    `expect` are strings of the first quote, `names` must stand in it or be its author or speaker, `source` are pairs of
    a key and its value; where `refused`, nothing may be quoted as an answer. `line` is that of the file.
    """

    ask: str
    line: int
    id: str = ""
    conversation: str | None = None
    expect: tuple[str, ...] = ()
    speaker: str | None = None
    names: str | None = None
    document: str | None = None
    source: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    refused: bool = False


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """Every question of the file, in order; raises QuestionFileError, naming each line that is wrong, and why."""
    entries = _entries(path)
    found, faults = [], []
    for entry in entries:
        try:
            found.append(_expectation(entry))
        except _FaultError as fault:
            faults.append(f"{path}, line {fault.line}: {fault}.")
    if faults:
        raise QuestionFileError("\n".join([*faults, "Nothing was asked; mend the file and ask again."]))
    return tuple(found)


class _FaultError(Exception):
    def __init__(self, what: str, node: yaml.Node) -> None:
        super().__init__(what)
        self.line = int(node.start_mark.line) + 1


def _entries(path: Path) -> list[yaml.Node]:
    """The nodes of the file's list; nodes, for they know their lines, and no tag in them makes an object."""
    try:
        root = yaml_nodes(path.read_text("utf-8-sig"))
    except OSError as error:
        raise QuestionFileError(f"{path}: cannot be read ({error.strerror}). Name a file of questions.") from error
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{path}: is not UTF-8 (byte {error.start + 1}). Save it as UTF-8 text.") from error
    except (yaml.YAMLError, ValueError) as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        line = f", line {mark.line + 1}" if mark else ""
        reason = problem or str(error).splitlines()[0]
        raise QuestionFileError(
            f"{path}{line}: no YAML ({reason}). Nothing was asked; mend it and ask again."
        ) from error
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise QuestionFileError(f"{path}: holds no list of questions. Write each as `- ask: …` with what it expects.")
    return list(root.value)


def _expectation(entry: yaml.Node) -> Expectation:
    values: dict[str, Any] = {}
    for key, node in _pairs(entry, "a question"):
        if key.value not in _READ:
            raise _FaultError(f"unknown key `{key.value}`; known are {', '.join(_READ)}", key)
        name = "refused" if key.value == "answered" else str(key.value)
        values[name] = _READ[key.value](node, key.value)
    if not values.get("ask"):
        raise _FaultError("no `ask`", entry)
    found = Expectation(line=int(entry.start_mark.line) + 1, **values)
    if found.refused and (found.expect or found.speaker or found.names or found.document or found.source):
        raise _FaultError("`answered: false` leaves nothing else to expect but `missing`", entry)
    return found


def _pairs(node: yaml.Node, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Each key and its value; a key that is no word, or comes twice, is a fault."""
    if not isinstance(node, yaml.MappingNode):
        raise _FaultError(f"{what} must be lines of `key: value`", node)
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _FaultError(f"{what} has a key that is no plain word", key)
        if key.value in seen:
            raise _FaultError(f"`{key.value}` comes twice", key)
        seen.add(key.value)
    return list(node.value)


def _text(node: yaml.Node, key: str) -> str:
    text = node.value.strip() if isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":null") else ""
    if not text:
        raise _FaultError(f"`{key}` must be text", node)
    return text


def _texts(node: yaml.Node, key: str) -> tuple[str, ...]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(_text(item, key) for item in items)


def _is_false(node: yaml.Node, key: str) -> bool:
    text = _text(node, key).lower()
    if text not in {"true", "false"}:
        raise _FaultError(f"`{key}` must be true or false", node)
    return text == "false"


def _source(node: yaml.Node, key: str) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(node, f"`{key}`")
    for name, _ in pairs:
        if name.value not in SOURCE_KEYS:
            raise _FaultError(f"`{key}` has an unknown key `{name.value}`; known are {', '.join(SOURCE_KEYS)}", name)
    return tuple((name.value, _text(value, name.value)) for name, value in pairs)


_READ: dict[str, Callable[[yaml.Node, str], object]] = {
    "ask": _text,
    "id": _text,
    "conversation": _text,
    "expect": _texts,
    "speaker": _text,
    "names": _text,
    "document": _text,
    "source": _source,
    "missing": _texts,
    "answered": _is_false,
}
"""Each key of a question, and how its value is read."""
