"""A quote's source as people cite it, whatever shows it: title, address, and where in the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from bot.wording import Wording
from retrieval import Metadata, Quote, QuoteKind

LONGEST_ADDRESS = 2000
"""Characters of an address that every program follows; a longer one is not linked."""

MOST_FILES = 2
"""How many other files with the same words are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Citation:
    """`address` is an http(s) address or None; `details` are publisher, date, place and what else there is to say."""

    title: str
    address: str | None
    details: tuple[str, ...]


def fold_space(text: str) -> str:
    """`text` with each run of white space as one space, as JSON and chat show a quote."""
    return " ".join(text.split())


def cite_quote(quote: Quote, wording: Wording) -> Citation:
    """The source of a quote, in the wording's language."""
    return Citation(
        title=fold_space(quote.title or "") or PurePosixPath(quote.document).name,
        address=_first_address(quote.link, quote.url),
        details=_present(
            quote.author if quote.author not in {quote.publisher, quote.speaker} else None,
            quote.publisher,
            wording.date(quote.date) if quote.date else None,
            wording.say("section", section=quote.section) if quote.section else None,
            wording.say("page", page=str(quote.page)) if quote.page is not None else None,
            wording.say("paragraph", paragraph=str(quote.paragraph)) if quote.paragraph is not None else None,
            wording.say(quote.kind) if quote.kind not in {QuoteKind.STATEMENT, QuoteKind.PASSAGE} else None,
            wording.say("also_in", documents=_listed(quote.also)) if quote.also else None,
        ),
    )


def cite_document(path: str, metadata: Metadata, wording: Wording, address: str | None = None) -> Citation:
    """A whole document as a source, in the wording's language; `address` leads further into it than its own."""
    return Citation(
        title=fold_space(metadata.title or "") or PurePosixPath(path).name,
        address=_first_address(address, metadata.url),
        details=_present(
            metadata.author if metadata.author != metadata.publisher else None,
            metadata.publisher,
            wording.date(metadata.date) if metadata.date else None,
        ),
    )


def _listed(paths: Sequence[str]) -> str:
    """The names of the first few files, and how many more there are."""
    more = [f"+{len(paths) - MOST_FILES}"] if len(paths) > MOST_FILES else []
    return ", ".join([*(PurePosixPath(path).name for path in paths[:MOST_FILES]), *more])


def _present(*details: str | None) -> tuple[str, ...]:
    return tuple(folded for folded in (fold_space(detail or "") for detail in details) if folded)


def _first_address(*addresses: str | None) -> str | None:
    return next((address for address in addresses if address and _can_be_followed(address)), None)


def _can_be_followed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    printable = address.isprintable() and " " not in address
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and printable and len(address) <= LONGEST_ADDRESS
