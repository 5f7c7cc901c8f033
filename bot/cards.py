"""A document's card: what there is to know of a source beside its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bot.citation import Citation, cite_document, fold_space
from bot.wording import Wording
from retrieval import BODY, Document, Person

MOST_SPEAKERS = 6
"""How many speakers a card names; the rest is counted."""


def card_of(document: Document, people: Iterable[Person], wording: Wording, address: str | None = None) -> Citation:
    """The document's card: its title, leading to `address` or to the document's own, and a detail a line."""
    about = document.metadata
    pages = max((block.page for block in document.blocks if block.page is not None), default=0)
    paragraphs = sum(block.kind in BODY for block in document.blocks)
    speakers = [person.name for person in people if person.statements and document.path in person.documents]
    length = wording.say("card_paragraphs", count=paragraphs)
    details = (
        wording.say("card_author", author=fold_space(about.author)) if about.author else "",
        wording.say("card_publisher", publisher=fold_space(about.publisher)) if about.publisher else "",
        wording.say("card_date", date=wording.date(about.date)) if about.date else "",
        wording.say("card_file", file=PurePosixPath(document.path).name),
        " · ".join(filter(None, (wording.say("card_pages", count=pages) if pages else "", length))),
        wording.say("card_speakers", names=_counted(speakers)) if speakers else "",
    )
    cited = cite_document(document.path, document.metadata, wording, address)
    return Citation(cited.title, cited.address, tuple(filter(None, details)))


def _counted(names: Sequence[str]) -> str:
    more = [f"… +{len(names) - MOST_SPEAKERS}"] if len(names) > MOST_SPEAKERS else []
    return ", ".join([*map(fold_space, names[:MOST_SPEAKERS]), *more])
