"""What a reporting verb must have beside it to report: that …, a quotation, to …, a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.speech.cues import CUES, Cue
from retrieval.speech.tokens import Token
from retrieval.speech.word_classes import ADVERBIALS, CLAUSE_OPENERS, JOINTS

TELLS = frozenset("tell tells told telling".split())
"""Verbs that name the hearer before the words."""
FEWEST_WORDS_REPORTED = 2
_LOOKED_AT = 12
"""Tokens of a complement that show of which kind it is."""
_ASKS = ("ask", "order", "invite")
_MAY_ASK = (*_ASKS, "offer", "agree", "appeal", "answer")
"""Of verbs that urge: those that also have an object which no words report."""
_BLAMES = ("accus", "blam", "prais", "criticiz", "criticis", "fault", "credit", "condemn")
_FOR_WHAT = frozenset({"of", "for"})
"""What somebody is accused of or blamed for is said with it."""
_EXPECTS = ("expect", "anticip")
_SUBJECTS = frozenset(
    """
    he she it they we i there the this these his her its their our a an such more most many some
    """.split()
)
"""Words that begin a clause without "that"."""
_LATER_SUBJECTS = frozenset("he she it they there the his her its".split())
"""Words that begin a clause behind a phrase of time or place."""
_SCENE_OPENERS = frozenset(
    """
    in on at after before when while as during asked since by speaking for with according despite although though if
    because but and however earlier later meanwhile
    """.split()
)
"""Words that begin a phrase of when or where, rather than what was said."""


@dataclass(frozen=True, slots=True)
class _Complement:
    """The tokens after a verb, without the marks that join them to it."""

    tokens: Sequence[Token]
    lows: Sequence[str]
    quoted: bool  # a quotation stands in it
    adjacent: bool  # a quotation opens it
    clause: bool  # "that", "whether" or their like opens it


def takes(verb: str, after: Sequence[Token]) -> bool:
    """Whether the tokens after `verb` are a complement that makes it report."""
    tokens = [token for token in after if token.text not in JOINTS]
    if not tokens:
        return False
    lows = [token.lower for token in tokens[:_LOOKED_AT]]
    held = _Complement(
        tokens,
        lows,
        quoted=any(token.kind == "quote" for token in tokens),
        adjacent=tokens[0].kind == "quote",
        clause=lows[0] != "who" and not CLAUSE_OPENERS.isdisjoint(lows[:4]),
    )
    match CUES.get(verb):
        case Cue.SAY:
            return _say_takes(verb, held)
        case Cue.URGE:
            return _urge_takes(verb, held)
        case Cue.THINK:
            return _think_takes(verb, held)
        case Cue.NAME:
            return held.clause or held.quoted or (verb.startswith(_BLAMES) and not _FOR_WHAT.isdisjoint(lows[1:10]))
    return held.adjacent or lows[0] == "that"


def _say_takes(verb: str, held: _Complement) -> bool:
    lows = held.lows
    if not held.quoted and not held.clause:
        if verb in TELLS:
            return "that" in lows or "to" in lows[1:6] or _has_later_clause(held.tokens)
        if lows[0] in ADVERBIALS and "that" not in lows:
            return _has_later_clause(held.tokens)
    return held.quoted or sum(token.is_word for token in held.tokens) >= FEWEST_WORDS_REPORTED


def _urge_takes(verb: str, held: _Complement) -> bool:
    lows = held.lows
    if verb.startswith("call"):
        return held.quoted or lows[0] in {"for", "on", "upon"}
    if held.clause or held.adjacent:
        return True
    if verb.startswith(_MAY_ASK):
        return lows[0] in {"to", "for"} or (verb.startswith(_ASKS) and "to" in lows[1:8])
    if held.quoted or lows[0] in {"to", "for", "on"} or "to" in lows[1:8]:
        return True
    return lows[0].endswith("ing") or len(held.tokens) >= 3


def _think_takes(verb: str, held: _Complement) -> bool:
    if held.lows[0] == "that" or held.adjacent:
        return True
    if len(held.tokens) < 4 or (verb.startswith(_EXPECTS) and "to" in held.lows[1:6]):
        return False
    return held.lows[0] in _SUBJECTS or held.tokens[0].is_capital


def _has_later_clause(tokens: Sequence[Token]) -> bool:
    """ "said on Monday he would go", "said in an interview that …": a clause follows the time or place."""
    return len(tokens) > 5 and any(token.lower in _LATER_SUBJECTS for token in tokens[2:12])


def is_clause(tokens: Sequence[Token]) -> bool:
    """Whether tokens before ", Smith said" are what was said, rather than when or where."""
    return tokens[0].lower not in _SCENE_OPENERS or any(token.kind == "quote" for token in tokens)
