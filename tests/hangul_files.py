"""Hangul documents written as HWP 5 and as HWPX from the same paragraphs; far less than Hangul itself writes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from retrieval.reading.hangul import Anchored, Box, Note, Paragraph, Table

STYLES = ("바탕글", "개요 1", "제목", "차례 1", "캡션")
POINTS = (10.0, 14.0, 22.0)
COMPRESSED, PASSWORD, DISTRIBUTION = 1, 2, 4

_HEADER, _TEXT, _SHAPE_RUN, _CONTROL, _LIST, _SHAPE, _TABLE = 66, 67, 68, 71, 72, 76, 77


def hwp_file(
    paragraphs: Sequence[Paragraph] = (),
    *,
    sections: Sequence[bytes] | None = None,
    flags: int = COMPRESSED,
    summary: bytes = b"",
    folder: str = "BodyText",
) -> bytes:
    """An HWP 5 file; `sections` are streams as they stand in it, in place of those that `paragraphs` make."""
    made = [deflated(section_of(paragraphs))] if flags & COMPRESSED else [section_of(paragraphs)]
    info = b"".join(record(21, 1, bytes(42) + struct.pack("<i", int(points * 100))) for points in POINTS)
    info += b"".join(record(26, 1, string(name) + string(name) + bytes(8)) for name in STYLES)
    streams = {
        "FileHeader": b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010001, flags) + bytes(216),
        "DocInfo": deflated(info) if flags & COMPRESSED else info,
        "\x05HwpSummaryInformation": summary,
    }
    inside = {f"Section{number}": section for number, section in enumerate(sections if sections is not None else made)}
    return compound_file(streams, {folder: inside})


def deflated(stream: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(stream) + packer.flush()


def section_of(paragraphs: Sequence[Paragraph]) -> bytes:
    return b"".join(_records(paragraphs, 0))


def record(tag: int, level: int, payload: bytes) -> bytes:
    size = min(len(payload), 0xFFF)
    long_size = struct.pack("<I", len(payload)) if size == 0xFFF else b""
    return struct.pack("<I", tag | level << 10 | size << 20) + long_size + payload


def string(words: str) -> bytes:
    return struct.pack("<H", len(words.encode("utf-16-le")) // 2) + words.encode("utf-16-le")


def control_units(code: int) -> str:
    """A control of eight units, as it stands in a paragraph's text."""
    return chr(code) + "\0" * 6 + chr(code)


