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
    activist alderman alderwoman assemblyman assemblywoman councilor selectman comptroller congressperson freshman layman
    clergyman policeman fireman actor actress administrator advisor adviser advocate agent aide ambassador analyst anchor archbishop
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
    librarian lieutenant linguist lobbyist major manager marshal master mathematician mayor mechanic member meteorologist
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
    team times today trust tribune union united university weekly brotherhood sisterhood project workers teachers
    roundtable bloc caucus chronicle gazette herald sentinel journal
    """.split()
)
"""Words that make a name an organisation's rather than a person's."""

KOREAN_TITLES = tuple(
    sorted(
        """
        의원 위원 위원장 부위원장 교수 명예교수 석좌교수 부교수 조교수 장관 차관 차관보 총리 국무총리 부총리 대통령
        대표 대표이사 부대표 사장 부사장 회장 부회장 의장 부의장 원장 부원장 소장 부소장 센터장 본부장 실장 국장 과장
        팀장 부장 차장 처장 청장 시장 부시장 군수 구청장 도지사 지사 총장 부총장 학장 이사장 이사 상무 전무 상임이사
        박사 연구원 연구위원 선임연구원 책임연구원 선임연구위원 수석연구원 기자 특파원 앵커 변호사 검사 판사 대법관
        재판관 검찰총장 경찰청장 대변인 부대변인 대사 공사 영사 특사 사무총장 사무국장 간사 지부장 협회장 조합장 감독
        코치 선수 주장 배우 가수 작가 시인 소설가 화가 감사 고문 자문위원 보좌관 비서관 비서실장 수석 정책관 기획관
        담당관 협력관 심의관 조정관 원내대표 최고위원 당대표 후보 전문위원 평론가 애널리스트 이코노미스트
        수석이코노미스트 의사 원사 중령 대령 소령 장군 총재 부총재 행장 은행장 지점장 점장 교장 교감 교사 선생 선생님
        연구소장 연구부장 단장 부단장 사무관 서기관 주무관 이장 통장 학생 농민 어민 주민 상인 대리 사원 매니저 디렉터
        최고경영자 창업자 설립자 목사 신부 스님 주교 추기경 진술인 참고인 증인 발언자 좌장 사회자 토론자 발표자
        전무이사 상무이사 지회장 사업부장 사업단장 정책실장 정책위의장 박물관장 관장 병원장 도서관장 서장 경찰서장
        소방서장 경위 경감 경정 총경 조합원 국회의장 부처장 씨 님 군 양 옹 전 여사 시의원 도의원 구의원 군의원
        국회의원 상원의원 하원의원 위원장대리 의장대리 직무대행 권한대행 노조위원장 논설위원 해설위원 집행위원장
        수석부의장 수석대변인 정책위원 상임위원 조사관 심판관 조정위원 편집장 편집국장 편집인 주필 논설실장 특보 총괄
        책임자 담당자 최고기술책임자 최고재무책임자 연출가 비평가 서예가 건축가 조각가 사진가 작곡가 작사가 음악가
        안무가 예술가 만화가 활동가 운동가 사업가 기업가 역사가 탐험가 번역가 극작가 수필가 방송인 연예인 국어학자
        과학자 경제학자 역사학자 사회학자 정치학자 철학자 물리학자 화학자 생물학자 언어학자 인류학자 고고학자 법학자
        학자 연구자 자원봉사자 고등학생 중학생 대학생 초등학생 대학원생 유학생 회사원 공무원 재판장 부장판사 부장검사
        지검장 고검장 지청장 변호인 회계사 세무사 법무사 노무사 약사 간호사 한의사 수의사 전공의 전문의 간호부장
        수간호사 물리치료사 상담사 복지사 조종사 기관사 건축사 요리사 선장 함장 기장 촌장 족장 국왕 여왕 왕세자 왕비
        총통 주석 서기장 총서기 주지사 부통령 교황 대주교 랍비 이맘 사령관 참모총장 합참의장 대장 준장 대위 중위 소위
        상사 중사 하사 병장 프로듀서 피디 아나운서 진행자 강사 셰프 디자이너 개발자 엔지니어 프로그래머 컨설턴트
        트레이너 에이전트 코디네이터 큐레이터 학예사 학예연구사 연구교수 초빙교수 겸임교수 특임교수 전임교수 교육감
        부교육감 의료원장 간사장 외무상 방위상 총무상 재무상 관방장관 외상 법무상 총리대행 지휘자 피아니스트
        바이올리니스트 첼리스트 성악가 국악인 무용가 발레리나 영화감독 각본가 시나리오작가 유튜버 할아버지 할머니
        아버지 어머니 어르신 화백 제빵사 미용사 이발사 박사과정생 석사과정생 박사과정 부상 외무성부상 위원회장
        부의장대리 시의장 도의장 구의장 농장주 사육사 해설사 안내원 구조대원 소방관 경찰관 소방위 소방장 교도관 대원
        """.split(),
        key=len,
        reverse=True,
    )
)
"""Titles that follow a Korean name, longest first."""
