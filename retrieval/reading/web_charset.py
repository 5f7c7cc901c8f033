"""A web page's bytes → its text, in the encoding that it is in rather than the one that it claims."""

from __future__ import annotations

import codecs
import re

from retrieval.errors import ReadingError
from retrieval.reading.decoding import decoded

_HEAD_BYTES = 8192
"""Browsers look for the encoding in the first 1,024 bytes; a saved page may have a long comment above it."""
_DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
"""What browsers read in place of the encoding that a page names (https://encoding.spec.whatwg.org/#names-and-labels)."""
_CODECS = re.compile(
    r"cp\d{3,4}|iso8859-\d{1,2}|iso2022_(?:jp|kr)|koi8-[ru]|mac-(?:roman|cyrillic)|gb18030|big5(?:hkscs)?|euc_jp|utf-8"
)
_KOREAN_LABELS = frozenset({"ks_c_5601-1987", "ks_c_5601", "ksc5601", "ksc_5601", "windows-949", "x-windows-949"})
_MAY_BE_KOREAN = frozenset({"", "utf-8", "cp1252", "cp949"})
"""Declarations that Korean pages carry by mistake, or rightly; whatever else is declared is looked at first."""
_FITTING_PER_BROKEN = 200
"""So many characters must fit for one that does not: pages are patched together by many hands, and browsers show the
rest all the same."""


def decoded_page(content: bytes, name: str) -> str:
    """The text of the page `content`, line ends made newlines; raises ReadingError, naming the file `name`.

    UTF-8 is recognised whatever the page declares, Korean CP949 declared or not; bytes that fit neither these nor the
    declaration are refused as in any other file.
    """
    return decoded(_as_utf8(content), name)


def _as_utf8(content: bytes) -> bytes:
    """`content` in UTF-8 if only a declaration tells what it is; else as it is, for `decoded` to judge."""
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    if content[:2] in {b"<\0", b"\0<"}:
        return (codecs.BOM_UTF16_LE if content[0] else codecs.BOM_UTF16_BE) + content
    if content.count(b"\0") * _FITTING_PER_BROKEN <= len(content):
        content = content.replace(b"\0", b"")
    declared = _declared(content)
    is_seven_bit = declared.startswith("iso2022") and b"\x1b" in content
    if not is_seven_bit and (_is_strictly(content, "utf-8") or (declared in _MAY_BE_KOREAN and _is_readable(content))):
        return content
    text = _read_as(content, declared) if declared else None
    return content if text is None else text.encode()


def _declared(content: bytes) -> str:
    """The codec for the encoding that the page declares; empty where it declares none that we know."""
    match = _DECLARATION.search(content[:_HEAD_BYTES])
    label = match[1].decode("ascii", "replace").lower() if match else ""
    if label in _KOREAN_LABELS:
        return "cp949"
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    encoding = _READ_AS.get(name, name)
    return encoding if _CODECS.fullmatch(encoding) else ""


def _is_strictly(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_readable(content: bytes) -> bool:
    try:
        decoded(content, "")
    except ReadingError:
        return False
    return True


def _read_as(content: bytes, encoding: str) -> str | None:
    """The text of `content` in `encoding`; None where more than a few bytes do not fit."""
    text = content.decode(encoding, "replace")
    broken = text.count("\ufffd")
    fitting = len(text) - broken - sum(map(text.count, map(chr, range(128)))) if broken else 0
    return text if broken * _FITTING_PER_BROKEN <= fitting else None
