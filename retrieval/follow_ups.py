"""A question that leans on the one before → the question written out, and what of the conversation it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.ellipses import Asks, Elliptical, ellipsis_of, without_lead
from retrieval.frames import Frame, frames_of
from retrieval.index import Index
from retrieval.names import Fit
from retrieval.narrowing import narrowed
from retrieval.particles import topic_particle
from retrieval.query import Intent
from retrieval.records import Place, Resolution, Turn
from retrieval.speech.korean_names import is_name_shaped
from retrieval.words import has_hangul, terms

RECENT = 3
"""Turns whose quotes count as shown."""
_ABOUT = re.compile(r"^(?:about|on|regarding|of)\s+", re.IGNORECASE)
_SOMEBODY_ON = re.compile(r"(?P<who>.{2,60}?)\s+(?:about|on|regarding)\s+(?P<topic>.+)", re.IGNORECASE)
_IN_IT = re.compile(
    r"\b(?:in|at|from) (?:it|that|this|the same)(?: (?:article|document|report|paper|release|interview|speech|story|meeting"
    r"|forum|hearing|debate|conference|session))?(?=[\s?.!,]|$)"
    r"|(?<![가-힣])(?:거기서는?|여기서는?|그곳에서는?)|(?<![가-힣])(?:그|이|같은) ?(?:회의|포럼|기사|인터뷰|보고서|문서|자리|연설|글|토론회|보도자료|간담회)에서는?",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?P<who>he|she|him|her|his|they|them|their)\b(?P<own>['’]s)?", re.IGNORECASE)
_KOREAN_PRONOUN = re.compile(
    r"(?<![가-힣])(?P<who>그녀|그분|그 사람|그)(?=(?:은|는|이|가|의|께서)\s|(?:은|는|이|가|의)$)"
)
_KOREAN_PRONOUNS = frozenset({"그", "그녀", "그분", "그 사람"})
_KOREAN_WHO = re.compile(r"(?P<who>그 ?사람|그 ?분|그녀|그)(?:은|는|이|가)")
_SPEAKS = re.compile(r"말|했|하셨|얘기|주장")
_OF_THE_DOCUMENT = {Asks.DATE: Intent.WHEN_WRITTEN, Asks.AUTHOR: Intent.WHO_WROTE}
_POSSESSIVE = frozenset({"his", "her", "their"})
_IS_A_QUESTION = re.compile(
    r"(?:what|who|whom|whose|when|where|why|how|which|did|does|do|is|are|was|were|will|would|can|could|has|have)\s+\S+\s+\S",
    re.IGNORECASE,
)
"""After "and" a question of its own, not a person or a topic for the last one."""
_NAME = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question written out, what was taken for what, and what of the conversation still matters to it.

    `near` is the document last quoted from, and `within` the one that alone is meant; `shown` are the places already
    shown, and `only_new` asks for something else; `besides` are people who are not asked again. `intent` is what is
    asked for, where the words do not tell.
    """

    text: str
    read_as: tuple[Resolution, ...] = ()
    near: str = ""
    within: str = ""
    shown: tuple[Place, ...] = ()
    only_new: bool = False
    besides: tuple[str, ...] = ()
    intent: Intent | None = None


def resolved(question: str, conversation: tuple[Turn, ...], index: Index) -> Resolved:
    """Write `question` out by the last turns of `conversation`; as it is where it stands on its own."""
    asked = [turn for turn in conversation if turn.kind != "greeting"]
    if not asked:
        return Resolved(question)
    last = next((turn for turn in reversed(asked) if turn.shown), asked[-1])
    person = next((turn.people[0] for turn in reversed(asked) if turn.people), "")
    shown = tuple(place for turn in conversation[-RECENT:] for place in turn.shown)
    before = _Before(asked[-1], last, person, shown, _frame_of(asked[-1].understood, index))
    form = ellipsis_of(question)
    narrowed_anew = _narrowed_anew(question, form, before, index)
    return narrowed_anew or _filled(question, form, before, index) or _pointing(question, before)


