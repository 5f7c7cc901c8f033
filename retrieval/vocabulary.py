"""Words of everyday language: they say little of what a question is about, whether or not a folder has them."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.words import is_korean, terms, without_particle

_ENGLISH = """
    ability able accept accord account achieve act action active activity actual actually add address affect age
    ago aim allow already although amount announce another answer appear apply approach area arrive ask attempt
    attend attention available avoid aware away back bad base basic basis bear beat beautiful became become
    began begin beginning begun behind believe belong benefit best better beyond big bit body born both bought
    break bring broad broke brought build built bring buy call called came care carry case catch cause caused
    center central centre certain chance change character characteristic check choice choose chose class clear
    clearly close collect combine come common company compare complete concept concern condition connect
    consider consist contain content continue contribute control correct cost count country couple course cover
    create current cut daily date day deal decide decision deep define definition degree demand depend describe
    design detail determine develop development die different difference difficult direct direction discover
    discuss divide double draw drive drop early easy effect effort eight element else employ empty enable
    encourage end enjoy enough enter entire equal especially establish event eventually exact exactly example
    exist expect explain express extend face fact factor fail fall famous far fast feature feel fell felt field
    fight figure fill final finally find fine finish first fit five follow force form formal former forward
    found four free frequent full function future gain gather gave general generally give go goal gone good got
    great group grow growth guess had half hand happen happy hard head hear held help high highest history hit
    hold hope hour huge idea identify image imagine impact important improve include increase indicate influence
    information initial inside instead intend interest involve issue item job join just keep kept key kind knew
    know known label lack large largest last late later lead leader learn least leave led left length less level
    lie life like likely limit line link list live local locate location long look lose lost lot low main mainly
    maintain major make man manage manner many mark matter mean measure meet member mention met method middle
    might million mind minute moment month most mostly move movement much name named national natural nature
    near nearly necessary need never new next nine normal note now number numerous object observe obtain occur
    offer often old one open operate opinion opposite order ordinary organise organize origin original
    originally own page paid part particular partly pass past pay people percent percentage perform perhaps
    period person phrase pick piece place plan play point popular position possible practice prefer prepare
    presence present prevent previous primary principle problem process produce product program programme prompt
    proper property propose protect prove provide public publish purpose put quality quantity question quick
    quite raise ran range rank rate rather reach read ready real really reason receive recent recently recognise
    recognize record reduce refer reflect regard region relate relation release remain remember remove replace
    report represent require respond response rest result return reveal right rise role room rule run same sat
    save saw say scale school second section see seek seem seen select send sense sent separate series serious
    serve set seven several shape share short show shown side sign similar simple simply since single sit
    situation six size small smaller smallest society sold sometimes soon sort sought sound source space speak
    special specific spend spent spoke spread stage stand standard start state stay step still stood stop story
    strong structure study style subject successful sudden suggest support suppose sure surround system take
    taken task taught team tell ten tend term test think third thing thought thousand three throughout time
    title today together told took top topic total touch towards traditional travel treat tried true try turn
    twice two type typical ultimate understand understood unique unit use used useful user usual usually value
    variety various view visit voice vote wait walk want watch way weak week went whole wide widely willing win
    wish woman women won word work world worth write written wrong wrote year young zero
    advice clarify confused cool curious elaborate favorite favourite heard impressive love meant nice pretty probably
    recommend somehow sorry stuff talk wonder wonderful worry
"""
_KOREAN = """
    가장 가지 가지고 가진 가진다 간다 갔다 개 개월 거기 걸린 것으로 결과 결국 경우 계기 계속 곳 과정 관련
    관계 구성 국가 그동안 기간 기록 까닭 끝 나라 나온 나오는 날 날짜 남은 내용 년 년도 높은 누가 느낀 다른
    다시 다음 단어 단체 달 당시 대상 대표 대표적 대표적인 데 도시 독특한 동안 된다 뜻 마지막 만든 만들어진
    많은 말 말하는 맡은 명 명칭 모두 모습 목적 무렵 문제 밝힌 받은 발표한 방법 방식 배경 번 번째 별명 보인
    본명 부분 불리는 비롯한 사람 사용된 사용하는 사이 상황 새로운 생긴 속한 수도 수행 숫자 시간 시기 시작
    시작된 시작한 시절 실제 실제로 싶은 쓰는 쓰인 알 알려진 알려지게 알게 앞 어떠한 어떻게 얻은 없는 여기 역할
    연도 열린 영향 영향을 예 예를 오늘 오늘날 외 요소 용도 용어 원래 원인 위치 위치한 위하여 유명한 유래 의미
    의미하는 이것은 이곳 이때 이름 이른 이상 이용 이용한 이유 이전 이후 인물 일 일어난 일컫는 있던 있었던 자신
    작품 작은 장소 저자 적 전 전체 점 정도 제목 제외한 존재 존재하는 종류 좋은 주로 주요 주제 중심 지역 직업
    직책 진행된 처음 처음으로 최고 최근 최대 최초 최초로 출신 큰 특징 편 평균 하나 하던 하려 한다 함께 해당
    해 행동 현재 형태 호칭 활동 회사 횟수 후 후에
"""
# The verb that asks, at a Korean question's end: its ending hides it from every text.
_ASKING_VERB = re.compile(r"(?:나요|까요?|니까|[는은던인]가요?|[았었했였됐]나|는지|[어아해]요|지요|죠)$")
_EVERYDAY = frozenset(term for word in _ENGLISH.split() for term in terms(word))
_EVERYDAY_KOREAN = frozenset(_KOREAN.split())


@lru_cache(maxsize=1 << 14)
def is_everyday(word: str) -> bool:
    """Whether `word`, in any of its forms, is a word of everyday language rather than one of a subject."""
    if is_korean(word):
        known = word in _EVERYDAY_KOREAN or without_particle(word) in _EVERYDAY_KOREAN
        return known or _ASKING_VERB.search(word) is not None
    return any(term in _EVERYDAY for term in terms(word))
