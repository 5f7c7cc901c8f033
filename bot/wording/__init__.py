"""Every sentence the bot says in its own voice, one YAML file a language."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from string import Formatter

import yaml

from retrieval.particles import fitted

LANGUAGES = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a sentence; `strong` where it is filled in, so that it stands out."""

    text: str
    strong: bool = False


Sentence = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's sentences, by key; one that counts has a form for one and a form for others where they differ."""

    language: str
    sentences: Mapping[str, str | Mapping[str, str]]
    months: tuple[str, ...]

    def phrases(self, key: str, **values: str | int) -> Sentence:
        """The sentence called `key` with `values` filled in, each as a strong phrase.

        Whole numbers get the language's separators; `count` chooses the form, the end of a value its Korean particle.
        """
        sentence = self.sentences[key]
        if not isinstance(sentence, str):
            sentence = sentence["one" if values["count"] == 1 else "other"]
        phrases: list[Phrase] = []
        for text, name, _, _ in Formatter().parse(sentence):
            if text:
                phrases.append(Phrase(fitted(phrases[-1].text, text) if phrases else text))
            if name is not None:
                phrases.append(Phrase(_written(values[name]), strong=True))
        return tuple(phrases)

    def say(self, key: str, **values: str | int) -> str:
        """The sentence called `key` as plain text."""
        return "".join(phrase.text for phrase in self.phrases(key, **values))

    def date(self, date: dt.date) -> str:
        """The date as the language writes it: 21 March 2022, 2022년 3월 21일."""
        return self.say("date", day=str(date.day), month=self.months[date.month - 1], year=str(date.year))


def _written(value: str | int) -> str:
    return value if isinstance(value, str) else f"{value:,}"


@functools.cache
def wording_in(language: str | None) -> Wording:
    """The wording in `language`, a code like "ko", "ko-KR" or "ko_KR.UTF-8"; English where there is none in it."""
    known = re.split(r"[-_.@]", (language or "").lower(), maxsplit=1)[0]
    name = known if known in LANGUAGES else LANGUAGES[0]
    sentences = yaml.safe_load(resources.files(__name__).joinpath(f"{name}.yaml").read_text("utf-8"))
    months = tuple(sentences.pop("months"))
    return Wording(name, sentences, months)
