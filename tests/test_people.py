"""The people of a folder: found in any spelling, joined and parted as the owner says."""

from __future__ import annotations

import pytest
from made_up import people_of

from retrieval.names import Fit
from retrieval.namesakes import alike
from retrieval.people import People
from retrieval.records import How, PersonEntry, Statement


def _says(speaker: str, document: str = "a.txt", role: str | None = None) -> Statement:
    return Statement(document, speaker, role, 0, 5, 0, 5, How.QUOTED, 0.9)


def test_orders_hyphens_and_capitals_are_one_person() -> None:
    people = people_of([_says("Park Ji-young"), _says("PARK Jiyoung", "b.txt"), _says("Ji-young Park", "c.txt")])
    (person,) = people.all
    assert person.statements == 3
    assert person.documents == ("a.txt", "b.txt", "c.txt")


@pytest.mark.parametrize(("one", "other"), [("Ian", "Nia"), ("강민정", "정강민"), ("Amy", "Mya")])
def test_names_of_one_word_are_read_from_their_beginning(one: str, other: str) -> None:
    people = people_of([_says(one), _says(other, "b.txt")])
    assert [(person.name, person.documents) for person in people.all] == [(one, ("a.txt",)), (other, ("b.txt",))]


def test_half_a_character_pair_in_a_name_finds_nobody() -> None:
    people = people_of([_says("Ann Lee")], [PersonEntry("Bo \ud800 Ek")])
    assert people.find("\ud800") == people.find("Jo \ud800") == ()
    assert not people.has_word("\udcff")
    assert people.beginning("\ud800") == ()


def test_hangul_finds_a_romanised_name() -> None:
    people = people_of([_says("Park Ji-young"), _says("Kim Min-su")])
    (found,) = people.find("박지영")
    assert (found.person.name, found.fit) == ("Park Ji-young", Fit.SOUND)


def test_exact_spelling_comes_first_and_every_other_fit_is_kept() -> None:
    people = people_of([_says("Jeong Byung-seon"), _says("Jeong Byeong-seon"), _says("Jeong Byeong-seon", "b.txt")])
    assert [found.person.name for found in people.find("Jeong Byung-seon")] == ["Jeong Byung-seon", "Jeong Byeong-seon"]


def test_the_owner_joins_spellings_and_gives_a_role() -> None:
    entry = PersonEntry("Jeong Byung-seon", ("Jeong Byeong-seon", "정병선"), "President")
    people = people_of([_says("Jeong Byung-seon"), _says("Jeong Byeong-seon", "b.txt", "chief")], [entry])
    (person,) = people.all
    assert (person.name, person.statements, person.role) == ("Jeong Byung-seon", 2, "President")
    assert people.exactly("정병선") is person
    assert len(people.statements_of(person)) == 2


def test_two_entries_of_one_name_join_all_their_spellings() -> None:
    entries = [PersonEntry("Ann Lee", ("A. Lee",)), PersonEntry("Ann Lee", ("Annie Lee",), "Mayor")]
    (person,) = people_of([_says("A. Lee"), _says("Annie Lee", "b.txt")], entries).all
    assert (person.name, person.also, person.role) == ("Ann Lee", ("A. Lee", "Annie Lee"), "Mayor")


def test_a_spelling_that_two_entries_claim_is_the_first_ones_alone() -> None:
    entries = [PersonEntry("Kang Min-jung", ("강민정",)), PersonEntry("강민정")]
    people = people_of([_says("강민정")], entries)
    assert [(person.name, person.statements) for person in people.all] == [("Kang Min-jung", 1), ("강민정", 0)]


def test_a_name_that_nobody_has_is_not_found_but_near_ones_are_offered() -> None:
    people = people_of([_says("Cha Jeong-mi"), _says("Kim Min-su")])
    assert people.find("Cha Jeong-min") == ()
    assert people.near("Cha Jeong-min") == ("Cha Jeong-mi",)


def _in_volumes(*each: list[Statement]) -> People:
    """The people of statements whose documents came one volume after another."""
    return People([voices for said in each for voices in people_of(said)._voices])


