"""Whose a reported clause is: the sentence's topic or subject, the noun its verb leans on, or who spoke before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.records import How
from retrieval.speech.korean_cues import Verb, verb
from retrieval.speech.korean_leaning import Clause, Tie
from retrieval.speech.korean_names import Case
from retrieval.speech.korean_phrase import By, Phrase
from retrieval.speech.korean_resolving import Speaker
from retrieval.speech.korean_sentence import Sentence
from retrieval.speech.korean_subjects import chosen

SURE = 0.6
"""Below this nobody is named, and nobody is remembered."""
RUNNING_ON = 0.75
"""A sentence that names nobody goes on with the one who spoke last."""
CONNECTED = 0.85
"""… the more so where it begins with "이어", "또", "그러면서"."""
HARDLY = 0.62
UNSURE = 0.5
_SAYINGS = frozenset("옛말에 속담에 격언에 성경에 옛말 속담 격언 소문 유행가 노래에 가사에".split())


@dataclass(frozen=True, slots=True)
class Previous:
    """The clause before in the same sentence: whose it is, and the word that ends it with its verb."""

    speaker: Speaker | None
    last: int


def speaker_of(
    sentence: Sentence, clause: Clause, previous: Previous | None, announced: Speaker | None, *, is_first: bool
) -> tuple[Speaker | None, Phrase | None]:
    """Who says a clause, and the phrase that names them where one does; None where nobody can be named.

    `announced` was said to speak next; `is_first` where nothing was reported in this paragraph before.
    """
    if clause.tie in {Tie.HEAD, Tie.OWNER}:
        phrase = sentence.phrase(clause.who)
        unseen = phrase.by is By.NAME and not phrase.title and not sentence.cast.knows(phrase.name)
        return None if unseen else sentence.resolver.resolve(phrase), None
    begin = previous.last + 1 if previous else 0
    end = clause.first + (not clause.quoted)
    found = _candidate(sentence, clause, begin, end)
    unknown = sentence.unknown_topic(begin, end)
    if found is not None and not _is_inside(sentence, found, clause, previous):
        speaker = sentence.resolver.resolve(found)
        if speaker is not None and found.case is Case.SUBJECT and unknown is not None and unknown.last < found.first:
            speaker = replace(speaker, sure=UNSURE)
        return speaker, found
    if previous is not None:
        return (previous.speaker if unknown is None or not clause.quoted else None), None
    if unknown is not None and (stranger := sentence.stranger(unknown, clause)) is not None:
        return stranger, unknown
    return (None if clause.tie is Tie.ALONE else announced or _inherited(sentence, clause, is_first=is_first)), None


def stands_alone(sentence: Sentence, clause: Clause) -> bool:
    """Whether a quotation without a verb is somebody's words: nothing follows it, or "…, 김 교수는 말했다" does."""
    words, bare = sentence.words, sentence.bare
    following = [n for n in range(clause.last + 1, len(bare)) if bare[n] or words[n].is_quotation]
    if not following or words[following[0]].is_quotation or words[clause.last + 1].text == "…":
        return True
    named = any(phrase.last > clause.last and phrase.by is not By.UNKNOWN for phrase in sentence.mentions)
    return named and verb(bare[following[-1]]) is Verb.SAYS


def _candidate(sentence: Sentence, clause: Clause, begin: int, end: int) -> Phrase | None:
    """The phrase between a clause and its verb, else the one before the clause, else a headline's right beside it."""
    behind = chosen(sentence.mentions, sentence.words, clause.last + 1, clause.verb)
    found = behind or chosen(sentence.mentions, sentence.words, begin, end)
    if found is None and clause.tie is Tie.ALONE:
        found = chosen(sentence.mentions, sentence.words, clause.last + 1, len(sentence.words))
        return found if found is not None and not _follows_quotation(sentence, clause) else _beside(sentence, clause)
    return found


def _follows_quotation(sentence: Sentence, clause: Clause) -> bool:
    """Whether another quotation stands behind this one, so that what is named there speaks that."""
    return any(word.is_quotation for word in sentence.words[clause.last + 1 :])


def _beside(sentence: Sentence, clause: Clause) -> Phrase | None:
    """A headline's speaker stands right before the quotation, without a particle: "김 장관 “…”"."""
    bare, at = sentence.bare, clause.first - 1
    if at >= 0 and sentence.words[at].text == ",":
        at -= 1
    if at < 0 or not bare[at] or (clause.last + 1 < len(bare) and bare[clause.last + 1]):
        return None
    phrase = sentence.phrase(at)
    return phrase if phrase.by in {By.NAME, By.SURNAME, By.FOREIGN} and phrase.case is Case.NONE else None


def _is_inside(sentence: Sentence, phrase: Phrase, clause: Clause, previous: Previous | None) -> bool:
    """Whether a subject belongs to the reported clause itself, and the speaker goes on from before."""
    if clause.quoted or phrase.case is Case.TOPIC or phrase.last > clause.last:
        return False
    heads = phrase.first <= 1 or all(sentence.is_aside(at) for at in range(phrase.first))
    if not heads:
        return True
    goes_on = sentence.connects or previous is not None
    if phrase.by is By.BODY:
        return goes_on or sentence.memory.speaker is not None
    return goes_on and (previous is not None or sentence.memory.speaker is not None)


def _inherited(sentence: Sentence, clause: Clause, *, is_first: bool) -> Speaker | None:
    """A sentence that names nobody goes on with who spoke last, less surely where something unknown may be speaking."""
    who = sentence.memory.speaker
    if who is None or any(word in _SAYINGS for word in sentence.bare) or _is_cut_off(sentence, who, is_first=is_first):
        return None
    sure = CONNECTED if sentence.connects else RUNNING_ON
    if clause.quoted and sentence.unknown_topic(0, clause.first) is not None:
        sure = HARDLY if sentence.connects else UNSURE
    elif clause.quoted and not sentence.connects and sentence.has_unknown_subject(clause.first):
        sure = UNSURE
    elif not clause.quoted and not sentence.connects:
        sure = HARDLY
    return Speaker(who, sure, How.INFERRED)


def _is_cut_off(sentence: Sentence, who: str, *, is_first: bool) -> bool:
    """Whether others, or too much else, came between what `who` said last and this sentence."""
    resolver, memory = sentence.resolver, sentence.memory
    if is_first and not sentence.connects and not memory.ended_quoted:
        return True
    if resolver.passed:
        resolver.catch_up()
        if resolver.lost or (memory.subject is not None and memory.subject != who):
            return True
    return resolver.passed > 1
