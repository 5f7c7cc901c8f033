from __future__ import annotations

import pytest

from retrieval.offices import holds
from retrieval.records import Person


@pytest.mark.parametrize(
    ("name", "role", "asked"),
    [
        ("Ann Lee", "mayor of Port Hale", "the mayor"),
        ("Ann Lee", "harbour master of Port Hale", "harbour master"),
        ("Ann Lee", "harbour master of Port Hale", "the master of Port Hale"),
        ("한보라", "신항해양연구원장", "한 원장님"),
        ("한보라", "신항시장", "시장"),
        ("한보라", "부두공사 사장", "부두공사 사장"),
    ],
)
def test_who_holds_the_office_asked_for_is_meant(name: str, role: str, asked: str) -> None:
    assert holds(Person(name, role=role), asked)


@pytest.mark.parametrize(
    ("name", "role", "asked"),
    [
        ("Ann Lee", "aide to the mayor", "the secretary"),
        ("Ann Lee", "deputy mayor of Port Hale", "the port"),
        ("Ann Lee", None, "the mayor"),
        ("한보라", "신항해양연구원장", "김 원장"),
        ("Ann Lee", "mayor", "the"),
    ],
)
def test_nobody_else_is(name: str, role: str | None, asked: str) -> None:
    assert not holds(Person(name, role=role), asked)