def test_near_names_are_the_same_whatever_was_read_first() -> None:
    one, other = [_says("Bo-ra Han")] * 2, [_says("Han Bo-ra", "b.txt")]
    assert _in_volumes(one, other).near("Bo-ra Hanu") == _in_volumes(other, one).near("Bo-ra Hanu") == ("Bo-ra Han",)


def test_who_says_most_in_all_volumes_is_held_against_a_name_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.people.MOST_FITTED", 1)
    often, seldom = [_says("Ada Ferryman")] * 3, [_says("Bo Ferryman")] * 2
    people = _in_volumes(often, seldom, [_says("Ada Ferryman", "b.txt")])
    assert [found.person.name for found in people.find("Ferryman")] == ["Ada Ferryman"]


def test_nobody_is_found_among_nobody() -> None:
    assert People().find("Ann Lee") == ()
    assert People().all == ()


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Kim Min-su", "Gim Minsoo", True),  # by sound
        ("김민수", "Kim Min-su", True),
        ("Ann Lee", "Ann B. Lee", True),  # a middle name left out
        ("A. Ferryman", "Ada Ferryman", True),
        ("Ada Ferryman", "Ada Feryman", True),  # a typing error
        ("Ferryman", "Ada Ferryman", True),  # a last name alone
        ("Ada", "Ada Ferryman", False),
        ("Ada Ferryman", "Bo Ferryman", False),
        ("김민수", "김민주", False),
    ],
)
def test_names_that_may_be_one_person_are_paired(one: str, other: str, are_alike: bool) -> None:
    people = people_of([_says(one), _says(one, "b.txt"), _says(other), _says("Nobody Else")])
    assert [(a.name, b.name) for a, b in alike(people.all)] == ([(one, other)] if are_alike else [])


def test_who_says_most_is_paired_first() -> None:
    said = [_says("Bo Quay"), _says("B. Quay"), *[_says("Ada Ferryman")] * 3, _says("Ferryman")]
    assert [(a.name, b.name) for a, b in alike(people_of(said).all)] == [
        ("Ada Ferryman", "Ferryman"),
        ("B. Quay", "Bo Quay"),
    ]


def test_people_whom_the_owner_names_apart_are_two() -> None:
    said = [_says("Ada Ferryman"), _says("A. Ferryman")]
    assert len(alike(people_of(said).all)) == 1
    assert (
        alike(
            people_of(said, [PersonEntry("Ada Ferryman"), PersonEntry("A. Ferryman")]).all,
            {"Ada Ferryman", "A. Ferryman"},
        )
        == ()
    )
    assert (
        alike(people_of(said, [PersonEntry("Ada Ferryman", ("A. Ferryman",))]).all, {"Ada Ferryman", "A. Ferryman"})
        == ()
    )


def test_a_last_name_that_many_bear_is_paired_with_those_who_say_most() -> None:
    counts = {"Ada": 2, "Bo": 2, "Cy": 1, "Di": 1, "Ed": 3}
    said = [_says("Ferryman"), *(_says(f"{first} Ferryman") for first, count in counts.items() for _ in range(count))]
    assert [(a.name, b.name) for a, b in alike(people_of(said).all)] == [
        ("Ed Ferryman", "Ferryman"),
        ("Ada Ferryman", "Ferryman"),
        ("Bo Ferryman", "Ferryman"),
    ]


@pytest.mark.parametrize(("last", "count"), [("Ferryman", 5000), ("", 0)], ids=["one last name", "each their own"])
def test_of_thousands_of_people_a_bounded_number_of_pairs_is_compared(
    last: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []
    monkeypatch.setattr("retrieval.namesakes.MOST_PAIRS", 5000)
    monkeypatch.setattr("retrieval.people.names.fit", lambda *pair: compared.append(pair) or Fit.NONE)
    syllables = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("ae", "oi", "ua") for c in "bdfgklmnprst"]
    firsts = [f"{one}{other}" for one in syllables[::9] for other in syllables[:360:9]]
    people = people_of(_says(f"{first} {last or first[::-1]}") for first in firsts)
    assert alike(people.all) == ()
    assert len(compared) == count
    assert len(people.all) == len(firsts) > 1500
