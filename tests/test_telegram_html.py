"""Telegram's limits to the last unit: what fits is one message, and one more is two."""

from __future__ import annotations

import pytest

from bot.telegram_html import GAP, MOST_ENTITIES, MOST_UNITS, Html, bold, count_units, cut, packed, plain, shortened


def test_as_many_entities_as_a_message_takes_are_one_message() -> None:
    (whole,) = packed([bold("a")] * MOST_ENTITIES)
    assert (whole.entities, whole.units) == (100, 100 + 2 * 99)
    assert [message.entities for message in packed([bold("a")] * (MOST_ENTITIES + 1))] == [100, 1]


def test_as_many_units_as_a_message_takes_are_one_message() -> None:
    half = MOST_UNITS // 2
    assert [message.units for message in packed([plain("a" * half), plain("b" * (half - GAP.units))])] == [4096]
    assert [message.units for message in packed([plain("a" * half), plain("b" * (half - 1))])] == [half, half - 1]


@pytest.mark.parametrize(("text", "most", "shown"), [("abcd", 4, "abcd"), ("abcde", 4, "abc…"), ("😀😀", 3, "😀…")])
def test_what_is_too_long_ends_in_a_mark_within_the_limit(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown
    assert count_units(shown) <= most


def test_a_text_is_cut_at_the_last_space_that_fits() -> None:
    assert list(cut("one two three", 8)) == ["one two", "three"]
    assert list(cut("one two three", 7)) == ["one two", "three"]
    assert list(cut("one two three", 6)) == ["one", "two", "three"]


def test_pieces_add_up() -> None:
    assert bold("<&>") + plain("😀") == Html("<b>&lt;&amp;&gt;</b>😀", 5, 1)
