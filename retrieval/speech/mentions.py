"""The names that a text holds: full names of people, the roles beside them, organisations and their short names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from retrieval.speech.capitals import (
    ABBREVIATED_TITLE,
    CAPITAL,
    INITIALS,
    PARTICLE,
    is_leader,
    is_organisation,
    is_title,
    without_titles,
)
from retrieval.titles import ROLE_NOUNS, is_role_noun
from retrieval.words import is_function_word

_RUN = re.compile(
    rf"(?<!\w)(?:{ABBREVIATED_TITLE}|{INITIALS}|{CAPITAL})"
    rf"(?:[ \u00a0\n](?:{PARTICLE}[ \u00a0]){{0,2}}(?:{ABBREVIATED_TITLE}|{INITIALS}|{CAPITAL}))+"
)
_OFFICE_OF = re.compile(r"([A-Z][\w-]+) (?:of|for|to)(?: the)? $")
_APPOSITION = re.compile(r"\s?(?:,|\()\s?(?:\d{2}, )?(?:the |a |an )?(?P<role>[^,.;:()“”\"]{3,90}?)(?=[,.;)]|$| who )")
_TITLE_BEFORE = re.compile(r"(?P<role>(?:[A-Z][\w’'-]* ){0,2}(?:[a-z][\w’'-]* ){0,2}(?P<head>[a-z][\w-]+)) $")
_FARTHEST_TITLE = 60
"""Characters before a name in which its title stands."""
_LONGEST_ROLE = 110
_ABBREVIATED = re.compile(
    r"(?P<long>[A-Z][\w&’'-]{0,60}(?:[ \u00a0](?:of|for|and|the|on|in|&|de|[A-Z][\w&’'-]{0,60})){1,12})"
    r"[ \u00a0]\((?P<short>[A-Z][A-Za-z&-]{1,11})[,)]"
)
_COMPANY = re.compile(
    r"[A-Z][\w&’'-]{0,60}(?: [A-Z][\w&’'-]{0,60}){0,4} "
    r"(?:plc|PLC|Inc|Ltd|Limited|Corp|Corporation|LLC|GmbH|AG|SA|Holdings|Group|Co)\b"
)
_ORGANISATION = re.compile(rf"(?<!\w){CAPITAL}(?: (?:(?:of|for|on) (?:the )?)?{CAPITAL}){{1,7}}")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*")
_OWNER = ("'s", "’s")
LONGEST_RUN = 6
"""Words; a longer run of capitals is a headline or an organisation."""


def name_runs(text: str) -> Iterator[re.Match[str]]:
    """Every run of two or more capitalised words, in order."""
    return _RUN.finditer(text)


def full_name(text: str, run: re.Match[str]) -> str | None:
    """The full name of a person that a run holds, without titles; None where it holds none."""
    words = _without_office(text, run).replace("\u00a0", " ").split()
    owner = max((i for i, word in enumerate(words[:-1]) if word.endswith(_OWNER)), default=-1)
    words = words[owner + 1 :]  # "Oyster Bay's Ann Lee"
    if is_organisation(words) or len(words) > LONGEST_RUN:
        return None
    words = without_titles(words)
    if not 2 <= len(words) <= 4 or any(is_function_word(word) and word[0].isupper() for word in words[1:]):
        return None
    if words[-1].endswith(_OWNER):
        words[-1] = words[-1][:-2]
    return " ".join(words)


def name_and_role(text: str, run: re.Match[str]) -> tuple[str, str] | None:
    """The name in a run, and the role that stands before it as a title or behind it between commas or in brackets."""
    words = run.group().replace("\u00a0", " ").split()
    name = without_titles(words)
    if not 2 <= len(name) <= 4 or is_organisation(words):
        return None
    role = _apposition(text, run.end()) or _title_before(text, run.start()) or _title_in(words[: -len(name)])
    return (" ".join(name), role) if role is not None else None


def _apposition(text: str, end: int) -> str | None:
    """The role behind a name that ends at `end`: ", the director of the centre,"."""
    after = _APPOSITION.match(text, end, min(len(text), end + _LONGEST_ROLE))
    if after and any(is_role_noun(part) for word in after["role"].lower().split()[:8] for part in word.split("-")):
        return " ".join(after["role"].split())
    return None


def _title_in(words: list[str]) -> str | None:
    """The role in the capitalised words before a name: "Labor Secretary"."""
    if not any(word.lower() in ROLE_NOUNS for word in words):
        return None
    return " ".join(word for word in words if not is_leader(word))


def short_names(text: str) -> Iterator[tuple[str, str]]:
    """Short names with the long ones: an abbreviation in brackets behind its name, a company's first word."""
    for bracket in _ABBREVIATED.finditer(text) if "(" in text else ():
        yield bracket["short"], bracket["long"].removeprefix("The ").removeprefix("the ")
    for company in _COMPANY.finditer(text):
        first = company.group().split()[0]
        if not is_title(first) and not is_function_word(first):
            yield first, company.group()


def inner_capitals(text: str) -> list[str]:
    """The capitalised words inside sentences: names, wherever else they stand."""
    return _INSIDE.findall(text)


def _title_before(text: str, start: int) -> str | None:
    """The title in lower case right before a name at `start`: "the club's head gardener Ann Lee"."""
    left = max(0, start - _FARTHEST_TITLE)
    if text[start - 1 : start] != " " or not _closes_on_role(text[left : start - 1].rpartition(" ")[2]):
        return None
    title = _TITLE_BEFORE.search(text, left, start)
    return " ".join(title["role"].split()) if title and is_role_noun(title["head"].lower()) else None


@lru_cache(maxsize=1 << 14)
def _closes_on_role(word: str) -> bool:
    """Whether a word, or its end, says what somebody is; most words before a name do not."""
    return any(is_role_noun(word[at:].lower()) for at in range(len(word)))


def _without_office(text: str, run: re.Match[str]) -> str:
    """ "Minister of Education Ann Lee": the run without the words that belong to the office."""
    words = run.group().split()
    office = _OFFICE_OF.search(text, max(0, run.start() - 40), run.start())
    return " ".join(words[-2:]) if office and is_title(office[1]) and len(words) > 2 else run.group()


def organisations(text: str) -> list[str]:
    """The organisations that a text names by what they are: "Landlords Association of Milford"."""
    found = (match.group().removeprefix("The ") for match in _ORGANISATION.finditer(text))
    return [name for name in found if is_organisation(name.split())]
