"""The people of a folder: found in any spelling, joined and parted as the owner says."""

from __future__ import annotations

from retrieval.names import Fit
from retrieval.people import People
from retrieval.records import How, PersonEntry, Statement


def _says(speaker: str, document: str = "a.txt", role: str | None = None) -> Statement:
    return Statement(document, speaker, role, 0, 5, 0, 5, How.QUOTED, 0.9)


def test_orders_hyphens_and_capitals_are_one_person() -> None:
    people = People([_says("Park Ji-young"), _says("PARK Jiyoung", "b.txt"), _says("Ji-young Park", "c.txt")])
    (person,) = people.all
    assert person.statements == 3
    assert person.documents == ("a.txt", "b.txt", "c.txt")


def test_hangul_finds_a_romanised_name() -> None:
    people = People([_says("Park Ji-young"), _says("Kim Min-su")])
    (found,) = people.find("박지영")
    assert (found.person.name, found.fit) == ("Park Ji-young", Fit.SOUND)


def test_exact_spelling_comes_first_and_every_other_fit_is_kept() -> None:
    people = People([_says("Jeong Byung-seon"), _says("Jeong Byeong-seon"), _says("Jeong Byeong-seon", "b.txt")])
    assert [found.person.name for found in people.find("Jeong Byung-seon")] == ["Jeong Byung-seon", "Jeong Byeong-seon"]


def test_the_owner_joins_spellings_and_gives_a_role() -> None:
    entry = PersonEntry("Jeong Byung-seon", ("Jeong Byeong-seon", "정병선"), "President")
    people = People([_says("Jeong Byung-seon"), _says("Jeong Byeong-seon", "b.txt", "chief")], [entry])
    (person,) = people.all
    assert (person.name, person.statements, person.role) == ("Jeong Byung-seon", 2, "President")
    assert people.exactly("정병선") is person
    assert len(people.statements_of(person)) == 2


def test_a_name_that_nobody_has_is_not_found_but_near_ones_are_offered() -> None:
    people = People([_says("Cha Jeong-mi"), _says("Kim Min-su")])
    assert people.find("Cha Jeong-min") == ()
    assert people.near("Cha Jeong-min") == ("Cha Jeong-mi",)


def test_nobody_is_found_among_nobody() -> None:
    assert People().find("Ann Lee") == ()
    assert People().all == ()