def _frame_of(question: str, index: Index) -> Frame | None:
    """The form of the last question: the one that names somebody of the folder, else the most telling."""
    frames = frames_of(question, korean=has_hangul(question))
    return next((frame for frame in frames if frame.who and index.people.find(frame.who)), next(iter(frames), None))


@dataclass(frozen=True, slots=True)
class _Before:
    """The conversation so far.

    The last question and its form, the last turn that showed something, whom it spoke of, and what was shown.
    """

    last: Turn
    quoted: Turn
    person: str
    shown: tuple[Place, ...]
    frame: Frame | None

    @property
    def near(self) -> str:
        return self.quoted.shown[0].document if self.quoted.shown else ""


def _narrowed_anew(question: str, form: Elliptical | None, before: _Before, index: Index) -> Resolved | None:
    """ "in 2023?", "and at the forum?": the last question within other limits."""
    limit = form.rest if form and form.asks is Asks.NEXT else question.strip(" ?.!")
    plain = narrowed(before.last.understood, index, of_speech=True).text.strip(" ?.!")
    korean = has_hangul(question)
    limit = f"{limit}에는" if korean and re.search(r"[년월일]$", limit) else limit
    text = f"{limit} {plain}?" if korean else f"{plain} {limit}?"
    found = narrowed(text, index, of_speech=True)
    if not found.limits or found.limits.newest or _bare(found.text) != _bare(plain):
        return None
    return Resolved(text)


def _bare(text: str) -> str:
    return re.sub(r"[\s?.!,]+", "", text).casefold()


def _filled(question: str, form: Elliptical | None, before: _Before, index: Index) -> Resolved | None:
    """The question with what it leaves out; None where it leaves out nothing."""
    last = before.last.understood
    korean = has_hangul(question)
    if form is None:
        return _next(without_lead(question), before, index, korean=korean, only_people=True)
    if form.asks is Asks.WHO and before.person:
        who = f"{before.person}{topic_particle(before.person)} 누구인가요?" if korean else f"who is {before.person}?"
        pronoun = _KOREAN_WHO.match(question.strip())
        return Resolved(who, (Resolution(pronoun["who"], before.person),) if pronoun else (), before.near)
    if form.asks is Asks.ELSE:
        return _something_else(form, before)
    if (intent := _OF_THE_DOCUMENT.get(form.asks)) is not None:
        return Resolved(last, near=before.near, within=before.near, intent=intent)
    if form.asks is Asks.OTHERS or (form.asks is Asks.SOURCE and not form.rest and before.last.kind != "answer"):
        topic = (before.frame.topic if before.frame else "") or ""
        besides = before.last.people or before.quoted.people
        within = "" if topic else before.near
        return Resolved(topic or last, near=before.near, within=within, besides=besides, intent=Intent.WHO_SAID)
    if form.asks is Asks.SOURCE:
        _, read_as = _without_pronouns(form.who, before.person)
        is_plain = form.rest and (before.frame is None or not before.frame.who)
        return Resolved(f"{form.rest} {last}" if is_plain else last, read_as, before.near, before.near)
    if form.asks is Asks.REASON:
        return Resolved(f"{form.rest.split()[0]} {last.strip(' ?.!')}?", (), before.near, before.near)
    if form.asks is Asks.AGREES and form.who:
        topic = before.frame.topic if before.frame else last
        return Resolved(_said(form.who, _ABOUT.sub("", topic), korean=korean), near=before.near)
    if form.asks is Asks.SPEECH and before.person:
        text = f"{before.person}{topic_particle(before.person)} {_IN_IT.sub('', form.rest).strip()}?"
        within = before.near if _IN_IT.search(form.rest) else ""
        return Resolved(text, near=before.near, within=within, shown=before.shown)
    return _next(form.rest, before, index, korean=korean) if form.asks is Asks.NEXT else None


