"""Which parts of a web page are furniture, as far as the markup tells: menus, banners, teasers, comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.reading.captions import ends_sentence
from retrieval.reading.furniture import closes_article, is_furniture
from retrieval.reading.web_elements import Element, Run, Tree

_TAGS = frozenset({"aside", "footer", "form", "menu", "nav"})
_PARTS = frozenset(
    """ad addthis addtoany ads adsbygoogle adv advert advertisement advertisements advertising adverts alertdialog
    banner banners breadcrumb breadcrumbs complementary consent contentinfo cookie cookies copyright
    copyrights dfp fontsize footer gdpr gnb hashtag hashtags lnb menubar mostread navbar navigation newsletter
    newsletters noprint outbrain pagination paywall popup popups promo promos promoted readmore recirc
    recommend recommendation recommendations recommended related relatedposts satisfaction share sharebar
    sharedaddy shares sharethis sharing sidebar signup sns social socials sponsor sponsored subscribe
    subscription taboola tagcloud teaser teasers toolbar tooltip trending tts util vjs""".split()
)
_NAMES = frozenset(
    """alert audio crumb crumbs d-none dialog follow hide layer login menu menus modal nav navi next no-print overlay
    pager paging player poll popular prev print promotion rating ratings search skip survey tag-list tags toc""".split()
)
"""These are furniture's as a whole name only; within others they are words as any: "toc-title-1", "whats-next"."""
_COMMENTS = frozenset("cmt comment commentlist commentlists comments disqus livere replies reply respond".split())
_MOST_PROSE, _MOST_COMMENTS = 0.3, 0.75
"""An element is furniture by its name only if it holds no more than so much of the page's prose; comments may."""
_MOST_LINKED, _MOST_LINKED_IN_LIST, _WHOLLY = 0.6, 0.8, 0.9
_LINKED_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "li"})
"""What is a link as a whole is furniture in other elements; these may head a part of the article or be items of it."""
_SENTENCE_TAGS = frozenset({"dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th", "tr"})
"""Links in these are judged by themselves, or with their list."""
_LONGEST_AWAY = 60
_SHORTEST_HEADLINE, _LONGEST_TEASER, _FEWEST_TEASERS, _MOST_TEASED = 15, 700, 3, 0.7
"""A list of other articles is made of so many short parts, each with a headline that is a link."""
_LEADS_AWAY = re.compile(
    r"(?:▶|▷|☞|👉|>>|»|→)?\s*[\[(<]?(?:also read|read (?:also|more|next|the full|it here)|see also|related|recommended"
    r"|more (?:on|from|about|news|stories)|watch|listen|don['’]t miss|(?:keep|continue) reading|click here|sign up"
    r"|subscribe|관련\s?(?:기사|뉴스|링크)|함께 (?:읽|보|볼)|기사\s?(?:더\s?보기|원문)|추천|더\s?보기|바로\s?가기"
    r"|구독)",
    re.IGNORECASE,
)
"""How a line begins that is mostly a link, and leads to another text."""
_HEADS_AWAY = re.compile(
    r"(?:(?:also read|see also|read (?:also|more|next)|(?:keep|continue) reading|don['’]t miss|top stories|sign[- ]up"
    r"|(?:you )?m(?:ay|ight) (?:also )?(?:like|be interested)|(?:join|follow|about) (?:us|the (?:author|writer|convers"
    r"|discuss))|leave a (?:comment|reply)|subscribe|newsletter|recommended|editors?['’]s? (?:picks?|choice|recomm)"
    r"|(?:most|latest) (?:read|popular|viewed|shared|news|stories|posts)).*"
    r"|(?:related|more|popular|trending)(?: (?:now|news|stories|articles|posts|content|coverage|topics|reading|links"
    r"|videos?|from .*|on .*|like .*|in .*))?|more .{1,30} (?:stories|news|articles|posts)"
    r"|\d* ?comments?(?: ?\(?\d*\)?)?|(?:post|add|write) a comment|tags|topics"
    r"|share(?: (?:this|on|via|it).*)?|alerts sign[- ]up"
    r"|관련\s?(?:기사|뉴스|글|콘텐츠|영상)|함께 (?:읽|보|볼).*|(?:.{1,12} )?(?:많이 본|주요|인기|추천|최신|실시간)\s?"
    r"(?:기사|뉴스|글|콘텐츠).{0,8}|이 (?:시각|기자의).*|(?:.{1,8} )?랭킹(?: 뉴스)?|댓글(?:\s?\(?\d*\)?|\s?쓰기)"
    r"|구독(?:하기)?|태그|키워드|.{0,20}다른 (?:기사|글).{0,8})[:.…]*",
    re.IGNORECASE,
)
"""What stands over other texts, and never over a part of this one."""


