"""A file's bytes become its text, its blocks and what it says of itself; nothing of the body is lost."""

from __future__ import annotations

import codecs
import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ReadingError
from retrieval.reading import read
from retrieval.records import Block, BlockKind, Document, Metadata

CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parent.parent / "knowledge"


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    assert found
    return [pytest.param(case, id=case["name"]) for case in found]


def read_text(text: str, name: str = "page.txt") -> Document:
    return read(text.encode(), name)


def of_kind(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def assert_begin(found: list[str], beginnings: list[str]) -> None:
    shown = [words[: len(beginning)] for words, beginning in zip(found, beginnings, strict=False)]
    assert [*shown, *found[len(beginnings) :]] == beginnings


def assert_metadata(document: Document, case: dict[str, Any]) -> None:
    asked = {key: case[key] for key in ("title", "date", "author", "publisher") if key in case}
    assert {key: getattr(document.metadata, key) for key in asked} == asked


@pytest.mark.parametrize("case", cases("reading_pages.yaml"))
def test_a_saved_page_is_taken_apart(case: dict[str, Any]) -> None:
    document = read_text(case["text"])
    assert_begin(of_kind(document, BlockKind.PARAGRAPH), case["paragraphs"])
    assert_begin(of_kind(document, BlockKind.CAPTION), case.get("captions", []))
    assert set(case.get("headings", [])) <= set(of_kind(document, BlockKind.HEADING))
    if "bylines" in case:
        assert_begin(of_kind(document, BlockKind.BYLINE), case["bylines"])
    assert_metadata(document, case)


@pytest.mark.parametrize("case", cases("reading_pages_more.yaml"))
def test_another_saved_page_is_taken_apart(case: dict[str, Any]) -> None:
    test_a_saved_page_is_taken_apart(case)


@pytest.mark.parametrize("case", cases("reading_prose.yaml"))
def test_prose_that_was_never_on_a_page_is_kept(case: dict[str, Any]) -> None:
    document = read_text(case["text"])
    assert all(words.isdigit() for words in of_kind(document, BlockKind.FURNITURE))
    if case.get("loose"):
        kept = "\n".join(of_kind(document, BlockKind.PARAGRAPH, BlockKind.HEADING))
        assert [words for words in case["paragraphs"] if words not in kept] == []
    else:
        assert_begin(of_kind(document, BlockKind.PARAGRAPH), case["paragraphs"])
    assert_metadata(document, case)


def seed(start: str) -> Document:
    path = next(SEEDS.glob(f"{start}*.txt"))
    return read(path.read_bytes(), path.name)


def test_the_first_seed() -> None:
    document = seed("000")
    assert document.metadata == Metadata(
        title="[The 143rd KISTEP Wednesday Forum] S&T Diplomacy in the Era of Technological Hegemony",
        publisher="KISTEP",
        date=dt.date(2022, 3, 21),
    )
    assert [words[:20] for words in of_kind(document, BlockKind.PARAGRAPH)] == [
        "The Korea Institute ",
        "This Wednesday forum",
        "Jeong Byung-seon, pr",
        "Yoo Jun-koo, a profe",
        "In the panel discuss",
        "Park Ji-young, Direc",
        "Cha Jeong-mi, Direct",
        "Kim Seong-gyu, Inter",
    ]
    captions = [" ".join(words.split()) for words in of_kind(document, BlockKind.CAPTION)]
    assert [(words[:20], words[-16:]) for words in captions] == [
        ("Jeong Byung-seon, pr", "sident of KISTEP"),
        ("Yoo Jun-koo, a profe", "ational Security"),
        ("Park Ji-young, Direc", "nomy and Society"),
        ("▲ Cha Jeong-mi, Dire", "utures Institute"),
        ("Kim Seong-gyu, Inter", " Science and ICT"),
    ]
    furniture = of_kind(document, BlockKind.FURNITURE)
    assert furniture[-5:] == ["1", "1", "2", "3", "배너존"]


def test_the_second_seed() -> None:
    document = seed("004")
    title = "Status and Prospects of South Korea's Science Diplomacy: Focusing on Grassroots Science Diplomacy Activies"
    assert document.metadata == Metadata(title=title, author="Kim, Seunghwan", date=dt.date(2024, 1, 29))
    assert [words.split()[-1] for words in of_kind(document, BlockKind.PARAGRAPH)] == [
        "organizations.",
        "Platform.",
        "accordingly",
    ]
    assert of_kind(document, BlockKind.BYLINE) == ["Science and Technology Diplomacy Platform, Kim, Seunghwan"]
    assert of_kind(document, BlockKind.HEADING) == [title, title, "Abstract"]


HELLO = "등대는 Lighthouse, naïve.\n"


@pytest.mark.parametrize(
    "content",
    [
        HELLO.encode(),
        codecs.BOM_UTF8 + HELLO.encode(),
        codecs.BOM_UTF16_LE + HELLO.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + HELLO.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + HELLO.encode("utf-32-le"),
        HELLO.replace("\n", "\r\n").encode(),
        HELLO.replace("\n", "\r").encode(),
    ],
)
def test_marks_and_line_ends_leave_no_trace(content: bytes) -> None:
    assert read(content, "a.txt").text == HELLO


def test_korean_without_a_mark_is_read_as_cp949() -> None:
    assert (
        read("똠방각하는 펩시콜라를 좋아했다.\n".encode("cp949"), "a.txt").text == "똠방각하는 펩시콜라를 좋아했다.\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.txt: is empty. Put text into it or delete it."),
        (b" \n\t\r\n", "a.txt: is empty."),
        ("\ufeff\u00a0\u200b\u3000".encode(), "a.txt: is empty."),
        (b"text\0text", "a.txt: is no text: it has a NUL byte at offset 4. Save the file as UTF-8 text."),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.txt: is no text: it has a NUL byte at offset 8."),
        (b"one\ntwo \xe9 three", "a.txt: is neither UTF-8 nor Korean CP949: byte 8 (0xE9, line 2) fits neither."),
        ("it\u2019s \u201cwindows text".encode("cp1252"), "a.txt: is neither UTF-8 nor Korean CP949: byte 2 (0x92"),
        (codecs.BOM_UTF16_LE + b"a\0b", "a.txt: is marked as UTF-16, but byte 4 does not fit (truncated data)."),
        (b"\x01\x02\x03\x04 beep", "a.txt: is no text: it is full of control characters."),
        (b"---\ntitle: Only this\n---\n\n", "a.txt: is empty below its front matter."),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(ReadingError) as raised:
        read(content, "a.txt")
    assert str(raised.value).startswith(message)


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"a\.xyz: is not a kind of file that is read\. Read are \.txt, \.md, "):
        read(b"text", "a.xyz")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"a\.txt: is larger than 64 MiB\. Split it\."):
        read(b"a" * (64 * 1024 * 1024 + 1), "a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.MARKDOWN"])
