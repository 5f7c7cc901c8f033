"""The wording: every language says everything, with the same things filled in."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot.wording import LANGUAGES, Phrase, wording_in

FOLDER = Path(__file__).parent.parent / "bot" / "wording"
BOT = FOLDER.parent


def _filled_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_file_is_a_language_and_every_language_a_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys_and_fill_in_the_same(language: str) -> None:
    english, other = wording_in("en"), wording_in(language)
    assert list(other.sentences) == list(english.sentences)
    assert len(other.months) == 12
    for key, sentence in other.sentences.items():
        assert _filled_in(sentence) == _filled_in(english.sentences[key]), key
        assert sentence.strip() == sentence != "", key


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
    code += " ".join(f'"command_{name}"' for name in ("ask", "people", "sources", "help"))
    assert [key for key in wording_in("en").sentences if f'"{key}"' not in code] == []


def test_what_is_filled_in_is_strong_and_never_read_as_a_pattern() -> None:
    assert wording_in("en").phrases("missing", words="{x}") == (
        Phrase("No document mentions "),
        Phrase("{x}", strong=True),
        Phrase("."),
    )


@pytest.mark.parametrize(
    ("code", "language"), [("ko", "ko"), ("ko-KR", "ko"), ("KO", "ko"), ("de", "en"), ("", "en"), (None, "en")]
)
def test_a_language_that_nobody_wrote_is_english(code: str | None, language: str) -> None:
    assert wording_in(code).language == language


def test_each_language_writes_dates_its_own_way() -> None:
    assert wording_in("en").date(dt.date(2022, 3, 21)) == "21 March 2022"
    assert wording_in("ko").date(dt.date(2022, 3, 21)) == "2022년 3월 21일"
