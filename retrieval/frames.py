"""The forms of a question in English and Korean: what did X say, who said Y, who is X, who wrote Y, hello."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.query import Intent
from retrieval.records import Courtesy


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's form: the intent, the stretch that names a person (as asked), and the stretch that is the topic."""

    intent: Intent
    who: str = ""
    topic: str = ""
    firm: bool = True  # the form can mean nothing else, so a name that nobody has is worth saying


_SAY = (
    r"(?-i:say|said|think|thought|argue[ds]?|claim(?:ed|s)?|believe[ds]?|suggest(?:ed|s)?|propose[ds]?|recommend(?:ed|s)?|want(?:ed|s)?|tell|told"
    r"|explain(?:ed|s)?|emphasi[sz]e[ds]?|stress(?:ed|es)?|insist(?:ed|s)?|warn(?:ed|s)?|respond(?:ed|s)?|reply|replied|answer(?:ed|s)?|mention(?:ed|s)?"
    r"|state[ds]?|announce[ds]?|note[ds]?|point(?:ed)? out|comment(?:ed|s)?|feel|felt|talk(?:ed)?(?: about)?|speak|spoke|describe[ds]?|discuss(?:ed)?"
    r"|conclude[ds]?|demand(?:ed|s)?|urge[ds]?|call(?:ed)? for|ask(?:ed)?(?: for)?|predict(?:ed|s)?|expect(?:ed|s)?|hope[ds]?|promise[ds]?|admit(?:ted)?|den(?:y|ied)"
    r"|criticize[ds]?|criticise[ds]?|agree[ds]?|disagree[ds]?|advise[ds]?|advocate[ds]?|report(?:ed|s)?|declare[ds]?|add(?:ed)?|remark(?:ed)?|elaborate[ds]?"
    r"|express(?:ed)?|prefer(?:red)?|worry|worried|complain(?:ed)?|object(?:ed)?|oppose[ds]?|support(?:ed)?|have to say|put forward|come up with"
    r"|raise[ds]?|highlight(?:ed)?|underline[ds]?|summari[sz]e[ds]?|justify|justified|clarif(?:y|ied)|reveal(?:ed)?|write|wrote|testif(?:y|ied)|reject(?:ed)?"
    r"|approve[ds]?|disapprove[ds]?|react(?:ed)?|praise[ds]?|condemn(?:ed)?|welcome[ds]?|reiterate[ds]?|acknowledge[ds]?|observe[ds]?|caution(?:ed)?)"
)
_OPINION = (
    r"(?:views?|positions?|opinions?|stances?|takes?|arguments?|claims?|responses?|reply|replies|statements?|remarks?|comments?|thoughts?|words|ideas?|proposals?|suggestions?"
    r"|recommendations?|message|attitudes?|perspectives?|explanations?|quotes?|concerns?|answers?|speech|reaction|point of view|standpoint|reasons?|doubts?|story|description|opening statement|presentation)"
)
_AUXILIARY = r"(?:did|does|do|has|have|had|would|will|can|could|might|should|was|were|is)"
_ABOUT = r"(?:about|on|of|regarding|concerning|towards?|to|with regard to|in relation to|for)"