def test_front_matter_is_part_of_the_text_but_of_no_block(name: str) -> None:
    text = (
        "---\ntitle: 'Tides: a talk'\nauthor: [Jane Roe, Al Doe]\ndate: 2022-03-21\ntags: [sea]\n---\n\nThe sea rose.\n"
    )
    document = read_text(text, name)
    assert document.text == text
    assert document.metadata == Metadata("Tides: a talk", "Jane Roe, Al Doe", date=dt.date(2022, 3, 21))
    assert of_kind(document, *BlockKind) == ["The sea rose."]


@pytest.mark.parametrize(
    "text", ["---\n\nThe sea rose.\n\n---\n\nIt fell.\n", "---\nThe sea rose.\n", "----\ntitle: no\n----\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    for name in ("a.txt", "a.md"):
        assert "The sea rose." in of_kind(read_text(text, name), BlockKind.PARAGRAPH) or "title: no" in text


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("title: [unclosed\n---\n", "a.md, line 3: is not YAML"),
        ("title: a: b\n---\n", "a.md, line 2: is not YAML"),
        (
            "title: A\ndate: tomorrow\n---\n",
            "a.md, line 3: `date: tomorrow` is no date. Write it as year-month-day: 2022-03-21.",
        ),
        ("title: A\ntitle: B\n---\n", "a.md, line 3: the front matter has the key `title` twice. Keep one of them."),
        ("- title\n---\n", "a.md, line 2: the front matter must be a list of `key: value` lines."),
        ("title: {a: b}\n---\n", "a.md, line 2: `title` must be text."),
        ("title: A\n\nThe sea rose.\n", "a.md, line 1: opens front matter that never ends. Close it with ---."),
    ],
)
def test_malformed_front_matter_is_refused_with_its_line(head: str, message: str) -> None:
    with pytest.raises(ReadingError) as raised:
        read_text("---\n" + head + "\nThe sea rose.\n", "a.md")
    assert str(raised.value).startswith(message)


