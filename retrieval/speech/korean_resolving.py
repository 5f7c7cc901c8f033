"""Whom a Korean phrase means in its document: by the people who are in it, and by what came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.records import How
from retrieval.speech.korean_cast import KoreanCast
from retrieval.speech.korean_lexicon import ORGANISATIONS, PLACES
from retrieval.speech.korean_names import Case, is_body, name_score, noun
from retrieval.speech.korean_phrase import By, Phrase
from retrieval.speech.korean_phrases import phrase_at
from retrieval.speech.korean_sentences import without_brackets, words_of
from retrieval.speech.korean_subjects import PEOPLE, mentions
from retrieval.speech.memory import Memory

NAMED = 0.95
SURNAMED = 0.93
UNSEEN = 0.75
"""A name that stands nowhere with a title."""
BODY = 0.85
PRONOUN = 0.8
OFFICE = 0.75
COUNTRY = 0.65
_ALIASES = {
    "노조": ("노동조합", "노조"),
    "재판부": ("재판부", "법원", "부"),
    "연구소": ("연구소", "연구원"),
    "당": ("당",),
    "사측": ("사",),
}
_UNIQUE = frozenset(
    """
    정부 국회 여당 야당 경찰 검찰 군 당국 대법원 헌법재판소 헌재 청와대 대통령실 백악관 국무부 국방부 외교부
    통일부 법무부 교육부 환경부 한은 한국은행 유엔 합참 국정원 감사원 유럽연합
    """.split()
)
_VAGUE = frozenset("회사 학교 병원 단체 대학 언론사 방송사 본부 연합 조합 구단 당".split())
"""Bodies that are nobody in particular unless the text has named one before."""
_LOOK_BACK = 6
"""Sentences of a paragraph that are read again for whom "he" may be."""
_ABOVE = 1500
"""Characters above a paragraph that are looked at for a body's full name, or for whom it goes on about."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody found to speak: the name, how sure, and `inferred` where nothing in the sentence names them."""

    name: str
    sure: float
    how: How | None = None


