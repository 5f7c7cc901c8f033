"""By-lines: the line under a headline that says who wrote what follows."""

from __future__ import annotations

import re

from retrieval.reading.writers import is_institution, is_person

_BY = re.compile(
    r"(?:(?:written|reported|story|text|words|article|posted|compiled|edited"
    r"|contributed)\s+(?:and \w+ )?)?by\b[:\s]\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\s*(?:[|│ㅣ/·•–—@(\[]|\s-\s|,|\bfor\s|\bof\s|\bin\s|\bat\s|\S+@\S+|\b(?:updated|published|posted)\b).*",
    re.IGNORECASE,
)
_REPORTER = re.compile(
    r"(?P<name>[^|,]{3,40}?)\s*[|,]?\s*(?:staff|senior|contributing|chief|special|political|science|foreign)?\s?"
    r"(?:writer|reporter|correspondent|columnist|contributor|editor)\b[\s\w.@,|-]{0,60}",
    re.IGNORECASE,
)
_KOREAN_BY = re.compile(
    r"(?:글|글[·ㆍ/,\s]?사진|취재|기고|필자|작성|글쓴이|저자|정리)\s?[:=|\s]\s?(?P<name>[가-힣]{2,4})(?:\s?[("
    r"|/·,].{0,40}|\s[가-힣A-Za-z ]{1,30})?"
)
_KOREAN_REPORTER = re.compile(
    r"[\[(]?(?:[^()\[\]]{1,16}[=]\s?[^()\[\]]{1,16}[\])]\s?)?(?P<name>[가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4}){0,3})\s?"
    r"(?:\S{0,6}\s?)(?:기자|특파원|논설위원|편집위원|객원기자|칼럼니스트)[\])]?(?:\s?[|/=]?\s?[\w.+-]+@[\w.-]+)?\s?=?"
)
_NAME_AND_KOREAN_ROLE = re.compile(r"(?P<name>[가-힣]{3})\s(?:\S{1,14}\s)?\S{0,10}(?:가|기자|교수|관|장|원|사|대표|인)")
_KOREAN_LEAD = re.compile(
    r"[(\[【<〈]\s?[^()\[\]【】<>〈〉]{2,30}(?:[)\]】>〉]\s?|\s|=\s?)(?P<name>[가-힣]{2,4}(?:\s?[·,ㆍ]\s?[가-힣]{2,4}){0,3})\s?"
    r"(?:\S{0,6}\s?)(?:기자|특파원)\s?(?:=|[)\]】>〉])"
)
_DAYS_AND_MONTHS = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october"
    r"|november|december",
    re.IGNORECASE,
)
_LONGEST = 160
_LONGEST_AFFILIATED = 500


def byline_author(words: str) -> str | None:
    """The people whom a by-line names ("By Jane Doe and John Roe", "홍길동 기자"); None if `words` are no by-line."""
    words = words.strip("*_ ")
    if len(words) > _LONGEST or words.endswith(("?", "!", "다.")):
        return None
    match = _BY.fullmatch(words)
    if match:
        return _english_names(match["rest"])
    match = _KOREAN_BY.fullmatch(words) or _KOREAN_REPORTER.fullmatch(words)
    if match:
        names = re.split(r"\s?[·,]\s?", match["name"])
        return ", ".join(names) if all(is_person(name) for name in names) else None
    match = _REPORTER.fullmatch(words)
    return match["name"].strip() if match and is_person(match["name"]) else None


def lead_author(words: str) -> str | None:
    """The reporters whom a Korean text names before its first words: "(서울=연합뉴스) 홍길동 기자 = 정부는"."""
    match = _KOREAN_LEAD.match(words)
    names = re.split(r"\s?[·,ㆍ]\s?", match["name"]) if match else []
    return ", ".join(names) if names and all(is_person(name) for name in names) else None


def affiliated_author(words: str) -> str | None:
    """The writer in a line that holds nothing but names and where they work, as stands between a title and the text.

    "Centre for Tides, Roe, Jane" gives "Roe, Jane"; "Jane Roe (Harbour University)" gives "Jane Roe". None where
    the line says anything else.
    """
    if len(words) > _LONGEST_AFFILIATED or len(words.split()) > 18 or words.endswith((".", ":", "?", "!")):
        return None
    if match := _NAME_AND_KOREAN_ROLE.fullmatch(words):
        return match["name"] if is_person(match["name"]) else None
    together = re.split(r"\s+and\s+|\s*&\s*", words)
    if len(together) == 2 and all(is_person(name) for name in together):
        return ", ".join(together)
    outside = re.sub(r"\s*[(（\[][^()（）\[\]]*[)）\]]|[\d*†‡¹²³⁴]+(?=$|\s|,)", "", words)
    parts = [part.strip() for part in re.split(r"[,，·|/;]|\s-\s", outside) if part.strip()]
    people = [part for part in parts if is_person(part)]
    if (
        len(parts) >= 2
        and not people
        and _is_inverted(parts[-2], parts[-1])
        and all(is_institution(part) for part in parts[:-2])
    ):
        return f"{parts[-2]}, {parts[-1]}" if len(parts) > 2 else None
    others = [part for part in parts if part not in people]
    known = all(is_institution(part) for part in others)
    return ", ".join(people) if people and known and (others or outside != words) else None


def _is_inverted(surname: str, given: str) -> bool:
    return len(surname.split()) == 1 and len(given.split()) <= 2 and is_person(f"{given} {surname}")


def _english_names(rest: str) -> str | None:
    cut = _REST.sub("", rest).strip(" .")
    with_commas = re.match(r"(?P<names>[^|(]+?)(?:,?\s+(?:and|&)\s+(?P<last>[^|,(]+))", rest)
    candidates = [cut]
    if with_commas:
        candidates = [*with_commas["names"].split(","), _REST.sub("", with_commas["last"])]
    names = [re.sub(r"^and\s+", "", name.strip(" .")) for name in candidates if name.strip(" .")]
    if not names or any(_DAYS_AND_MONTHS.fullmatch(name.split()[0]) for name in names):
        return None
    if all(is_person(name) for name in names):
        return ", ".join(names)
    alone = names[0] if len(names) == 1 else ""
    return alone if is_institution(alone) and not alone.startswith("The ") and len(rest.split()) <= 8 else None