MARKDOWN = """# Tides *and* boats #

By Jane Roe

First paragraph,
on two lines.

- one
- [ ] two
  - three

1. numbered

> quoted
> twice

Setext
------

| Year | Boats |
| ---- | ----- |
| 1911 | 42 |

```python
code = 1

more
```

***

![The quay at dawn](quay.jpg)

▲ The harbour master at his desk

<div class="x">

<!-- a note -->

    indented by four

[link]: https://sea.example
"""


def test_the_blocks_of_markdown() -> None:
    document = read_text(MARKDOWN, "a.md")
    assert [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "Tides *and* boats"),
        ("byline", "By Jane Roe"),
        ("paragraph", "First paragraph,\non two lines."),
        ("paragraph", "one"),
        ("paragraph", "two"),
        ("paragraph", "three"),
        ("paragraph", "1. numbered"),
        ("paragraph", "quoted\n> twice"),
        ("heading", "Setext"),
        ("table row", "Year | Boats"),
        ("table row", "1911 | 42"),
        ("paragraph", "code = 1"),
        ("paragraph", "more"),
        ("caption", "The quay at dawn"),
        ("caption", "▲ The harbour master at his desk"),
        ("furniture", '<div class="x">'),
        ("furniture", "<!-- a note -->"),
        ("paragraph", "indented by four"),
        ("paragraph", "[link]: https://sea.example"),
    ]
    assert (document.metadata.title, document.metadata.author) == ("Tides *and* boats", "Jane Roe")


SHORT = [
    "Yes .",
    "Prompted",
    "A: Okay .",
    "1",
    "42",
    "목록",
    "Home",
    "Print",
    "By the way , no",
    "Next",
    "Date 2023-03-09",
    "Writer X",
]
SHORT += [
    "2010. 4. 14. it sank",
    "Share",
    "Robert Sarvis. Image: Sarvis for Governor.",
    "#hashtag",
    "+1",
    "~~~ well",
    "www.a.example",
]


def test_short_paragraphs_of_markdown_stay_paragraphs() -> None:
    document = read_text("---\ntitle: T\n---\n\n" + "\n\n".join(SHORT) + "\n", "a.md")
    found = of_kind(document, BlockKind.PARAGRAPH)
    assert " ".join(" ".join(found).split()) == " ".join(" ".join(SHORT).split())
    assert {block.kind for block in document.blocks} == {BlockKind.PARAGRAPH}


def test_a_first_paragraph_that_is_the_title_is_a_heading() -> None:
    document = read_text("---\ntitle: The tide\n---\n\nThe tide\n\nIt rose.\n\nThe tide\n", "a.md")
    assert of_kind(document, BlockKind.HEADING) == ["The tide"]
    assert of_kind(document, BlockKind.PARAGRAPH) == ["It rose.", "The tide"]


