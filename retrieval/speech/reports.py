"""What one sentence reports: each of its reporting verbs, who speaks by it, and which words."""

from __future__ import annotations

from retrieval.records import How
from retrieval.speech.attribution import according_to, colon_or_dash
from retrieval.speech.complements import Words, reported_words
from retrieval.speech.cues import BASES, CUES, GERUNDS
from retrieval.speech.memory import Said
from retrieval.speech.noun_phrases import NOBODY, Kind, Subject
from retrieval.speech.references import References, Referents
from retrieval.speech.reporting_verbs import inverted_subject, is_noun, reporting_verbs
from retrieval.speech.sentence import Sentence
from retrieval.speech.subjects import before_verb

RUNNING_CONFIDENCE = 0.85
UNKNOWN_VERB_CONFIDENCE = 0.7
QUOTED_CONFIDENCE = 0.9
"""At least; with a quotation beside it any verb reports."""
THAT_CONFIDENCE = 0.85
SHARED_FACTOR = 0.95
"""Of a second verb's confidence, whose subject is that of the first."""
MOST_WORDS_BESIDE = 2
"""Beside a quotation that is a sentence of its own."""
_CONDITIONS = frozenset("if unless whether suppose".split())
_SUPPOSES = frozenset("what whatever if unless until than".split())


def sentence_statements(sentence: Sentence, references: References, earlier: list[Said]) -> list[Said]:
    """What `sentence` reports; `earlier` are its paragraph's statements so far."""
    found = according_to(sentence, references)
    if not found and not _is_condition(sentence):
        reading = _Reading(sentence, references)
        for verb in reporting_verbs(sentence):
            found += reading.statements(verb)
    found = found or colon_or_dash(sentence, references) or _runs_on(sentence, references, earlier)
    if found:
        references.memory.speaker = found[-1].speaker
    else:
        references.pass_over(sentence)
    return found


def _is_condition(sentence: Sentence) -> bool:
    """ "If the minister says yes, …": nothing has been said yet."""
    return bool(sentence.tokens) and sentence.tokens[0].lower in _CONDITIONS and not sentence.quotes


def _runs_on(sentence: Sentence, references: References, earlier: list[Said]) -> list[Said]:
    """A sentence that is a quotation, after a statement in the paragraph: the same speaker goes on."""
    if not sentence.opens_with_quotation() or sum(token.is_word for token in sentence.tokens) > MOST_WORDS_BESIDE:
        return []
    memory = references.memory
    if earlier:
        speaker, sure = earlier[-1].speaker, min(RUNNING_CONFIDENCE, earlier[-1].confidence)
    elif memory.quoting and memory.speaker is not None:
        speaker, sure = memory.speaker, RUNNING_CONFIDENCE
    else:
        return []
    quote = sentence.quotation(sentence.tokens[0])
    return [Said(speaker, quote.inner_start, quote.inner_end, How.INFERRED, sure, sentence.span)]


class _Reading:
    """One sentence read from left to right, with the subject of the verb before at hand for the next."""

    def __init__(self, sentence: Sentence, references: References) -> None:
        self.sentence, self.references = sentence, references
        self.subject = NOBODY

    def statements(self, verb: int) -> list[Said]:
        """What the verb at `verb` reports, a statement for each who says it."""
        tokens = self.sentence.tokens
        if is_noun(tokens, verb):
            return []
        subject = inverted_subject(tokens, verb) or before_verb(tokens, verb)
        if subject is None or subject.kind is Kind.UNKNOWN or self._is_supposed(subject):
            return []
        shared = subject.kind is Kind.SAME
        if shared:
            if not self._may_share(verb):
                return []
            subject = self.subject if self.subject is not NOBODY else self.sentence.main or NOBODY
        who = self._referents(subject)
        if not shared:
            self.subject = NOBODY if who is None else subject
        if who is None:
            return []
        words = reported_words(self.sentence, verb, subject, inverted=subject.first > verb, shared=shared)
        if not shared:
            self.references.meet(self.sentence, subject)
        if words is None:
            return []
        sure = self._confidence(verb, words) * who.sure * (SHARED_FACTOR if shared else 1)
        how = who.how or (How.QUOTED if words.quoted else How.REPORTED)
        role = self.references.role(self.sentence, subject, who.name)
        return [Said(name, words.start, words.end, how, round(sure, 3), self.sentence.span, role) for name in who.names]

    def _is_supposed(self, subject: Subject) -> bool:
        """ "whatever she says", "unless Lee says so": nothing has been said."""
        return subject.first > 0 and self.sentence.tokens[subject.first - 1].lower in _SUPPOSES

    def _may_share(self, verb: int) -> bool:
        """A second verb of one subject: a participle, or a finite verb after "and"."""
        low = self.sentence.tokens[verb].lower
        return low in GERUNDS or self.subject is not NOBODY or (low in CUES and low not in BASES)

    def _referents(self, subject: Subject) -> Referents | None:
        who = self.references.referents(self.sentence, subject)
        if subject.kind is Kind.PRONOUN:
            return self.references.named_before(self.sentence, subject) or who
        return who

    def _confidence(self, verb: int, words: Words) -> float:
        cue = CUES.get(self.sentence.tokens[verb].lower)
        base = cue.value if cue else UNKNOWN_VERB_CONFIDENCE
        if words.quoted:
            return max(base, QUOTED_CONFIDENCE)
        after = self.sentence.tokens[verb + 1 : verb + 2]
        return max(base, THAT_CONFIDENCE) if cue and after and after[0].lower in {"that", "out"} else base
