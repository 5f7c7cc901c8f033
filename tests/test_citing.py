"""Citations to take elsewhere: whole, in order, and Markdown that reads as nothing else than what was quoted."""

from __future__ import annotations

import dataclasses

import pytest
from canned import LAMP, PIER
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.citation import fold_space
from bot.citing import as_markdown, as_plain_text
from bot.wording import wording_in

ENGLISH = wording_in("en")


def _read(markdown: str) -> tuple[str, ...]:
    """The paragraphs inside the block quotation, as a reader sees them."""
    tokens = MarkdownIt().parse(markdown)
    assert [tokens[0].type, tokens[-1].type] == ["blockquote_open", "blockquote_close"]
    kinds = [token.type for token in tokens[1:-1]]
    assert set(kinds) <= {"paragraph_open", "inline", "paragraph_close"}, kinds
    inline = (token.children or [] for token in tokens if token.type == "inline")
    return tuple("".join(child.content for child in children) for children in inline)


def test_a_citation_has_speaker_title_publisher_date_place_and_link() -> None:
    assert as_plain_text(LAMP, ENGLISH) == (
        "“Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.” — Ada Ferry, keeper of the "
        "lighthouse, Minutes of the Harbour Board, Harbour Board, 3 May 2021, section “Lamps”, paragraph 4, "
        "https://harbour.example/m#:~:text=Ada%20Ferry"
    )
    assert as_markdown(LAMP, ENGLISH) == (
        "> Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.\n>\n"
        "> — Ada Ferry, keeper of the lighthouse, "
        "[Minutes of the Harbour Board](https://harbour.example/m#:~:text=Ada%20Ferry), Harbour Board, 3 May 2021, "
        "section “Lamps”, paragraph 4"
    )


def test_in_korean_the_date_and_the_place_are() -> None:
    assert "2021년 5월 3일, “Lamps” 부분, 4번째 문단" in as_plain_text(LAMP, wording_in("ko"))


def test_what_nobody_knows_is_left_out() -> None:
    assert as_plain_text(PIER, ENGLISH) == "“The pier is closed.” — letter.txt, paragraph 1"
    assert as_markdown(PIER, ENGLISH) == "> The pier is closed.\n>\n> — letter.txt, paragraph 1"


@pytest.mark.parametrize(
    "words",
    ["1. first", "1986) was a year", "- a dash", "+ a plus", "# no heading", "*star* _line_ `code`", "<b>bold</b>",
     "[a](b)", "![a](b)", "&amp; &lt;", "\\*", "~~gone~~", "a | b", "=== x", "***", "--- ---"],
)  # fmt: skip
def test_markdown_of_awkward_words_reads_as_they_stand(words: str) -> None:
    assert _read(as_markdown(dataclasses.replace(PIER, text=words), ENGLISH))[0] == words


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=60))
def test_markdown_reads_as_the_quote_whatever_it_says(text: str) -> None:
    words = fold_space(text)
    if words:
        assert _read(as_markdown(dataclasses.replace(PIER, text=text), ENGLISH))[0] == words


@pytest.mark.parametrize("address", ["https://a.example/x_(y)", "https://a.example/a\\b"])
def test_an_address_stays_one(address: str) -> None:
    markdown = as_markdown(dataclasses.replace(PIER, url=address), ENGLISH)
    (link,) = (
        child for token in MarkdownIt().parse(markdown) for child in token.children or [] if child.type == "link_open"
    )
    assert str(link.attrs["href"]).replace("%28", "(").replace("%29", ")").replace("%5C", "\\") == address
