from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.assembly import Piece, assembled
from retrieval.records import BlockKind, Metadata


def test_every_piece_is_a_slice_with_its_kind_and_page() -> None:
    pieces = [
        Piece("Harbour report", BlockKind.HEADING, 1),
        Piece("By Ann Lee", page=1),
        Piece("The harbour   will open.\t", page=2),
    ]
    document = assembled("a.pdf", pieces, Metadata())
    assert document.text == "Harbour report\n\nBy Ann Lee\n\nThe harbour will open."
    assert [(document.text[b.start : b.end], b.kind, b.page) for b in document.blocks] == [
        ("Harbour report", BlockKind.HEADING, 1),
        ("By Ann Lee", BlockKind.BYLINE, 1),
        ("The harbour will open.", BlockKind.PARAGRAPH, 2),
    ]
    assert document.metadata.author == "Ann Lee"


def test_rows_of_one_table_stand_in_adjoining_lines() -> None:
    rows = [Piece("1 | 2", BlockKind.TABLE_ROW), Piece("3 | 4", BlockKind.TABLE_ROW), Piece("Below it.")]
    assert assembled("a.docx", rows, Metadata()).text == "1 | 2\n3 | 4\n\nBelow it."


def test_a_marked_caption_is_no_paragraph() -> None:
    document = assembled("a.docx", [Piece("Figure 3. Ships in the harbour")], Metadata())
    assert [block.kind for block in document.blocks] == [BlockKind.CAPTION]


@given(st.lists(st.builds(Piece, st.text(), st.sampled_from(BlockKind), st.none() | st.integers(1, 9))))
def test_blocks_follow_each_other_and_have_no_white_space_at_their_ends(pieces: list[Piece]) -> None:
    document = assembled("a.odt", pieces, Metadata())
    end = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert block.start >= end
        assert words == words.strip() != ""
        end = block.end
