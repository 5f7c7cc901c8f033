"""Passages cover the body in order, without overlap, and know their place."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retrieval.passages import LONGEST_CHARS, passages
from retrieval.reading import read
from retrieval.records import BODY, Block, BlockKind, Document, Metadata

PAGE = """Home > News

The ferry is late

Writer Harbour Office
Date 2023-03-09
Hit 12

The ferry from Ellery was two hours late on Thursday because of fog in the sound.

Passengers

Nobody complained, the harbour master said, since nobody had anywhere to be.

▲ The ferry at the quay

The next ferry was on time, and almost empty.

Copyright 2023 Harbour Office
"""


def read_text(text: str, name: str = "page.txt") -> Document:
    return read(text.encode(), name)


def test_each_paragraph_is_a_passage_with_number_and_section() -> None:
    document = read_text(PAGE)
    found = [(document.text[each.start : each.end][:20], each.paragraph, each.section) for each in passages(document)]
    assert found == [
        ("The ferry from Eller", 1, None),
        ("Nobody complained, t", 2, "Passengers"),
        ("▲ The ferry at the q", None, "Passengers"),
        ("The next ferry was o", 3, "Passengers"),
    ]


def test_a_heading_on_two_lines_is_a_section_on_one() -> None:
    document = read_text("# One\n\n> ## Two   words\n\ntext\n", "page.md")
    assert [each.section for each in passages(document)] == ["Two words"]


def test_the_section_is_at_first_that_of_the_metadata_and_never_the_title() -> None:
    document = read_text("---\ntitle: Tides\nsection: Nature\n---\n# Tides\n\nText.\n\n## Ebb\n\nMore.\n", "page.md")
    assert [each.section for each in passages(document)] == ["Nature", "Ebb"]


def test_a_long_block_is_cut_between_sentences() -> None:
    sentence = "The gauge at the lower bridge recorded four metres and eleven centimetres that night. "
    document = read_text(sentence * 60 + "\n\nShort.\n", "page.md")
    pieces = passages(document)
    assert [piece.paragraph for piece in pieces[:-1]] == [1] * (len(pieces) - 1)
    assert pieces[-1].paragraph == 2
    assert len(pieces) == 5
    for piece in pieces[:-1]:
        words = document.text[piece.start : piece.end]
        assert len(words) <= LONGEST_CHARS
        assert words.startswith("The gauge")
        assert words.endswith("night.")


def test_a_sentence_longer_than_that_stays_whole() -> None:
    document = read_text("word " * 1000 + "end.\n", "page.md")
    assert [(each.start, each.end) for each in passages(document)] == [(0, 5004)]


def test_table_rows_are_passages() -> None:
    document = read_text("| Year | Boats |\n| --- | --- |\n| 1911 | 42 |\n", "page.md")
    assert [document.text[each.start : each.end] for each in passages(document)] == ["Year | Boats", "1911 | 42"]
    assert {each.kind for each in passages(document)} == {BlockKind.TABLE_ROW}


WORDS = st.sampled_from(
    [
        "The boat came in.",
        "Home",
        "1",
        "- item",
        "# Head",
        "He said: “No.”",
        "목록",
        "작성자 김가람",
        "그는 말했다.",
        "▲ A boat",
        "Date 2023-03-09",
        "By Jane Roe",
        "\u00a0",
        "Q: Why?",
        "x" * 40,
        "| a | b |",
        "```",
        "> so",
        "\u200b",
        "a, " * 700,
    ]
)
PAGES = st.lists(st.tuples(WORDS, st.sampled_from(["\n", "\n\n", " ", "\n\n\n"])), max_size=30).map(
    lambda parts: "start\n" + "".join(word + end for word, end in parts)
)


@given(PAGES, st.sampled_from(["page.txt", "page.md"]))
def test_passages_cover_the_body_in_order(text: str, name: str) -> None:
    document = read_text(text, name)
    found = passages(document)
    for each in found:
        words = document.text[each.start : each.end]
        assert words
        assert words == words.strip()
    for before, after in pairwise(found):
        assert before.end <= after.start
    body = [each for each in found if each.paragraph is not None]
    covered = "".join("".join(document.text[each.start : each.end].split()) for each in body)
    blocks = (block for block in document.blocks if block.kind in BODY)
    assert covered == "".join("".join(document.text[block.start : block.end].split()) for block in blocks)
    numbers = list(dict.fromkeys(each.paragraph for each in body))
    assert numbers == list(range(1, len(numbers) + 1))


def test_table_rows_and_paragraphs_are_counted_alike_and_what_is_no_body_is_not() -> None:
    kinds = [BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.FURNITURE]
    blocks = tuple(Block(at, at + 1, kind) for at, kind in enumerate([*kinds, BlockKind.PARAGRAPH]))
    found = passages(Document("a.md", "abcdef", blocks, Metadata()))
    assert [(passage.start, passage.paragraph) for passage in found] == [(0, 1), (1, 2), (2, None), (3, 3), (5, 4)]


def test_whole_sentences_fill_a_passage_to_the_very_character() -> None:
    first = "The lamp burns" + " on" * 500 + ". "
    for length, cut_at in ((LONGEST_CHARS - len(first), False), (LONGEST_CHARS - len(first) + 1, True)):
        text = first + "A" + "a" * (length - 2) + ". The end" + " is near" * 20 + "."
        found = passages(Document("a.md", text, (Block(0, len(text), BlockKind.PARAGRAPH),), Metadata()))
        assert found[0].end == (len(first.rstrip()) if cut_at else LONGEST_CHARS)
