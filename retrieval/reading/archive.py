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
from xml.etree.ElementTree import Element

from retrieval.errors import ReadingError
from retrieval.reading.bounded_xml import SAVE_AGAIN, xml_root

MOST_MEMBERS = 20_000
LARGEST_MEMBER_BYTES = 64 * 1024 * 1024
LARGEST_SUM_BYTES = 256 * 1024 * 1024
"""What all members asked for may unpack to together."""
LARGEST_CLAIM_BYTES = 1024 * 1024 * 1024
"""What all members, pictures too, may claim to unpack to; sixteen times the largest file that is read."""

_CHUNK_BYTES = 1024 * 1024
_ENTRY_MARK = b"PK\x01\x02"
_OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_BIT = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNPROTECT = "Save it without a password."
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
            raise self.error(f"has no {path} inside.", SAVE_AGAIN)
        if entry.flag_bits & _ENCRYPTED_BIT:
            raise self.error("is protected by a password.", _UNPROTECT)
        if entry.compress_type not in _METHODS:
            raise self.error(f"has {path} packed by a method that such files do not use.", SAVE_AGAIN)
        with self._damage_refused(path):
            return self._unpacked(entry, path)

    def xml(self, path: str) -> Element:
        """The root of the XML in the member `path`; raises ReadingError as `member`, and where it is no sound XML.

        XML that declares entities of its own, draws in other files or is too deep is refused.
        """
        return xml_root(self.member(path), path, self.name)

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
            raise self.error(f"is damaged in {path} ({error or 'it ends too soon'}).", SAVE_AGAIN) from error


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
        raise ReadingError(f"{what} ({error}).", where=name, remedy=SAVE_AGAIN) from error
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
