"""The noun phrase that a name stands in: its run of capitals, its title, the organisation that it is part of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from retrieval.speech.capitals import is_leader, is_organisation, is_title, last_title
from retrieval.speech.role_phrases import role_after, role_before, title_start
from retrieval.speech.tokens import Token
from retrieval.speech.word_classes import ARTICLES, LINKS, PREPOSITIONS
from retrieval.titles import is_role_noun
from retrieval.words import is_function_word

MOST_PARTICLES = 3
"""Of one name: "de la van"."""
LONGEST_ORGANISATION = 12
"""Tokens before the last run of capitals in which an organisation's name of several runs is looked for."""
_NOT_NAMED_SO = ARTICLES - {"the"} | {"another", "every"}
"""What stands before a kind rather than a name: "a Republican"."""
_INSIDE_ORGANISATION = frozenset("of for and &".split())


class Kind(Enum):
    """How the subject is given."""

    NAME = "name"
    PRONOUN = "pronoun"
    OFFICE = "office"
    SAME = "same"  # the subject of the verb before, or of the sentence
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb: tokens `first` to `last`, its words where it is a name, and the role beside it."""

    kind: Kind
    first: int
    last: int
    name: tuple[str, ...] = ()
    role: tuple[int, int] | None = None  # offsets in the document
    is_organisation: bool = False


NOBODY = Subject(Kind.UNKNOWN, 0, 0)


def name_ending_at(tokens: list[Token], at: int) -> Subject:
    """The name whose last word stands at `at`; through "of …" to the head of the phrase."""
    first = run_start(tokens, at)
    before = _before_adjectives(tokens, first)
    if before < 0:
        return named(tokens, first, at, first)
    low = tokens[before].lower
    if low in _NOT_NAMED_SO and not is_role_noun(tokens[first - 1].lower):
        return Subject(Kind.UNKNOWN, before, at)
    if low in LINKS:
        if (start := _organisation_start(tokens, first)) is not None:
            words = texts(tokens, start + (tokens[start].lower == "the"), at)
            return Subject(Kind.NAME, start, at, words, None, is_organisation=True)
        if low == "and" and before and tokens[before - 1].is_capital:
            joined = _before_adjectives(tokens, run_start(tokens, before - 1))
            if joined > 0 and tokens[joined].lower in PREPOSITIONS:
                return _behind_preposition(tokens, first, at, joined)  # "Ann Lee of The Globe and Mail"
            return named(tokens, first, at, first)
    if low == "the" and before:
        before -= 1
    if tokens[before].lower in PREPOSITIONS:
        return _behind_preposition(tokens, first, at, before)
    return named(tokens, first, at, first)


def named(tokens: list[Token], first: int, last: int, phrase: int) -> Subject:
    """A run of capitals as a subject: titles and leading words apart, the title and what stands before it as its role.

    `phrase` is the first token of the phrase that the run at `first` closes.
    """
    words = texts(tokens, first, last)
    start = 0
    while start < len(words) - 1 and _only_leads(words[start], opens=first + start == 0):
        start += 1
    organisation = is_organisation(words[start:])
    title = -1 if organisation else last_title(words[start:])
    title += start * (title >= 0)
    name = words[max(start, title + 1) :]
    if title < start and "the" in {words[0].lower(), tokens[first - 1].lower if first else ""}:
        organisation = True  # people take no article
    if not name:
        return Subject(Kind.OFFICE, first, last, tuple(word.lower() for word in words[start:]))
    if len(name) == 1 and not organisation and is_leader(name[0]):
        return Subject(Kind.UNKNOWN, first, last)
    role = None
    if title >= start:
        role = (tokens[first + start].start, tokens[first + title].end)
    elif not organisation and start == 0 and first and is_role_noun(tokens[first - 1].lower):
        phrase = title_start(tokens, phrase, first)
        role = role_before(tokens, phrase, first)
    after, end = role_after(tokens, last)
    return Subject(Kind.NAME, min(first, phrase), end, name, after or role, organisation)


def _only_leads(word: str, *, opens: bool) -> bool:
    return word.lower() == "the" or is_leader(word) or (opens and is_function_word(word))


def _before_adjectives(tokens: list[Token], first: int) -> int:
    """What stands before a name and up to two words that only colour it: "of neighbouring Hale", "the late Ann Lee"."""
    before = first - 1
    for _ in range(2):
        coloured = before >= 1 and tokens[before].kind == "word" and not is_function_word(tokens[before].text)
        if not coloured or is_role_noun(tokens[before].lower):
            break
        if tokens[before - 1].lower not in PREPOSITIONS and tokens[before - 1].lower not in ARTICLES:
            break
        before -= 1
    return before


def _behind_preposition(tokens: list[Token], first: int, at: int, preposition: int) -> Subject:
    """A name behind "of", "for", "in": its head speaks, if that is a name; nobody, where it is a place or time."""
    head = preposition - 1
    if head >= 0 and tokens[head].is_capital and not tokens[head].is_possessive:
        return _titled(tokens, first, at, head) if is_title(tokens[head].text) else name_ending_at(tokens, head)
    if is_leader(tokens[first].text) and first < at:
        return named(tokens, first, at, first)  # "In March Lee said"
    return Subject(Kind.UNKNOWN, max(0, head), at)


def _titled(tokens: list[Token], first: int, at: int, head: int) -> Subject:
    """ "Ambassador to the United States Ann Lee": the run's last two words, where it can hold a place too."""
    if at - first >= 2:
        return Subject(Kind.NAME, head, at, texts(tokens, at - 1, at), (tokens[head].start, tokens[at - 2].end))
    return Subject(Kind.UNKNOWN, head, at)


