from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from retrieval.errors import ReadingError
from retrieval.reading import pdf as reader
from retrieval.reading.pdf import read_pdf
from retrieval.records import BlockKind, Document
from tests.pdf_pages import HEIGHT, KOREAN, line, paragraph, pdf, wrapped

SHIPS = (
    "The harbour office counted the ships of every month and found that more of them came from the north than in the "
    "year before, which nobody in the town had expected."
)
QUAYS = (
    "A second quay was built by the council in the following spring, although the money for it had been promised to "
    "the school at the other end of the island."
)
NIGHTS = (
    "Whoever sailed at night had to pay a little more, for the lamps on the pier burned oil that was brought from "
    "the mainland once a week."
)


def blocks(document: Document, *kinds: BlockKind) -> list[str]:
    """The words of the blocks of `kinds`, or of all."""
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def read(*pages: object, **options: object) -> Document:
    return read_pdf(pdf(*pages, **options), "harbour.pdf")


def test_every_block_knows_its_page_in_a_file_of_fifty() -> None:
    def page(number: int) -> object:
        return lambda canvas: paragraph(canvas, 72, 100, 440, f"On sheet {number * 7} it says: {SHIPS}")

    document = read(*(page(number) for number in range(1, 51)))
    assert [(block.page, document.text[block.start : block.end].split()[2]) for block in document.blocks] == [
        (number, str(number * 7)) for number in range(1, 51)
    ]


def test_a_paragraph_that_runs_over_a_page_is_whole_and_stands_where_it_begins() -> None:
    lines = wrapped(f"{SHIPS} {QUAYS} {NIGHTS}".split(), " ", 440, 10, "Times-Roman")

    def first(canvas: Canvas) -> None:
        paragraph(canvas, 72, 60, 440, NIGHTS)
        for index, words in enumerate(lines[:2]):
            line(canvas, 72, 700 + 12 * index, words)
        line(canvas, 72, 760, "1 A note at the foot of the page.", 7)

    def second(canvas: Canvas) -> None:
        for index, words in enumerate(lines[2:]):
            line(canvas, 72, 60 + 12 * index, words)

    document = read(first, second)
    assert [(block.page, block.kind) for block in document.blocks] == [
        (1, BlockKind.PARAGRAPH),
        (1, BlockKind.PARAGRAPH),
        (1, BlockKind.FOOTNOTE),
    ]
    assert blocks(document)[1] == f"{SHIPS} {QUAYS} {NIGHTS}"


def test_running_heads_and_feet_and_page_numbers_are_no_text() -> None:
    def page(number: int) -> object:
        def draw(canvas: Canvas) -> None:
            line(canvas, 72, 40, f"{number}  Harbour report" if number % 2 else "Annual survey", 8)
            paragraph(canvas, 72, 100, 440, f"{SHIPS} {number * 11}")
            line(canvas, 290, 800, f"- {number + 4} -", 8)

        return draw

    document = read(*(page(number) for number in range(1, 9)))
    assert blocks(document) == [f"{SHIPS} {number * 11}" for number in range(1, 9)]


def test_columns_are_read_one_after_the_other_with_a_heading_across_them_in_its_place() -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 180, 60, "What the harbour earned and what it spent", 16, "Times-Bold")
        for column, words in enumerate((SHIPS, QUAYS, NIGHTS)):
            paragraph(canvas, 60 + 165 * column, 100, 150, f"{words} {words}", size=9)
        line(canvas, 180, 400, "What the harbour hopes for in the next year", 16, "Times-Bold")
        paragraph(canvas, 60, 430, 235, f"{NIGHTS} {SHIPS}")
        paragraph(canvas, 310, 433, 235, f"{QUAYS} {NIGHTS}")  # on baselines of its own

    assert blocks(read(page)) == [
        "What the harbour earned and what it spent",
        f"{SHIPS} {SHIPS}",
        f"{QUAYS} {QUAYS}",
        f"{NIGHTS} {NIGHTS}",
        "What the harbour hopes for in the next year",
        f"{NIGHTS} {SHIPS}",
        f"{QUAYS} {NIGHTS}",
    ]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    lines = wrapped(f"{QUAYS} {SHIPS} {NIGHTS} {QUAYS}".split(), " ", 235, 10, "Times-Roman")
    half = len(lines) // 2

    def page(canvas: Canvas) -> None:
        for index, words in enumerate(lines):
            line(canvas, 60 if index < half else 310, 100 + 12 * (index if index < half else index - half), words)

    assert blocks(read(page)) == [f"{QUAYS} {SHIPS} {NIGHTS} {QUAYS}"]


