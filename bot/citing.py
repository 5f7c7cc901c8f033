"""A quote to be put elsewhere, as plain text and as Markdown: speaker, title, publisher, date, place, link; pure."""

from __future__ import annotations

import re

from bot.citation import cite_quote, fold_space
from bot.wording import Wording
from retrieval import Quote

_MARKS = re.compile(r"[\\`*_\[\]<>&~|$#]")
_LIST_MARK = re.compile(r"([0-9]{1,9})?([-+.)=])")
"""What makes an item of a list, or a heading, of a line that begins with it."""


def as_plain_text(quote: Quote, wording: Wording) -> str:
    """“words” — speaker, title, publisher, date, place, address; on one line."""
    cited = cite_quote(quote, wording)
    source = ", ".join((*_speaker(quote), cited.title, *cited.details, *filter(None, (cited.address,))))
    return f"“{fold_space(quote.text)}” — {source}"


def as_markdown(quote: Quote, wording: Wording) -> str:
    """The words as a block quotation, and below them who said them and a link to where."""
    cited = cite_quote(quote, wording)
    title = _escaped(cited.title)
    linked = f"[{title}]({_bracketed(cited.address)})" if cited.address else title
    source = ", ".join((*map(_escaped, _speaker(quote)), linked, *map(_escaped, cited.details)))
    words = _escaped(fold_space(quote.text))
    return f"> {_begun(words)}\n>\n> — {source}"


def _speaker(quote: Quote) -> tuple[str, ...]:
    return tuple(fold_space(each) for each in (quote.speaker, quote.role if quote.speaker else None) if each)


def _escaped(text: str) -> str:
    """`text` as Markdown that reads as just that (https://spec.commonmark.org/0.31.2/#backslash-escapes)."""
    return _MARKS.sub(r"\\\g<0>", text)


def _begun(words: str) -> str:
    """`words`, already escaped, as they may begin a line."""
    return _LIST_MARK.sub(r"\1\\\2", words, count=1) if _LIST_MARK.match(words) else words


def _bracketed(address: str) -> str:
    """An address as it may stand in round brackets."""
    return address.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
