"""What a citation says of a PDF: from its first page, and from the file's own information where that can be believed.

Programs put their own words there: a user's name, a file's name, the title of the document that this one was written
over, the day on which an old report was made into a file. So what stands on the first page goes before all of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from retrieval.dates import dates_in
from retrieval.reading.captions import ends_sentence
from retrieval.reading.imprint import Field, FieldKind, fields_of
from retrieval.reading.pdf_information import Information
from retrieval.reading.pdf_joining import Joiner
from retrieval.reading.pdf_kinds import squeezed
from retrieval.reading.pdf_lines import Line
from retrieval.reading.writers import is_institution, is_person
from retrieval.records import Metadata
from retrieval.titles import ROLE_NOUNS
from retrieval.words import is_korean

_HEAD_PAGES = 3
_HEAD, _FOOT = 20, 6  # lines of the first page
_LONGEST_TITLE, _MOST_TITLE_LINES = 250, 5
_MOST_LEADING = 2.0  # em
_AFTER_TITLE = (",", ";", " |", " -", " –", " —")
_TELLING = 12  # letters
_LARGER = 1.1  # times the size of most text
_SAME_SIZE = 0.05  # of the size
_LONGEST_HEAD_LINE = 80
_NEAR = dt.timedelta(days=400)
_NO_TITLE = re.compile(
    r"untitled.*|no ?title.*|(?:document |paper )?title.*|제목\s?없음.*|무제|새\s?문서.*|template|draft|cover|print"
    r"|(?:document|문서|presentation|slide|슬라이드|layout)\s?\d*|kein folientitel|[\W\d_]*"
    r"|(?:microsoft )?(?:word|powerpoint|excel|office)\b.*|https?://\S+|file:\S+|\S*\.(?:docx?|hwpx?|pdf|pptx?|xlsx?|indd"
    r"|qx[pd]|rtf|tex|dvi|txt|od[tp]|html?|fm|pub|ai|eps|wpd|pages)\W?(?:\s-\s.*)?",
    re.IGNORECASE,
)
_KIND_OF_TEXT = re.compile(
    r"(?:언론)?(?:보도|참고|설명|해명|브리핑|정책)?(?:참고|설명|해명)?자료|공고|공지|차례|목차|요약|(?:최종|연구|정책)?보고서|회의록"
    r"|(?:press|news|media)(?:release|statement)|report|annualreport|newsletter|tableofcontents|contents|abstract"
    r"|(?:policy|issue|working|research|discussion|white|technical)(?:brief|paper|report|note)s?|executivesummary",
    re.IGNORECASE,
)
_LINES_BELOW_TITLE = 8
_BETWEEN_WRITERS = re.compile(r"\s*[,;·]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
_MARKS_OF_WRITERS = re.compile(r"(?<=[^\W\d_])\s?(?:[*∗†‡§¶]|\d)+|(?<=\s)[a-z](?:,[a-z∗*\d])*(?=\s*(?:,|and\b|$))")
_MARKS_AT_END = re.compile(r"(?<![\s*∗†‡⋆§¶,])[\s*∗†‡⋆§¶,]+$")
_JOURNAL = re.compile(r"journal homepage|contents lists available|sciencedirect", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:published|publication date|date of (?:publication|issue)|issued|released?|release date|posted|date|배포|보도"
    r"|accepted|available|발행|등록|작성|게시|공개|시행)\s?(?:on|online|일시|일자|날짜|시점|즉시|일)?\s?[:：|(]?\s{0,4}",
    re.IGNORECASE,
)


_BEFORE = re.compile(r"received|revised|submitted|deadline|접수|투고|마감", re.IGNORECASE)


def metadata_of(
    information: Information, pages: Sequence[Sequence[Line]], joiner: Joiner, text_size: float
) -> Metadata:
    """The metadata of a file with the lines of `pages`; `text_size` is the size of most of its text."""
    opening = next(page for page in pages if page)
    head = " ".join(" ".join(line.text for page in pages[:_HEAD_PAGES] for line in page).split())
    fields = [field for line in opening for field in fields_of(line.text)]
    title = _title(information, opening, head, joiner, text_size)
    return Metadata(
        title=title,
        author=_author(information.author, head) or _writers_below(title, opening),
        publisher=_value(fields, FieldKind.PUBLISHER),
        date=_date(opening, information.created),
        language="ko" if is_korean(head) else information.language,
    )


def writers_in(words: str) -> tuple[str, ...]:
    """The people whom a line names and nothing else, as stands below a paper's title; empty for any other line."""
    parts = _BETWEEN_WRITERS.split(_MARKS_OF_WRITERS.sub("", words)) if len(words) <= _LONGEST_TITLE else []
    names = [part.strip(" ,") for part in parts if part.strip(" ,")]
    return (
        tuple(names) if all(is_person(name) and not (is_institution(name) or _has_role(name)) for name in names) else ()
    )


def _has_role(words: str) -> bool:
    return not ROLE_NOUNS.isdisjoint(re.findall(r"\w+", words.lower()))


