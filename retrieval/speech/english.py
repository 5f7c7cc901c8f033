"""Who says what in a paragraph of English prose: each reporting verb, its subject, and the words it reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from retrieval.quotations import MASK, Quotation, masked, quotations
from retrieval.records import How
from retrieval.sentences import sentence_spans
from retrieval.speech.cast import Cast, is_organisation
from retrieval.speech.cues import AUXILIARIES, BASES, CUES, GERUNDS, PAST, Cue
from retrieval.speech.subjects import NOBODY, Kind, Subject, after_verb, before_verb
from retrieval.speech.tokens import SAID, Token, tokenised
from retrieval.titles import ROLE_NOUNS
from retrieval.words import is_function_word

PRONOUN_CONFIDENCE = 0.75
"""Read by hand, about one pronoun in six was tied to the wrong person, against one in twenty-five of the named."""
OFFICE_CONFIDENCE = 0.65
RUNNING_CONFIDENCE = 0.85
MOST_TOKENS_BEFORE_COLON = 24
MOST_TOKENS = 400
"""A longer "sentence" is a table, a list or malice; nobody is taken to speak in it, and work stays linear."""
MOST_UNREAD = 12
_LOWER_WORD = re.compile(r"[a-z]+")
_WORDS_THAT_REPORT = frozenset(CUES) | {"according", "ccording"}  # the second opens a sentence
_UNKNOWN_VERB_THAT = re.compile(r"[a-z](?:ed|s) that\b")
FARTHEST_VERB = 30
"""Tokens into a sentence within which its first finite verb is looked for."""
UNKNOWN_VERB_CONFIDENCE = 0.7
FEWEST_WORDS_REPORTED = 2
_NEXT_PARAGRAPH = 8
_OPENERS = frozenset("“\"'‘„«")
FEW_CHARS_OUTSIDE = 4
"""Beside quotations that run on there is no more than white space and a full stop."""
_INVERTS = frozenset({Cue.SAY, Cue.NAME, Cue.URGE, Cue.THINK})
_ADVERBIAL = frozenset(
    """
    on in at during after before by to this last late early earlier later yesterday today monday tuesday wednesday thursday
    friday saturday sunday tonight when while as through via with from for of about again about, via
    """.split()
)
_CLAUSE = frozenset("that whether if how why what when where who which".split())
_TELLS = frozenset("tell tells told telling".split())
_COMPANIES = dict.fromkeys(
    ("plc", "inc", "inc.", "ltd", "corp", "co", "llc", "group", "holdings", "corporation", "gmbh"), "company"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement found: who (as resolved in the document), which words, and how sure."""

    speaker: str
    start: int
    end: int
    how: How
    confidence: float
    sentence: tuple[int, int]
    role: str | None = None


@dataclass(slots=True)
class Memory:
    """What a reader keeps in mind from one sentence to the next, and from one paragraph to the next."""

    subject: str | None = None  # the last person who was a named subject in this paragraph
    earlier: str | None = None  # in the paragraph before
    organisation: str | None = None
    speaker: str | None = None  # whose quotation stood last
    quoting: bool = False  # that quotation was left open at its paragraph's end
    ended_quoted: bool = False  # the paragraph before closed on that speaker's quotation
    offices: dict[str, str] = field(default_factory=dict)  # the head of a role → the person last met in it
    unread: list[Callable[[], None]] = field(
        default_factory=list
    )  # sentences that report nothing, read when a pronoun asks

    def catch_up(self) -> None:
        """Read the sentences passed over, for the subjects they name."""
        while self.unread:
            self.unread.pop(0)()

    def next_paragraph(self) -> None:
        """Forget what reaches no further than a paragraph."""
        if self.unread:
            self.unread = [*self.unread[-MOST_UNREAD:], self._turn_page]
        else:
            self._turn_page()

    def _turn_page(self) -> None:
        self.earlier, self.subject = self.subject or self.earlier if self.subject else None, None

    def forget(self) -> None:
        """A heading: nobody speaks on from before it."""
        self.unread.clear()
        self.subject = self.earlier = self.organisation = self.speaker = None
        self.quoting = self.ended_quoted = False


