from __future__ import annotations

import pytest

from retrieval.query import Signs
from retrieval.questions import understood
from retrieval.records import AnswerKind
from retrieval.search import passage_matches
from retrieval.sureness import MODEL, evidence, missing_from_folder, passages_kind
from tests.made_up import index_of

INDEX = index_of(
    harbour=(
        "The harbour of Lunde",
        "The old pier of Lunde was built of oak in 1902. It burned down in the winter of 1931.",
        "The new pier is of steel. The town paid for it with a loan from a bank in Ostermark.",
        "A lighthouse stands on the rock. Its keeper drew every ship that passed.",
        "Regattas are shown live on the harbour's own radio station.",
    ),
    korean=(
        "강의 준설",
        "준설선은 밤에 강바닥의 모래를 파낸다. 낮에는 배가 다닌다.",
        "모래는 강가의 벽돌 공장으로 간다.",
    ),
)


def _kind(question: str) -> AnswerKind:
    query = understood(question, (), INDEX)
    return passages_kind(query, passage_matches(query, INDEX), INDEX)


@pytest.mark.parametrize(
    "question",
    [
        "When was the old pier built?",
        "Which bank gave the loan for the new pier?",
        "Where can I watch the regattas?",
        "what did the lighthouse keeper draw",
        "준설선은 언제 모래를 파내나요?",
        "모래는 어느 공장으로 가나요?",
    ],
)
def test_what_the_folder_says_is_answered(question: str) -> None:
    assert _kind(question) is AnswerKind.ANSWER


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "How do I bake sourdough bread?",
        "Who painted the ceiling of the chapel?",
        "Who won the world cup in 2018?",
        "프랑스의 수도는 어디인가요?",
        "김치찌개는 어떻게 끓이나요?",
        "What time is it?",
        "is it of the",
        "🙂",
        "",
    ],
)
def test_what_the_folder_does_not_say_is_refused(question: str) -> None:
    assert _kind(question) is not AnswerKind.ANSWER


def test_what_is_near_is_no_answer_but_close() -> None:
    assert _kind("How deep is the water at the old pier of Lunde, and how warm?") is not AnswerKind.NOTHING
    assert _kind("Who repaired the lighthouse roof?") is AnswerKind.CLOSEST


def test_words_that_no_source_has_are_named_as_asked() -> None:
    query = understood("Was the old pier built of Granite or 벽돌을?", (), INDEX)
    assert missing_from_folder(query, INDEX) == ("Granite",)


def test_every_sign_speaks_for_an_answer_and_rivals_against() -> None:
    *signs, rivals, _ = MODEL
    assert all(weight >= 0 for weight in signs)
    assert rivals <= 0
    assert len(evidence(Signs(rivals=1), 1)) == len(MODEL) - 1