def test_hyphens_at_line_ends_are_mended_and_those_of_compounds_kept() -> None:
    def page(canvas: Canvas) -> None:
        words = [
            "The fishermen spoke of a well-known danger to all the navi-",
            "gation of the strait. Nobody but the harbour had a well-",
            "known pilot, and every navigation light was a self-",
            "lighting one; in 2019-",
            "2020 the Franco-",
            "British lamps came.",
        ]
        for index, each in enumerate(words):
            line(canvas, 72, 100 + 12 * index, each)

    assert " ".join(blocks(read(page))) == (
        "The fishermen spoke of a well-known danger to all the navigation of the strait. Nobody but the harbour had a "
        "well-known pilot, and every navigation light was a self-lighting one; in 2019-2020 the Franco-British lamps "
        "came."
    )


def test_note_marks_are_left_out_and_powers_kept() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        for words, size, rise in (
            ("The quay has 10", 10, 0),
            ("6", 6, 4),
            (" stones on 40 m", 10, 0),
            ("2", 6, 4),
            (" as the mason", 10, 0),
            ("3", 6, 4),
            (" said.", 10, 0),
            ("4)", 6, 4),
            (" Water is H", 10, 0),
            ("2", 6, -2),
            ("O.", 10, 0),
        ):
            text.setFont("Times-Roman", size)
            text.setRise(rise)
            text.textOut(words)
        canvas.drawText(text)

    assert blocks(read(page)) == ["The quay has 10⁶ stones on 40 m² as the mason said. Water is H2O."]


def test_headings_captions_and_notes_are_told_from_paragraphs() -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 72, 60, "The Harbour of the Year", 20, "Times-Bold")
        line(canvas, 72, 100, "1. Ships", 10, "Times-Bold")
        paragraph(canvas, 72, 120, 440, SHIPS)
        line(canvas, 72, 180, "Figure 1. Ships in the harbour.", 9)
        paragraph(canvas, 72, 220, 440, f"Figure 1 shows them. {QUAYS}")
        line(canvas, 72, 280, "2.1 QUAYS", 10)
        paragraph(canvas, 72, 300, 440, NIGHTS)
        line(canvas, 72, 740, "* Counted by the pilots.", 7)
        line(canvas, 72, 752, "2 See the report of the year before.", 7)

    document = read(page)
    assert [(block.kind, document.text[block.start : block.end][:16]) for block in document.blocks] == [
        (BlockKind.HEADING, "The Harbour of t"),
        (BlockKind.HEADING, "1. Ships"),
        (BlockKind.PARAGRAPH, "The harbour offi"),
        (BlockKind.CAPTION, "Figure 1. Ships "),
        (BlockKind.PARAGRAPH, "Figure 1 shows t"),
        (BlockKind.HEADING, "2.1 QUAYS"),
        (BlockKind.PARAGRAPH, "Whoever sailed a"),
        (BlockKind.FOOTNOTE, "* Counted by the"),
        (BlockKind.FOOTNOTE, "2 See the report"),
    ]


