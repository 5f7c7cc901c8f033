"""The furniture of a saved web page: menus, buttons, pagers, notices; what is on the page but not of the text."""

from __future__ import annotations

import re

from retrieval.reading.captions import ends_sentence

_LABELS = """
home|homepage|main|menu|main menu|open menu|close menu|toggle navigation|navigation|search|search this site|log in
|login|sign in|sign up|log out|logout|register|join|sitemap|site map|contact|contact us|about|about us|faq|english
|korean|한국어|eng|kor|language|print|print this page|share|share this|share this page|share this article
|share this story|share on facebook|share on twitter|share on linkedin|share via email|save|e-mail|email|email this
|copy link|copy url|link copied|url copy|facebook|twitter|x|linkedin|instagram|youtube|kakaotalk|kakao|whatsapp
|telegram|reddit|pinterest|naver|band|blog|rss|pdf|download|download pdf|view pdf|font size|text size|zoom in
|zoom out|a+|a-|+|list|go to list|back to list|back|previous|prev|next|previous page|next page|previous article
|next article|prev post|next post|previous post|first|last|top|go to top|back to top|scroll to top|to top|more
|read more|see more|view more|show more|learn more|view all|see all|close|open|subscribe|subscribe now|newsletter
|follow us|follow|like|comment|comments|leave a comment|leave a reply|reply|no comments|no comments yet|add comment
|advertisement|ad|ads|sponsored|skip to content|skip to main content|skip to main|skip navigation|skip to navigation
|skip to footer|jump to content|privacy|privacy policy|terms|terms of use|terms of service|terms and conditions
|accessibility|cookie policy|cookie settings|accept|accept all|accept cookies|accept all cookies|reject all|decline
|manage cookies|disclaimer|legal notice|copyright|copyright policy|related|related articles|related news
|related stories|related posts|related links|related content|recommended|you may also like|most read|most viewed
|most popular|popular|trending|trending now|latest news|recent posts|tags|categories|category|attachment|attachments
|file|files|attached file|attached files|view|hit|hits|family site|related sites|quick menu|quick links|banner
|banner zone|sns|go|ok|cancel|submit|send|image|photo|listen|play|pause|mute|watch|breadcrumb|you are here
|current location|바로가기|본문 바로가기|본문바로가기|본문으로 바로가기|본문내용 바로가기|본문 내용 바로가기
|주메뉴 바로가기|주 메뉴 바로가기|메뉴 바로가기|하단 바로가기|푸터 바로가기|컨텐츠 바로가기|콘텐츠 바로가기|전체메뉴
|전체 메뉴|전체메뉴 열기|전체메뉴 닫기|전체메뉴 보기|메뉴|메뉴 열기|메뉴 닫기|메뉴열기|메뉴닫기|모바일 메뉴|홈
|홈으로|처음으로|메인|로그인|로그아웃|회원가입|마이페이지|사이트맵|검색|통합검색|통합 검색|검색어 입력|검색창 열기
|인쇄|인쇄하기|프린트|프린트하기|공유|공유하기|sns 공유|sns공유|기사공유|기사 공유|페이스북|페이스북 공유
|페이스북으로 공유하기|트위터|트위터 공유|카카오톡|카카오스토리|카카오톡 공유|네이버|네이버 블로그|네이버블로그|밴드
|블로그|인스타그램|유튜브|url 복사|url복사|링크 복사|주소 복사|주소복사|글자크기|글자 크기|글자 크게|글자 작게
|글씨크기|글꼴 크기|확대|축소|크게|작게|본문 글자 크기|목록|목록보기|목록으로|목록 보기|이전|다음|이전글|다음글
|이전 글|다음 글|이전기사|다음기사|이전 페이지|다음 페이지|이전글이 없습니다|다음글이 없습니다|처음|마지막|맨위로
|맨 위로|위로|상단으로|top으로|페이지 상단으로|더보기|더 보기|닫기|열기|펼치기|접기|전체보기|전체 보기|스크랩|북마크
|즐겨찾기|추천|추천하기|좋아요|신고|댓글|댓글쓰기|댓글 쓰기|댓글 0|의견쓰기|구독|구독하기|뉴스레터|뉴스레터 구독
|첨부파일|첨부 파일|첨부|다운로드|바로보기|미리보기|바로듣기|내려받기|전체 다운로드|일괄 다운로드|뷰어|문서뷰어
|관련사이트|관련 사이트|패밀리사이트|유관기관|유관기관 바로가기|배너|배너존|배너모음|배너 모음|팝업존|팝업|광고
|퀵메뉴|만족도 조사|만족도조사|만족도평가|개인정보처리방침|개인정보 처리방침|개인정보취급방침|이용약관|저작권정책
|저작권 정책|저작권보호정책|이메일무단수집거부|이메일 무단수집거부|이메일주소 무단수집거부|영상정보처리기기 운영방침
|찾아오시는길|찾아오시는 길|오시는길|오시는 길|고객센터|뷰어다운로드|뷰어 다운로드|관련기사|관련 기사|많이 본 기사
|많이 본 뉴스|인기기사|인기 기사|최신기사|최신뉴스|추천기사|기사저장|기사 저장|기사보내기|오류신고|음성으로 듣기
|기사듣기|번역|선택|확인|취소|등록|수정|삭제|답변|글쓰기|이동|기사원문|원문보기|원문 보기|원문|글자크기조정
|글자크기 조정|가가|가|본문듣기|저작자표시|출처표시|저작자표시 출처표시|상업적 이용금지|변경금지|기자 페이지
|본문요약|요약봇|sns 보내기|현재위치|현재 위치|서브메뉴|본문|본문시작|본문 시작|본문 끝|콘텐츠 영역|언어선택|태그
|자동요약|기사요약|기사 요약|기사내용 요약
"""
_WORDS = frozenset(" ".join(label.split()).casefold() for label in _LABELS.replace("\n", "").split("|"))
_SURE = re.compile(
    r".{0,40}(?:바로가기|skip to (?:main |the )?(?:content|navigation))"
    r"|(?:copyright\b|ⓒ|©|\(c\)\s?\d{4}|저작권자).{0,200}"
    r"|.{0,120}(?:all rights? reserved|무단\s?전재|재배포\s?금지|무단\s?복제).{0,80}"
    r"|(?:이전\s?글|다음\s?글|이전\s?기사|다음\s?기사|previous (?:article|post|story)|next (?:article|post|story)"
    r"|prev|previous|next)\s?(?:[:：|▲▼△▽^>»<«∧∨\t-].*|\s(?:다음|이전)\s?글)"
    r"|(?:(?:이전글|다음글)(?:이|은)?\s?(?:없습니다|존재하지 않습니다)|등록된 .{1,12} 없습니다|게시물이 없습니다)[. ]*"
    r"|(?:tel|fax|전화|팩스|대표\s?전화|대표번호|고객센터)\s?[.:)]?\s?[\d+()][\d\s()~+,./\-–:a-z]{6,60}"
    r"|(?:\(?우\)?|우편번호)\s?[:)]?\s?\(?\d{3}-?\d{2,3}\)?.{0,120}"
    r"|사업자\s?등록번호.{0,120}"
    r"|(?:https?://|www\.)\S+"
    r"|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|(?:tags?|태그|keywords?|키워드|해시태그)\s?[:：].{0,200}|(?:#[^\s#]+[\s,]*)+"
    r"|(?:first|처음|«|<<|prev|이전|‹|<)?\s*(?:\[?\d{1,4}\]?\s+){2,}\[?\d{1,4}\]?\s*(?:다음|next|끝|last|마지막|>>|»"
    r"|›|>|\.\.\.|…|\s)*"
    r"|(?:page|페이지)\s?\d+\s?(?:/|of)\s?\d+|\d+\s?/\s?\d+\s?(?:page|페이지)?|-\s?\d{1,4}\s?-"
    r"|(?:\d[\d,]*)\s?(?:views?|hits?|comments?|shares?|likes?|명|개의 댓글|회 조회)"
    r"|\d{1,3}[- ]min(?:ute)?s? read|(?:reading time|read time|estimated read)\s?:?\s?\d+.{0,12}"
    r"|(?:you are here|current location|현재\s?위치|현재\s?페이지)\s?[:：>].*"
    r"|(?:\[?\s?)?.{1,120}\.(?:pdf|hwpx?|docx?|xlsx?|pptx?|zip|jpe?g|png"
    r"|gif)\s?\]?(?:\s?[\[(]?\s?(?:[\d.,]+\s?(?:bytes?|[KMG]i?B)?|download|다운로드|다운받기|미리보기|바로보기"
    r"|바로듣기|뷰어|조회|hit|회|[,/|:\])(])\s?[\])]?\s?)*"
    r"|(?:share|follow|공유)\s?[:：].{0,80}"
    r"|(?:click|press|tap) (?:here|the) .{0,60}"
    r"|(?:(?:is|was) this (?:page|article|information) (?:helpful|useful)|did you find this (?:page )?(?:helpful"
    r"|useful)).{0,20}"
    r"|.{1,20}기자\s?(?:기자 ?페이지|의 다른 기사|구독).{0,20}"
    r"|(?:이전\s?글|다음\s?글)\s.{1,80}"
    r"|.{0,20}(?:기사\s?보내기|(?:으)?로 공유(?:하기)?|기사\s?공유|기사\s?저장)"
    r"|(?:이 기자의 )?다른\s?기사\s?(?:더 )?보기"
    r"|return to (?:the )?list|address\s?:\s.{3,100}"
    r"|[-(<\[]\s?(?:end|끝)\s?[-)>\]]|끝\.?|###|-\s?30\s?-"
    r"|(?:additional )?reporting by .{3,80}|our standards:.{0,80}"
    r"|<?\s?(?:본|이|외부) (?:칼럼|글|기고|기사|필자).{0,60}편집 ?방향과.{0,30}"
    r"|get (?:emails|e-mails|alerts|updates) about .{0,30}|see all updates"
    r"|(?:기사제보|제보)\s?(?:및|[:：]).{0,80}",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:(?:this|our|the) (?:web)?site uses cookies|we use cookies|uses? cookies to|by continuing to (?:use|browse)"
    r"|(?:accept|reject|decline|manage|essential|additional|our) (?:\w+ )?cookies|cookies on (?:this|our)"
    r"|receive .{0,30}updates|directly in your inbox|subscribe here|never miss an|enjoyed (?:this|reading)"
    r"|sign up (?:for|to) (?:our|the|receive)|subscribe to (?:our|the|receive)|enable javascript"
    r"|javascript is (?:disabled|required)"
    r"|your browser (?:does not|doesn't)|an official website of the|here's how you know)"
    r"|쿠키를 사용|자바스크립트를|이 페이지에서 제공하는 정보에 대하여|만족하십니까|만족도를 조사|공공누리"
    r"|출처표시.{0,20}조건에 따라|이용자에게 불편",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:related (?:articles|news|stories|posts|links|content)|most (?:read|viewed|popular)|you may also like"
    r"|recommended|latest news|recent posts|trending now|comments?|leave a (?:comment|reply)|(?:is"
    r"|was) this .* (?:helpful|useful)\?|(?:press|media) contacts?|end|끝\.?|###|30|reporting by .*|share this.*"
    r"|tags?\b.*"
    r"|목록.{0,4}|이전\s?글.*|다음\s?글.*|(?:previous|next) (?:article|post|story).*|(?:back|return) to (?:the )?list"
    r"|go to list|list"
    r"|관련\s?기사|많이 본 (?:기사|뉴스)|인기\s?기사|최신\s?(?:기사|뉴스)|추천\s?기사|댓글.{0,6}|배너존|배너\s?모음"
    r"|만족도\s?조사|패밀리사이트|관련\s?사이트)"
    r"|.*(?:copyright|ⓒ|©|all rights reserved|무단\s?전재|저작권자|개인정보\s?처리방침|privacy policy).*",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(r"[>›»→]")
_BULLETS = " \t•·∙*-–—|[]()<>«»‹›▶▷►>+×✕☰"
_LONE_MARK = re.compile(r"[\W_]+|[\W_]*\d{1,5}[\W_]*")


def is_furniture(words: str) -> bool:
    """Whether the line `words` can be nothing but furniture: a button, a pager, a notice, an address in the footer."""
    label = " ".join(words.strip(_BULLETS).rstrip(":.").split()).casefold()
    return label in _WORDS or is_lone_mark(words) or is_menu(words) or bool(_SURE.fullmatch(words)) or is_notice(words)


def is_lone_mark(words: str) -> bool:
    """Whether `words` are a number alone, or no words at all."""
    return bool(_LONE_MARK.fullmatch(words)) and not words.endswith((".", ")", "?", "!"))


def is_menu(words: str) -> bool:
    """Whether `words` are a trail of crumbs ("Home > News > Press") or buttons side by side."""
    crumbs = [crumb.strip() for crumb in _BREADCRUMB.split(words) if crumb.strip()]
    if len(crumbs) >= 3 and all(len(crumb.split()) <= 7 for crumb in crumbs[:-1]) and not words.endswith("."):
        return True
    if len(crumbs) == 2 and crumbs[0].casefold() in _WORDS:
        return True
    parts = [part.strip(_BULLETS) for part in re.split(r"\s*[|│ㅣ·•/\t]\s*|\s{2,}", words) if part.strip(_BULLETS)]
    known = sum(part.casefold() in _WORDS for part in parts)
    are_short = all(len(part.split()) <= 4 for part in parts)
    if len(parts) >= 2 and are_short and known * 2 >= len(parts):
        return True
    if len(parts) >= 3 and are_short and (known or words.isupper()) and not ends_sentence(words):
        return True
    tokens = words.casefold().split()
    return len(tokens) >= 3 and all(token in _WORDS for token in tokens)


def is_notice(words: str) -> bool:
    """Whether `words` are a site's own notice to its visitors: cookies, a newsletter, scripts."""
    return len(words) < 500 and bool(_NOTICE.search(words))


def closes_article(words: str) -> bool:
    """Whether such a line stands only below an article: a way back to the list, related articles, a copyright."""
    return bool(_CLOSING.fullmatch(words.strip(_BULLETS)))