def paragraph_records(units: str, controls: Sequence[bytes], level: int = 0, style: int = 0, shape: int = 0) -> bytes:
    raw = (units + "\r").encode("utf-16-le", "surrogatepass")
    header = struct.pack("<IIHBBHHHIH", len(raw) // 2, 0, 0, style, 0, 1, 0, 0, 0, 0)
    parts = [
        record(_HEADER, level, header),
        record(_TEXT, level + 1, raw),
        record(_SHAPE_RUN, level + 1, struct.pack("<II", 0, shape)),
        *controls,
    ]
    return b"".join(parts)


def control_record(kind: str, level: int, payload: bytes = bytes(42)) -> bytes:
    return record(_CONTROL, level, kind.encode()[::-1] + payload)


def list_record(level: int, column: int = 0, row: int = 0) -> bytes:
    return record(_LIST, level, struct.pack("<IIHHHH", 1, 0, column, row, 1, 1) + bytes(18))


def _records(paragraphs: Sequence[Paragraph], level: int) -> Iterator[bytes]:
    for paragraph in paragraphs:
        signs = "".join(control_units(17 if isinstance(each, Note) else 11) for each in paragraph.anchored)
        words = paragraph.words
        units = signs + words if paragraph.is_below else words + signs
        controls = [b"".join(_anchored(each, level + 1)) for each in paragraph.anchored]
        style = STYLES.index(paragraph.style) if paragraph.style else 0
        shape = POINTS.index(paragraph.points) if paragraph.points else 0
        yield paragraph_records(units, controls, level, style, shape)


def _anchored(anchored: Anchored, level: int) -> Iterator[bytes]:
    if isinstance(anchored, Note):
        yield control_record("fn  ", level)
        yield list_record(level + 1)
        yield from _records(anchored.paragraphs, level + 1)
        return
    yield control_record("tbl " if isinstance(anchored, Table) else "gso ", level)
    if anchored.caption:
        yield list_record(level + 1)
        yield from _records(anchored.caption, level + 1)
    if isinstance(anchored, Box):
        yield record(_SHAPE, level + 1, b"cer$cer$")
        yield list_record(level + 2)
        yield from _records(anchored.paragraphs, level + 2)
        return
    yield record(_TABLE, level + 1, struct.pack("<IHH", 0, len(anchored.rows), 1) + bytes(14))
    for row, cells in enumerate(anchored.rows):
        for column, cell in enumerate(cells):
            yield list_record(level + 1, column, row)
            yield from _records(cell, level + 1)


_SECTOR, _FREE, _END, _FAT, _NONE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_LEAST_STREAM = 4096  # shorter ones would stand in sectors of another size


def compound_file(streams: dict[str, bytes], folders: dict[str, dict[str, bytes]]) -> bytes:
    """A compound file ([MS-CFB]) whose streams are filled up with zeros to the size from which on sectors are whole."""
    data, entries, fat = b"", [], []

    def entry(name: str, kind: int, right: int, child: int, content: bytes = b"") -> None:
        nonlocal data
        first, size = _END, 0
        if content or kind == 2:
            filled = content.ljust(max(_LEAST_STREAM, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
            first, size, count = len(fat), len(filled), len(filled) // _SECTOR
            fat.extend([*range(first + 1, first + count), _END])
            data += filled
        label = name.encode("utf-16-le")
        head = label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label) + 2, kind, 1, _NONE, right, child)
        entries.append(head + bytes(36) + struct.pack("<IQ", first, size))

    count = len(streams) + len(folders)
    entry("Root Entry", 5, _NONE, 1)
    for number, (name, content) in enumerate(streams.items(), start=1):
        entry(name, 2, number + 1 if number < count else _NONE, _NONE, content)
    below = count + 1
    for number, (name, inside) in enumerate(folders.items(), start=len(streams) + 1):
        entry(name, 1, number + 1 if number < count else _NONE, below if inside else _NONE)
        below += len(inside)
    for inside in folders.values():
        start = len(entries)
        for number, (name, content) in enumerate(inside.items(), start=start + 1):
            entry(name, 2, number if number < start + len(inside) else _NONE, _NONE, content)
    return _assembled(data, b"".join(entries), fat)


def _assembled(data: bytes, directory: bytes, fat: list[int]) -> bytes:
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    directory_at, directory_count = len(fat), len(directory) // _SECTOR
    fat = [*fat, *range(directory_at + 1, directory_at + directory_count), _END]
    fat_count = 1
    while fat_count * 128 < len(fat) + fat_count:
        fat_count += 1
    places = list(range(len(fat), len(fat) + fat_count))
    table = struct.pack(f"<{len(fat) + fat_count}I", *fat, *[_FAT] * fat_count).ljust(fat_count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fat_count, directory_at, 0, _LEAST_STREAM, _END, 0, _END, 0)
    difat = struct.pack("<109I", *places, *[_FREE] * (109 - len(places)))
    return header.ljust(76, b"\0") + difat + data + directory + table


_PREFIXES = " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in ("hs", "hp", "hh", "opf"))


def hwpx_file(paragraphs: Sequence[Paragraph] = (), *, body: str = "", metadata: str = "") -> bytes:
    """An HWPX file; `body` is the XML of a section in place of that which `paragraphs` make."""
    styles = "".join(f'<hh:style id="{n}" name={quoteattr(name)}/>' for n, name in enumerate(STYLES))
    shapes = "".join(f'<hh:charPr id="{n}" height="{int(points * 100)}"/>' for n, points in enumerate(POINTS))
    return zipped(
        {
            "mimetype": "application/hwp+zip",
            "Contents/header.xml": f"<hh:head {_PREFIXES}>{shapes}{styles}</hh:head>",
            "Contents/section0.xml": f"<hs:sec {_PREFIXES}>{body or _xml(paragraphs)}</hs:sec>",
            "Contents/content.hpf": f"<opf:package {_PREFIXES}><opf:metadata>{metadata}</opf:metadata></opf:package>",
        }
    )


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _xml(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(map(_paragraph_xml, paragraphs))


def _paragraph_xml(paragraph: Paragraph) -> str:
    style = STYLES.index(paragraph.style) if paragraph.style else 0
    shape = POINTS.index(paragraph.points) if paragraph.points else 0
    escaped = paragraph.words.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<hp:lineBreak/>")
    words = f"<hp:t>{escaped}</hp:t>"
    objects = "".join(map(_anchored_xml, paragraph.anchored))
    inside = objects + words if paragraph.is_below else words + objects
    return f'<hp:p styleIDRef="{style}"><hp:run charPrIDRef="{shape}">{inside}</hp:run></hp:p>'


def _list_xml(paragraphs: Sequence[Paragraph]) -> str:
    return f"<hp:subList>{_xml(paragraphs)}</hp:subList>"


def _anchored_xml(anchored: Anchored) -> str:
    if isinstance(anchored, Note):
        return f"<hp:ctrl><hp:footNote>{_list_xml(anchored.paragraphs)}</hp:footNote></hp:ctrl>"
    caption = f"<hp:caption>{_list_xml(anchored.caption)}</hp:caption>" if anchored.caption else ""
    if isinstance(anchored, Box):
        return f"<hp:rect>{caption}<hp:drawText>{_list_xml(anchored.paragraphs)}</hp:drawText></hp:rect>"
    rows = "".join(
        f"<hp:tr>{''.join(f'<hp:tc>{_list_xml(cell)}</hp:tc>' for cell in cells)}</hp:tr>" for cells in anchored.rows
    )
    return f"<hp:tbl>{caption}{rows}</hp:tbl>"