def paragraph_statements(text: str, start: int, end: int, cast: Cast, memory: Memory) -> list[Said]:
    """The statements of one paragraph, in order."""
    quotes = quotations(text, start, end)
    if quotes and not quotes[-1].closed and text[end : end + _NEXT_PARAGRAPH].lstrip()[:1] not in _OPENERS:
        quotes = quotes[:-1]  # left open by mistake: nothing goes on in the next paragraph
    hidden = masked(text, start, end, quotes)
    found: list[Said] = []
    for left, right in sentences(text, start, end, hidden):
        sentence = _Sentence(text, left, right, hidden[left - start : right - start], quotes, cast, memory)
        if sentence.may_report():
            found += sentence.statements(found)
        else:
            memory.unread.append(sentence.read_subject)
    if not found and quotes and quotes[0].start == start:
        found += _whole_paragraph_quoted(quotes, start, end, memory)
    memory.quoting = bool(found) and bool(quotes) and not quotes[-1].closed and quotes[-1].end == end
    memory.ended_quoted = (
        bool(found)
        and bool(quotes)
        and found[-1].sentence[1] == end
        and found[-1].start <= quotes[-1].inner_end <= found[-1].end
    )
    memory.speaker = found[-1].speaker if found else None
    memory.next_paragraph()
    return found


def sentences(text: str, start: int, end: int, hidden: str) -> list[tuple[int, int]]:
    """Sentence spans; "Smith asked." after “… ?” belongs to the question before it."""
    spans: list[tuple[int, int]] = []
    for left, right in sentence_spans(text, start, end):
        if spans and text[left] != " " and hidden[left - start - 1 : left - start + 1] == MASK * 2:
            spans[-1] = (spans[-1][0], right)  # a cut inside a quotation
            continue
        before = hidden[spans[-1][0] - start : spans[-1][1] - start] if spans else ""
        if before.endswith(MASK) and text[left] in "—–―-":
            spans[-1] = (spans[-1][0], right)  # “…” — Ann Lee
            continue
        if (
            before.endswith(MASK)
            and text[spans[-1][1] - 2] in "?!,…"
            and _attributes_only(hidden[left - start : right - start], left)
        ):
            spans[-1] = (spans[-1][0], right)
        else:
            spans.append((left, right))
    return spans


def _attributes_only(hidden: str, offset: int) -> bool:
    tokens = tokenised(hidden[:120], offset)
    verb = next((i for i, token in enumerate(tokens[:10]) if token.lower in CUES), None)
    if verb is None or (MASK in hidden and tokens[0].kind == "quote"):
        return False
    if verb == 0:
        return True
    subject = before_verb(tokens, verb)
    rest = [token for token in tokens[verb + 1 :] if token.is_word]
    return subject is not None and subject.first == 0 and (not rest or rest[0].lower in _ADVERBIAL or len(rest) <= 3)


def _whole_paragraph_quoted(quotes: tuple[Quotation, ...], start: int, end: int, memory: Memory) -> list[Said]:
    """A paragraph that is a quotation and names nobody goes on with the one before, where that ended in one."""
    outside = sum(b.start - a.end for a, b in zip(quotes, quotes[1:], strict=False)) + end - quotes[-1].end
    if (
        memory.speaker is None
        or not (memory.quoting or memory.ended_quoted)
        or outside > FEW_CHARS_OUTSIDE * len(quotes)
    ):
        return []
    sure = 0.9 if memory.quoting else 0.7
    return [Said(memory.speaker, quotes[0].inner_start, quotes[0].inner_end, How.INFERRED, sure, (start, end))]


