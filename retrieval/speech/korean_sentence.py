"""One Korean sentence being read: its words, what it reports, whom it names, and what may be asked of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.quotations import Quotation
from retrieval.records import How
from retrieval.speech.korean_clauses import clauses
from retrieval.speech.korean_cues import noun_of_saying
from retrieval.speech.korean_leaning import Clause
from retrieval.speech.korean_names import Case, noun
from retrieval.speech.korean_phrase import By, Phrase
from retrieval.speech.korean_phrases import phrase_at
from retrieval.speech.korean_resolving import Resolver, Speaker
from retrieval.speech.korean_sentences import Word
from retrieval.speech.korean_subjects import mentions
from retrieval.speech.memory import Said

STRANGER = 0.62
"""Somebody whom nothing but the verb makes a speaker."""
FEWEST_CHARACTERS = 4
MOST_WORDS_BEFORE_STRANGER = 4
_CONNECTS = frozenset(
    """
    이어 이어서 또 또한 그러면서 그러면서도 아울러 특히 그리고 다만 더불어 나아가 이와함께 끝으로 마지막으로 이에
    덧붙여 그러나 하지만
    """.split()
)
_PROMPTS = frozenset("질문 물음 지적 비판 우려 요구 질의 주장".split())
_POINTS = frozenset("이 그 저 이번 해당 이런 그런 이같은 새 첫 모든 각 두 세 통해 대해 위해 관련해".split())
_CERTAINLY_SAYS = re.compile(r"(?:밝[혔히]|말했|전했|설명했|덧붙였|강조했|주장했|해명했|반박했|비판했)")
_ADVERBIAL = re.compile(
    r"(?:에|로|서|때|번|날|후|뒤|전|일|월|년|중|해|지|까지|부터|면서|지금|오늘|이제|당시|처음|나중|우선)$"
)
_DATE = re.compile(r"(?:\d{1,4}[년월일시]|지난|오는|이날|오전|오후)")
_SPANS = ("부터", "까지")


class Sentence:
    """The sentence `text[span]`, with the people of its document and what came before in `resolver`."""

    def __init__(
        self,
        text: str,
        span: tuple[int, int],
        words: list[Word],
        quotes: Mapping[int, Quotation],
        resolver: Resolver,
    ) -> None:
        self.text, self.span, self.words, self.resolver = text, span, words, resolver
        self.cast, self.memory = resolver.cast, resolver.memory
        self.bare = [word.bare for word in words]
        self.clauses = clauses(text, words, quotes)
        self.mentions = mentions(words, self.cast)

    @property
    def connects(self) -> bool:
        """Whether it goes on from the sentence before: "이어", "또", "그러면서"."""
        return bool(self.bare) and self.bare[0] in _CONNECTS

    def phrase(self, last: int) -> Phrase:
        """The noun phrase that ends at `words[last]`."""
        return phrase_at(self.bare, last, self.cast.knows)

    def unknown_topic(self, begin: int, end: int) -> Phrase | None:
        """A topic of which nobody knows whether it can speak, among `words[begin:end]`; not one of time or place."""
        for phrase in self.mentions:
            if phrase.by is not By.UNKNOWN or phrase.case is not Case.TOPIC or not begin <= phrase.last < end:
                continue
            bare = self.bare[phrase.last]
            if bare[-1] in "은는" and not bare.endswith("에서는") and not _ADVERBIAL.search(phrase.name):
                return phrase
        return None

    def has_unknown_subject(self, end: int) -> bool:
        """Whether a subject of which nobody knows whether it can speak stands before `words[end]`."""
        return any(
            p.by is By.UNKNOWN and p.case is Case.SUBJECT and p.last < end and len(p.name) > 1 for p in self.mentions
        )

    def stranger(self, unknown: Phrase, clause: Clause) -> Speaker | None:
        """Somebody whom nothing but the verb makes a speaker, as the sentence opens with the name."""
        before = self.bare[: unknown.first]
        if not clause.quoted or len(before) > MOST_WORDS_BEFORE_STRANGER or len(unknown.name) < 2:
            return None
        opens = all(self.is_aside(at) or noun(word).case is Case.NONE for at, word in enumerate(before))
        if not opens or any(word in _POINTS for word in before):
            return None
        says = _CERTAINLY_SAYS.match(self.bare[min(clause.verb, len(self.bare) - 1)])
        return Speaker(unknown.name, STRANGER) if says else None

    def is_aside(self, at: int) -> bool:
        """Whether a word only says when, or joins the sentence to the one before."""
        word = self.bare[at]
        return (not word and not self.words[at].is_quotation) or bool(_DATE.match(word)) or word in _CONNECTS

    def said(self, clause: Clause, speaker: Speaker, phrase: Phrase | None, begin: int) -> Said | None:
        """The statement that a clause is in `speaker`'s mouth, named by `phrase`; None where no words are left."""
        start = clause.start if clause.start >= 0 else self._start(clause, phrase, begin)
        if clause.end - start < FEWEST_CHARACTERS and not clause.quoted:
            return None
        how = speaker.how or (How.QUOTED if clause.quoted else How.REPORTED)
        return self.statement(speaker, start, clause.end, how, clause.sure)

    def statement(self, speaker: Speaker, start: int, end: int, how: How, sure: float) -> Said:
        """A statement of this sentence."""
        role = self.cast.roles.get(speaker.name)
        return Said(speaker.name, start, end, how, round(speaker.sure * sure, 3), self.span, role)

    def _start(self, clause: Clause, phrase: Phrase | None, begin: int) -> int:
        """Where a clause without quotation marks begins: behind its speaker's phrase and what only says when or why."""
        at = first = phrase.last + 1 if phrase is not None and begin <= phrase.last < clause.last else begin
        while at < clause.last and self.is_aside(at):
            at += 1
        while at > first and _DATE.match(self.bare[at - 1]) and self._reaches_on(at):
            at -= 1
        for n in range(at, clause.last):
            saying, particle = noun_of_saying(self.bare[n])
            if saying in _PROMPTS and particle in {"에", "에는", "에도"}:
                at = n + 1
        return self.words[at].start

    def _reaches_on(self, at: int) -> bool:
        """Whether a date before `words[at]` belongs to what was said: "27일 0시부터"."""
        return self.bare[at - 1].endswith(_SPANS) or self.bare[at].endswith(_SPANS)