def _organisation_start(tokens: list[Token], first: int) -> int | None:
    """Where an organisation's name of several runs begins ("Ministry of Science and ICT"); None where it is none."""
    start, reach = first, max(0, first - LONGEST_ORGANISATION)
    while start - 2 >= reach:
        linked = start - 1
        while linked >= reach and tokens[linked].lower in LINKS:
            linked -= 1
        if linked == start - 1 or not tokens[linked].is_capital or tokens[linked].is_possessive:
            break
        start = run_start(tokens, linked)
    heads = [token.text for token in tokens[start:first] if token.is_capital]
    return start if start < first and is_organisation(heads) and not is_title(tokens[start].text) else None


def run_start(tokens: list[Token], at: int) -> int:
    """The first token of the run of capitals that ends at `at`; particles and a title's full stop do not break it."""
    first = at
    while first > 0:
        before = tokens[first - 1]
        if before.is_capital and not before.is_possessive:
            first -= 1
        elif (joined := _before_particles(tokens, first - 1)) is not None:
            first = joined
        elif before.text == "." and first > 1 and is_title(tokens[first - 2].text):
            first -= 2
        else:
            break
    return first


def _before_particles(tokens: list[Token], at: int) -> int | None:
    """The capital before up to three particles that end at `at` ("van der"); None where there is none."""
    start = at
    while start >= 0 and at - start < MOST_PARTICLES and tokens[start].is_particle:
        start -= 1
    return start if 0 <= start < at and tokens[start].is_capital and not tokens[start].is_possessive else None


def run_end(tokens: list[Token], at: int) -> int:
    """The last token of the run of capitals that begins at `at`; a possessive closes it."""
    last = at
    while last + 1 < len(tokens) and not tokens[last].is_possessive:
        if tokens[last + 1].is_capital:
            last += 1
        elif last + 2 < len(tokens) and tokens[last + 2].is_capital and _joins_run(tokens, at, last + 1):
            last += 2
        else:
            break
    return last


def _joins_run(tokens: list[Token], first: int, joint: int) -> bool:
    if tokens[joint].is_particle:
        return True
    return tokens[joint].lower in _INSIDE_ORGANISATION and is_organisation(texts(tokens, first, joint - 1))


def texts(tokens: list[Token], first: int, last: int) -> tuple[str, ...]:
    """The words of tokens `first` to `last`."""
    return tuple(token.text for token in tokens[first : last + 1])
