"""PDF files for tests, drawn by hand: lines where a test wants them, paragraphs wrapped to a width."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

KOREAN = "HYSMyeongJo-Medium"
WIDTH, HEIGHT = A4
Page = Callable[[Canvas], object]

pdfmetrics.registerFont(UnicodeCIDFont(KOREAN))


def pdf(*pages: Page, title: str = "", author: str = "", **options: object) -> bytes:
    """A file of `pages`, each drawn by its function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, **options)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def line(canvas: Canvas, left: float, top: float, words: str, size: float = 10, font: str = "Times-Roman") -> None:
    """One line, its foot `top` points below the page's upper edge."""
    canvas.setFont(font, size)
    canvas.drawString(left, HEIGHT - top, words)


def paragraph(
    canvas: Canvas, left: float, top: float, width: float, words: str, *, size: float = 10, font: str = "Times-Roman"
) -> float:
    """A paragraph wrapped between words, each line spread over `width` but the last; returns where the next begins."""
    lines = wrapped(words.split(), " ", width, size, font)
    for index, each in enumerate(lines):
        text = canvas.beginText(left, HEIGHT - top - index * 1.2 * size)
        text.setFont(font, size)
        if index + 1 < len(lines) and each.count(" "):
            text.setWordSpace((width - pdfmetrics.stringWidth(each, font, size)) / each.count(" "))
        text.textOut(each)
        canvas.drawText(text)
    return top + len(lines) * 1.2 * size


def wrapped(pieces: Iterable[str], glue: str, width: float, size: float, font: str) -> list[str]:
    """The lines that `pieces`, joined by `glue`, make: each as long as `width` allows."""
    lines: list[str] = []
    current = ""
    for piece in pieces:
        longer = current + glue + piece if current else piece
        if current and pdfmetrics.stringWidth(longer, font, size) > width:
            lines.append(current)
            current = piece
        else:
            current = longer
    return [*lines, current]
