"""Korean sentences that say where words come from: "X에 따르면 …", "김 교수의 말이다"."""

from __future__ import annotations

import re

from retrieval.records import How
from retrieval.speech.korean_cues import Verb, noun_of_saying, verb
from retrieval.speech.korean_leaning import REACH
from retrieval.speech.korean_names import Case, is_foreign_shaped, is_generic, noun
from retrieval.speech.korean_phrase import By, Phrase
from retrieval.speech.korean_phrases import phrase_at
from retrieval.speech.korean_sentence import FEWEST_CHARACTERS, Sentence
from retrieval.speech.korean_subjects import chosen
from retrieval.speech.memory import Said

SOURCED = 0.95
LOOKED_AT = 20
"""Words of a sentence among which "따르면" is looked for."""
FEWEST_SYLLABLES = 4
_ACCORDING = frozenset({"따르면", "의하면"})
_PUBLISHED = re.compile(r"(?:발표|공개|집계|조사|분석|발간)한$|낸$|펴낸$|내놓은$")
_PAPERS = tuple(
    """
    자료 보고서 조사 통계 보도 법 조례 규정 결과 기사 집계 발표 분석 설명 계획 방안 전언 내용 기준 지침 공시 판결문
    진술 기록 문건 협정 조약 조항 연구 이론 관측 전망 소식 관계자 업계 등
    """.split()
)
"""What stands before "에 따르면" and is nobody."""


def according_to(sentence: Sentence) -> Said | None:
    """What a sentence says "according to" somebody; None where it does not, or where that is nobody."""
    for at, word in enumerate(sentence.bare[:LOOKED_AT]):
        if at and word in _ACCORDING:
            return _sourced(sentence, at)
    return None


def attributed(sentence: Sentence) -> Phrase | None:
    """The phrase that a sentence like "김 교수의 말이다", "김 교수가 4일 한 말이다", "김 교수는 덧붙였다" names."""
    bare = sentence.bare
    for at in range(len(bare) - 1):
        if noun_of_saying(bare[at + 1])[1] == "이다" and bare[at] and noun(bare[at]).case is Case.GENITIVE:
            return sentence.phrase(at)
    last = next((word for word in reversed(bare) if word), "")
    if noun_of_saying(last)[1] == "이다" or verb(last) is Verb.SAYS:
        return chosen(sentence.mentions, sentence.words, 0, len(bare))
    return None


def _sourced(sentence: Sentence, at: int) -> Said | None:
    phrase = _source(sentence, at - 1)
    speaker = sentence.resolver.resolve(phrase)
    if speaker is None or is_generic(phrase.name):
        return None
    start, end = sentence.words[at].end, sentence.span[1]
    while start < end and sentence.text[start] in " ,":
        start += 1
    if end - start < FEWEST_CHARACTERS:
        return None
    sentence.memory.speaker = speaker.name
    return sentence.statement(
        speaker, start, end - (sentence.text[end - 1] == "."), speaker.how or How.REPORTED, SOURCED
    )


def _source(sentence: Sentence, last: int) -> Phrase:
    """The phrase before "따르면": who says or publishes what follows."""
    bare = [*sentence.bare]
    bare[last] = bare[last].removesuffix("에")
    phrase = phrase_at(bare, last, sentence.cast.knows)
    unclear = phrase.by in {By.UNKNOWN, By.OFFICE}
    if unclear and last and noun(bare[last - 1]).case is Case.GENITIVE and noun_of_saying(bare[last])[0]:
        phrase = phrase_at(bare, last - 1, sentence.cast.knows)
    if phrase.by is By.UNKNOWN:
        phrase = _publisher(sentence, last) or phrase
    if phrase.by is By.UNKNOWN and _is_proper(bare[last]):
        return Phrase(By.BODY, bare[last], "", last, last, Case.OTHER)
    return phrase


def _publisher(sentence: Sentence, last: int) -> Phrase | None:
    """ "통계청이 14일 발표한 자료에 따르면": who published what the sentence goes by."""
    published = any(_PUBLISHED.match(word) for word in sentence.bare[max(0, last - REACH) : last])
    bodies = [p for p in sentence.mentions if p.by is By.BODY and p.case is Case.SUBJECT and p.last < last]
    return bodies[-1] if published and bodies else None


def _is_proper(word: str) -> bool:
    """Whether an unknown word before "에 따르면" is rather a name than a report, a law or a count."""
    return len(word) >= FEWEST_SYLLABLES and word.isalnum() and is_foreign_shaped(word) and not word.endswith(_PAPERS)
