"""What a short message leaves to the question before it: "why?", "and Ann Lee?", "in 2023?", "누가 그랬어?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Asks(Enum):
    """What a message asks of the last answer."""

    SOURCE = "source"  # when, where, by whom it was said
    DATE = "date"  # when the document came out
    AUTHOR = "author"  # who wrote the document
    REASON = "reason"
    ELSE = "else"
    OTHERS = "others"
    AGREES = "agrees"
    SPEECH = "speech"  # a Korean question without its subject
    WHO = "who"  # who somebody is
    NEXT = "next"  # the same of another person or thing


@dataclass(frozen=True, slots=True)
class Elliptical:
    """What is asked; of whom, and of what or with which word, as far as the message says."""

    asks: Asks
    who: str = ""
    rest: str = ""


_LEAD = r"(?:(?:ok(?:ay)?|so|and|but|then|well|그럼|그러면|그렇다면|그리고|근데|그런데|혹시|응|네|예|아니)[, ]+){0,6}"
_LEADS = re.compile(rf"^{_LEAD}", re.IGNORECASE)
_TEXT = (
    r"(?:article|document|report|paper|press release|release|interview|speech|piece|text|story|page|statement|notice)"
)
_KOREAN_TEXT = r"(?:기사|인터뷰|보고서|문서|보도자료|논문|연설|글|자료|회의록|공지)"
_PATTERNS = tuple(
    (asks, re.compile(rf"{_LEAD}(?:{pattern})[\s?.!]*", re.IGNORECASE))
    for asks, pattern in (
        (
            Asks.DATE,
            (rf"when (?:was|were) (?:that|this|it|(?:the|that|this) {_TEXT}) (?:published|released|written|posted|issued|made)"
            rf"|(?:그|이)?(?:건|게|것은|것이)? ?{_KOREAN_TEXT}?(?:은|는|이|가)? ?언제 (?:나왔|나온|발표|게시|발행|작성|쓰)[가-힣 ]*"),
        ),
        (
            Asks.AUTHOR,
            (rf"who (?:wrote|authored|published) (?:that|this|it|(?:the|that|this) {_TEXT})"
            rf"|(?:(?:그|이)?(?:건|걸|것은|것을)? ?(?:{_KOREAN_TEXT}(?:은|는|을|를)? )?)누가 (?:썼|쓴|작성)[가-힣 ]*"),
        ),
        (
            Asks.SOURCE,
            (r"(?P<rest>when|where|since when)(?: (?:was|is) (?:that|this|it)(?: said)?"
            r"| (?:did|has|does) (?P<who>.{2,40}?) (?:say|said|claim|argue|tell) (?:that|this|it|so))?"
            r"|(?:who|which of them) (?:said|says|claimed|claims) (?:that|this|it|so)|says who|who was that"
            r"|(?:그건|그게|그 말은|그 얘기는|그 이야기는)? ?(?P<when>언제|어디서|어디에서|어디) ?(?:요|죠|지|야|인가요|였어|였나요"
            r"|(?:그렇게|그런 말을?|그 말을?|그런 얘기를?)? ?(?:한|했던|나온) (?:말|얘기|이야기|발언)[가-힣]*"
            r"|(?:그렇게|그런 말을?|그 말을?|그런 얘기를?)? ?(?:말했|말씀하|얘기했|발언했|했어|했나|했죠|그랬)[가-힣]*)?"
            r"|누가 (?:그랬|그래|그렇게|그런|그 말|한 말|그러)[가-힣 ]*|누구(?:의|가 한)? (?:말|얘기|이야기|발언)[가-힣 ]*|누가요"),
        ),
        (Asks.REASON, r"(?P<rest>why(?: not)?|how so|how come|how|왜|어째서|어떻게)(?: (?:is|was) (?:that|this|it))?(?:요|죠|지)?"),
        (
            Asks.WHO,
            r"who (?:is|was) (?:that|this)|(?:그게|그건|그 사람은|그 사람이|그분은|그 분은)? ?누구(?:야|예요|인가요|입니까|죠|지|신가요|인데)?",
        ),
        (
            Asks.OTHERS,
            (r"what (?:did|do|does|about|of) (?:the )?(?:others?|other people|any(?:one|body) else|every(?:one|body) else)\b.*"
            r"|(?:did )?(?:any(?:one|body)|who) else\b.*|who did|who does|누가 (?:말했|했|얘기했|언급했)[가-힣]*"
            r"|(?:그 [가-힣]{2,5}에서 )?(?:다른 (?:사람|분|참석자|의원|위원|전문가|발언자)들?|또 누가|누가 또)(?:은|는|이|도|의)?(?:요)?(?: .*)?"),
        ),
        (
            Asks.AGREES,
            (r"(?:does|did|do|would|is|was) (?P<who>.{2,60}?) (?:also )?(?:agree|disagree|object|concur|think so|say so|against it|for it|in favour of it)"
            r"|(?P<whom>[가-힣]{2,10}?)(?:은|는|이|가|도) ?(?:동의|찬성|반대)[가-힣 ]*"),
        ),
        (
            Asks.ELSE,
            (r"what else(?: (?:did|does|has) (?P<who>.{2,60}?) (?:say|said|argue|think|claim|tell|mention|want|add|propose|suggest)(?P<topic>.*?))?"
            r"|(?:any ?thing|something) else(?: (?:from|by) (?P<whom>.{2,60}?))?|(?:tell me |show me )?more|go on|continue|next|another(?: one)?"
            r"|(?:(?P<by>[가-힣A-Za-z .'-]{1,20}?)(?:은|는|이|가|께서) )?(?:또|더|그 ?외에|그 밖에|다른 ?말|계속)(?:\s?(?P<rest>(?:뭐|무엇|무슨|어떤|다른)?[가-힣 ]*))?"),
        ),
        (
            Asks.SPEECH,
            r"(?P<rest>(?:[^ ]{1,30}(?:에|에는|에서|에서는|에선|대해|대해서|대해서는|관해|관해서는|때|때는) ){0,4}(?:뭐라고|뭐라|뭐래|무엇이라고|무슨 말을?|어떤 말을?|어떤 이야기를?|어떤 의견을?)\s?[가-힣]*)",
        ),
        (Asks.NEXT, r"(?:no[, ]+|sorry[, ]+)*(?:and|what about|how about|i mean|i meant)\s+(?P<rest>.{1,120}?)"),
        (Asks.NEXT, r"(?:아니(?:요|야)?,? )?(?P<rest>[가-힣A-Za-z .'-]{1,40}?) (?:말이야|말이에요|말이요|말입니다|말인데요?)"),
        (
            Asks.NEXT,
            r"(?P<rest>[가-힣A-Za-z0-9 .'-]{1,40}?)(?:에 대해서는|에 대해서도|에 대해|에 관해서는|은|는|씨는|이는|도)\s*(?:요|어때|어때요|어떤가요|어떻습니까)?",
        ),
    )
)  # fmt: skip


def without_lead(message: str) -> str:
    """`message` without "and", "ok, so", "그럼" at its head and marks at its end."""
    return _LEADS.sub("", message).strip(" ?.!")


def ellipsis_of(message: str) -> Elliptical | None:
    """What `message` leaves out; None where it has the form of a question of its own."""
    for asks, pattern in _PATTERNS:
        if match := pattern.fullmatch(message):
            parts = match.groupdict()
            who = parts.get("who") or parts.get("whom") or parts.get("by") or ""
            return Elliptical(
                asks,
                who.strip(),
                next((parts[name] for name in ("rest", "when", "topic") if parts.get(name)), "").strip(),
            )
    return None
