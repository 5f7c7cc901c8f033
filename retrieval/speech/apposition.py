"""From a comma, dash or bracket before a verb back to the name that what stands between belongs to."""

from __future__ import annotations

from dataclasses import replace

from retrieval.speech.capitals import is_leader, is_organisation
from retrieval.speech.noun_phrases import Kind, Subject, name_ending_at, named
from retrieval.speech.role_phrases import FARTHEST, is_role, role_after
from retrieval.speech.tokens import Token
from retrieval.speech.word_classes import BREAKS, DETERMINERS, PREPOSITIONS
from retrieval.titles import is_role_noun

LONGEST_OFFICE = 20
"""Tokens of "a spokesman for the board of …" before the comma and the name."""
SHORT_ASIDE = 3
"""Words between two commas behind a name that need not describe anybody to be passed over."""
_OPENS_APPOSITION = frozenset(
    "a an the who whose whom which his her their its now then formerly currently one also both of at from in".split()
)
_SUFFIXES = frozenset("jr sr jr. sr.".split())
_ENDS_SEARCH = frozenset({";", ":"})


def over_apposition(tokens: list[Token], at: int) -> Subject | None:
    """The subject before the apposition that the mark at `at` closes; None where it is none."""
    if tokens[at].text == ")":
        return _over_brackets(tokens, at)
    if at and tokens[at].text == "," and tokens[at - 1].is_capital and not tokens[at - 1].is_possessive:
        placed = name_ending_at(tokens, at - 1)  # "Ann Lee of the Food Board, says"
        opens = placed.first == 0 or tokens[placed.first - 1].text == ","
        if placed.kind is Kind.NAME and placed.last < at - 1 and opens:
            return placed
    for edge in range(at - 1, max(1, at - FARTHEST) - 1, -1):
        if tokens[edge].text in BREAKS or tokens[edge].text == "(" or tokens[edge].lower == "who":
            if (subject := _between(tokens, edge, at)) is not None:
                return subject
        elif tokens[edge].kind == "quote" or tokens[edge].text in _ENDS_SEARCH:
            return None
    return None


def _over_brackets(tokens: list[Token], at: int) -> Subject | None:
    opened = _opening_bracket(tokens, at)
    if opened > 0 and tokens[opened - 1].is_capital:
        return name_ending_at(tokens, opened - 1)
    return over_apposition(tokens, opened - 1) if opened > 0 and tokens[opened - 1].text == "," else None


def _opening_bracket(tokens: list[Token], at: int) -> int:
    """The bracket that opens before the one at `at`, else the first token."""
    return next((i for i in range(at, 0, -1) if tokens[i].text == "("), 0)


def _between(tokens: list[Token], edge: int, at: int) -> Subject | None:
    """The subject, if what stands between `edge` and `at` is an apposition: to it, or it to an office before it."""
    inside = tokens[edge + 1 : at]
    if not inside:
        return None
    if tokens[edge].text == "," and _is_persons_name(inside) and (phrase := _office_start(tokens, edge)) is not None:
        subject = named(tokens, edge + 1, at - 1, edge + 1)
        if subject.kind is not Kind.NAME:
            return subject
        return replace(subject, first=phrase, role=(tokens[phrase].start, tokens[edge - 1].end))
    name_end = _over_further_appositions(tokens, edge - 1)
    if name_end < 0 or not tokens[name_end].is_capital or tokens[name_end].is_possessive:
        return None
    return _described(tokens, name_end, edge if tokens[edge].lower == "who" else edge + 1, at)


def _is_persons_name(inside: list[Token]) -> bool:
    if len(inside) < 2 or not all(token.is_capital or token.is_particle for token in inside):
        return False
    return not is_organisation([token.text for token in inside])


def _over_further_appositions(tokens: list[Token], at: int) -> int:
    """Back from `at` over commas and whole brackets."""
    while at > 0 and tokens[at].text in {")", ","}:
        if tokens[at].text == ")":
            at = _opening_bracket(tokens, at)
        at -= 1
    return at


def _described(tokens: list[Token], name_end: int, start: int, at: int) -> Subject | None:
    """The name that ends at `name_end`, if tokens `start` up to `at` describe it."""
    inside = tokens[start:at]
    described = _describes(inside)
    state = not described and len(inside) <= 3 and all(token.is_capital for token in inside)  # "of Dublin, Ohio,"
    if not state and not described:
        return None
    subject = name_ending_at(tokens, name_end)
    if subject.kind is not Kind.NAME or (name_end == 0 and is_leader(tokens[0].text)):
        return None
    if (state and subject.last >= name_end) or _is_placed(tokens, subject.first - 1):
        return None
    return replace(subject, last=at, role=role_after(tokens, name_end)[0] or subject.role)


def _is_placed(tokens: list[Token], before: int) -> bool:
    """Whether a preposition governs the name behind `before`: "In Washington, a senator, said"; not behind a comma."""
    while before > 0 and tokens[before].lower in DETERMINERS:
        before -= 1
    if before < 0 or tokens[before].lower not in PREPOSITIONS:
        return False
    return before == 0 or tokens[before - 1].text != ","


def _describes(inside: list[Token]) -> bool:
    first = inside[0]
    if first.lower in _OPENS_APPOSITION or first.kind == "number" or first.text == "(":
        return True
    if first.kind == "word" and first.lower.endswith(("ing", "ed")):
        return True  # ", reading from his notes,", ", flanked by aides,"
    if len(inside) <= SHORT_ASIDE and all(token.kind == "word" for token in inside):
        return True  # ", no relation,"
    return any(is_role(token) for token in inside[:8]) or first.lower in _SUFFIXES


def _office_start(tokens: list[Token], comma: int) -> int | None:
    """Where "a spokesman for the board" begins before ", Ann Lee, said"; None where no office stands there."""
    start = comma
    while start > 0 and comma - start < LONGEST_OFFICE and (tokens[start - 1].is_word or tokens[start - 1].text == ")"):
        start -= 1
        while tokens[start].text == ")" and start > 0:
            start = max(0, _opening_bracket(tokens, start - 1) - 1)
        if _opens_office(tokens, start, comma):
            break
    if start > 0 and tokens[start - 1].lower in PREPOSITIONS:
        return None  # "with his sister, Ann Lee, said"
    held = any(is_role_noun(tokens[i].lower) for i in range(start, comma))
    return start + (tokens[start].lower in DETERMINERS) if held else None


def _opens_office(tokens: list[Token], start: int, comma: int) -> bool:
    low = tokens[start].lower
    if low == "the":
        return start + 1 < comma and start > 0 and not tokens[start - 1].is_word
    return low in DETERMINERS
