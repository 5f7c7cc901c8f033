"""The forms of a question in English and Korean: what did X say, who said Y, who is X, who wrote Y, hello."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from retrieval.query import Intent


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's form: the intent, the stretch that names a person (as asked), and the stretch that is the topic."""

    intent: Intent
    who: str = ""
    topic: str = ""


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

_TEXT = r"(?:article|document|report|paper|press release|release|piece|post|text|story|page|statement|announcement|notice|news)"
_ENGLISH: tuple[tuple[re.Pattern[str], Intent], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), intent)
    for pattern, intent in (
        (
            rf"^when (?:was|were|is) (?P<topic>(?:the |this |that )?(?:[\w&’'\-]+ ){{0,4}}?{_TEXT}\b.*?) (?:published|posted|released|written|issued|dated|uploaded).*$",
            Intent.WHEN_WRITTEN,
        ),
        (
            rf"\b(?:date|publication date|published date) of (?P<topic>(?:the |this )?(?:[\w&’'\-]+ ){{0,4}}?{_TEXT}\b.*)$",
            Intent.WHEN_WRITTEN,
        ),
        (
            r"^(?:and |so |but )?who(?:se)? (?:is|are|was|were|exactly is)\s+(?P<who>(?!the \w+ (?:of|to|that)).{2,60}?)\s*\??$",
            Intent.WHO_IS,
        ),
        (
            r"^(?:tell me )?(?:about )?(?:what is |what are )?(?P<who>.{2,60}?)['’]s? (?:job|role|office|job title|occupation)\s*\??$",
            Intent.WHO_IS,
        ),
        (
            r"^who (?:wrote|authored|is the author of|are the authors of|was the author of)\s+(?P<topic>(?:about|on|the (?:article|paper|report|piece|document|text|story)|this|it|[\"“‘'].{8,})\b.*)$",
            Intent.WHO_WROTE,
        ),
        (r"^(?:which|what) (?:author|writer) (?:wrote|covers?|covered)\s+(?P<topic>.*)$", Intent.WHO_WROTE),
        (
            rf"^(?:and |so |but )?who (?:else )?(?:has |have |had |also )?{_SAY}\b\s*(?:that |about |for |to )?(?P<topic>.*)$",
            Intent.WHO_SAID,
        ),
        (
            r"^(?:so |and |but )?(?:what|anything|is there anything|does|do) (?:does |do |is |in )?(?:the |your |these |those )?(?:folder|documents?|sources?|files?)(?: (?:say|says|have|has|tell us|contain|mention|there))* (?:anything )?(?:about|on) (?P<topic>.+)$",
            Intent.PASSAGES,
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

_WHAT_DID = re.compile(
    r"^(?P<asks>\w+) (?:did|does|has) (?P<who>.{2,60}?) (?P<verb>\w+)(?P<topic>(?:\s(?:about|on)\s.*)?)\s*\??$"
)
_QUESTION_WORDS = frozenset({"what", "why", "how"})
_VERBS = frozenset(
    "say argue claim think suggest propose explain emphasize emphasise insist stress recommend mention believe demand".split()
)
_SPOKE = r"(?:말|주장|강조|설명|제안|언급|지적|발언|이야기|얘기|밝|답|대답|생각|촉구|비판|당부|전망|평가|요구|제시|반박|전했|전하|경고|요청|반응|논평|조언|약속|발표|인정|부인|우려|예상|분석|진단|제언|물)"
_SPOKEN = rf"{_SPOKE}[가-힣]*(?:\s(?:하|했|해|한)[가-힣]*)?"  # "말했나요", "말씀을 하셨나요"
_DID = r"(?:했|하|그랬|그러|보|봤|바라보|바라봤)"
_ASKS = r"(?:무엇|무슨|뭐|뭘|어떤|어떻게|왜|어디|언제|누구|뭔)"
_KOREAN: tuple[tuple[re.Pattern[str], Intent], ...] = tuple(
    (re.compile(pattern), intent)
    for pattern, intent in (
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)(?:은|는|이|가)?\s*(?:누구|어떤 사람|뭐\s?하는 사람)[가-힣]*\s*\??$", Intent.WHO_IS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)의? (?:직책|직함|직위|소속)(?:은|는|이|가)?.*$", Intent.WHO_IS),
        (r"^(?P<topic>.*?)(?:을|를|에 대해|에 대하여|에 관해)?\s*(?:쓴|작성한|집필한) (?:사람|저자|필자|기자)?.*(?:누구|저자).*$", Intent.WHO_WROTE),
        (
            r"^(?P<topic>.*?(?:글|기사|문서|보고서|보도자료|논문|자료|게시물|공지))(?:은|는|이|가|의)?\s*(?:언제 (?:나왔|게시|발행|작성|발표|공개|올라|쓰)|(?:게시일|발행일|작성일|날짜)).*$",
            Intent.WHEN_WRITTEN,
        ),
        (r"^누가 (?P<topic>.*?)(?:을|를|에 대해|라고|다고|고)?\s*(?:썼|작성|집필).*$", Intent.WHO_WROTE),
        (rf"^(?:누가|누구[가는]?) (?P<topic>.*?)\s*(?:{_SPOKE}).*$", Intent.WHO_SAID),
        (rf"^(?P<topic>.*?)(?:다고|라고|자고|을|를)? ?{_SPOKE}[가-힣]* (?:사람|인물|이|분)은? 누구.*$", Intent.WHO_SAID),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)(?:에 따르면|에 의하면|의 말에 따르면),?\s*(?P<topic>.*)$", Intent.STATEMENTS),
        (rf"^(?P<who>[가-힣A-Za-z .'’\-]{{2,40}}?)(?:은|는|이|가|께서는|께서|씨는)\s+(?P<topic>.*?)(?:에 대해(?:서)?|에 관해(?:서)?|에 대하여|을|를|이|가)?\s*(?:{_ASKS}[가-힣]*\s*)?(?:라고|다고|고)?\s*{_SPOKEN}\s*[?.]*$", Intent.STATEMENTS),
        (rf"^(?P<who>[가-힣A-Za-z .'’\-]{{2,40}}?)(?:은|는|이|가|께서는|께서|씨는)\s+(?P<topic>.*?)(?:에 대해(?:서)?|에 관해(?:서)?|에 대하여|을|를)?\s*(?:뭐라|무엇이라|무어라|어떻게)(?:고|구)?\s*{_DID}[가-힣]*\s*[?.]*$", Intent.STATEMENTS),
        (rf"^(?P<who>[가-힣A-Za-z .'’\-]{{2,40}}?)(?:이|가|께서|은|는)\s+(?P<topic>.*?)(?:에 대해(?:서)?|에 관해(?:서)?)?\s*{_SPOKE}[가-힣]*\s(?:것|점|바|내용|말)(?:은|는|이|을)?.*$", Intent.STATEMENTS),
        (rf"^(?P<topic>.*?)(?:에 대해(?:서)?|에 대한|에 관해(?:서)?|에 관한)\s+(?P<who>[가-힣A-Za-z .'’\-]{{2,40}}?)(?:은|는|이|가|의)\s+.*(?:{_SPOKE}|입장|견해|의견).*$", Intent.STATEMENTS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)의\s+(?P<topic>.*?)(?:에 대한|에 관한|관련)?\s*(?:입장|견해|생각|주장|의견|발언|말|설명|제안|답변|논평|반응|평가)(?:은|는|이|가|을|를|과|도)?.*$", Intent.STATEMENTS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)\s+(?:생각|의견|입장|주장|발언|견해)(?:이|은|을)?\s?(?:궁금|알려|뭐|무엇|어때|좀)?.*(?P<topic>)$", Intent.STATEMENTS),
        (r"^(?P<who>[가-힣A-Za-z .'’\-]{2,40}?)(?:이|가)\s+(?:한|했던)\s+(?:말|발언|주장|이야기)(?P<topic>).*$", Intent.STATEMENTS),
    )
)  # fmt: skip


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
    return tuple(found) or _misspelt(plain)


def _misspelt(question: str) -> tuple[Frame, ...]:
    """ "waht did ann lee aruge": the commonest form, with one error in its verb or its question word."""
    match = _WHAT_DID.match(question)
    if match is None or not _one_error(match["asks"].lower(), _QUESTION_WORDS):
        return ()
    return (
        (Frame(Intent.STATEMENTS, match["who"], match["topic"].strip(" ?")),)
        if _one_error(match["verb"].lower(), _VERBS)
        else ()
    )


def _one_error(word: str, known: frozenset[str]) -> bool:
    """Whether `word` is one of `known`, or of four letters or more and one letter (or a swap) away from one."""
    return word in known or (len(word) >= 4 and any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in known))
