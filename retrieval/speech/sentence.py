"""One sentence as the reader sees it: its place, its tokens, its quotations, its subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.quotations import MASK, Quotation
from retrieval.speech.cues import CUES
from retrieval.speech.main_subjects import main_subject
from retrieval.speech.noun_phrases import Subject
from retrieval.speech.tokens import Token, tokenised

MOST_TOKENS = 400
"""A longer "sentence" is a table, a list or malice; nobody is taken to speak in it, and work stays linear."""
_LOWER_WORD = re.compile(r"[a-z]+")
_WORDS_THAT_REPORT = frozenset(CUES) | {"according", "ccording"}  # the second opens a sentence
_UNKNOWN_VERB_THAT = re.compile(r"[a-z](?:ed|s) that\b")


@dataclass(frozen=True)
class Sentence:
    """A sentence `text[start:end]` of a document's text; `masked` is it with its quotations masked."""

    text: str
    start: int
    end: int
    masked: str
    paragraph_quotes: Sequence[Quotation]

    @property
    def span(self) -> tuple[int, int]:
        """Where the sentence stands."""
        return self.start, self.end

    @cached_property
    def quotes(self) -> dict[int, Quotation]:
        """The quotations that begin in the sentence, by their start."""
        if MASK not in self.masked:
            return {}
        first = bisect_left(self.paragraph_quotes, self.start, key=lambda quote: quote.start)
        last = bisect_left(self.paragraph_quotes, self.end, key=lambda quote: quote.start)
        return {quote.start: quote for quote in self.paragraph_quotes[first:last]}

    @cached_property
    def tokens(self) -> list[Token]:
        """The sentence's tokens; none where it has too many to be a sentence."""
        found = tokenised(self.masked, self.start)
        return found if len(found) <= MOST_TOKENS else []

    @cached_property
    def main(self) -> Subject | None:
        """The sentence's own subject, where it is a name, a pronoun or an office."""
        return main_subject(self.tokens)

    def quotation(self, token: Token) -> Quotation:
        """The quotation that a token of the kind "quote" stands for."""
        return self.quotes[token.start]

    def opens_with_quotation(self) -> bool:
        """Whether a quotation is the first thing in the sentence."""
        return bool(self.tokens) and self.tokens[0].kind == "quote"

    def may_report(self) -> bool:
        """Whether a reporting verb, a quotation or their like stands in the sentence; most sentences have none."""
        if MASK in self.masked or _UNKNOWN_VERB_THAT.search(self.masked):
            return True
        return not _WORDS_THAT_REPORT.isdisjoint(_LOWER_WORD.findall(self.masked))
