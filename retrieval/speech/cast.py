"""Who is in a document: every name with its fullest form, its last-name mentions tied to it, its role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from retrieval import names
from retrieval.names import Fit
from retrieval.titles import HONORIFICS, ORGANISATION_WORDS, ROLE_NOUNS
from retrieval.words import is_function_word

PARTICLE = r"(?:van|von|de|der|den|ter|ten|del|della|di|da|dos|du|la|le|el|al|bin|ibn|bint|abu|st\.)"
CAPITAL = r"(?:(?:al|el|ad|an|as|ash|ibn|d|l)[-’'])?[A-ZÀ-ÖØ-ÞĀ-ŐŒ-ŽȘȚ](?:[\w'’-]*\w)?"
INITIALS = r"(?:[A-Z]\.)+"
_RUN = re.compile(rf"(?:{INITIALS}|{CAPITAL}\.?)(?:[ \u00a0\n](?:{PARTICLE}[ \u00a0]){{0,2}}(?:{INITIALS}|{CAPITAL}))+")
_LEADERS = frozenset(
    """
    when while after before as if but and or yet although though because since however meanwhile still then also later
    earlier now today yesterday tonight in on at for from with by to of the a an this that these those his her their our
    its my your once until unless where whereas even only both like unlike despite according monday tuesday wednesday
    thursday friday saturday sunday q says said asked
    """.split()
)
_MONTHS = frozenset("january february march july september october november december".split())
LONGEST_RUN = 6
"""Words; a longer run of capitals is a headline or an organisation."""
_MOST_OF_ONE_SURNAME = 50


def is_organisation(words: Iterable[str]) -> bool:
    """Whether one of a name's words makes it an organisation's."""
    return any(word.lower().strip(".,’'") in ORGANISATION_WORDS for word in words)


def is_title(word: str) -> bool:
    """Whether a capitalised word before a name is a title or an office rather than a part of it."""
    plain = word.lower().rstrip(".")
    return plain in HONORIFICS or plain in ROLE_NOUNS or any(part in ROLE_NOUNS for part in plain.split("-"))


def is_leader(word: str) -> bool:
    """Whether a capitalised word only begins a sentence: "When", "Meanwhile", "Earlier", "Monday"."""
    plain = word.lower()
    return plain in _LEADERS or plain in _MONTHS or (plain.endswith("ly") and len(plain) > 5)


def without_titles(words: list[str]) -> list[str]:
    """A run of capitalised words from behind the last title in it: "Labor Secretary Ann Lee" is Ann Lee."""
    last = max((i for i, word in enumerate(words) if is_title(word)), default=-1)
    kept = words[last + 1 :]
    while len(kept) > 1 and is_leader(kept[0]):
        kept = kept[1:]
    return kept


class Cast:
    """The people and organisations of one document.

    Built once from its text, linear in it; a mention is tied to the full name that stands nearest before it, else
    to the first that stands after it.
    """

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """`texts` are (offset in the document, text) of every block whose names count, in order."""
        self._full: dict[str, list[tuple[int, str]]] = defaultdict(list)  # surname → (offset, full name)
        self._canonical: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        for offset, text in texts:
            for run in _RUN.finditer(text):
                self._meet(offset + run.start(), run.group())

    def _meet(self, at: int, run: str) -> None:
        words = run.replace("\u00a0", " ").split()
        if is_organisation(words) or len(words) > LONGEST_RUN:
            return
        words = without_titles(words)
        if not 2 <= len(words) <= 4 or any(is_function_word(word) and word[0].isupper() for word in words[1:]):
            return
        if words[-1].endswith(("'s", "’s")):
            words[-1] = words[-1][:-2]
        self.add(at, " ".join(words))

    def add(self, at: int, name: str) -> str:
        """Take up a full name met at `at`; returns the form by which the document's person goes."""
        for key in {names.surname(name), names.key_words(name)[-1] if names.key_words(name) else ""} - {""}:
            met = self._full[key]
            if len(met) < _MOST_OF_ONE_SURNAME:
                met.append((at, name))
        return name

    def resolve(self, name: str, at: int) -> tuple[str, float]:
        """The document's fullest form of `name` as mentioned at `at`, and how sure that is (0 to 1)."""
        words = names.key_words(name)
        if not words:
            return name, 0.5
        if len(words) > 1 or names.bare(name).count(" "):
            return self._fullest(name), 1.0
        met = self._full.get(words[0], [])
        candidates = list(dict.fromkeys(self._fullest(full) for _, full in met if names.surname(full) == words[0]))
        if not candidates:
            candidates = list(dict.fromkeys(self._fullest(full) for _, full in met))
        if len(candidates) <= 1:
            return (candidates[0], 0.97) if candidates else (name, 0.9)
        before = bisect_right(met, (at, chr(0x10FFFF)))
        nearest = self._fullest(met[max(0, before - 1)][1])
        return nearest, 0.6

    def _fullest(self, name: str) -> str:
        """The longest spelling in the document that is the same person by letters or by initials and middle names."""
        known = self._canonical.get(name)
        if known is None:
            alike = [full for _, full in self._full.get(names.surname(name), []) if names.fit(name, full) >= Fit.PART]
            known = self._canonical[name] = max(alike, key=lambda full: (len(full.replace(".", "")), full), default=name)
        return known

    def knows(self, words: list[str]) -> bool:
        """Whether these words are a full name that the document has on its own."""
        name = " ".join(words)
        return any(full == name for _, full in self._full.get(names.surname(name), []))

    def give_role(self, name: str, role: str) -> None:
        """Remember the first role that the text gives `name`."""
        self.roles.setdefault(name, role)