def test_a_ruled_table_is_read_by_rows_with_what_wraps_in_its_cells() -> None:
    def page(canvas: Canvas) -> None:
        paragraph(canvas, 72, 60, 440, SHIPS)
        for across in (72, 200, 400):
            canvas.line(across, HEIGHT - 100, across, HEIGHT - 170)
        for down in (100, 120, 150, 170):
            canvas.line(72, HEIGHT - down, 400, HEIGHT - down)
        for left, top, words in (
            (80, 114, "Month"), (210, 114, "What was landed"), (80, 138, "January"), (210, 132, "Herring, cod and"),
            (210, 144, "a little salt"), (80, 164, "February"), (210, 164, "Nothing"),
        ):  # fmt: skip
            line(canvas, left, top, words)

    document = read(page)
    rows = ["Month | What was landed", "January | Herring, cod and a little salt", "February | Nothing"]
    assert blocks(document, BlockKind.TABLE_ROW) == rows
    assert "\n".join(rows) in document.text


def test_gaps_make_a_table_too_and_a_contents_page_is_furniture() -> None:
    rows = [("Ann", "12", "300"), ("Bo Ek", "7", "1,250"), ("Cy", "140", "2"), ("Di", "9", "77")]

    def page(canvas: Canvas) -> None:
        paragraph(canvas, 72, 60, 440, SHIPS)
        for index, (name, ships, tons) in enumerate(rows):
            line(canvas, 72, 120 + 14 * index, name)
            canvas.drawRightString(250, HEIGHT - 120 - 14 * index, ships)
            canvas.drawRightString(330, HEIGHT - 120 - 14 * index, tons)

    def contents(canvas: Canvas) -> None:
        for index, (name, number) in enumerate((("Ships", 3), ("Quays", 9), ("Nights", 14), ("Oil", 20))):
            line(canvas, 72, 100 + 14 * index, name)
            canvas.drawRightString(500, HEIGHT - 100 - 14 * index, str(number))
        line(canvas, 72, 200, "Lamps" + " . " * 40 + "31")

    document = read(contents, page)
    assert blocks(document, BlockKind.TABLE_ROW) == [" | ".join(row) for row in rows]
    assert {block.kind for block in document.blocks if block.page == 1} == {BlockKind.FURNITURE}


def test_what_stands_at_an_angle_is_left_out_unless_most_does() -> None:
    def marked(canvas: Canvas) -> None:
        paragraph(canvas, 72, 100, 440, f"{SHIPS} {QUAYS}")
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Times-Roman", 60)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()

    def turned(canvas: Canvas) -> None:
        canvas.translate(500, 60)
        canvas.rotate(90)
        for index, words in enumerate(wrapped(NIGHTS.split(), " ", 300, 10, "Times-Roman")):
            canvas.setFont("Times-Roman", 10)
            canvas.drawString(0, -12 * index, words)

    assert blocks(read(marked, turned)) == [f"{SHIPS} {QUAYS}", NIGHTS]


def test_words_drawn_twice_to_look_bold_are_read_once() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            line(canvas, 72 + shift, 100, "Hello, little harbour.")
        for index, letter in enumerate("Lamp"):
            for shift in (0, 0.4):
                line(canvas, 72 + 7 * index + shift, 130, letter, font="Courier")

    assert blocks(read(page)) == ["Hello, little harbour.", "Lamp"]


@pytest.mark.parametrize(
    ("words", "font"), [("The harbour is open today.", "Times-Roman"), ("항만청은 오늘 문을 열었다.", KOREAN)]
)
@pytest.mark.parametrize("points", [-0.5, 1, 3, 5])
def test_words_are_whole_however_their_letters_are_spaced(words: str, font: str, points: float) -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        text.setFont(font, 10)
        text.setCharSpace(points)
        text.textOut(words)
        canvas.drawText(text)

    assert blocks(read(page)) == [words]


def test_words_that_cannot_be_seen_are_read_as_a_scan_s_own_words_are() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(72, HEIGHT - 100)
        text.setFont("Times-Roman", 10)
        text.setTextRenderMode(3)
        text.textOut("The scan says this.")
        canvas.drawText(text)

    assert blocks(read(page)) == ["The scan says this."]


