"""What a reader of prose finds and keeps in mind: statements, and who was spoken of and quoted last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from retrieval.records import How

MOST_UNREAD = 12
"""Sentences passed over that are still read when a pronoun of a later paragraph asks for them."""


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
    unread: list[Callable[[], None]] = field(default_factory=list)  # sentences passed over, read when a pronoun asks

    @property
    def person(self) -> str | None:
        """Whom "he" or "she" may mean: the last person in this paragraph, else in the one before."""
        return self.subject or self.earlier

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
        self.earlier, self.subject = self.subject, None

    def forget(self) -> None:
        """A heading: nobody speaks on from before it."""
        self.unread.clear()
        self.subject = self.earlier = self.organisation = self.speaker = None
        self.quoting = self.ended_quoted = False
