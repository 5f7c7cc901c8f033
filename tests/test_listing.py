"""The list of documents: in order of their dates, narrowed by words, a page at a time."""

from __future__ import annotations

import datetime as dt
import unicodedata

from canned import LETTER, MINUTES

from bot.listing import SOURCES_A_PAGE, cite_listed, sources_page
from bot.wording import wording_in
from retrieval import Document, Metadata

EN, KO = wording_in("en"), wording_in("ko")


def _document(path: str, title: str | None = None, date: str | None = None, publisher: str | None = None) -> Document:
    when = dt.date.fromisoformat(date) if date else None
    return Document(path, "", (), Metadata(title=title, publisher=publisher, date=when))


OLD, NEW = _document("a.txt", "Tides", "1999-01-02"), _document("b.pdf", "Lamps", "2021-05-03", "Harbour Board")
BARE, KOREAN = _document("notes/harbour.md"), _document("k.hwp", "등대박물관 안내")


def _paths(*documents: Document, words: str = "") -> list[str]:
    return [document.path for document in sources_page(documents, words, 1).documents]


def test_the_newest_comes_first_and_what_has_no_date_last_by_title() -> None:
    assert _paths(BARE, OLD, KOREAN, NEW) == ["b.pdf", "a.txt", "notes/harbour.md", "k.hwp"]


def test_words_are_looked_for_in_title_publisher_date_and_file_whatever_their_case() -> None:
    every = (BARE, OLD, KOREAN, NEW)
    assert _paths(*every, words="HARBOUR") == ["b.pdf", "notes/harbour.md"]
    assert _paths(*every, words="harbour lamps") == ["b.pdf"]
    assert _paths(*every, words="1999") == ["a.txt"]
    assert _paths(*every, words=unicodedata.normalize("NFD", "박물관")) == ["k.hwp"]
    assert _paths(*every, words="whales") == []


def test_a_page_out_of_reach_is_the_nearest_one() -> None:
    many = [_document(f"{number:03}.txt") for number in range(SOURCES_A_PAGE * 2 + 1)]
    assert [sources_page(many, "", page).page for page in (-1, 1, 3, 99)] == [1, 1, 3, 3]
    last = sources_page(many, "", 3)
    assert ([document.path for document in last.documents], last.count, last.pages) == (["016.txt"], 17, 3)
    assert sources_page([], "x", 7).pages == 0


def test_a_listed_document_says_its_kind_and_that_it_has_no_date() -> None:
    assert cite_listed(MINUTES, EN).details == ("Harbour Board", "3 May 2021", "MD")
    assert cite_listed(LETTER, EN).details == ("no date", "TXT")
    assert cite_listed(KOREAN, KO).details == ("날짜 없음", "HWP")
    assert cite_listed(_document("README"), KO).details == ("날짜 없음",)