def test_each_turn_of_a_conversation_is_a_paragraph() -> None:
    turns = [f"{name}: {words}" for name, words in (("Ann Lee", SHIPS), ("Bo Ek", QUAYS), ("Ann Lee", NIGHTS))] * 2

    def page(canvas: Canvas) -> None:
        top = 60.0
        for turn in turns:
            top = paragraph(canvas, 72, top, 440, turn)

    assert blocks(read(page)) == turns


def test_line_numbers_in_the_margin_are_no_text_and_ranks_in_a_table_are() -> None:
    lines = wrapped(f"{SHIPS} {QUAYS} {NIGHTS} {SHIPS} {QUAYS} {NIGHTS}".split(), " ", 300, 12, "Times-Roman")

    def numbered(canvas: Canvas) -> None:
        for index in range(25):
            canvas.setFont("Times-Roman", 12)
            canvas.drawRightString(60, HEIGHT - 60 - 24 * index, str(index + 1))
            line(canvas, 80, 60 + 24 * index, lines[index] if index < len(lines) else "", 12)

    def ranked(canvas: Canvas) -> None:
        paragraph(canvas, 50, 60, 440, SHIPS)
        for index in range(20):
            for left, words in ((50, str(index + 1)), (120, f"Quay {chr(65 + index)}"), (300, str(900 - 7 * index))):
                line(canvas, left, 120 + 14 * index, words)

    assert blocks(read(numbered)) == [" ".join(lines)]
    assert blocks(read(ranked), BlockKind.TABLE_ROW)[1] == "2 | Quay B | 893"


def test_korean_lines_are_joined_as_their_words_go() -> None:
    sentences = (
        "항만청은 지난해 들어온 배를 모두 세었다고 밝혔다. 북쪽에서 온 배가 남쪽에서 온 배보다 많았다고 한다. "
        "항만청은 올해도 배를 모두 세겠다고 밝혔다. 배를 세는 일은 항만청이 맡는다. "
        "등대를 지키는 사람은 배가 들어올 때마다 배의 이름을 적는다. "
    ) * 6

    def page(glue: str, pieces: list[str]) -> object:
        def draw(canvas: Canvas) -> None:
            for index, words in enumerate(wrapped(pieces, glue, 400, 10, KOREAN)):
                line(canvas, 72, 60 + 16 * index, words.strip(), 10, KOREAN)

        return draw

    for glue, pieces in ((" ", sentences.split()), ("", list(sentences))):  # lines end between words, or anywhere
        assert blocks(read(page(glue, pieces))) == [sentences.strip()]


def test_the_title_is_what_the_file_names_if_its_page_has_it_else_the_largest_words() -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 72, 60, "PRESS RELEASE", 24, "Times-Bold")
        line(canvas, 72, 100, "A harbour that counts its", 18, "Times-Bold")
        line(canvas, 72, 122, "ships by night", 18, "Times-Bold")
        line(canvas, 72, 150, "Ann Lee")
        paragraph(canvas, 72, 190, 440, SHIPS)

    titles = {
        "A Harbour That Counts Its Ships by Night": "A Harbour That Counts Its Ships by Night",
        "Microsoft Word - draft_2.docx": "A harbour that counts its ships by night",
        "Untitled": "A harbour that counts its ships by night",
        "Report of another year": "A harbour that counts its ships by night",
    }
    assert {title: read(page, title=title).metadata.title for title in titles} == titles
    authors = {"Ann Lee": "Ann Lee", "user": None, "Administrator": None, "Bo Ek": None}
    assert {author: read(page, author=author).metadata.author for author in authors} == authors


