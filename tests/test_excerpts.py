"""A quote among the words around it: its own paragraph, its neighbours, and never other words for the quoted ones."""

from __future__ import annotations

import dataclasses

import pytest
from canned import LAMP, MINUTES
from hypothesis import given
from hypothesis import strategies as st

from bot.excerpts import AROUND_CHARS, BESIDE_CHARS, Excerpt, excerpt_of, is_as_quoted
from retrieval import Block, BlockKind, Document, Metadata, Quote, QuoteKind


def _document(*blocks: tuple[str, BlockKind]) -> Document:
    text, found = "", []
    for words, kind in blocks:
        found.append(Block(len(text), len(text) + len(words), kind))
        text += words + "\n\n"
    return Document("a.txt", text, tuple(found), Metadata())


def _quote(document: Document, words: str) -> Quote:
    start = document.text.index(words)
    return Quote(words, document.path, start, start + len(words), QuoteKind.PASSAGE, 0, len(document.text))


def test_a_quote_stands_between_the_rest_of_its_paragraph_and_the_neighbours() -> None:
    assert excerpt_of(MINUTES, LAMP) == Excerpt(
        before=("It was a windy day.",),
        opening="",
        quoted="Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.",
        closing="Nobody objected.",
        after=("The meeting closed at nine.",),
    )


def test_a_heading_ends_what_is_shown_and_stands_above_it() -> None:
    document = _document(
        ("Of the pier", BlockKind.HEADING),
        ("It is closed.", BlockKind.PARAGRAPH),
        ("Of the lamp", BlockKind.HEADING),
        ("Page 3", BlockKind.FURNITURE),
        ("It burns.", BlockKind.PARAGRAPH),
        ("A lamp (photo)", BlockKind.CAPTION),
        ("It is old.", BlockKind.PARAGRAPH),
        ("Of the harbour", BlockKind.HEADING),
        ("It is full.", BlockKind.PARAGRAPH),
    )
    assert excerpt_of(document, _quote(document, "It burns.")) == Excerpt(
        ("Of the lamp",), "", "It burns.", "", ("It is old.",)
    )


def test_what_is_long_is_shortened_on_the_far_side() -> None:
    far, near = "far " * 500, "near " * 500
    document = _document(
        (f"{far}{near}", BlockKind.PARAGRAPH), (f"{far}{near}The quote. {near}{far}", BlockKind.PARAGRAPH)
    )
    excerpt = excerpt_of(document, _quote(document, "The quote."))
    assert excerpt.before[0].startswith("… near")
    assert len(excerpt.before[0]) <= AROUND_CHARS + 2
    assert excerpt.opening.startswith("… near")
    assert excerpt.opening.endswith("near")
    assert excerpt.closing.startswith("near")
    assert excerpt.closing.endswith("near …")
    assert max(len(excerpt.opening), len(excerpt.closing)) <= BESIDE_CHARS + 2


def test_a_quote_over_two_paragraphs_is_one() -> None:
    document = _document(("One two.", BlockKind.PARAGRAPH), ("Three four.", BlockKind.PARAGRAPH))
    excerpt = excerpt_of(document, _quote(document, "two.\n\nThree"))
    assert excerpt == Excerpt((), "One", "two. Three", "four.", ())


def test_a_quote_outside_any_block_stands_alone() -> None:
    document = dataclasses.replace(MINUTES, blocks=())
    assert excerpt_of(document, LAMP) == Excerpt((), "", " ".join(LAMP.text.split()), "", ())


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (MINUTES, True),
        (None, False),
        (dataclasses.replace(MINUTES, text="x" + MINUTES.text), False),
        (dataclasses.replace(MINUTES, text=MINUTES.text[:40]), False),
        (dataclasses.replace(MINUTES, text=MINUTES.text + "More."), True),
    ],
)
def test_a_quote_is_as_quoted_where_its_very_words_stand_at_its_place(
    document: Document | None, expected: bool
) -> None:
    assert is_as_quoted(document, LAMP) is expected


WORDS = st.text(st.sampled_from("ab 정.\n"), min_size=1, max_size=900).map(lambda text: f"x{text.strip()}x")
BLOCKS = st.lists(st.tuples(WORDS, st.sampled_from(BlockKind)), min_size=1, max_size=6)


@given(blocks=BLOCKS, data=st.data())
def test_the_words_around_a_quote_are_the_documents_own_in_order(
    blocks: list[tuple[str, BlockKind]], data: st.DataObject
) -> None:
    document = _document(*blocks)
    start = data.draw(st.integers(0, len(document.text) - 3))
    end = data.draw(st.integers(start + 1, len(document.text) - 2))
    words = document.text[start:end]
    quote = Quote(words, document.path, start, end, QuoteKind.PASSAGE, start, end)
    excerpt = excerpt_of(document, quote)
    parts = [*excerpt.before, excerpt.opening, excerpt.quoted, excerpt.closing, *excerpt.after]
    whole, at = " ".join(document.text.split()), 0
    for part in parts:
        bare = part.strip("… ")
        at = whole.index(bare, at)
    assert excerpt.quoted == " ".join(words.split())


def test_a_block_that_touches_the_quotes_own_is_its_neighbour() -> None:
    blocks = tuple(Block(at, at + 4, BlockKind.PARAGRAPH) for at in (0, 4, 8))
    document = Document("a.txt", "lampboatpier", blocks, Metadata())
    assert excerpt_of(document, _quote(document, "boat")) == Excerpt(("lamp",), "", "boat", "", ("pier",))
