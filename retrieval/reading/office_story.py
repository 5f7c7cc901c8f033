"""What office documents' readers share: what a paragraph's style makes of it, and where its notes go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from retrieval.reading.assembly import Piece
from retrieval.reading.bylines import byline_author
from retrieval.reading.office_headings import Look, LookedPiece
from retrieval.reading.writers import is_person
from retrieval.records import BlockKind

_MOST_AUTHORS = 12
_LONGEST_HEADING = 200
"""What is longer is a paragraph, whatever its style."""


class Role(StrEnum):
    """What a style makes of a paragraph."""

    TITLE = "title"
    HEADING = "heading"
    CAPTION = "caption"
    AUTHOR = "author"
    CONTENTS = "contents"
    BODY = "body"


_KINDS = {
    Role.TITLE: BlockKind.HEADING,
    Role.HEADING: BlockKind.HEADING,
    Role.CAPTION: BlockKind.CAPTION,
    Role.CONTENTS: BlockKind.FURNITURE,
}
_LEVELLED = "heading|제목|개요|überschrift|titre|título|titolo|kop|rubrik|заголовок|見出し|标题"
_NAMES = (
    (
        Role.CONTENTS,
        r"(?:toc|contents|목차)(?:\s?(?:\d+|heading|제목))?|table of (?:figures|contents|authorities)|index \d",
    ),
    (Role.CAPTION, r"\w*\s?caption|(?:그림|표|사진)?\s?(?:캡션|설명)|beschriftung|légende|leyenda|図表番号|题注"),
    (Role.TITLE, r"title|doc(?:ument)? ?title|제목|표제|문서\s?제목|대제목|titel|titre|título|titolo|표지\s?제목"),
    (Role.AUTHOR, r"authors?|by-?line|작성자|저자|글쓴이"),
    (Role.HEADING, rf"(?:{_LEVELLED})\s?\d.*|heading|sub-?title|부제목?|소제목|중제목"),
)
_NAMED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _NAMES)
_BLANK_LINE = re.compile(r"\n\s*\n")


def role_named(*names: str) -> Role | None:
    """What a style of one of these names is for; None where the names say nothing.

    Word writes the names of its own styles in English whatever its language; other programs write their own.
    """
    for role, pattern in _NAMED:
        if any(pattern.fullmatch(name) for name in names):
            return role
    return None


class Marked:
    """Makes pieces of paragraphs; keeps the title and the authors that styles mark."""

    def __init__(self) -> None:
        self.title = ""
        self.authors: list[str] = []

    def pieces(self, words: str, role: Role, look: Look) -> Iterator[Piece]:
        """The pieces of one paragraph: one, or where broken lines leave a blank one, several."""
        line = " ".join(words.split())
        if role is Role.BODY or (role is Role.HEADING and len(line) > _LONGEST_HEADING):
            for part in _BLANK_LINE.split(words):
                is_ornament = not any(map(str.isalnum, part))
                yield LookedPiece(part, BlockKind.FURNITURE if is_ornament else BlockKind.PARAGRAPH, look=look)
        elif role is Role.AUTHOR:
            is_byline = is_person(line) or byline_author(line)
            if is_byline and line not in self.authors and len(self.authors) < _MOST_AUTHORS:
                self.authors.append(line)
            yield Piece(line, BlockKind.BYLINE if is_byline else BlockKind.PARAGRAPH)
        else:
            self.title = self.title or (line if role is Role.TITLE else "")
            yield Piece(line, _KINDS[role])


def with_notes(blocks: Iterable[Piece], notes_due: Callable[[], Iterable[Piece]]) -> list[Piece]:
    """`blocks`, with the notes that have come due below each section, where they part no paragraphs.

    `notes_due` gives the notes met so far and not given before, so `blocks` must be read as they are asked for.
    """
    pieces: list[Piece] = []
    for piece in blocks:
        if piece.kind is BlockKind.HEADING:
            pieces += (replace(note, kind=BlockKind.FOOTNOTE) for note in notes_due())
        pieces.append(piece)
    pieces += (replace(note, kind=BlockKind.FOOTNOTE) for note in notes_due())
    return pieces


def numbered(label: str, words: str) -> str:
    """`words` behind the number of their list: some leave no gap there, as in 제1조(목적), but words need one."""
    gap = " " if label[-1:].isalnum() and words[:1].isalnum() else ""
    return f"{label}{gap}{words}" if words.strip() else words


def in_box(piece: Piece) -> Piece:
    """`piece` as it stands in a text box: one without a letter is a number in a drawing."""
    return piece if any(map(str.isalpha, piece.words)) else replace(piece, kind=BlockKind.FURNITURE)
