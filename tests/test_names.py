"""One person, many spellings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from retrieval.names import Fit, bare, fit, is_korean_order, surname

CASES: dict[str, list[list[str]]] = yaml.safe_load((Path(__file__).parent / "cases" / "names.yaml").read_text("utf-8"))
NAMES = st.text(alphabet="abcdefgijklmnoprstuwyABCKLMJ -.,'김박이정미수영", max_size=30)


@pytest.mark.parametrize("pair", CASES["same"], ids=" = ".join)
def test_spellings_of_one_person_fit(pair: list[str]) -> None:
    assert fit(*pair) > Fit.NONE


@pytest.mark.parametrize("pair", CASES["different"], ids=" ≠ ".join)
def test_two_people_do_not_fit(pair: list[str]) -> None:
    assert fit(*pair) is Fit.NONE


@given(NAMES, NAMES)
def test_fitting_is_mutual(one: str, other: str) -> None:
    assert fit(one, other) == fit(other, one)


@given(NAMES)
def test_a_name_fits_itself(name: str) -> None:
    assert fit(name, name) is (Fit.EXACT if name.strip() else Fit.NONE)


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Dr. Ann Lee", "Ann Lee"), ("Ann Lee, PhD", "Ann Lee"), ("Ms. Lee", "Lee"), ("President", "President")],
)
def test_titles_are_taken_off(written: str, plain: str) -> None:
    assert bare(written) == plain


@pytest.mark.parametrize(
    ("name", "last"),
    [("Ann Lee", "lee"), ("Cha Jeong-mi", "cha"), ("Ludwig van Beethoven", "beethoven"), ("Kim Min Su", "kim")],
)
def test_a_second_mention_uses_the_surname(name: str, last: str) -> None:
    assert surname(name) == last


def test_korean_order_is_known_by_surname_and_given_name() -> None:
    assert is_korean_order("Park Ji-young")
    assert not is_korean_order("Ji-young Park")
    assert not is_korean_order("John Smith")


def test_a_name_of_five_hundred_characters_is_nobody() -> None:
    assert fit("a" * 500, "a" * 500 + "b") is Fit.NONE


@pytest.mark.parametrize(
    ("written", "name"), [("Lee Jr.", "Lee"), ("Lee, Jr.", "Lee"), ("Dr. Lee", "Lee"), ("Dr.", "Dr.")]
)
def test_a_single_name_goes_without_its_titles_too(written: str, name: str) -> None:
    assert bare(written) == name
