"""One document's paragraphs as a file of each kind that is read."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from retrieval.reading.hangul import Paragraph

sys.path.insert(0, str(Path(__file__).parents[1]))  # where tests find the makers of files
import books
import hangul_files
import open_texts
import word_files

Paragraphs = Sequence[str]
_LINES_A_PAGE, _COLUMNS = 44, 88


def _text(paragraphs: Paragraphs) -> bytes:
    return "\n\n".join(paragraphs).encode()


def _markdown(paragraphs: Paragraphs) -> bytes:
    return "\n\n".join(["# Report", *paragraphs]).encode()


def _page(paragraphs: Paragraphs) -> bytes:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = f"{menu}<article><h1>Report</h1>{words}</article>"
    return f"<!DOCTYPE html><html><head><title>Report</title></head><body>{body}</body></html>".encode()


def _book(paragraphs: Paragraphs) -> bytes:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return books.book({"one.xhtml": books.page(f"<h1>Report</h1>{words}")})


def _word(paragraphs: Paragraphs) -> bytes:
    return word_files.word_file("".join(map(word_files.p, paragraphs)))


def _open_text(paragraphs: Paragraphs) -> bytes:
    return open_texts.text_file("".join(map(open_texts.p, paragraphs)))


def _hwp(paragraphs: Paragraphs) -> bytes:
    return hangul_files.hwp_file([*map(Paragraph, paragraphs)])


def _hwpx(paragraphs: Paragraphs) -> bytes:
    return hangul_files.hwpx_file([*map(Paragraph, paragraphs)])


def _pdf(paragraphs: Paragraphs) -> bytes:
    """Pages of Helvetica, which has no Korean; lines are broken as a typewriter breaks them."""
    lines = [line for paragraph in paragraphs for line in (*textwrap.wrap(paragraph, _COLUMNS), "")]
    pages = [lines[start : start + _LINES_A_PAGE] for start in range(0, len(lines), _LINES_A_PAGE)]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for page in pages:
        shown = "".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T*\n" for line in page)
        stream = f"BT /F1 10 Tf 60 770 Td 15 TL\n{shown}ET".encode("latin-1", "replace")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
    kids = b" ".join(b"%d 0 R" % number for number in range(5, len(objects) + 1, 2))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        whole
        + head
        + table
        + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(whole))
    )


MAKERS: dict[str, Callable[[Paragraphs], bytes]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _page,
    ".epub": _book,
    ".docx": _word,
    ".odt": _open_text,
    ".hwp": _hwp,
    ".hwpx": _hwpx,
    ".pdf": _pdf,
}
"""How a file of each kind is made, by the ending of its name."""
KOREAN = frozenset({".hwp", ".hwpx"})
"""Kinds that are mostly written in Korean."""
