"""Offices in place of names: "the mayor", "시장", "오 원장"."""

from __future__ import annotations

import re

from retrieval.records import Person
from retrieval.titles import KOREAN_TITLES

_WORDS = re.compile(r"[a-z][a-z'-]+")
_BESIDE_HEAD = re.compile(r",|\b(?:of|for|at|in|from|and)\b")
_ARTICLES = frozenset({"the", "a", "an", "of", "for", "in", "at", "and"})


def holds(person: Person, asked: str) -> bool:
    """Whether the role of `person` is the office `asked` for, of the surname or the body that is named before it."""
    if not person.role:
        return False
    if (korean := _korean(asked)) is None:
        return _heads(person.role.casefold(), asked.casefold())
    first, office = korean
    return person.role.endswith(office) and (person.name.startswith(first) or first in person.role)


def mark_of(asked: str) -> str:
    """What every role that may be the office `asked` for holds somewhere, in small letters; empty where none can be."""
    if (korean := _korean(asked)) is not None:
        return korean[1].casefold()
    head = _WORDS.findall(_BESIDE_HEAD.split(asked.casefold())[0])
    return head[-1] if head else ""


def _korean(asked: str) -> tuple[str, str] | None:
    """Who or what is named first (empty where nobody is) and the office: "오 원장님", "부두공사 사장"; else None."""
    parts = asked.split()
    office = parts[-1].removesuffix("님") if parts else ""
    if len(parts) > 2 or not any(office.endswith(title) for title in KOREAN_TITLES if len(title) > 1):
        return None
    return parts[0] if len(parts) == 2 else "", office


def _heads(role: str, asked: str) -> bool:
    """Whether the office asked for is the role's own: "mayor" is the head of "the mayor of Port Sable"."""
    wanted, held = _WORDS.findall(asked), _WORDS.findall(role)
    head = _WORDS.findall(_BESIDE_HEAD.split(role)[0])
    own = [word for word in wanted if word not in _ARTICLES]
    last = _WORDS.findall(_BESIDE_HEAD.split(asked)[0])[-1:]
    return bool(own) and head[-1:] == last and set(own) <= set(held)
