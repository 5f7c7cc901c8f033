"""What the bot says of an answer in its own voice, before the quotes or in their place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from bot.citation import fold_space
from bot.wording import Phrase, Sentence, Wording
from retrieval import Answer, AnswerKind

MOST_WORDS = 12
"""How many words, names or readings a sentence lists; the rest is counted."""

LONGEST_WORD = 60
"""Characters of each of them that a sentence shows."""

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", re.ASCII)


def remarks_on(answer: Answer, wording: Wording) -> tuple[Sentence, ...]:
    """How the question was read, what no source has, and what the answer is if it is no quote."""
    if answer.kind is AnswerKind.GREETING:
        return (wording.phrases(answer.courtesy or "hello"),)
    if not any(character.isalnum() for character in answer.question):
        return (wording.phrases("no_words"),)
    if answer.exhausted:
        return (*_reading(answer, wording), _no_more(answer, wording))
    return (*_reading(answer, wording), *_missing(answer, wording), *_outcome(answer, wording))


def was_written_out(answer: Answer) -> bool:
    """Whether the question was understood from the conversation before it, and not as it stands."""
    return fold_space(answer.understood) != fold_space(answer.question)


def _reading(answer: Answer, wording: Wording) -> tuple[Sentence, ...]:
    if answer.read_as:
        read = ((reading.asked, _with_dates(reading.meant, wording)) for reading in answer.read_as[:MOST_WORDS])
        pairs = [f"{_shown(asked)} = {_shown(meant)}" for asked, meant in read]
        return ((Phrase(", ".join(pairs)),),)
    if was_written_out(answer):
        return (wording.phrases("understood", question=fold_space(answer.understood)),)
    return ()


def _with_dates(meant: str, wording: Wording) -> str:
    """What a time was taken for, its days as the language writes them."""

    def written(day: re.Match[str]) -> str:
        try:
            return wording.date(dt.date.fromisoformat(day[0]))
        except ValueError:
            return day[0]  # digits that are no day

    return _DAY.sub(written, meant)


def _missing(answer: Answer, wording: Wording) -> tuple[Sentence, ...]:
    if not answer.missing:
        return ()
    if answer.people:
        return (wording.phrases("missing_of_person", people=_listed(answer.people), words=_listed(answer.missing)),)
    return (wording.phrases("missing", words=_listed(answer.missing)),)


def _outcome(answer: Answer, wording: Wording) -> tuple[Sentence, ...]:
    if answer.kind is AnswerKind.CHOICES:
        return (wording.phrases("choices"), *_names(answer))
    if answer.kind is AnswerKind.ANSWER:
        return ()
    if answer.outside:
        return (wording.phrases("outside"),)
    if answer.closest:
        return (wording.phrases("closest"),)
    return (wording.phrases("near_names"), *_names(answer)) if answer.choices else (wording.phrases("nothing"),)


def _names(answer: Answer) -> tuple[Sentence, ...]:
    return tuple((Phrase(f"• {_shown(name)}"),) for name in answer.choices)


def _no_more(answer: Answer, wording: Wording) -> Sentence:
    if answer.people:
        return wording.phrases("no_more_of_person", people=_listed(answer.people))
    return wording.phrases("no_more")


def _listed(items: Sequence[str]) -> str:
    shown = [_shown(item) for item in items[:MOST_WORDS]]
    more = [f"… +{len(items) - MOST_WORDS}"] if len(items) > MOST_WORDS else []
    return ", ".join([*shown, *more])


def _shown(word: str) -> str:
    folded = fold_space(word)
    return folded if len(folded) <= LONGEST_WORD else folded[: LONGEST_WORD - 1] + "…"
