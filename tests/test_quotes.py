from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions import understood
from retrieval.quotes import LONGEST_WINDOW, MOST_SENTENCES, passage_quote
from retrieval.records import Quote
from retrieval.search import passage_matches
from retrieval.sentences import sentence_spans
from retrieval.wanted import wanted_by
from tests.made_up import index_of

FILLER = (
    "Visitors walk along the quay in summer, and gulls sit on every post, as they have done since anyone can recall. "
)
LONG = (
    f"{FILLER * 3}The dredger works at night. It was built by two brothers in 1902, of a barn's wood. {FILLER * 3}"
    "Nobody sleeps."
)
INDEX = index_of(
    one=("The river", LONG, "Short and dry."),
    two=("강", "강은 낮다. 배는 3월에 온다. 준설선은 밤에 모래를 파낸다. 사람들은 잔다."),
)


def _quote(question: str) -> Quote:
    query = understood(question, (), INDEX)
    return passage_quote(passage_matches(query, INDEX)[0], query, INDEX)


def test_the_sentence_that_answers_is_quoted_not_the_paragraph() -> None:
    quote = _quote("Who built the dredger?")
    assert "It was built by two brothers" in quote.text
    assert len(quote.text) <= LONGEST_WINDOW


def test_a_short_passage_is_quoted_whole() -> None:
    assert _quote("What is dry?").text == "Short and dry."


def test_the_passage_stays_one_step_away() -> None:
    quote = _quote("Who built the dredger?")
    assert (quote.passage_start, quote.passage_end) == (0, len(LONG))


@given(
    st.lists(st.sampled_from(["dredger", "gulls", "brothers", "1902", "when", "준설선은", "quay", "dry"]), min_size=1)
)
def test_a_quote_is_a_slice_of_whole_sentences(asked: list[str]) -> None:
    query = understood(" ".join(asked), (), INDEX)
    for match in passage_matches(query, INDEX):
        quote = passage_quote(match, query, INDEX)
        text = INDEX.documents[quote.document].text
        spans = sentence_spans(text, quote.passage_start, quote.passage_end)
        assert text[quote.start : quote.end] == quote.text
        assert quote.start in {start for start, _ in spans}
        assert quote.end in {end for _, end in spans}
        assert sum(quote.start <= start < quote.end for start, _ in spans) <= MOST_SENTENCES


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("When did it open?", "It opened in 1902.", "It opened late."),
        ("How many came?", "Seventeen or 20 came.", "Many came."),
        ("Why was it closed?", "It closed because of mud.", "It closed."),
        ("Who built it?", "It was built by Oke Lund.", "It was built of oak."),
        ("배는 언제 오나요?", "배는 3월에 온다.", "배는 온다."),
        ("왜 닫았나요?", "모래 때문에 닫았다.", "닫았다."),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, sentence: str, other: str) -> None:
    wanted = wanted_by(question)
    assert wanted.is_in(sentence)
    assert not wanted.is_in(other)


def test_a_question_that_asks_for_no_kind_wants_none() -> None:
    assert not wanted_by("Tell of the river.").is_in("It rose in 1902 because of Oke Lund.")
