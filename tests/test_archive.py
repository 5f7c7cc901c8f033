from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zip_files import zipped

from retrieval.errors import ReadingError
from retrieval.reading import archive, bounded_xml
from retrieval.reading.archive import opened

LETTER = "<letter><line>The harbour opens in May.</line></letter>"
BOMB_BYTES = 300 * 1024 * 1024


def bomb(path: str = "letter.xml") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out, out.open(path, "w") as member:
        for _ in range(BOMB_BYTES // 1024**2):
            member.write(b" " * 1024**2)
    return whole.getvalue()


@pytest.fixture(scope="module")
def a_bomb() -> bytes:
    return bomb()


def with_sizes(content: bytes, claimed: int) -> bytes:
    """`content` with another unpacked size in the header and the directory of its one member."""
    whole = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = whole.index(mark) + offset
        whole[at : at + 4] = struct.pack("<I", claimed)
    return bytes(whole)


def test_members_are_found_by_their_exact_names() -> None:
    letter = opened(zipped({"letter.xml": LETTER, "pictures\\ship.png": b"ship"}), "a.docx")
    assert letter.names == ("letter.xml", "pictures/ship.png")
    assert "letter.xml" in letter
    assert "Letter.xml" not in letter
    assert letter.member("pictures/ship.png") == b"ship"
    assert letter.xml("letter.xml")[0].text == "The harbour opens in May."


def test_names_that_lead_out_are_names_like_any_other() -> None:
    letter = opened(zipped({"../../etc/passwd": "made up", "/etc/passwd": "made up too"}), "a.docx")
    assert letter.member("../../etc/passwd") == b"made up"
    with pytest.raises(ReadingError, match=r"^a\.docx: has no etc/passwd inside\. "):
        letter.member("etc/passwd")


def test_a_bomb_is_refused_before_it_is_unpacked(a_bomb: bytes) -> None:
    letter = opened(a_bomb, "a.docx")
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(ReadingError, match=r"^a\.docx: unpacks to more than 64 MiB in letter\.xml\. Split it\.$"):
        letter.xml("letter.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - began < 2
    assert peak < 2 * archive.LARGEST_MEMBER_BYTES


def test_a_bomb_that_claims_to_be_small_is_refused(a_bomb: bytes) -> None:
    with pytest.raises(ReadingError, match=r"^a\.docx: is damaged in letter\.xml "):
        opened(with_sizes(a_bomb, 100), "a.docx").member("letter.xml")


def test_a_bomb_is_refused_wherever_it_lies(a_bomb: bytes) -> None:
    with pytest.raises(ReadingError, match=r"^a\.docx: unpacks to more than 1024 MiB\. Do not trust it\.$"):
        opened(with_sizes(a_bomb, 0x4000_0001), "a.docx")


def test_many_members_of_allowed_size_are_a_bomb_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_SUM_BYTES", 1024**2)
    letters = opened(zipped({f"{number}.xml": b" " * 300_000 for number in range(5)}), "a.epub")
    for name in letters.names[:3]:
        letters.member(name)
    with pytest.raises(ReadingError, match=r"^a\.epub: unpacks to more than 1 MiB in 3\.xml\. Split it\.$"):
        letters.member("3.xml")


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    with pytest.raises(ReadingError, match=r"^a\.docx: holds more than 3 files\. Split it\.$"):
        opened(zipped({f"{number}.xml": LETTER for number in range(4)}), "a.docx")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ATTACKS = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>',
    "a file drawn in": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "a parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><a/>',
}


@pytest.mark.parametrize("xml", ATTACKS.values(), ids=ATTACKS.keys())
def test_xml_that_declares_entities_is_refused(xml: str) -> None:
    with pytest.raises(ReadingError, match=r"^a\.odt: declares entities in a\.xml, as attacks do\. Do not trust it\.$"):
        opened(zipped({"a.xml": xml}), "a.odt").xml("a.xml")


def test_a_document_type_without_entities_is_no_attack() -> None:
    xml = '<!DOCTYPE a PUBLIC "-//Made up//EN" "http://127.0.0.1/a.dtd"><a>words</a>'
    assert opened(zipped({"a.xml": xml}), "a.odt").xml("a.xml").text == "words"


BROKEN = {
    "unclosed": b"<a><b></a>",
    "empty": b"",
    "no XML": b"words",
    "unknown encoding": b'<?xml version="1.0" encoding="no-such"?><a/>',
    "an encoding of many bytes": b'<?xml version="1.0" encoding="euc-kr"?><a/>',
    "an undeclared entity": b"<a>&nbsp;</a>",
    "a control character": b"<a>\x00</a>",
}


@pytest.mark.parametrize("xml", BROKEN.values(), ids=BROKEN.keys())
def test_broken_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(ReadingError, match=r"^a\.odt: has broken XML in a\.xml \("):
        opened(zipped({"a.xml": xml}), "a.odt").xml("a.xml")


def test_xml_as_deep_as_allowed_is_read_and_deeper_is_refused() -> None:
    def nested(depth: int) -> archive.Archive:
        return opened(zipped({"a.xml": "<a>" * depth + "</a>" * depth}), "a.odt")

    assert nested(256).xml("a.xml").tag == "a"
    with pytest.raises(ReadingError, match=r"^a\.odt: has elements nested deeper than 256 in a\.xml\."):
        nested(1_000_000).xml("a.xml")


def test_xml_of_too_many_elements_is_refused_fast() -> None:
    content = zipped({"a.xml": "<a>" + "<b/>" * bounded_xml.MOST_SIGNS + "</a>"})
    began = time.perf_counter()
    with pytest.raises(ReadingError, match=r"^a\.odt: has too many elements in a\.xml\. Split it\.$"):
        opened(content, "a.odt").xml("a.xml")
    assert time.perf_counter() - began < 2


def test_an_encrypted_member_is_refused() -> None:
    whole = bytearray(zipped({"a.xml": LETTER}))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReadingError, match=r"^a\.docx: is protected by a password\. Save it without a password\.$"):
        opened(bytes(whole), "a.docx").member("a.xml")