_ENGLISH: tuple[tuple[re.Pattern[str], Intent], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), intent)
    for pattern, intent in (
        (
            r"^(?:and |so |but )?who(?:se)? (?:is|are|was|were|exactly is)\s+(?P<who>(?!the \w+ (?:of|to|that)).{2,60}?)\s*\??$",
            Intent.WHO_IS,
        ),
        (
            r"^(?:tell me )?(?:about )?(?:what is |what are )?(?P<who>.{2,60}?)['’]s? (?:job|role|position|office|title)\s*\??$",
            Intent.WHO_IS,
        ),
        (
            r"^who (?:wrote|authored|is the author of|are the authors of|was the author of)\s+(?P<topic>(?:about|on|the (?:article|paper|report|piece|document|text|story)|this|it)\b.*)$",
            Intent.WHO_WROTE,
        ),
        (r"^(?:which|what) (?:author|writer) (?:wrote|covers?|covered)\s+(?P<topic>.*)$", Intent.WHO_WROTE),
        (
            rf"^(?:and |so |but )?who (?:else )?(?:has |have |had |also )?{_SAY}\b\s*(?:that |about |for |to )?(?P<topic>.*)$",
            Intent.WHO_SAID,
        ),
        (rf"^(?:what (?:was|is|has been)|everything|anything) (?:been )?said {_ABOUT} (?P<topic>.*)$", Intent.WHO_SAID),
        (r"\baccording to (?P<who>[^,?]{2,60}?)\s*(?:,(?P<topic>.*)|\?|$)", Intent.STATEMENTS),
        (
            rf"\b{_AUXILIARY} (?P<who>.{{2,70}}?)\s+(?:(?:really|actually|also|not|ever|originally|exactly|first|still|even|try to|want to|have to|go on to|plan to) )*{_SAY}\b(?P<topic>.*)$",
            Intent.STATEMENTS,
        ),
        (
            rf"\b(?:everything|all|anything|what(?:ever)?|things|the words) (?:that )?(?P<who>.{{2,60}}?) (?:has |have |had )?(?:ever |also )?{_SAY}\b(?P<topic>.*)$",
            Intent.STATEMENTS,
        ),
        (
            rf"\b(?P<who>(?:[\w.’'\-]+ ){{0,4}}[\w.’\-]+?)['’]s?\s+(?:\w+ ){{0,2}}?{_OPINION}\b(?P<topic>.*)$",
            Intent.STATEMENTS,
        ),
        (
            rf"\b{_OPINION} (?:of|from|by) (?P<who>[^,?]{{2,60}}?)(?:\s{_ABOUT} (?P<topic>.*)|\s*\??$)",
            Intent.STATEMENTS,
        ),
        (
            r"\b(?:considered|suggested|proposed|said|raised|mentioned|presented|recommended|argued|claimed|made|given|expressed|put forward|quoted) by (?P<who>[^,?]{2,60}?)(?:\s(?:as|that|when|about|on|in|for|to)\b(?P<topic>.*)|\s*\??$)",
            Intent.STATEMENTS,
        ),
        (
            r"^(?:quotes?|statements?|words) (?:of|from|by) (?P<who>[^,?]{2,60}?)(?:\s(?:on|about) (?P<topic>.*)|\s*\??$)",
            Intent.STATEMENTS,
        ),
    )
)

