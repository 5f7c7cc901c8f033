"""Who speaks in a Korean sentence: the phrases that may, which of them does, and whom each means in this document."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.speech.korean_cast import KoreanCast
from retrieval.speech.korean_names import Case, noun
from retrieval.speech.korean_phrase import By, Phrase
from retrieval.speech.korean_phrases import phrase_at
from retrieval.speech.korean_sentences import Word

_LEANS = frozenset("한된던낸친린긴쓴온운")
PEOPLE = (By.NAME, By.FOREIGN, By.SURNAME, By.PRONOUN, By.OFFICE, By.GENERIC, By.GROUP)


def mentions(words: Sequence[Word], cast: KoreanCast) -> list[Phrase]:
    """The phrases that stand as topic or subject, in order."""
    bare = [word.bare for word in words]
    bracketed = frozenset(n for n, word in enumerate(words) if word.is_bracketed)
    found = []
    for i, word in enumerate(bare):
        if not word:
            continue
        taken = noun(word)
        if taken.case is not Case.TOPIC and taken.case is not Case.SUBJECT:
            continue
        phrase = phrase_at(bare, i, cast.knows, bracketed)
        if phrase.case is Case.TOPIC or phrase.case is Case.SUBJECT:
            found.append(phrase)
    return found


def chosen(found: Sequence[Phrase], words: Sequence[Word], begin: int, end: int) -> Phrase | None:
    """Who speaks among the phrases of `words[begin:end]`: a topic before a subject, people before bodies."""
    inside = [phrase for phrase in found if begin <= phrase.last < end and phrase.by is not By.UNKNOWN]
    for case in (Case.TOPIC, Case.SUBJECT):
        group = [phrase for phrase in inside if phrase.case is case and not _is_place(phrase, words)]
        if case is Case.SUBJECT:
            group = [phrase for phrase in group if not _is_embedded(phrase, words, end)]
        if group:
            first = next((phrase for phrase in group if phrase.by in PEOPLE), group[0])
            return group[-1] if _parted(words, first.last, group[-1].first) else first
    return next((phrase for phrase in inside if phrase.case is Case.TOPIC), None)


def _is_embedded(phrase: Phrase, words: Sequence[Word], end: int) -> bool:
    """Whether a subject is that of a clause that leans on a noun: "노조가 제기한 의혹"."""
    for word in words[phrase.last + 1 : min(end, phrase.last + 3)]:
        if (
            word.bare[-1:] in _LEANS
            and len(word.bare) > 1
            and not noun(word.bare).title
            and noun(word.bare).case is not Case.SUBJECT
        ):
            return True
    return False


def _is_place(phrase: Phrase, words: Sequence[Word]) -> bool:
    """Whether a body is rather where something was said: "국회에서는"."""
    return words[phrase.last].bare.endswith("에서는")


def _parted(words: Sequence[Word], one: int, other: int) -> bool:
    """Whether a clause ends between two phrases: "… 도착하자 …", "… 했지만 …", a comma after a verb."""
    return any(
        word.bare.endswith(
            (
                "자",
                "지만",
                "으나",
                "는데",
                "며",
                "면서",
                "고",
                "어서",
                "아서",
                "해서",
                "에도",
                "가운데",
                "뒤",
                "후",
                "지적에",
                "질문에",
                "비판에",
                "요구에",
                "주장에",
            )
        )
        for word in words[one + 1 : other]
    )
