"""One date in its many spellings, English and Korean."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A whole date (year, month and day) and where a text has it: `text[start:end]`."""

    start: int
    end: int
    date: dt.date


_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_NUMBER_OF_MONTH = {name[:3]: number for number, name in enumerate((*_MONTHS, "december"), start=1)}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PATTERN = re.compile(
    r"(?<![\d.])(?P<y1>(?:19|20)\d\d)(?P<sep>[-./]|\s?[.\u2013\u2024]\s?)(?P<m1>\d{1,2})(?:(?P=sep)|\s?[.]\s?)(?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d|(?<!\d)\d\d)\s?[년年]\s{0,3}(?P<m2>\d{1,2})\s?[월月]\s{0,3}(?P<d2>\d{1,2})\s?[일日]"
    r"|(?<!\d)(?P<y3>(?:19|20)\d\d)(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?!\d)"
    r"|\b" + _MONTH.format("m4") + r"\s{0,3}(?P<d4>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<y4>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<d5>\d{1,2})(?:st|nd|rd|th)?(?:\s{1,3}of)?[\s-]{1,3}"
    + _MONTH.format("m5")
    + r",?[\s-]{1,3}(?P<y5>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d./-])(?P<a6>\d{1,2})(?P<sep6>[./-])(?P<b6>\d{1,2})(?P=sep6)(?P<y6>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d./-])['’]?(?P<y7>[0-3]\d)\.\s?(?P<m7>\d{1,2})\.\s?(?P<d7>\d{1,2})(?!\.?\d)",
    re.IGNORECASE,
)


def dates_in(text: str) -> tuple[DateSpan, ...]:
    """Every whole date of `text`, in order; what names no day of the calendar (30 February, 03/04/2021) is none."""
    found = []
    for match in _PATTERN.finditer(text):
        date = _date(match)
        if date is not None:
            found.append(DateSpan(match.start(), match.end(), date))
    return tuple(found)


def first_date(text: str) -> dt.date | None:
    """The first whole date of `text`."""
    return next((span.date for span in dates_in(text)), None)


def _date(match: re.Match[str]) -> dt.date | None:
    part = match.groupdict()
    if part["a6"]:
        month_and_day = _month_and_day(int(part["a6"]), int(part["b6"]), part["sep6"])
        return _day(int(part["y6"]), *month_and_day) if month_and_day else None
    if part["y7"]:
        return _day(2000 + int(part["y7"]), int(part["m7"]), int(part["d7"]))
    form = next(number for number in "12345" if part[f"y{number}"])
    month = part[f"m{form}"]
    number = int(month) if month.isdigit() else _NUMBER_OF_MONTH[month[:3].lower()]
    return _day(_full_year(int(part[f"y{form}"])), number, int(part[f"d{form}"]))


def _full_year(year: int) -> int:
    """The year that is meant by two digits: 24년 is 2024, 88년 is 1988."""
    return year if year > 99 else year + (2000 if year < 40 else 1900)


def _month_and_day(first: int, second: int, separator: str) -> tuple[int, int] | None:
    """Dotted dates are day first, as Europe writes them; with slashes only what can be read one way is a date."""
    if separator == "." or first > 12 or first == second:
        return second, first
    return (first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:  # no such day in the calendar: not a date at all
        return None
