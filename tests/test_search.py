from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index import EMPTY
from retrieval.layout import layout, sentence_of
from retrieval.query import Query
from retrieval.questions import understood
from retrieval.search import RERANKED, passage_matches
from tests.made_up import index_of

INDEX = index_of(
    harbour=(
        "The harbour of Lunde",
        "The old pier of Lunde was built of oak in 1902. It burned down in the winter of 1931.",
        "The new pier is of steel. Oak was too dear. Lunde paid for it with a loan.",
        "A lighthouse stands on the rock. Its keeper, a painter, drew every ship that passed.",
        "The keeper of the harbour is old. His brother is a painter. Ships pass. There is a second lighthouse.",
    ),
    korean=(
        "강의 준설",
        "준설선은 밤에 강바닥의 모래를 파낸다. 낮에는 배가 다닌다.",
        "모래는 강가의 공장으로 간다. 공장은 벽돌을 굽는다.",
    ),
)


def _query(question: str) -> Query:
    return understood(question, (), INDEX)


def _first(question: str) -> str:
    return INDEX.text_of(passage_matches(_query(question), INDEX)[0].passage)


def test_the_passage_with_the_words_comes_first() -> None:
    assert _first("When was the old pier built?").startswith("The old pier")
    assert _first("준설선은 무엇을 파내나요?").startswith("준설선은")


def test_words_in_one_sentence_beat_words_scattered() -> None:
    assert _first("Which lighthouse has a keeper who is a painter?").startswith("A lighthouse")


def test_words_that_follow_each_other_beat_the_same_words_apart() -> None:
    index = index_of(
        one=("", "Paint the house and light it."),
        two=("", "The light house has paint."),
        three=("", "It has a light. The house is old, no paint."),
    )
    found = passage_matches(understood("light house", (), index), index)
    assert index.text_of(found[0].passage) == "The light house has paint."


def test_matches_come_best_first_and_equals_in_order() -> None:
    index = index_of(one=("", "Mud and silt.", "Mud and silt.", "Mud is not like sand or clay: silt is."))
    found = passage_matches(understood("mud silt", (), index), index)
    assert [match.passage for match in found] == [0, 1, 2]
    assert found[0].score == found[1].score > found[2].score


def test_nothing_is_found_in_nothing_or_for_nothing() -> None:
    assert passage_matches(_query("pier"), EMPTY) == ()
    assert passage_matches(_query("zeppelin"), INDEX) == ()
    assert passage_matches(_query("?!"), INDEX) == ()


def test_a_question_of_function_words_is_ranked_by_them() -> None:
    assert passage_matches(_query("is it of the"), INDEX)


def test_one_passage_and_a_term_in_every_passage() -> None:
    index = index_of(one=("", "Mud."))
    assert len(passage_matches(understood("mud", (), index), index)) == 1


def test_signs_lie_between_nothing_and_all() -> None:
    for question in ["old pier of Lunde 1902", "배가 밤에 다니나요", "keeper painter lighthouse zeppelin"]:
        for match in passage_matches(_query(question), INDEX):
            assert match.signs is not None
            shares = [getattr(match.signs, name) for name in match.signs.__slots__ if name != "rivals"]
            assert all(0 <= share <= 1 + 1e-9 for share in shares)
            assert 1 <= match.signs.rivals <= len(INDEX.passages)


def test_work_on_a_long_question_is_bounded() -> None:
    index = index_of(one=("", *("mud silt sand clay peat rock " * 40 + f"x{n}." for n in range(2 * RERANKED))))
    query = understood(" ".join(f"mud{n} silt x{n}" for n in range(400)), (), index)
    began = time.perf_counter()
    assert len(passage_matches(query, index)) <= RERANKED
    assert time.perf_counter() - began < 1


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["pier", "Oak", "1902", "모래를", "of", "the", "keeper's", "?"]), max_size=8))
def test_the_same_question_finds_the_same(asked: list[str]) -> None:
    query = _query(" ".join(asked))
    assert passage_matches(query, INDEX) == passage_matches(query, INDEX)


def test_places_tell_sentence_and_order() -> None:
    places = layout("Mud and silt. Sand, mud.").places
    assert [sentence_of(place) for place in places["mud"]] == [0, 1]
    assert places["silt"][0] - places["mud"][0] == 2


def test_what_scores_far_below_the_best_is_not_looked_at() -> None:
    index = index_of(
        one=("", "Mud, silt, peat and clay.", "A rock is no clay, whatever they say of it here or anywhere else.")
    )
    found = passage_matches(understood("mud silt peat clay", (), index), index)
    assert [match.passage for match in found] == [0]
