"""A saved web page becomes its article: every word of it, nothing of the site around it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ReadingError
from retrieval.reading import web_tree
from retrieval.reading.web_page import read_html
from retrieval.records import BlockKind, Document

PAGES = Path(__file__).parent / "cases" / "pages"
KINDS = {
    "paragraphs": BlockKind.PARAGRAPH,
    "captions": BlockKind.CAPTION,
    "bylines": BlockKind.BYLINE,
    "rows": BlockKind.TABLE_ROW,
    "footnotes": BlockKind.FOOTNOTE,
    "headings": BlockKind.HEADING,
}


def cases() -> list[Any]:
    found = [case for path in sorted(PAGES.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    assert found
    return [pytest.param(case, id=case["name"]) for case in found]


def page(html: str, **values: str) -> Document:
    return read_html(html.format(**values).encode() if values else html.encode(), "page.html")


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


@pytest.mark.parametrize("case", cases())
def test_a_page_is_taken_apart(case: dict[str, Any]) -> None:
    document = page(case["html"])
    for key, kind in KINDS.items():
        if key in case:
            found = of_kind(document, kind)
            shown = [words[: len(start)] for words, start in zip(found, case[key], strict=False)]
            assert [*shown, *found[len(case[key]) :]] == case[key]
    asked = {key: case[key] for key in ("title", "author", "publisher", "date", "url", "language") if key in case}
    assert {key: getattr(document.metadata, key) for key in asked} == asked


SENTENCE = "The harbour of Port Ellery opened again on Tuesday, and the ships came back."
KOREAN = "폭풍으로 닫혔던 엘러리항이 14일 사흘 만에 다시 문을 열었다고 한다."


@pytest.mark.parametrize(
    ("declared", "encoding", "words"),
    [
        ('<meta charset="euc-kr">', "cp949", KOREAN),
        ("", "cp949", KOREAN),
        ('<meta charset="utf-8">', "cp949", KOREAN),
        ('<meta charset="iso-8859-1">', "cp949", KOREAN),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">', "cp949", KOREAN),
        ('<meta charset="euc-kr">', "utf-8", KOREAN),
        ("", "utf-8-sig", KOREAN),
        ("", "utf-16", KOREAN),
        ("", "utf-16-le", KOREAN),
        ('<meta charset="iso-8859-1">', "cp1252", "It’s the café on the pier, and it is open again from today."),
        ('<meta charset="shift_jis">', "cp932", "港は火曜日に再び開かれ、船が戻ってきたと市長は述べた。"),
        (
            '<?xml version="1.0" encoding="windows-1251"?>',
            "cp1251",
            "Порт снова открылся во вторник, и корабли вернулись.",
        ),
    ],
)
def test_the_encoding_is_the_one_that_fits(declared: str, encoding: str, words: str) -> None:
    document = read_html(f"<html>{declared}<p>{words}</p></html>".encode(encoding), "page.html")
    assert document.text == words


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "page.html: is empty."),
        (b"<p>caf\xe9</p>", "page.html: is neither UTF-8 nor Korean CP949: byte 6 (0xE9, line 1) fits neither."),
        (b'<meta charset="utf-8"><p>caf\xe9</p>', "page.html: is neither UTF-8 nor Korean CP949: byte 28"),
        (b"<p>\0\0\0\0</p>", "page.html: is no text: it has a NUL byte at offset 3."),
        (b"<!-- nothing -->", "page.html: is a web page without words."),
        (
            b"<div id=app></div><script>render()</script>",
            "page.html: is a web page without text: it may fetch its words",
        ),
        (b"<div>" * 5_000 + b"words", "page.html: is nested too deeply to be read."),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_html(content, "page.html")
    assert str(caught.value).startswith(message)


def test_one_broken_byte_in_a_long_page_does_not_refuse_it() -> None:
    content = f'<meta charset="utf-8"><p>{KOREAN * 20}</p>'.encode() + b"<script>\xff</script>"
    assert read_html(content, "page.html").text == KOREAN * 20


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_tree, "MOST_ELEMENTS", 10)
    with pytest.raises(ReadingError, match="more than 10 elements"):
        page("<p>one</p>" * 11)


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2022-03-21T09:00:00+09:00">', dt.date(2022, 3, 21)),
        ('<meta name="pubdate" content="20220321090000">', dt.date(2022, 3, 21)),
        ('<meta name="article:modified_time" content="2022-03-21">', None),
        ('<meta name="date" content="soon">', None),
        ('<link rel="canonical" href="https://a.example/2022/03/21/harbour">', dt.date(2022, 3, 21)),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2022-03-21"}</script>',
            dt.date(2022, 3, 21),
        ),
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2022-03-21",}</script>', None),
        ('<script type="application/ld+json">' + '{"a":' * 5_000 + "</script>", None),
        ('<script type="application/ld+json">{"@type":[[]],"author":[[["x"]]],"publisher":7}</script>', None),
    ],
)
def test_the_day_of_publication_is_found_in_the_head(head: str, date: dt.date | None) -> None:
    assert page(f"<head>{head}</head><p>{SENTENCE}</p>").metadata.date == date


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ("<time datetime='2022-03-21T09:00'>3 days ago</time>", dt.date(2022, 3, 21)),
        ("<p>Published 21 March 2022, 9.00 am</p>", dt.date(2022, 3, 21)),
        ("<p>Last updated on 22 March 2022</p><p>Posted on 21 March 2022</p>", dt.date(2022, 3, 21)),
        ("<p>입력 2022.03.21 10:00 수정 2022.03.22 11:00</p>", dt.date(2022, 3, 21)),
        ("<dl><dt>등록일</dt><dd>2022-03-21</dd></dl>", dt.date(2022, 3, 21)),
        ("<p>2022년 3월 21일</p>", dt.date(2022, 3, 21)),
    ],
)
def test_the_day_of_publication_is_found_above_the_text(shown: str, date: dt.date) -> None:
    document = page(f"<h1>Harbour dues rise again</h1>{shown}<p>{SENTENCE}</p><p>{SENTENCE}</p>")
    assert document.metadata.date == date
    assert of_kind(document, BlockKind.PARAGRAPH) == [SENTENCE, SENTENCE]


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Harbour dues rise | The Courier", "Harbour dues rise", "Harbour dues rise"),
        ("The Courier: Harbour dues rise", "Harbour dues rise", "Harbour dues rise"),
        ("Harbour dues rise - News - courier.example", "Harbour dues rise", "Harbour dues rise"),
        ("항만 사용료 오른다 &lt; 경제 &lt; 기사본문 - 바다신문", "항만 사용료 오른다", "항만 사용료 오른다"),
        ("Dues: what the rise means for you", "Harbour dues rise", "Harbour dues rise"),
        ("Harbour dues rise", "", "Harbour dues rise"),
    ],
)
def test_the_title_is_the_one_the_page_shows(title: str, heading: str, expected: str) -> None:
    html = f"<title>{title}</title><h1>{heading}</h1><p>{SENTENCE}</p><p>{SENTENCE}</p>"
    assert page(html).metadata.title == expected


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://a.example/text">', "https://a.example/text"),
        (
            '<link rel="canonical" href="/text"><meta property="og:url" content="http://a.example/x">',
            "http://a.example/text",
        ),
        (
            '<link rel="canonical" href="https://a.example/"><meta property="og:url" content="https://a.example/x">',
            "https://a.example/x",
        ),
        ("<!-- saved from url=(0023)https://a.example/saved -->", "https://a.example/saved"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="file:///C:/page.html">', None),
        ('<meta property="og:url" content="http://[">', None),
    ],
)
def test_the_address_is_the_canonical_one(head: str, url: str | None) -> None:
    assert page(f"<html>{head}<p>{SENTENCE}</p></html>").metadata.url == url


def test_an_element_with_the_name_of_furniture_that_holds_the_text_is_none() -> None:
    html = f'<div class="share related sidebar"><p>{SENTENCE}</p><p class="paywall">{SENTENCE}</p></div>'
    assert of_kind(page(html), BlockKind.PARAGRAPH) == [SENTENCE, SENTENCE]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_document_or_an_error(content: bytes) -> None:
    assert_document_or_error(content)


TAGS = """
<p> </p> <div> <div/class=share> </div> <table> <tr> <td> </table> <ul> <li> <a/href=x> </a> <br> <h1> </h1> <h2> <b>
</b> <figure> <img> <figcaption> <blockquote> <pre> </pre> <article> <!-- --> <script> </script> <o:p> <x-y> <math>
<title> <time/datetime=2022-01-01> & &amp; &nbsp; &#0; 2022-03-21 홍길동 기자 </title> <noscript> <button> <select>
<option>
"""
MARKUP = st.lists(st.sampled_from([*TAGS.split(), SENTENCE, KOREAN]))


@given(MARKUP)
def test_any_markup_is_a_document_or_an_error(parts: list[str]) -> None:
    assert_document_or_error(
        " ".join(part.replace("/", " ", 1) if part[:2] != "</" else part for part in parts).encode()
    )


def assert_document_or_error(content: bytes) -> None:
    try:
        document = read_html(content, "page.html")
    except ReadingError as error:
        assert error.where == "page.html"  # noqa: PT017 -- either outcome is right, each has its law
        return
    end = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert block.start >= end
        assert words == words.strip() != ""
        end = block.end
