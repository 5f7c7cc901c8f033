"""A quote's link leads to its very words: which words name it, and how they are encoded.

Whether a browser finds them is tested by `python -m tests.browser.text_fragments`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.links import link_to
from retrieval.records import Document, Metadata

URL = "https://courier.example/a"


def directive(text: str, quote: str, *, nth: int = 0, url: str = URL, path: str = "a.html") -> str:
    """The decoded directive of the link to the `nth` place where `quote` stands in `text`."""
    start = [match.start() for match in re.finditer(re.escape(quote), text)][nth]
    link = link_to(Document(path, text, (), Metadata(url=url)), start, start + len(quote))
    assert link
    assert link.startswith(f"{URL}#:~:text=")
    return unquote(link.partition(":~:text=")[2])


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("The ships came back.", "The ships came back.", "The ships came back."),
        ("One two three four five six seven eight nine ten.", "One two three four five six seven eight nine ten.",
         "One two three four,seven eight nine ten."),
        ("One\ntwo", "One\ntwo", "One,two"),
        ("Wind | 42 million | 7", "Wind | 42 million | 7", "Wind,7"),
        ("First here.\n\nThen this.", "First here.\n\nThen this.", "First here.,Then this."),
        ("이제 배가 돌아올 수 있다. 끝.", "이제 배가 돌아올 수 있다.", "이제 배가 돌아올 수 있다."),
    ],
)  # fmt: skip
def test_short_words_are_named_whole_and_others_by_their_ends(text: str, quote: str, expected: str) -> None:
    assert directive(text, quote) == expected


def test_what_has_a_meaning_in_a_directive_is_encoded() -> None:
    text = "A well-known A&B, 50% + more"
    link = link_to(Document("a.html", text, (), Metadata(url=URL)), 0, len(text))
    assert link == f"{URL}#:~:text=A%20well%2Dknown%20A%26B%2C%2050%25%20%2B%20more"


@pytest.mark.parametrize(
    ("text", "quote", "nth", "expected"),
    [
        ("Yes, he said. No, he said.", "he said.", 1, "No,-,he said."),
        ("One.\n\nThe same words.\n\nTwo.\n\nThe same words.", "The same words.", 1, "Two.-,The same words."),
        ("The sea is calm. The sea is calm today and shall be calm until the evening comes again.",
         "The sea is calm today and shall be calm until the evening comes again.", 0,
         "The sea is calm today and,the evening comes again."),
        ("The wind blew all night, he said, and the sea rose, he said, and the lamp went out, he said, and so on.",
         "The wind blew all night, he said, and the sea rose, he said, and the lamp went out, he said", 0,
         "The wind blew all,went out, he said"),
        ("The cafe is shut.\nThe café is shut.", "The café is shut.", 0, "shut.-,The café is shut."),
        ("He said.Busan answered at once.", "Busan answered at once.", 0, "said.-,Busan answered at once."),
        ("He said.Busan answered at once.", "He said.", 0, "He said.,-Busan"),
    ],
)  # fmt: skip
def test_words_that_stand_elsewhere_too_are_told_apart(text: str, quote: str, nth: int, expected: str) -> None:
    assert directive(text, quote, nth=nth) == expected


@pytest.mark.parametrize(
    ("url", "path", "page", "link"),
    [
        ("https://a.example/x.pdf", "x.pdf", 3, "https://a.example/x.pdf#page=3"),
        ("https://a.example/x.PDF?v=1#top", "x.txt", 3, "https://a.example/x.PDF?v=1#page=3"),
        ("https://a.example/view?id=1", "dir/X.PDF", 12, "https://a.example/view?id=1#page=12"),
        ("https://a.example/x.pdf", "x.pdf", None, "https://a.example/x.pdf"),
        ("https://a.example/x#part-2", "x.html", 3, "https://a.example/x#part-2:~:text=The%20ships"),
        ("https://a.example/x#a:~:text=old", "x.html", None, "https://a.example/x#a:~:text=The%20ships"),
        ("https://a.example/" + "x" * 2_000, "x.html", None, "https://a.example/" + "x" * 2_000),
        ("urn:isbn:9780000000000", "x.html", None, "urn:isbn:9780000000000"),
        (None, "x.html", None, None),
    ],
)
def test_the_address_is_kept(url: str | None, path: str, page: int | None, link: str | None) -> None:
    assert link_to(Document(path, "The ships", (), Metadata(url=url)), 0, 9, page) == link


def found_by_a_browser(text: str, parts: list[str]) -> tuple[int, int] | None:
    """Where a browser finds the directive `parts` in `text`, a block a line (the draft's section 3.5.2)."""
    prefix = parts.pop(0)[:-1] if parts[0].endswith("-") else None
    suffix = parts.pop()[1:] if parts[-1].startswith("-") else None
    at = 0
    while (match := searched(text, prefix or parts[0], at, ends=prefix is None and suffix is None)) is not None:
        at = match.start() + 1
        if prefix is not None:
            start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
            match = re.compile(pattern(parts[0]), re.IGNORECASE).match(text, start)
            if match is None:
                continue
        end = match.end()
        while len(parts) == 1 or (last := searched(text, parts[1], end, ends=suffix is None)) is not None:
            end = match.end() if len(parts) == 1 else last.end()
            if suffix is None or re.compile(r"\s*" + pattern(suffix), re.IGNORECASE).match(text, end):
                return match.start(), end
            if len(parts) == 1:
                break
    return None


def pattern(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"[^\S\n]+")


def searched(text: str, words: str, at: int, *, ends: bool) -> re.Match[str] | None:
    bounded = r"(?<!\w)" if words[0].isalnum() else ""
    return re.compile(
        bounded + pattern(words) + (r"(?!\w)" if ends and words[-1].isalnum() else ""), re.IGNORECASE
    ).search(text, at)


WORDS = st.lists(
    st.sampled_from(["the", "sea", "is", "calm.", "said", "“yes”", "배가", "A&B", "a-b", "\n", "\n\n"]), min_size=1
)


@given(WORDS, st.integers(0, 300), st.integers(1, 300))
def test_a_browser_finds_the_quote_first(words: list[str], first: int, count: int) -> None:
    text = " ".join(words)
    spans = [match.span() for match in re.finditer(r"\S+", text)][first : first + count]
    if not spans:
        return
    start, end = spans[0][0], spans[-1][1]
    link = link_to(Document("a", text, (), Metadata(url=URL)), start, end)
    assert link
    parts = [unquote(part) for part in link.partition(":~:text=")[2].split(",")]
    is_told_apart = parts[0].endswith("-")  # as far as that can be done: the words before may be the same, too
    found = found_by_a_browser(text, parts)
    assert found is not None
    assert found == (start, end) or (is_told_apart and text[slice(*found)].split() == text[start:end].split())
