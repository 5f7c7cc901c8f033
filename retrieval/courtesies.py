"""Greetings, thanks and farewells: messages that ask nothing."""

from __future__ import annotations

import re

from retrieval.records import Courtesy

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
            r"|how are you(?: doing| today)?|nice to meet you|안녕(?:하세요|하십니까)?|반가워요?|반갑습니다|여보세요|하이|헬로"
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
_SENTENCE = re.compile(r"(?P<one>[^.!?]{1,120}[.!?]+)\s+(?=\S)")
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
    """`message` without the sentences at its head that are courtesies and nothing else: "Got it. And why?"."""
    rest = message
    while (match := _SENTENCE.match(rest)) and courtesy_of(match["one"]) is not None:
        rest = rest[match.end() :]
    return rest


def _opening(text: str) -> tuple[Courtesy | None, int]:
    """The longest courtesy that `text` opens with, and where it ends; 0 where it opens with none."""
    ends = [(match.end(), kind) for kind, pattern in _PATTERNS if (match := pattern.match(text))]
    end, kind = max(ends, key=lambda one: one[0], default=(0, None))
    return kind, end
