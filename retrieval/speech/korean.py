"""Who says what in a paragraph of Korean prose: sentence by sentence, quotation or clause, and the subject far before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrieval.quotations import MASK, Quotation, masked, quotations
from retrieval.records import How
from retrieval.speech.english import Memory, Said
from retrieval.speech.korean_cast import KoreanCast
from retrieval.speech.korean_clauses import REACH, Clause, Tie, clauses
from retrieval.speech.korean_cues import Verb, noun_of_saying, verb
from retrieval.speech.korean_names import Case, is_foreign_shaped, is_generic, noun
from retrieval.speech.korean_phrase import By, Phrase
from retrieval.speech.korean_phrases import phrase_at
from retrieval.speech.korean_sentences import Word, sentence_bounds, without_brackets, words_of
from retrieval.speech.korean_subjects import Resolver, Speaker, chosen, mentions

__all__ = ["KoreanCast", "paragraph_statements"]

RUNNING_ON = 0.75
"""A sentence that names nobody goes on with the one who spoke last."""
CONNECTED = 0.85
"""… the more so where it begins with "이어", "또", "그러면서"."""
SURE = 0.6
"""Below this nobody is named, and nobody is remembered."""
STRANGER = 0.62
"""Somebody whom nothing but the verb makes a speaker."""
FEWEST_CHARACTERS = 4
_CONNECTS = frozenset(
    "이어 이어서 또 또한 그러면서 그러면서도 아울러 특히 그리고 다만 더불어 나아가 이와함께 끝으로 마지막으로 이에 덧붙여".split()
)
_THUS = frozenset("이렇게 이같이 이처럼 다음과".split())
_POINTS = frozenset("이 그 저 이번 해당 이런 그런 이같은 새 첫 모든 각 두 세 통해 대해 위해 관련해".split())
_PROMPTS = frozenset("질문 물음 지적 비판 우려 요구 질의 주장".split())
_SAYINGS = frozenset("옛말에 속담에 격언에 성경에 옛말 속담 격언 소문 유행가 노래에 가사에".split())
_TITLES_OF_WORKS = "「『《〈"
_FORGOTTEN_CLOSE = re.compile(
    r"(?:다|라|자|냐|까|요)(?P<ending>고|라고|며|라며)\s[^”\"“]{0,40}?(?:했|밝혔|말했|덧붙였|전했)[^”\"“]{0,8}\."
)
_MAY_REPORT = re.compile(
    rf"{MASK}|[다라자냐](?:고|며|면서|는|던)|것(?:으로|을|도) |(?:는|을|할|은|인)지 |[필중심당시위][요각의급험]성을 |따르면|의하면|이렇게|이같이|이처럼|다음과 같"
)
"""What a sentence that reports anybody's words holds."""
_CLOSING_FIRST = re.compile(r"(?:이?라)?[고며](?=[\s,])|면서\s")
_CERTAINLY_SAYS = re.compile(r"(?:밝[혔히]|말했|전했|설명했|덧붙였|강조했|주장했|해명했|반박했|비판했)")
_ADVERBIAL = re.compile(
    r"(?:에|로|서|때|번|날|후|뒤|전|일|월|년|중|해|지|까지|부터|대해서|관해서|면서|지금|오늘|이제|당시|처음|나중|이날|우선)$"
)
_PUBLISHED = re.compile(r"(?:발표|공개|집계|조사|분석|발간)한$|낸$|펴낸$|내놓은$")
_DATE = re.compile(r"(?:\d{1,4}[년월일]|지난|오는|이날|오전|오후|\d{1,2}시)")


@dataclass(slots=True)
class _Paragraph:
    """What is kept while a paragraph is read: its statements, quotations that nobody has claimed yet, who is to speak."""

    found: list[Said]
    waiting: list[tuple[Clause, tuple[int, int]]]
    announced: Speaker | None = None


