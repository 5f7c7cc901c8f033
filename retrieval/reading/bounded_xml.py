"""XML whose depth and number of elements are bounded, and which declares no entities and draws in no files."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from retrieval.errors import ReadingError

DEEPEST = 256
"""Elements within elements; libxml2's own bound. Whoever walks a tree of this depth may recurse."""
MOST_SIGNS = 4_000_000
"""Of `<` and `=`: each costs some hundred bytes as a tree. A book of 1,000 heavily formatted pages has so many."""
SAVE_AGAIN = "Open it in the program that wrote it and save it again."


class BrokenXmlError(ReadingError):
    """A file's XML is not well-formed; who knows a more lenient way to read it may take that."""


def xml_root(content: bytes, part: str, name: str) -> Element:
    """The root of the XML `content`, which is the `part` of the file `name` as errors call it.

    Raises BrokenXmlError where it is not well-formed, else ReadingError where it is too large, deep or an attack.
    """
    if content.count(b"<") + content.count(b"=") > MOST_SIGNS:
        raise ReadingError(f"has too many elements in {part}.", where=name, remedy="Split it.")
    try:
        parser = DefusedXMLParser(target=_BoundedBuilder())
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        what = f"declares entities in {part}, as attacks do."
        raise ReadingError(what, where=name, remedy="Do not trust it.") from error
    except _TooDeepError as error:
        what = f"has elements nested deeper than {DEEPEST} in {part}."
        raise ReadingError(what, where=name, remedy=SAVE_AGAIN) from error
    except (ParseError, ValueError, LookupError) as error:  # the latter two: encodings nobody knows
        raise BrokenXmlError(f"has broken XML in {part} ({error}).", where=name, remedy=SAVE_AGAIN) from error
    return root


class _TooDeepError(Exception):
    """Elements nested deeper than DEEPEST."""


class _BoundedBuilder(TreeBuilder):
    """A tree builder that counts depth: a tree of any depth would overrun the stack of whoever walks it."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeepError
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)
