"""Who is in a Korean document: full names with their titles and roles, foreign names, bodies and their short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from retrieval.speech.korean_lexicon import ATTRIBUTES, LONG_SURNAMES, NOBODY
from retrieval.speech.korean_names import (
    COURTESIES,
    Case,
    is_affiliation,
    is_body,
    is_name_shaped,
    name_score,
    noun,
    title_in,
)
from retrieval.speech.korean_phrase import ENOUGH, By, Phrase
from retrieval.speech.korean_phrases import phrase_at

_BRACKET = re.compile(r"\([^()]*\)")
_HELD = re.compile(r"\(([^()]{1,60})\)")
_BEFORE = re.compile(r"([가-힣A-Za-z·]+)[”’\"']?$")
_PROVES_NAME = re.compile(r"[A-Z][A-Za-z .·,-]{2,40}|[一-鿿]{2,4}|\d{1,3}(?:$|[,·세])|여|남")
_OFFICE_AND_NAME = re.compile(r"([가-힣 ]{1,20}?) ([가-힣]{2,4})(?:$|[,·])")
_SHORT = re.compile(r"(?:이하 ?)?[‘'“\"]?([가-힣A-Za-z]{2,12})[’'”\"]?$")
_LONGEST_BEFORE = 30
_MARKS = "“”\"‘’'「」『』《》〈〉<>[]…!?.:;ㆍ◆■□○▲△▶▷"
_LOOSE = COURTESIES | {"박사", "선생", "위원", "연구원", "책임자"}
"""Titles that people go by beside their office."""
_NONE: frozenset[str] = frozenset()
_ENDS = frozenset(".,?!;:…")
_MOST_OF_ONE_SURNAME = 200


class KoreanCast:
    """The people of one document; built once from its text, linear in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.roles: dict[str, str] = {}
        self.titles: dict[str, set[str]] = defaultdict(set)
        self._score: dict[str, float] = defaultdict(float)
        self._known: set[str] = set()  # full names, and last words of foreign ones
        self._foreign: dict[str, str] = {}  # the last word of a foreign name → the name
        self._short: dict[str, str] = {}
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        self._alone: dict[str, str] = {}  # a foreign word right before a title → the title
        self._pairs: dict[str, str] = {}  # the second of two such words at a phrase's beginning → both
        self._holders: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            self._read(text)
        for last in self._alone.keys() & self._pairs.keys():
            self._foreign.setdefault(last, self._pairs[last])
            self._known.add(last)

    def _read(self, text: str) -> None:
        latin_behind: set[str] = set()
        if "(" in text:
            for bracket in _HELD.finditer(text):
                self._bracket(
                    text[max(0, bracket.start() - _LONGEST_BEFORE) : bracket.start()], bracket[1], latin_behind
                )
            text = _BRACKET.sub("", text)
        words = text.split()
        for i, word in enumerate(words):
            if _is_titled(word):
                self._titled([_cleaned(w) for w in words[max(0, i - 9) : i + 3]], min(i, 9), latin_behind)

    def _bracket(self, above: str, inside: str, latin_behind: set[str]) -> None:
        """What a bracket says of the word before it: an age or letters prove a name, a short form goes with a body."""
        match = _BEFORE.search(above)
        before = match[1] if match else ""
        if "A" <= inside[0] <= "Z":
            latin_behind.add(before)
        if is_name_shaped(before) and name_score(before) >= 0 and _PROVES_NAME.match(inside):
            self._meet(before, 3.0)
        if (named := _OFFICE_AND_NAME.match(inside)) and title_in(named[1]) and is_name_shaped(named[2]):
            self._meet(named[2], 3.0, title_in(named[1]), named[1].split()[-1])
        elif len(before) > 2 and (found := _SHORT.match(inside)):
            short = found[1]
            if len(short) < len(before) and not is_name_shaped(short) and (short.isascii() or is_body(before)):
                self._short.setdefault(short, before)

    def _titled(self, words: list[str], at: int, latin_behind: set[str]) -> None:
        """Take up whom the phrase that ends in the title `words[at]` names."""
        if words[at].endswith(","):
            words = [*words[:at], words[at].rstrip(",")]
        for p in range(at):
            if words[p].endswith(","):
                words[p] = ""
        bracketed = frozenset(p for p in range(at) if words[p] in latin_behind)
        phrase = phrase_at(words, at, self.knows, bracketed)
        if phrase.by is By.NAME and phrase.title:
            self._meet(phrase.name, ENOUGH, phrase.title, phrase.role)
        elif phrase.by is By.FOREIGN and phrase.title:
            self._meet_foreign(phrase)
        elif phrase.by is By.OFFICE:
            self._maybe_foreign(words, at)
        if noun(words[at]).case is Case.NONE and at + 1 < len(words):
            self._before_name(words, at)

    def _maybe_foreign(self, words: list[str], at: int) -> None:
        """Keep words that may be a foreign name: one right before a title here, as the second of two there."""
        if (
            at
            and _may_be_foreign(words[at - 1])
            and (at < 2 or not words[at - 2] or noun(words[at - 2]).case is not Case.NONE)
        ):
            self._alone.setdefault(words[at - 1], noun(words[at]).title)
        first = at
        while first and words[first - 1] and noun(words[first - 1]).case is Case.NONE and at - first < 5:
            first -= 1
        if at - first >= 2 and _may_be_foreign(words[first]) and _may_be_foreign(words[first + 1]):
            self._pairs.setdefault(words[first + 1], f"{words[first]} {words[first + 1]}")

    def _before_name(self, words: list[str], at: int) -> None:
        """A title, then a name: "소설가 채이든은", unless the name's own title follows it."""
        following = noun(words[at + 1].rstrip(","))
        for name in (following.bare, following.stem):
            glued = name[:-1] if name[-1:] in COURTESIES and len(name) > 2 else name
            if (
                not is_name_shaped(glued)
                or title_in(glued)
                or name_score(glued) < (0.5 if following.case is not Case.NONE else 1.5)
            ):
                continue
            if following.case is Case.NONE and len(glued) == 2:
                continue
            after = title_in(noun(words[at + 2]).stem) if at + 2 < len(words) else ""
            if after and after not in COURTESIES and glued == following.bare:
                return
            if (
                following.case is not Case.NONE
                and glued == following.bare
                and name_score(following.stem) >= 0.5
                and len(following.stem) > 2
            ):
                continue
            phrase = phrase_at([*words[:at], words[at], glued], at + 1, _knowing(glued, self.knows))
            self._meet(glued, ENOUGH, title_in(words[at]), phrase.role)
            return

    def _meet(self, name: str, score: float, title: str = "", role: str = "") -> None:
        if not self._score[name]:
            surname = name[:2] if name.startswith(LONG_SURNAMES) else name[0]
            if len(self._by_surname[surname]) < _MOST_OF_ONE_SURNAME:
                self._by_surname[surname].append(name)
        self._score[name] += score
        self._known.add(name)
        if title:
            self.titles[name].add(title)
            self._holders[title].add(name)
        if role and role != "?" and len(role) > len(self.roles.get(name, "")):
            self.roles[name] = role

    def _meet_foreign(self, phrase: Phrase) -> None:
        last = phrase.name.split()[-1]
        known = self._foreign.get(last)
        if known is None or len(phrase.name) > len(known):
            self._foreign[last] = phrase.name
        full = self._foreign[last]
        if " " in full:
            self._known.add(last)
        self.titles[full].add(phrase.title)
        self._holders[phrase.title].add(full)
        if len(phrase.role) > len(self.roles.get(full, "")):
            self.roles[full] = phrase.role

    def knows(self, word: str) -> bool:
        """Whether the document has this full name with a title, an age or its letters somewhere."""
        return word in self._known

    def foreign(self, name: str) -> str:
        """The fullest form of a foreign name; a name of which one word more was taken is cut back to it."""
        words = name.split()
        for word in reversed(words):
            if word in self._foreign:
                return (
                    self._foreign[word]
                    if len(words) == 1 or word != words[-1]
                    else max(name, self._foreign[word], key=len)
                )
        return name

    def has_foreign(self, word: str) -> bool:
        """Whether `word` is the last word of a foreign name of two words or more."""
        return " " in self._foreign.get(word, "")

    def full(self, surname: str, title: str) -> str | None:
        """The one person of that surname and title; None where there is none, or more than one."""
        alike = self._by_surname.get(surname, [])
        titled = [name for name in alike if any(_alike(title, held) for held in self.titles.get(name, ()))]
        if title in COURTESIES and len(titled) != 1:
            titled = titled or alike
        chosen = titled or [name for name in alike if title in _LOOSE or self.titles.get(name, _NONE) <= COURTESIES]
        return chosen[0] if len(chosen) == 1 else None

    def office(self, title: str) -> str | None:
        """The one person who holds an office in this document."""
        holders = self._holders.get(title, set())
        return next(iter(holders)) if len(holders) == 1 else None

    def body(self, name: str) -> str:
        """A body's long name where the text gives the short one in brackets behind it."""
        return self._short.get(name, name)

    def is_short(self, name: str) -> bool:
        """Whether a word is a body's short form."""
        return name in self._short

    @property
    def people(self) -> tuple[str, ...]:
        """Every full name met, in order."""
        return tuple(self._score)


def _alike(title: str, held: str) -> bool:
    return title == held or (len(title) > 1 and held.endswith(title)) or (len(held) > 1 and title.endswith(held))


def _knowing(name: str, knows: Callable[[str], bool]) -> Callable[[str], bool]:
    """`knows`, with one name more."""
    return lambda word: word == name or knows(word)


@lru_cache(maxsize=1 << 16)
def _is_titled(word: str) -> bool:
    """Whether a word, its marks and particle aside, ends in a title."""
    bare = _cleaned(word).rstrip(",")
    return bool(bare) and noun(bare).title != ""


def _may_be_foreign(word: str) -> bool:
    """Whether a word could be part of a foreign name in Hangul: nothing else that is known."""
    known = is_affiliation(word) or name_score(word) >= ENOUGH or word in NOBODY or word in ATTRIBUTES
    return 1 < len(word) <= 7 and "가" <= word[0] <= "힣" and not known


def _cleaned(word: str) -> str:
    """A word without marks, but for a comma behind it where a phrase ends there."""
    bare = word.strip(_MARKS)
    ends = word[-1] in ".,?!;:…”’\"'" and word.rstrip("“”\"‘’'")[-1:] in _ENDS
    return bare.rstrip(",") + "," if ends else bare
