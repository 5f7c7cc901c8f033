"""What a web page says of itself, in its head and in its imprint → Metadata."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from retrieval.dates import first_date
from retrieval.reading.bylines import byline_author, lead_author
from retrieval.reading.imprint import FieldKind
from retrieval.reading.web_article import Article
from retrieval.reading.web_head import Head
from retrieval.reading.web_imprint import Imprint
from retrieval.reading.writers import is_institution, is_person, without_title
from retrieval.records import Metadata

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "dc.date.created", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "pub_date", "article.published", "date", "regdate", "dd:published_time",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author", "og:article:author", "article:author_name", "dc.creator", "dcterms.creator", "byl",
    "parsely-author", "sailthru.author", "citation_author", "dable:author", "dd:author",
)  # fmt: skip
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "article:publisher",
)
_DAY = re.compile(r"((?:19|20)\d{6})(?:\d{4}|\d{6})$")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=\D|$)")


def metadata_of(head: Head, article: Article, imprint: Imprint) -> Metadata:
    """The page's metadata: what its head says, completed from the lines around the body."""
    named = _people((*head.linked_data.authors, *head.values(*_AUTHORS)))
    writers = (*article.writers, *imprint.authors)
    opening = next((run.words for run in article.runs if run.is_prose), "")
    authors = tuple(dict.fromkeys(named)) or tuple(_people(writers))[:1] or tuple(filter(None, [lead_author(opening)]))
    return Metadata(
        title=article.title,
        author=", ".join(authors) or None,
        publisher=_publisher(head, imprint),
        date=_date(head, imprint, article.times),
        url=_url(head),
        language=_language(head, article),
    )


def _date(head: Head, imprint: Imprint, times: Sequence[str]) -> dt.date | None:
    """The day of publication: the head's word, then the imprint's, then the address's, then the last change."""
    changed = [field.value for field in imprint.fields if field.kind is FieldKind.CHANGED]
    claims = (
        head.linked_data.date,
        *head.values(*_PUBLISHED),
        *(field.value for field in imprint.fields if field.kind is FieldKind.DATE),
        *times,
        *(line for line in imprint.dated if not any(value in line for value in changed)),
        *("-".join(match.groups()) for url in head.addresses if (match := _DAY_IN_ADDRESS.search(urlsplit(url).path))),
        *changed,
    )
    return next((date for claim in claims if (date := first_date(_DAY.sub(r"\1", claim)))), None)


def _people(claims: Iterable[str]) -> Iterator[str]:
    """The people whom the claims name, each once."""
    for claim in claims:
        names = re.split(r"\s*[,;&|]\s*|\s+and\s+", byline_author(claim) or claim)
        yield from filter(is_person, map(without_title, names))


def _publisher(head: Head, imprint: Imprint) -> str | None:
    fields = (field.value for field in imprint.fields if field.kind in {FieldKind.PUBLISHER, FieldKind.WRITER})
    claims = (
        *head.values(*_PUBLISHERS),
        head.linked_data.publisher,
        *head.values("application-name"),
        *filter(is_institution, fields),
    )
    return next((claim for claim in claims if claim and not claim.startswith(("http:", "https:", "@"))), None)


def _url(head: Head) -> str | None:
    """The canonical address; a site's front page is none if another address is given."""
    return next((url for url in head.addresses if urlsplit(url).path.strip("/")), next(iter(head.addresses), None))


def _language(head: Head, article: Article) -> str | None:
    words = "".join(run.words for run in article.runs)
    hangul = len(re.findall(r"[가-힣]", words))
    if hangul * 4 > len(words):
        return "ko"
    claims = (head.language, *head.values("content-language", "og:locale"), head.linked_data.language)
    found = next((match for claim in claims if (match := re.match(r"[A-Za-z]{2}(?=[-_]|$)", claim))), None)
    return found.group().lower() if found else None
