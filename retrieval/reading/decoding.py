"""Bytes → text: UTF-8, UTF-16 and UTF-32 with a mark, else Korean CP949; anything else is refused with its place."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from retrieval.errors import ReadingError
from retrieval.reading.lines import BLANKS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile(r"(?<!\r)\r+\n|\r")
"""Windows', the old Mac's, and Windows' after a transfer that doubled the first half of it."""
_END_OF_FILE = "\x1a"
"""What DOS programs wrote at the end of a text."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HANGUL = re.compile(r"[가-힣]")
_SAVE_AS_UTF8 = "Save the file as UTF-8 text."


def decoded(content: bytes, name: str) -> str:
    """The text of `content`, every line end made a newline; raises ReadingError, naming the file `name`."""
    mark, encoding = next(((mark, codec) for mark, codec in _MARKS if content.startswith(mark)), (b"", ""))
    if not encoding and b"\0" in content:
        place = content.index(b"\0")
        raise ReadingError(f"is no text: it has a NUL byte at offset {place}.", where=name, remedy=_SAVE_AS_UTF8)
    text = _with_mark(content, mark, encoding, name) if encoding else _without_mark(content, name)
    text = _LINE_END.sub("\n", text).removesuffix(_END_OF_FILE)
    if not text.strip(BLANKS):
        raise ReadingError("is empty.", where=name, remedy="Put text into it or delete it.")
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls * 50 > len(text):  # more than 2 % control characters: no one reads that
        raise ReadingError("is no text: it is full of control characters.", where=name, remedy=_SAVE_AS_UTF8)
    return text


def _with_mark(content: bytes, mark: bytes, encoding: str, name: str) -> str:
    try:
        return content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        raise ReadingError(
            f"is marked as {encoding[:6].rstrip('-').upper()}, but byte {place} does not fit ({error.reason}).",
            where=name,
            remedy=_SAVE_AS_UTF8,
        ) from error


def _without_mark(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        unicode_error = error
    if _is_meant_as_utf8(content):
        raise _broken_utf8(content, unicode_error, name) from unicode_error
    try:
        text = content.decode("cp949")
    except UnicodeDecodeError as error:
        raise _undecodable(content, max(unicode_error.start, error.start), name) from error
    if not _is_plausible_korean(text):
        raise _undecodable(content, unicode_error.start, name) from unicode_error
    return text


def _is_meant_as_utf8(content: bytes) -> bool:
    """Whether most of what is not ASCII is Hangul in UTF-8: a byte lost in such a file makes it no CP949."""
    text = content.decode("utf-8", "replace")
    return len(_HANGUL.findall(text)) > text.count("\ufffd")


def _broken_utf8(content: bytes, error: UnicodeDecodeError, name: str) -> ReadingError:
    line = content.count(b"\n", 0, error.start) + 1
    return ReadingError(
        f"is UTF-8, but byte {error.start} (0x{content[error.start]:02X}, line {line}) is broken ({error.reason}).",
        where=name,
        remedy=_SAVE_AS_UTF8,
    )


def _is_plausible_korean(text: str) -> bool:
    """Whether most of what is not ASCII belongs to everyday Korean text.

    Windows-1252's curly quotes followed by a letter are valid CP949, but decode to syllables outside KS X 1001 that
    no text is made of; without this check such a file would be read as gibberish in silence.
    """
    counts = Counter(text)
    foreign = {character: count for character, count in counts.items() if character > "\x7f"}
    everyday = sum(count for character, count in foreign.items() if min(character.encode("cp949")) >= 0xA1)
    return everyday * 2 > sum(foreign.values())


def _undecodable(content: bytes, place: int, name: str) -> ReadingError:
    line = content.count(b"\n", 0, place) + 1
    return ReadingError(
        f"is neither UTF-8 nor Korean CP949: byte {place} (0x{content[place]:02X}, line {line}) fits neither.",
        where=name,
        remedy=_SAVE_AS_UTF8,
    )
