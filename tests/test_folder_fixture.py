"""One folder of every kind of file, with everything that goes wrong in real ones, read as a whole and file by file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from folder_fixture import ABSENT, CIRCLE, EXPECTED, Expected, make_folder

from retrieval import Library
from retrieval.errors import ReadingError
from retrieval.reading import LARGEST_BYTES, read
from retrieval.records import BODY, Document

READABLE = [each for each in EXPECTED if each.is_readable]
UNREADABLE = [each for each in EXPECTED if not each.is_readable]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("of every kind") / "knowledge"
    make_folder(folder)
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[Library]:
    library = Library.open(folder)
    yield library
    library.close()


def body(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in BODY]


@pytest.mark.parametrize("expected", READABLE, ids=lambda expected: expected.path)
def test_every_kind_of_file_is_read(folder: Path, expected: Expected) -> None:
    document = read((folder / expected.path).read_bytes(), expected.path)
    assert any(expected.sentence in paragraph for paragraph in body(document)), document.text
    assert document.metadata.title == expected.title
    assert max((block.page for block in document.blocks if block.page), default=None) == expected.pages
    assert expected.author in {None, document.metadata.author}
    assert expected.date in {None, document.metadata.date}


@pytest.mark.parametrize("expected", UNREADABLE, ids=lambda expected: expected.path)
def test_every_broken_file_says_why(folder: Path, expected: Expected) -> None:
    with (folder / expected.path).open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)  # as the folder does, which goes by the size
    with pytest.raises(ReadingError) as error:
        read(content, expected.path)
    assert error.value.where == expected.path
    assert error.value.what.startswith(expected.reason)


def test_the_folder_holds_the_readable_and_names_the_others(library: Library) -> None:
    assert [document.path for document in library.documents] == sorted(each.path for each in READABLE)
    found = {problem.where: problem.what for problem in library.problems}
    reasons = {CIRCLE: "cannot be listed: ", **{each.path: each.reason for each in UNREADABLE}}
    assert found.keys() == reasons.keys()
    assert [path for path, reason in reasons.items() if not found[path].startswith(reason)] == []


def test_what_lies_outside_or_is_hidden_is_not_there(library: Library) -> None:
    seen = {*(document.path for document in library.documents), *(problem.where for problem in library.problems)}
    assert seen.isdisjoint(ABSENT)
    assert not any("Nobody must ever quote" in document.text for document in library.documents)


@pytest.mark.parametrize("expected", READABLE, ids=lambda expected: expected.path)
def test_every_sentence_is_quoted_when_it_is_asked_for(library: Library, expected: Expected) -> None:
    answer = library.ask(expected.sentence)
    shown = (*answer.quotes, *answer.closest)
    assert any(expected.sentence.split()[-2] in quote.text for quote in shown)
    texts = {document.path: document.text for document in library.documents}
    assert all(texts[quote.document][quote.start : quote.end] == quote.text for quote in shown)


def test_the_same_text_twice_is_found_once(library: Library) -> None:
    answer = library.ask("Who said that the harbour would open on the first of May?")
    places = [quote.document for quote in (*answer.quotes, *answer.closest)]
    assert len([place for place in places if place in {"notes/harbour.txt", "copies/harbour (2).txt"}]) == 1