def test_names_below_the_title_are_its_writers() -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 72, 60, "A harbour that counts its ships", 18, "Times-Bold")
        line(canvas, 72, 90, "Ann Lee1, Bo Ek2* and Cy Oh1", 12)
        line(canvas, 72, 105, "1 Harbour University, 2 Institute of Tides")
        paragraph(canvas, 72, 190, 440, SHIPS)

    document = read(page)
    assert document.metadata.author == "Ann Lee, Bo Ek, Cy Oh"
    assert blocks(document, BlockKind.BYLINE) == ["Ann Lee1, Bo Ek2* and Cy Oh1"]


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Published: 21 March 2022", dt.date(2022, 3, 21)),
        ("Harbour office, 21 March 2022", dt.date(2022, 3, 21)),
        ("The first lamp was lit on 3 May 1888, as an old man told us.", dt.date(2000, 1, 1)),
        ("No day is named.", dt.date(2000, 1, 1)),
    ],
)
def test_the_date_is_the_publication_s_and_only_else_the_file_s_own(words: str, date: dt.date) -> None:
    def page(canvas: Canvas) -> None:
        line(canvas, 72, 60, words)
        paragraph(canvas, 72, 190, 440, SHIPS)

    assert read(page).metadata.date == date  # the files made here were all made on 1 January 2000


def test_a_file_without_text_is_refused_as_a_scan() -> None:
    def picture(canvas: Canvas) -> None:
        canvas.rect(100, 100, 300, 300, fill=1)

    with pytest.raises(ReadingError) as caught:
        read(picture, picture)
    assert str(caught.value) == (
        "harbour.pdf: has 2 pages but no text: it is a scan or pictures. Run text recognition (OCR) on it, for "
        "instance with ocrmypdf, and put the result in its place."
    )
    assert blocks(read(picture, lambda canvas: line(canvas, 72, 72, "One page has words."))) == ["One page has words."]


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read(lambda canvas: line(canvas, 72, 72, "Secret."), encrypt=StandardEncryption("open sesame"))
    assert str(caught.value) == "harbour.pdf: is encrypted: it opens with a password only. Save it without a password."
    open_to_all = StandardEncryption("", ownerPassword="mine", canCopy=0)
    assert blocks(read(lambda canvas: line(canvas, 72, 72, "Open."), encrypt=open_to_all)) == ["Open."]


def test_what_is_no_pdf_is_refused() -> None:
    for content in (b"", b"%PDF-1.4\n", b"no pdf", bytes(1000)):
        with pytest.raises(ReadingError) as caught:
            read_pdf(content, "harbour.pdf")
        assert str(caught.value) == (
            "harbour.pdf: is damaged, or no PDF at all. Copy it anew from where it came, or open it and save it as a "
            "new PDF."
        )


def test_too_many_pages_or_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [lambda canvas: paragraph(canvas, 72, 72, 440, SHIPS)] * 3
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 400)
    with pytest.raises(ReadingError, match=r"has more than 400 characters by page 3\. Split it\."):
        read(*pages)
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    with pytest.raises(ReadingError, match=r"has 3 pages; at most 2 are read\. Split it\."):
        read(*pages)


def _two_pages() -> bytes:
    return pdf(
        lambda canvas: paragraph(canvas, 72, 72, 440, SHIPS), lambda canvas: paragraph(canvas, 72, 72, 440, QUAYS)
    )


def test_a_file_cut_short_anywhere_is_read_or_refused() -> None:
    content = _two_pages()
    outcomes = [_outcome(content[:length]) for length in range(0, len(content), 37)]
    assert outcomes[0] == "refused"
    assert _outcome(content) == "read"


def test_a_file_with_overwritten_bytes_is_read_or_refused() -> None:
    content = _two_pages()
    chance = random.Random(7)  # noqa: S311 - decides no secret
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert _outcome(bytes(damaged)) in {"read", "refused"}


def _outcome(content: bytes) -> str:
    try:
        document = read_pdf(content, "harbour.pdf")
    except ReadingError:
        return "refused"
    assert all(before.end <= after.start for before, after in pairwise(document.blocks))
    return "read"


def test_the_same_file_gives_the_same_document_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    content = _two_pages()
    assert read_pdf(content, "harbour.pdf") == read_pdf(content, "harbour.pdf")
    assert capfd.readouterr() == ("", "")
