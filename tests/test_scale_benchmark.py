"""The benchmark's corpora keep the laws that they promise, and ours finds in them what rank_bm25 finds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from defusedxml import ElementTree

from retrieval import Library
from tests.benchmarks.answer_times import questions
from tests.benchmarks.corpora import COMMON, MEAN_LENGTH, MEAN_PASSAGES, Corpus, block, word
from tests.benchmarks.engines import OURS, Engine, RankBM25
from tests.benchmarks.growth_plot import drawn, medians
from tests.benchmarks.made_news import articles, name, write
from tests.benchmarks.our_engine import Ours
from tests.benchmarks.scale import agreement, per_query
from tests.benchmarks.scale_table import Row, growth, p95, table

SIZE = 400


@pytest.fixture(scope="module")
def terms() -> np.ndarray:
    return block(0).terms


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> list[Engine]:
    found: list[Engine] = [Ours(), RankBM25()]
    for number, engine in enumerate(found):
        directory = tmp_path_factory.mktemp(f"engine{number}")
        engine.build(Corpus(SIZE).documents(), directory)
        engine.open(directory)
    return found


def test_a_corpus_is_the_same_each_time_and_the_beginning_of_a_larger_one() -> None:
    small, large = list(Corpus(SIZE).documents()), list(Corpus(SIZE + 50).documents())
    assert small[:-1] == large[: len(small) - 1]
    assert sum(len(document.passages) for document in small) == SIZE
    assert Corpus(SIZE).queries() == Corpus(SIZE * 10).queries()
    assert next(Corpus(SIZE, seed=1).documents()) != small[0]


def test_documents_are_numbered_without_a_gap() -> None:
    after = 0
    for number, document in enumerate(Corpus(4_500).documents()):
        assert (document.number, document.first) == (number, after)
        after += len(document.passages)


def test_a_term_is_as_frequent_as_its_rank_says(terms: np.ndarray) -> None:
    ranks = np.array([2, 4, 8, 16, 32, 64, 128])
    slope = np.polyfit(np.log(ranks + 0.5), np.log([(terms == rank - 1).sum() for rank in ranks]), 1)[0]
    assert -1.1 < slope < -0.9
    beyond = [(terms >= rank).sum() for rank in (20_000, 200_000)]
    assert 7 < beyond[0] / beyond[1] < 14


def test_the_vocabulary_grows_with_the_root_of_the_text() -> None:
    whole = np.concatenate([block(number).terms for number in range(4)])
    for count in (len(whole) // 16, len(whole) // 4, len(whole)):
        assert 34 < len(np.unique(whole[:count])) / count**0.5 < 50


def test_passages_and_documents_are_as_long_as_promised() -> None:
    made = block(0)
    assert abs(made.lengths.mean() / MEAN_LENGTH - 1) < 0.05
    assert abs(made.documents.mean() / MEAN_PASSAGES - 1) < 0.05
    assert 0.45 < np.log(made.lengths).std() < 0.65
    assert made.lengths.sum() == len(made.terms)


def test_a_rare_word_of_a_document_comes_again_in_it() -> None:
    inside = [
        Counter(term for passage in document.passages for term in passage) for document in Corpus(SIZE).documents()
    ]
    whole: Counter[str] = sum(inside, Counter())
    rare = {term for term, count in whole.items() if 3 <= count <= 8 and term not in COMMON}
    repeated = sum(any(found[term] >= 3 for found in inside) for term in rare)
    assert repeated / len(rare) > 0.5


def test_words_are_different_and_grow_longer() -> None:
    numbers = [*range(20_000), 10**6, 10**7, 2**31 - 3]
    words = [word(number) for number in numbers]
    assert len(set(words)) == len(words)
    assert all(made.isascii() and made.isalpha() and made.islower() for made in words)
    assert len(words[-1]) > len(words[len(COMMON)])


def test_queries_have_rare_and_common_words() -> None:
    queries = Corpus(SIZE).queries()
    assert len(queries) == 200
    assert {len(query) for query in queries} == set(range(3, 9))
    assert 0.3 < sum(not set(query).isdisjoint(COMMON) for query in queries) / len(queries) < 0.8
    assert all(set(query) - set(COMMON) for query in queries)
    assert all(len(set(query)) == len(query) for query in queries)


def test_documents_from_all_over_are_those_of_the_stream() -> None:
    corpus = Corpus(8_500)
    streamed = list(corpus.documents())
    spread = corpus.spread(4)
    assert [streamed[document.number] for document in spread] == spread
    assert len({document.number // 400 for document in spread}) > 1


def test_ours_finds_what_rank_bm25_finds_with_the_same_scores(engines: list[Engine]) -> None:
    ours, reference = engines
    for query in Corpus(SIZE).queries():
        found, expected = ours.top(query, 10), reference.top(query, 10)
        assert [number for number, _ in found] == [number for number, _ in expected]
        assert np.allclose([score for _, score in found], [score for _, score in expected], rtol=1e-9, atol=0)


def test_ours_finds_a_changed_document(engines: list[Engine]) -> None:
    before = Corpus(SIZE).spread(1)[0]
    after = type(before)(before.number, before.first, tuple(["novelty", *terms] for terms in before.passages))
    engines[0].change(before, after)
    expected = set(range(before.first, before.first + len(before.passages)))
    assert {number for number, _ in engines[0].top(("novelty",), 100)} == expected


def test_a_querys_time_is_its_median_over_the_rounds_that_came_to_it() -> None:
    assert per_query([[1.0, 2.0], [3.0], [9.0, 4.0]]) == [3.0, 3.0]
    assert p95([float(value) for value in range(1, 101)]) == 95


def test_agreement_is_the_share_of_first_passages_that_both_have() -> None:
    assert agreement([[(1, 9.0), (2, 8.0)]], [[(2, 9.0), (3, 8.0)]]) == 0.5
    assert agreement([], []) == 1


def test_the_table_fits_a_page_and_growth_compares_the_two_largest_sizes() -> None:
    rows = [
        Row(name, size, 1234.5, 9999, 9999, 99.123, 9999.99, (size / 1e3,) * 200, 99999, 9999, 60, change, 1)
        for size in (1_000, 2_000, 8_000)
        for name, change in ((OURS, 9999.9), ("tantivy", None))
    ]
    lines = table(rows[:2]).splitlines()
    assert max(map(len, lines)) <= 100
    assert "rebuild" in lines[4]
    assert growth(rows).endswith("2,000 → 8,000 passages, times: ours 4.0 · tantivy 4.0")


def test_engines_are_compared_by_the_queries_that_both_were_asked() -> None:
    slow = Row("slow", 1_000, 1, 1, 1, 1, 1, (8, 4), 1, 1, 1, None, 1)
    fast = Row("fast", 1_000, 1, 1, 1, 1, 1, (2, 1, 9, 9, 9), 1, 1, 1, None, 1)
    assert (slow.times_of(fast), fast.times_of(slow)) == (4, 0.25)


def test_the_picture_draws_and_names_every_engine_within_its_frame() -> None:
    rows = [
        {"engine": engine, "passages": size, "times_ms": [size * cost]}
        for engine, cost in ((OURS, 1e-5), ("tantivy", 1.02e-5), ("a <slow> one", 2e-3))
        for size in (2_000, 100_000, 1_000_000)
    ]
    root = ElementTree.fromstring(drawn(medians(json.dumps({"rows": rows}))))
    texts = {element.text: element for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {OURS, "tantivy", "a <slow> one", "2,000", "1 million", "0.01 ms", "10 s"} <= set(texts)
    assert abs(float(texts[OURS].attrib["y"]) - float(texts["tantivy"].attrib["y"])) > 10
    width, height = map(int, root.attrib["viewBox"].split()[2:])
    for element in texts.values():
        assert 0 < float(element.attrib["x"]) < width
        assert 0 < float(element.attrib["y"]) < height


def test_an_archive_is_the_same_each_time_and_its_people_say_what_they_are_asked_about(tmp_path: Path) -> None:
    write(tmp_path / "news", 60)
    write(tmp_path / "again", 60)
    paths = sorted(path.relative_to(tmp_path / "news") for path in (tmp_path / "news").rglob("*.txt"))
    assert [(tmp_path / "again" / path).read_text() for path in paths] == [made.text for made in articles(60)]
    library = Library.open(tmp_path / "news")
    assert library.passage_count == 60
    asked = [question for question in questions(articles(60)) if question.kind == "a person"]
    assert len(asked) >= 3
    for question in asked:
        answer = library.ask(question.words)
        assert answer.answered
        assert answer.quotes[0].speaker == question.words.removeprefix("what did ").removesuffix(" say")


def test_people_of_an_archive_have_names_of_their_own() -> None:
    names = [name(number) for number in range(20_000)]
    assert len(set(names)) == len(names)
