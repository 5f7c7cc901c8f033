"""Opening the zip archives that DOCX, ODT, EPUB and HWPX files are: every size bounded, every XML defused.

Nothing is written to disk and members are looked up by their exact names, so a name such as `../../etc/passwd` leads
nowhere. Only the members asked for are unpacked.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from retrieval.errors import ReadingError

MOST_MEMBERS = 20_000
LARGEST_MEMBER_BYTES = 64 * 1024 * 1024
LARGEST_SUM_BYTES = 256 * 1024 * 1024
"""What all members asked for may unpack to together."""
LARGEST_CLAIM_BYTES = 1024 * 1024 * 1024
"""What all members, pictures too, may claim to unpack to; sixteen times the largest file that is read."""
DEEPEST_XML = 256
"""Elements within elements; libxml2's own bound. Whoever walks a tree of this depth may recurse."""
MOST_XML_SIGNS = 6_000_000
"""Of `<` and `=` in one member: each costs some hundred bytes as a tree. A book of 1,000 pages has a million."""

_CHUNK_BYTES = 1024 * 1024
_ENTRY_MARK = b"PK\x01\x02"
_OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_BIT = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNPROTECT = "Save it without a password."
_SAVE_AGAIN = "Open it in the program that wrote it and save it again."
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError, NotImplementedError
)  # fmt: skip
"""What zipfile raises over broken archives: ValueError also for names that are no UTF-8 and impossible offsets."""


class Archive:
    """A zip archive in memory; `name` is its path below the folder, as errors call it."""

    def __init__(self, content: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._content = content
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in content.infolist()}
        self._unpacked_bytes = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the archive's order, with `/` between folders."""
        return tuple(self._entries)

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def member(self, path: str) -> bytes:
        """The content of the member `path`.

        Raises ReadingError where there is none, or it is encrypted, damaged or too large unpacked: what comes out is
        counted as it comes out, whatever the archive claims.
        """
        entry = self._entries.get(path)
        if entry is None:
            raise self.error(f"has no {path} inside.", _SAVE_AGAIN)
        if entry.flag_bits & _ENCRYPTED_BIT:
            raise self.error("is protected by a password.", _UNPROTECT)
        if entry.compress_type not in _METHODS:
            raise self.error(f"has {path} packed by a method that such files do not use.", _SAVE_AGAIN)
        with self._damage_refused(path):
            return self._unpacked(entry, path)

    def xml(self, path: str) -> Element:
        """The root of the XML in the member `path`; raises ReadingError as `member`, and where it is no sound XML.

        XML that declares entities of its own or draws in other files is refused, as is one deeper than DEEPEST_XML.
        """
        content = self.member(path)
        if content.count(b"<") + content.count(b"=") > MOST_XML_SIGNS:
            raise self.error(f"has too many elements in {path}.", "Split it.")
        try:
            parser = DefusedXMLParser(target=_BoundedBuilder())
            parser.feed(content)
            root: Element = parser.close()
        except DefusedXmlException as error:
            raise self.error(f"declares entities in {path}, as attacks do.", "Do not trust it.") from error
        except _TooDeepError as error:
            raise self.error(f"has elements nested deeper than {DEEPEST_XML} in {path}.", _SAVE_AGAIN) from error
        except (ParseError, ValueError, LookupError) as error:  # the latter two: encodings nobody knows
            raise self.error(f"has broken XML in {path} ({error}).", _SAVE_AGAIN) from error
        return root

    def error(self, what: str, remedy: str) -> ReadingError:
        """The error that says `what` of this file."""
        return ReadingError(what, where=self.name, remedy=remedy)

    def _unpacked(self, entry: zipfile.ZipInfo, path: str) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._content.open(entry) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                size += len(chunk)
                self._unpacked_bytes += len(chunk)
                if size > LARGEST_MEMBER_BYTES or self._unpacked_bytes > LARGEST_SUM_BYTES:
                    mebibytes = (LARGEST_MEMBER_BYTES if size > LARGEST_MEMBER_BYTES else LARGEST_SUM_BYTES) // 1024**2
                    raise self.error(f"unpacks to more than {mebibytes} MiB in {path}.", "Split it.")
                chunks.append(chunk)
        return b"".join(chunks)

    @contextmanager
    def _damage_refused(self, path: str) -> Iterator[None]:
        try:
            yield
        except _DAMAGES as error:
            raise self.error(f"is damaged in {path} ({error or 'it ends too soon'}).", _SAVE_AGAIN) from error


def opened(content: bytes, name: str) -> Archive:
    """The archive that `content` is; raises ReadingError where it is none, damaged, protected or a bomb."""
    if not content:
        raise ReadingError("is empty.", where=name, remedy="Put text into it or delete it.")
    if content.startswith(_OLD_OFFICE_MARK):
        raise _old_office(content, name)
    if content.count(_ENTRY_MARK) > MOST_MEMBERS:  # before zipfile makes an object of each
        raise ReadingError(f"holds more than {MOST_MEMBERS:,} files.", where=name, remedy="Split it.")
    try:
        archive = Archive(zipfile.ZipFile(io.BytesIO(content)), name)
        claimed = sum(entry.file_size for entry in archive._content.infolist())  # noqa: SLF001 - its maker
    except _DAMAGES as error:
        is_zip = content.startswith(b"PK")
        what = "is damaged or not all there" if is_zip else "is not the zip archive that its ending promises"
        raise ReadingError(f"{what} ({error}).", where=name, remedy=_SAVE_AGAIN) from error
    if claimed > LARGEST_CLAIM_BYTES:
        raise archive.error(f"unpacks to more than {LARGEST_CLAIM_BYTES // 1024**2} MiB.", "Do not trust it.")
    _refuse_encrypted_parts(archive)
    return archive


def _old_office(content: bytes, name: str) -> ReadingError:
    """Office puts a file with a password, and its old formats, into a container of another kind."""
    if _ENCRYPTED_OFFICE in content:
        return ReadingError("is protected by a password.", where=name, remedy=_UNPROTECT)
    return ReadingError("is in an old Office format.", where=name, remedy="Save it in the format that its ending says.")


def _refuse_encrypted_parts(archive: Archive) -> None:
    """Refuse what ODF's manifest, which HWPX shares, calls encrypted: its members are noise, not XML."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.member(manifest):
        raise archive.error("is protected by a password.", _UNPROTECT)


class _TooDeepError(Exception):
    """Elements nested deeper than DEEPEST_XML."""


class _BoundedBuilder(TreeBuilder):
    """A tree builder that counts depth: a tree of any depth would overrun the stack of whoever walks it."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST_XML:
            raise _TooDeepError
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)