def test_a_rule_under_a_long_paragraph_makes_it_no_heading() -> None:
    text = "The tide rose for three days and\nthen it fell.\n---\nMore.\n"
    assert of_kind(read_text(text, "a.md"), BlockKind.PARAGRAPH) == [
        "The tide rose for three days and\nthen it fell.",
        "More.",
    ]


def test_turns_of_a_transcript_are_paragraphs_in_markdown_too() -> None:
    document = read_text("ANN: Is it late?\nBOB: It is.\nANN: Then go\n", "a.md")
    assert of_kind(document, BlockKind.PARAGRAPH) == ["ANN: Is it late?", "BOB: It is.", "ANN: Then go"]


def test_blanks_of_every_kind_are_trimmed() -> None:
    document = read_text(
        "\u00a0\u3000\u200bThe sea rose, and it fell again at night.\ufeff\u00a0\n\u200b\n It rose.\u3000\n"
    )
    assert of_kind(document, BlockKind.PARAGRAPH) == ["The sea rose, and it fell again at night.", "It rose."]


@pytest.mark.parametrize(
    "text", ["Hello\n", "42\n", "목록\n", "▲\n", "# Head\n", "Home | About\n", "2023-03-09\n", "***\nx\n***\n"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_file_of_a_few_words_has_a_body(text: str, name: str) -> None:
    assert of_kind(read_text(text, name), BlockKind.PARAGRAPH)


ANY_TEXT = st.one_of(
    st.text(min_size=1, max_size=300),
    st.lists(
        st.sampled_from(
            [
                *SHORT,
                "",
                "- ",
                "> ",
                "```",
                "| a |",
                "| - |",
                "---",
                "title: x",
                "\u200b",
                "작성자",
                "등록일 2023.03.09",
            ]
        ),
        max_size=40,
    ).map("\n".join),
)


@given(ANY_TEXT, st.sampled_from(["a.txt", "a.md"]))
def test_blocks_are_in_order_trimmed_and_lose_no_word(text: str, name: str) -> None:
    try:
        document = read_text(text, name)
    except ReadingError:
        return
    assert_blocks_are_sound(document.text, document.blocks)
    if name == "a.txt" and not document.text.startswith("---"):
        covered = "".join(document.text[block.start : block.end] for block in document.blocks)
        assert bare(covered) == bare(document.text)


def assert_blocks_are_sound(text: str, blocks: tuple[Block, ...]) -> None:
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words == words.strip()
        at = block.end


def bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@given(
    st.lists(
        st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po"]), min_size=1, max_size=40), min_size=1
    )
)
def test_one_line_paragraphs_of_markdown_keep_every_letter(lines: list[str]) -> None:
    text = "\n\n".join(lines) + "\n"
    try:
        document = read_text(text, "a.md")
    except ReadingError:
        return
    covered = "".join(document.text[block.start : block.end] for block in document.blocks)
    letters = [character for character in document.text if character.isalpha()]
    assert [character for character in covered if character.isalpha()] == letters


@pytest.mark.parametrize(
    "line",
    ["a" * 50_000, "a.pdf " * 8_000, "( [ | " * 8_000, "A, " * 20_000, "1 " * 30_000, "Home > " * 9_000, "가" * 50_000],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_strange_line_takes_no_time(line: str, name: str) -> None:
    start = time.perf_counter()
    read_text(f"Title\n\n{line}\n\nText follows here.\n", name)
    assert time.perf_counter() - start < 2


def test_many_short_paragraphs_take_little_time() -> None:
    text = "\n\n".join(f"Speaker {number % 7}: Okay , number {number} ." for number in range(20_000))
    start = time.perf_counter()
    assert len(read_text(text, "a.md").blocks) == 20_000
    assert time.perf_counter() - start < 5
