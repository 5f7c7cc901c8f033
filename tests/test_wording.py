"""The wording: every language says everything, with the same things filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot.handlers.commands import MENU
from bot.handlers.owners import OWNER_MENU
from bot.wording import LANGUAGES, Phrase, wording_in
from retrieval.particles import refitted

FOLDER = Path(__file__).parent.parent / "bot" / "wording"
BOT = FOLDER.parent


def _forms(sentence: str | Mapping[str, str]) -> list[str]:
    """The sentence, or its forms for one and for others."""
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def _filled_in(sentence: str | Mapping[str, str]) -> set[str]:
    """What is filled in; the form for one may leave the count out."""
    names = [{name for _, name, _, _ in Formatter().parse(form) if name is not None} for form in _forms(sentence)]
    assert all(names[-1] - some <= {"count"} and some <= names[-1] for some in names), sentence
    return names[-1]


def test_every_file_is_a_language_and_every_language_a_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys_and_fill_in_the_same(language: str) -> None:
    english, other = wording_in("en"), wording_in(language)
    assert list(other.sentences) == list(english.sentences)
    assert len(other.months) == 12
    for key, sentence in other.sentences.items():
        assert _filled_in(sentence) == _filled_in(english.sentences[key]), key
        assert all(form.strip() == form != "" for form in _forms(sentence)), key
        if not isinstance(sentence, str):
            assert (list(sentence), "count" in _filled_in(sentence)) == (["one", "other"], True), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_defines_a_sentence_twice(language: str) -> None:
    lines = (FOLDER / f"{language}.yaml").read_text("utf-8").splitlines()
    keys = [line.partition(":")[0] for line in lines if re.match(r"\w+:", line)]
    assert len(keys) == len(set(keys)) == len(yaml.safe_load("\n".join(lines)))


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in BOT.rglob("*.py"))
    code += " ".join(
        f'"{kind}"' for kind in ("mention", "caption", "byline", "thanks", "goodbye")
    )  # said by their kind
    code += " ".join(f'"command_{name}"' for name in (*MENU, *OWNER_MENU))
    code += " ".join(f'"privacy_{name}"' for name in ("kept", "not_kept", "where"))
    assert [key for key in wording_in("en").sentences if f'"{key}"' not in code] == []


def test_what_is_filled_in_is_strong_and_never_read_as_a_pattern() -> None:
    assert wording_in("en").phrases("missing", words="{x}") == (
        Phrase("No document mentions "),
        Phrase("{x}", strong=True),
        Phrase("."),
    )


@pytest.mark.parametrize(
    ("code", "language"),
    [("ko", "ko"), ("ko-KR", "ko"), ("ko_KR.UTF-8", "ko"), ("KO", "ko"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_a_language_that_nobody_wrote_is_english(code: str | None, language: str) -> None:
    assert wording_in(code).language == language


@pytest.mark.parametrize(
    ("count", "english", "korean"),
    [
        (1, "1 question with its answer", "질문과 답 1건"),
        (0, "0 questions with their answers", "질문과 답 0건"),
        (1234, "1,234 questions with their answers", "질문과 답 1,234건"),
    ],
)
def test_each_language_counts_its_own_way(count: int, english: str, korean: str) -> None:
    assert wording_in("en").say("forgotten_answers", count=count) == english
    assert wording_in("ko").say("forgotten_answers", count=count) == korean


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("한바다", "한바다는 누구인가요?"),
        ("한바람", "한바람은 누구인가요?"),
        ("Ada Ferry", "Ada Ferry는 누구인가요?"),
        ("Tom Hill", "Tom Hill은 누구인가요?"),
        ("Lena Brandt", "Lena Brandt는 누구인가요?"),
        ("Kim Min-seok", "Kim Min-seok은 누구인가요?"),
        ("Han (R3)", "Han (R3)은 누구인가요?"),
        ("Han (R2)", "Han (R2)는 누구인가요?"),
        ("?", "?는 누구인가요?"),
    ],
)
def test_a_korean_particle_fits_the_name_before_it(name: str, asked: str) -> None:
    assert wording_in("ko").say("example_who", name=name) == asked


@pytest.mark.parametrize(
    ("name", "after", "refitted_to"),
    [
        ("한바다", "은 뭐라고", "는 뭐라고"),
        ("한바람", "는요?", "은요?"),
        ("한바다", "이 한 말", "가 한 말"),
        ("서울", "으로", "로"),
        ("한바다", "에게", "에게"),
        ("한바다", "은행", "은행"),
        ("Ann Lee", " says", " says"),
    ],
)
def test_a_particle_is_changed_to_fit_another_name_and_nothing_else_is(name: str, after: str, refitted_to: str) -> None:
    assert refitted(name, after) == refitted_to


def test_each_language_writes_dates_its_own_way() -> None:
    assert wording_in("en").date(dt.date(2022, 3, 21)) == "21 March 2022"
    assert wording_in("ko").date(dt.date(2022, 3, 21)) == "2022년 3월 21일"
