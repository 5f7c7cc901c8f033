"""Greetings, thanks and farewells: messages that ask nothing."""

from __future__ import annotations

import re

from retrieval.records import Courtesy
from retrieval.words import words

_COURTESIES = (
    (
        Courtesy.GOODBYE,
        (
            r"(?:good)?bye(?: bye)?|see (?:you|ya)(?: later| soon| tomorrow)?|good ?night|farewell|that'?s all|have a (?:nice|good|great) \w+"
            r"|안녕히 (?:계세요|가세요|계십시오)|잘 ?가요?|잘 있어요?|또 (?:봐요?|뵐게요|만나요)|수고하세요|수고하십시오|바이"
        ),
    ),
    (
        Courtesy.THANKS,
        (
            r"(?:many |big )?(?:thanks?|thx|ty|cheers)(?: you)?(?: (?:a lot|so much|very much|again|all|for \w+ \w+|for (?:that|it|this)))*"
            r"|much appreciated|고마워요?|고맙습니다|감사합니다|감사해요?|감사(?:요|드려요|드립니다)?|정말 감사합니다|땡큐"
        ),
    ),
    (
        Courtesy.HELLO,
        (
            r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|bot|all|everyone|again))*"
            r"|how are you(?: doing| today)?|nice to meet you|안녕(?:하세요|하십니까)?|반가워요?|반갑습니다|여보세요|하이|헬로|수고(?: 많으십니다| 많으세요|하십니다)"
        ),
    ),
    (
        None,  # said beside them, and on its own an acknowledgement
        (
            r"ok(?:ay)?|great|perfect|awesome|nice|cool|good|fine|wonderful|excellent|yes|no|right|i see|got it|bot|and|well|oh|wow|that was helpful|very helpful"
            r"|네|예|아니요|좋아요|좋습니다|알겠습니다|알겠어요|그렇군요|오케이|정말|와|아하"
        ),
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"(?:{pattern})(?!\S)", re.IGNORECASE)) for kind, pattern in _COURTESIES)
_MARKS = re.compile(r"[^\w\s'가-힣]+|[ㅎㅋ]+")
_CUT = re.compile(r"(?<=[.!?])\s+")
_SENTENCE = re.compile(r"(?P<one>[^.!?]{1,120}[.!?]+)\s+(?=\S)")
_ASKS_POLITELY = re.compile(
    r"(?:을|를|에 대해(?:서)?)? ?(?:좀 )?(?:여쭙고 싶습니다|여쭤(?:봅니다|봐요|볼게요|보고 싶습니다|보고 싶어요)|궁금(?:합니다|해요|한데요)"
    r"|알고 싶(?:습니다|어요)|(?:알려|가르쳐|말씀해|말해|답해) ?(?:주|줄|드)[가-힣 ]{0,16})[\s.?!~]*$"
)
_PERHAPS = re.compile(r"(?<!\S)혹시 ")
_TEARS = re.compile(r"(?<![\s~^;ㅠㅜㅋㅎ])[\s~^;ㅠㅜㅋㅎ]+$")
_POINTS_BACK = re.compile(
    r"\b(?:it|its|he|she|they|him|her|his|them|their|this|that|these|those|there)\b|(?<![가-힣])(?:그|이|저)(?:것|분|게|건|곳)?[가-힣]?(?![가-힣])",
    re.IGNORECASE,
)
FEWEST_WORDS = 4
"""Words of a question that says enough without the sentences beside it."""
LONGEST = 120
"""Characters; a longer message says more than hello."""


def courtesy_of(message: str) -> Courtesy | None:
    """The courtesy that a message is made of and nothing else, the first beside fillers: "ok great, thanks, bye" thanks."""
    rest = " ".join(_MARKS.sub(" ", message[: LONGEST + 1]).split())
    if not rest or len(message) > LONGEST:
        return None
    found: Courtesy | None = None
    while rest:
        kind, end = _opening(rest)
        if not end:
            return None
        found = found or kind
        rest = rest[end:].lstrip()
    return found or Courtesy.THANKS


def without_courtesies(message: str) -> str:
    """`message` without what is only courteous at its head and end: "Got it. And why?", "… Thanks!"."""
    rest = _TEARS.sub("", message) or message
    while (match := _SENTENCE.match(rest)) and courtesy_of(match["one"]) is not None:
        rest = rest[match.end() :]
    *before, last = _CUT.split(rest)
    if before and courtesy_of(last) is not None:
        rest = rest[: len(rest) - len(last)].rstrip()
    return rest


def asked_plainly(question: str) -> str:
    """A Korean question without what only makes it polite: "혹시 왜 늦었는지 여쭙고 싶습니다"."""
    plain = _ASKS_POLITELY.sub("", _PERHAPS.sub("", question)).strip()
    return plain or question


def told_apart(message: str) -> tuple[str, str]:
    """The one question among several sentences, and what the others tell of the asker.

    The whole message where the question is short, points back at them or speaks of the same thing as they do.
    """
    sentences = _CUT.split(message)
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    if len(sentences) < 2 or len(asked) != 1 or len(asked[0].split()) < FEWEST_WORDS or _POINTS_BACK.search(asked[0]):
        return message, ""
    told = " ".join(sentence for sentence in sentences if sentence != asked[0])
    return (message, "") if _content_terms(asked[0]) & _content_terms(told) else (asked[0], told)


def _content_terms(text: str) -> set[str]:
    return {term for word in words(text) if word.is_content for term in word.terms}


def _opening(text: str) -> tuple[Courtesy | None, int]:
    """The longest courtesy that `text` opens with, and where it ends; 0 where it opens with none."""
    ends = [(match.end(), kind) for kind, pattern in _PATTERNS if (match := pattern.match(text))]
    end, kind = max(ends, key=lambda one: one[0], default=(0, None))
    return kind, end
