"""Examples: made from the folder, answered by it, each showing another ability."""

from __future__ import annotations

from pathlib import Path

import pytest
from canned import CannedLibrary, refused

from bot.examples import MOST_TRIED, find_examples
from bot.wording import wording_in
from retrieval import Library

FOLDER = Path(__file__).parent / "cases" / "conversations" / "folder"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(FOLDER, clock=lambda: 0.0)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_example_is_answered_on_its_own(library: Library, language: str) -> None:
    examples = find_examples(library, wording_in(language))
    assert len(examples) >= 4
    assert len({example.label for example in examples}) == len(examples)
    for example in examples:
        answer = library.ask(example.question)
        assert answer.answered, example
        assert not answer.missing, example


def test_they_show_different_abilities_the_first_three_the_ways_to_ask_about_speech(library: Library) -> None:
    said, follow_up, *others = (example.label for example in find_examples(library, wording_in("en"), 9))
    assert said.startswith("what did ")
    assert follow_up.startswith("and ")
    for beginning in ("who said “", "what did ", "who is ", "what is said in “"):
        assert any(label.startswith(beginning) for label in others), beginning


def test_a_follow_up_reads_as_it_is_typed_and_asks_what_it_stands_for(library: Library) -> None:
    said, follow_up, *_ = find_examples(library, wording_in("en"))
    typed = library.ask(follow_up.label, (library.ask(said.question).as_turn(),))
    assert typed.understood == follow_up.question != follow_up.label
    assert typed.quotes == library.ask(follow_up.question).quotes


def test_korean_readers_get_korean_names_with_their_particles(library: Library) -> None:
    labels = [example.label for example in find_examples(library, wording_in("ko"), 9)]
    assert labels[:2] == ["표유라는 심야버스에 대해 뭐라고 말했나요?", "그럼 곽태오는?"]
    assert not any("(" in label for label in labels)


def test_a_folder_that_answers_nothing_has_no_examples_and_is_not_asked_for_ever() -> None:
    library = CannedLibrary(lambda *_: refused())
    assert find_examples(library, wording_in("en")) == ()  # type: ignore[arg-type]
    assert len(library.asked) <= MOST_TRIED


def test_where_nobody_speaks_titles_are_examples(tmp_path: Path) -> None:
    (tmp_path / "pier.md").write_text("# The old pier\n\nThe old pier was built in 1902 and is closed.\n", "utf-8")
    (example,) = find_examples(Library.open(tmp_path), wording_in("en"))
    assert example.label == "what is said in “The old pier”"
