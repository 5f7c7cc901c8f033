"""An EPUB → Document: its chapters in reading order."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from retrieval.dates import first_date
from retrieval.reading.archive import opened
from retrieval.reading.assembly import Piece, assembled
from retrieval.reading.epub_package import Package, Title
from retrieval.reading.xhtml import xhtml_root
from retrieval.reading.xhtml_pieces import Anchored, chapter_pieces
from retrieval.reading.xml_names import attribute, bare
from retrieval.records import BlockKind, Document, Metadata

_NOBODY = frozenset({"unknown", "unbekannt", "anonymous", "inconnu", "desconocido", "n/a", "none", "작자 미상", "미상"})
_ADDRESS = re.compile(r"(?<!\s)\s*<[^<>]*>")
_NEAR = 3
"""So many pieces below the place that the table of contents leads to, its title may stand."""
_HEAD = 10
_FIRST_YEAR = 1400
_LONGEST_TITLE = 300


def read_epub(content: bytes, name: str) -> Document:
    """The Document of the EPUB `content`; raises ReadingError where it is none, locked, damaged or without words.

    A chapter without a heading of its own gets the title that the table of contents gives it. Pages are not known.
    """
    archive = opened(content, name)
    package = Package(archive)
    titles: dict[str, list[Title]] = defaultdict(list)
    for title in package.titles():
        titles[title.path].append(title)
    pieces: list[Piece] = []
    for path in package.chapters():
        root = xhtml_root(archive.member(path), path, name)
        pieces += _headed(chapter_pieces(root), titles[path])
    if not pieces:
        raise archive.error("holds no text.", "If it holds pictures of pages, put a PDF with text in its place.")
    metadata = _metadata(package.metadata, pieces)
    head = [_labelled_in_head(piece, metadata) for piece in pieces[:_HEAD]]
    return assembled(name, [*head, *pieces[_HEAD:]], metadata)


def _headed(chapter: Sequence[Anchored], titles: Sequence[Title]) -> list[Piece]:
    """The pieces of one file, where entries of the table of contents have their headings."""
    pieces = [anchored.piece for anchored in chapter]
    if not pieces:
        return []
    places = {anchor: place for place, anchored in enumerate(chapter) for anchor in reversed(anchored.anchors)}
    missing: list[tuple[int, str]] = []
    for title in titles:
        place = places.get(title.anchor, None if title.anchor else 0)
        if place is None or not title.words:
            continue
        below = range(place, min(place + _NEAR, len(pieces)))
        same = next((index for index in below if _is_same(pieces[index].words, title.words)), None)
        if same is not None:
            pieces[same] = replace(pieces[same], kind=_as_heading(pieces[same].kind))
        elif pieces[place].kind is not BlockKind.HEADING and not _has_heading(pieces, below):
            missing.append((place, title.words))
    for place, words in sorted(missing, reverse=True):
        pieces.insert(place, Piece(words, BlockKind.HEADING))
    return pieces


def _labelled_in_head(piece: Piece, metadata: Metadata) -> Piece:
    """`piece` of a title page, whose title is a heading and whose authors are a by-line."""
    author = metadata.author or ""
    if piece.kind is BlockKind.PARAGRAPH and any(_is_same(piece.words, name) for name in (author, *author.split(","))):
        return replace(piece, kind=BlockKind.BYLINE)
    return replace(piece, kind=_as_heading(piece.kind)) if _is_same(piece.words, metadata.title or "") else piece


def _has_heading(pieces: Sequence[Piece], places: Iterable[int]) -> bool:
    return any(pieces[place].kind is BlockKind.HEADING for place in places)


def _as_heading(kind: BlockKind) -> BlockKind:
    return BlockKind.HEADING if kind is BlockKind.PARAGRAPH else kind


def _is_same(words: str, title: str) -> bool:
    one, other = ("".join(filter(str.isalnum, each)).casefold() for each in (words, title))
    return bool(one) and one == other


def _metadata(elements: Sequence[Element], pieces: Sequence[Piece]) -> Metadata:
    """What the package says of the book; the first heading is the title of one that has none."""
    said: dict[str, list[Element]] = defaultdict(list)
    for element in elements:
        if (element.text or "").strip():
            said[bare(element.tag).lower()].append(element)
    headings = (piece.words for piece in pieces if piece.kind is BlockKind.HEADING)
    language = next(map(_words, said["language"]), "")
    return Metadata(
        title=next(map(_words, said["title"]), None) or next(headings, None),
        author=", ".join(dict.fromkeys(_authors(said["creator"]))) or None,
        publisher=next((words for words in map(_words, said["publisher"]) if _names_somebody(words)), None),
        date=_date(said["date"]),
        language=language.replace("_", "-").partition("-")[0].lower() or None,
    )


def _authors(creators: Sequence[Element]) -> list[str]:
    """The creators, or where they have roles (EPUB 2), those of them who wrote."""
    roles = [attribute(creator, "role") for creator in creators]
    wrote = [creator for creator, role in zip(creators, roles, strict=True) if role in {"", "aut"}]
    names = (_ADDRESS.sub("", _words(creator)) for creator in wrote or creators)
    return [name for name in names if _names_somebody(name)]


def _names_somebody(words: str) -> bool:
    return bool(words) and words.casefold() not in _NOBODY


def _date(dates: Sequence[Element]) -> dt.date | None:
    """The day of publication; one of a conversion or a change says nothing of the book."""
    events = {attribute(date, "event").lower(): _words(date) for date in reversed(dates)}
    for event in ("publication", "original-publication", "", "issued", "creation"):
        if date := _day(events.get(event, "")):
            return date
    return None


def _day(said: str) -> dt.date | None:
    try:
        date = dt.date.fromisoformat(said[:10])
    except ValueError:  # written in another way
        return first_date(said)
    return date if date.year >= _FIRST_YEAR else None


def _words(element: Element) -> str:
    return " ".join((element.text or "").split())[:_LONGEST_TITLE]
