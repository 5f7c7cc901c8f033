"""A question that leans on the one before → the question written out: pronouns, "and Ann Lee?", "what else?", "why?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.frames import frames_of
from retrieval.index import Index
from retrieval.names import Fit
from retrieval.records import Place, Resolution, Turn
from retrieval.words import has_hangul

_AND = re.compile(
    r"^(?:(?:ok(?:ay)?|so)[, ]+)?(?:and|what about|how about|and what about|and how about)\s+(?P<rest>.{1,120}?)\s*\?*$",
    re.IGNORECASE,
)
_KOREAN_AND = re.compile(
    r"^(?:그럼|그러면|그렇다면|그리고)?\s*(?P<rest>[가-힣A-Za-z .'-]{2,40}?)(?:은|는|씨는|이는)\s*(?:요|어때|어때요|어떤가요)?\s*\?*$"
)
_BARE = re.compile(
    r"^(?:and |but |so |그럼 |근데 |그런데 )?(?P<asks>why|when|where|how|since when|how so|how come|왜|언제|어디서|어떻게)(?: (?:was|is) (?:that|this|it)|요|죠|지)?\s*[?.!]*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:about|on|regarding|of)\s+", re.IGNORECASE)
_ELSE = re.compile(
    r"^(?:(?:and )?what else(?: (?:did|does|has) (?P<who>.{2,60}?) (?:say|said|argue|think|claim|tell|mention|want|add|propose|suggest).*)?"
    r"|(?:any ?thing|something) else|(?:tell me |show me )?more|go on|continue|next|another(?: one)?)\s*[?.!]*$",
    re.IGNORECASE,
)
_KOREAN_ELSE = re.compile(r"^(?:또|더|그 ?외에|그 밖에|다른 ?말|계속)(?:\s?(?:뭐|무엇|무슨|어떤)?[가-힣 ]*)?\s*\?*$")
_PRONOUN = re.compile(r"\b(?P<who>he|she|him|her|his|they|them|their)\b(?P<own>['’]s)?", re.IGNORECASE)
_KOREAN_PRONOUN = re.compile(
    r"(?<![가-힣])(?P<who>그녀|그분|그 사람|그)(?=(?:은|는|이|가|의|께서)\s|(?:은|는|이|가|의)$)"
)
_POSSESSIVE = frozenset({"his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question written out, what was taken for what, and what of the conversation still matters to it.

    `near` is the document last quoted from; `shown` are the places already shown; `only_new` asks for something else.
    """

    text: str
    read_as: tuple[Resolution, ...] = ()
    near: str = ""
    shown: tuple[Place, ...] = ()
    only_new: bool = False


def resolved(question: str, conversation: tuple[Turn, ...], index: Index) -> Resolved:
    """Write `question` out by the last turn of `conversation`; as it is where it stands on its own."""
    last = next((turn for turn in reversed(conversation) if turn.kind not in {"greeting", "nothing"}), None)
    if last is None:
        return Resolved(question)
    near = last.shown[0].document if last.shown else ""
    shown = tuple(place for turn in conversation[-3:] for place in turn.shown)
    person = last.people[0] if last.people else ""
    if _ELSE.match(question) or _KOREAN_ELSE.match(question):
        return _something_else(question, last, person, near, shown)
    if (asks := _BARE.match(question)) is not None:
        return Resolved(f"{asks['asks']} {last.understood.strip(' ?.!')}?", (), near, ())
    if (text := _same_frame(question, last, person, index)) is not None:
        return Resolved(text, (), near, ())
    text, read_as = _without_pronouns(question, person)
    return Resolved(text, read_as, near, shown)


def _something_else(question: str, last: Turn, person: str, near: str, shown: tuple[Place, ...]) -> Resolved:
    named = _ELSE.match(question)
    who = (named["who"] or "") if named else ""
    if who and not _PRONOUN.fullmatch(who):
        return Resolved(f"what did {who} say?", (), near, shown, only_new=True)
    read_as = (Resolution(who, person),) if who and person else ()
    return Resolved(
        last.understood if not who or not person else f"what did {person} say?", read_as, near, shown, only_new=True
    )


def _same_frame(question: str, last: Turn, person: str, index: Index) -> str | None:
    """ "and Ann Lee?" keeps the last question's frame for a new person; "and on trade?" keeps its person for a new topic."""
    korean = has_hangul(question)
    match = (_KOREAN_AND if korean else _AND).match(question)
    if match is None:
        return None
    rest = match["rest"].strip()
    found = index.people.find(_ABOUT.sub("", rest))
    frames = frames_of(last.understood, korean=has_hangul(last.understood))
    asked = next((frame.who for frame in frames if frame.who), "")
    if found and found[0].fit >= Fit.SINGLE and not _ABOUT.match(rest):
        same_script = korean == has_hangul(last.understood)
        return last.understood.replace(asked, rest, 1) if asked and same_script else _said(rest, "", korean=korean)
    if person and not frames_of(question, korean=korean):
        return _said(person, _ABOUT.sub("", rest), korean=korean)
    return None


def _said(person: str, topic: str, *, korean: bool) -> str:
    if korean:
        about = f" {topic}에 대해" if topic else ""
        return f"{person}{_topic_particle(person)}{about} 무엇이라고 말했나?"
    return f"what did {person} say about {topic}?" if topic else f"what did {person} say?"


def _without_pronouns(question: str, person: str) -> tuple[str, tuple[Resolution, ...]]:
    """The first pronoun of a person, replaced by the one spoken of last."""
    match = _PRONOUN.search(question) or _KOREAN_PRONOUN.search(question)
    if match is None or not person:
        return question, ()
    own = "'s" if match["who"].lower() in _POSSESSIVE and not _is_object(question, match) else ""
    text = f"{question[: match.start()]}{person}{own}{question[match.end() :]}"
    return text, (Resolution(match.group(), person),)


def _is_object(question: str, match: re.Match[str]) -> bool:
    """ "about her" against "her view": nothing follows an object."""
    return not re.match(r"\s+\w", question[match.end() :])


def _topic_particle(name: str) -> str:
    """은 behind a final consonant, 는 behind a vowel (and behind Latin letters)."""
    closed = "가" <= name[-1] <= "힣" and (ord(name[-1]) - 0xAC00) % 28 > 0
    return "은" if closed else "는"
