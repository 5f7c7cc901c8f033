"""Korean verbs and nouns of saying, and the endings that close reported words."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

_HADA = """
    예보 예견 예언 말 강조 주장 지적 설명 제안 촉구 비판 반박 재반박 역설 당부 평가 전망 토로 호소 경고 시사 분석
    일갈 귀띔 반문
    언급 소개 회상 요청 요구 다짐 약속 선언 발표 예고 우려 걱정 부인 인정 일축 항변 해명 증언 진술 조언 권고 주문
    진단 예상 추정 추산 판단 단언 확언 자평 칭찬 질타 성토 규탄 개탄 한탄 하소연 고백 보고 통보 응수 답 대답 답변
    회답 화답 질문 제언 건의 기대 예측 확인 공언 장담 조롱 비난 반발 항의 축하 격려 환영 위로 사과 사죄 반성 자책
    회고 추억 술회 시인 공개 폭로 제기 의심 추측 짐작 관측 해석 풀이 묘사 비유 첨언 부연 거론 논평 성명 표명 피력
    개진 설파 강변 옹호 두둔 변호 변명 천명 독려 지시 명령 통지 공지 안내 보도 타전 말씀 전 평 농담 충고 훈계 꾸중
    자랑 과시 호언 호언장담 맹비난 맹공 압박 추궁 반론 반대 찬성 동의 공감 지지 재촉 종용 제지 만류 위협 협박 자신
    확신 단정 결론 정리 요약 인사 감사 애도 애원 간청 부탁 청 권 강권 추천 지목 암시 묻 문의 문제제기 의문 탄식 절규
    울부짖 토론 발언 축사 기조연설 강연 제보 신고 고발 호통 엄포 으름장 일침 일성 재확인 못박 직격 저격 일축 촌평
    혹평 호평 극찬 상기 회신 선포 공약 다짐 각오 자인 실토 소회 인용 언명 공표 하명 통탄 고수 반복 되풀이 마무리 덧
    강력비판 주창 표현
    """
_OTHER = """
    말[했한하해할씀] 밝[혔히힌힐혀힘] 전[했한하해] 덧붙[였이인여임] 내다[봤본보봄] 꼬집[었은는어고으자지]
    물[었은어으]|묻[자고는지] 되물 되묻 적[었은고는] 썼|쓴|쓰고|쓰며|써 남[겼긴기겨] 올[렸린리려] 알[렸린리려]
    외[쳤친치쳐] 거들 맞받 쏘아붙 털어[놨놓] 짚[었은고어] 내비[쳤친치쳐] 드러[냈낸내] 잘라 던[졌진지져] 건[넸넨네]
    꺼[냈낸내] 이어[갔간가] 받아[쳤친치쳐] 맞[섰선서] 물러[섰선서] 따[졌진지져] 감[쌌싸] 치켜 추켜 나무[랐라란]
    다그[쳤친치쳐] 몰아 빗[댔댄대] 비[꼬꼰꼈] 빈정 웃[었으으] 울먹 중얼 속삭 투덜 소리 부[르른]|불렀 일컬 여[겼긴기]
    못박 박[았아] 쏟아 높[였인이여] 모[았은아으] 입을 목소리 읊 되뇌 꾸짖 타[일이] 가르[쳤친치쳐] 일깨 토해 내뱉 뱉
    던진 운을
    말문 선을 손사래 고개 혀를 으르렁 쏘[았아] 긋[고는] 그[었은어] 봤|보고|본다|봅니다 잇[따는]|이었다
    했|하였|하며|하면서|하고|한다|합니다|하자|하는|하던|한$|해$|해왔 풀어놓 늘어놓 매듭 맺[었으] 강조 바[랐란라] 믿
    생각[했한하] 느[꼈낀끼] 예상 이르[렀] 알[렸려] 되받 쓴소리 날을 반기 반색 감탄 흐느 통곡 호소
    """
_SAYS = re.compile(
    r"(?:[재맹]?(?:"
    + "|".join(_HADA.split())
    + r")(?:했|하였|하[고며면자지는기던였]?|한|해|할|합|드렸|드린|드리|드립)|"
    + "|".join(_OTHER.split())
    + r")"
)
_HEARSAY = re.compile(
    r"(?:알려[졌지진]|전해[졌지진]|불[리려렸린]|여겨[지졌진]|적[혀힌혔]|쓰[여인]|쓰이|써[진졌있]|새겨|새긴|걸[려렸린]|들[었려린리]|듣[고는던]|받[았고은는다자]|"
    r"나[온왔오]|나돌|돌[았고]|규정[한하했]|정의[된되]|읽[힌혔히]|보인다|보였|기록[돼되된됐]|해서|해도|하더라도|하기엔|봐야|보기|[가-힣]{1,4}[되된될됐돼]|[되된될됐돼]|이름|있[다었])"
)
_PASSIVE = re.compile(r"(?:알려[졌지진]|전해[졌지진]|불[리려렸린]|적[혀힌혔]|쓰[여인]|여겨[지졌진])")
_NOMINAL = re.compile(r"기(?:는|도|가|를|에|엔|만|까지|조차)$")
"""A verb made a noun: "단정하기는 이르다", "말하기도 했다"."""
_THINKS = re.compile(r"(?:생각[했한하]|믿|느[꼈낀끼]|여[겼긴기]|판단|보[고았]|봤|본다|봅니다)")
_NEGATES = re.compile(r"(?:않|못[했하한할])")
_ADNOMINAL = re.compile(r"(?:[한힌친낸인린긴쓴온은던]|하는|해온|히는|이는|치는|리는)$")

NOUNS_OF_SAYING = frozenset(
    """
    말 설명 주장 지적 분석 진단 전망 입장 평가 판단 생각 의견 견해 얘기 이야기 당부 해석 조언 반응 시각 귀띔 질문 답
    답변 대답 비판 요구 요청 제안 경고 우려 호소 하소연 소감 각오 다짐 약속 인사 인사말 글 메시지 논평 성명 뜻 취지
    방침 계획 의사 의지 바람 포부 소신 지론 철학 반론 반박 해명 변명 고백 증언 진술 보고 관측 예상 예측 기대 믿음
    확신 농담 회고 기억 목소리 촉구 점 심경 심정 속내 결론 주문 부탁 충고 조건 문구 구호 소문 소식 내용 질의 물음
    반문 쓴소리 일성 일침 한마디 권고 제언 복안 구상 발언 후문 전언 이유 주의 것 사실 논리 명분 고언 덕담 신조 인식
    문제의식 표현 글귀 답글 댓글 소회 항변 비유 질책 지시 명령 문장 대목
    """.split()
)
_SAYING = "|".join(sorted(NOUNS_OF_SAYING, key=len, reverse=True))
_COPULA_OF = re.compile(
    rf"(?P<noun>{_SAYING})(?:이다|이었다|였다|입니다|이에요|이라고|이라며|이며|이고|이지만|이었고|다)?\.?$"
)
_NOUN_OF = re.compile(
    rf"(?P<noun>{_SAYING})"
    r"(?P<particle>을|를|도|까지|만|이|가|에|에도|에는|에게|로|으로|은|는|과|와|밖에|조차)?$"
)
QUOTATIVE = re.compile(r"(?:다|라|자|냐)(?P<end>고(?:도|는|까지|만)?|며|면서도?)$")
"""What closes words reported without quotation marks."""
_NO_QUOTATIVE = re.compile(r"(?:바라[고며면]|자라[고며면]|놀라[고며면]|모자라|올라|몰라|^자고|^다고|따라)")
ADNOMINAL = re.compile(r"(?:다|라|자|냐)(?:는|던)$")
"""… and makes them lean on a noun: "…다는 뜻", "…라던 감독"."""
AFTER_QUOTE = re.compile(
    r"(?:(?P<go>이?라고(?:도|는|까지|만)?|고(?:도|는|까지)?|하고)|(?P<and>이?라며|며|이?라면서도?|면서도?)|(?P<lean>이?라는|는|이란|란|이?라던|던|다는|냐는|자는))$"
)
"""What follows a quotation that is somebody's words."""
FORECAST = re.compile(
    r"(?:전망|내다|예상|예측|관측|추정|추산|분석|기대|판단|진단|평가|보고|봤다|보았|본다|점쳤|점친|예견|확신|해석|추측|짐작)"
)
DEMAND = re.compile(r"(?:주문|요구|촉구|당부|제안|요청|권고|지시|약속|다짐|명령|건의|호소|종용|부탁|제언|강권|통보)")
ASKS = re.compile(r"(?:물|묻|따[졌지]|질문|질의|캐물|되물|반문|설명|지적|의문|궁금|추궁)")
EXPRESSES = re.compile(
    r"(?:밝|전[했하한해]|강조|표[명했하한]|나타[냈내낸]|피력|보[였이인]|드러[냈내낸]|냈|낸$|내고|내며|내비|내[놨놓]|고수|견지|펼?[쳤치친]|폈|제기|지적|덧붙|재확인|분명히|시사|되풀이|반복|역설|호소|남[겼기긴]|올[렸리린]|했|한|던[졌지]|건[넸네]|꺼[냈내]"
    r"|쏟아|쏘아|토로|주장|언급|설명|내[세걸]|발표|공개|적[었은]|썼|알[렸리]|늘어|털어|대신|시작|마무리|마쳤|맺|말문|운을|끝)"
)


