"""Who is in a document: every name with its fullest form, its last-name mentions tied to it, its role."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable

from retrieval import names
from retrieval.names import Fit
from retrieval.speech.mentions import full_name, inner_capitals, name_and_role, name_runs, organisations, short_names
from retrieval.titles import ORGANISATION_WORDS

_COURTESY = frozenset("mr mrs ms miss mx dr sir dame madam".split())
_SHORTEST_SURNAME = 3
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
        self._organisations: set[str] = set()
        self._inside: set[str] = set()  # capitalised words met inside a sentence
        self._canonical: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        for offset, text in texts:
            for run in name_runs(text):
                if name := full_name(text, run):
                    self._add(offset + run.start(), name)
                if described := name_and_role(text, run):
                    self.give_role(*described)
            for short, long in short_names(text):
                self._short.setdefault(short, long)
            self._inside.update(inner_capitals(text))
            self._organisations.update(organisations(text))

    def office(self, head: str) -> str | None:
        """The one person whose role in this document has `head` in it; None where nobody or several have."""
        holders = [name for name, role in self.roles.items() if head in role.lower().replace("-", " ").split()]
        return holders[0] if len(holders) == 1 else None

    def organisation_called(self, kind: str) -> str | None:
        """The one organisation of this document of that kind, "the federation"; None where there are several."""
        called = {name for name in self._organisations if kind in name.lower().split()}
        return next(iter(called)) if len(called) == 1 and kind in ORGANISATION_WORDS else None

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

    def _add(self, at: int, name: str) -> None:
        """Take up a full name met at `at`, by its surname, its last word and its first."""
        words = names.key_words(name)
        for key in {names.surname(name), *words[-1:]} - {""}:
            _enter(self._full[key], at, name)
        if words:
            _enter(self._first[words[0]], at, name)

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


def _enter(met: list[tuple[int, str]], at: int, name: str) -> None:
    if len(met) < _MOST_OF_ONE_SURNAME:
        met.append((at, name))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