_SPOKE = r"(?:말|주장|강조|설명|제안|언급|지적|발언|이야기|얘기|밝|답|대답|생각|촉구|비판|당부|전망|평가|요구|제시|반박|전했|전하|경고|요청|반응|논평|조언|약속|발표|인정|부인|우려|예상|분석|진단|제언|물)"
_ASKS = r"(?:무엇|무슨|뭐|뭘|어떤|어떻게|왜|어디|언제|누구|뭔)"
_KOREAN: tuple[tuple[re.Pattern[str], Intent], ...] = tuple(
    (re.compile(pattern), intent)
    for pattern, intent in (
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)(?:은|는|이|가)?\s*(?:누구|어떤 사람|뭐\s?하는 사람)[가-힣]*\s*\??$", Intent.WHO_IS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)의? (?:직책|직함|직위|소속)(?:은|는|이|가)?.*$", Intent.WHO_IS),
        (r"^(?P<topic>.*?)(?:을|를|에 대해|에 대하여|에 관해)?\s*(?:쓴|작성한|집필한) (?:사람|저자|필자|기자)?.*(?:누구|저자).*$", Intent.WHO_WROTE),
        (r"^누가 (?P<topic>.*?)(?:을|를|에 대해|라고|다고|고)?\s*(?:썼|작성|집필).*$", Intent.WHO_WROTE),
        (rf"^(?:누가|누구[가는]?) (?P<topic>.*?)\s*(?:{_SPOKE}).*$", Intent.WHO_SAID),
        (rf"^(?P<topic>.*?)(?:다고|라고|자고|을|를)? ?{_SPOKE}[가-힣]* (?:사람|인물|이|분)은? 누구.*$", Intent.WHO_SAID),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)(?:에 따르면|에 의하면|의 말에 따르면),?\s*(?P<topic>.*)$", Intent.STATEMENTS),
        (rf"^(?P<who>[가-힣A-Za-z .'’\-]{{2,40}}?)(?:은|는|이|가|께서는|께서|씨는)\s+(?P<topic>.*?)(?:에 대해(?:서)?|에 관해(?:서)?|에 대하여|을|를|이|가)?\s*(?:{_ASKS}[가-힣]*\s*)?(?:라고|다고|고)?\s*{_SPOKE}[가-힣]*\s*\??$", Intent.STATEMENTS),
        (rf"^(?P<topic>.*?)(?:에 대해(?:서)?|에 대한|에 관해(?:서)?|에 관한)\s+(?P<who>[가-힣A-Za-z .'’\-]{{2,40}}?)(?:은|는|이|가|의)\s+.*(?:{_SPOKE}|입장|견해|의견).*$", Intent.STATEMENTS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)의\s+(?P<topic>.*?)(?:에 대한|에 관한|관련)?\s*(?:입장|견해|생각|주장|의견|발언|말|설명|제안|답변|논평|반응|평가)(?:은|는|이|가|을|를|과|도)?.*$", Intent.STATEMENTS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)(?:이|가)\s+(?:한|했던)\s+(?:말|발언|주장|이야기)(?P<topic>).*$", Intent.STATEMENTS),
    )
)  # fmt: skip

_COURTESIES = (
    (Courtesy.THANKS, r"(?:ok(?:ay)?[, ]*)?(?:many )?(?:thanks?|thank you|thx|ty|cheers|much appreciated|great|perfect|awesome|nice)(?: (?:a lot|so much|very much|again|you|bot|all|for (?:the|your) help|for that))*|고마워요?|고맙습니다|감사합니다|감사해요?|감사(?:요|드려요|드립니다)?|땡큐"),
    (Courtesy.GOODBYE, r"(?:good)?bye(?: bye)?|see you(?: later| soon)?|good night|farewell|that'?s all|안녕히 (?:계세요|가세요)|잘 ?가요?|잘 있어요?|또 봐요?|바이"),
    (Courtesy.HELLO, r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|bot|all|everyone|again))*|how are you(?: doing| today)?|안녕(?:하세요|하십니까)?|반가워요?|반갑습니다|여보세요|하이|헬로"),
)  # fmt: skip
_COURTESY = tuple((kind, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for kind, pattern in _COURTESIES)
_ENDS = " \t\n.!?~…,^♥❤️🙏👍😊😀👋ㅎㅋ"


def courtesy_of(question: str) -> Courtesy | None:
    """The greeting that a message is and nothing else."""
    plain = " ".join(question.strip(_ENDS).replace(",", " ").replace("!", " ").split())
    return next((kind for kind, pattern in _COURTESY if pattern.fullmatch(plain)), None)


def frames_of(question: str, *, korean: bool) -> tuple[Frame, ...]:
    """Every form the question fits, most telling first."""
    plain = " ".join(question.split())
    found = []
    for pattern, intent in _KOREAN if korean else _ENGLISH:
        if match := pattern.search(plain):
            parts = match.groupdict()
            who, topic = (parts.get("who") or "").strip(' ,?"“”'), (parts.get("topic") or "").strip(" ,?.!")
            if intent is Intent.STATEMENTS and not topic and match.start() > 0:
                topic = plain[: match.start()].strip(" ,")
            found.append(Frame(intent, who, topic))
    return tuple(found)
