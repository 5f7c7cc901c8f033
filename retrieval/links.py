"""Links to the very words on the publisher's page: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, urlsplit

from retrieval.records import Document

_WHOLE_UP_TO_CHARS, _WHOLE_UP_TO_WORDS = 60, 8
"""A longer quote is named by its beginning and its end: what stands between, a note or a link, then does not matter."""
_WORD_COUNTS = (4, 6, 9, 13, 20, 40, 80)
"""How many words a beginning or an end has: as few of these as tell it from the same words elsewhere."""
_WORDS_AROUND = (1, 2, 3, 5, 8)
_AROUND_CHARS = 300
_LONGEST = 1_800
"""Longer addresses are cut by what they pass through."""
_BREAK = re.compile(r"\n|\s\|\s")
"""No part of a directive reaches over the end of a line or a cell: there a browser sees another block."""
_JOINS = frozenset(".,:;'’·")
"""Between letters or digits these part no words (https://unicode.org/reports/tr29/, WB6, WB7, WB11, WB12)."""

Span = tuple[int, int]


def _look_alikes() -> dict[int, str]:
    """For Latin letters and quotation marks the sign that browsers take for the same: small, plain, straight."""
    alike = {ord(mark): "'" for mark in "‘’‚‛"} | {ord(mark): '"' for mark in "“”„‟"}
    for code in range(0x250):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            alike[code] = base
    return alike


_ALIKE = _look_alikes()


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """`text`, letter for letter, in the signs that stand for those which browsers take for the same."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_ALIKE)


def link_to(document: Document, start: int, end: int, page: int | None = None) -> str | None:
    """The address of the words `document.text[start:end]`: of the page of a PDF, or with a fragment that finds them.

    A browser scrolls to the words and marks them, where they stand on the page as in the document; in Chrome 80,
    Safari 16.1, Firefox 131 and later. None where the document has no address; an address of no web page is returned
    as it is.
    """
    url = document.metadata.url
    if not url or not url.startswith(("http://", "https://")):
        return url
    base, _, fragment = url.partition("#")
    if document.path.lower().endswith(".pdf") or urlsplit(base).path.lower().endswith(".pdf"):
        return f"{base}#page={page}" if page else url
    directive = _directive(document.text, start, end)
    link = f"{base}#{fragment.partition(':~:')[0]}:~:text={directive}"
    return link if directive and len(link) <= _LONGEST else url


def _directive(text: str, start: int, end: int) -> str:
    """`[prefix-,]start[,end][,-suffix]`, so that its first match on the page is `text[start:end]`."""
    lines = [words for line in _lines(text, start, end) if (words := _words(text, *line))]
    if not lines:
        return ""
    first, last = lines[0], lines[-1]
    whole = (first[0][0], first[-1][1])
    opening, closing = whole, None
    if len(lines) > 1 or len(first) > _WHOLE_UP_TO_WORDS or whole[1] - whole[0] > _WHOLE_UP_TO_CHARS:
        opening = _opening(text, first)
        closing = _closing(text, last, opening[1])
        if closing[0] < opening[1]:
            opening, closing = whole, None
    end_span = closing or opening
    parts = [
        *(f"{_encoded(text, prefix)}-" for prefix in _prefix(text, opening)),
        *(_encoded(text, span) for span in (opening, closing) if span),
        *(f"-{_encoded(text, suffix)}" for suffix in _suffix(text, end_span, opening[1] if closing else None)),
    ]
    return ",".join(parts)


def _opening(text: str, words: list[Span]) -> Span:
    """The first words of a line: as many as no earlier place has."""
    start = words[0][0]
    spans = [(start, words[min(count, len(words)) - 1][1]) for count in _WORD_COUNTS]
    return next((span for span in spans if not _occurs(text, span, 0, span[1] - 1)), spans[-1])


def _closing(text: str, words: list[Span], after: int) -> Span:
    """The last words of a line: as many as stand nowhere between `after` and themselves."""
    end = words[-1][1]
    spans = [(words[-min(count, len(words))][0], end) for count in _WORD_COUNTS]
    return next((span for span in spans if not _occurs(text, span, after, end - 1)), spans[-1])


def _prefix(text: str, opening: Span) -> Iterator[Span]:
    """The words before `opening`, if it begins within a word, or other words before it are the same."""
    start, end = opening
    if _is_bounded(text, start) and not _occurs(text, opening, 0, end - 1):
        return
    lines = [line for line in _lines(text, max(0, start - _AROUND_CHARS), start) if _words(text, *line)]
    words = _words(text, *lines[-1]) if lines else []
    spans = [(words[-min(count, len(words))][0], words[-1][1]) for count in _WORDS_AROUND if words]
    yield from [span for span in spans if not _occurs(text, (span[0], end), 0, end - 1)][:1] or spans[-1:]


def _suffix(text: str, closing: Span, after: int | None) -> Iterator[Span]:
    """The words behind `closing`, if it ends within a word, or the same words stand between `after` and it."""
    start, end = closing
    is_repeated = after is not None and _occurs(text, closing, after, end - 1)
    if _is_bounded(text, end) and not is_repeated:
        return
    lines = [words for line in _lines(text, end, end + _AROUND_CHARS) if (words := _words(text, *line))]
    words = lines[0] if lines else []
    spans = [(words[0][0], words[min(count, len(words)) - 1][1]) for count in _WORDS_AROUND if words]
    yield from [span for span in spans if not _occurs(text, (start, span[1]), after or end, end - 1)][:1] or spans[-1:]


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for gap in _BREAK.finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, min(end, len(text))


def _words(text: str, start: int, end: int) -> list[Span]:
    return [match.span() for match in re.compile(r"\S+").finditer(text, start, end)]


def _occurs(text: str, span: Span, low: int, high: int) -> bool:
    """Whether the words of `span` stand in `text[low:high]`, in whatever case and with whatever accents.

    More words than an address can hold are taken to stand nowhere else.
    """
    if span[1] - span[0] > _LONGEST:
        return False
    folded = _folded(text)
    words = r"\s+".join(re.escape(word) for word in folded[slice(*span)].split())
    return re.compile(words).search(folded, low, max(low, high)) is not None


def _is_bounded(text: str, at: int) -> bool:
    """Whether a word can begin or end at the offset `at`; in doubt it cannot."""
    before, behind = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not behind or before[-1].isspace() or behind[0].isspace():
        return True
    if before[-1].isalnum() and behind[0].isalnum():
        return False
    joins_before = before[-1] in _JOINS and before[0].isalnum() and behind[0].isalnum()
    joins_behind = behind[0] in _JOINS and before[-1].isalnum() and behind[-1].isalnum()
    return not (joins_before or joins_behind)


def _encoded(text: str, span: Span) -> str:
    """Percent-encoded, the hyphen too: it has a meaning of its own in a text directive."""
    return quote(" ".join(text[slice(*span)].split()), safe="").replace("-", "%2D")
