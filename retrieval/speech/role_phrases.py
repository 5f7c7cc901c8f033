"""The words beside a name that say what somebody is: a title in lower case before it, an apposition behind it."""

from __future__ import annotations

from retrieval.speech.cues import CUES
from retrieval.speech.tokens import Token
from retrieval.speech.word_classes import ARTICLES, DETERMINERS, PREPOSITIONS
from retrieval.titles import is_role_noun
from retrieval.words import is_function_word

FARTHEST = 45
"""Tokens between a name and its verb; an apposition is rarely longer."""
LONGEST_TITLE = 7
"""Tokens of a title in lower case before a name."""
_CLOSES_APPOSITION = frozenset({".", ";", ","})


def is_role(token: Token) -> bool:
    """Whether a token, or a part of it between hyphens, says what somebody is."""
    return any(is_role_noun(part) for part in token.lower.split("-"))


def title_start(tokens: list[Token], phrase: int, first: int) -> int:
    """Where the words in lower case begin that stand before a name as its title: "the club's head gardener Ann Lee".

    `first` is the name's first token, `phrase` the first of the phrase known so far.
    """
    start = first
    while start > 0 and first - start < LONGEST_TITLE and _belongs_to_title(tokens[start - 1], known=start > phrase):
        start -= 1
        if tokens[start].lower in DETERMINERS:
            break
    return min(phrase, start) if start < first else phrase


def _belongs_to_title(token: Token, *, known: bool) -> bool:
    if not token.is_word or token.lower in PREPOSITIONS or token.lower in CUES:
        return False
    return known or not is_function_word(token.text) or token.lower in DETERMINERS


def role_before(tokens: list[Token], phrase: int, first: int) -> tuple[int, int] | None:
    """The span of the title from `phrase` up to the name at `first`, without its article; None where it is none."""
    start = phrase + (tokens[phrase].lower in DETERMINERS)
    held = any(is_role_noun(tokens[i].lower) for i in range(start, first))
    return (tokens[start].start, tokens[first - 1].end) if held else None


def role_after(tokens: list[Token], last: int) -> tuple[tuple[int, int] | None, int]:
    """The apposition behind a name, ", Director of the Centre,": its span without the article, and its last token."""
    if last + 2 >= len(tokens) or tokens[last + 1].text not in {",", "("}:
        return None, last
    start = _behind_age_and_article(tokens, last + 2)
    end = start
    while end < len(tokens) and end - start < FARTHEST and tokens[end].is_word and tokens[end].lower != "who":
        end += 1
    if end == start or not any(is_role(token) for token in tokens[start:end]):
        return None, last
    if end < len(tokens) and not _closes(tokens[end], in_brackets=tokens[last + 1].text == "("):
        return None, last
    return (tokens[start].start, tokens[end - 1].end), end


def _behind_age_and_article(tokens: list[Token], start: int) -> int:
    if tokens[start].kind == "number" and start + 1 < len(tokens) and tokens[start + 1].text == ",":
        start += 2
    return start + (start < len(tokens) and tokens[start].lower in ARTICLES)


def _closes(token: Token, *, in_brackets: bool) -> bool:
    if token.text in _CLOSES_APPOSITION or (in_brackets and token.text == ")"):
        return True
    return token.kind == "quote" or token.lower == "who"
