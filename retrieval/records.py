"""The frozen records that travel between the rooms; offsets count code points of a document's text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a document is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    TABLE_ROW = "table row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"


BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE})
"""The kinds of block that passages are made of."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text, `text[start:end]`, with no white space at its ends."""

    start: int
    end: int
    kind: BlockKind
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text; None where nobody says."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    url: str | None = None
    language: str | None = None
    speaker: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its text once, and what each part of it is.

    `path` is the POSIX path below the knowledge folder; `blocks` are in order and do not overlap.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of a document, without its text."""

    path: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One entry of `people:` in sources.yaml: the owner's word on a person's name, other spellings and role."""

    name: str
    also: tuple[str, ...] = ()
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an owner should know of: what is wrong, where (a path below the folder), and what to do."""

    where: str
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's body that is indexed and found as one, with its place.

    `paragraph` counts the body's paragraphs from 1, without furniture, headings and captions; it is None for a
    caption or by-line, which are indexed only to answer who somebody is or who wrote something.
    """

    document: str
    start: int
    end: int
    kind: BlockKind
    paragraph: int | None
    section: str | None = None
    page: int | None = None


class How(StrEnum):
    """How we know who said it, surest first."""

    QUOTED = "quoted"
    REPORTED = "reported"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what: the words `text[start:end]`, and the sentence that attributes them.

    `speaker` is the fullest name that the document has for the person; `confidence` lies between 0 and 1.
    """

    document: str
    speaker: str
    role: str | None
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    how: How
    confidence: float


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the folder: the name most used, every other spelling met, and a role that the texts give."""

    name: str
    also: tuple[str, ...] = ()
    role: str | None = None
    statements: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: a document and offsets in its text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What a conversation keeps of one question and its answer; `bot.journal` stores it."""

    question: str
    understood: str
    kind: str
    people: tuple[str, ...] = ()
    shown: tuple[Place, ...] = ()


class QuoteKind(StrEnum):
    """What a quote is: someone's statement, the document's own words, or a mere mention of the person asked about."""

    STATEMENT = "statement"
    PASSAGE = "passage"
    MENTION = "mention"
    CAPTION = "caption"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document with their source: `text` is the very slice `document.text[start:end]`.

    `passage_start` and `passage_end` enclose the passage that the quote is taken from, for showing it in context.
    `also` are other documents with the very words of this one.
    """

    text: str
    document: str
    start: int
    end: int
    kind: QuoteKind
    passage_start: int
    passage_end: int
    speaker: str | None = None
    role: str | None = None
    how: How | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    url: str | None = None
    link: str | None = None
    page: int | None = None
    section: str | None = None
    paragraph: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page's number, counted from 1, and its picture (PNG)."""

    page: int
    png: bytes


class AnswerKind(StrEnum):
    """What an answer is; only `answer` counts as answered."""

    ANSWER = "answer"
    CLOSEST = "closest"
    NOTHING = "nothing"
    CHOICES = "choices"
    GREETING = "greeting"


class Courtesy(StrEnum):
    """Which greeting a greeting is."""

    HELLO = "hello"
    THANKS = "thanks"
    GOODBYE = "goodbye"


@dataclass(frozen=True, slots=True)
class Resolution:
    """A pronoun, a spelling or a typing error of the question, and what it was taken for."""

    asked: str
    meant: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that came of one question; `quotes` is empty unless `kind` is `answer`.

    `people` are those asked about, named as in the folder. `missing` are content words of the question that no
    source has (where a person is asked about: that none of the person's statements has). `language` is the
    question's, "en" or "ko". `choices` are people whom the name may mean, or with the kind `nothing` near names of one
    that nobody has; `who` is then that name as `understood` writes it. `exhausted` says that all there is has been
    shown before, `outside` that what is closest lies outside the time or document that the question limits itself to.
    `more` counts the further quotes that `Library.more` would give.
    """

    question: str
    understood: str
    kind: AnswerKind
    language: str = "en"
    read_as: tuple[Resolution, ...] = ()
    quotes: tuple[Quote, ...] = ()
    closest: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    courtesy: Courtesy | None = None
    folder: str = ""
    elapsed_ms: float = 0.0
    who: str = ""
    exhausted: bool = False
    outside: bool = False
    more: int = 0

    @property
    def answered(self) -> bool:
        """Whether the folder answers the question."""
        return self.kind is AnswerKind.ANSWER

    def as_turn(self) -> Turn:
        """What a conversation keeps of this answer."""
        shown = tuple(Place(quote.document, quote.start, quote.end) for quote in (*self.quotes, *self.closest))
        spoken = tuple(quote.speaker for quote in self.quotes if quote.speaker)
        people = tuple(dict.fromkeys(self.people or spoken))
        return Turn(self.question, self.understood, self.kind, people, shown)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh found: paths below the folder, and the problems that there were not before."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return any(dataclasses.astuple(self))
