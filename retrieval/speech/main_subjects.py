"""The subject of a whole sentence, whatever its verb: whom a pronoun of the next sentence means."""

from __future__ import annotations

import re

from retrieval.speech.cues import AUXILIARIES, PAST
from retrieval.speech.noun_phrases import Kind, Subject
from retrieval.speech.subjects import before_verb
from retrieval.speech.tokens import SAID, Token, token
from retrieval.speech.word_classes import THIRD
from retrieval.words import is_function_word

FARTHEST_VERB = 30
"""Tokens into a sentence within which its first finite verb is looked for."""
_POSSESSIVE = re.compile(r"['’]s?$")
_ENDS_NAME = frozenset({",", ")"})


def main_subject(tokens: list[Token]) -> Subject | None:
    """What stands before a sentence's first finite verb, if a name, a pronoun or an office; else whose it is."""
    if tokens and tokens[0].lower in THIRD:
        return Subject(Kind.PRONOUN, 0, 0, (tokens[0].lower,))
    opens_office = bool(tokens) and tokens[0].lower == "the"
    for i in range(1, min(len(tokens), FARTHEST_VERB)):
        before = tokens[i - 1]
        ends_name = before.is_capital or before.text in _ENDS_NAME
        ends_office = opens_office and before.kind == "word" and not is_function_word(before.text)
        if not (ends_name or ends_office) or not _is_finite(tokens[i]):
            continue
        subject = before_verb([*tokens[:i], SAID], i)
        if subject is not None and (subject.kind is Kind.NAME or (ends_office and subject.kind is Kind.OFFICE)):
            return subject
        if ends_office:
            break
    return _owner(tokens)


def _is_finite(token: Token) -> bool:
    if token.kind != "word":
        return False
    low = token.lower
    return low in AUXILIARIES or low in PAST or low.endswith("ed") or (low.endswith("s") and not is_function_word(low))


def _owner(tokens: list[Token]) -> Subject | None:
    """ "Lee's reply was shorter.": whose it is, where the sentence has no other person for its subject."""
    last = next((i for i, word in enumerate(tokens) if not word.is_capital or word.is_possessive), len(tokens))
    if last >= len(tokens) or not tokens[last].is_capital:
        return None
    owner = tokens[last]
    name = _POSSESSIVE.sub("", owner.text)
    plain = token("capital", name, owner.start)
    subject = before_verb([*tokens[:last], plain, SAID], last + 1)
    return subject if subject is not None and subject.kind is Kind.NAME else None