def test_what_the_manifest_calls_encrypted_is_refused() -> None:
    manifest = "<manifest><file-entry full-path='content.xml'><encryption-data/></file-entry></manifest>"
    with pytest.raises(ReadingError, match=r"^a\.odt: is protected by a password\. Save it without a password\.$"):
        opened(zipped({"META-INF/manifest.xml": manifest, "content.xml": b"noise"}), "a.odt")


def test_an_office_file_with_a_password_says_so() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadingError, match=r"^a\.docx: is protected by a password\. Save it without a password\.$"):
        opened(container, "a.docx")


def test_an_old_office_file_says_so() -> None:
    with pytest.raises(ReadingError, match=r"^a\.docx: is in an old Office format\. "):
        opened(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.docx: is empty. Put text into it or delete it."),
        (b"words", "a.docx: is not the zip archive that its ending promises (File is not a zip file). "),
        (zipped({"a.xml": LETTER})[:-30], "a.docx: is damaged or not all there (File is not a zip file). "),
    ],
    ids=["empty", "no zip", "cut short"],
)
def test_what_is_no_archive_says_why(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as error:
        opened(content, "a.docx")
    assert str(error.value).startswith(message)


def test_an_unusual_method_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"^a\.docx: has a\.xml packed by a method that such files do not use\."):
        opened(zipped({"a.xml": LETTER}, zipfile.ZIP_LZMA), "a.docx").member("a.xml")


def _damaged(content: bytes) -> Iterator[bytes]:
    for place in range(len(content)):
        yield content[:place]
        yield content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def test_damage_anywhere_is_read_or_refused_with_a_reason() -> None:
    whole = zipped({"META-INF/manifest.xml": "<manifest/>", "a.xml": LETTER})
    reasons = [_reason(damaged) for damaged in _damaged(whole)]
    assert None in reasons
    assert all(reason.startswith("a.odt: ") for reason in reasons if reason)
    assert len(set(reasons)) > 5


def _reason(content: bytes) -> str | None:
    """Why `content` cannot be read; any other error would fail the test."""
    try:
        opened(content, "a.odt").xml("a.xml")
    except ReadingError as error:
        return str(error)
    return None


@given(st.binary(max_size=300))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(ReadingError):
        opened(b"PK\x03\x04" + noise, "a.odt").xml("a.xml")