class Verb(Enum):
    """What a predicate after reported words makes of them."""

    SAYS = "says"
    THINKS = "thinks"
    ACTS = "acts"  # some other verb, finite: enough after a quotation
    HEARSAY = "hearsay"  # passive, or nobody says it
    NONE = ""


@lru_cache(maxsize=1 << 14)
def verb(word: str) -> Verb:
    """What kind of predicate a word is."""
    word = word[:30]
    if _NOMINAL.search(word):
        return Verb.NONE
    if _PASSIVE.match(word):
        return Verb.HEARSAY
    if _SAYS.match(word):
        return Verb.THINKS if _THINKS.match(word) else Verb.SAYS
    if _HEARSAY.match(word):
        return Verb.HEARSAY
    past = any("가" <= c <= "힣" and (ord(c) - 0xAC00) % 28 == 20 for c in word[:5])
    return Verb.ACTS if past else Verb.NONE


def negates(word: str) -> bool:
    """Whether a word takes back the verb before it: 않았다, 못했다."""
    return bool(_NEGATES.match(word))


def is_adnominal(word: str) -> bool:
    """Whether a verb leans on the noun behind it: "말한 감독", "하던 의원"."""
    return bool(_ADNOMINAL.search(word))


def is_quotative(word: str) -> str:
    """The ending ("고", "며", "면서") that closes reported words in this word; empty where there is none."""
    match = QUOTATIVE.search(word)
    if match is None or len(word) < 3 or _NO_QUOTATIVE.search(word):
        return ""
    return match["end"]


@lru_cache(maxsize=1 << 14)
def noun_of_saying(word: str) -> tuple[str, str]:
    """(noun, particle or "이다") of a word like "입장을", "설명이다"; two empty strings for any other."""
    word = word[:30]
    match = _NOUN_OF.match(word)
    if match:
        return match["noun"], match["particle"] or ""
    match = _COPULA_OF.match(word)
    return (match["noun"], "이다") if match else ("", "")
