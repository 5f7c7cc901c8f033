"""PDFs of a few plain lines a page, English and Korean, written by hand: nothing but what the format asks for."""

from __future__ import annotations

from collections.abc import Sequence

_LATIN = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_KOREAN = "<< /Type /Font /Subtype /Type0 /BaseFont /Batang /Encoding /UniKS-UCS2-H /DescendantFonts [5 0 R] >>"
_KOREAN_CHARACTERS = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Batang /DW 1000 /FontDescriptor 6 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> >>"
)
_KOREAN_FACE = (
    "<< /Type /FontDescriptor /FontName /Batang /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 "
    "/Descent -200 /CapHeight 700 /StemV 80 >>"
)
_LOCK = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
_FIRST_OBJECTS = 6
_TOP, _LEFT, _LEADING, _SIZE = 760, 72, 18, 11
_LARGE = 20

Line = str | tuple[str, int]
"""A line of text, or one with the height above the paper's foot where it stands."""


def pdf_file(pages: Sequence[Sequence[Line]], *, title: str = "", is_locked: bool = False) -> bytes:
    """A PDF of `pages`, each its lines from the top; a line that begins with # is large."""
    count = len(pages)
    kids = " ".join(f"{_FIRST_OBJECTS + 1 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        _LATIN,
        _KOREAN,
        _KOREAN_CHARACTERS,
        _KOREAN_FACE,
    ]
    for number, lines in enumerate(pages):
        content = _content(lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /L 3 0 R /K 4 0 R >> >> "
            f"/Contents {_FIRST_OBJECTS + 2 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    marked_title = _hexadecimal("\ufeff" + title)
    objects.append(f"<< /Title <{marked_title}> >>" if title else "<< >>")
    return _assembled(objects, is_locked=is_locked)


def _content(lines: Sequence[Line]) -> str:
    shown, height = [], _TOP
    for line in lines:
        words, at = line if isinstance(line, tuple) else (line, height)
        size = _LARGE if words.startswith("#") else _SIZE
        words = words.lstrip("# ")
        is_latin = words.isascii()
        font, code = ("L", words.encode("cp1252").hex()) if is_latin else ("K", _hexadecimal(words))
        shown.append(f"BT /{font} {size} Tf {_LEFT} {at} Td <{code}> Tj ET")
        height -= _LEADING if isinstance(line, str) else 0
    return "\n".join(shown)


def _hexadecimal(words: str) -> str:
    return words.encode("utf-16-be").hex().upper()


def _assembled(objects: Sequence[str], *, is_locked: bool) -> bytes:
    whole = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    lock = f" /Encrypt {_LOCK} /ID [<{'43' * 16}> <{'43' * 16}>]" if is_locked else ""
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R{lock} >>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return whole + f"{head}trailer\n{trailer}\nstartxref\n{len(whole)}\n%%EOF\n".encode("latin-1")