class _Sentence:
    """One sentence being read."""

    def __init__(  # noqa: PLR0913  a sentence is these things
        self, text: str, start: int, end: int, hidden: str, quotes: tuple[Quotation, ...], cast: Cast, memory: Memory
    ) -> None:
        self.text, self.start, self.end, self.cast, self.memory = text, start, end, cast, memory
        self.quotes = {quote.start: quote for quote in quotes if start <= quote.start < end}
        self.hidden = hidden
        self.subject = NOBODY
        self.speaker: str | None = None

    @cached_property
    def tokens(self) -> list[Token]:
        found = tokenised(self.hidden, self.start)
        return found if len(found) <= MOST_TOKENS else []

    def may_report(self) -> bool:
        """Whether a reporting verb, a quotation or their like stands in the sentence; most sentences have none."""
        if MASK in self.hidden or _UNKNOWN_VERB_THAT.search(self.hidden):
            return True
        return not _WORDS_THAT_REPORT.isdisjoint(_LOWER_WORD.findall(self.hidden))

    def read_subject(self) -> None:
        """Keep the sentence's subject in mind."""
        if self.main is not None:
            self._meet_now(self.main)

    def statements(self, earlier: list[Said]) -> list[Said]:
        """What this sentence reports; `earlier` are the paragraph's statements so far."""
        found: list[Said] = []
        found += self._according_to()
        for verb in [] if found or self._is_condition() else self._verbs():
            found += self._at(verb, found)
        found += self._colon_or_dash() if not found else []
        if not found and self.tokens and self.tokens[0].kind == "quote":
            found += self._runs_on(earlier)
        if found:
            self.memory.speaker = found[-1].speaker
        else:
            self.memory.unread.append(self.read_subject)
        return found

    def _is_condition(self) -> bool:
        """ "If the minister says yes, …": nothing has been said yet."""
        tokens = self.tokens
        return bool(tokens) and tokens[0].lower in {"if", "unless", "whether", "suppose"} and not self.quotes

    def _verbs(self) -> list[int]:
        """Where reporting verbs stand: known ones, and unknown ones that take a quotation or that …"""
        tokens = self.tokens
        return [
            i
            for i, token in enumerate(tokens)
            if (token.kind == "word" and (token.lower in CUES or self._reports_by_structure(i)))
        ]

    def _reports_by_structure(self, i: int) -> bool:
        tokens = self.tokens
        word = tokens[i].lower
        if not word.endswith(("ed", "s")) or len(word) < 4 or i == 0 or i + 1 >= len(tokens):
            return False
        after = tokens[i + 1]
        before_is_name = (
            tokens[i - 1].is_capital or tokens[i - 1].text in {",", ")"} or tokens[i - 1].lower in {"he", "she"}
        )
        if after.lower == "that" or (
            after.text in {",", ":"} and i + 2 < len(tokens) and tokens[i + 2].kind == "quote"
        ):
            return before_is_name and i + 2 < len(tokens)
        return self._closes_quotation(i - 1) and before_is_name

    def _closes_quotation(self, last: int) -> bool:
        """Whether a quotation ending in a comma stands right before the name that ends at `last`."""
        first = last
        while first > 0 and (self.tokens[first].is_capital or self.tokens[first].lower in {"he", "she"}):
            first -= 1
        quote = self.quotes.get(self.tokens[first].start)
        return quote is not None and self.text[quote.inner_end - 1] in ",?!"

    def _at(self, verb: int, found: list[Said]) -> list[Said]:
        tokens = self.tokens
        cue = CUES.get(tokens[verb].lower)
        if (
            cue is not None
            and verb
            and tokens[verb].lower.removesuffix("s") in BASES
            and tokens[verb - 1].lower
            in {"the", "a", "an", "his", "her", "its", "their", "such", "these", "those", "no"}
        ):
            return []  # "the claim", "a report"
        subject = self._inverted(verb, cue) or before_verb(tokens, verb)
        if subject is None or subject.kind is Kind.UNKNOWN or self._is_supposed(subject):
            return []
        if subject.kind is Kind.SAME:
            if not self._may_share(verb):
                return []
            subject = self.subject if self.subject is not NOBODY else self.main or NOBODY
            shared = True
        else:
            shared = False
        who = self._resolve(subject)
        if subject.kind is Kind.PRONOUN and (name := self._named_before(subject)) is not None:
            who = ([name], PRONOUN_CONFIDENCE, How.INFERRED)
        if who is None:
            if not shared and subject.kind in {Kind.NAME, Kind.OFFICE, Kind.PRONOUN}:
                self.subject = NOBODY
            return []
        speaker, sure, how = who
        inverted = subject.first > verb
        words = self._words(verb, subject, cue, inverted=inverted, shared=shared)
        if not shared:
            self.subject = subject
            self._meet(subject)
        if words is None:
            return []
        start, end, is_quoted = words
        base = cue.value if cue else UNKNOWN_VERB_CONFIDENCE
        if is_quoted:
            base = max(base, 0.9)
        elif cue is not None and self.tokens[verb + 1 : verb + 2] and self.tokens[verb + 1].lower in {"that", "out"}:
            base = max(base, 0.85)
        how = how or (How.QUOTED if is_quoted else How.REPORTED)
        role = self._role(subject, speaker)
        return [
            Said(name, start, end, how, round(base * sure * (0.95 if shared else 1), 3), (self.start, self.end), role)
            for name in speaker
        ]

    def _named_before(self, pronoun: Subject) -> str | None:
        """The person who is the subject of the sentence that a pronoun stands in: nearer than any sentence before."""
        main = self.main
        if (
            main is None
            or main.kind is not Kind.NAME
            or main.first >= pronoun.first
            or pronoun.name[0] not in {"he", "she"}
        ):
            return None
        name = self._resolve_name(main)[0][-1]
        return name if self._is_person(name) else None

    def _is_supposed(self, subject: Subject) -> bool:
        """ "whatever she says", "unless Lee says so": nothing has been said."""
        return subject.first > 0 and self.tokens[subject.first - 1].lower in {
            "what",
            "whatever",
            "if",
            "unless",
            "until",
            "than",
        }

    def _may_share(self, verb: int) -> bool:
        """A second verb of one subject: a participle, or a finite verb after "and"."""
        low = self.tokens[verb].lower
        return low in GERUNDS or self.subject is not NOBODY or (low in CUES and low not in BASES)

    def _inverted(self, verb: int, cue: Cue | None) -> Subject | None:
        """“…,” said Ann Lee: the verb follows a quotation or a comma, and a name follows it."""
        tokens = self.tokens
        low = tokens[verb].lower
        if cue not in _INVERTS or low in GERUNDS or low in _TELLS or verb + 1 >= len(tokens):
            return None  # what follows "told" is the hearer
        before = tokens[verb - 1] if verb else None
        quoted = before is not None and (
            before.kind == "quote" or (before.text == "," and verb > 1 and tokens[verb - 2].kind == "quote")
        )
        plain = before is not None and before.text == "," and verb > 4 and cue is Cue.SAY
        if not (quoted or plain or (before is None and cue is Cue.SAY)):
            return None
        after = tokens[verb + 1]
        if not (after.is_capital or after.kind == "word") or after.lower in _CLAUSE or after.lower in {"to", "it"}:
            return None
        subject = after_verb(tokens, verb)
        if subject.kind is Kind.UNKNOWN or (plain and not quoted and subject.kind is not Kind.NAME):
            return subject if quoted and subject.kind is Kind.UNKNOWN else None
        if (
            plain
            and not quoted
            and subject.last + 1 < len(tokens)
            and tokens[subject.last + 1].is_word
            and tokens[subject.last + 1].lower not in _ADVERBIAL
        ):
            return None  # ", said Monday Lee would …" is no inversion
        return subject

    def _words(
        self, verb: int, subject: Subject, cue: Cue | None, *, inverted: bool, shared: bool
    ) -> tuple[int, int, bool] | None:
        """The reported words: (start, end, whether they are a quotation); None where nothing is reported."""
        tokens = self.tokens
        right = self._complement(max(verb, subject.last) if inverted else verb)
        left_edge = min(subject.first, verb)
        left = None if shared else self._before(left_edge)
        has_quote = any(token.kind == "quote" for token in right)
        if left is not None and not right:
            return left
        if left is not None and left[2] and right and right[0].lower == "that":
            left = None  # a title in quotation marks: In “A Life,” Lee wrote that …
        if left is not None and left[2] and right and right[0].kind != "quote":
            joined = [self.quotes[t.start] for t in right if t.kind == "quote" and t.start in self.quotes]
            adverbial = right[0].lower in _ADVERBIAL or right[0].text in {",", "—", "–"} or inverted
            if joined and adverbial:
                return left[0], joined[-1].inner_end, True
            if adverbial or not self._takes(cue, right, verb):
                return left
        if left is not None and right and right[0].text == "," and not has_quote and not inverted:
            return left
        tells = self.tokens[verb].lower in {"told", "tells", "telling"}
        if left is not None and tells and not has_quote and "that" not in [token.lower for token in right[:10]]:
            return left
        if (
            left is not None
            and not left[2]
            and (not self._takes(cue, right, verb) or right[0].lower in _ADVERBIAL)
            and not has_quote
        ):
            return left
        if inverted or not right or not self._takes(cue, right, verb):
            return left if left is not None and (left[2] or inverted) else None
        return self._right(right, left)

    def _right(self, right: list[Token], left: tuple[int, int, bool] | None) -> tuple[int, int, bool]:
        """The complement's span, without "that"; a quotation where it begins (and all but makes up) the complement."""
        first = 0
        while first < len(right) and (right[first].lower == "that" or right[first].text in {",", ":", "—", "–"}):
            first += 1
        first = min(first, len(right) - 1)
        that = next((i for i, token in enumerate(right[:12]) if token.lower == "that"), 0)
        if that and that + 3 < len(right) and not any(token.kind == "quote" for token in right[:that]):
            first = max(first, that + 1)
        quoted = [i for i, token in enumerate(right) if token.kind == "quote"]
        lead = [token for token in right[first : quoted[0]] if token.is_word] if quoted else right
        if quoted and (
            not lead or (right[quoted[0] - 1].text in {",", ":"} and (len(lead) <= 6 or lead[0].lower in _ADVERBIAL))
        ):
            opening = self.quotes[right[quoted[0]].start]
            closing = self.quotes[right[quoted[-1]].start]
            tail = [token for token in right[quoted[-1] + 1 :] if token.is_word]
            if len(tail) <= 3 or closing is not opening:
                return (left[0] if left and left[2] else opening.inner_start), closing.inner_end, True
            return opening.start, right[-1].end, False
        end = right[-1].end
        while end > right[first].start and self.text[end - 1] in ".,; ":
            end -= 1
        return (left[0] if left and left[2] else right[first].start), end, False

    def _complement(self, verb: int) -> list[Token]:
        """The tokens after the verb up to a further verb of the same subject, or of another."""
        tokens = self.tokens
        stop = len(tokens)
        for i in range(verb + 2, len(tokens)):
            if tokens[i].kind == "word" and tokens[i].lower in CUES:
                back = i - 1
                if tokens[i].lower in GERUNDS and tokens[back].text == ",":
                    stop = back
                    break
                if tokens[back].lower in {"and", "but"} and tokens[i].lower not in BASES | GERUNDS:
                    stop = back - (tokens[back - 1].text == ",")
                    break
        return [token for token in tokens[verb + 1 : stop] if not (token.text == "." and token is tokens[-1])]

    def _before(self, edge: int) -> tuple[int, int, bool] | None:
        """The words before the subject: a quotation that ends there, or a clause closed by a comma."""
        tokens = self.tokens
        at = edge - 1
        if at >= 0 and tokens[at].text in {",", "—", "–", "--", "-"}:
            at -= 1
        if at < 0:
            return None
        if tokens[at].kind == "quote":
            closing = self.quotes[tokens[at].start]
            first = at
            opening = next((self.quotes[t.start] for t in tokens[:at] if t.kind == "quote"), closing)
            if (
                any(t.is_word for t in tokens[:first])
                and opening is closing
                and at > 0
                and tokens[at - 1].text not in {",", ":"}
            ):
                return tokens[0].start, closing.end, False
            return closing.inner_start if opening is closing else opening.inner_start, closing.inner_end, True
        if tokens[edge - 1].text != "," or at < 3 or not self._is_clause(tokens[: at + 1]):
            return None
        return tokens[0].start, tokens[at].end, False

    def _is_clause(self, tokens: list[Token]) -> bool:
        """Whether tokens before ", Smith said" are what was said, rather than when or where."""
        first = tokens[0].lower
        return first not in {
            "in",
            "on",
            "at",
            "after",
            "before",
            "when",
            "while",
            "as",
            "during",
            "asked",
            "since",
            "by",
            "speaking",
            "for",
            "with",
            "according",
            "despite",
            "although",
            "though",
            "if",
            "because",
            "but",
            "and",
            "however",
            "earlier",
            "later",
            "meanwhile",
        } or any(t.kind == "quote" for t in tokens)

    def _takes(self, cue: Cue | None, right: list[Token], verb: int) -> bool:
        """Whether the complement is one that makes this verb report."""
        if not right:
            return False
        tokens = [token for token in right if token.text not in {",", ":", "—", "–"}]
        if not tokens:
            return False
        lows = [token.lower for token in tokens[:12]]
        quoted = any(token.kind == "quote" for token in tokens)
        adjacent = tokens[0].kind == "quote"
        clause = bool(_CLAUSE & set(lows[:4])) and lows[0] != "who"
        if cue is None:
            return adjacent or lows[0] == "that"
        if cue is Cue.SAY:
            if self.tokens[verb].lower in {"told", "tell", "tells", "telling"} and not quoted and not clause:
                return "that" in lows or "to" in lows[1:6] or self._adverbial_then_clause(tokens)
            if lows[0] in _ADVERBIAL and not quoted and not clause and "that" not in lows:
                return self._adverbial_then_clause(tokens)
            return len([t for t in tokens if t.is_word]) >= FEWEST_WORDS_REPORTED or quoted
        if cue is Cue.URGE:
            lemma = self.tokens[verb].lower
            if lemma.startswith("call"):
                return lows[0] in {"for", "on", "upon"} or quoted
            if lemma.startswith(("ask", "invite", "order", "offer", "agree", "appeal", "answer")):
                return (
                    clause
                    or adjacent
                    or (lemma.startswith(("ask", "order", "invite")) and "to" in lows[1:8])
                    or lows[0] in {"to", "for"}
                )
            return (
                adjacent
                or clause
                or lows[0] in {"to", "for", "on"}
                or "to" in lows[1:8]
                or quoted
                or lows[0].endswith("ing")
                or len(tokens) >= 3
            )
        if cue is Cue.THINK:
            expects = self.tokens[verb].lower.startswith(("expect", "anticip"))
            return (
                lows[0] == "that"
                or adjacent
                or (len(tokens) >= 4 and not (expects and "to" in lows[1:6]) and self._opens_clause(tokens))
            )
        return clause or quoted or adjacent

    def _adverbial_then_clause(self, tokens: list[Token]) -> bool:
        """ "said on Monday he would go", "said in an interview that …": a clause follows the time or place."""
        return (
            any(t.lower in {"he", "she", "it", "they", "there", "the", "his", "her", "its"} for t in tokens[2:12])
            and len(tokens) > 5
        )

    def _opens_clause(self, tokens: list[Token]) -> bool:
        first = tokens[0]
        return (
            first.lower
            in {
                "he",
                "she",
                "it",
                "they",
                "we",
                "i",
                "there",
                "the",
                "this",
                "these",
                "his",
                "her",
                "its",
                "their",
                "our",
                "a",
                "an",
                "such",
                "more",
                "most",
                "many",
                "some",
            }
            or first.is_capital
        )

    def _resolve(self, subject: Subject) -> tuple[list[str], float, How | None] | None:
        """The document's name for a subject, how sure, and INFERRED where it was not named."""
        if subject.kind is Kind.NAME:
            opens = subject.first == 0 and len(subject.name) == 1
            return None if opens and not self.cast.is_name(subject.name[0]) else self._resolve_name(subject)
        if subject.kind is Kind.PRONOUN:
            return self._resolve_pronoun(subject.name[0])
        if subject.kind is Kind.OFFICE:
            return self._resolve_office(subject.name)
        return None

    def _resolve_name(self, subject: Subject) -> tuple[list[str], float, How | None]:
        words = list(subject.name)
        if (
            len(words) > 3 and not subject.is_organisation
        ):  # a place or a paper may stand before the name: "… United States Ann Lee"
            known = next((words[i:] for i in range(1, len(words) - 1) if self.cast.knows(words[i:])), None)
            words = known or words
        name, sure = self.cast.resolve(" ".join(words), self.tokens[subject.first].start)
        if subject.is_organisation or sure == 0.9:
            name = self.cast.organisation(name)
        pair = self._joined(subject)
        return [*pair, name], sure, None

    def _joined(self, subject: Subject) -> list[str]:
        """ "Ann Lee and Bo Ek said": the other one."""
        at = subject.first - 1
        if (
            at >= 1
            and self.tokens[at].lower == "and"
            and self.tokens[at - 1].is_capital
            and not subject.is_organisation
        ):
            first = at - 1
            while first > 0 and self.tokens[first - 1].is_capital:
                first -= 1
            run = [token.text for token in self.tokens[first:at]]
            if len(run) > 1 and self.cast.knows(run):
                return [self.cast.resolve(" ".join(run), self.tokens[first].start)[0]]
        return []

    def _resolve_pronoun(self, pronoun: str) -> tuple[list[str], float, How | None] | None:
        self.memory.catch_up()
        if pronoun in {"i", "we", "you"}:
            return None
        if pronoun == "it":
            who = self.memory.organisation
        elif pronoun == "they":
            who = self.memory.organisation or self.memory.subject
        else:
            who = self.memory.subject or self.memory.earlier
        return None if who is None else ([who], PRONOUN_CONFIDENCE, How.INFERRED)

    def _resolve_office(self, words: tuple[str, ...]) -> tuple[list[str], float, How | None] | None:
        self.memory.catch_up()
        head = words[-1].split("-")[-1]
        who = self.memory.offices.get(head) or self.cast.office(head)
        if who is None and (words[-1].endswith("-year-old") or words[-1] in {"man", "woman"}):
            who = self.memory.subject or self.memory.earlier
        return None if who is None else ([who], OFFICE_CONFIDENCE, How.INFERRED)

    def _role(self, subject: Subject, speaker: list[str]) -> str | None:
        if subject.role is None:
            return None
        role = " ".join(self.text[slice(*subject.role)].split())
        self.cast.give_role(speaker[-1], role)
        return role

    def _meet(self, subject: Subject) -> None:
        """Keep a named subject in mind for the pronouns and offices that follow, behind the sentences not read yet."""
        if self.memory.unread:
            self.memory.unread.append(lambda: self._meet_now(subject))
        else:
            self._meet_now(subject)

    def _meet_now(self, subject: Subject) -> None:
        if subject.kind is not Kind.NAME and (who := self._resolve(subject)) is not None and subject.name[0] not in {"it", "they"}:
            self.memory.subject = who[0][0]
        if subject.kind is not Kind.NAME:
            return
        name = self._resolve_name(subject)[0][-1]
        if subject.is_organisation or not self._is_person(name):
            self.memory.organisation = name
            for word in name.lower().split():
                self.memory.offices[_COMPANIES.get(word, word)] = name
            return
        self.memory.subject = name
        role = self._role(subject, [name]) or self.cast.roles.get(name, "")
        for word in role.split(" of ")[0].lower().split():
            if word.strip(",.") in ROLE_NOUNS:
                self.memory.offices[word.strip(",.")] = name

    def _is_person(self, name: str) -> bool:
        return not is_organisation(name.split()) and (self.cast.knows(name.split()) or not name.isupper())

    @cached_property
    def main(self) -> Subject | None:
        """The sentence's subject: what stands before its first finite verb, a name or a pronoun."""
        tokens = self.tokens
        if tokens and tokens[0].lower in {"he", "she", "they", "it"}:
            return Subject(Kind.PRONOUN, 0, 0, (tokens[0].lower,))
        for i in range(1, min(len(tokens), FARTHEST_VERB)):
            ends_name = tokens[i - 1].is_capital or tokens[i - 1].text in {",", ")"}
            ends_office = tokens[i - 1].kind == "word" and tokens[0].lower == "the" and not is_function_word(tokens[i - 1].text)
            if tokens[i].kind != "word" or not (ends_name or ends_office) or not self._is_finite(tokens[i]):
                continue
            subject = before_verb([*tokens[:i], SAID], i)
            if subject is not None and (subject.kind is Kind.NAME or (ends_office and subject.kind is Kind.OFFICE)):
                return subject
            if ends_office:
                break
        return self._owner()

    def _owner(self) -> Subject | None:
        """ "Lee's reply was shorter.": whose it is, where the sentence has no other person for its subject."""
        tokens = self.tokens
        last = 0
        while last < len(tokens) and tokens[last].is_capital and not tokens[last].is_possessive:
            last += 1
        if last >= len(tokens) or not tokens[last].is_capital or not tokens[last].is_possessive:
            return None
        words = [token.text for token in tokens[: last + 1]]
        words[-1] = re.sub(r"['’]s?$", "", words[-1])
        plain = Token("capital", words[-1], tokens[last].start, tokens[last].start + len(words[-1]), words[-1].lower())
        subject = before_verb([*tokens[:last], plain, SAID], last + 1)
        return subject if subject is not None and subject.kind is Kind.NAME else None

    def _is_finite(self, token: Token) -> bool:
        low = token.lower
        return (
            low in AUXILIARIES or low in PAST or low.endswith("ed") or (low.endswith("s") and not is_function_word(low))
        )

    def _according_to(self) -> list[Said]:
        tokens = self.tokens
        for i in range(len(tokens) - 2):
            if tokens[i].lower == "according" and tokens[i + 1].lower == "to":
                subject = after_verb(tokens, i + 1)
                who = self._resolve(subject) if subject.kind is not Kind.UNKNOWN else None
                if who is None:
                    return []
                self._meet(subject)
                opens = i == 0
                rest = (
                    [t for t in tokens[subject.last + 1 :] if t.is_word or t.kind == "quote"] if opens else tokens[:i]
                )
                if len(rest) < FEWEST_WORDS_REPORTED:
                    return []
                quoted = len(rest) == 1 and rest[0].kind == "quote"
                how = who[2] or (How.QUOTED if quoted else How.REPORTED)
                end = rest[-1].end if rest[-1].text != "," else rest[-2].end
                role = self._role(subject, who[0])
                return [Said(who[0][-1], rest[0].start, end, how, round(0.9 * who[1], 3), (self.start, self.end), role)]
        return []

    def _colon_or_dash(self) -> list[Said]:
        """ "Ann Lee: “…”" and "“…” — Ann Lee"."""
        tokens = self.tokens
        quoted = [i for i, token in enumerate(tokens) if token.kind == "quote"]
        if not quoted:
            return []
        quote = self.quotes[tokens[quoted[0]].start]
        if quoted[0] > 1 and tokens[quoted[0] - 1].text == ":" and quoted[0] <= MOST_TOKENS_BEFORE_COLON:
            subject = self._before_colon(quoted[0] - 1)
            if subject is not None:
                return self._quoted_by(subject, quote)
        if (
            quoted[-1] + 2 < len(tokens) + 1
            and quoted[0] == 0
            and len(tokens) > quoted[-1] + 2
            and tokens[quoted[-1] + 1].kind == "dash"
        ):
            subject = after_verb(tokens, quoted[-1] + 1)
            if subject.kind is Kind.NAME:
                return self._quoted_by(subject, quote)
        return []

    def _before_colon(self, colon: int) -> Subject | None:
        """The name that a colon and a quotation follow: "Ann Lee: “…”", "Asked why, Lee was brief: “…”"."""
        tokens = self.tokens
        for last in range(colon - 1, -1, -1):
            ends = (
                tokens[last].is_capital
                and not tokens[last].is_possessive
                and not (last + 1 < len(tokens) and tokens[last + 1].is_capital)
            )
            if not ends or (last + 1 < colon and tokens[last + 1].kind not in {"word", "mark"}):
                continue
            subject = before_verb([*tokens[: last + 1], SAID], last + 1)
            if (
                subject is not None
                and subject.kind is Kind.NAME
                and (subject.first == 0 or tokens[subject.first - 1].text == ",")
            ):
                return subject
        return None

    def _quoted_by(self, subject: Subject, quote: Quotation) -> list[Said]:
        names, sure, _ = self._resolve_name(subject)
        self._meet(subject)
        role = self._role(subject, names)
        return [
            Said(
                names[-1],
                quote.inner_start,
                quote.inner_end,
                How.QUOTED,
                round(0.9 * sure, 3),
                (self.start, self.end),
                role,
            )
        ]

    def _runs_on(self, earlier: list[Said]) -> list[Said]:
        """A sentence that is a quotation, after a statement in the paragraph: the same speaker goes on."""
        words = [token for token in self.tokens if token.is_word]
        quote = self.quotes[self.tokens[0].start]
        if len(words) > 2 or not (earlier or self.memory.quoting):
            return []
        speaker = earlier[-1].speaker if earlier else self.memory.speaker
        if speaker is None:
            return []
        sure = min(RUNNING_CONFIDENCE, earlier[-1].confidence) if earlier else RUNNING_CONFIDENCE
        return [Said(speaker, quote.inner_start, quote.inner_end, How.INFERRED, sure, (self.start, self.end))]
