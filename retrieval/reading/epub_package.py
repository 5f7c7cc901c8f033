"""What an EPUB says of itself: its metadata, its chapters in order, and their titles (EPUB 2.0.1 and 3.3)."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from retrieval.errors import ReadingError
from retrieval.reading.archive import Archive
from retrieval.reading.bounded_xml import SAVE_AGAIN
from retrieval.reading.xhtml import xhtml_root
from retrieval.reading.xml_names import attribute, bare, child, children

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_METHODS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Hiding a font from copying, which leaves the words readable (EPUB Open Container Format, 4.3)."""
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml"})


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the book as its manifest lists it; `path` is its name in the archive."""

    path: str
    kind: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Title:
    """An entry of the table of contents: what it leads to, and what it is called there."""

    path: str
    anchor: str
    words: str


class Package:
    """The package of one book."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {_key(name): name for name in archive.names}
        path = self._package_path()
        self._folder = posixpath.dirname(path)
        self._root = archive.xml(path)
        self._items = {
            attribute(each, "id"): self._item(each) for each in children(child(self._root, "manifest"), "item")
        }

    @property
    def metadata(self) -> list[Element]:
        """The elements of the metadata; in the oldest books they stand one level deeper."""
        held = child(self._root, "metadata")
        inner = child(held, "dc-metadata")
        return list(held if inner is None else inner) if held is not None else []

    def chapters(self) -> list[str]:
        """The names of the chapters in reading order, without the table of contents; refuses a book under lock."""
        references = children(child(self._root, "spine"), "itemref")
        items = (self._items.get(attribute(each, "idref")) for each in references)
        found = [item.path for item in items if item and item.kind in _CHAPTERS and "nav" not in item.properties]
        chapters = [path for path in dict.fromkeys(found) if path in self._archive]
        if not chapters:
            raise self._archive.error("lists no chapter that is inside.", SAVE_AGAIN)
        self._refuse_locked(chapters)
        return chapters

    def titles(self) -> list[Title]:
        """The entries of the table of contents in their order: EPUB 3's, else EPUB 2's, else none."""
        for item in self._items.values():
            if "nav" in item.properties and item.path in self._archive:
                return list(self._of_nav(item.path))
        toc = attribute(child(self._root, "spine"), "toc")
        kinds = (item for key, item in self._items.items() if key == toc or item.kind == "application/x-dtbncx+xml")
        ncx = next((item for item in kinds if item.path in self._archive), None)
        return list(self._of_ncx(ncx.path)) if ncx else []

    def _package_path(self) -> str:
        if _CONTAINER in self._archive:
            for each in self._archive.xml(_CONTAINER).iter():
                path = self._path("", attribute(each, "full-path")) if bare(each.tag) == "rootfile" else ""
                if path in self._archive:
                    return path
        packages = [name for name in self._archive.names if name.lower().endswith(".opf")]
        if not packages:
            raise self._archive.error("is no EPUB: it has no package file inside.", SAVE_AGAIN)
        return packages[0]

    def _item(self, element: Element) -> Item:
        path = self._path(self._folder, attribute(element, "href"))
        properties = frozenset(attribute(element, "properties").split())
        return Item(path, attribute(element, "media-type").lower(), properties)

    def _refuse_locked(self, chapters: list[str]) -> None:
        """Refuse a book whose chapters are encrypted, as shops and libraries do: their words cannot be read."""
        if _ENCRYPTION not in self._archive:
            return
        locked = set()
        for data in self._archive.xml(_ENCRYPTION).iter():
            if bare(data.tag) != "EncryptedData":
                continue
            method = attribute(child(data, "EncryptionMethod"), "Algorithm")
            reference = attribute(child(data, "CipherData", "CipherReference"), "URI")
            if method not in _FONT_METHODS:
                locked.add(self._path("", reference))
        if locked & set(chapters):
            raise ReadingError(
                "is locked by its seller (DRM).",
                where=self._archive.name,
                remedy="Put a copy without the lock in its place.",
            )

    def _of_nav(self, path: str) -> Iterator[Title]:
        root = xhtml_root(self._archive.member(path), path, self._archive.name)
        contents = [each for each in root.iter() if bare(each.tag) == "nav"]
        chosen = next(
            (each for each in contents if attribute(each, "type") == "toc"), contents[0] if contents else root
        )
        for link in chosen.iter():
            if bare(link.tag) == "a" and link.get("href"):
                yield self._title(path, link.get("href", ""), "".join(link.itertext()))

    def _of_ncx(self, path: str) -> Iterator[Title]:
        for point in self._archive.xml(path).iter():
            if bare(point.tag) == "navPoint":
                label, content = child(point, "navLabel", "text"), child(point, "content")
                words = label.text if label is not None else ""
                yield self._title(path, attribute(content, "src"), words or "")

    def _title(self, source: str, target: str, words: str) -> Title:
        file, _, anchor = target.partition("#")
        return Title(self._path(posixpath.dirname(source), file), unquote(anchor), " ".join(words.split()))

    def _path(self, folder: str, reference: str) -> str:
        """The name in the archive of what `reference`, in a file of `folder`, leads to; itself if there is none such.

        Names are compared as they are, then percent-decoded, then regardless of case and of how accents and Hangul
        are composed, which differs between the systems that packed the book.
        """
        for said in (reference, unquote(reference)):
            path = posixpath.normpath(posixpath.join("/", folder, said)).lstrip("/")
            if path in self._archive:
                return path
        return self._names.get(_key(path), path)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
