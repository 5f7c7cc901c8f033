"""Who says what in a paragraph of Korean prose: quotation or clause, quotative ending, and the subject far before it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.quotations import MASK, Quotation, masked, quotations
from retrieval.records import How
from retrieval.speech.english import Memory, Said, sentences
from retrieval.titles import KOREAN_TITLES

_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구라나진지엄채원천방공현함변염여추도소석선설마길연위표명기"
    "반왕금옥육인맹제모탁국어은편용민봉사부복단피감경가호"
)
_LONG_SURNAMES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
_TITLE = "|".join(KOREAN_TITLES)
_TITLED = re.compile(rf"(?:[가-힣A-Za-z0-9·]*?)(?P<title>{_TITLE})(?:님)?$")
_PARTICLE = re.compile(r"(?:께서는|께서|에서는|측은|측이|은|는|이|가|도|만은|만)$")
_NAME = re.compile(r"[가-힣]{2,4}$")
_LATIN_NAME = re.compile(r"[A-Z][\w.'’-]+$")
_EOJEOL = re.compile(rf"{MASK}+|[^\s{MASK},·]+|[,·]")

_VERB = (
    r"(?:말|밝|전|강조|주장|지적|설명|제안|촉구|비판|반박|역설|당부|평가|전망|토로|호소|경고|시사|분석|일갈|귀띔|반문|언급|소개|회상|요청|요구|다짐|약속|선언"
    r"|발표|예고|우려|걱정|부인|인정|일축|항변|해명|증언|진술|조언|권고|주문|진단|예상|추정|판단|단언|확언|자평|칭찬|질타|성토|규탄|개탄|한탄|하소연|고백|보고|통보|응수"
    r"|답|대답|답변|질문|제언|건의|기대|예측|확인|공언|장담|자신|조롱|비난|반발|항의|축하|격려|환영|치하|위로|사과|반성|자책|회고|추억|술회|시인|공개|폭로|제기|의심|추측|짐작"
    r"|관측|해석|풀이|규정|정의|묘사|비유|첨언|부연|재차|거론|논평|성명|표명|피력|개진|설파|강변|옹호|두둔|변호|변명|천명|역설|호언|주문|독려|지시|명령|통지|공지|안내|보도|타전|말씀)"
)
_SAYS = re.compile(
    rf"(?:{_VERB}(?:하|했|한|해|할|드렸|드리)|밝[혔히힌]|말[했한하해]|전[했한하해]|덧붙[였이인]|내다[봤보본]|꼬집[었는]|물[었은]|적[었은]|썼|남[겼긴]|올[렸린]|알[렸린]|외[쳤친]"
    rf"|거들[었]|맞[받섰]|쏘아붙|그[었은]|높[였이]|모[았은]|뗐|털어[놨놓]|봤다|본다|보[았고]|했다|한다|했습니다|합니다|했어요|했고|하며|하면서|입장|설명이다|되[물뇌]|짚[었은]|들[었]다"
    rf"|내비[쳤치]|드러[냈내]|잘라|입을 모|목소리|던졌|건넸|꺼[냈낸]|이어[갔간]|받아[쳤친]|힘을? ?[줬주]|[가-힣]+[했였]다)"
)
_AFTER_QUOTE = re.compile(
    r"^\s?(?:이?라[고며면는던]|이?라 |고\s|고$|고\.|며|면서|는\s|란\s|이란|하고|라[.,]|등|[.,]?\s*$|\s)"
)
_INDIRECT = re.compile(
    r"(?:[다라자냐까]|는지|을지|할지)(?:고|며|면서|는 (?:것|게|점|입장|뜻|취지|의견|방침|전망|분석|지적|주장|설명))"
)
_CLAIM = re.compile(
    r"(?:는|란|라는|다는|자는|던)\s?(?:게|것이|것은|건|것)?\s*(?P<who>[^,\"“”]{2,60}?)의\s?(?:설명|주장|지적|분석|말|진단|전망|입장|평가|판단|생각|의견|견해|얘기|이야기|당부|해석|조언|반응|시각|귀띔)"
)
_SAID_BY = re.compile(r"(?P<who>[가-힣A-Za-z·0-9 ]{2,50}?)(?:이|가)\s(?:[가-힣0-9]+\s){0,6}한 말")
_ACCORDING = re.compile(r"(?P<who>[가-힣A-Za-z0-9·()\- ]{2,60}?)(?:에|의 말에|의 설명에) (?:따르면|의하면)")
_GOES_ON = re.compile(
    r"^(?:이어서?|또한?|그러면서(?:도)?|아울러|특히|그리고|다만|더불어|나아가|이와 함께|이에 대해|반면|끝으로|마지막으로|앞서)[\s,]"
)
_GENERIC = re.compile(
    r"(?:관계자|전문가|누리꾼|네티즌|업계|일각|당국자|소식통|주민|시민|학생|유권자|참석자|참가자|사람|이들|모두|여야|대다수|일부|상당수|측근|지인|목격자|피해자|유족|국민|청년|학부모|직원|상인|농민)(?:들)?$"
)
_ORGANISATION = re.compile(
    r"(?:부|처|청|원|회|당|사|은행|연구소|센터|협회|공사|공단|재단|대학|대학교|대|그룹|전자|병원|법원|재판부|경찰|검찰|노조|정부|시|도|군|구청|본부|위|연|실|국|단|총|련|학회|신문|일보|방송|통신"
    r"|뉴스|타임스|포스트|저널|네트워크|연합|연맹|조합|기구|기금|제철|중공업|건설|화학|증권|생명|화재|카드|자동차|항공|바이오|컴퍼니|코리아)$"
)
_NOT_ORGANISATIONS = frozenset(
    "이번 이날 당시 우리 그동안 지금 이제 오늘 내일 어제 이것 그것 저희 자신 하나 결과 발표 회의 토론회 간담회 행사 기자회견 정도 제도 온도 속도 태도 의도 시도 도시 다시 회사 인사 역사 사회 기회 대회 국회의원 사건 조사 보도 각도 전당 해당 일당 부담 일부 대부 전부 내부 외부 정부안".split()
)
INHERITED_CONFIDENCE = 0.8
PRONOUN_CONFIDENCE = 0.85
OFFICE_CONFIDENCE = 0.75
NAMED_CONFIDENCE = 0.95


def is_korean_name(word: str) -> bool:
    """Whether a Hangul word has the shape of a full name: a surname and one or two syllables more."""
    return (2 <= len(word) <= 3 and word[0] in _SURNAMES) or (3 <= len(word) <= 4 and word.startswith(_LONG_SURNAMES))


@dataclass(frozen=True, slots=True)
class _Mention:
    """A person or organisation that a sentence names, and where; `by` is how: name, surname, office, pronoun, organisation."""

    text: str
    title: str
    by: str
    start: int
    end: int
    role: tuple[int, int] | None = None


class KoreanCast:
    """The people of one document, from names that stand with a title; linear in its text."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.titles: dict[str, set[str]] = defaultdict(set)
        self.roles: dict[str, str] = {}
        self._short: dict[str, str] = {}
        for text in texts:
            for first, second in _FULL_THEN_TITLE.findall(text):
                if is_korean_name(first):
                    self.titles[first].add(_title(second))
            for title, name in _TITLE_THEN_FULL.findall(text):
                if is_korean_name(name) and len(name) > 2 and not _TITLED.match(name):
                    self.titles[name].add(_title(title))
            for name in _BRACKETED.findall(text):
                if is_korean_name(name):
                    self.titles[name]  # noqa: B018  met, without a title
            for full, short in _ABBREVIATED.findall(text):
                self._short[short] = full

    def full(self, surname: str, title: str) -> str | None:
        """The one person of that surname and title; None where there is none, or more than one."""
        alike = [name for name in self.titles if name.startswith(surname)]
        titled = [name for name in alike if title in self.titles[name]] or alike
        return titled[0] if len(titled) == 1 else None

    def office(self, title: str) -> str | None:
        """The one person who holds an office in this document."""
        holders = [name for name, titles in self.titles.items() if title in titles]
        return holders[0] if len(holders) == 1 else None

    def organisation(self, name: str) -> str:
        """An organisation's long name where the text gives the short one in brackets behind it."""
        return self._short.get(name, name)

    def knows(self, name: str) -> bool:
        """Whether the document has this full name with a title somewhere."""
        return name in self.titles


