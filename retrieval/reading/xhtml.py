"""The XHTML of a book's chapter → its root element, however old or careless it is."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from xml.etree.ElementTree import Element

from retrieval.reading.bounded_xml import BrokenXmlError, xml_root

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,9});")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([\w.-]{2,20})""", re.IGNORECASE)
_HEAD_BYTES = 2_000


def xhtml_root(content: bytes, part: str, name: str) -> Element:
    """The root of the chapter `content`, which is the `part` of the file `name` as errors call it.

    What is not well-formed is read as browsers read HTML. Raises ReadingError where the chapter attacks its reader:
    entities of its own, elements without end.
    """
    try:
        return xml_root(_ENTITY.sub(_numeric, content), part, name)
    except BrokenXmlError:
        return _as_html(content)


def _numeric(entity: re.Match[bytes]) -> bytes:
    """HTML's named character as a number: XML knows the names only from a document type that nobody loads."""
    if entity[1] in _OF_XML:
        return entity[0]
    code = name2codepoint.get(entity[1].decode("ascii"))
    return entity[0] if code is None else b"&#%d;" % code


def _as_html(content: bytes) -> Element:
    from lxml import etree  # noqa: PLC0415 - takes a while to load, and most books are well-formed
    from lxml.html import document_fromstring  # noqa: PLC0415

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    text = _DECLARATION.sub("", _decoded(content)).replace("\0", "")
    try:
        root: Element = document_fromstring(text, parser=parser)
    except etree.ParserError:  # there is nothing in it
        return Element("html")
    return root


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    for encoding in (declared[1].decode("ascii") if declared else "utf-8", "utf-8", "cp949"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):  # not this one: try the next
            continue
    return content.decode("utf-8", errors="replace")
