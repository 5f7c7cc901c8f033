"""YAML of strangers as nodes, by libyaml: no tag makes an object, no depth and no size holds anybody up."""

from __future__ import annotations

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Five times as fast as the loader in Python, which stands in where PyYAML was built without libyaml."""

_DEEPEST = 100
"""libyaml's nodes are composed by calls within calls that nothing bounds: some ten thousand end the process."""


def yaml_nodes(text: str) -> yaml.Node | None:
    """The YAML of `text` as nodes, which know their lines; None where there is none.

    Raises yaml.YAMLError, also for what is nested more than 100 deep, and ValueError for what is no Unicode.
    """
    _refuse_depth(text)
    return yaml.compose(text, Loader=_LOADER)


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            problem = f"lists and mappings stand more than {_DEEPEST} deep in each other"
            where = event.start_mark
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=where)  # type: ignore[arg-type]  # libyaml's own
