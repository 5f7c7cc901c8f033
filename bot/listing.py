"""The folder's documents as a list to leaf through: newest first, those without a date last, narrowed by words."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from bot.citation import Citation, cite_document
from bot.wording import Sentence, Wording
from retrieval import Cover

SOURCES_A_PAGE = 8
MOST_WORDS = 10
"""How many words of a search count."""

LONGEST_WORDS = 100
"""Characters of a search that a sentence repeats."""


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Some of the documents that have the words; pages count from 1, and an empty list has none."""

    documents: tuple[Cover, ...]
    count: int
    page: int
    pages: int
    words: str = ""


def sources_page(documents: Iterable[Cover], words: str, page: int, per_page: int = SOURCES_A_PAGE) -> SourcesPage:
    """The page of the documents whose title, author, publisher, date or file has all `words`; the nearest there is."""
    asked = [_comparable(word) for word in words.split()[:MOST_WORDS]]
    found = [document for document in documents if all(word in _searched(document) for word in asked)]
    found.sort(key=_title)
    found.sort(key=lambda document: document.metadata.date or dt.date.min, reverse=True)
    pages = -(-len(found) // per_page)
    page = max(1, min(page, pages))
    shown = found[(page - 1) * per_page : page * per_page]
    return SourcesPage(tuple(shown), len(found), page, pages, " ".join(words.split()[:MOST_WORDS]))


def listed_as(sources: SourcesPage, wording: Wording) -> Sentence:
    """What stands above the list: how many documents there are, or have the words."""
    words = f"“{sources.words if len(sources.words) <= LONGEST_WORDS else sources.words[: LONGEST_WORDS - 1] + '…'}”"
    if sources.words and sources.count:
        return wording.phrases("sources_found", count=sources.count, words=words)
    if sources.words:
        return wording.phrases("sources_not_found", words=words)
    return wording.phrases("sources", count=sources.count) if sources.count else wording.phrases("sources_none")


def cite_listed(document: Cover, wording: Wording) -> Citation:
    """A document as the list shows it: what cites it, whether it has a date, and the kind of its file."""
    cited = cite_document(document.path, document.metadata, wording)
    undated = () if document.metadata.date else (wording.say("undated"),)
    kind = PurePosixPath(document.path).suffix.lstrip(".").upper()
    return replace(cited, details=(*cited.details, *undated, *((kind,) if kind else ())))


def _title(document: Cover) -> str:
    return _comparable(document.metadata.title or PurePosixPath(document.path).name)


def _searched(document: Cover) -> str:
    about = document.metadata
    date = about.date.isoformat() if about.date else ""
    return _comparable("\n".join(filter(None, (about.title, about.author, about.publisher, date, document.path))))


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
