"""Words given to somebody without a verb: "according to …", "Ann Lee: “…”", "“…” — Ann Lee"."""

from __future__ import annotations

from retrieval.quotations import Quotation
from retrieval.records import How
from retrieval.speech.memory import Said
from retrieval.speech.noun_phrases import Kind, Subject
from retrieval.speech.references import References
from retrieval.speech.sentence import Sentence
from retrieval.speech.subjects import after_verb, before_verb
from retrieval.speech.tokens import SAID, Token
from retrieval.speech.valency import FEWEST_WORDS_REPORTED

CONFIDENCE = 0.9
MOST_TOKENS_BEFORE_COLON = 24
_BEFORE_COLON = frozenset({"word", "mark"})
"""Kinds of token that may stand between a name and the colon after it."""


def according_to(sentence: Sentence, references: References) -> list[Said]:
    """What the sentence gives to somebody by "according to"."""
    tokens = sentence.tokens
    at = next((i for i in range(len(tokens) - 2) if _is_according_to(tokens, i)), None)
    if at is None:
        return []
    subject = after_verb(tokens, at + 1)
    who = references.referents(sentence, subject)
    if who is None:
        return []
    references.meet(sentence, subject)
    words = [t for t in (tokens[:at] or tokens[subject.last + 1 :]) if t.is_word or t.kind == "quote"]
    role = references.role(sentence, subject, who.name)
    sure = round(CONFIDENCE * who.sure, 3)
    if len(words) == 1 and words[0].kind == "quote":
        quote = sentence.quotation(words[0])
        how = who.how or How.QUOTED
        return [Said(who.name, quote.inner_start, quote.inner_end, how, sure, sentence.span, role)]
    if len(words) < FEWEST_WORDS_REPORTED:
        return []
    how = who.how or How.REPORTED
    return [Said(who.name, words[0].start, words[-1].end, how, sure, sentence.span, role)]


def _is_according_to(tokens: list[Token], at: int) -> bool:
    return tokens[at].lower == "according" and tokens[at + 1].lower == "to"


def colon_or_dash(sentence: Sentence, references: References) -> list[Said]:
    """ "Ann Lee: “…”" and "“…” — Ann Lee"."""
    tokens = sentence.tokens
    quoted = [i for i, token in enumerate(tokens) if token.kind == "quote"]
    if not quoted:
        return []
    first, last = quoted[0], quoted[-1]
    quote = sentence.quotation(tokens[first])
    if 1 < first <= MOST_TOKENS_BEFORE_COLON and tokens[first - 1].text == ":":
        subject = _before_colon(tokens, first - 1)
        if subject is not None:
            return _quoted_by(sentence, references, subject, quote)
    if first == 0 and len(tokens) > last + 2 and tokens[last + 1].kind == "dash":
        subject = after_verb(tokens, last + 1)
        if subject.kind is Kind.NAME:
            return _quoted_by(sentence, references, subject, quote)
    return []


def _before_colon(tokens: list[Token], colon: int) -> Subject | None:
    """The name that a colon and a quotation follow: "Ann Lee: “…”", "Asked why, Lee was brief: “…”"."""
    for last in range(colon - 1, -1, -1):
        behind = tokens[last + 1]
        if not tokens[last].is_capital or tokens[last].is_possessive or behind.is_capital:
            continue
        if last + 1 < colon and behind.kind not in _BEFORE_COLON:
            continue
        subject = before_verb([*tokens[: last + 1], SAID], last + 1)
        if subject is None or subject.kind is not Kind.NAME:
            continue
        if subject.first == 0 or tokens[subject.first - 1].text == ",":
            return subject
    return None


def _quoted_by(sentence: Sentence, references: References, subject: Subject, quote: Quotation) -> list[Said]:
    who = references.named(sentence, subject)
    references.meet(sentence, subject)
    role = references.role(sentence, subject, who.name)
    sure = round(CONFIDENCE * who.sure, 3)
    return [Said(who.name, quote.inner_start, quote.inner_end, How.QUOTED, sure, sentence.span, role)]
