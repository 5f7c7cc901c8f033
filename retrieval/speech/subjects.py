"""Who stands as the subject of a reporting verb: a name, a pronoun, an office, through all that comes between."""

from __future__ import annotations

from retrieval.speech.apposition import over_apposition
from retrieval.speech.capitals import is_leader
from retrieval.speech.cues import ADVERBS, AUXILIARIES, HEARS, NEGATIONS
from retrieval.speech.noun_phrases import Kind, Subject, name_ending_at, named, run_end
from retrieval.speech.tokens import Token
from retrieval.speech.word_classes import BREAKS, DETERMINERS, PREPOSITIONS, PRONOUNS, THIRD
from retrieval.titles import ORGANISATION_WORDS, ROLE_NOUNS, is_role_noun
from retrieval.words import is_function_word

FARTHEST_INVERTED = 14
"""Tokens behind an inverted verb within which its subject begins."""
LONGEST_OFFICE = 8
"""Tokens of "the minister for sport and culture" that are read as one phrase."""
_BESIDE_VERB = AUXILIARIES | ADVERBS | HEARS | NEGATIONS
_QUOTED = frozenset("quoted cited".split())
_FARTHEST_QUOTED = 12
_JOINS_VERBS = frozenset("and but then or".split())
_BEFORE_PARTICIPLE = frozenset("while before by after".split())
_GOES_ON = frozenset("went goes go going".split())
_CONTINUES = frozenset("continued continues appeared seemed".split())


def before_verb(tokens: list[Token], verb: int) -> Subject | None:
    """The subject left of the verb at `verb`; None where the verb reports nothing (negated, passive, infinitive)."""
    at, participle = _behind_quoted_as(tokens, verb)
    passed = _over_auxiliaries(tokens, at)
    if passed is None:
        return None
    at, words = passed
    hears = not words.isdisjoint(HEARS)
    if hears and not participle:
        return None
    if at < 0:
        return Subject(Kind.SAME, verb, verb) if participle else None
    bare = participle and not hears and words.isdisjoint(AUXILIARIES)
    return _ending_at(tokens, at, verb, participle=bare)


def _behind_quoted_as(tokens: list[Token], verb: int) -> tuple[int, bool]:
    """Where the search for a subject begins, and whether the verb is a participle; "was quoted as saying" reports."""
    at, participle = verb - 1, tokens[verb].lower.endswith("ing")
    if at >= 1 and tokens[at].lower == "as" and tokens[at - 1].lower in _QUOTED | {"reported"}:
        at, participle = at - 2, True
    if at >= 1 and tokens[at].lower == "as" and tokens[verb].lower == "saying":
        for quoted in range(at, max(-1, at - _FARTHEST_QUOTED), -1):
            if tokens[quoted].lower in _QUOTED:
                return quoted - 1, True
    return at, participle


def _over_auxiliaries(tokens: list[Token], at: int) -> tuple[int, set[str]] | None:
    """What stands left of the words that go with a verb, and those words; None where one of them denies it."""
    words: set[str] = set()
    while at >= 0 and tokens[at].kind not in {"mark", "capital"}:
        low = tokens[at].lower
        if low not in _BESIDE_VERB and not _is_adverb(tokens[at]):
            break
        if low in NEGATIONS or low.endswith("n't"):
            return None
        words.add(low)
        at -= 1
    return at, words


def _is_adverb(token: Token) -> bool:
    return token.kind == "word" and token.text.endswith("ly") and len(token.text) > 4


def _ending_at(tokens: list[Token], at: int, verb: int, *, participle: bool) -> Subject | None:
    token = tokens[at]
    low = token.lower
    if low == "to":
        return _through_infinitive(tokens, at)
    if low in PRONOUNS and token.text != "IT":
        return Subject(Kind.PRONOUN, at, at, (low,))
    if token.is_capital and not token.is_possessive and not (at == 0 and is_leader(token.text)):
        return name_ending_at(tokens, at)
    if low in _JOINS_VERBS or (participle and _precedes_participle(token)):
        return Subject(Kind.SAME, verb, verb)
    if low == "who":
        return _antecedent(tokens, at)
    if token.text in BREAKS or token.text == ")":
        return over_apposition(tokens, at)
    return _office(tokens, at) if token.kind in {"word", "number"} else None


def _precedes_participle(token: Token) -> bool:
    return token.text == "," or token.kind in {"quote", "dash"} or token.lower in _BEFORE_PARTICIPLE


def _antecedent(tokens: list[Token], who: int) -> Subject:
    """ "Mr Lee, of 4 Elm Row, who said": the name that a relative clause hangs on."""
    behind_comma = who > 0 and tokens[who - 1].text == ","
    before = who - 1 - behind_comma
    if before < 0:
        return Subject(Kind.UNKNOWN, who, who)
    if tokens[before].is_capital and not tokens[before].is_possessive:
        subject = name_ending_at(tokens, before)
        if subject.first == 0 or not _is_address(tokens[subject.first - 1]):
            return subject
    held = over_apposition(tokens, who - 1) if behind_comma else None
    return held or Subject(Kind.UNKNOWN, who, who)