def paragraph_statements(text: str, start: int, end: int, cast: KoreanCast, memory: Memory) -> list[Said]:
    """The statements of one Korean paragraph, in order; linear in its length."""
    quotes = _quotations(text, start, end)
    hidden = without_brackets(masked(text, start, end, quotes))
    by_start = {quote.start: quote for quote in quotes}
    resolver = Resolver(text, start, cast, memory)
    kept = _Paragraph([], [], _announced_before(memory) if quotes and quotes[0].start == start else None)
    for left, right in sentence_bounds(text, start, hidden, quotes):
        stretch = hidden[left - start : right - start]
        if not kept.waiting and not _MAY_REPORT.search(stretch):
            resolver.plain.append((stretch, left))
            resolver.passed += 1
            continue
        words = words_of(stretch, left)
        _Sentence(text, (left, right), words, by_start, resolver).read(kept)
    _settle(kept, memory, (start, end))
    kept.found.sort(key=lambda said: said.start)
    open_end = bool(quotes) and not quotes[-1].closed and quotes[-1].end == end
    memory.quoting = (open_end and bool(kept.found)) or kept.announced is not None
    memory.ended_quoted = bool(kept.found) and max(said.sentence[1] for said in kept.found) == end
    memory.speaker = kept.announced.name if kept.announced else kept.found[-1].speaker if kept.found else None
    memory.next_paragraph()
    return kept.found


def _quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The quotations that may be somebody's words; none from where a closing mark stands without its opening one."""
    found: list[Quotation] = []
    for quote in quotations(text, start, end):
        if _CLOSING_FIRST.match(text, quote.inner_start):
            break
        if text[quote.start] not in _TITLES_OF_WORKS:
            found.append(_closed(text, quote))
    return tuple(found)


def _closed(text: str, quote: Quotation) -> Quotation:
    """A quotation whose closing mark was forgotten ends before its quotative ending, where one stands in it."""
    if quote.closed:
        return quote
    match = _FORGOTTEN_CLOSE.search(text, quote.inner_start, min(quote.inner_end, quote.inner_start + 400))
    return replace(quote, end=match.start("ending"), inner_end=match.start("ending")) if match else quote


def _announced_before(memory: Memory) -> Speaker | None:
    """Who was left speaking when the paragraph before ended."""
    return Speaker(memory.speaker, 0.9) if memory.quoting and memory.speaker else None


def _settle(kept: _Paragraph, memory: Memory, paragraph: tuple[int, int]) -> None:
    """Quotations that stand alone and were never claimed go on with who spoke last, in this paragraph or the one before."""
    last = (
        kept.found[-1] if kept.found else None
    )  # the sentences are read in order, so it stands before those that wait
    for clause, sentence in kept.waiting:
        who = (
            last.speaker if last is not None and last.start < clause.start else memory.speaker if last is None else None
        )
        if who is not None:
            quoted = last is not None and last.how is not How.REPORTED and who != memory.organisation
            sure = RUNNING_ON if quoted else 0.62 if who != memory.organisation else 0.55
            kept.found.append(Said(who, clause.start, clause.end, How.INFERRED, sure, sentence))
    kept.waiting.clear()


