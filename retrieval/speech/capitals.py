"""Capitalised words: the patterns of names, and which are titles, openers of sentences, words of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from retrieval.titles import HONORIFICS, ORGANISATION_WORDS, ROLE_NOUNS

PARTICLES = frozenset("van von de der den ter ten del della di da dos du la le el al bin ibn bint abu".split())
"""What joins the words of a name, in lower case."""
PARTICLE = rf"(?:{'|'.join(sorted(PARTICLES, reverse=True))}|st\.)"
ARTICLE_PREFIX = r"(?:al|el|ad|an|ar|as|at|az|ash|ibn|d|l)[-’']"
"""What may stand in lower case before a name's capital: al-Amr, d’Arc."""
CAPITAL = rf"(?:{ARTICLE_PREFIX})?[A-ZÀ-ÖØ-ÞĀ-ŐŒ-ŽȘȚ](?:[\w'’-]{{0,60}}\w)?"
"""A word with a capital; none that anybody writes is longer."""
INITIALS = r"(?:[A-Z]\.){1,8}"
_SHORT_TITLES = "Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Hon|St|Lt|Col|Maj|Capt|Sgt|Rev|Adm"
ABBREVIATED_TITLE = rf"(?:{_SHORT_TITLES})\."
ABBREVIATION = rf"(?:{_SHORT_TITLES}|Jr|Sr)\."

_ALSO_SURNAMES = frozenset(
    """
    king dean bishop pope prince marshal major judge cardinal champion monk priest fellow father brother sister page
    chancellor sheriff mayor baron count duke knight abbot rector provost constable steward usher warden
    """.split()
)
"""Offices that are surnames too: as such where they close a name and no title stands before them."""
_LEADERS = frozenset(
    """
    when while after before as if but and or yet although though because since however meanwhile still then also later
    earlier now today yesterday tonight in on at for from with by to of the a an this that these those his her their our
    its my your once until unless where whereas even only both like unlike despite according monday tuesday wednesday
    thursday friday saturday sunday q says said asked following according speaking citing responding addressing noting
    including regarding concerning during among besides nor neither nobody everybody somebody anybody someone
    everyone anyone one
    what which who whom whose why how none nothing something everything did does is are was were has have had can could
    would shall should not late early january february march july september october november december
    """.split()
)
"""Words whose capital only begins a sentence, and names of days and months that no person has."""
_NAMES_IN_LY = frozenset("kimberly beverly everly reilly connolly donnelly kennelly italy sicily".split())
_ENDINGS_OF_TITLES = ("woman", "person", "master", "mistress")
_WORDS_REMEMBERED = 1 << 14
"""How many words' answers are kept: a folder's capitalised words are few, and each is asked about many times."""


def is_organisation(words: Sequence[str]) -> bool:
    """Whether a word makes a name an organisation's; of "House Budget Chairman Ann Lee" only the name counts."""
    title = max((i for i, word in enumerate(words[:-1]) if is_title(word)), default=-1)
    if 0 <= title < len(words) - 2:
        words = words[title + 1 :]
    return any(word.lower().strip(".,’'") in ORGANISATION_WORDS for word in words)


@lru_cache(maxsize=_WORDS_REMEMBERED)
def is_title(word: str) -> bool:
    """Whether a capitalised word before a name is a title or an office rather than a part of it."""
    plain = word.lower().rstrip(".")
    if plain.endswith(_ENDINGS_OF_TITLES) and len(plain) > 7:
        return True
    if plain.endswith("ist") and not plain.endswith(("vist", "uist", "rist")) and len(plain) > 5:
        return True
    return plain in HONORIFICS or plain in ROLE_NOUNS or any(part in ROLE_NOUNS for part in plain.split("-"))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def is_leader(word: str) -> bool:
    """Whether a capitalised word only begins a sentence: "When", "Meanwhile", "Earlier", "Monday"."""
    if word.isupper() and len(word) > 1:
        return False  # WHO
    plain = word.lower()
    return plain in _LEADERS or (plain.endswith("ly") and len(plain) > 5 and plain not in _NAMES_IN_LY)


def last_title(words: Sequence[str]) -> int:
    """Where the last title of a run stands, -1 where there is none; "Martin Luther King" has none."""
    last = len(words) - 1
    closes_name = last > 0 and words[last].lower() in _ALSO_SURNAMES and not is_title(words[last - 1])
    return max((i for i, word in enumerate(words[: last + (not closes_name)]) if is_title(word)), default=-1)


def without_titles(words: list[str]) -> list[str]:
    """A run of capitalised words from behind the last title in it: "Labor Secretary Ann Lee" is Ann Lee."""
    last = last_title(words)
    kept = words[last + 1 :]
    while len(kept) > 1 and is_leader(kept[0]):
        kept = kept[1:]
    return kept