def _title(
    information: Information, opening: Sequence[Line], head: str, joiner: Joiner, text_size: float
) -> str | None:
    """The title that the file names, if its first pages have it too; else the largest words of the first."""
    named = "" if _NO_TITLE.fullmatch(information.title) else information.title
    largest = _largest(opening, text_size, _letters(information.author))
    title = _MARKS_AT_END.sub("", joiner.joined(largest)) if largest else ""
    if named and (f" {_words(named)} " in f" {_words(head)} " or _is_hidden_in(named, head)):
        return _begun(named, [title, *(line.text for line in opening[:_HEAD])])
    if named and not title:
        return _begun(named, [line.text for line in opening[:_HEAD]])
    return (title if 0 < len(title) <= _LONGEST_TITLE else named) or None


def _begun(named: str, heads: Sequence[str]) -> str:
    """`named` as far as one of `heads` has it, where the file goes on to name who spoke, and where."""
    for head in heads:
        if named.casefold().startswith(head.casefold()) and named[len(head) :].startswith(_AFTER_TITLE):
            return named[: len(head)]
    return named


def _is_hidden_in(named: str, head: str) -> bool:
    """Whether a title long enough to tell stands in `head` with other spaces and hyphens."""
    letters = _letters(named)
    return len(letters) >= _TELLING and letters in _letters(head)


def _largest(opening: Sequence[Line], text_size: float, author: str) -> list[Line]:
    """The largest line of `opening` that can be a title and is not `author`, with the lines of that size below it."""
    start = max((index + 1 for index, line in enumerate(opening[:_HEAD]) if _JOURNAL.search(line.text)), default=0)
    titles = [_can_be_title(line.text) and _letters(line.text) not in author for line in opening]
    possible = [index for index, can_be in enumerate(titles) if can_be and index >= start]
    first = max(possible, key=lambda index: (opening[index].size, -index), default=None)
    if first is None or opening[first].size < _LARGER * text_size:
        return []
    last = first
    while last + 1 < len(opening) and last - first + 1 < _MOST_TITLE_LINES and _is_same_title(opening[last : last + 2]):
        last += 1
    return list(opening[first : last + 1])


def _is_same_title(lines: Sequence[Line]) -> bool:
    line, following = lines
    is_below = 0 < following.baseline - line.baseline < _MOST_LEADING * line.size
    return is_below and abs(line.size - following.size) <= _SAME_SIZE * line.size and line.is_bold == following.is_bold


def _can_be_title(words: str) -> bool:
    letters = sum(character.isalpha() for character in words)
    if letters < 2 or 2 * letters < len(words) or words[0] in ")]}.,;:" or _KIND_OF_TEXT.fullmatch(squeezed(words)):
        return False
    dated = dates_in(words)
    return not (dated and len(words) - (dated[0].end - dated[0].start) < 16) and not is_institution(words)


def _author(named: str, head: str) -> str | None:
    """The people or the institution that the file names as authors, where its first pages name them too."""
    names = [name for name in (part.strip() for part in re.split(r"[;,]|\s(?:and|&)\s", named)) if name]
    known = f" {_words(head)} "
    is_named = names and all(
        (is_person(name) or is_institution(name)) and f" {_words(name)} " in known for name in names
    )
    return ", ".join(names) if is_named else None


def _writers_below(title: str | None, opening: Sequence[Line]) -> str | None:
    """The people named in the lines below the title: two at least, or one above an office or an institution."""
    ends = [index for index, line in enumerate(opening) if title and _letters(title).endswith(_letters(line.text))]
    below = opening[ends[0] + 1 : ends[0] + 1 + _LINES_BELOW_TITLE] if ends else ()
    writers: list[str] = []
    for line in below:
        found = writers_in(line.text)
        if writers and not found:
            is_theirs = len(line.text) <= _LONGEST_HEAD_LINE and (is_institution(line.text) or _has_role(line.text))
            return ", ".join(writers) if len(writers) > 1 or is_theirs else None
        writers += found
    return None


def _words(text: str) -> str:
    """The words of `text`, a space between each two, without case and marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))


def _value(fields: Sequence[Field], kind: FieldKind) -> str | None:
    return next((field.value for field in fields if field.kind is kind and field.labelled), None)


def _date(opening: Sequence[Line], created: dt.date | None) -> dt.date | None:
    """The day of publication: with a label, in a line of its own, in the text near the day of making, else that."""
    text = "\n".join(line.text for line in opening)
    labelled = [
        spans[0].date
        for match in _PUBLISHED.finditer(text)
        if (spans := dates_in(text[match.end() : match.end() + 30])) and spans[0].start <= 1
    ]
    if labelled:
        return labelled[0]
    outer = [line.text for index, line in enumerate(opening) if index < _HEAD or index >= len(opening) - _FOOT]
    short = (words for words in outer if len(words) <= _LONGEST_HEAD_LINE and not ends_sentence(words))
    short = (words for words in short if not _BEFORE.search(words))
    alone = next((spans[0].date for words in short if (spans := dates_in(words))), None)
    told = [span.date for span in dates_in(text)]
    near = (date for date in told if created is None or abs(created - date) <= _NEAR)
    return alone or next(near, None) or created