def _something_else(form: Elliptical, before: _Before) -> Resolved:
    near, shown, person = before.near, before.shown, before.person
    korean = has_hangul(form.who + form.rest)
    about = "" if korean else _ABOUT.sub("", form.rest)
    if form.who and not _PRONOUN.fullmatch(form.who) and form.who not in _KOREAN_PRONOUNS:
        return Resolved(_said(form.who, about, korean=korean), (), near, "", shown, only_new=True)
    read_as = (Resolution(form.who, person),) if form.who and person else ()
    is_of_person = person and (form.who or _SPEAKS.search(form.rest))
    text = _said(person, about, korean=korean) if is_of_person else before.quoted.understood
    return Resolved(text, read_as, near, "", shown, only_new=True)


def _next(rest: str, before: _Before, index: Index, *, korean: bool, only_people: bool = False) -> Resolved | None:
    """ "and Ann Lee?" keeps the frame for a new person; "and on trade?" keeps the person for a new topic."""
    frame = before.frame
    if _IS_A_QUESTION.match(rest):
        return None
    if only_people and (frame is None or not frame.who or len(rest.split()) > 3):
        return None
    last = before.last.understood
    if (about := _SOMEBODY_ON.fullmatch(rest)) and (found := _somebody(about["who"], before, index)):
        return Resolved(_said(found[0], about["topic"], korean=korean), found[1], before.near)
    if not _ABOUT.match(rest) and (found := _somebody(rest, before, index)):
        asked = frame.who if frame else ""
        is_same_language = korean == has_hangul(last)
        text = last.replace(asked, found[0], 1) if asked and is_same_language else _said(found[0], "", korean=korean)
        return Resolved(_mended(text, found[0]), found[1], before.near)
    if only_people or not before.person or frame is None or not frame.who:
        return None
    return Resolved(_said(before.person, _ABOUT.sub("", rest), korean=korean), near=before.near)


def _somebody(rest: str, before: _Before, index: Index) -> tuple[str, tuple[Resolution, ...]] | None:
    """The person whom `rest` names, by name or by office, or a name that nobody has; with what was taken for what."""
    found = index.people.find(rest)
    if found and found[0].fit >= Fit.SINGLE:
        return rest, ()
    if office := index.people.in_office(rest, before.near):
        return office[0].name, (Resolution(rest, office[0].name),)
    unheard = not any(term in index.ranking for term in terms(rest))
    is_name = bool(_NAME.fullmatch(rest)) or is_name_shaped(rest)
    return (rest, ()) if unheard and is_name else None


def _mended(text: str, name: str) -> str:
    """`text` with the particle that fits the name put into it: 이영희는, 김민준은."""
    if not has_hangul(name):
        return text
    return re.sub(rf"({re.escape(name)})[은는](?=\s)", lambda match: match[1] + topic_particle(name), text)


def _said(person: str, topic: str, *, korean: bool) -> str:
    if korean:
        about = f" {topic}에 대해" if topic else ""
        return f"{person}{topic_particle(person)}{about} 무엇이라고 말했나?"
    return f"what did {person} say about {topic}?" if topic else f"what did {person} say?"


def _pointing(question: str, before: _Before) -> Resolved:
    """A question of its own, its pronoun replaced by whom it means and "in it" by the document last quoted."""
    within = before.near if _IN_IT.search(question) else ""
    text = " ".join(_IN_IT.sub(" ", question).split()).lstrip(", ") if within else question
    text, read_as = _without_pronouns(text, before.person)
    return Resolved(text, read_as, before.near, within, before.shown)


def _without_pronouns(question: str, person: str) -> tuple[str, tuple[Resolution, ...]]:
    """The first pronoun of a person, replaced by the one spoken of last."""
    match = _PRONOUN.search(question) or _KOREAN_PRONOUN.search(question)
    if match is None or not person:
        return question, ()
    own = "'s" if match["who"].lower() in _POSSESSIVE and not _is_object(question, match) else ""
    text = f"{question[: match.start()]}{person}{own}{question[match.end() :]}"
    return _mended(text, person), (Resolution(match.group(), person),)


def _is_object(question: str, match: re.Match[str]) -> bool:
    """ "about her" against "her view": nothing follows an object."""
    return not re.match(r"\s+\w", question[match.end() :])