_FULL_THEN_TITLE = re.compile(
    rf"(?<![가-힣])([가-힣]{{2,4}})(?:\([^)]{{1,30}}\))?\s(?:[가-힣A-Za-z0-9·&]+\s){{0,5}}?([가-힣]*?(?:{_TITLE}))(?=[은는이가의도과와을를에께,.\s\"“()]|$)"
)
_TITLE_THEN_FULL = re.compile(
    rf"(?<![가-힣])([가-힣]*?(?:{_TITLE}))\s([가-힣]{{2,4}}?)(?=(?:은|는|이|가|의|도|과|와|을|를|에게|께서|씨)?(?:[\s,.\"“(]|$))"
)
_BRACKETED = re.compile(r"(?<![가-힣])([가-힣]{2,4})\((?:\d{1,3}|[A-Z][A-Za-z .,-]+|[一-鿿]{2,4})[^)]{0,20}\)")
_ABBREVIATED = re.compile(r"([가-힣A-Za-z]{4,30})\(([가-힣A-Za-z]{2,12})\)")


def _title(word: str) -> str:
    match = _TITLED.match(word)
    return match["title"] if match else word


def paragraph_statements(text: str, start: int, end: int, cast: KoreanCast, memory: Memory) -> list[Said]:
    """The statements of one Korean paragraph, in order."""
    quotes = tuple(q for q in quotations(text, start, end) if text[q.start] not in "「『《〈")
    hidden = masked(text, start, end, quotes)
    found: list[Said] = []
    for left, right in sentences(text, start, end, hidden):
        inside = tuple(q for q in quotes if left <= q.start < right)
        found += _Sentence(text, left, right, hidden[left - start : right - start], inside, cast, memory).statements()
    if not found and quotes and quotes[0].start == start and memory.quoting and memory.speaker:
        found.append(Said(memory.speaker, quotes[0].inner_start, quotes[0].inner_end, How.INFERRED, 0.85, (start, end)))
    memory.quoting = bool(found) and bool(quotes) and not quotes[-1].closed
    memory.speaker = found[-1].speaker if found else memory.speaker
    memory.next_paragraph()
    return found


