"""A page of a PDF as a picture: yellow under the quoted words, and nowhere else."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from folders import age
from pdf_pages import HEIGHT, WIDTH, line, paragraph, pdf
from reportlab.pdfgen.canvas import Canvas

from retrieval import ChangedError, Library, PagePicture, Quote, ReadingError
from retrieval.drawing import Drawing, drawn
from retrieval.highlights import Quoted, highlighted
from retrieval.page_pictures import LONGEST_SIDE_PIXELS, page_picture

LAMP = "The lamp of the lighthouse must burn all night."
PIER = "The pier stays closed until the storm is over."
BELL = "The bell of the harbour was cast in the year of the flood and rings at every hour of the day."
OBEDIENT = """
import ctypes, time
from retrieval.worker import serve_frames

def work(frame):
    if b"crash" in frame:
        ctypes.string_at(0)
    if b"eat" in frame:
        bytearray(1 << 30)
    time.sleep(60)

serve_frames(30, 300 << 20, work)
"""


def pixels_of(picture: PagePicture) -> np.ndarray:
    """What the PNG shows, rows by columns by red, green and blue."""
    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(picture.png):
        (size,), kind = struct.unpack_from(">I", picture.png, at), picture.png[at + 4 : at + 8]
        body = picture.png[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", picture.png, at + 8 + size) == (zlib.crc32(kind + body),)
        chunks[kind] = body
        at += 12 + size
    width, height, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert rest == [8, 2, 0, 0, 0]
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def yellow(picture: PagePicture, width: float = WIDTH) -> list[tuple[int, int, int, int]]:
    """The highlighted stripes from the top: left, top, right and bottom, in points."""
    pixels = pixels_of(picture).astype(int)
    is_yellow = (pixels[..., 0] > 200) & (pixels[..., 1] > 180) & (pixels[..., 2] < 140)
    assert not (is_yellow & (pixels[..., 2] < 40)).any()
    scale = width / pixels.shape[1]
    rows = np.flatnonzero(is_yellow.any(axis=1))
    stripes = [run for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(run)]
    found = []
    for run in stripes:
        columns = np.flatnonzero(is_yellow[run].any(axis=0))
        ends = columns[0], run[0], columns[-1], run[-1]
        found.append(tuple(round(end * scale) for end in ends))
    return found


def near(found: tuple[int, ...], *expected: int) -> bool:
    return all(abs(one - other) <= 4 for one, other in zip(found, expected, strict=True))


def lamp_and_pier(canvas: Canvas) -> None:
    line(canvas, 72, 100, LAMP)
    line(canvas, 72, 120, PIER)


def test_the_words_are_yellow_and_nothing_else_is() -> None:
    picture = page_picture(pdf(lamp_and_pier), 1, Quoted(PIER))
    (stripe,) = yellow(picture)
    right = 72 + round(Canvas("").stringWidth(PIER, "Times-Roman", 10))
    assert near(stripe, 72, 113, right, 122), stripe
    assert picture.page == 1
    assert max(pixels_of(picture).shape) in {LONGEST_SIDE_PIXELS - 1, LONGEST_SIDE_PIXELS}


def test_the_letters_stay_as_dark_as_they_were() -> None:
    plain, marked = (pixels_of(page_picture(pdf(lamp_and_pier), 1, Quoted(words))) for words in ("sunk", PIER))
    assert (plain.min(axis=2) == 0).sum() <= (marked.min(axis=2) == 0).sum()
    assert (marked <= plain).all()


def test_words_that_are_broken_between_lines_are_found() -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 72, 100, "Before that, the light-")
        line(canvas, 72, 112, "house keeper spoke. After that nobody did.")

    found = yellow(page_picture(pdf(page), 1, Quoted("the lighthouse keeper spoke.")))
    assert [left > 100 for left, *_ in found] == [True, False]
    assert len(found) == 2


def test_a_quote_that_runs_over_the_pages_end_is_marked_as_far_as_it_goes() -> None:
    first, second = BELL.split(" the flood ")

    def one(canvas: Canvas) -> None:
        line(canvas, 72, 60, "Bells of the coast")
        line(canvas, 72, 700, "So it is told. " + first + " the")
        line(canvas, 300, 800, "12")

    def other(canvas: Canvas) -> None:
        line(canvas, 72, 60, "flood " + second)

    content = pdf(one, other)
    (stripe,) = yellow(page_picture(content, 1, Quoted(BELL, "So it is told. ")))
    assert near(stripe[1:2], 693)
    assert stripe[0] > 120


def test_words_that_stand_on_the_next_page_only_are_shown_there() -> None:
    content = pdf(lamp_and_pier, lambda canvas: line(canvas, 72, 300, BELL))
    picture = page_picture(content, 1, Quoted(BELL))
    assert (picture.page, len(yellow(picture))) == (2, 1)


def test_words_that_are_not_there_are_not_marked() -> None:
    picture = page_picture(pdf(lamp_and_pier), 1, Quoted("The lamp of the ship was lost at sea that winter."))
    assert (picture.page, yellow(picture)) == (1, [])


def test_of_two_places_with_the_same_words_the_quoted_one_is_marked() -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 72, 100, f"Ada wrote: {LAMP} Then she left.")
        line(canvas, 72, 200, f"Ben wrote: {LAMP} Then he stayed.")

    (stripe,) = yellow(page_picture(pdf(page), 1, Quoted(LAMP, "Ben wrote: ", " Then he stayed.")))
    assert near(stripe[1:2], 193)
    assert yellow(page_picture(pdf(page), 1, Quoted(LAMP))) == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_marked_where_its_words_are(turn: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(72, 300, PIER)

    wide, high = (WIDTH, HEIGHT) if turn == 180 else (HEIGHT, WIDTH)  # before it is turned
    left, bottom, right, top = 72, 298, 72 + Canvas("").stringWidth(PIER, "Times-Roman", 10), 307
    turned = {
        90: (bottom, left, top, right),
        180: (wide - right, bottom, wide - left, top),
        270: (high - top, wide - right, high - bottom, wide - left),
    }
    (stripe,) = yellow(page_picture(pdf(page), 1, Quoted(PIER)), WIDTH)
    assert near(stripe, *map(round, turned[turn])), stripe


def test_a_page_that_is_not_there_or_no_pdf_at_all_is_refused_in_a_sentence() -> None:
    with pytest.raises(ReadingError, match=r"^a.pdf: has no page 2.$"):
        page_picture(pdf(lamp_and_pier), 2, Quoted(PIER), "a.pdf")
    with pytest.raises(ReadingError, match=r"^a.pdf: has a page 1 that cannot be drawn.$"):
        page_picture(b"%PDF-1.4\nand then nothing", 1, Quoted(PIER), "a.pdf")


def test_a_page_too_long_for_a_picture_is_refused() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageSize((100, 3000))
        line(canvas, 10, 10, PIER)

    with pytest.raises(ReadingError, match="too long for a picture"):
        page_picture(pdf(page), 1, Quoted(PIER))


@pytest.mark.parametrize(
    ("page", "words", "marked"),
    [
        ("of\ufb01ce hours", "office hours", ["of\ufb01ce hours"]),
        ("The caf\u00e9 is open", "The cafe\u0301 is open.", ["The caf\u00e9 is open"]),
        (
            "등대의 불은 밤새\n켜 두어야 한다. 끝.",
            "등대의 불은 밤새 켜 두어야 한다.",
            ["등대의 불은 밤새\n켜 두어야 한다"],
        ),
        ("nation", "ion", ["ion"]),
        ("the nation is one of two nations", "ion", []),
        ("", "anything", []),
        ("anything", "…", []),
        (
            "The committee of the harbour7 board met on a Monday",
            "The committee of the harbour board met on a Monday",
            ["The committee of the harbour", "board met on a Monday"],
        ),
        (
            "Nobody knew. The bell of the harbour was cast 12",
            BELL,
            ["The bell of the harbour was cast"],
        ),
        (
            "of the Ministry of Foreign Affairs, here" + " and there" * 9,
            "The Ministry of Foreign Affairs is said to have lost " * 3,
            [],
        ),
    ],
)
def test_letters_alone_tell_where_words_are(page: str, words: str, marked: list[str]) -> None:
    found = highlighted(tuple(page), Quoted(words))
    assert [page[stretch.start : stretch.stop] for stretch in found] == marked


def test_a_short_word_is_marked_only_among_the_same_words() -> None:
    page = tuple("Lamps 42 and 43. Bells 4 and 42 of them rang that day.")
    (stretch,) = highlighted(page, Quoted("42", "Bells 4 and ", " of them rang that day."))
    assert stretch.start == 29
    assert highlighted(page, Quoted("43", "Nobody counted the ", " sheep on the island then.")) == []


def test_a_process_draws_the_page() -> None:
    content = pdf(lamp_and_pier)
    picture = drawn(Drawing("a.pdf", content, 1, Quoted(PIER)))
    assert picture == page_picture(content, 1, Quoted(PIER))
    with pytest.raises(ReadingError, match=r"^a.pdf: has no page 2.$"):
        drawn(Drawing("a.pdf", content, 2, Quoted(PIER)))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("crash", "made its reader break down"),
        ("eat", "made its reader break down"),
        ("hang", "takes longer than 1 sec"),
    ],
)
def test_a_file_that_crashes_hangs_or_eats_memory_takes_only_its_picture_with_it(what: str, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadingError, match=f"^a.pdf: {why}"):
        drawn(Drawing("a.pdf", what.encode(), 1, Quoted(PIER)), OBEDIENT, 1)
    assert time.monotonic() - began < 30


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def page(canvas: Canvas) -> None:
        paragraph(canvas, 72, 100, 400, f"{LAMP} {BELL} {PIER}")

    (tmp_path / "harbour.pdf").write_bytes(pdf(lambda canvas: line(canvas, 72, 100, "Harbour", 20), page))
    age(tmp_path / "harbour.pdf")
    return tmp_path


def quoted(library: Library) -> Quote:
    (quote, *_) = library.ask("what does the bell of the harbour do").quotes
    assert (quote.document, quote.page) == ("harbour.pdf", 2)
    return quote


def test_a_library_draws_the_page_of_a_quote(folder: Path) -> None:
    library = Library.open(folder)
    picture = library.page_picture(quoted(library))
    assert picture.page == 2
    assert yellow(picture)
    library.close()


def test_a_file_that_is_another_by_now_is_not_shown(folder: Path) -> None:
    library = Library.open(folder)
    quote = quoted(library)
    (folder / "harbour.pdf").write_bytes(pdf(lamp_and_pier))
    with pytest.raises(ChangedError, match="has changed since it was read"):
        library.page_picture(quote)
    age(folder / "harbour.pdf")
    library.refresh()
    with pytest.raises(ChangedError, match="no longer has these words"):
        library.page_picture(quote)
    (folder / "harbour.pdf").unlink()
    with pytest.raises(ChangedError, match="no longer has these words"):
        library.page_picture(quote)
    library.refresh()
    with pytest.raises(ChangedError, match="is no longer in the folder"):
        library.page_picture(quote)
    library.close()


def test_a_path_that_leads_elsewhere_is_no_file_of_the_folder(folder: Path) -> None:
    library = Library.open(folder)
    for path in ("../harbour.pdf", str(folder / "harbour.pdf"), "/etc/passwd"):
        with pytest.raises(ChangedError):
            library.page_picture(Quote(LAMP, path, 0, len(LAMP), quoted(library).kind, 0, 1, page=2))
    library.close()
