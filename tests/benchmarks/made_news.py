"""A made-up archive of press releases: text of the corpora's words in documents with titles, by-lines and speakers.

A document is a file of a title, a by-line and ten paragraphs in the mean, each of a few sentences; in two paragraphs
of five somebody of the document's cast says something: in full with the office at first, by the last name after
that, or as a pronoun in the next sentence. A few people speak in many documents, most in a few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.corpora import COMMON, SEED, Corpus, MadeDocument

_FIRST = (
    "Ada Anna Ben Carl Clara Daniel Dora Edith Emil Erik Eva Felix Frida Georg Greta Hanna Hugo Ida Igor Jana Johan "
    "Julia Karin Klaus Lena Leo Lucas Maria Martin Mona Nils Nora Oscar Paula Peter Rosa Samuel Sofia Thomas Vera"
).split()
_STEMS = "Bar Cal Dor El Fen Gar Hol Iv Kar Lun Mar Nor Ol Pal Ros San Tor Ul Var Wes Yar Zel".split()
_MIDDLES = "an en er es in il om or ul un".split()
_ENDINGS = "berg dal ford gren holm ley man ner quist sen ton well".split()
_OFFICES = (
    "Minister of Science",
    "Director of the Harbour Institute",
    "President of the Transport Agency",
    "Professor at the Northern University",
    "Head of the Energy Council",
)
_SPEAKING, _DIRECT, _GOING_ON = 0.4, 0.4, 0.3
_SENTENCE = 17
_DOCUMENTS_A_PERSON = 3
_BY_FOLDER = 500


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says something in a document, and the content words of it."""

    name: str
    topic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A file: its path below the folder, its text, and who says what in it."""

    path: str
    text: str
    speeches: tuple[Speech, ...]


def name(number: int) -> str:
    """The name of the person of that number; among the first hundred thousand no two are alike."""
    rest, stem = divmod(number, len(_STEMS))
    rest, middle = divmod(rest, len(_MIDDLES))
    rest, ending = divmod(rest, len(_ENDINGS))
    first = _FIRST[(number + rest) % len(_FIRST)]
    return (
        f"{first} {_STEMS[stem]}{_MIDDLES[(middle + stem) % len(_MIDDLES)]}{_ENDINGS[(ending + stem) % len(_ENDINGS)]}"
    )


def articles(passages: int) -> Iterator[Article]:
    """An archive of so many paragraphs, the same each time."""
    for document in Corpus(passages).documents():
        yield article(document, max(5, passages // 10 // _DOCUMENTS_A_PERSON))


def article(document: MadeDocument, people: int) -> Article:
    """The document as a press release, in which some of so many people speak."""
    chance = random.Random(SEED * 10**9 + document.number)
    cast = [int(people * chance.random() ** 2) for _ in range(chance.randint(1, 4))]
    content = [term for terms in document.passages for term in terms if term not in _COMMON]
    title = " ".join(content[:6]).title() or "Report"
    introduced: set[int] = set()
    speeches: list[Speech] = []
    paragraphs = [title, f"By {name(chance.randrange(people))}"]
    for terms in document.passages:
        sentences = [terms[start : start + _SENTENCE] for start in range(0, len(terms), _SENTENCE)]
        written = [_capitalised(" ".join(words)) + "." for words in sentences]
        if chance.random() < _SPEAKING:
            person, place = chance.choice(cast), chance.randrange(len(sentences))
            written[place] = _said(sentences[place], person, person not in introduced, chance)
            if place + 1 < len(sentences) and chance.random() < _GOING_ON:
                written[place + 1] = f"He added that {' '.join(sentences[place + 1])}."
            introduced.add(person)
            speeches.append(Speech(name(person), tuple(word for word in sentences[place] if word not in _COMMON)))
        paragraphs.append(" ".join(written))
    path = f"{document.number // _BY_FOLDER:03}/release{document.number:06}.txt"
    return Article(path, "\n\n".join(paragraphs) + "\n", tuple(speeches))


def write(folder: Path, passages: int) -> None:
    """Fill `folder` with the archive."""
    for made in articles(passages):
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")


_COMMON = frozenset(COMMON)


def _said(words: list[str], person: int, is_new: bool, chance: random.Random) -> str:
    full = name(person)
    who = f"{full}, {_OFFICES[person % len(_OFFICES)]}," if is_new else full.split()[-1]
    if chance.random() < _DIRECT:
        speaker = who.removesuffix(",") if is_new else who
        return f"“{_capitalised(' '.join(words))},” said {speaker}."
    return f"{who} said that {' '.join(words)}."


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
