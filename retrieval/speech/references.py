"""Whom a subject means: a name, a pronoun or an office → the document's person or organisation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from retrieval import names
from retrieval.records import How
from retrieval.speech.capitals import is_organisation
from retrieval.speech.cast import Cast
from retrieval.speech.memory import Memory
from retrieval.speech.noun_phrases import Kind, Subject, texts
from retrieval.speech.sentence import Sentence
from retrieval.speech.tokens import Token
from retrieval.speech.word_classes import PERSONAL
from retrieval.titles import ROLE_NOUNS

PRONOUN_CONFIDENCE = 0.75
"""Read by hand, about one pronoun in six was tied to the wrong person, against one in twenty-five of the named."""
OFFICE_CONFIDENCE = 0.65
UNKNOWN_WORD_SURE = 0.9
"""How sure `Cast.resolve` is of a single word that it does not know."""
_OF_GROUPS = frozenset("it they".split())
_COMPANIES = dict.fromkeys(
    ("plc", "inc", "inc.", "ltd", "corp", "co", "llc", "group", "holdings", "corporation", "gmbh"), "company"
)
"""The last word of a company's name, by which "the company" means it."""


class Referents(NamedTuple):
    """Who is meant: names of the document, the nearest last; how sure; `how` says so where they were not named."""

    names: list[str]
    sure: float
    how: How | None

    @property
    def name(self) -> str:
        """The one who is named nearest to the verb."""
        return self.names[-1]


def inferred(name: str, sure: float = PRONOUN_CONFIDENCE) -> Referents:
    """Somebody who was not named where they speak."""
    return Referents([name], sure, How.INFERRED)


@dataclass(frozen=True, slots=True)
class References:
    """Ties subjects to the people and organisations of a document, in the order in which they are read."""

    cast: Cast
    memory: Memory

    def referents(self, sentence: Sentence, subject: Subject) -> Referents | None:
        """Whom `subject` means; None where nobody can be told."""
        if subject.kind is Kind.NAME:
            opens = subject.first == 0 and len(subject.name) == 1
            return None if opens and not self.cast.is_name(subject.name[0]) else self.named(sentence, subject)
        if subject.kind is Kind.PRONOUN:
            return self._by_pronoun(subject.name[0])
        if subject.kind is Kind.OFFICE:
            return self._by_surname(sentence, subject) or self._by_office(subject.name)
        return None

    def _by_surname(self, sentence: Sentence, subject: Subject) -> Referents | None:
        """ "King said": an office by the look of it, but somebody's last name, written as a name is."""
        token = sentence.tokens[subject.last]
        if len(subject.name) > 1 or not token.is_capital:
            return None
        name, sure = self.cast.resolve(token.text, token.start)
        return Referents([name], sure, None) if names.surname(name) == token.lower and " " in name else None

    def named(self, sentence: Sentence, subject: Subject) -> Referents:
        """Whom a name means, in the document's fullest form, with the one joined to it by "and"."""
        words = list(subject.name)
        if len(words) > 3 and not subject.is_organisation:
            # a place or a paper may stand before the name: "… United States Ann Lee"
            words = next((words[i:] for i in range(1, len(words) - 1) if self.cast.knows(words[i:])), words)
        name, sure = self.cast.resolve(" ".join(words), sentence.tokens[subject.first].start)
        if subject.is_organisation or sure == UNKNOWN_WORD_SURE:
            name = self.cast.organisation(name)
        return Referents([*self._joined(sentence.tokens, subject), name], sure, None)

    def _joined(self, tokens: list[Token], subject: Subject) -> list[str]:
        """ "Ann Lee and Bo Ek said": the other one."""
        joint = subject.first - 1
        if joint < 1 or subject.is_organisation or tokens[joint].lower != "and" or not tokens[joint - 1].is_capital:
            return []
        first = joint - 1
        while first > 0 and tokens[first - 1].is_capital:
            first -= 1
        run = list(texts(tokens, first, joint - 1))
        if len(run) < 2 or not self.cast.knows(run):
            return []
        return [self.cast.resolve(" ".join(run), tokens[first].start)[0]]

    def _by_pronoun(self, pronoun: str) -> Referents | None:
        self.memory.catch_up()
        if pronoun in PERSONAL:
            who = self.memory.person
        elif pronoun == "it":
            who = self.memory.organisation
        elif pronoun == "they":
            who = self.memory.organisation or self.memory.subject
        else:
            return None
        return None if who is None else inferred(who)

    def _by_office(self, words: tuple[str, ...]) -> Referents | None:
        self.memory.catch_up()
        head = words[-1].split("-")[-1]
        who = self.memory.offices.get(head) or self.cast.office(head) or self.cast.organisation_called(head)
        if who is None and (words[-1].endswith("-year-old") or words[-1] in {"man", "woman"}):
            who = self.memory.person
        return None if who is None else inferred(who, OFFICE_CONFIDENCE)

    def named_before(self, sentence: Sentence, pronoun: Subject) -> Referents | None:
        """The person who is the subject of the sentence that a pronoun stands in: nearer than any sentence before."""
        main = sentence.main
        if main is None or main.kind is not Kind.NAME or main.first >= pronoun.first or pronoun.name[0] not in PERSONAL:
            return None
        name = self.named(sentence, main).name
        return inferred(name) if self._is_person(name) else None

    def _is_person(self, name: str) -> bool:
        words = name.split()
        return not is_organisation(words) and (self.cast.knows(words) or not name.isupper())

    def role(self, sentence: Sentence, subject: Subject, name: str) -> str | None:
        """The role that stands beside `subject`, which `name` is given from now on."""
        if subject.role is None:
            return None
        role = " ".join(sentence.text[slice(*subject.role)].split())
        self.cast.give_role(name, role)
        return role

    def meet(self, sentence: Sentence, subject: Subject) -> None:
        """Keep a subject in mind for the pronouns and offices that follow, behind the sentences not read yet."""
        if self.memory.unread:
            self.memory.unread.append(partial(self._meet_now, sentence, subject))
        else:
            self._meet_now(sentence, subject)

    def pass_over(self, sentence: Sentence) -> None:
        """Leave a sentence that reports nothing unread, until a pronoun asks for its subject."""
        self.memory.unread.append(partial(self._read_subject, sentence))

    def _read_subject(self, sentence: Sentence) -> None:
        if sentence.main is not None:
            self._meet_now(sentence, sentence.main)

    def _meet_now(self, sentence: Sentence, subject: Subject) -> None:
        if subject.kind is not Kind.NAME:
            who = self.referents(sentence, subject)
            if who is not None and subject.name[0] not in _OF_GROUPS:
                self.memory.subject = who.names[0]
            return
        name = self.named(sentence, subject).name
        if subject.is_organisation or not self._is_person(name):
            self.memory.organisation = name
            self.memory.offices.update((_COMPANIES.get(word, word), name) for word in name.lower().split())
            return
        self.memory.subject = name
        role = self.role(sentence, subject, name) or self.cast.roles.get(name, "")
        heads = (word.strip(",.") for word in role.split(" of ")[0].lower().split())
        self.memory.offices.update((head, name) for head in heads if head in ROLE_NOUNS)
