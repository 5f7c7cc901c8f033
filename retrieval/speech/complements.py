"""Which words a verb reports: the quotation or clause after it, before it, or around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.speech.cues import BASES, CUES, GERUNDS
from retrieval.speech.noun_phrases import Subject
from retrieval.speech.sentence import Sentence
from retrieval.speech.tokens import Token
from retrieval.speech.valency import TELLS, is_clause, takes
from retrieval.speech.word_classes import ADVERBIALS, BREAKS, JOINTS

MOST_WORDS_BEFORE_QUOTATION = 6
"""Between a verb and a colon or comma before the quotation that it reports."""
MOST_WORDS_AFTER_QUOTATION = 3
"""More words make the quotation a part of what is reported."""
_NOT_FINITE = BASES | GERUNDS
_TELLS_BRIEFLY = TELLS - {"tell"}
"""Forms that may report what stands before them and name the hearer after it."""
_LOOSE = frozenset({",", "—", "–"})
_ENDS = ".,; "


class Words(NamedTuple):
    """Reported words at `start` to `end` of the document, and whether they are a quotation."""

    start: int
    end: int
    quoted: bool


def reported_words(sentence: Sentence, verb: int, subject: Subject, *, inverted: bool, shared: bool) -> Words | None:
    """The words that the verb at `verb` reports; None where it reports nothing.

    `inverted`: its subject follows it; `shared`: its subject is that of the verb before, which has the words before.
    """
    low = sentence.tokens[verb].lower
    after = _after(sentence.tokens, max(verb, subject.last) if inverted else verb)
    before = None if shared else _before(sentence, min(subject.first, verb))
    if not after:
        return before
    taken = takes(low, after)
    if before is not None and before.quoted:
        if after[0].lower == "that":
            before = None  # a title in quotation marks: In “A Life,” Lee wrote that …
        elif after[0].kind != "quote":
            loose = inverted or after[0].lower in ADVERBIALS or after[0].text in _LOOSE
            if loose or not taken:
                return _around(sentence, before, after) if loose else before
    if before is not None and _is_all(before, low, after, taken=taken, inverted=inverted):
        return before
    if inverted or not taken:
        return before if before is not None and (before.quoted or inverted) else None
    return _after_verb(sentence, after, before.start if before is not None and before.quoted else None)


def _around(sentence: Sentence, before: Words, after: Sequence[Token]) -> Words:
    """A quotation that the verb interrupts: from its first part to its last."""
    parts = [
        sentence.quotes[token.start] for token in after if token.kind == "quote" and token.start in sentence.quotes
    ]
    return Words(before.start, parts[-1].inner_end, quoted=True) if parts else before


def _is_all(before: Words, verb: str, after: Sequence[Token], *, taken: bool, inverted: bool) -> bool:
    """Whether the words before the verb are all that it reports, and those after it only say when, where, to whom."""
    if any(token.kind == "quote" for token in after):
        return False
    if after[0].text == "," and not inverted:
        return True
    if verb in _TELLS_BRIEFLY and "that" not in [token.lower for token in after[:10]]:
        return True
    return not before.quoted and (not taken or after[0].lower in ADVERBIALS)


def _after(tokens: list[Token], verb: int) -> list[Token]:
    """The tokens after the verb up to a further verb of the same subject, without the sentence's full stop."""
    stop = next((s for i in range(verb + 2, len(tokens)) if (s := _further_verb(tokens, i)) is not None), len(tokens))
    return [token for token in tokens[verb + 1 : stop] if not (token.text == "." and token is tokens[-1])]


def _further_verb(tokens: list[Token], at: int) -> int | None:
    """Where the words before a further verb at `at` end (", adding", "and said"); None where there is none."""
    low, before = tokens[at].lower, tokens[at - 1]
    if low not in CUES or tokens[at].kind != "word":
        return None
    if low in GERUNDS and before.text == ",":
        return at - 1
    if before.lower in {"and", "but"} and low not in _NOT_FINITE:
        return at - 1 - (tokens[at - 2].text == ",")
    return None


def _before(sentence: Sentence, edge: int) -> Words | None:
    """The words before the subject at `edge`: a quotation that ends there, or a clause closed by a comma."""
    tokens = sentence.tokens
    at = edge - 1
    if at >= 0 and tokens[at].text in BREAKS:
        at -= 1
    if at < 0:
        return None
    if tokens[at].kind == "quote":
        return _quotation_before(sentence, at)
    if at < 3 or tokens[edge - 1].text != "," or not is_clause(tokens[: at + 1]):
        return None
    return Words(tokens[0].start, tokens[at].end, quoted=False)


def _quotation_before(sentence: Sentence, at: int) -> Words:
    """From the sentence's first quotation to the one at `at`; with words that lead into it, all from the beginning."""
    tokens = sentence.tokens
    closing = sentence.quotation(tokens[at])
    opening = next((sentence.quotation(token) for token in tokens[:at] if token.kind == "quote"), None)
    if opening is not None:
        return Words(opening.inner_start, closing.inner_end, quoted=True)
    if any(token.is_word for token in tokens[:at]) and tokens[at - 1].text not in {",", ":"}:
        return Words(tokens[0].start, closing.end, quoted=False)
    return Words(closing.inner_start, closing.inner_end, quoted=True)


def _after_verb(sentence: Sentence, after: list[Token], quoted_from: int | None) -> Words:
    """The complement's span, without "that"; a quotation where it begins (and all but makes up) the complement.

    `quoted_from` is where a quotation before the verb begins that goes on after it.
    """
    first = _behind_that(after)
    quoted = [i for i, token in enumerate(after) if token.kind == "quote"]
    if quoted and _leads_into(after, first, quoted[0]):
        opening, closing = sentence.quotation(after[quoted[0]]), sentence.quotation(after[quoted[-1]])
        tail = sum(token.is_word for token in after[quoted[-1] + 1 :])
        if tail <= MOST_WORDS_AFTER_QUOTATION or closing is not opening:
            return Words(opening.inner_start if quoted_from is None else quoted_from, closing.inner_end, quoted=True)
        return Words(opening.start, after[-1].end, quoted=False)
    end = after[-1].end
    while end > after[first].start and sentence.text[end - 1] in _ENDS:
        end -= 1
    return Words(after[first].start if quoted_from is None else quoted_from, end, quoted=False)


def _behind_that(after: list[Token]) -> int:
    """Where the words begin: behind marks and a "that" near the verb, if no quotation comes before it."""
    first = 0
    while first < len(after) and (after[first].lower == "that" or after[first].text in JOINTS):
        first += 1
    first = min(first, len(after) - 1)
    that = next((i for i, token in enumerate(after[:12]) if token.lower == "that"), 0)
    if that and that + 3 < len(after) and not any(token.kind == "quote" for token in after[:that]):
        first = max(first, that + 1)
    return first


def _leads_into(after: list[Token], first: int, quote: int) -> bool:
    """Whether nothing but a few words and a colon stands between the verb and the quotation at `quote`."""
    lead = [token for token in after[first:quote] if token.is_word]
    if not lead:
        return True
    brief = len(lead) <= MOST_WORDS_BEFORE_QUOTATION or lead[0].lower in ADVERBIALS
    return brief and after[quote - 1].text in {",", ":"}
