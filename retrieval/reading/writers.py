"""Who stands behind a name: a person, an institution, or, as with a web board's user ids, nobody that can be named."""

from __future__ import annotations

import re

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기"
    "반왕금옥육인맹제모탁국어은편용예경봉사부황보"
)
_KOREAN_TITLE = (
    r"(?:\s?(?:선임|수석|책임|객원|인턴|전문|논설|편집|연구|명예|부|정|주임|전임)?"
    r"(?:기자|특파원|위원|교수|박사|연구원|연구위원|연구관|소장|원장|실장|팀장|과장|국장|센터장|대표|작가|변호사|의원"
    r"|장관|차관|사무관|주무관|칼럼니스트|앵커|아나운서|이사|회장|총장|본부장))"
)
_KOREAN_PERSON = re.compile(
    rf"(?:[{_SURNAMES}][가-힣]{{2}}|(?:남궁|황보|제갈|선우|독고|사공)[가-힣]{{1,2}}){_KOREAN_TITLE}?"
    rf"|[{_SURNAMES}][가-힣]{_KOREAN_TITLE}"
)
_KOREAN_OFFICE = re.compile(
    r".*(?:[팀실과부처청]|센터|연구[소원회]|대학교?|학[교회과부]|협회|재단|공사|공단|위원회|은행|신문|일보|뉴스|방송"
    r"|본부|담당관|대변인|사무[국처소]|평가원|진흥원|정책원|기술원|개발원|관리원|정보원|교육원|대사관|기획국|홍보국"
    r"|도서관|박물관|미디어|통신|시청|도청|구청|군청)"
)
_INSTITUTION_WORDS_LISTED = """
academy administration agency association authority bank board bureau center centre chamber club college
commission committee company corp corporation council court department directorate division embassy
federation forum foundation fund gazette government group headquarters herald hospital inc institute
institution journal laboratory league library ltd magazine media ministry museum network news newspaper
observatory office organisation organization party platform post press project review school secretariat
service services society staff studies taskforce team times tribune trust union university
"""
_INSTITUTION_WORDS = frozenset(_INSTITUTION_WORDS_LISTED.split())
_PARTICLES_LISTED = """
de da del della der van von bin ibn al el la le du di dos ter ten jr sr ii iii phd
"""
_PARTICLES = frozenset(_PARTICLES_LISTED.split())
_NOBODY_LISTED = """
admin administrator manager master webmaster operator guest anonymous user staff editor root 관리자 운영자 담당자
최고관리자 익명 작성자
"""
_NOBODY = frozenset(_NOBODY_LISTED.split())
_HONORIFIC = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Rev|Hon|Amb|Ambassador|Minister|Senator)\b\.?\s*)+", re.IGNORECASE
)
_DEGREE = re.compile(r",?\s{0,3}(?:Ph\.?\s?D|M\.?D|MBA|MSc|Esq)\.?$", re.IGNORECASE)


def is_institution(name: str) -> bool:
    """Whether `name` is what an institution, a department or a newspaper is called."""
    if name.casefold() in _NOBODY or is_person(name):
        return False
    tokens = name.replace(",", " ").split()
    if any(token.strip(".&()").casefold() in _INSTITUTION_WORDS for token in tokens):
        return name[:1].isupper() or len(tokens) > 1
    is_acronym = len(tokens) == 1 and re.fullmatch(r"[A-Z][A-Z&.-]{1,11}", name) is not None
    return is_acronym or tokens[:1] == ["The"] or bool(_KOREAN_OFFICE.fullmatch(name.strip()))


def is_person(name: str) -> bool:
    """Whether `name` looks like one person's: two to five capitalised words, or a Korean surname with a given name."""
    bare = _DEGREE.sub("", _HONORIFIC.sub("", name.strip()))
    if _KOREAN_PERSON.fullmatch(bare):
        return not re.search(r"(?:팀|실|과|부|처|청|센터|홍보|기획|총무|운영)$", bare) or bare.endswith(
            ("은실", "영실")
        )
    tokens = bare.replace(",", " ").split()
    if not 2 <= len(tokens) <= 5:
        return False
    if any(token.strip(".").casefold() in _INSTITUTION_WORDS for token in tokens):
        return False
    return all(_is_name_word(token) for token in tokens) and tokens[0].casefold() not in {
        "the",
        "a",
        "an",
        *_PARTICLES - {"de", "van", "von", "al", "el"},
    }


def without_title(name: str) -> str:
    """A Korean name without the office behind it: 홍길동 for "홍길동 연구위원"; any other name as it is."""
    return re.sub(rf"(?<=^[가-힣]{{3}}){_KOREAN_TITLE}$", "", name.strip())


def _is_name_word(token: str) -> bool:
    if token.casefold() in _PARTICLES:
        return True
    letters = re.sub(r"[.'’\-‐‑]", "", token)
    return bool(letters) and letters.isalpha() and token[0].isupper()