class Resolver:
    """Whom a phrase means, by the document's people and by what came before, which is read only where it is asked for.

    `plain` are the masked sentences of this paragraph that report nothing and were passed over, oldest first.
    """

    def __init__(self, text: str, start: int, cast: KoreanCast, memory: Memory) -> None:
        self.text, self.start, self.cast, self.memory = text, start, cast, memory
        self.plain: list[tuple[str, int]] = []
        self.passed = 0  # sentences since the last statement
        self.lost = False  # whether the last topic was somebody whom the document does not name

    def resolve(self, phrase: Phrase) -> Speaker | None:
        """The one whom `phrase` means; None where that is nobody in particular, or not known."""
        if phrase.aside and phrase.by is not By.BODY:
            return None
        if phrase.by is By.NAME:
            known = self.cast.knows(phrase.name) or phrase.title or name_score(phrase.name) > 2
            return Speaker(self.cast.foreign(phrase.name), NAMED if known else UNSEEN)
        if phrase.by is By.FOREIGN:
            return Speaker(
                self.cast.foreign(phrase.name),
                0.92 if " " in phrase.name or self.cast.has_foreign(phrase.name) else 0.8,
            )
        if phrase.by is By.SURNAME:
            return self._surname(phrase)
        if phrase.by is By.PRONOUN:
            self.catch_up()
            if self.lost:
                return None
            who = self.memory.subject or self.memory.speaker or named_above(self.text, self.start, self.cast)
            return Speaker(who, PRONOUN, How.INFERRED) if who else None
        if phrase.by is By.GROUP:
            who = self.memory.organisation if self.memory.organisation == self.memory.speaker else None
            return Speaker(who, 0.7, How.INFERRED) if who else None
        if phrase.by is By.OFFICE:
            return self._office(phrase)
        return self._body(phrase) if phrase.by is By.BODY else None

    def catch_up(self) -> None:
        """Take up whom the sentences passed over name, the last one that names somebody last."""
        for hidden, start in self.plain[-_LOOK_BACK:]:
            self.meet_all(mentions(words_of(hidden, start), self.cast))
        self.plain.clear()

    def meet_all(self, found: Sequence[Phrase]) -> None:
        """Keep in mind whom a sentence's topics name, else its subjects."""
        topics = [phrase for phrase in found if phrase.case is Case.TOPIC and phrase.by is not By.UNKNOWN]
        for phrase in (topics or found)[:3]:
            self.meet(phrase)
        people = [phrase for phrase in topics if phrase.by in PEOPLE and phrase.by is not By.PRONOUN]
        if people:
            self.lost = self.resolve(people[-1]) is None
            if self.lost:
                self.memory.subject = None

    def meet(self, phrase: Phrase) -> None:
        """Keep in mind whom a topic or subject names."""
        if phrase.by in (By.NAME, By.FOREIGN, By.SURNAME) and (who := self.resolve(phrase)):
            self.memory.subject = who.name
            self.plain.clear()
        elif phrase.by is By.BODY and len(phrase.name) > 2 and phrase.name not in ORGANISATIONS:
            self.memory.organisation = self.cast.body(phrase.name)

    def _surname(self, phrase: Phrase) -> Speaker | None:
        full = self.cast.full(phrase.name, phrase.title)
        if full is not None:
            return Speaker(
                full,
                SURNAMED
                if any(phrase.title in held or held in phrase.title for held in self.cast.titles.get(full, ()))
                else UNSEEN,
            )
        if (
            phrase.name in {"이", "그"}
            and self.memory.speaker
            and phrase.title in self.cast.titles.get(self.memory.speaker, ())
        ):
            return Speaker(self.memory.speaker, 0.7, How.INFERRED)
        return None

    def _office(self, phrase: Phrase) -> Speaker | None:
        if self.cast.has_foreign(phrase.name):
            return Speaker(self.cast.foreign(phrase.name), NAMED)
        if phrase.name == phrase.title and (who := self.cast.office(phrase.title)):
            return Speaker(who, OFFICE, How.INFERRED)
        return self._body(phrase) if is_body(phrase.name) else None

    def _body(self, phrase: Phrase) -> Speaker | None:
        name = self.cast.body(phrase.name)
        if name in _VAGUE:
            full = self._full_body(name)
            return Speaker(full, 0.8, How.INFERRED) if full else None
        if name in PLACES:
            return Speaker(name, COUNTRY)
        if name not in _UNIQUE and (name in ORGANISATIONS or len(name) <= 3) and (full := self._full_body(name)):
            return Speaker(full, 0.8, How.INFERRED)
        return Speaker(name, BODY)

    def _full_body(self, name: str) -> str | None:
        """The body met last, here or in the text above, whose name ends as a common noun does: 노조, 재판부, 협회."""
        ends = _ALIASES.get(name, (name,))
        last = self.memory.organisation
        if last and last != name and last.endswith(ends) and len(name) < len(last):
            return last
        above = without_brackets(self.text[max(0, self.start - _ABOVE) : self.start])
        words = words_of(above, 0)
        bare = [word.bare for word in words]
        for at in range(len(bare) - 1, -1, -1):
            stem = noun(bare[at]).stem if bare[at] else ""
            if stem.endswith(ends) and len(stem) > len(name) and is_body(stem) and stem not in ORGANISATIONS:
                return self.cast.body(phrase_at(bare, at, self.cast.knows).name)
        return None


def named_above(text: str, start: int, cast: KoreanCast) -> str | None:
    """Whom the line above a paragraph speaks of: its last topic, else the one person whom it names."""
    last = len(text[max(0, start - _ABOVE) : start].rstrip()) + max(0, start - _ABOVE)
    left = max(text.rfind("\n", 0, last) + 1, last - _ABOVE, 0)
    words = words_of(without_brackets(text[left:last]), left)
    topics = [p.name for p in mentions(words, cast) if p.by is By.NAME and cast.knows(p.name)]
    if topics:
        return topics[-1]
    named = {stem for word in words if word.bare for stem in (word.bare, noun(word.bare).stem) if cast.knows(stem)}
    return cast.foreign(named.pop()) if len(named) == 1 else None