def prose_of(run: Run) -> float:
    """How many characters of prose the run has that are not links."""
    return len(run.words) * (1 - run.linked) if run.is_prose and run.linked < 0.5 else 0


def furniture_of(tree: Tree) -> frozenset[Element]:
    """The elements that their tag or name calls furniture, and all within them.

    Names deceive: what holds a good part of the page's prose is none, nor are paragraphs of one name that do together.
    """
    prose = tree.sums(tree.runs, prose_of)
    whole = max(prose.values(), default=0)
    called = {e: names for e in tree.elements if e.parent and (names := _furniture_names(e))}
    small = {e: names for e, names in called.items() if prose[e] <= whole * _most_prose(e)}
    shares: Counter[str] = Counter()
    for element, names in small.items():
        if element.tag in _SENTENCE_TAGS:
            shares.update(dict.fromkeys(names, int(prose[element])))
    furniture: set[Element] = set()
    for element in tree.elements:
        is_so = any(shares[name] <= whole * _MOST_PROSE for name in small.get(element, ()))
        if element.parent in furniture or is_so:
            furniture.add(element)
    return frozenset(furniture)


def teasers_of(tree: Tree, runs: Sequence[Run]) -> frozenset[Element]:
    """Among the elements that hold the `runs`, lists of links and of other articles, and all within them."""
    size = tree.sums(runs, lambda run: len(run.words))
    linked = tree.sums(runs, lambda run: len(run.words) * run.linked)
    prose = tree.sums(runs, prose_of)
    count = tree.sums(runs, lambda _: 1)
    headlines = tree.sums(runs, lambda run: run.linked > _WHOLLY and len(run.words) >= _SHORTEST_HEADLINE)
    whole = max(prose.values(), default=0)
    items: Counter[Element] = Counter()
    in_items: Counter[Element] = Counter()
    for element in tree.elements:
        if element.parent and headlines[element] and size[element] <= _LONGEST_TEASER:
            items[element.parent] += 1
            in_items[element.parent] += int(size[element])
    teasers: set[Element] = set()
    for element in tree.elements:
        most_linked = _MOST_LINKED_IN_LIST if element.tag in {"ol", "ul"} else _MOST_LINKED
        is_links = count[element] > 1 and linked[element] > most_linked * size[element]
        is_links = is_links and prose[element] * 10 <= whole
        is_list = items[element] >= _FEWEST_TEASERS and in_items[element] > _MOST_TEASED * size[element]
        if element.parent in teasers or (element.tag not in _SENTENCE_TAGS and (is_links or is_list)):
            teasers.add(element)
    are_all = sum(prose_of(run) for run in runs if run.element in teasers) > _MOST_TEASED * whole
    return frozenset() if are_all else frozenset(teasers)


def is_button(run: Run) -> bool:
    """Whether the words are furniture by themselves: a label, a notice, a link that is no part of a sentence."""
    if is_furniture(" ".join(run.words.split())):
        return True
    is_whole_link = run.linked > _WHOLLY and run.element.tag not in _LINKED_TAGS and not ends_sentence(run.words)
    return is_whole_link or (run.linked > 0.4 and bool(_LEADS_AWAY.match(run.words)))


def leads_away(run: Run) -> bool:
    """Whether a short line stands over what is no part of the article: "Related stories"."""
    words = " ".join(run.words.split())
    return len(words) <= _LONGEST_AWAY and (
        closes_article(words) or _HEADS_AWAY.fullmatch(words.strip("[]<>▶■ ")) is not None
    )


def _furniture_names(element: Element) -> frozenset[str]:
    if element.tag == "body":
        return frozenset()
    return (element.parts & (_PARTS | _COMMENTS)) | (element.names & _NAMES) | ({element.tag} & _TAGS)


def _most_prose(element: Element) -> float:
    return _MOST_PROSE if _COMMENTS.isdisjoint(element.parts) else _MOST_COMMENTS
