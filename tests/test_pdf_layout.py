from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.pdf_blocks import Measures, blocks_of, measures_of
from retrieval.reading.pdf_characters import accented, character
from retrieval.reading.pdf_columns import columns_of
from retrieval.reading.pdf_furniture import without_furniture
from retrieval.reading.pdf_joining import Joiner
from retrieval.reading.pdf_korean import KoreanSpaces
from retrieval.reading.pdf_lines import Line, lines_of
from retrieval.reading.pdf_rows import rows_of
from retrieval.reading.pdf_rules import Rule, Rules
from retrieval.reading.pdf_tables import TableRow, with_tables
from retrieval.reading.pdf_unruled import with_open_tables, with_unruled_tables
from retrieval.reading.pdf_words import Word

PLACES = st.floats(0, 600, allow_nan=False)
WORDS = st.builds(
    lambda text, left, length, baseline, size: Word(text, left, left + length, baseline, size, False, False),  # noqa: FBT003
    st.text("abAB가나1.-", min_size=1, max_size=9),
    PLACES,
    st.floats(1, 120),
    st.integers(0, 800).map(float),
    st.sampled_from((7.0, 10.0, 18.0)),
)
RULES = st.lists(
    st.builds(lambda at, start, length: Rule(at, start, start + length), PLACES, PLACES, st.floats(8, 600))
)


def line(text: str, **places: object) -> Line:
    """A line with `text`; where it stands and how it looks matters only where `places` say so."""
    usual = dict.fromkeys(("page", "column"), 1) | dict.fromkeys(("left", "right", "first_right"), 50.0)
    looks = {"baseline": 100.0, "size": 10.0} | dict.fromkeys(("is_bold", "is_spaced", "is_marked"), False)
    return Line(text, **(usual | looks | places))


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=60))
def test_columns_hold_every_word_once(words: list[Word]) -> None:
    held = [word for column in columns_of(words, 600) for row in column for word in row]
    assert sorted(held, key=repr) == sorted(words, key=repr)


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=1, max_size=40), RULES, RULES)
def test_tables_hold_every_word_once(words: list[Word], horizontal: list[Rule], vertical: list[Rule]) -> None:
    rules = Rules(tuple(sorted(horizontal, key=repr)), tuple(sorted(vertical, key=repr)))
    gathered = with_open_tables(with_tables(words, rules), rules)
    rows = with_unruled_tables(rows_of(gathered))
    held: list[Word] = []
    for word in (word for row in rows for word in row):
        held += [each for cell in word.cells for each in cell] if isinstance(word, TableRow) else [word]
    assert sorted(held, key=repr) == sorted(words, key=repr)


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=40))
def test_blocks_hold_every_line_once_in_order(words: list[Word]) -> None:
    lines = [each for column in columns_of(words, 600) for each in lines_of(column, 1, 0)]
    for has_turns in (False, True):
        held = [each for block in blocks_of(lines, measures_of(lines), has_turns=has_turns) for each in block]
        assert held == lines


@settings(max_examples=40)
@given(st.lists(st.lists(WORDS, max_size=6), max_size=5))
def test_furniture_is_all_that_a_page_loses(pages: list[list[Word]]) -> None:
    lines = [list(lines_of(rows_of(words), number, 0)) for number, words in enumerate(pages, 1)]
    kept = without_furniture(lines, 10.0)
    assert [[each for each in page if each in left] for page, left in zip(lines, kept, strict=True)] == kept


@pytest.mark.parametrize(
    ("ends", "begins", "joined"),
    [
        ("the navi-", "gation of", "the navigation of"),
        ("a state-of-the-", "art lamp", "a state-of-the-art lamp"),
        ("the Franco-", "British lamp", "the Franco-British lamp"),
        ("oil-", "based paint", "oil-based paint"),
        ("in 2019-", "2020 it", "in 2019-2020 it"),
        ("ships—", "all of them", "ships—all of them"),
        ("ships –", "all of them", "ships – all of them"),
        (
            "see https://harbour.example/list/",
            "ships-2020.html for",
            "see https://harbour.example/list/ships-2020.html for",
        ),
        ("see https://harbour.example/", "for more", "see https://harbour.example/ for more"),
        ("漢字の", "文", "漢字の文"),
        ("the end", "of it", "the end of it"),
    ],
)
def test_two_lines_are_joined(ends: str, begins: str, joined: str) -> None:
    lines = [line(ends), line(begins)]
    assert Joiner([lines]).joined(lines) == joined


def test_a_file_s_own_words_tell_which_hyphens_stay() -> None:
    cut = [line("The old light-"), line("house")]
    assert Joiner([cut]).joined(cut) == "The old lighthouse"
    known = [line("It is a light-house by the sea.")]
    assert Joiner([cut, known]).joined(cut) == "The old light-house"


def test_korean_words_part_where_the_file_s_other_words_do() -> None:
    lines = ["항만청은 배를 세었다고 밝혔다", "학교는 책을 세었다고 밝혔다", "항만청은 돌을 모았다고 밝혔다"] * 9
    spaces = KoreanSpaces(lines, [("밝", "혔다"), ("배를", "세었다고"), ("항만", "청은"), ("돌을", "모았다고")])
    assert [spaces.part("밝", "혔다"), spaces.part("항만", "청은")] == [False, False]
    assert [spaces.part("배를", "세었다고"), spaces.part("책을", "모았다고")] == [True, True]


@settings(max_examples=40)
@given(st.lists(st.text("가나다 a1.\n", max_size=30)), st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1))))
def test_any_text_can_be_learnt_from(lines: list[str], joints: list[tuple[str, str]]) -> None:
    spaces = KoreanSpaces(lines, joints)
    assert all(spaces.part(*joint) in {True, False} for joint in joints)


def test_characters_are_spelled_out() -> None:
    codes = {0xFB01: "fi", 0xF0B7: "•", 0x1D: "fl", 0xA0: " ", 0xFFFE: "-", 0x200B: "", 0xE123: "", 0x2F08: "人"}
    assert {code: character(code) for code in codes} == codes
    assert (accented("¨", "a"), accented("´", "x"), accented("a", "b")) == ("ä", "", "")


def test_usual_measures_are_those_of_most_letters() -> None:
    lines = [line("Most of the text is here.", baseline=100.0 + 12 * index) for index in range(5)]
    lines.append(line("Heading", size=20.0, is_bold=True))
    assert measures_of(lines) == Measures(size=10.0, is_bold=False, leadings={10.0: 12.0})
