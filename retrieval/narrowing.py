"""What a question limits itself to: a time, a document or its publisher, the newest first."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

import numpy as np

from retrieval.index import Index
from retrieval.query import Limits
from retrieval.records import Resolution
from retrieval.words import words

NAMED = 0.75
"""A document is meant where its title and publisher hold at least this share of the words that name it."""
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_WHEN = rf"(?:(?P<month>{_MONTH})\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?)?(?P<year>(?:19|20)\d\d)"
_DATE = re.compile(
    rf"\b(?P<how>in|during|since|from|after|before|until|till|by|on|of)\s+(?:the year\s+)?{_WHEN}\b(?!\s+[a-z]+s\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+(?P<first>(?:19|20)\d\d)\s+(?:and|to|until)\s+(?P<last>(?:19|20)\d\d)\b", re.IGNORECASE
)
_KOREAN_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)년(?:\s?(?P<month>\d{1,2})월)?(?:\s?(?P<day>\d{1,2})일)?\s?(?P<how>부터|이후|까지|이전|전에|에는|에|의)?"
)
_DOCUMENT = re.compile(
    r"(?:,\s*)?\b(?:in|from|at|during|according to|of)\s+(?:the|this|that)\s+(?P<name>[^,?]{0,80}?)\s*"
    r"\b(?P<kind>article|forum|paper|report|document|press release|release|interview|speech|post|story|transcript|minutes|hearing"
    r"|press conference|seminar|briefing|notice|announcement|journal|newsletter|council meeting|meeting|session|debate"
    r"|round ?table|panel|conference|workshop|summit|lecture|symposium)\b",
    re.IGNORECASE,
)
_KOREAN_DOCUMENT = re.compile(
    r"(?P<name>[가-힣A-Za-z0-9 &'’-]{0,60}?)\s?(?P<kind>기사|포럼|보고서|문서|보도자료|논문|인터뷰|연설|글|회의록|공지|자료|회의|토론회|간담회|세미나|좌담회?|심포지엄|강연|학술대회)(?:에서는?|에 따르면|에 의하면|의)"
)
_NEWEST = re.compile(
    r"\b(?:the )?(?:latest|newest|most recent)\b(?:\s+(?:news|statements?|words|articles?|documents?|reports?)?\s*(?:on|about|from|by|of)?)?"
    r"|\b(?:most recently|lately)\b|(?:가장 )?최근(?:에|의)?(?: (?:소식|뉴스|기사|동향))?|최신(?: (?:소식|뉴스|기사|동향))?",
    re.IGNORECASE,
)
_OPEN = {"since": "since", "from": "since", "after": "after", "부터": "since", "이후": "since"}
_CLOSED = {
    "before": "before",
    "until": "until",
    "till": "until",
    "by": "until",
    "까지": "until",
    "이전": "before",
    "전에": "before",
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The question without its limits, the limits, and what was taken for them."""

    text: str
    limits: Limits
    read_as: tuple[Resolution, ...]


def narrowed(question: str, index: Index, *, of_speech: bool) -> Narrowed:
    """Take the limits out of `question`.

    A time, and "the forum" without a name, count only in a question of what somebody said: in "who won in 1999" and
    "what is the name of the forum" they are no limits.
    """
    text, read_as = question, []
    limits = Limits()
    if (named := _document_named(text, index, named=not of_speech)) is not None:
        asked, paths, title = named
        text, limits = _without(text, asked), Limits(documents=paths)
        read_as.append(Resolution(asked, title))
    if (newest := _NEWEST.search(text)) is not None:
        text, limits = _without(text, newest.group()), replace(limits, newest=True)
    if of_speech and (timed := _time_named(text)) is not None:
        asked, since, until = timed
        text = _without(text, asked)
        limits = replace(limits, since=since, until=until)
        read_as.append(Resolution(asked, f"{since or '…'} – {until or '…'}"))
    return Narrowed(text, limits, tuple(read_as)) if text.strip(" ?.!") else Narrowed(question, Limits(), ())


def _without(text: str, part: str) -> str:
    return " ".join(text.replace(part, " ", 1).split()).replace(" ?", "?").lstrip(", ")


def _document_named(text: str, index: Index, *, named: bool) -> tuple[str, frozenset[str], str] | None:
    """The words that name a document, the documents meant, and a title; None where no document of the folder fits."""
    match = _DOCUMENT.search(text) or _KOREAN_DOCUMENT.search(text)
    if match is None or (named and not match["name"].strip()):
        return None
    asked = [word for word in words(f"{match['name']} {match['kind']}") if word.is_content]
    naming = [word for word in words(match["name"]) if word.is_content] or asked
    shares = index.headings.shares([word.terms for word in naming])
    numbers = np.flatnonzero(shares >= max(NAMED, shares.max(initial=0.0))).tolist()
    if not numbers or len(numbers) == index.document_count:
        return None
    paths = list(map(index.documents.path, numbers))
    return match.group().strip(), frozenset(paths), index.metadata(paths[0]).title or paths[0]


def _time_named(text: str) -> tuple[str, dt.date | None, dt.date | None] | None:
    """The words that name a time, and its first and last day; None where there are none, or the day does not exist."""
    if (match := _BETWEEN.search(text)) is not None:
        first_year, last_year = sorted((int(match["first"]), int(match["last"])))
        return match.group(), dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    match = _DATE.search(text) or _KOREAN_DATE.search(text)
    if match is None:
        return None
    month = _MONTHS.get((match["month"] or "").lower()) or int(match["month"] or 0)
    try:
        first, last = _span(int(match["year"]), month, int(match["day"] or 0))
    except ValueError:
        return None
    how = (match["how"] or "").lower()
    if how in _OPEN:
        return match.group().strip(), last + dt.timedelta(1) if _OPEN[how] == "after" else first, None
    if how in _CLOSED:
        return match.group().strip(), None, first - dt.timedelta(1) if _CLOSED[how] == "before" else last
    return match.group().strip(), first, last


def _span(year: int, month: int, day: int) -> tuple[dt.date, dt.date]:
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    if month:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