def _is_address(before: Token) -> bool:
    return before.kind == "number" or before.lower in PREPOSITIONS


def _through_infinitive(tokens: list[Token], at: int) -> Subject | None:
    """ "went on to say", "continued to insist" report; "declined to say", "wanted to tell" do not."""
    if at >= 2 and tokens[at - 1].lower == "on" and tokens[at - 2].lower in _GOES_ON:
        return before_verb(tokens, at - 2)
    if at >= 1 and tokens[at - 1].lower in _CONTINUES:
        return before_verb(tokens, at - 1)
    return None


def _office(tokens: list[Token], at: int) -> Subject | None:
    """A descriptive subject: "the minister", "officials", "a spokesman for the company"."""
    first = at
    while (
        first > 0
        and at - first < LONGEST_OFFICE
        and tokens[first - 1].is_word
        and tokens[first].lower not in DETERMINERS
    ):
        first -= 1
    words = tuple(token.lower for token in tokens[first : at + 1])
    if words[0] in DETERMINERS and PREPOSITIONS.isdisjoint(words):
        return Subject(Kind.OFFICE if words[0] == "the" else Kind.UNKNOWN, first, at, words)
    head = next((i for i in range(at, max(-1, at - 10), -1) if tokens[i].lower in PREPOSITIONS), None)
    if head:
        return Subject(Kind.UNKNOWN, max(0, head - 2), at)
    return Subject(Kind.UNKNOWN, at, at) if first == 0 or _is_person_or_body(words[-1]) else None


def _is_person_or_body(word: str) -> bool:
    one = word.rstrip("s")
    return word in ROLE_NOUNS or one in ROLE_NOUNS or one in ORGANISATION_WORDS


def after_verb(tokens: list[Token], verb: int) -> Subject:
    """The subject to the right of an inverted verb: "said Ann Lee", "said the party's leader, Ann Lee"."""
    first = at = verb + 1
    stop = min(len(tokens), verb + FARTHEST_INVERTED)
    while at < stop and (tokens[at].lower in DETERMINERS or _goes_before_name(tokens[at])):
        at += 1
    if first == at < stop and tokens[at].lower in THIRD:
        return Subject(Kind.PRONOUN, at, at, (tokens[at].lower,))
    while at < stop and tokens[at].is_capital and not tokens[at].is_possessive:
        last = run_end(tokens, at)
        if tokens[last].is_possessive and last + 1 < stop:
            at = _over_words_before_name(tokens, last + 1, stop)
            if at >= stop or not tokens[at].is_capital:
                break
            continue
        behind = _over_nouns(tokens, last + 1, stop)
        has_office = last + 1 < behind < stop and is_role_noun(tokens[behind - 1].lower)
        if has_office and (tokens[behind].is_capital or tokens[behind].text == ","):
            at = behind  # "Ravens manager Ann Lee": the name stands behind the office
            continue
        if last + 1 < behind and tokens[last + 1].lower.endswith("s") and is_role_noun(tokens[last + 1].lower[:-1]):
            return Subject(Kind.UNKNOWN, first, behind - 1)  # "American officials"
        if last + 1 < behind and tokens[first].lower in {"a", "an"} and first < at:
            return Subject(Kind.UNKNOWN, first, behind - 1)  # "an Internet posting"
        return named(tokens, at, last, first)
    return _office_or_later_name(tokens, first, at, stop)


def _over_words_before_name(tokens: list[Token], at: int, stop: int) -> int:
    while at < stop and _goes_before_name(tokens[at]):
        at += 1
    return at


def _goes_before_name(token: Token) -> bool:
    if token.is_possessive:
        return True
    return token.kind in {"word", "number"} and not is_function_word(token.text) and token.lower not in PREPOSITIONS


def _over_nouns(tokens: list[Token], at: int, stop: int) -> int:
    while (
        at < stop
        and tokens[at].kind == "word"
        and not is_function_word(tokens[at].text)
        and tokens[at].lower not in PREPOSITIONS
    ):
        at += 1
    return at


def _office_or_later_name(tokens: list[Token], first: int, at: int, stop: int) -> Subject:
    """ "said the chairman of the Harbour Board, Ann Lee": the name stands behind the comma."""
    end = at
    while end < stop and tokens[end].is_word:
        end += 1
    if end + 1 < stop and tokens[end].text == "," and tokens[end + 1].is_capital:
        last = run_end(tokens, end + 1)
        closed = last + 1 >= len(tokens) or not tokens[last + 1].is_word
        if closed and not is_leader(tokens[end + 1].text):
            return named(tokens, end + 1, last, first)
    if at > first and tokens[first].lower == "the":
        return Subject(Kind.OFFICE, first, at - 1, tuple(token.lower for token in tokens[first:at]))
    return Subject(Kind.UNKNOWN, first, max(first, at - 1))
