"""The words that stand before and after names: titles, offices, honorifics, in English and Korean."""

from __future__ import annotations

import re

HONORIFICS = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr father sister brother rabbi imam sheikh pope
    saint st hon honourable honorable right rt senator sen rep representative congressman congresswoman governor gov
    president vice deputy minister prime premier chancellor ambassador secretary general gen lt lieutenant col colonel
    maj major capt captain sgt sergeant cmdr commander adm admiral cpl corporal pvt officer detective det insp inspector
    judge justice mayor councillor councilman councilwoman chairman chairwoman chair chairperson speaker king queen
    prince princess emperor duke duchess count countess baron baroness sheriff attorney coach principal dean director
    chief executive ceo cfo cto coo emeritus emerita former acting assistant associate senior junior lead spokesman spokeswoman
    spokesperson cardinal archbishop bishop commissioner superintendent president-elect foreign finance interior
    """.split()
)
"""Words that lead a name without being part of it, lower case without a full stop."""

SUFFIXES = frozenset("jr sr ii iii iv phd md mp mps am ms mep mla kc qc obe mbe cbe esq esquire dds jd mba".split())
"""Words that close a name without being part of it."""

GENERATIONS = frozenset("jr sr ii iii iv".split())
"""The suffixes that tell two people of one name apart."""

ROLE_NOUNS = frozenset(
    """
    activist actor actress administrator advisor adviser advocate agent aide ambassador analyst anchor archbishop
    architect artist assistant associate astronaut astronomer attorney auditor author ballerina banker baroness biologist
    bishop blogger boss broker broadcaster brother businessman businesswoman campaigner candidate captain cardinal
    caretaker cashier ceo cfo chair chairman chairperson chairwoman champion chancellor chef chemist chief cleric clerk
    climatologist coach colleague colonel columnist comedian commander commentator commissioner composer congressman
    congresswoman conservationist consultant contractor controller coordinator correspondent counsel councillor
    councilman councilwoman counsellor counselor cousin creator critic curator daughter dean defender delegate
    demographer dentist deputy designer detective developer diplomat director doctor driver ecologist economist editor
    educator engineer entrepreneur environmentalist epidemiologist executive expert farmer father fellow filmmaker
    financier firefighter fisherman founder friend gardener general geographer geologist geophysicist goalkeeper governor
    grandfather grandmother head headmaster headteacher historian host husband imam inspector instructor inventor
    investigator investor journalist judge jurist justice keeper king landlord lawmaker lawyer leader lecturer legislator
    librarian lieutenant linguist lobbyist major manager marshal mathematician mayor mechanic member meteorologist
    midfielder minister monk mother musician negotiator neighbor neighbour neuroscientist novelist nun nurse officer
    official ombudsman operator organiser organizer owner painter parent partner pastor pathologist pediatrician
    philosopher photographer physician physicist pilot planner player playwright poet politician pollster president
    presenter priest prime principal prince princess producer professor programmer prosecutor psychiatrist psychologist
    publicist publisher queen rabbi ranger rapporteur rector referee regulator reporter representative researcher resident
    reviewer scholar scientist secretary senator sergeant sheriff singer sister sociologist soldier solicitor son
    songwriter speaker specialist spokesman spokesperson spokeswoman statistician strategist striker student
    superintendent supervisor surgeon surveyor survivor teacher technician technologist testifier theologian toxicologist
    trader trainer translator treasurer trustee undersecretary veteran veterinarian vice victim villager virologist
    volunteer warden widow widower wife winger winner witness groundsman superintendent-general worker writer zoologist
    """.split()
)
"""Nouns that say what somebody is; one of them heads nearly every apposition and office."""

_AGENT = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|man|woman|person|eer|wright|smith|keeper)$")
_NO_AGENTS = frozenset(
    """
    after another answer anger banner barrier better border brother calendar career center chapter clear clever color
    computer copper corner corridor cover december differ dinner disaster distinctiveness door earlier either ever error
    factor favor favour fever filter finger flower former further gender german harbor higher honor however human hunger
    hundred indoor interior junior labor labour larger later latter layer letter lever longer lower major manner master
    matter matters member minor mirror moreover motor never neither newspaper november number october odor offer older
    order other outer over paper peer per pepper poor popular power prior proper quarter rather recover register
    remainder river roman rubber rumor rumour sector semester senior september sever shelter shower silver similar simpler
    sister smaller sober sooner stronger suffer summer super supper tender terror theater thunder timber together tower
    transfer tutor twelver under upper urban vapor water weather whatever whether wider winter wonder younger
    """.split()
)


def is_role_noun(word: str) -> bool:
    """Whether a word in lower case says what somebody is: a known office, or an agent noun such as "plumber"."""
    return word in ROLE_NOUNS or (bool(_AGENT.match(word)) and word not in _NO_AGENTS)


ORGANISATION_WORDS = frozenset(
    """
    academy administration agency alliance assembly association authority bank board bureau cabinet campaign centre center
    chamber church club coalition college commission committee company conference congress consortium corp corporation
    corps council court department directorate division embassy federation forum foundation front fund government group
    guild hospital house inc initiative institute institution international laboratory league limited llc ltd media
    ministry mission movement museum network news newspaper observatory office organisation organization parliament
    partners party police post press project school senate service services society state states studio studios survey
    team times today trust tribune union united university weekly
    """.split()
)
"""Words that make a name an organisation's rather than a person's."""

KOREAN_TITLES = tuple(
    sorted(
        """
        의원 위원 위원장 부위원장 교수 명예교수 석좌교수 부교수 조교수 장관 차관 차관보 총리 국무총리 부총리 대통령 대표 대표이사 부대표 사장 부사장 회장
        부회장 의장 부의장 원장 부원장 소장 부소장 센터장 본부장 실장 국장 과장 팀장 부장 차장 처장 청장 시장 부시장 군수 구청장 도지사 지사 총장 부총장
        학장 이사장 이사 상무 전무 상임이사 박사 연구원 연구위원 선임연구원 책임연구원 선임연구위원 수석연구원 기자 특파원 앵커 변호사 검사 판사 대법관
        재판관 검찰총장 경찰청장 대변인 부대변인 대사 공사 영사 특사 사무총장 사무국장 간사 지부장 협회장 조합장 감독 코치 선수 주장 배우 가수 작가 시인
        소설가 화가 감사 고문 자문위원 보좌관 비서관 비서실장 수석 정책관 기획관 담당관 협력관 심의관 조정관 원내대표 최고위원 당대표 후보 전문위원
        평론가 애널리스트 이코노미스트 수석이코노미스트 의사 원사 중령 대령 소령 장군 총재 부총재 행장 은행장 지점장 점장 교장 교감 교사 선생 선생님
        연구소장 연구부장 단장 부단장 사무관 서기관 주무관 이장 통장 학생 농민 어민 주민 상인 대리 사원 매니저 디렉터 최고경영자 창업자 설립자 목사 신부
        스님 주교 추기경 진술인 참고인 증인 발언자 좌장 사회자 토론자 발표자 전무이사 상무이사 지회장 사업부장 사업단장 정책실장 정책위의장 박물관장 관장
        병원장 도서관장 서장 경찰서장 소방서장 경위 경감 경정 총경 조합원 국회의장 부처장 씨 님 군 양 옹 전 여사
        """.split(),
        key=len,
        reverse=True,
    )
)
"""Titles that follow a Korean name, longest first."""
