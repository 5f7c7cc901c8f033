"""Who is in a document: every name with its fullest form, its last-name mentions tied to it, its role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from retrieval import names
from retrieval.names import Fit
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
    r"(?P<long>[A-Z][\w&’'-]*(?:[ \u00a0](?:of|for|and|the|on|in|&|de|[A-Z][\w&’'-]*)){1,12})"
    r"[ \u00a0]\((?P<short>[A-Z][A-Za-z&-]{1,11})[,)]"
)
_COMPANY = re.compile(
    r"[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,4} "
    r"(?:plc|PLC|Inc|Ltd|Limited|Corp|Corporation|LLC|GmbH|AG|SA|Holdings|Group|Co)\b"
)
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*")
_COURTESY = frozenset("mr mrs ms miss mx dr sir dame madam".split())
_SHORTEST_SURNAME = 3
LONGEST_RUN = 6
"""Words; a longer run of capitals is a headline or an organisation."""
_MOST_OF_ONE_SURNAME = 50


class Cast:
    """The people and organisations of one document.

    Built once from its text, linear in it; a mention is tied to the full name that stands nearest before it, else
    to the first that stands after it.
    """

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """`texts` are (offset in the document, text) of every block whose names count, in order."""
        self._full: dict[str, list[tuple[int, str]]] = defaultdict(list)  # surname → (offset, full name)
        self._first: dict[str, list[tuple[int, str]]] = defaultdict(list)  # first word → (offset, full name)
        self._short: dict[str, str] = {}  # an organisation's short name → its long one
        self._inside: set[str] = set()  # capitalised words met inside a sentence
        self._canonical: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        for offset, text in texts:
            for run in _RUN.finditer(text):
                self._meet(offset + run.start(), _without_office(text, run))
                self._describe(text, run)
            self._abbreviate(text)
            self._inside.update(_INSIDE.findall(text))

    def _meet(self, at: int, run: str) -> None:
        words = run.replace("\u00a0", " ").split()
        owner = max((i for i, word in enumerate(words[:-1]) if word.endswith(("'s", "’s"))), default=-1)
        words = words[owner + 1 :]  # "Oyster Bay's Ann Lee"
        if is_organisation(words) or len(words) > LONGEST_RUN:
            return
        words = without_titles(words)
        if not 2 <= len(words) <= 4 or any(is_function_word(word) and word[0].isupper() for word in words[1:]):
            return
        if words[-1].endswith(("'s", "’s")):
            words[-1] = words[-1][:-2]
        self.add(at, " ".join(words))

    def _describe(self, text: str, run: re.Match[str]) -> None:
        """Take up the role that stands before a name as a title, or behind it between commas or in brackets."""
        words = run.group().replace("\u00a0", " ").split()
        name = without_titles(words)
        if not 2 <= len(name) <= 4 or is_organisation(words):
            return
        after = _APPOSITION.match(text, run.end(), min(len(text), run.end() + _LONGEST_ROLE))
        if after and any(is_role_noun(part) for word in after["role"].lower().split()[:8] for part in word.split("-")):
            self.give_role(" ".join(name), " ".join(after["role"].split()))
        elif title := _title_before(text, run.start()):
            self.give_role(" ".join(name), title)
        elif len(name) < len(words) and any(word.lower() in ROLE_NOUNS for word in words[: len(words) - len(name)]):
            held = [word for word in words[: len(words) - len(name)] if not is_leader(word)]
            self.give_role(" ".join(name), " ".join(held))

    def _abbreviate(self, text: str) -> None:
        """Tie "KISTEP" and "Ardent" to the long name: in brackets behind it, or a company's first word."""
        for bracket in _ABBREVIATED.finditer(text):
            self._short.setdefault(bracket["short"], bracket["long"].removeprefix("The ").removeprefix("the "))
        for company in _COMPANY.finditer(text):
            first = company.group().split()[0]
            if not is_title(first) and not is_function_word(first):
                self._short.setdefault(first, company.group())

    def office(self, head: str) -> str | None:
        """The one person whose role in this document has `head` in it; None where nobody or several have."""
        holders = [name for name, role in self.roles.items() if head in role.lower().replace("-", " ").split()]
        return holders[0] if len(holders) == 1 else None

    def labelled(self, label: str) -> str:
        """The full name behind a transcript's label: "MR. LEE:", "Lee:", "AL:"; any other label as it stands.

        A label of several words is a name already ("Marketing Expert", "Professor D"), but for a courtesy title.
        """
        bare = names.bare(label)
        if " " in bare or (" " in label.strip() and len(bare) < _SHORTEST_SURNAME):
            return label
        if bare.isupper() and len(bare) < _SHORTEST_SURNAME + 1:
            full = dict.fromkeys(full for met in self._full.values() for _, full in met if _initials(full) == bare)
            if len(full) == 1:
                return next(iter(full))
        last = bare.lower().replace("-", "")
        found = dict.fromkeys(self._fullest(full) for _, full in self._candidates(last) if names.surname(full) == last)
        return next(iter(found)) if len(found) == 1 else label

    def organisation(self, name: str) -> str:
        """An organisation's long name, where the document ties this short one to it."""
        return self._short.get(name, name)

    def is_name(self, word: str) -> bool:
        """Whether a word that opens a sentence is a name: it is one elsewhere, or an abbreviation."""
        return word in self._inside or word.isupper() or word in self._short or bool(self._candidates(word.lower()))

    def add(self, at: int, name: str) -> str:
        """Take up a full name met at `at`; returns the form by which the document's person goes."""
        for key in {names.surname(name), names.key_words(name)[-1] if names.key_words(name) else ""} - {""}:
            met = self._full[key]
            if len(met) < _MOST_OF_ONE_SURNAME:
                met.append((at, name))
        first = names.key_words(name)[:1]
        if first and len(self._first[first[0]]) < _MOST_OF_ONE_SURNAME:
            self._first[first[0]].append((at, name))
        return name

    def _candidates(self, word: str) -> list[tuple[int, str]]:
        """Full names that a single word may stand for: those with that surname, else those that begin with it."""
        met = self._full.get(word, [])
        return [one for one in met if names.surname(one[1]) == word] or met or self._first.get(word, [])

    def resolve(self, name: str, at: int) -> tuple[str, float]:
        """The document's fullest form of `name` as mentioned at `at`, and how sure that is (0 to 1)."""
        words = names.key_words(name)
        if not words:
            return name, 0.5
        if len(words) > 1 or names.bare(name).count(" "):
            return self._fullest(name), 1.0
        if name in self._short:
            return self._short[name], 0.95
        met = self._candidates(words[0])
        candidates = list(dict.fromkeys(self._fullest(full) for _, full in met))
        if len(candidates) <= 1:
            return (candidates[0], 0.97) if candidates else (name, 0.9)
        counted = Counter(self._fullest(full) for _, full in met).most_common(2)
        if counted[0][1] > counted[1][1]:  # the one whom the document is about
            return counted[0][0], 0.85 if counted[0][1] >= 2 * counted[1][1] else 0.7
        before = bisect_right(met, (at, chr(0x10FFFF)))
        return self._fullest(met[max(0, before - 1)][1]), 0.6  # too unsure to name

    def _fullest(self, name: str) -> str:
        """The longest spelling in the document that is the same person by letters or by initials and middle names."""
        known = self._canonical.get(name)
        if known is None:
            first = names.key_words(name)[:1]
            alike = [
                full
                for _, full in self._full.get(names.surname(name), [])
                if names.fit(name, full) >= Fit.PART
                and (names.key_words(full)[0][0] == first[0][0] if first else False)
            ]
            known = self._canonical[name] = max([*alike, name], key=lambda full: (len(full.replace(".", "")), full))
        return known

    def met(self) -> list[tuple[int, str]]:
        """Every full name with the offset at which it stands, in order."""
        return sorted({one for met in self._full.values() for one in met})

    def knows(self, words: list[str]) -> bool:
        """Whether these words are a full name that the document has on its own."""
        name = " ".join(words)
        return any(full == name for _, full in self._full.get(names.surname(name), []))

    def give_role(self, name: str, role: str) -> None:
        """Remember the first role that the text gives `name`; a courtesy title is none."""
        if all(word.lower().rstrip(".") in _COURTESY for word in role.split()):
            return
        self.roles.setdefault(name, role)


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


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