class _Sentence:
    """One Korean sentence being read."""

    def __init__(
        self, text: str, span: tuple[int, int], words: list[Word], quotes: dict[int, Quotation], resolver: Resolver
    ) -> None:
        self.text, self.span, self.words, self.quotes, self.resolver = text, span, words, quotes, resolver
        self.cast, self.memory = resolver.cast, resolver.memory
        self.bare = [word.bare for word in words]
        self.clauses = clauses(text, words, quotes)
        self.mentions = mentions(words, self.cast)

    def read(self, kept: _Paragraph) -> None:
        """Take up what the sentence reports, and whom it names for those to come."""
        according = self._according_to() if not self.clauses or not any(c.quoted for c in self.clauses) else None
        if according is not None:
            kept.found.append(according)
        elif self.clauses:
            self._read_clauses(kept)
        else:
            self._read_plain(kept)
        self.resolver.meet_all(self.mentions)

    # --- sentences without words of their own: "김 교수는 이렇게 말했다." ------------------------------------------------

    def _read_plain(self, kept: _Paragraph) -> None:
        who = self._attributes()
        if who is None:
            return
        speaker = self.resolver.resolve(who)
        if kept.waiting:
            if speaker is not None:
                for clause, sentence in kept.waiting:
                    how = speaker.how or How.QUOTED
                    whole = (sentence[0], self.span[1])
                    kept.found.append(
                        Said(
                            speaker.name,
                            clause.start,
                            clause.end,
                            how,
                            speaker.sure,
                            whole,
                            self.cast.roles.get(speaker.name),
                        )
                    )
                self.memory.speaker = speaker.name
            kept.waiting.clear()
        elif speaker is not None and any(word in _THUS for word in self.bare):
            kept.announced = speaker

    def _attributes(self) -> Phrase | None:
        """The phrase that a sentence like "김 교수의 말이다", "김 교수가 4일 한 말이다", "김 교수는 덧붙였다" names."""
        if not self.words:
            return None
        for at in range(len(self.bare) - 1):
            if (
                self.bare[at]
                and noun(self.bare[at]).case is Case.GENITIVE
                and noun_of_saying(self.bare[at + 1])[1] == "이다"
            ):
                return phrase_at(self.bare, at, self.cast.knows)
        last = [word for word in self.bare if word][-1:]
        if not last:
            return None
        saying = noun_of_saying(last[0])[1] == "이다" or verb(last[0]) is Verb.SAYS
        return chosen(self.mentions, self.words, 0, len(self.words)) if saying else None

    # --- "X에 따르면" -------------------------------------------------------------------------------------------------

    def _according_to(self) -> Said | None:
        for at, word in enumerate(self.bare[:20]):
            if word in {"따르면", "의하면"} and at:
                return self._source(at)
        return None

    def _source(self, at: int) -> Said | None:
        bare = [*self.bare]
        last = at - 1
        taken = noun(bare[last])
        if taken.bare.endswith("에"):
            bare[last] = taken.bare[:-1]
        phrase = phrase_at(bare, last, self.cast.knows)
        if (
            phrase.by in {By.UNKNOWN, By.OFFICE}
            and last
            and noun(bare[last - 1]).case is Case.GENITIVE
            and noun_of_saying(bare[last])[0]
        ):
            phrase = phrase_at(bare, last - 1, self.cast.knows)
        if phrase.by is By.UNKNOWN:
            phrase = self._publisher(last) or phrase
        if phrase.by is By.UNKNOWN and self._is_proper(bare[last]):
            phrase = Phrase(By.BODY, bare[last], "", last, last, Case.OTHER)
        speaker = self.resolver.resolve(phrase)
        if speaker is None or is_generic(phrase.name):
            return None
        start = self.words[at].end
        while start < self.span[1] and self.text[start] in " ,":
            start += 1
        if self.span[1] - start < FEWEST_CHARACTERS:
            return None
        end = self.span[1] - (self.text[self.span[1] - 1] == ".")
        self.memory.speaker = speaker.name
        return Said(
            speaker.name,
            start,
            end,
            speaker.how or How.REPORTED,
            speaker.sure * 0.95,
            self.span,
            self.cast.roles.get(speaker.name),
        )

    def _publisher(self, last: int) -> Phrase | None:
        """ "통계청이 14일 발표한 자료에 따르면": who published what the sentence goes by."""
        published = any(_PUBLISHED.match(word) for word in self.bare[max(0, last - REACH) : last])
        bodies = [p for p in self.mentions if p.by is By.BODY and p.case is Case.SUBJECT and p.last < last]
        return bodies[-1] if published and bodies else None

    def _is_proper(self, word: str) -> bool:
        """Whether an unknown word before "에 따르면" is rather a name than a report, a law or a count."""
        return (
            len(word) >= 4
            and word.isalnum()
            and is_foreign_shaped(word)
            and not word.endswith(
                (
                    "자료",
                    "보고서",
                    "조사",
                    "통계",
                    "보도",
                    "법",
                    "조례",
                    "규정",
                    "결과",
                    "기사",
                    "집계",
                    "발표",
                    "분석",
                    "설명",
                    "계획",
                    "방안",
                    "전언",
                    "내용",
                    "기준",
                    "지침",
                    "공시",
                    "판결문",
                    "진술",
                    "기록",
                    "문건",
                    "협정",
                    "조약",
                    "조항",
                    "연구",
                    "이론",
                    "관측",
                    "전망",
                    "소식",
                    "관계자",
                    "업계",
                    "등",
                )
            )
        )

    # --- quotations and clauses ---------------------------------------------------------------------------------------

    def _read_clauses(self, kept: _Paragraph) -> None:
        previous: tuple[Speaker | None, int] | None = None
        for clause in self.clauses:
            begin = previous[1] + 1 if previous else 0
            if clause.tie is Tie.NOBODY:
                previous = (None, clause.verb)
                continue
            if clause.tie is Tie.ALONE and self._waits(clause):
                kept.waiting.append((clause, self.span))
                continue
            if (clause.tie is Tie.ALONE and not self._stands_alone(clause)) or (clause.tie is Tie.ON and self.mentions):
                continue
            speaker, phrase = self._speaker(clause, begin, previous, kept)
            previous = (speaker, max(clause.verb, clause.last))
            self.memory.speaker = speaker.name if speaker is not None and speaker.sure * clause.sure >= SURE else None
            self.resolver.passed = 0
            if speaker is not None and (said := self._said(clause, speaker, phrase, begin)) is not None:
                kept.found.append(said)
        if kept.waiting and any(clause.tie is not Tie.ALONE for clause in self.clauses):
            _settle(kept, self.memory, self.span)

    def _waits(self, clause: Clause) -> bool:
        """Whether a quotation without a verb makes up its sentence, so that the next one may say whose it is."""
        around = [word for n, word in enumerate(self.words) if word.bare and not clause.first <= n <= clause.last]
        return not around

    def _stands_alone(self, clause: Clause) -> bool:
        """Whether a quotation without a verb is somebody's words: nothing follows it, or "…, 김 교수는 말했다" does."""
        following = [n for n in range(clause.last + 1, len(self.bare)) if self.bare[n] or self.words[n].is_quotation]
        if not following or self.words[following[0]].is_quotation or self.words[clause.last + 1].text == "…":
            return True
        named = any(phrase.last in following and phrase.by is not By.UNKNOWN for phrase in self.mentions)
        return named and verb(self.bare[following[-1]]) is Verb.SAYS

    def _speaker(
        self, clause: Clause, begin: int, previous: tuple[Speaker | None, int] | None, kept: _Paragraph
    ) -> tuple[Speaker | None, Phrase | None]:
        if clause.tie in {Tie.HEAD, Tie.OWNER}:
            phrase = phrase_at(self.bare, clause.who, self.cast.knows)
            unseen = phrase.by is By.NAME and not phrase.title and not self.cast.knows(phrase.name)
            return None if unseen else self.resolver.resolve(phrase), None
        phrase = chosen(self.mentions, self.words, clause.last + 1, clause.verb) or chosen(
            self.mentions, self.words, begin, clause.first + (not clause.quoted)
        )
        if clause.tie is Tie.ALONE and phrase is None:
            phrase = self._beside(clause)
        unknown = self._unknown_topic(begin, clause.first + (not clause.quoted))
        if phrase is not None and not self._is_inside(phrase, clause, previous):
            speaker = self.resolver.resolve(phrase)
            if (
                speaker is not None
                and phrase.case is Case.SUBJECT
                and unknown is not None
                and unknown.last < phrase.first
            ):
                speaker = replace(speaker, sure=0.5)
            return speaker, phrase
        if previous is not None:
            return (previous[0] if unknown is None or not clause.quoted else None), None
        if unknown is not None and (stranger := self._stranger(unknown, clause)) is not None:
            return stranger, unknown
        if clause.tie is Tie.ALONE:
            return None, None
        return self._inherited(clause, kept), None

    def _is_inside(self, phrase: Phrase, clause: Clause, previous: tuple[Speaker | None, int] | None) -> bool:
        """Whether a subject belongs to the reported clause itself, and the speaker goes on from before."""
        if clause.quoted or phrase.case is Case.TOPIC or phrase.last > clause.last:
            return False
        goes_on = self._connects() or previous is not None
        heads = phrase.first <= 1 or all(not word or _DATE.match(word) for word in self.bare[: phrase.first])
        if phrase.by is By.BODY or not heads:
            return goes_on or self.memory.speaker is not None or not heads
        return goes_on and (previous is not None or self.memory.speaker is not None)

    def _unknown_topic(self, begin: int, end: int) -> Phrase | None:
        """A topic of which nobody knows whether it can speak, among `words[begin:end]`; not one of time or place."""
        for phrase in self.mentions:
            if (
                phrase.by is By.UNKNOWN
                and phrase.case is Case.TOPIC
                and begin <= phrase.last < end
                and self.bare[phrase.last][-1] in "은는"
                and not _ADVERBIAL.search(phrase.name)
            ):
                return phrase
        return None

    def _has_unknown_subject(self, end: int) -> bool:
        """Whether a subject of which nobody knows whether it can speak stands before a quotation."""
        return any(
            p.by is By.UNKNOWN and p.case is Case.SUBJECT and p.last < end and len(p.name) > 1 for p in self.mentions
        )

    def _stranger(self, unknown: Phrase, clause: Clause) -> Speaker | None:
        """Somebody whom nothing but the verb makes a speaker: the sentence opens with the name, and says what they said."""
        before = self.bare[: unknown.first]
        opens = all(
            not word or _DATE.match(word) or word in _CONNECTS or noun(word).case is Case.NONE for word in before
        )
        points = any(word in _POINTS for word in before)
        if not (
            clause.quoted
            and opens
            and not points
            and len(before) <= 4
            and len(unknown.name) > 1
            and self.bare[unknown.last][-1] in "은는"
        ):
            return None
        return (
            Speaker(unknown.name, STRANGER)
            if _CERTAINLY_SAYS.match(self.bare[min(clause.verb, len(self.bare) - 1)])
            else None
        )

    def _connects(self) -> bool:
        return bool(self.bare) and self.bare[0] in _CONNECTS

    def _beside(self, clause: Clause) -> Phrase | None:
        """A headline's speaker stands right before the quotation, without a particle: "김 장관 “…”"."""
        at = clause.first - 1
        if at >= 0 and self.words[at].text == ",":
            at -= 1
        if at < 0 or not self.bare[at] or (clause.last + 1 < len(self.bare) and self.bare[clause.last + 1]):
            return None
        phrase = phrase_at(self.bare, at, self.cast.knows)
        return phrase if phrase.by in {By.NAME, By.SURNAME, By.FOREIGN} and phrase.case is Case.NONE else None

    def _inherited(self, clause: Clause, kept: _Paragraph) -> Speaker | None:
        """A sentence that names nobody goes on with who spoke last, unless it has a topic that nobody knows."""
        if any(word in _SAYINGS for word in self.bare):
            return None
        if kept.announced is not None and clause.quoted:
            who = kept.announced
            kept.announced = None
            return who
        who = self.memory.speaker
        if who is None or self._is_cut_off(who, kept):
            return None
        unknown = self._unknown_topic(0, clause.first) is not None
        sure = CONNECTED if self._connects() else RUNNING_ON
        if unknown and clause.quoted:
            sure = 0.62 if self._connects() else 0.5
        elif clause.quoted and not self._connects() and self._has_unknown_subject(clause.first):
            sure = 0.55
        if not clause.quoted and not self._connects():
            sure = 0.62
        return Speaker(who, sure, How.INFERRED)

    def _is_cut_off(self, who: str, kept: _Paragraph) -> bool:
        """Whether others, or too much else, came between what `who` said last and this sentence."""
        if not kept.found and not self._connects() and not self.memory.ended_quoted:
            return True
        if self.resolver.passed:
            self.resolver.catch_up()
            if self.resolver.lost or (self.memory.subject is not None and self.memory.subject != who):
                return True
        return self.resolver.passed > 1

    def _said(self, clause: Clause, speaker: Speaker, phrase: Phrase | None, begin: int) -> Said | None:
        start, end = clause.start, clause.end
        if start < 0:
            start = self._start(clause, phrase, begin)
        if end - start < FEWEST_CHARACTERS and not clause.quoted:
            return None
        how = speaker.how or (How.QUOTED if clause.quoted else How.REPORTED)
        return Said(
            speaker.name,
            start,
            end,
            how,
            round(speaker.sure * clause.sure, 3),
            self.span,
            self.cast.roles.get(speaker.name),
        )

    def _start(self, clause: Clause, phrase: Phrase | None, begin: int) -> int:
        """Where a clause without quotation marks begins: behind its speaker's phrase and what only says when."""
        at = phrase.last + 1 if phrase is not None and begin <= phrase.last < clause.last else begin
        while at < clause.last and (
            not self.bare[at]
            and not self.words[at].is_quotation
            or _DATE.match(self.bare[at])
            or self.bare[at] in _CONNECTS
        ):
            at += 1
        while (
            at
            and _DATE.match(self.bare[at - 1])
            and (phrase is None or at - 1 > phrase.last)
            and (at == begin or self.bare[at - 1].endswith(("부터", "까지")) or self.bare[at].endswith("부터"))
        ):
            at -= 1
        for n in range(at, clause.last):
            saying, particle = noun_of_saying(self.bare[n])
            if saying in _PROMPTS and particle in {"에", "에는", "에도"}:
                at = n + 1
        return self.words[at].start