class _Sentence:
    """One Korean sentence being read."""

    def __init__(  # noqa: PLR0913  a sentence is these things
        self,
        text: str,
        start: int,
        end: int,
        hidden: str,
        quotes: tuple[Quotation, ...],
        cast: KoreanCast,
        memory: Memory,
    ) -> None:
        self.text, self.start, self.end, self.hidden = text, start, end, hidden
        self.quotes, self.cast, self.memory = quotes, cast, memory
        self.words = [(m.group(), start + m.start(), start + m.end()) for m in _EOJEOL.finditer(hidden)]

    def statements(self) -> list[Said]:
        spoken = [quote for quote in self.quotes if self._is_spoken(quote)]
        indirect = None if spoken else self._indirect()
        mentions = self._mentions()
        for mention in mentions:
            self._meet(mention)
        if not spoken and indirect is None:
            return []
        special = self._claimed() or self._according()
        if special is not None:
            return self._special(special, spoken, indirect)
        if spoken:
            return self._quoted(spoken, mentions)
        return self._reported(indirect, mentions) if indirect else []

    def _is_spoken(self, quote: Quotation) -> bool:
        """Whether a quotation is somebody's words rather than a term or title in quotation marks."""
        after = self.text[quote.end : min(quote.end + 6, self.end)]
        words = self.text[quote.inner_start : quote.inner_end].split()
        if re.match(r"\s?(?:이?라[고며면]|고[\s,.]|며|면서|하고)", after):
            return True
        if not quote.closed:
            return len(words) >= 3
        if re.match(r"\s?(?:이?라[는던]|는|란|이란)", after):
            return len(words) >= 3
        if re.match(r"^(?:을|를|이|가|의|에|로|으로|은|과|와|도|처럼|까지)(?:\s|$)", after):
            return False
        return len(words) >= 3 and (bool(_AFTER_QUOTE.match(after)) or after.startswith(("등", " 등")))

    def _indirect(self) -> tuple[int, int] | None:
        """The span of a reported clause without quotation marks: up to its quotative ending."""
        last = None
        for match in _INDIRECT.finditer(self.hidden):
            if _SAYS.search(self.hidden, match.end(), min(len(self.hidden), match.end() + 40)):
                last = match
        for pattern in (_FUTURE,):
            if last is None:
                last = pattern.search(self.hidden)
        return (self.start, self.start + last.start() + 1) if last else None

    def _mentions(self) -> list[_Mention]:
        found = []
        for i, (word, start, end) in enumerate(self.words):
            if word[0] == MASK or word in {",", "·"}:
                continue
            bare = re.sub(r"\([^)]*\)", "", word)
            particle = _PARTICLE.search(bare)
            if particle is None or len(bare) == len(particle.group()):
                continue
            if (mention := self._mention(i, bare[: particle.start()], start, end)) is not None:
                found.append(mention)
        return found

    def _mention(self, i: int, stem: str, start: int, end: int) -> _Mention | None:
        if stem in {"그", "그녀"}:
            return _Mention(stem, "", "pronoun", start, end)
        if _GENERIC.search(stem):
            return _Mention(stem, "", "generic", start, end)
        titled = _TITLED.match(stem)
        if self.cast.knows(stem):
            return _Mention(stem, "", "name", start, end, self._role_before(i))
        if titled and len(titled["title"]) > 0:
            return self._titled(i, stem, titled["title"], start, end)
        if is_korean_name(stem) and i and _TITLED.match(self.words[i - 1][0]):
            return _Mention(stem, _title(self.words[i - 1][0]), "name", start, end, self._role_before(i))
        if _LATIN_NAME.match(stem) or (
            len(stem) >= 2 and stem not in _NOT_ORGANISATIONS and _ORGANISATION.search(stem)
        ):
            return _Mention(self._with_words_before(i, stem), "", "organisation", start, end)
        return None

    def _with_words_before(self, i: int, stem: str) -> str:
        """A Latin name of several words: "John Smith는"."""
        parts = [stem]
        while i and _LATIN_NAME.match(self.words[i - 1][0]) and _LATIN_NAME.match(stem):
            i -= 1
            parts.insert(0, self.words[i][0])
        return " ".join(parts)

    def _titled(self, i: int, stem: str, title: str, start: int, end: int) -> _Mention | None:
        glued = stem[: len(stem) - len(title)]
        if glued and (
            self.cast.knows(glued)
            or (len(glued) == 3 and is_korean_name(glued) and title in {"씨", "의원", "장관", "교수"})
        ):
            return _Mention(glued, title, "name", start, end)
        for back in range(1, 7):
            if i - back < 0:
                break
            word, word_start, _ = self.words[i - back]
            if word in {",", "·"} or word[0] == MASK:
                break
            word = re.sub(r"\([^)]*\)", "", word)
            if self.cast.knows(word) or (is_korean_name(word) and (len(word) >= 3 or back == 1)):
                role = (
                    (self.words[i - back + 1][1], start + len(stem)) if title not in {"씨", "님", "군", "양"} else None
                )
                return _Mention(word, title, "name", word_start, end, role)
            if back == 1 and (len(word) == 1 and word in _SURNAMES or word in _LONG_SURNAMES):
                return _Mention(word, title, "surname", word_start, end)
            latin = _LATIN_NAME.match(word)
            if latin and back <= 4:
                return _Mention(self._with_words_before(i - back, word), title, "latin", word_start, end)
            if _PARTICLE.search(word) and len(word) > 2 and word[-1] in "은는" and not word.endswith(("하는", "되는")):
                break
        return _Mention(stem, title, "office", start, end)

    def _role_before(self, i: int) -> tuple[int, int] | None:
        """ "과학기술부 장관 이영희는": the words before a name, back to the sentence's or clause's edge."""
        first = i
        while (
            first
            and i - first < 3
            and self.words[first - 1][0] not in {",", "·"}
            and self.words[first - 1][0][0] != MASK
        ):
            if (
                first - 1 != i - 1
                and _PARTICLE.search(self.words[first - 1][0])
                and self.words[first - 1][0][-1] in "은는"
            ):
                break
            first -= 1
        if first == i or not _TITLED.match(self.words[i - 1][0]):
            return None
        return self.words[first][1], self.words[i - 1][2]

    def _resolve(self, mention: _Mention) -> tuple[str, float, How | None] | None:
        if mention.by == "name" or mention.by == "latin":
            return mention.text, NAMED_CONFIDENCE, None
        if mention.by == "surname":
            full = self.cast.full(mention.text, mention.title)
            return (full, 0.93, None) if full else None
        if mention.by == "organisation":
            return self.cast.organisation(mention.text), 0.85, None
        if mention.by == "pronoun":
            who = self.memory.subject or self.memory.earlier or self.memory.speaker
            return (who, PRONOUN_CONFIDENCE, How.INFERRED) if who else None
        if mention.by == "office":
            who = self.cast.office(mention.title)
            return (who, OFFICE_CONFIDENCE, How.INFERRED) if who else None
        return None

    def _meet(self, mention: _Mention) -> None:
        who = self._resolve(mention)
        if who is not None and mention.by in {"name", "surname", "latin"}:
            self.memory.subject = who[0]
            if mention.role:
                self.cast.roles.setdefault(who[0], " ".join(self.text[slice(*mention.role)].split()))

    def _claimed(self) -> re.Match[str] | None:
        return _CLAIM.search(self.hidden) or _SAID_BY.search(self.hidden)

    def _according(self) -> re.Match[str] | None:
        return _ACCORDING.search(self.hidden)

    def _special(self, match: re.Match[str], spoken: list[Quotation], indirect: tuple[int, int] | None) -> list[Said]:
        """ "…는 게 김 교수의 설명이다", "한국은행에 따르면 …"."""
        phrase = match["who"].strip()
        last = phrase.split()[-1]
        at = next((i for i, (_, _, end) in enumerate(self.words) if end >= self.start + match.end("who")), None)
        if at is None:
            return []
        if last in {"그", "그녀"}:
            mention: _Mention | None = _Mention(last, "", "pronoun", 0, 0)
        else:
            mention = self._mention(at, re.sub(r"\([^)]*\)", "", last), self.words[at][1], self.words[at][2])
        who = self._resolve(mention) if mention else None
        if who is None or mention is None:
            return []
        self._meet(mention)
        role = self.cast.roles.get(who[0])
        if spoken:
            how = who[2] or How.QUOTED
            return [
                Said(
                    who[0],
                    spoken[0].inner_start,
                    spoken[-1].inner_end,
                    how,
                    who[1] * 0.95,
                    (self.start, self.end),
                    role,
                )
            ]
        if match.re is _ACCORDING:
            start, end = self.start + match.end(), self.end
        else:
            start, end = self.start, self.start + match.start()
        while start < end and self.text[start] in " ,":
            start += 1
        return (
            [Said(who[0], start, end, who[2] or How.REPORTED, who[1] * 0.9, (self.start, self.end), role)]
            if end - start > 3
            else []
        )

    def _quoted(self, spoken: list[Quotation], mentions: list[_Mention]) -> list[Said]:
        """Each quotation goes to the subject nearest before it; where none stands before, to the first after it, else on."""
        groups: list[tuple[_Mention | None, list[Quotation]]] = []
        for quote in spoken:
            before = [m for m in mentions if m.end <= quote.start and m.by != "office-object"]
            previous = groups[-1][1][-1].end if groups else self.start
            fresh = [m for m in before if m.start >= previous] or (
                [groups[-1][0]] if groups and groups[-1][0] else before
            )
            chosen = self._best([m for m in fresh if m is not None])
            if chosen is None:
                chosen = next((m for m in mentions if m.start >= quote.end), None)
            if groups and groups[-1][0] is chosen:
                groups[-1][1].append(quote)
            else:
                groups.append((chosen, [quote]))
        found = []
        for mention, quotes in groups:
            who = self._resolve(mention) if mention else self._inherited()
            if who is not None:
                how = who[2] or How.QUOTED
                role = self.cast.roles.get(who[0])
                found.append(
                    Said(who[0], quotes[0].inner_start, quotes[-1].inner_end, how, who[1], (self.start, self.end), role)
                )
                self.memory.speaker = who[0]
        return found

    def _best(self, mentions: list[_Mention]) -> _Mention | None:
        """A topic (은/는) is the speaker rather than a subject inside the clause (이/가); people before organisations."""
        if not mentions:
            return None

        def rank(mention: _Mention) -> tuple[bool, bool, int]:
            topic = re.sub(r"\([^)]*\)", "", self.text[mention.start : mention.end])[-1:] in "은는"
            return topic, mention.by != "organisation", -mention.start

        return max(mentions, key=rank)

    def _inherited(self) -> tuple[str, float, How | None] | None:
        """A sentence without a subject goes on with the one who spoke last."""
        who = self.memory.speaker or self.memory.subject
        return (who, INHERITED_CONFIDENCE, How.INFERRED) if who else None

    def _reported(self, clause: tuple[int, int], mentions: list[_Mention]) -> list[Said]:
        before = [m for m in mentions if m.end <= clause[1]]
        mention = self._best(before)
        who = self._resolve(mention) if mention else (self._inherited() if _GOES_ON.match(self.hidden) else None)
        if who is None:
            return []
        start = mention.end if mention and mention.start - self.start < (self.end - self.start) * 0.6 else self.start
        while start < clause[1] and self.text[start] in " ,":
            start += 1
        if clause[1] - start < 4:
            start = self.start
        self.memory.speaker = who[0]
        return [
            Said(
                who[0],
                start,
                clause[1],
                who[2] or How.REPORTED,
                round(who[1] * 0.95, 3),
                (self.start, self.end),
                self.cast.roles.get(who[0]),
            )
        ]


_FUTURE = re.compile(
    r"(?:[을를]|것으로|것을|점을|뜻을|의사를|입장을|계획을|방침을|의지를|우려를|유감을|필요성을|중요성을|이유를)\s(?:[가-힣]+\s)?"
    r"(?:밝혔|전망했|내다봤|예상했|강조했|주문했|촉구했|지적했|당부했|표명했|표했|제안했|요구했|요청했|약속했|분석했|추정했|평가했|설명했|전했|드러냈|역설했|제기했|피력했)"
)
