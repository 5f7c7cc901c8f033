"""Captions: the words under a photograph or a figure, which are nobody's speech."""

from __future__ import annotations

import re

from retrieval.reading.turns import is_turn

_MARK = re.compile(
    r"[▲△▼◀◁]\s*(?![\d\s,.%+-])\S"
    r"|[\[<〈(【]\s?(?:사진|그림|표|자료사진|photo|image|figure|fig\.?|picture)\s?(?:=|:|\d|\]|>|〉|\)|】|제공|출처"
    r"|설명|\|)"
    r"|(?:사진|사진\s?제공|사진\s?출처|그림\s?\d+|자료\s?사진|사진\s?설명)\s?[=:|.)\]](?!\d)"
    r"|(?:photo(?:graph)?s?|image|picture|caption|photo credit|image credit|photo courtesy|credits?)\s?(?::|by\s[A-Z]"
    r"|courtesy)"
    r"|(?:group |commemorative )?photo(?:graph)?s? (?:of|from|taken|shows)\s.*[^.]$|(?:단체|기념)\s?(?:사진|촬영)$"
    r"|[<〈《][^<>〈〉《》]{2,150}(?:\bphotos?\b|사진|촬영|전경|모습)[^<>〈〉《》]{0,30}[>〉》]$"
    r"|\[?\d{1,2}/\d{1,2}\]\s?\S"
    r"|[\w .]{0,30}(?:photo|사진)s?/[A-Z가-힣][\w .]{1,30}$"
    r"|(?:figure|fig\.)\s\d+(?:[.:]\s|\s(?-i:[^a-z]))",  # "Figure 3 shows" opens a sentence
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:[(\[/|<【]\s?(?:(?:사진|자료|그림|photo|image|picture|credit|source)s?\b\s?(?:[:=|]|제공|by|courtesy"
    r"|provided).{0,60}|(?:\w+\s){0,3}(?:photo|제공|사진)\s?)[)\]>】]?"
    r"|(?:\s|\.)사진\s?[=:|/]\s?\S.{0,30}"
    r"|(?<=[.)])\s+(?:photo|image|picture|credit)s?(?: credit)?\s?(?::|by\s|courtesy of\s)\s?\S.{0,50}"
    r"|(?-i:\b(?:AP|AFP|EPA|Reuters|Yonhap|Getty Images|연합뉴스|뉴시스|뉴스1))(?:\s?(?:Photo|사진))?"
    r"(?:/[\w .]{2,40})?[)\]]?"
    r"|[.。]\s?\((?!END|end|끝)[A-Z가-힣][\w&.-]*(?:\s[A-Z가-힣][\w&.-]*){0,3}\)"
    r"|/\s?[^/\s]{2,12}\s?(?:기자|제공))$",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(
    r"(?:photo|image|picture|credit|source|사진|출처)s?(?: credit)?\s?(?:[:=|/]|by\s|courtesy).{2,60}"
    r"|[\w .]{2,30}\s?(?:photo|사진)?/[A-Z가-힣][\w .]{1,30}|(?:©|ⓒ)\s?[\w ./]{2,40}(?:images|photo|사진)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|am|isn't|don't"
    r"|it's|that's"
    r"|said|says|say|told|asked|added|argued|stressed|emphasi[sz]ed|explained|suggested|insisted|called|urged|noted"
    r"|announced"
    r"|became|went|came|took|made|gave|held|won|lost|rose|fell|began|met)\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?。…][\"'”’」』)\]]*(?:\[\d{1,3}\])*$")
_ABBREVIATION_AT_END = re.compile(r"\b(?:Dr|Jr|Sr|Inc|Ltd|Co|Corp|Ph\.D|U\.S|U\.K|etc)\.$")
_MOST_WORDS = 40


def is_marked_caption(words: str) -> bool:
    """Whether `words` claim to stand under a picture: ▲, [사진], Photo:, a credit at a short line's end."""
    if len(words) > 400 or len(re.findall(r"[▲△▼◀◁]", words)) > 1:
        return False
    if _MARK.match(words):
        return True
    is_speech = words.startswith(("“", '"')) or is_turn(words)
    return len(words.split()) <= _MOST_WORDS and not is_speech and _credit_at_end(words)


def is_credit(words: str) -> bool:
    """Whether the line `words` is nothing but a photographer's credit."""
    return len(words.split()) <= 8 and bool(_CREDIT_ALONE.fullmatch(words))


def ends_sentence(words: str) -> bool:
    """Whether `words` end as a sentence does."""
    return bool(_ENDS_SENTENCE.search(words)) and not _ABBREVIATION_AT_END.search(words)


def is_noun_phrase(words: str) -> bool:
    """Whether `words` name something without saying anything of it: no sentence end, no finite verb that we know."""
    if ends_sentence(words) or len(words.split()) > _MOST_WORDS or words.endswith((",", ":", "：")):
        return False
    return not _FINITE.search(words) and not re.search(r"[가-힣](?:다|요|까|죠)[\"'”’]?$", words)


def opening_name(words: str) -> str:
    """The name that `words` open with: capitalised words, or a Korean word of two to four syllables; else empty."""
    bare = words.lstrip("▲△▼◀◁■●•-· \u00a0")
    match = re.match(r"(?:[^\W\d_a-z가-힣][\w.'’-]*\s+){1,3}[^\W\d_a-z가-힣][\w.'’-]*", bare) or re.match(
        r"[가-힣]{2,4}(?=\s|,|\()", bare
    )
    return match.group() if match else ""


def _credit_at_end(words: str) -> bool:
    match = _CREDIT.search(words)
    return match is not None and match.start() > 0
