"""Front matter: `key: value` lines between `---` lines at the very top of a text file."""

from __future__ import annotations

import re

from retrieval.errors import ReadingError
from retrieval.reading.fields import FieldError, composed, metadata_of
from retrieval.records import Metadata

_OPENED = re.compile(r"---[ \t]*\n(?=[ \t]*\S)")  # `---` above a blank line is a rule between sections
_CLOSED = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_LONGEST = 100_000
"""Characters; to take longer ones apart would hold up the whole folder."""
_KEY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|$)")


def front_matter(text: str, name: str) -> tuple[Metadata, int]:
    """What the front matter of `text` says, and where the body starts (0 where there is none).

    Keys that are not ours are left to the tools that they are for. Raises ReadingError with the line of what is wrong.
    """
    opened = _OPENED.match(text)
    if not opened:
        return Metadata(), 0
    closed = _CLOSED.search(text, opened.end())
    if not closed:
        if not _KEY.match(text, opened.end()):
            return Metadata(), 0
        raise ReadingError("opens front matter that never ends.", where=f"{name}, line 1", remedy="Close it with ---.")
    if closed.start() - opened.end() > _LONGEST:
        what = f"has front matter of more than {_LONGEST:,} characters."
        raise ReadingError(what, where=f"{name}, line 1", remedy="Put the words below its closing ---.")
    try:
        node = composed(text[opened.end() : closed.start()])
        metadata = metadata_of(node, "the front matter", strict=False) if node else Metadata()
    except FieldError as error:
        raise ReadingError(error.what, where=f"{name}, line {error.line + 1}", remedy=error.remedy) from error
    return metadata, closed.end()
