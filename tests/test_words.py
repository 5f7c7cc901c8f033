from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.vocabulary import is_everyday
from retrieval.words import forms, is_function_word, is_korean, terms, without_particle, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rivers and rivers", ["rivers", "river", "and", "rivers", "river"]),
        ("The dredgers' Café", ["the", "dredgers", "dredger", "cafe"]),
        ("O'Brien’s boat", ["o'brien", "boat"]),
        ("1,250,000 of 3.5 and 2,5", ["1250000", "of", "3.5", "and", "2,5"]),
        ("the 21st and the 1980s", ["the", "21", "and", "the", "1980s", "1980"]),
        ("2031-04-05", ["2031", "04", "05"]),
        ("U.S. or U.K.? At 5 p.m.", ["us", "or", "uk", "at", "5", "pm"]),
        ("R&D at G20, H1N1, e-mail", ["r&d", "at", "g20", "h1n1", "email"]),
        ("FLU-19, mid-to-long, US-China", ["flu", "19", "mid", "to", "long", "us", "china"]),
        ("Ⅳ ﬁsh ٣٤", ["iv", "fish", "34"]),
        ("준설선이 2031년에는", ["준설", "설선", "2031", "년에"]),
        ("강", ["강"]),
        ("東京都は", ["東京", "京都", "都は"]),
        ("ภาษาไทย", ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย"]),
        ("Привет, ΜΈΓΑ", ["привет", "μεγα"]),
        ("हिन्दी शब्द", ["हिनदी", "शबद"]),
        ("🙂 … —", []),
    ],
)
def test_terms_of_every_kind_of_word(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-mail", "email"),
        ("U.S.", "US"),
        ("143rd", "143"),
        ("naïve", "NAIVE"),
        ("강변도로를", "강변도로는"),
        ("1,000", "1000"),
    ],
)
def test_two_spellings_share_a_term(one: str, other: str) -> None:
    assert set(terms(one)) & set(terms(other))


@given(st.text())
def test_words_are_slices_in_order_and_make_up_the_terms(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [term for word in found for term in word.terms] == terms(text)
    assert all(word.terms and all(word.terms) for word in found)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_words_are_those_of_any_text(text: str) -> None:
    assert terms(text) == terms(text + " 끝")[:-1]


@given(st.text())
def test_a_word_can_be_found_by_a_term_of_its_own(text: str) -> None:
    for word, found in zip(words(text), forms(text), strict=True):
        assert set(found) & set(word.terms)


def test_function_words_of_both_languages() -> None:
    assert all(map(is_function_word, ["the", "Who", "don’t", "무엇을", "us"]))
    assert not any(map(is_function_word, ["US", "WHO", "river", "준설선"]))


def test_a_particle_is_no_part_of_a_word() -> None:
    assert [without_particle(word) for word in ["준설선에서는", "강을", "나라는", "river"]] == [
        "준설선",
        "강을",
        "나라",
        "river",
    ]


def test_a_text_is_korean_from_three_in_ten_letters() -> None:
    assert is_korean("KISTI 포럼은?")
    assert not is_korean("What is 강?")
    assert not is_korean("")


def test_everyday_words_in_any_form() -> None:
    assert all(map(is_everyday, ["watched", "took", "Names", "이름은"]))
    assert not any(map(is_everyday, ["sourdough", "dredger", "Lisbon", "준설선은"]))
