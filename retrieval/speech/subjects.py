"""Who stands as the subject of a reporting verb: a name, a pronoun, an office, through all that comes between."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from retrieval.speech.cast import is_leader, is_organisation, is_title
from retrieval.speech.cues import ADVERBS, AUXILIARIES, CUES, HEARS, NEGATIONS
from retrieval.speech.tokens import Token
from retrieval.titles import ORGANISATION_WORDS, ROLE_NOUNS, is_role_noun
from retrieval.words import is_function_word

FARTHEST = 45
"""Tokens between a name and its verb; an apposition is rarely longer."""
_LINKS = frozenset("of for and on in to at the & with de".split())
_PREPOSITIONS = frozenset("of for from in at with on by to about under near outside behind inside".split())
_DETERMINERS = frozenset("the a an one another his her their its this that our some two three several many".split())
_PRONOUNS = frozenset("he she they it i we you".split())
_OPENS_APPOSITION = frozenset(
    "a an the who whose whom which now then formerly currently one also both of at from in".split()
)


class Kind(Enum):
    """How the subject is given."""

    NAME = "name"
    PRONOUN = "pronoun"
    OFFICE = "office"
    SAME = "same"  # the subject of the verb before, or of the sentence
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb: tokens `first` to `last`, its text where it is a name, and the role beside it."""

    kind: Kind
    first: int
    last: int
    name: tuple[str, ...] = ()
    role: tuple[int, int] | None = None  # offsets in the document
    is_organisation: bool = False


NOBODY = Subject(Kind.UNKNOWN, 0, 0)


def before_verb(tokens: list[Token], verb: int) -> Subject | None:
    """The subject to the left of the verb at `verb`; None where the verb does not report (negated, passive, infinitive)."""
    at = verb - 1
    gerund = tokens[verb].lower.endswith("ing")
    if at >= 1 and tokens[at].lower == "as" and tokens[at - 1].lower in {"quoted", "cited", "reported"}:
        at -= 2
        gerund = True
    if tokens[verb].lower == "saying" and at >= 1 and tokens[at].lower == "as":
        quoted = next((i for i in range(at, max(-1, at - 12), -1) if tokens[i].lower in {"quoted", "cited"}), None)
        if quoted is not None:
            at, gerund = quoted - 1, True
    hearer = helped = False
    while (
        at >= 0
        and tokens[at].kind not in {"mark", "capital"}
        and (
            (low := tokens[at].lower) in AUXILIARIES
            or low in ADVERBS
            or low in HEARS
            or low in NEGATIONS
            or _is_adverb(tokens[at])
        )
    ):
        if low in NEGATIONS or low.endswith("n't"):
            return None
        hearer |= low in HEARS
        helped |= low in AUXILIARIES
        at -= 1
    if hearer and not gerund:
        return None
    if at < 0:
        return Subject(Kind.SAME, verb, verb) if gerund else None
    return _ending_at(tokens, at, verb, participle=gerund and not hearer and not helped)


def after_verb(tokens: list[Token], verb: int) -> Subject:
    """The subject to the right of an inverted verb: "said Ann Lee", "said the party's leader, Ann Lee"."""
    at, stop = verb + 1, min(len(tokens), verb + 14)
    first = at
    while at < stop and (tokens[at].lower in _DETERMINERS or _goes_before_name(tokens, at)):
        at += 1
    if at < stop and tokens[at].lower in _PRONOUNS - {"i", "we", "you"} and at == first:
        return Subject(Kind.PRONOUN, at, at, (tokens[at].lower,))
    while at < stop and tokens[at].is_capital and not tokens[at].is_possessive:
        _, last = _run_from(tokens, at)
        if tokens[last].is_possessive and last + 1 < stop:
            at = last + 1
            while at < stop and _goes_before_name(tokens, at):
                at += 1
            if at >= stop or not tokens[at].is_capital:
                return _office_or_later_name(tokens, first, at, stop)
            continue
        further = last + 1  # "Ravens manager Ann Lee": the name stands behind the office
        while (
            further < stop
            and tokens[further].kind == "word"
            and not is_function_word(tokens[further].text)
            and tokens[further].lower not in _PREPOSITIONS
        ):
            further += 1
        if last + 1 < further < stop and is_role_noun(tokens[further - 1].lower) and tokens[further].is_capital:
            at = further
            continue
        if last + 1 < further < stop and tokens[further].text == "," and is_role_noun(tokens[further - 1].lower):
            return _office_or_later_name(tokens, first, further, stop)
        if last + 1 < further and tokens[last + 1].lower.endswith("s") and is_role_noun(tokens[last + 1].lower[:-1]):
            return Subject(Kind.UNKNOWN, first, further - 1)  # "American officials"
        return _named(tokens, *_run_from(tokens, at), first)
    return _office_or_later_name(tokens, first, at, stop)


