"""YAML of strangers: fast, by lines, and neither depth nor a tag nor a missing libyaml does harm."""

from __future__ import annotations

import pytest
import yaml

from retrieval.reading import yaml_text
from retrieval.reading.yaml_text import yaml_nodes


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", getattr(yaml, request.param))


def test_libyaml_reads_it_where_there_is_one() -> None:
    assert yaml_text._LOADER is yaml.CSafeLoader


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "? ", "[{b: "])
@pytest.mark.parametrize("times", [101, 100_000])
def test_what_is_nested_too_deeply_is_refused_by_its_line(opened: str, times: int) -> None:
    with pytest.raises(yaml.MarkedYAMLError, match="more than 100 deep") as caught:
        yaml_nodes(f"# deep\n{opened * times}")
    assert caught.value.problem_mark.line == 1


@pytest.mark.usefixtures("_loader")
def test_a_hundred_lists_in_each_other_are_read_and_so_are_many_beside_each_other() -> None:
    assert yaml_nodes("[" * 100 + "]" * 100) is not None
    assert yaml_nodes("- [a]\n" * 1000) is not None


@pytest.mark.usefixtures("_loader")
def test_nothing_is_none_and_nodes_know_their_lines() -> None:
    assert yaml_nodes("") is None
    node = yaml_nodes("# 등대\na: 빛\nb: !!python/name:os.system\n")
    assert isinstance(node, yaml.MappingNode)
    assert [key.start_mark.line for key, _ in node.value] == [1, 2]
    assert node.value[1][1].value == ""


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize("text", ["a: [\n", "a: b: c", "a: \x07", "a: *gone", "a: &a [*a", "a: 1\n---\nb: 2"])
def test_what_is_no_yaml_is_an_error(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        yaml_nodes(text)


def test_half_a_character_is_an_error() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        yaml_nodes("a: \ud800")
