"""Where verbs report in a sentence, and whether their subject follows them."""

from __future__ import annotations

from retrieval.speech.cues import BASES, CUES, GERUNDS, Cue
from retrieval.speech.noun_phrases import Kind, Subject
from retrieval.speech.sentence import Sentence
from retrieval.speech.subjects import after_verb
from retrieval.speech.tokens import Token
from retrieval.speech.valency import TELLS
from retrieval.speech.word_classes import ADVERBIALS, CLAUSE_OPENERS, PERSONAL

_INVERTS = frozenset({Cue.SAY, Cue.NAME, Cue.URGE, Cue.THINK})
_MARKS_NOUN = frozenset("the a an his her its their such these those no".split())
"""Before "claim" or "report" these make it a noun."""
_ENDS_SUBJECT = frozenset({",", ")"})
_LEADS_INTO_QUOTATION = frozenset({",", ":"})
_FINITE_ENDINGS = ("ed", "s")
_SHORTEST_UNKNOWN_VERB = 4
_CLOSES_QUOTATION = ",?!"
_FIRST_AFTER_COMMA = 5
"""Tokens that must stand before ", said Ann Lee" where no quotation does."""


def reporting_verbs(sentence: Sentence) -> list[int]:
    """Where reporting verbs stand: known ones, and unknown ones that a quotation or "that" follows."""
    tokens = sentence.tokens
    return [
        i
        for i, token in enumerate(tokens)
        if token.kind == "word"
        and (token.lower in CUES or (token.lower.endswith(_FINITE_ENDINGS) and _reports_by_structure(sentence, i)))
    ]


def _reports_by_structure(sentence: Sentence, at: int) -> bool:
    """Whether a word that ends as a verb does reports by what stands around it: a name, and that … or a quotation."""
    tokens = sentence.tokens
    if len(tokens[at].lower) < _SHORTEST_UNKNOWN_VERB or at == 0 or at + 1 >= len(tokens):
        return False
    before = tokens[at - 1]
    if not (before.is_capital or before.text in _ENDS_SUBJECT or before.lower in PERSONAL):
        return False
    more = at + 2 < len(tokens)
    if tokens[at + 1].lower == "that":
        return more
    if more and tokens[at + 1].text in _LEADS_INTO_QUOTATION and tokens[at + 2].kind == "quote":
        return True
    return _follows_quotation(sentence, at - 1)


def _follows_quotation(sentence: Sentence, last: int) -> bool:
    """Whether a quotation ending in a comma stands right before the name that ends at `last`."""
    tokens = sentence.tokens
    first = last
    while first > 0 and (tokens[first].is_capital or tokens[first].lower in PERSONAL):
        first -= 1
    quote = sentence.quotes.get(tokens[first].start)
    return quote is not None and sentence.text[quote.inner_end - 1] in _CLOSES_QUOTATION


def is_noun(tokens: list[Token], at: int) -> bool:
    """Whether a reporting verb is a noun here: "the claim", "a report"."""
    low = tokens[at].lower
    return at > 0 and low in CUES and low.removesuffix("s") in BASES and tokens[at - 1].lower in _MARKS_NOUN


def inverted_subject(tokens: list[Token], verb: int) -> Subject | None:
    """“…,” said Ann Lee: the verb follows a quotation or a comma, and a name follows it."""
    low = tokens[verb].lower
    cue = CUES.get(low)
    if cue not in _INVERTS or low in GERUNDS or low in TELLS or verb + 1 >= len(tokens):
        return None  # what follows "told" is the hearer
    quoted = _stands_behind_quotation(tokens, verb)
    if not quoted and not (cue is Cue.SAY and _may_be_inverted(tokens, verb)):
        return None
    after = tokens[verb + 1]
    if not (after.is_capital or after.kind == "word") or after.lower in CLAUSE_OPENERS or after.lower in {"to", "it"}:
        return None
    subject = after_verb(tokens, verb)
    if quoted:
        return subject
    if subject.kind is Kind.UNKNOWN:
        return None
    return subject if verb == 0 or _is_plainly_inverted(tokens, subject) else None


def _stands_behind_quotation(tokens: list[Token], verb: int) -> bool:
    if verb > 1 and tokens[verb - 1].text == ",":
        return tokens[verb - 2].kind == "quote"
    return verb > 0 and tokens[verb - 1].kind == "quote"


def _may_be_inverted(tokens: list[Token], verb: int) -> bool:
    """Whether a verb stands first, or behind a comma and a clause."""
    return verb == 0 or (verb >= _FIRST_AFTER_COMMA and tokens[verb - 1].text == ",")


def _is_plainly_inverted(tokens: list[Token], subject: Subject) -> bool:
    """Whether a name behind ", said" is the subject; in ", said Monday Lee would …" it is not."""
    if subject.kind is not Kind.NAME:
        return False
    after = tokens[subject.last + 1 : subject.last + 2]
    return not after or not after[0].is_word or after[0].lower in ADVERBIALS