def _office_or_later_name(tokens: list[Token], first: int, at: int, stop: int) -> Subject:
    """ "said the chairman of the Federal Reserve, Jerome Powell": the name stands behind the comma."""
    end = at
    while end < stop and tokens[end].is_word:
        end += 1
    if end + 1 < stop and tokens[end].text == "," and tokens[end + 1].is_capital:
        run = _run_from(tokens, end + 1)
        if not is_leader(tokens[end + 1].text) and (run[1] + 1 >= len(tokens) or not tokens[run[1] + 1].is_word):
            return _named(tokens, *run, first)
    if at > first and tokens[first].lower == "the":
        return Subject(Kind.OFFICE, first, at - 1, tuple(token.lower for token in tokens[first:at]))
    return Subject(Kind.UNKNOWN, first, max(first, at - 1))


def _goes_before_name(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.is_possessive:
        return True
    return token.kind in {"word", "number"} and not is_function_word(token.text) and token.lower not in _PREPOSITIONS


def _is_adverb(token: Token) -> bool:
    return token.kind == "word" and token.text.endswith("ly") and len(token.text) > 4


def _ending_at(tokens: list[Token], at: int, verb: int, *, participle: bool) -> Subject | None:
    token = tokens[at]
    low = token.lower
    if low == "to":
        return _through_infinitive(tokens, at)
    if low in _PRONOUNS and token.text != "IT":
        return Subject(Kind.PRONOUN, at, at, (low,))
    if token.is_capital and not token.is_possessive and not (at == 0 and is_leader(token.text)):
        return _at_name(tokens, at)
    if low in {"and", "but", "then", "or"} or (
        participle
        and (token.text == "," or token.kind in {"quote", "dash"} or low in {"while", "before", "by", "after"})
    ):
        return Subject(Kind.SAME, verb, verb)
    if low == "who":
        return _antecedent(tokens, at)
    if token.text in {",", ")", "—", "–", "--", "-"}:
        return _over_apposition(tokens, at)
    if token.kind in {"word", "number"}:
        return _office(tokens, at)
    return None


def _antecedent(tokens: list[Token], who: int) -> Subject:
    """ "Mr Lee, of 4 Elm Row, who said": the name that a relative clause hangs on."""
    before = who - 1 - (tokens[who - 1].text == "," if who else 0)
    if before < 0:
        return Subject(Kind.UNKNOWN, who, who)
    if tokens[before].is_capital and not tokens[before].is_possessive:
        subject = _at_name(tokens, before)
        placed = subject.first > 0 and (
            tokens[subject.first - 1].kind == "number" or tokens[subject.first - 1].lower in _PREPOSITIONS
        )
        if not placed:
            return subject
    return (_over_apposition(tokens, who - 1) if tokens[who - 1].text == "," else None) or Subject(
        Kind.UNKNOWN, who, who
    )


def _through_infinitive(tokens: list[Token], at: int) -> Subject | None:
    """ "went on to say", "continued to insist" report; "declined to say", "wanted to tell" do not."""
    if at >= 2 and tokens[at - 1].lower == "on" and tokens[at - 2].lower in {"went", "goes", "go", "going"}:
        return before_verb(tokens, at - 2)
    if at >= 1 and tokens[at - 1].lower in {"continued", "continues", "appeared", "seemed"}:
        return before_verb(tokens, at - 1)
    return None


def _at_name(tokens: list[Token], at: int) -> Subject:
    """The name whose last word stands at `at`; through "of …" to the head of the phrase."""
    first = _run_back(tokens, at)
    before = _before_adjectives(tokens, first)
    if before < 0:
        return _named(tokens, first, at, first)
    low = tokens[before].lower
    if low in {"a", "an", "another", "every"} and not is_role_noun(tokens[first - 1].lower):
        return Subject(Kind.UNKNOWN, before, at)  # "a Republican": names take no article
    if low in _LINKS:
        if (organisation := _organisation_back(tokens, first, at)) is not None:
            named = organisation + (tokens[organisation].lower == "the")
            return Subject(Kind.NAME, organisation, at, _texts(tokens, named, at), None, is_organisation=True)
        if low == "and" and before and tokens[before - 1].is_capital:
            return _named(tokens, first, at, first)
    if low == "the" and before:
        before -= 1
    if tokens[before].lower in _PREPOSITIONS:
        return _behind_preposition(tokens, first, at, before)
    return _named(tokens, first, at, first)


def _before_adjectives(tokens: list[Token], first: int) -> int:
    """What stands before a name and up to two words that only colour it: "of neighbouring Hale", "the late Ann Lee"."""
    before = first - 1
    for _ in range(2):
        coloured = before >= 1 and tokens[before].kind == "word" and not is_function_word(tokens[before].text)
        if not coloured or is_role_noun(tokens[before].lower) or tokens[before - 1].lower not in _PREPOSITIONS | {"the", "a", "an"}:
            break
        before -= 1
    return before


def _behind_preposition(tokens: list[Token], first: int, at: int, preposition: int) -> Subject:
    """A name behind "of", "for", "in": its head speaks, if that is a name; nobody, where the name is only a place or time."""
    head = preposition - 1
    if head >= 0 and tokens[head].is_capital and not tokens[head].is_possessive:
        return _titled(tokens, first, at, head) if is_title(tokens[head].text) else _at_name(tokens, head)
    if is_leader(tokens[first].text) and first < at:
        return _named(tokens, first, at, first)  # "In March Lee said"
    return Subject(Kind.UNKNOWN, max(0, head), at)


def _titled(tokens: list[Token], first: int, at: int, head: int) -> Subject:
    """ "Ambassador to the United States Hamdullah Mohib": the run's last two words, where it is long enough to hold a place too."""
    if at - first >= 2:
        return Subject(Kind.NAME, head, at, _texts(tokens, at - 1, at), (tokens[head].start, tokens[at - 2].end))
    return Subject(Kind.UNKNOWN, head, at)


def _organisation_back(tokens: list[Token], first: int, at: int) -> int | None:
    """Where an organisation's name of several runs begins ("Ministry of Science and ICT"); None where it is none."""
    start, reach = first, max(0, first - 12)
    while start - 2 >= reach:
        linked = start - 1
        while linked >= reach and tokens[linked].lower in _LINKS:
            linked -= 1
        if linked == start - 1 or not tokens[linked].is_capital or tokens[linked].is_possessive:
            break
        start = _run_back(tokens, linked)
    words = [token.text for token in tokens[start : at + 1]]
    heads = [token.text for token in tokens[start:first] if token.is_capital]
    return start if start < first and is_organisation(heads) and not is_title(words[0]) else None


def _run_back(tokens: list[Token], at: int) -> int:
    first = at
    while first > 0:
        before = tokens[first - 1]
        if before.is_capital and not before.is_possessive:
            first -= 1
        elif (joined := _over_particles(tokens, first - 1)) is not None:
            first = joined
        elif before.text == "." and first > 1 and is_title(tokens[first - 2].text):
            first -= 2
        else:
            break
    return first


def _over_particles(tokens: list[Token], at: int) -> int | None:
    """The capital before up to three particles that end at `at` ("van der"); None where there is none."""
    start = at
    while start >= 0 and at - start < 3 and tokens[start].is_particle:
        start -= 1
    return start if 0 <= start < at and tokens[start].is_capital and not tokens[start].is_possessive else None


def _run_from(tokens: list[Token], at: int) -> tuple[int, int]:
    last = at
    while last + 1 < len(tokens) and not tokens[last].is_possessive:
        after = tokens[last + 1]
        if after.is_capital:
            last += 1
        elif (
            last + 2 < len(tokens)
            and tokens[last + 2].is_capital
            and (
                after.is_particle
                or (after.lower in {"of", "for", "and", "&"} and is_organisation(_texts(tokens, at, last)))
            )
        ):
            last += 2
        else:
            break
    return at, last


def _particles_to(tokens: list[Token], at: int) -> int | None:
    """The capital behind up to three particles that begin at `at`."""
    end = at
    while end < len(tokens) and end - at < 3 and tokens[end].is_particle:
        end += 1
    return end if end < len(tokens) and tokens[end].is_capital else None


def _texts(tokens: list[Token], first: int, last: int) -> tuple[str, ...]:
    return tuple(token.text for token in tokens[first : last + 1])


def _named(
    tokens: list[Token],
    first: int,
    last: int,
    phrase: int,
    known: tuple[int, int] | None = None,
    edge: int | None = None,
) -> Subject:
    """A run of capitals as a subject: titles and leading words apart, the title (and what stands before it) as the role."""
    words = _texts(tokens, first, last)
    start = 0
    while start < len(words) - 1 and (
        words[start].lower() == "the"
        or is_leader(words[start])
        or (first + start == 0 and is_function_word(words[start]))
    ):
        start += 1
    organisation = is_organisation(words[start:])
    title = -1 if organisation else max((i for i in range(start, len(words)) if is_title(words[i])), default=-1)
    name = words[max(start, title + 1) :]
    role = None
    after, end = _role_after(tokens, last)
    if title >= start and name:
        role = (tokens[first + start].start, tokens[first + title].end)
    elif not organisation and start == 0 and first and is_role_noun(tokens[first - 1].lower):
        phrase = _lower_title(tokens, phrase, first)
        role = _lower_role(tokens, phrase, first)
    if not name:
        return Subject(Kind.OFFICE, first, last, tuple(word.lower() for word in words[start:]))
    if len(name) == 1 and not organisation and is_leader(name[0]):
        return Subject(Kind.UNKNOWN, first, last)
    begins = min(first, phrase) if edge is None else edge
    return Subject(Kind.NAME, begins, end, name, known or after or role, organisation)


def _lower_title(tokens: list[Token], phrase: int, first: int) -> int:
    """Where the words in lower case begin that stand before a name as its title: "the club's head gardener Ann Lee"."""
    start = first
    while (
        start > 0
        and first - start < 7
        and tokens[start - 1].is_word
        and (
            start - 1 >= phrase
            or not is_function_word(tokens[start - 1].text)
            or tokens[start - 1].lower in _DETERMINERS
        )
    ):
        if tokens[start - 1].lower in _PREPOSITIONS or tokens[start - 1].lower in CUES:
            break
        start -= 1
        if tokens[start].lower in _DETERMINERS:
            break
    return min(phrase, start) if start < first else phrase


def _lower_role(tokens: list[Token], phrase: int, first: int) -> tuple[int, int] | None:
    start = phrase + (tokens[phrase].lower in _DETERMINERS)
    held = any(is_role_noun(tokens[i].lower) for i in range(start, first))
    return (tokens[start].start, tokens[first - 1].end) if held else None


def _role_after(tokens: list[Token], last: int) -> tuple[tuple[int, int] | None, int]:
    """The apposition behind a name, ", Director of the Centre,": its span without the article, and its last token."""
    if last + 2 >= len(tokens) or tokens[last + 1].text not in {",", "("}:
        return None, last
    start = last + 2
    closing = {"(": {")"}, ",": {","}}[tokens[last + 1].text]
    if tokens[start].kind == "number" and start + 1 < len(tokens) and tokens[start + 1].text == ",":
        start += 2  # an age
    if start < len(tokens) and tokens[start].lower in {"the", "a", "an"}:
        start += 1
    end = start
    while end < len(tokens) and end - start < FARTHEST and tokens[end].is_word and tokens[end].lower != "who":
        end += 1
    if end == start or not any(_is_role(token) for token in tokens[start:end]):
        return None, last
    if (
        end < len(tokens)
        and tokens[end].text not in closing | {".", ";", ","}
        and tokens[end].kind != "quote"
        and tokens[end].lower != "who"
    ):
        return None, last
    return (tokens[start].start, tokens[end - 1].end), end


def _is_role(token: Token) -> bool:
    return any(is_role_noun(part) for part in token.lower.split("-"))


def _over_apposition(tokens: list[Token], at: int) -> Subject | None:
    """From a comma or bracket before the verb back to the name that the apposition belongs to."""
    if tokens[at].text == ")":
        opened = at
        while opened > 0 and tokens[opened].text != "(":
            opened -= 1
        if opened > 0 and tokens[opened - 1].is_capital:
            return _at_name(tokens, opened - 1)
        return _over_apposition(tokens, opened - 1) if opened > 0 and tokens[opened - 1].text == "," else None
    if at and tokens[at].text == "," and tokens[at - 1].is_capital and not tokens[at - 1].is_possessive:
        placed = _at_name(tokens, at - 1)  # "Ann Lee of the Food Board, says"
        opens = placed.first == 0 or tokens[placed.first - 1].text == ","
        if placed.kind is Kind.NAME and placed.last < at - 1 and opens:
            return placed
    comma = at - 1
    farthest = max(1, at - FARTHEST)
    while comma >= farthest:
        if tokens[comma].text in {",", "—", "–", "--", "-", "("} or tokens[comma].lower == "who":
            if (subject := _apposed(tokens, comma, at)) is not None:
                return subject
        if tokens[comma].kind == "quote" or tokens[comma].text in {";", ":"}:
            return None
        comma -= 1
    return None


def _apposed(tokens: list[Token], comma: int, at: int) -> Subject | None:
    """The name before `comma`, if what stands between it and `at` describes a person."""
    inside = tokens[comma + 1 : at]
    if not inside:
        return None
    if (
        all(token.is_capital or token.is_particle for token in inside)
        and len(inside) >= 2
        and not is_organisation([t.text for t in inside])
        and tokens[comma].text == ","
    ):
        phrase = _office_start(tokens, comma)
        if phrase is not None:
            return _named(tokens, comma + 1, at - 1, comma + 1, (tokens[phrase].start, tokens[comma - 1].end), phrase)
    name_end = comma - 1
    while name_end > 0 and tokens[name_end].text in {")", ","}:
        if tokens[name_end].text == ")":
            while name_end > 0 and tokens[name_end].text != "(":
                name_end -= 1
        name_end -= 1
    if name_end < 0 or not tokens[name_end].is_capital or tokens[name_end].is_possessive:
        return None
    if tokens[comma].lower == "who":
        inside = tokens[comma:at]
    described = _describes(inside)
    state = not described and all(token.is_capital for token in inside) and len(inside) <= 3  # "of Dublin, Ohio,"
    if not state and not described:
        return None
    subject = _at_name(tokens, name_end)
    if subject.kind is not Kind.NAME or (name_end == 0 and is_leader(tokens[0].text)):
        return None
    if state and subject.last >= name_end:
        return None
    before = subject.first - 1
    while before > 0 and tokens[before].lower in _DETERMINERS:
        before -= 1
    if before >= 0 and tokens[before].lower in _PREPOSITIONS and not _head_ok(tokens, before):
        return None
    return Subject(
        Kind.NAME,
        subject.first,
        at,
        subject.name,
        _role_after(tokens, name_end)[0] or subject.role,
        subject.is_organisation,
    )


def _office_start(tokens: list[Token], comma: int) -> int | None:
    """Where "a spokesman for the board" begins before ", Ann Lee, said"; None where no office stands there."""
    start = comma
    while start > 0 and comma - start < 20 and (tokens[start - 1].is_word or tokens[start - 1].text == ")"):
        start -= 1
        while tokens[start].text == ")" and start > 0:
            start -= 1
            while start > 0 and tokens[start].text != "(":
                start -= 1
            start -= 1
        if tokens[start].lower in _DETERMINERS - {"the"} or (
            tokens[start].lower == "the" and start + 1 < comma and start > 0 and not tokens[start - 1].is_word
        ):
            break
    if start > 0 and tokens[start - 1].lower in _PREPOSITIONS:
        return None  # "with his sister, Ann Lee, said"
    held = [i for i in range(start, comma) if is_role_noun(tokens[i].lower)]
    return start + (tokens[start].lower in _DETERMINERS) if held else None


def _head_ok(tokens: list[Token], preposition: int) -> bool:
    """ "In Washington, a senator, said": a name behind a preposition is no subject, unless the sentence opens with it and a clause."""
    return preposition > 0 and tokens[preposition - 1].text == ","


def _describes(inside: list[Token]) -> bool:
    first = inside[0]
    if first.lower in _OPENS_APPOSITION or first.kind == "number" or first.text == "(":
        return True
    if first.kind == "word" and first.lower.endswith(("ing", "ed")):
        return True  # ", reading from his notes,", ", flanked by aides,"
    return any(_is_role(token) for token in inside[:8]) or first.lower in {"jr", "sr", "jr.", "sr."}


def _office(tokens: list[Token], at: int) -> Subject | None:
    """A descriptive subject: "the minister", "officials", "a spokesman for the company"."""
    first = at
    while first > 0 and at - first < 8 and tokens[first - 1].is_word and tokens[first].lower not in _DETERMINERS:
        first -= 1
    words = tuple(token.lower for token in tokens[first : at + 1])
    if words[0] in _DETERMINERS and not any(word in _PREPOSITIONS for word in words):
        return Subject(Kind.OFFICE if words[0] == "the" else Kind.UNKNOWN, first, at, words)
    head = next((i for i in range(at, max(-1, at - 10), -1) if tokens[i].lower in _PREPOSITIONS), None)
    if head is not None and head > 0:
        return Subject(Kind.UNKNOWN, max(0, head - 2), at)
    return (
        Subject(Kind.UNKNOWN, at, at)
        if words[-1] in ROLE_NOUNS or words[-1].rstrip("s") in ROLE_NOUNS | ORGANISATION_WORDS or first == 0
        else None
    )
