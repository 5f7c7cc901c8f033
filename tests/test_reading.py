"""A file's bytes become its text, its blocks and what it says of itself; nothing of the body is lost."""

from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ReadingError
from retrieval.reading import read
from retrieval.records import Block, BlockKind, Document

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parent.parent / "knowledge"


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    assert found
    return [pytest.param(case, id=case["name"]) for case in found]


def read_text(text: str, name: str = "page.txt") -> Document:
    return read(text.encode(), name)


def of_kind(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def assert_begin(found: list[str], beginnings: list[str]) -> None:
    shown = [words[: len(beginning)] for words, beginning in zip(found, beginnings, strict=False)]
    assert [*shown, *found[len(beginnings) :]] == beginnings


def assert_metadata(document: Document, case: dict[str, Any]) -> None:
    asked = {key: case[key] for key in ("title", "date", "author", "publisher") if key in case}
    assert {key: getattr(document.metadata, key) for key in asked} == asked


@pytest.mark.parametrize("case", cases("reading_pages.yaml"))
def test_a_saved_page_is_taken_apart(case: dict[str, Any]) -> None:
    document = read_text(case["text"])
    assert_begin(of_kind(document, BlockKind.PARAGRAPH), case["paragraphs"])
    assert_begin(of_kind(document, BlockKind.CAPTION), case.get("captions", []))
    assert set(case.get("headings", [])) <= set(of_kind(document, BlockKind.HEADING))
    if "bylines" in case:
        assert_begin(of_kind(document, BlockKind.BYLINE), case["bylines"])
    assert_metadata(document, case)
